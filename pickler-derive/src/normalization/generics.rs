//! Type parameters, lifetimes and bounds of the impl.

use std::collections::BTreeSet;

use proc_macro2::{Ident, Span, TokenStream, TokenTree};
use quote::{ToTokens, quote};
use syn::punctuated::Punctuated;
use syn::{Lifetime, Path, Token, Type, WherePredicate};

use super::Body;
use crate::parsing::Bound;

pub struct Generics {
    item: syn::Generics,
    /// The life of the input.
    pub input: Lifetime,
    /// The bounds that `Pickle` needs.
    bounds: Bound,
    /// The type parameters that the fields use.
    used: Vec<Ident>,
    /// Those whose default is needed for that of the type.
    defaulted: Vec<Ident>,
}

impl Generics {
    pub fn new(
        item: &syn::Generics,
        body: &Body,
        bound: Option<Bound>,
        default: bool,
        crate_path: &Path,
    ) -> Self {
        let name = if item.lifetimes().any(|it| it.lifetime.ident == "de") {
            "'pickle_de"
        } else {
            "'de"
        };
        let input = Lifetime::new(name, Span::mixed_site());
        let used = used_params(item, body);
        let defaulted = if default {
            defaulted_params(&used, body)
        } else {
            Vec::new()
        };
        // What is written of a choice is read again, and that is not the input.
        let (any, life) = if body.looks_back() {
            let life = Lifetime::new("'any_life", Span::mixed_site());
            (Some(quote!(for<#life>)), life)
        } else {
            (None, input.clone())
        };
        let bounds = bound.unwrap_or_else(|| {
            used.iter()
                .map(|param| -> WherePredicate {
                    let default = defaulted.contains(param);
                    let default = default.then(|| quote!(+ ::core::default::Default));
                    syn::parse_quote!(#param: #any #crate_path::Pickle<#life> #default)
                })
                .collect()
        });
        Self {
            item: item.clone(),
            input,
            bounds,
            used,
            defaulted,
        }
    }

    /// Without a declaration to look at.
    pub fn bare(item: &syn::Generics, crate_path: &Path) -> Self {
        let body = Body::Enumeration(super::Enumeration {
            tag: super::Tag {
                ty: Ident::new("u8", Span::mixed_site()),
                form: super::TagForm::Integer,
            },
            values: Vec::new(),
            to_compare: Vec::new(),
            other: None,
        });
        Self::new(item, &body, None, false, crate_path)
    }

    pub fn is_empty(&self) -> bool {
        self.item.params.is_empty()
    }

    /// It has lifetimes at most.
    pub fn are_lifetimes(&self) -> bool {
        let mut params = self.item.params.iter();
        params.all(|it| matches!(it, syn::GenericParam::Lifetime(_)))
    }

    /// The item's own, without further bounds.
    pub fn plain(
        &self,
    ) -> (
        syn::ImplGenerics<'_>,
        syn::TypeGenerics<'_>,
        Option<&syn::WhereClause>,
    ) {
        self.item.split_for_impl()
    }

    /// `<'de, 'a, T>`, `<'a, T>` and the `where` of `impl Pickle`.
    pub fn for_pickle(&self) -> (TokenStream, TokenStream, TokenStream) {
        let input = &self.input;
        let outlives: Vec<&Lifetime> = self.item.lifetimes().map(|it| &it.lifetime).collect();
        let mut item = self.item.clone();
        let param: syn::LifetimeParam = if outlives.is_empty() {
            syn::parse_quote!(#input)
        } else {
            syn::parse_quote!(#input: #(#outlives)+*)
        };
        item.params.insert(0, syn::GenericParam::Lifetime(param));
        let (impl_generics, _, _) = item.split_for_impl();
        let (_, type_generics, _) = self.item.split_for_impl();
        (
            impl_generics.to_token_stream(),
            type_generics.to_token_stream(),
            self.where_clause(&self.bounds),
        )
    }

    /// The item's type, as it is written in types and in expressions.
    pub fn as_turbofish(&self, ident: &Ident) -> TokenStream {
        let (_, type_generics, _) = self.item.split_for_impl();
        let turbofish = type_generics.as_turbofish();
        quote!(#ident #turbofish)
    }

    /// The item's type with lives that are to be found out.
    pub fn of_any_life(&self, ident: &Ident) -> TokenStream {
        let arguments = self.item.params.iter().map(|param| match param {
            syn::GenericParam::Lifetime(_) => quote!('_),
            syn::GenericParam::Type(it) => it.ident.to_token_stream(),
            syn::GenericParam::Const(it) => it.ident.to_token_stream(),
        });
        quote!(#ident<#(#arguments),*>)
    }

    /// `<'de, 'a, T>` as the parameters of a type that looks into the input.
    pub fn of_view(&self) -> TokenStream {
        let input = &self.input;
        let mut item = self.item.clone();
        let param = syn::GenericParam::Lifetime(syn::parse_quote!(#input));
        item.params.insert(0, param);
        let (_, type_generics, _) = item.split_for_impl();
        type_generics.to_token_stream()
    }

    /// The same for a trait that each used type parameter must have.
    pub fn for_trait(&self, bound: &TokenStream) -> (TokenStream, TokenStream, TokenStream) {
        self.with_bound(&self.used, bound)
    }

    /// The same for `Default`.
    pub fn for_default(&self) -> (TokenStream, TokenStream, TokenStream) {
        self.with_bound(&self.defaulted, &quote!(::core::default::Default))
    }

    fn with_bound(
        &self,
        params: &[Ident],
        bound: &TokenStream,
    ) -> (TokenStream, TokenStream, TokenStream) {
        let (impl_generics, type_generics, _) = self.item.split_for_impl();
        let bounds: Bound = params
            .iter()
            .map(|param| -> WherePredicate { syn::parse_quote!(#param: #bound) })
            .collect();
        (
            impl_generics.to_token_stream(),
            type_generics.to_token_stream(),
            self.where_clause(&bounds),
        )
    }

    /// The same for a trait of all types for which `predicate` holds, with
    /// another lifetime in front.
    pub fn for_all(
        &self,
        lifetime: Option<&Lifetime>,
        predicate: WherePredicate,
    ) -> (TokenStream, TokenStream, TokenStream) {
        let mut item = self.item.clone();
        if let Some(lifetime) = lifetime {
            let param = syn::GenericParam::Lifetime(syn::parse_quote!(#lifetime));
            item.params.insert(0, param);
        }
        let (impl_generics, _, _) = item.split_for_impl();
        let (_, type_generics, _) = self.item.split_for_impl();
        (
            impl_generics.to_token_stream(),
            type_generics.to_token_stream(),
            self.where_clause(&Bound::from_iter([predicate])),
        )
    }

    fn where_clause(&self, bounds: &Bound) -> TokenStream {
        let mut predicates: Punctuated<WherePredicate, Token![,]> = Punctuated::new();
        if let Some(clause) = &self.item.where_clause {
            predicates.extend(clause.predicates.iter().cloned());
        }
        predicates.extend(bounds.iter().cloned());
        if predicates.is_empty() {
            TokenStream::new()
        } else {
            quote!(where #predicates)
        }
    }
}

/// The type parameters that some field's type mentions.
fn used_params(item: &syn::Generics, body: &Body) -> Vec<Ident> {
    let mut mentioned = BTreeSet::new();
    for field in body.fields() {
        collect_idents(field.ty.to_token_stream(), &mut mentioned);
    }
    item.type_params()
        .map(|param| param.ident.clone())
        .filter(|param| mentioned.contains(&param.to_string()))
        .collect()
}

/// The type parameters that the fields' defaults need one of.
fn defaulted_params(used: &[Ident], body: &Body) -> Vec<Ident> {
    let mut mentioned = BTreeSet::new();
    for field in body.fields() {
        match &field.default {
            Some(default) => collect_idents(default.to_token_stream(), &mut mentioned),
            None if is_empty_by_default(&field.ty) => {}
            None => collect_idents(field.ty.to_token_stream(), &mut mentioned),
        }
    }
    let used = used.iter();
    used.filter(|param| mentioned.contains(&param.to_string()))
        .cloned()
        .collect()
}

/// By its name the type has a default whatever it is of: one with nothing in
/// it.
fn is_empty_by_default(ty: &Type) -> bool {
    let Type::Path(path) = ty else {
        return false;
    };
    let last = path.path.segments.last();
    last.is_some_and(|last| last.ident == "Vec" || last.ident == "Option")
}

fn collect_idents(tokens: TokenStream, idents: &mut BTreeSet<String>) {
    for token in tokens {
        match token {
            TokenTree::Ident(ident) => {
                idents.insert(ident.to_string());
            }
            TokenTree::Group(group) => collect_idents(group.stream(), idents),
            TokenTree::Punct(_) | TokenTree::Literal(_) => {}
        }
    }
}

/// A type mentions an identifier.
pub fn mentions(tokens: TokenStream, ident: &Ident) -> bool {
    let mut idents = BTreeSet::new();
    collect_idents(tokens, &mut idents);
    idents.contains(&ident.to_string()) || idents.contains("Self")
}
