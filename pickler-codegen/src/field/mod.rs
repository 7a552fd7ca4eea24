//! Fields: from a shape to the type and the attributes that are described so.
//!
//! The layers of a shape are taken off from the outside, in the order in which
//! the derive wraps them; what is left in the middle is said by the type, or by
//! attributes of it, or by a pickler.

mod condition;
mod excluded;
mod layers;
mod middle;
mod size;
mod words;

pub use excluded::excluded;
pub use words::{bit_order_word, byte_order_word, magic, padding_words};

use pickler::dynamic::Value;
use pickler::schema::{Expr, Shape};
use proc_macro2::TokenStream;
use quote::quote;

use crate::attributes::Attributes;
use crate::context::Context;
use crate::error::{Result, refused};
use crate::expression::Scope;

/// A type, and what is said of a field of it.
#[derive(Clone)]
pub struct Held {
    pub ty: TokenStream,
    pub attributes: Attributes,
}

impl Held {
    fn plain(ty: TokenStream) -> Self {
        Self {
            ty,
            attributes: Attributes::default(),
        }
    }
}

/// What is in the middle of a shape, and what is around it.
struct Peeled<'a> {
    middle: &'a Shape,
    /// Said in front of what the middle says.
    around: Attributes,
    /// Said behind it.
    behind: Attributes,
    /// The type is an `Option`.
    optional: bool,
    /// The default that it has where it is absent.
    absent: Option<(&'a Shape, &'a Value)>,
    /// It takes up a piece of its own, so that what is left is said.
    piece: Piece<'a>,
    /// It has padding that is of units.
    padded: bool,
}

/// What is known of the piece that something takes up.
#[derive(Clone, Copy, PartialEq)]
enum Piece<'a> {
    None,
    /// So many bytes.
    Of(&'a Expr),
    /// Of some other size.
    Any,
}

impl Context<'_> {
    /// The type and the attributes that are described as a shape; `fills`: it
    /// takes up a piece of its own anyhow.
    pub fn held(&self, shape: &Shape, scope: Scope<'_>, fills: bool) -> Result<Held> {
        let mut it = Peeled {
            middle: shape,
            around: Attributes::default(),
            behind: Attributes::default(),
            optional: false,
            absent: None,
            piece: if fills { Piece::Any } else { Piece::None },
            padded: false,
        };
        self.peel(&mut it, scope)?;
        let mut held = match self.middle(&it, scope) {
            Ok(held) => held,
            Err(why) => match self.made(it.middle) {
                Ok(made) => {
                    let mut attributes = Attributes::default();
                    attributes.value("with", made.pickler);
                    Held {
                        ty: made.ty,
                        attributes,
                    }
                }
                Err(_) => return Err(why),
            },
        };
        if conflicts(&held.attributes, &it) {
            let made = self.made(it.middle)?;
            held = Held::plain(made.ty);
            held.attributes.value("with", made.pickler);
        }
        if it.optional {
            let ty = held.ty;
            held.ty = quote!(Option<#ty>);
            // What is in it is the item, unless the field says how many there are.
            if held.attributes.has("item")
                && !held.attributes.has("count")
                && !it.around.has("size")
            {
                let mut item = Attributes::default();
                item.list("item", held.attributes.list_tokens());
                held.attributes = item;
            }
        }
        let mut attributes = it.around;
        attributes.extend(held.attributes);
        attributes.extend(it.behind);
        if let Some((item, absent)) = it.absent
            && !self.is_natural(item, absent)
        {
            let absent = self.value(item, absent)?;
            attributes.value("default", absent);
        }
        if let Some(both) = excluded(&attributes, it.optional) {
            return refused(format!(
                "`{}` and `{}` are not said of one field",
                both.0, both.1
            ));
        }
        Ok(Held {
            ty: held.ty,
            attributes,
        })
    }
}

/// What is said of the middle does not go together with what is around it.
fn conflicts(middle: &Attributes, it: &Peeled<'_>) -> bool {
    let mut all = middle.clone();
    all.extend(it.around.clone());
    all.extend(it.behind.clone());
    excluded(&all, it.optional).is_some()
}
