//! Values that are shown as others.

use std::ops::RangeInclusive;

use proc_macro2::Span;
use quote::quote;
use syn::Type;

use super::pickler::{Pickler, primitive_bits};
use super::tree::option_of;
use crate::errors::Errors;
use crate::mistakes;
use crate::parsing::{FieldAttributes, Shown};

/// `pickler` of a value of type `ty` that is shown as the attributes say; one
/// of some integers stands for none, if any does.
pub fn of_attributes(
    attributes: &FieldAttributes,
    ty: &Type,
    none: Option<&RangeInclusive<i128>>,
    pickler: Pickler,
    errors: &mut Errors,
) -> Pickler {
    let Some((span, pairs)) = &attributes.shown else {
        return pickler;
    };
    let is_null = |it: &Shown| matches!(it, Shown::Null);
    if option_of(ty).is_some()
        && pairs.iter().any(|(_, shown)| is_null(shown))
        && !pairs.iter().any(|(actual, _)| is_null(actual))
    {
        errors.push(
            *span,
            mistakes::WRONG_TYPE.says(
                "an `Option` that is absent is `null` already; show the value as something else, \
                 or the absent one: `shown(null = -1)`",
            ),
        );
    }
    let may_be = |value: &Shown| match (value, none) {
        (Shown::Integer(value), Some(none)) if none.contains(value) => false,
        _ => may_be(value, attributes, ty),
    };
    expect_told_apart(*span, pairs, may_be, errors);
    Pickler::Shown(pairs.clone(), pickler.into())
}

/// What is shown must tell which value it is.
fn expect_told_apart(
    span: Span,
    pairs: &[(Shown, Shown)],
    may_be: impl Fn(&Shown) -> bool,
    errors: &mut Errors,
) {
    for (index, (actual, shown)) in pairs.iter().enumerate() {
        let mut before = pairs[..index].iter();
        if before.clone().any(|(other, _)| other.is(actual)) {
            let message = format!("{actual} is shown as two things; say one of them");
            errors.push(span, mistakes::SHOWN_ALIKE.says(message));
        } else if let Some((other, _)) = before.find(|(_, other)| other.is(shown)) {
            let message = format!(
                "{shown} is shown for {other} and for {actual}; show each value as another"
            );
            errors.push(span, mistakes::SHOWN_ALIKE.says(message));
        } else if !pairs.iter().any(|(other, _)| other.is(shown)) && may_be(shown) {
            let message = format!(
                "{shown} is shown for {actual} and for {shown} itself; show {actual} as what no \
                 value is, or {shown} as something else, too"
            );
            errors.push(span, mistakes::SHOWN_ALIKE.says(message));
        }
    }
}

/// A field of that type is known to have the value sometimes, which is then shown
/// as it is.
fn may_be(value: &Shown, attributes: &FieldAttributes, ty: &Type) -> bool {
    let inner = option_of(ty).unwrap_or(ty);
    let Some(bits) = primitive_bits(inner) else {
        return false;
    };
    let is_bool = quote!(#inner).to_string() == "bool";
    let is_signed = quote!(#inner).to_string().starts_with('i');
    match value {
        Shown::Bool(_) => is_bool,
        Shown::Integer(value) if !is_bool && attributes.leaf.flags.is_none() => {
            let bits = attributes.bits.map_or(bits, |(_, bits)| bits);
            let bits = bits.clamp(1, 127);
            let (least, greatest) = if is_signed {
                (-1 << (bits - 1), (1 << (bits - 1)) - 1)
            } else {
                (0, i128::MAX >> (127 - bits))
            };
            (least..=greatest).contains(value)
        }
        _ => false,
    }
}
