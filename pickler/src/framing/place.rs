//! Where in a message something has a fixed place.

use core::ops::{BitOr, Shl};

use crate::cursor::ByteOrder;
#[cfg(feature = "alloc")]
use crate::schema::{Count, Schema, Shape};

/// The root of a schema behind names and byte orders, and its byte order.
#[cfg(feature = "alloc")]
pub(super) fn root(schema: &Schema) -> (&Shape, ByteOrder) {
    let (mut shape, mut order) = (schema.root(), ByteOrder::Big);
    loop {
        shape = match shape {
            Shape::Ordered { item, bytes, .. } => {
                order = bytes.unwrap_or(order);
                item
            }
            Shape::Named(reference) => &schema.definition(*reference).shape,
            shape => return (shape, order),
        };
    }
}

/// How many bytes an integer, or bytes, always take, and their order; bytes are the
/// number that they are as a tag.
#[cfg(feature = "alloc")]
pub(super) fn whole_bytes(shape: &Shape, order: ByteOrder) -> Option<(usize, ByteOrder)> {
    match shape {
        Shape::Integer { bits, .. } => Some((whole((*bits).into())?, order)),
        Shape::Bytes {
            count: Count::Fixed(count),
        } => Some((usize::try_from(*count).ok()?, ByteOrder::Big)),
        Shape::Ordered { item, bytes, .. } => whole_bytes(item, bytes.unwrap_or(order)),
        Shape::Satisfying { item, .. } => whole_bytes(item, order),
        _ => None,
    }
}

/// The same of what can be a length: an integer from 0 of 64 bits at the most.
#[cfg(feature = "alloc")]
pub(super) fn length_bytes(shape: &Shape, order: ByteOrder) -> Option<(usize, ByteOrder)> {
    let mut integer = shape;
    while let Shape::Ordered { item, .. } | Shape::Satisfying { item, .. } = integer {
        integer = item;
    }
    match integer {
        Shape::Integer {
            bits: 1..=64,
            signed: false,
        } => whole_bytes(shape, order),
        _ => None,
    }
}

/// So many bits as bytes, if they are some.
#[cfg(feature = "alloc")]
pub(super) fn whole(bits: u64) -> Option<usize> {
    if !bits.is_multiple_of(8) {
        return None;
    }
    usize::try_from(bits / 8).ok()
}

/// The number that some bytes are.
#[inline]
pub(super) fn number<N>(bytes: &[u8], order: ByteOrder) -> N
where
    N: From<u8> + Shl<u32, Output = N> + BitOr<Output = N>,
{
    let push = |number: N, &byte: &u8| number << 8 | N::from(byte);
    match order {
        ByteOrder::Big => bytes.iter().fold(N::from(0), push),
        ByteOrder::Little => bytes.iter().rev().fold(N::from(0), push),
    }
}
