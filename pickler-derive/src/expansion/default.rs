//! `impl Default`.

use proc_macro2::TokenStream;
use quote::ToTokens;
use syn::{Expr, ExprLit, Lit};

use crate::normalization::{Declaration, Field, Fields};

/// The value that a field has where none is given.
pub fn default_value(field: &Field) -> TokenStream {
    value_or_default(field.default.as_ref())
}

/// A value that was given, or its type's default.
pub fn value_or_default(value: Option<&Expr>) -> TokenStream {
    match value {
        None => hygienic!(::core::default::Default::default()),
        // So that text fits whatever holds text.
        Some(
            literal @ Expr::Lit(ExprLit {
                lit: Lit::Str(_) | Lit::ByteStr(_),
                ..
            }),
        ) => hygienic!(::core::convert::Into::into(#literal)),
        Some(value) => value.to_token_stream(),
    }
}

pub fn expand(declaration: &Declaration, fields: &Fields) -> TokenStream {
    let ident = &declaration.ident;
    let (impl_generics, type_generics, where_clause) = declaration.generics.for_default();
    let values = fields.fields.iter().map(|field| {
        let member = &field.member;
        let value = default_value(field);
        hygienic!(#member: #value)
    });
    hygienic! {
        #[automatically_derived]
        impl #impl_generics ::core::default::Default for #ident #type_generics #where_clause {
            fn default() -> Self {
                Self { #(#values),* }
            }
        }
    }
}
