//! Padding behind records.

use crate::cursor::{Align, Fault, Order, Outer, Reader, Sink, Writer};
use crate::picklers::{
    read_padding, read_rest_as_padding, to_boundary, write_padding, write_padding_to,
};
use crate::schema::Padding;
use crate::width::Width;

/// The width of what is padded to so many bytes.
pub const fn padded_width(inner: Width, bytes: u64) -> Width {
    assert!(
        inner.min <= bytes.saturating_mul(8),
        "what is padded takes more room than it is padded to"
    );
    Width::fixed(bytes.saturating_mul(8))
}

/// Confines a record to the bytes that it is padded to.
#[inline]
pub fn enter_padded<'de, O: Order, A: Align>(
    r: &mut Reader<'de, O, A>,
    bytes: u64,
) -> Result<Outer<'de>, Fault> {
    // A size past the address space is past the input, too.
    r.enter(usize::try_from(bytes).unwrap_or(usize::MAX))
}

/// Reads the padding behind a record that was confined.
#[inline]
pub fn leave_padded<'de, O: Order, A: Align>(
    r: &mut Reader<'de, O, A>,
    outer: Outer<'de>,
    padding: Padding,
) -> Result<(), Fault> {
    read_rest_as_padding(padding, r.unaligned())?;
    r.leave_unread(outer);
    Ok(())
}

/// Writes padding until there are so many bytes from the byte `start` on.
#[inline]
pub fn pad_to<S: Sink, O: Order, A: Align>(
    w: &mut Writer<S, O, A>,
    start: usize,
    bytes: u64,
) -> Result<(), Fault> {
    write_padding_to(start, bytes, w)
}

/// Reads padding up to a multiple of so many bytes from the bit `start` on.
#[inline]
pub fn read_to_boundary<O: Order, A: Align>(
    r: &mut Reader<'_, O, A>,
    start: u64,
    bytes: u64,
    padding: Padding,
) -> Result<(), Fault> {
    let missing = to_boundary(r.bit_offset(), start, bytes);
    read_padding(missing, padding, r)
}

/// Writes padding up to a multiple of so many bytes from the bit `start` on.
#[inline]
pub fn write_to_boundary<S: Sink, O: Order, A: Align>(
    w: &mut Writer<S, O, A>,
    start: u64,
    bytes: u64,
) -> Result<(), Fault> {
    write_padding(to_boundary(w.bit_offset(), start, bytes), w)
}
