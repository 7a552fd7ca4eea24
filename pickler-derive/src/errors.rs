//! The mistakes of one declaration, reported together.
//!
//! What kind of mistake a message tells of is said by its number, see
//! [`mistakes`](crate::mistakes).

use proc_macro2::{Span, TokenStream};
use syn::Error;

use crate::mistakes::{self, Message};

#[derive(Default)]
pub struct Errors(Option<Error>);

impl Errors {
    pub fn push(&mut self, span: Span, message: Message) {
        self.add(Error::new(span, message));
    }

    pub fn add(&mut self, error: Error) {
        for error in error {
            let error = numbered(error);
            match &mut self.0 {
                Some(errors) => errors.combine(error),
                None => self.0 = Some(error),
            }
        }
    }

    /// The value, or a record of why there is none.
    pub fn keep<T>(&mut self, result: syn::Result<T>) -> Option<T> {
        match result {
            Ok(value) => Some(value),
            Err(error) => {
                self.add(error);
                None
            }
        }
    }

    /// One `compile_error!` for each mistake, if there is any.
    pub fn into_compile_errors(self) -> Option<TokenStream> {
        self.0.map(Error::into_compile_error)
    }
}

/// What the parser of tokens says has no number: something is not written as it
/// should be.
fn numbered(error: Error) -> Error {
    let message = error.to_string();
    if message.ends_with(']') && message.contains("[P") {
        return error;
    }
    Error::new(error.span(), mistakes::MALFORMED.says(message))
}

/// `; did you mean ...?`, if a candidate is near.
pub fn did_you_mean<'a>(name: &str, candidates: impl IntoIterator<Item = &'a str>) -> String {
    let nearest = candidates
        .into_iter()
        .map(|candidate| (strsim::damerau_levenshtein(name, candidate), candidate))
        .min();
    match nearest {
        Some((distance, candidate)) if distance <= name.len().div_ceil(3) => {
            format!("; did you mean `{candidate}`?")
        }
        _ => String::new(),
    }
}
