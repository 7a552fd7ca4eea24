//! Which variant a tag is that of, and which tag a value has.

use proc_macro2::TokenStream;

use super::expression::Side;
use super::fields::exit_body;
use super::{Context, assertion};
use crate::normalization::{KeptTag, Union};

/// Patterns that the tag of each variant fits where the variant is there.
pub fn arms(it: &Union, side: Side, cx: Context<'_>) -> Vec<TokenStream> {
    let arms = it.variants.iter().map(|variant| {
        let pattern = it.tag.pattern(&variant.tags);
        let guard = variant.condition.as_ref().map(|condition| {
            let condition = condition.value(&[], side, cx);
            hygienic!(if #condition == ::core::option::Option::Some(1))
        });
        hygienic!(#pattern #guard)
    });
    arms.collect()
}

/// Code that finds the tag of a value, and refuses a value that would not be
/// read as what it is.
pub fn of_value(it: &Union, cx: Context<'_>) -> TokenStream {
    let Context { pickler, .. } = cx;
    let ty = it.tag.rust_type();
    let found = it.tag.found(&hygienic!(tag), cx);
    let exit = exit_body(&hygienic!(fault));
    let own = it.variants.iter().map(|variant| {
        let (ident, name) = (&variant.ident, &variant.name);
        let there = variant.condition.as_ref().map(|condition| {
            let check = std::slice::from_ref(condition);
            assertion::check(check, &[], Side::Write, &TokenStream::new(), &exit, cx)
        });
        let Some(KeptTag { member, .. }) = &variant.fields.kept else {
            let tag = it.tag.first(variant.tag());
            return match there {
                None => hygienic!(Self::#ident { .. } => #tag,),
                Some(there) => hygienic!(Self::#ident { .. } => { #there #tag }),
            };
        };
        let pattern = it.tag.pattern(&variant.tags);
        hygienic! {
            Self::#ident { #member: tag, .. } => {
                #there
                let tag: #ty = *tag;
                if !::core::matches!(tag, #pattern) {
                    let fault = #pickler::generated::wrong_tag(w, #found, #name, known(tag));
                    #exit
                }
                tag
            }
        }
    });
    let other = it.other.as_ref().map(|other| {
        let (ident, member) = (&other.ident, &other.tag);
        let exit = exit_body(&hygienic!(#pickler::generated::known_tag(w, #found, name)));
        hygienic! {
            Self::#ident { #member: tag, .. } => {
                let tag: #ty = *tag;
                if let ::core::option::Option::Some(name) = known(tag) {
                    #exit
                }
                tag
            }
        }
    });
    let given = it.tag.given(cx).map(|given| {
        let bits = it.tag.found(&hygienic!(given), cx);
        // A variant of one tag has no other that could be wrong.
        let single = it.variants.iter().filter(|it| it.fields.kept.is_none());
        let single = single.map(|variant| {
            let (ident, name) = (&variant.ident, &variant.name);
            hygienic! {
                Self::#ident { .. } => {
                    #pickler::generated::wrong_tag(w, #bits, #name, known(given))
                }
            }
        });
        hygienic! {
            let given: #ty = match #given {
                ::core::result::Result::Ok(given) => given,
                ::core::result::Result::Err(fault) => #exit,
            };
            if tag != given {
                let fault = match self {
                    #(#single)*
                    _ => #pickler::generated::other_tag(
                        w,
                        #pickler::generated::operand(&given),
                        #pickler::generated::operand(&tag),
                    ),
                };
                #exit
            }
        }
    });
    let keeps = it.variants.iter().any(|it| it.fields.kept.is_some());
    let known = (keeps || it.other.is_some() || given.is_some()).then(|| {
        let arms = arms(it, Side::Write, cx);
        let names = it.variants.iter().map(|variant| &variant.name);
        hygienic! {
            let known = |tag: #ty| match tag {
                #(#arms => ::core::option::Option::Some(#names),)*
                _ => ::core::option::Option::None,
            };
        }
    });
    hygienic! {
        #known
        let tag: #ty = match self {
            #(#own)*
            #other
        };
        #given
    }
}
