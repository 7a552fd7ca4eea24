//! A constant in front of an enum.

use proc_macro2::TokenStream;

use super::Context;
use super::item::Parts;
use super::pickler::Scope;
use crate::normalization::Pickler;

/// The parts of the impl with the constant, which has whole bytes.
pub fn expand(magic: Option<&Pickler>, parts: Parts, cx: Context<'_>) -> Parts {
    let Context { pickler, input, .. } = cx;
    let Some(magic) = magic else { return parts };
    let scope = Scope {
        fields: &[],
        side: None,
    };
    let before = |cursor: TokenStream, done: &TokenStream| {
        hygienic! {
            if let ::core::result::Result::Err(fault) = #done {
                return ::core::result::Result::Err(#cursor.within_field(fault, "magic"));
            }
        }
    };
    let before_read = before(hygienic!(r), &magic.read(scope, cx));
    let before_write = before(hygienic!(w), &magic.write(&hygienic!(&()), scope, cx));
    let magic_width = magic.width(&[], cx);
    let expression = magic.expression(scope, cx);
    let (width, read, write, describe) = (parts.width, parts.read, parts.write, parts.describe);
    Parts {
        width: hygienic!(#magic_width.then(#width)),
        read: hygienic!(#before_read #read),
        write: hygienic!(#before_write #write),
        describe: hygienic! {
            #pickler::schema::Shape::Behind {
                magic: #pickler::generated::Box::new(
                    #pickler::Pickler::<#input>::describe(&#expression, d),
                ),
                item: #pickler::generated::Box::new(#describe),
            }
        },
        ..parts
    }
}
