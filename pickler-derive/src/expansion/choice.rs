//! Enums whose variants are tried in order.

use proc_macro2::TokenStream;

use super::Context;
use super::expression::Side;
use super::fields::{Exit, exit_body};
use crate::normalization::{Declaration, Union};

/// Code that refuses what was written from `start` on if it is read as a variant
/// that is tried before.
pub fn check_written(
    declaration: &Declaration,
    exit: Exit<'_>,
    cx: Context<'_>,
) -> Option<TokenStream> {
    let Context { pickler, .. } = cx;
    if !declaration.body.looks_back() {
        return None;
    }
    let ty = declaration.generics.of_any_life(&declaration.ident);
    let read = if declaration.parameters.is_empty() {
        hygienic!(<#ty as #pickler::Pickle<'_>>::read(r))
    } else {
        hygienic!(<#ty as #pickler::PickleWith<'_>>::read_with(context, r))
    };
    let exit = exit(&hygienic!(fault));
    Some(hygienic! {
        if tag > 0
            && let ::core::result::Result::Err(fault) = #pickler::generated::expect_first(
                start,
                tag,
                w,
                |r| #read.map(|value| #pickler::Tagged::tag(&value)),
            )
        {
            #exit
        }
    })
}

/// Code that tries each variant.
pub fn read(it: &Union, cx: Context<'_>) -> TokenStream {
    let Context { pickler, .. } = cx;
    let done = |value: &TokenStream| hygienic!(return ::core::result::Result::Ok(#value););
    let attempts = it.variants.iter().map(|variant| {
        let (ident, name) = (&variant.ident, &variant.name);
        let body = variant
            .fields
            .read(&hygienic!(Self::#ident), &done, &exit_body, cx);
        let attempt = hygienic! {
            let fault: #pickler::cursor::Fault = 'body: { #body };
            let fault = r.within_variant(fault, #name);
            if let ::core::result::Result::Err(fault) =
                #pickler::generated::try_next(fault, mark, &mut furthest, r)
            {
                return ::core::result::Result::Err(fault);
            }
        };
        match &variant.condition {
            None => attempt,
            Some(condition) => {
                let condition = condition.value(&[], Side::Read, cx);
                hygienic! {
                    if #condition == ::core::option::Option::Some(1) { #attempt }
                }
            }
        }
    });
    hygienic! {
        let mark = r.mark();
        let mut furthest = ::core::option::Option::None;
        #({ #attempts })*
        ::core::result::Result::Err(#pickler::generated::no_variant(furthest, r))
    }
}
