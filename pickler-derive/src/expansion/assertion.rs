//! Code that checks what values must be.

use proc_macro2::TokenStream;

use super::Context;
use super::expression::Side;
use crate::normalization::{Expression, Field};

/// Checks of values that were read, or that are to be written. `at` is where
/// what is checked starts, on read.
pub fn check(
    assertions: &[Expression],
    fields: &[Field],
    side: Side,
    at: &TokenStream,
    exit: &TokenStream,
    cx: Context<'_>,
) -> TokenStream {
    let Context { pickler, .. } = cx;
    let follows = assertions.iter().any(|it| it.follows_offsets(fields));
    let placed = follows.then(|| hygienic!(&&!w.is_measuring()));
    let checks = assertions.iter().map(|assertion| {
        let value = assertion.value(fields, side, cx);
        let found = assertion.found(fields, side, cx);
        let description = assertion.description(fields, cx);
        let description = hygienic!(|| #pickler::generated::described!(#description));
        match side {
            Side::Read | Side::Borrowed => hygienic! {
                if #value != ::core::option::Option::Some(1) {
                    let fault = #pickler::generated::unsatisfied(r, #at, #found, #description);
                    #exit
                }
            },
            // What follows from sizes is not known while they are found out.
            Side::Write => hygienic! {
                if !<__S as #pickler::cursor::Sink>::COUNTS_ONLY
                    #placed
                    && #value != ::core::option::Option::Some(1)
                {
                    let fault = #pickler::generated::unwritable(w, #found, #description);
                    #exit
                }
            },
        }
    });
    hygienic!(#(#checks)*)
}

/// Whether a condition on `item` holds: a `Result` with the number that does
/// not satisfy it.
pub fn outcome(
    condition: &Expression,
    fields: &[Field],
    side: Side,
    cx: Context<'_>,
) -> TokenStream {
    let value = condition.value(fields, side, cx);
    let found = condition.found(fields, side, cx);
    hygienic! {
        if #value == ::core::option::Option::Some(1) {
            ::core::result::Result::Ok(())
        } else {
            ::core::result::Result::Err(#found)
        }
    }
}

impl Expression {
    /// The number that does not satisfy the condition, an `Option<i128>`.
    fn found(&self, fields: &[Field], side: Side, cx: Context<'_>) -> TokenStream {
        match self {
            Self::Binary(left, operator, right) if operator.name == "And" => {
                let holds = left.value(fields, side, cx);
                let (left, right) = (left.found(fields, side, cx), right.found(fields, side, cx));
                hygienic! {
                    if #holds == ::core::option::Option::Some(1) { #right } else { #left }
                }
            }
            Self::Binary(left, operator, right) if operator.compares() => {
                left.compared_number(right, fields, side, cx)
            }
            Self::Binary(left, operator, _) if operator.name != "Or" => {
                left.value(fields, side, cx)
            }
            Self::Match(it) if it.compares_literals() => {
                it.of.compared_number(&it.of, fields, side, cx)
            }
            Self::Match(it) => it.of.value(fields, side, cx),
            _ => hygienic!(::core::option::Option::None),
        }
    }
}
