//! What a type is in expressions of others: `Operand` and `Variants` of an enum,
//! `Members` of a record.

use proc_macro2::TokenStream;
use syn::ext::IdentExt;

use super::Context;
use crate::normalization::{
    Declaration, Enumeration, Field, Fields, KeptTag, Layout, Union, option_of, outer_type,
    primitive_bits,
};

pub fn of_enumeration(declaration: &Declaration, it: &Enumeration, cx: Context<'_>) -> TokenStream {
    let values = it.values.iter();
    let arms = values.clone().map(|value| {
        let (ident, tag) = (&value.ident, it.tag.known_operand(&value.tag, cx));
        hygienic!(Self::#ident { .. } => #tag,)
    });
    let other = it.other.as_ref().map(|other| {
        let pattern = other.pattern(&hygienic!(tag));
        let operand = it.tag.operand(&hygienic!(tag), cx);
        hygienic!(#pattern => #operand,)
    });
    let tags = values.map(|value| {
        (
            &value.ident,
            &*value.name,
            it.tag.first_number(&value.tag, cx),
        )
    });
    of_enum(declaration, &hygienic!(#(#arms)* #other), tags, cx)
}

pub fn of_union(declaration: &Declaration, it: &Union, cx: Context<'_>) -> TokenStream {
    let variants = it.variants.iter();
    let arms = variants.clone().map(|variant| {
        let ident = &variant.ident;
        if let Some(KeptTag { member, .. }) = &variant.fields.kept {
            let operand = it.tag.operand(&hygienic!(tag), cx);
            return hygienic!(Self::#ident { #member: tag, .. } => #operand,);
        }
        let tag = it.tag.known_operand(variant.tag(), cx);
        hygienic!(Self::#ident { .. } => #tag,)
    });
    let other = it.other.as_ref().map(|other| {
        let (ident, member) = (&other.ident, &other.tag);
        let operand = it.tag.operand(&hygienic!(tag), cx);
        hygienic!(Self::#ident { #member: tag, .. } => #operand,)
    });
    let tags = variants.map(|variant| {
        let number = it.tag.first_number(variant.tag(), cx);
        (&variant.ident, &*variant.name, number)
    });
    of_enum(declaration, &hygienic!(#(#arms)* #other), tags, cx)
}

fn of_enum<'a>(
    declaration: &Declaration,
    arms: &TokenStream,
    tags: impl Iterator<Item = (&'a proc_macro2::Ident, &'a str, TokenStream)>,
    cx: Context<'_>,
) -> TokenStream {
    let Context { pickler, .. } = cx;
    let (ident, name) = (&declaration.ident, declaration.name());
    let (impl_generics, type_generics, where_clause) = declaration.generics.plain();
    let tags = tags.map(|(ident, name, tag)| {
        let ident = ident.unraw().to_string();
        hygienic!((#ident, #name, #tag))
    });
    // Of others, what they are given or made of is not known here.
    let is_plain = declaration.generics.is_empty() && declaration.parameters.is_empty();
    let mention = (is_plain && declaration.name.is_some()).then(|| {
        hygienic! {
            fn mention(d: &mut #pickler::schema::Describer) {
                #pickler::generated::mention::<Self>(
                    d,
                    #name,
                    <Self as #pickler::Pickle<'static>>::describe,
                );
            }
        }
    });
    hygienic! {
        #[automatically_derived]
        #[allow(clippy::all, clippy::pedantic)]
        impl #impl_generics #pickler::schema::Operand for #ident #type_generics #where_clause {
            #[inline]
            fn operand(&self) -> ::core::option::Option<::core::primitive::i128> {
                match self {
                    #arms
                }
            }

            #pickler::generated::with_alloc! {
                fn describe(&self) -> #pickler::schema::Expr {
                    #pickler::generated::describe_tagged(self)
                }

                #mention
            }
        }

        #[automatically_derived]
        impl #impl_generics #pickler::schema::Variants for #ident #type_generics #where_clause {
            const NAME: &'static ::core::primitive::str = #name;
            const TAGS: &'static [(
                &'static ::core::primitive::str,
                &'static ::core::primitive::str,
                ::core::primitive::i128,
            )] = &[#(#tags),*];
        }
    }
}

/// A struct of one field is the number, text or bytes that the field is.
pub fn of_newtype(declaration: &Declaration, it: &Fields, cx: Context<'_>) -> Option<TokenStream> {
    let (Layout::Transparent, [field]) = (&it.layout, &it.fields[..]) else {
        return None;
    };
    if field.hidden {
        return None;
    }
    let Context { pickler, .. } = cx;
    let (ident, member) = (&declaration.ident, &field.member);
    let (impl_generics, type_generics, where_clause) = declaration.generics.plain();
    if primitive_bits(option_of(&field.ty).unwrap_or(&field.ty)).is_some() {
        return Some(hygienic! {
            #[automatically_derived]
            impl #impl_generics #pickler::schema::Operand for #ident #type_generics #where_clause {
                #[inline]
                fn operand(&self) -> ::core::option::Option<::core::primitive::i128> {
                    #pickler::generated::operand(&self.#member)
                }
            }
        });
    }
    is_compared(&field.ty).then(|| {
        hygienic! {
            #[automatically_derived]
            impl #impl_generics #pickler::schema::Comparable for #ident #type_generics
                #where_clause
            {
                #[inline]
                fn comparand(&self) -> ::core::option::Option<#pickler::schema::Comparand<'_>> {
                    #pickler::generated::comparand(&self.#member)
                }
            }
        }
    })
}

/// A text, bytes or a floating-point number, as far as the type's name tells.
fn is_compared(ty: &syn::Type) -> bool {
    outer_type(ty).is_some_and(|(name, _)| {
        ["String", "ByteString", "f32", "f64"]
            .iter()
            .any(|known| name == known)
    })
}

/// `follow` is the method that finds out what a field will hold.
pub fn of_record(
    declaration: &Declaration,
    it: &Fields,
    follow: Option<&TokenStream>,
    cx: Context<'_>,
) -> Option<TokenStream> {
    let Layout::Record { .. } = it.layout else {
        return None;
    };
    let Context { pickler, .. } = cx;
    let ident = &declaration.ident;
    let (impl_generics, type_generics, where_clause) = declaration.generics.plain();
    let renamed = it.fields.iter().filter_map(|field| {
        let (known, name) = (field.rust_name()?, &field.name);
        (known != *name).then(|| hygienic!((#known, #name)))
    });
    let hidden = it
        .fields
        .iter()
        .filter(|field| field.hidden)
        .filter_map(Field::rust_name);
    let derived = it
        .fields
        .iter()
        .filter(|field| field.derived.is_some())
        .filter_map(Field::rust_name);
    Some(hygienic! {
        #[automatically_derived]
        #[allow(unused_variables, unused_mut, unused_labels, unreachable_code)]
        #[allow(clippy::all, clippy::pedantic)]
        impl #impl_generics #pickler::schema::Members for #ident #type_generics #where_clause {
            const RENAMED: &'static [(
                &'static ::core::primitive::str,
                &'static ::core::primitive::str,
            )] = &[#(#renamed),*];
            const HIDDEN: &'static [&'static ::core::primitive::str] = &[#(#hidden),*];
            const DERIVED: &'static [&'static ::core::primitive::str] = &[#(#derived),*];

            #follow
        }
    })
}

/// The method that finds out what a field will hold, of a type that is not given
/// anything, nor made of what is not known here.
pub fn follow(declaration: &Declaration, it: &Fields, cx: Context<'_>) -> Option<TokenStream> {
    let is_plain = declaration.generics.are_lifetimes() && declaration.parameters.is_empty();
    if !it.has_derived() || !is_plain {
        return None;
    }
    let Context { pickler, .. } = cx;
    // Nothing is read.
    let input = &syn::Lifetime::new("'_", proc_macro2::Span::mixed_site());
    let followed = it.followed(Context { input, ..cx })?;
    let pattern = it.pattern(&hygienic!(Self));
    Some(hygienic! {
        fn follow<
            __S: #pickler::cursor::Sink,
            __O: #pickler::cursor::Order,
            __A: #pickler::cursor::Align,
        >(
            &self,
            name: &::core::primitive::str,
            w: &mut #pickler::cursor::Writer<__S, __O, __A>,
        ) -> ::core::result::Result<
            ::core::option::Option<::core::primitive::i128>,
            #pickler::cursor::Fault,
        > {
            let looks = w.looks();
            let #pattern = self;
            #followed
        }
    })
}
