//! Enumerations in some bits.

use proc_macro2::TokenStream;

use super::Context;
use super::enumeration::describe_other;
use crate::normalization::{Declaration, Enumeration, type_bits};

/// `impl BitField`, so that fields can say in how many bits the enumeration is.
pub fn expand(declaration: &Declaration, it: &Enumeration, cx: Context<'_>) -> TokenStream {
    let Context { pickler, .. } = cx;
    if it.tag.is_bytes() {
        return TokenStream::new();
    }
    let ident = &declaration.ident;
    let bound = hygienic!(#pickler::picklers::BitField);
    let (impl_generics, type_generics, where_clause) = declaration.generics.for_trait(&bound);
    let ty = &it.tag.ty;
    let most = type_bits(ty);
    let signed = ty.to_string().starts_with('i');
    let literals: Vec<_> = it
        .values
        .iter()
        .map(|value| it.tag.first(&value.tag))
        .collect();
    let patterns: Vec<_> = it
        .values
        .iter()
        .map(|value| value.pattern(&TokenStream::new()))
        .collect();
    let names: Vec<_> = it.values.iter().map(|value| &value.name).collect();
    let unknown = if let Some(other) = &it.other {
        let other = other.pattern(&hygienic!(tag));
        hygienic!(_ => ::core::result::Result::Ok(#other))
    } else {
        hygienic! {
            _ => ::core::result::Result::Err(#pickler::ErrorKind::UnknownTag { found: bits })
        }
    };
    let other_tag = it.other.as_ref().map(|other| {
        let pattern = other.pattern(&hygienic!(tag));
        hygienic! {
            #pattern => {
                let variant = match tag {
                    #(#literals => #names,)*
                    _ => "",
                };
                if !variant.is_empty() {
                    return ::core::result::Result::Err(#pickler::ErrorKind::KnownTag {
                        tag: #bound::to_bits(tag, count)?,
                        variant: ::core::convert::From::from(variant),
                    });
                }
                *tag
            }
        }
    });
    let pairs = it.values.iter().map(|value| {
        let (tag, name) = (it.tag.first_number(&value.tag, cx), &value.name);
        hygienic!((#tag, #name))
    });
    let other = describe_other(it.other.as_ref().map(|other| other.name.as_str()), cx);
    hygienic! {
        #[automatically_derived]
        #[allow(unused_variables, unreachable_code)]
        #[allow(clippy::all, clippy::pedantic)]
        impl #impl_generics #bound for #ident #type_generics #where_clause {
            const MOST_BITS: ::core::primitive::u32 = #most;

            #[inline]
            fn from_bits(
                bits: ::core::primitive::u128,
                count: ::core::primitive::u32,
            ) -> ::core::result::Result<Self, #pickler::ErrorKind> {
                let tag: #ty = #bound::from_bits(bits, count)?;
                match tag {
                    #(#literals => ::core::result::Result::Ok(#patterns),)*
                    #unknown
                }
            }

            #[inline]
            fn to_bits(
                &self,
                count: ::core::primitive::u32,
            ) -> ::core::result::Result<::core::primitive::u128, #pickler::ErrorKind> {
                let tag: #ty = match self {
                    #(#patterns => #literals,)*
                    #other_tag
                };
                #bound::to_bits(&tag, count)
            }

            #pickler::generated::with_alloc! {
                fn shape(count: ::core::primitive::u32) -> #pickler::schema::Shape {
                    #pickler::generated::enumeration_in_bits(
                        count,
                        #signed,
                        &[#(#pairs),*],
                        #other,
                    )
                }
            }
        }
    }
}
