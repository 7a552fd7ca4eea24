//! What types with parameters have beside their codec: the struct of their
//! context, and `Contextual`.

use proc_macro2::{Ident, TokenStream};
use quote::format_ident;
use syn::ext::IdentExt;

use super::Context;
use crate::normalization::{Declaration, Enumeration};

/// The name of the struct of a type's parameters.
fn context_name(declaration: &Declaration) -> Ident {
    format_ident!("{}Context", declaration.ident)
}

pub fn expand(declaration: &Declaration, cx: Context<'_>) -> TokenStream {
    let Context { pickler, .. } = cx;
    let Declaration {
        ident,
        visibility,
        parameters,
        ..
    } = declaration;
    let context = context_name(declaration);
    let doc = format!("What a [`{ident}`] is given by what it is in.");
    let names: Vec<_> = parameters.iter().map(|it| &it.name).collect();
    let types: Vec<_> = parameters.iter().map(|it| &it.ty).collect();
    let shown = names.iter().map(|name| name.unraw().to_string());
    let docs = names
        .iter()
        .map(|name| format!("The parameter `{}`.", name.unraw()));
    let indices = 0..names.len();
    let (impl_generics, type_generics, where_clause) = declaration.generics.plain();
    hygienic! {
        #[doc = #doc]
        #[derive(
            ::core::clone::Clone,
            ::core::marker::Copy,
            ::core::fmt::Debug,
            ::core::cmp::PartialEq,
        )]
        #visibility struct #context {
            #(
                #[doc = #docs]
                pub #names: #types,
            )*
        }

        #[automatically_derived]
        impl #impl_generics #pickler::Contextual for #ident #type_generics #where_clause {
            type Context = #context;

            const PARAMETERS: &'static [&'static ::core::primitive::str] = &[#(#shown),*];

            #[inline(always)]
            fn context(
                arguments: &[::core::option::Option<::core::primitive::i128>],
            ) -> ::core::result::Result<Self::Context, #pickler::Misfit> {
                ::core::result::Result::Ok(#context {
                    #(#names: #pickler::generated::parameter(arguments[#indices])?,)*
                })
            }

            #pickler::generated::with_alloc! {
                fn describe_context(
                    context: &Self::Context,
                ) -> #pickler::generated::Vec<#pickler::schema::Expr> {
                    #pickler::generated::vec![
                        #(#pickler::generated::describe_operand(&context.#names)),*
                    ]
                }
            }
        }
    }
}

/// A function that describes the parameters.
pub fn describe_parameters(declaration: &Declaration, cx: Context<'_>) -> TokenStream {
    let Context { pickler, .. } = cx;
    let parameters = declaration.parameters.iter().map(|parameter| {
        let (name, ty) = (parameter.name.unraw().to_string(), &parameter.ty);
        hygienic! {
            #pickler::schema::Parameter {
                name: ::core::convert::From::from(#name),
                shape: <#ty as #pickler::Parameter>::describe_type(d),
            }
        }
    });
    hygienic!(|d| #pickler::generated::vec![#(#parameters),*])
}

/// `impl Parameter` of an integer whose values have names.
pub fn parameter(declaration: &Declaration, it: &Enumeration, cx: Context<'_>) -> TokenStream {
    let Context { pickler, .. } = cx;
    let ident = &declaration.ident;
    let (impl_generics, type_generics, where_clause) = declaration.generics.plain();
    let tags = it.values.iter().map(|value| {
        let number = it.tag.first_number(&value.tag, cx);
        if value.tag.known().is_some() {
            number
        } else {
            hygienic!(tag if tag == #number)
        }
    });
    let patterns = it
        .values
        .iter()
        .map(|value| value.pattern(&TokenStream::new()));
    let other = it.other.as_ref().map(|other| {
        let (bits, signed) = (it.tag.width(), it.tag.is_signed());
        let value = other.pattern(&hygienic!(tag));
        hygienic! {
            _ if #pickler::generated::fits(value, #bits, #signed) => {
                match ::core::convert::TryFrom::try_from(value) {
                    ::core::result::Result::Ok(tag) => ::core::result::Result::Ok(#value),
                    ::core::result::Result::Err(_) => {
                        ::core::result::Result::Err(#pickler::Misfit::unknown_tag(value))
                    }
                }
            }
        }
    });
    hygienic! {
        #[automatically_derived]
        impl #impl_generics #pickler::Parameter for #ident #type_generics #where_clause {
            #[inline]
            fn from_operand(
                value: ::core::primitive::i128,
            ) -> ::core::result::Result<Self, #pickler::Misfit> {
                match value {
                    #(#tags => ::core::result::Result::Ok(#patterns),)*
                    #other
                    _ => ::core::result::Result::Err(#pickler::Misfit::unknown_tag(value)),
                }
            }

            #pickler::generated::with_alloc! {
                fn describe_type(d: &mut #pickler::schema::Describer) -> #pickler::schema::Shape {
                    <Self as #pickler::Pickle<'_>>::describe(d)
                }
            }
        }
    }
}
