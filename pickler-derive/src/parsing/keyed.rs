//! What is said of a struct whose fields say which they are.

use proc_macro2::{Span, TokenStream};

use super::attributes::{Attributes, Place};
use super::container::Counts;
use super::literal::integer;
use super::prefix::{Prefix, Varint};
use crate::errors::Errors;
use crate::mistakes;

/// `keyed(...)`
pub struct KeyedAttributes {
    pub key: Option<Number>,
    pub size: Option<Number>,
    pub size_counts: Option<Counts>,
    pub count: Option<Number>,
    pub terminator: Option<u64>,
    pub pad: Option<u64>,
    pub in_order: bool,
}

/// How an integer is written that belongs to the format.
#[derive(Clone, Copy)]
pub enum Number {
    Bits(u32),
    Varint(Varint),
}

/// What becomes of a key that no field has.
#[derive(Clone, Copy, PartialEq)]
pub enum UnknownKeys {
    Refuse,
    Ignore,
}

impl KeyedAttributes {
    pub fn new(tokens: TokenStream, errors: &mut Errors) -> Self {
        let mut attributes = Attributes::of_list(tokens, Place::Keyed, errors);
        let counts = [
            ("value", Counts::Body),
            ("rest", Counts::Rest),
            ("pair", Counts::Message),
        ];
        let orders = [("free", false), ("fixed", true)];
        Self {
            key: number(&mut attributes, "key", errors),
            size: number(&mut attributes, "size", errors),
            size_counts: attributes
                .word("size_counts", &counts, errors)
                .map(|(_, counts)| counts),
            count: number(&mut attributes, "count", errors),
            terminator: key(&mut attributes, "terminator", errors).map(|(_, key)| key),
            pad: key(&mut attributes, "pad", errors).map(|(_, key)| key),
            in_order: attributes
                .word("order", &orders, errors)
                .is_some_and(|(_, in_order)| in_order),
        }
    }
}

fn number(attributes: &mut Attributes, name: &str, errors: &mut Errors) -> Option<Number> {
    let (_, expr) = attributes.real_expr(name, errors)?;
    match Prefix::new(&expr) {
        Some(Prefix::Varint(form, None)) if !form.lenient => {
            return Some(Number::Varint(form.encoding));
        }
        Some(Prefix::Bits(bits @ 1..=64)) => return Some(Number::Bits(bits)),
        Some(Prefix::Integer(ty)) => {
            let ty = ty.to_string();
            if let Some(Ok(bits @ 0..=64)) = ty.strip_prefix('u').map(str::parse) {
                return Some(Number::Bits(bits));
            }
        }
        Some(Prefix::Bits(_) | Prefix::Varint(..)) | None => {}
    }
    errors.add(syn::Error::new_spanned(
        expr,
        mistakes::MALFORMED.says(format!(
            "`{name}` is one of `u8`, `u16`, `u32`, `u64`, `leb128`, `quic`, `vlq`, `mqtt`"
        )),
    ));
    None
}

/// A key's value.
pub fn key(attributes: &mut Attributes, name: &str, errors: &mut Errors) -> Option<(Span, u64)> {
    let (span, expr) = attributes.real_expr(name, errors)?;
    if let Some(Ok(key)) = integer(&expr).map(u64::try_from) {
        return Some((span, key));
    }
    errors.add(syn::Error::new_spanned(
        expr,
        mistakes::MALFORMED.says(format!("`{name}` is a whole number from 0")),
    ));
    None
}
