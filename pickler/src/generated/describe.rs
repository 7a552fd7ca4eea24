//! What a declaration says of itself.

#[cfg(feature = "alloc")]
use super::{Box, Vec};
use crate::picklers::Pickler;
#[cfg(feature = "alloc")]
use crate::schema::{Enumeration, Expr, Operand, Other, Shape, Variants};
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
