//! What is written in `#[pickle(...)]`.

use proc_macro2::TokenStream;
use quote::{ToTokens, quote};

/// Attributes by their keys, in the order in which they are written.
#[derive(Clone, Default)]
pub struct Attributes(Vec<(&'static str, TokenStream)>);

impl Attributes {
    /// A word that says it all, such as `rest`.
    pub fn word(&mut self, key: &'static str) {
        let word = bare(key);
        self.0.push((key, word));
    }

    /// `key = value`
    pub fn value(&mut self, key: &'static str, value: impl ToTokens) {
        let word = bare(key);
        self.0.push((key, quote!(#word = #value)));
    }

    /// `key(value)`
    pub fn list(&mut self, key: &'static str, value: impl ToTokens) {
        let word = bare(key);
        self.0.push((key, quote!(#word(#value))));
    }

    /// All of both.
    pub fn extend(&mut self, others: Self) {
        self.0.extend(others.0);
    }

    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    pub fn has(&self, key: &str) -> bool {
        self.0.iter().any(|(known, _)| *known == key)
    }

    /// What stands between the parentheses.
    pub fn list_tokens(&self) -> TokenStream {
        let all = self.0.iter().map(|(_, tokens)| tokens);
        quote!(#(#all),*)
    }
}

/// `#[pickle(...)]`, or nothing.
impl ToTokens for Attributes {
    fn to_tokens(&self, tokens: &mut TokenStream) {
        if !self.is_empty() {
            let all = self.list_tokens();
            tokens.extend(quote!(#[pickle(#all)]));
        }
    }
}

/// A key as it is written: some are keywords.
fn bare(key: &str) -> TokenStream {
    // All keys are words of this crate, and so identifiers or keywords.
    syn::parse_str(key).unwrap_or_default()
}

/// The lines of a docstring.
pub fn doc(text: &str) -> TokenStream {
    if text.is_empty() {
        return TokenStream::new();
    }
    let lines = text.lines().map(|line| {
        let line = if line.is_empty() {
            String::new()
        } else {
            format!(" {line}")
        };
        quote!(#[doc = #line])
    });
    quote!(#(#lines)*)
}
