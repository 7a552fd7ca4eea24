//! What is known of an enum's values without their bodies.

use proc_macro2::TokenStream;
use quote::ToTokens;

use super::Context;
use crate::normalization::{Declaration, Enumeration, Fields, KeptTag, Union, outer_type};
use crate::parsing::Direction;

/// `impl Tagged` of an integer whose values have names.
pub fn of_enumeration(declaration: &Declaration, it: &Enumeration, cx: Context<'_>) -> TokenStream {
    let idents: Vec<_> = it.values.iter().map(|value| &value.ident).collect();
    let names = it.values.iter().map(|value| &value.name);
    let tags = it
        .values
        .iter()
        .map(|value| it.tag.first_number(&value.tag, cx));
    let (other_name, other_tag) = match &it.other {
        None => (None, None),
        Some(other) => {
            let (ident, name) = (&other.ident, &other.name);
            let pattern = other.pattern(&hygienic!(tag));
            let number = it.tag.number(&hygienic!(tag), cx);
            (
                Some(hygienic!(Self::#ident { .. } => #name,)),
                Some(hygienic!(#pattern => #number,)),
            )
        }
    };
    implement(
        declaration,
        &hygienic!(#(Self::#idents { .. } => #names,)* #other_name),
        &hygienic!(#(Self::#idents { .. } => #tags,)* #other_tag),
        &TokenStream::new(),
        cx,
    )
}

/// `impl Tagged` of a tag and what it says comes then.
pub fn of_union(declaration: &Declaration, it: &Union, cx: Context<'_>) -> TokenStream {
    let Context { pickler, .. } = cx;
    let idents: Vec<_> = it.variants.iter().map(|variant| &variant.ident).collect();
    let names = it.variants.iter().map(|variant| &variant.name);
    let tags = it.variants.iter().map(|variant| {
        let ident = &variant.ident;
        if let Some(KeptTag { member, .. }) = &variant.fields.kept {
            let number = it.tag.number(&hygienic!(tag), cx);
            return hygienic!(Self::#ident { #member: tag, .. } => #number,);
        }
        let tag = it.tag.first_number(variant.tag(), cx);
        hygienic!(Self::#ident { .. } => #tag,)
    });
    let other_name = it.other.as_ref().map(|other| {
        let (ident, name) = (&other.ident, &other.name);
        hygienic!(Self::#ident { .. } => #name,)
    });
    let other_tag = it.other.as_ref().map(|other| {
        let (ident, member) = (&other.ident, &other.tag);
        let number = it.tag.number(&hygienic!(tag), cx);
        hygienic!(Self::#ident { #member: tag, .. } => #number,)
    });
    let directions = it.variants.iter().filter_map(|variant| {
        let (ident, direction) = (&variant.ident, variant.direction?);
        let direction = direction.tokens(cx);
        Some(hygienic! {
            Self::#ident { .. } => ::core::option::Option::Some(#direction),
        })
    });
    let has_directions = it
        .variants
        .iter()
        .any(|variant| variant.direction.is_some());
    let directions = if has_directions {
        hygienic! {
            fn direction(&self) -> ::core::option::Option<#pickler::Direction> {
                match self {
                    #(#directions)*
                    _ => ::core::option::Option::None,
                }
            }
        }
    } else {
        TokenStream::new()
    };
    implement(
        declaration,
        &hygienic!(#(Self::#idents { .. } => #names,)* #other_name),
        &hygienic!(#(#tags)* #other_tag),
        &directions,
        cx,
    )
}

/// `impl Tagged` that stands in for one that cannot be made.
pub fn dummy(declaration: &Declaration, cx: Context<'_>) -> TokenStream {
    let Context { pickler, .. } = cx;
    let ident = &declaration.ident;
    let (impl_generics, type_generics, where_clause) = declaration.generics.plain();
    hygienic! {
        #[automatically_derived]
        impl #impl_generics #pickler::Tagged for #ident #type_generics #where_clause {
            fn name(&self) -> &'static ::core::primitive::str {
                ::core::unimplemented!()
            }

            fn tag(&self) -> ::core::primitive::i128 {
                ::core::unimplemented!()
            }
        }
    }
}

fn implement(
    declaration: &Declaration,
    names: &TokenStream,
    tags: &TokenStream,
    direction: &TokenStream,
    cx: Context<'_>,
) -> TokenStream {
    let Context { pickler, .. } = cx;
    let ident = &declaration.ident;
    let (impl_generics, type_generics, where_clause) = declaration.generics.plain();
    hygienic! {
        #[automatically_derived]
        #[allow(unreachable_patterns)]
        impl #impl_generics #pickler::Tagged for #ident #type_generics #where_clause {
            fn name(&self) -> &'static ::core::primitive::str {
                match self { #names }
            }

            fn tag(&self) -> ::core::primitive::i128 {
                match self { #tags }
            }

            #direction
        }
    }
}

/// `impl From` for each body that is a type of its own, boxed or not.
pub fn from_bodies(declaration: &Declaration, it: &Union) -> TokenStream {
    let ident = &declaration.ident;
    let (impl_generics, type_generics, where_clause) = declaration.generics.plain();
    let impls = it.variants.iter().filter_map(|variant| {
        let body = sole_body(&variant.fields)?;
        let variant = &variant.ident;
        let unboxed = match outer_type(body) {
            Some((name, Some(inner))) if name == "Box" => Some(inner),
            _ => None,
        };
        let value = if unboxed.is_some() {
            hygienic!(<#body>::new(body))
        } else {
            hygienic!(body)
        };
        let from = unboxed.unwrap_or(body);
        let boxed = unboxed.map(|_| {
            hygienic! {
                #[automatically_derived]
                impl #impl_generics ::core::convert::From<#body> for #ident #type_generics
                    #where_clause
                {
                    fn from(body: #body) -> Self {
                        Self::#variant(body)
                    }
                }
            }
        });
        Some(hygienic! {
            #[automatically_derived]
            impl #impl_generics ::core::convert::From<#from> for #ident #type_generics
                #where_clause
            {
                fn from(body: #from) -> Self {
                    Self::#variant(#value)
                }
            }
            #boxed
        })
    });
    hygienic!(#(#impls)*)
}

/// The type of the only field of a variant that is written `Variant(Body)`.
fn sole_body(fields: &Fields) -> Option<&syn::Type> {
    match fields.fields.as_slice() {
        [field] if fields.kept.is_none() && matches!(field.member, syn::Member::Unnamed(_)) => {
            Some(&field.ty)
        }
        _ => None,
    }
}

impl Direction {
    pub fn tokens(self, cx: Context<'_>) -> TokenStream {
        let Context { pickler, .. } = cx;
        let name = match self {
            Self::ToServer => hygienic!(ToServer),
            Self::ToClient => hygienic!(ToClient),
            Self::Both => hygienic!(Both),
            Self::Internal => hygienic!(Internal),
        };
        hygienic!(#pickler::Direction::#name).into_token_stream()
    }
}
