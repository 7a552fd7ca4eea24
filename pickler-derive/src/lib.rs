//! `#[derive(Pickle)]`.

mod errors;
mod expansion;
mod names;
mod normalization;
mod parsing;

use proc_macro::TokenStream;

/// Reads, writes and describes a struct or enum from its declaration.
#[proc_macro_derive(Pickle, attributes(pickle))]
pub fn derive_pickle(input: TokenStream) -> TokenStream {
    let input = syn::parse_macro_input!(input as syn::DeriveInput);
    expansion::derive(&input).into()
}
