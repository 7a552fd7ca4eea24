//! What a declaration says of itself.

#[cfg(feature = "alloc")]
use alloc::sync::Arc;

#[cfg(feature = "alloc")]
use super::{Box, Vec};
use crate::picklers::Pickler;
#[cfg(feature = "alloc")]
use crate::schema::{Enumeration, Expr, Operand, Other, Shape, Variant, Variants};
use crate::width::Width;

/// The width of what a closure would make; it is not called.
pub const fn width_of<'de, P: Pickler<'de>, F: Fn() -> P>(_: &F) -> Width {
    P::WIDTH
}

/// A width, after the checks that stand in that of what is inside.
pub const fn checked(_: Width, width: Width) -> Width {
    width
}

/// Whether what a closure would make is whole; it is not called.
pub const fn whole_of<'de, P: Pickler<'de>, F: Fn() -> P>(_: &F) -> bool {
    P::WHOLE
}

/// A constant, for the description.
#[cfg(feature = "alloc")]
pub fn describe_operand<T: Operand>(value: &T) -> Expr {
    value.describe()
}

/// A value of an enum, for the description: by the name of its variant.
#[cfg(feature = "alloc")]
pub fn describe_tagged<T: Variants>(value: &T) -> Expr {
    crate::schema::describe_tagged(value)
}

/// Names with their tags, in the order of these.
#[cfg(feature = "alloc")]
pub fn sorted_names(names: &[(u128, &str)]) -> Vec<(u128, Arc<str>)> {
    let mut names: Vec<_> = names
        .iter()
        .map(|(tag, name)| (*tag, (*name).into()))
        .collect();
    names.sort_unstable();
    names
}

/// Variants in the order of their tags.
#[cfg(feature = "alloc")]
pub fn sorted_variants(mut variants: Vec<Variant>) -> Vec<Variant> {
    variants.sort_by_key(|variant| variant.tag);
    variants
}

/// Describes an enumeration in so many bits: the names whose tags fit.
#[cfg(feature = "alloc")]
pub fn enumeration_in_bits(
    bits: u32,
    signed: bool,
    values: &[(i128, &str)],
    other: Option<Other>,
) -> Shape {
    let mask = u128::MAX >> (128 - bits);
    let mut names: Vec<_> = values
        .iter()
        .filter(|(tag, _)| {
            let raw = tag.cast_unsigned() & mask;
            let unused = 128 - bits;
            *tag == if signed {
                (raw << unused).cast_signed() >> unused
            } else {
                raw.cast_signed()
            }
        })
        .map(|(tag, name)| (tag.cast_unsigned() & mask, (*name).into()))
        .collect();
    names.sort_unstable();
    let tag = Shape::Integer { bits, signed };
    Shape::Enumeration(Box::new(Enumeration { tag, names, other }))
}
