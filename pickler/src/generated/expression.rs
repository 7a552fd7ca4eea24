//! Values in expressions.

use crate::codec::wherever_it_may_begin;
use crate::cursor::Looks;
use crate::picklers::Length;
use crate::schema::{
    Comparable, Comparand, HoldsMembers, IntegerType, Members, Operand, Operator, UnaryOperator,
    Variants,
};

/// The number that a value is in an expression.
#[inline(always)]
pub fn operand<T: Operand>(value: &T) -> Option<i128> {
    value.operand()
}

/// What a value is where an expression compares it.
#[inline(always)]
pub fn comparand<T: Comparable + ?Sized>(value: &T) -> Option<Comparand<'_>> {
    value.comparand()
}

/// Whether a comparison holds, in an expression.
#[inline(always)]
pub fn compare(
    left: Option<Comparand<'_>>,
    operator: Operator,
    right: Option<Comparand<'_>>,
) -> Option<i128> {
    operator.compare(left?, right?)
}

/// Whether something equals what it is compared with.
#[inline(always)]
pub fn equal(left: Comparand<'_>, right: Comparand<'_>) -> bool {
    Operator::Equal.compare(left, right) == Some(1)
}

/// The number that is compared, if it is one.
#[inline(always)]
pub fn number(comparand: Option<Comparand<'_>>) -> Option<i128> {
    match comparand {
        Some(Comparand::Number(number)) => Some(number),
        _ => None,
    }
}

/// Whether an integer fits so many bits.
pub const fn fits(value: i128, bits: u32, signed: bool) -> bool {
    let (min, max) = crate::context::bounds(bits, signed);
    min <= value && value <= max
}

/// The tag that a value has in an expression.
#[inline(always)]
pub fn tag<T: Variants>(value: &T) -> Option<i128> {
    value.operand()
}

/// The tag of a variant, by its name in Rust.
pub const fn tag_of<T: Variants>(variant: &str) -> i128 {
    crate::schema::tag_of::<T>(variant)
}

/// The record that has what an expression looks at, if it is there.
#[inline(always)]
pub fn record<T: HoldsMembers>(of: &T) -> Option<&T::Record> {
    of.record()
}

/// What the field of that name will hold, if it follows from others: where what it is
/// in is to be written.
#[inline]
pub fn followed<T: Members>(record: &T, name: &str, looks: Looks) -> Option<Option<i128>> {
    if T::DERIVED.is_empty() || !T::DERIVED.contains(&name) {
        return None;
    }
    let followed = wherever_it_may_begin(|start| {
        let Some(mut w) = looks.deeper() else {
            return Ok(None);
        };
        let w = w.unaligned();
        let followed = w.bits(0, start).and_then(|()| record.follow(name, w));
        followed.map_err(|fault| w.into_error(fault))
    });
    Some(followed.ok().flatten())
}

/// The same where only its type matters.
pub fn record_there<T: HoldsMembers>(of: &T) -> &T::Record {
    of.record()
        .unwrap_or_else(|| unreachable!("nothing is looked at"))
}

/// An item of a list by its number, in an expression.
#[inline(always)]
pub fn item<T>(list: &[T], index: Option<i128>) -> Option<&T> {
    list.get(usize::try_from(index?).ok()?)
}

/// How many units a field has, in an expression.
#[inline(always)]
pub fn units<T: Length>(value: &T) -> Option<i128> {
    i128::try_from(value.length()).ok()
}

/// At which byte a bit offset is, in an expression.
#[inline(always)]
pub fn byte_at(start: u64) -> Option<i128> {
    start.is_multiple_of(8).then_some((start / 8).into())
}

/// How many bytes lie between two bit offsets, in an expression.
#[inline(always)]
pub fn bytes_between(start: u64, end: u64) -> Option<i128> {
    Some((end - start).div_ceil(8).into())
}

/// Two values connected, in an expression.
#[inline(always)]
pub fn binary(left: Option<i128>, operator: Operator, right: Option<i128>) -> Option<i128> {
    operator.apply(left?, right?)
}

/// One value with an operator in front, in an expression.
#[inline(always)]
pub fn unary(operator: UnaryOperator, value: Option<i128>, of_condition: bool) -> Option<i128> {
    operator.apply(value?, of_condition)
}

/// Two values connected by `&&` or `||`, in an expression.
#[inline(always)]
pub fn logical(
    left: Option<i128>,
    operator: Operator,
    right: impl FnOnce() -> Option<i128>,
) -> Option<i128> {
    match operator.decided(left) {
        Some(decided) => decided,
        None => operator.apply(left?, right()?),
    }
}

/// A value that must fit a type, in an expression.
#[inline(always)]
pub fn cast(value: Option<i128>, bits: u32, signed: bool) -> Option<i128> {
    IntegerType { bits, signed }.cast(value?)
}
