//! The trait of types that have a wire format.

#[cfg(feature = "alloc")]
use alloc::vec::Vec;

use crate::cursor::{Align, Fault, Order, Reader, Sink, Writer};
use crate::error::Step;
#[cfg(feature = "alloc")]
use crate::schema::{Describer, Shape};
use crate::width::Width;

/// A type with a wire format: it reads itself, writes itself and describes
/// itself.
///
/// `#[derive(Pickle)]` writes this from the declaration of a struct or enum.
/// `'de` is the life of the input, for types that borrow from it.
///
/// ```
/// use pickler::Pickle;
///
/// #[derive(Pickle, Debug, PartialEq)]
/// struct Bet {
///     player: u16,
///     amount: u32,
/// }
///
/// let bet = Bet { player: 7, amount: 1_000 };
/// let bytes = pickler::encode(&bet)?;
/// assert_eq!(bytes, [0, 7, 0, 0, 0x03, 0xE8]);
/// assert_eq!(pickler::decode::<Bet>(&bytes)?, bet);
/// # Ok::<(), pickler::Error>(())
/// ```
#[diagnostic::on_unimplemented(
    message = "`{Self}` has no wire format",
    label = "not `Pickle`",
    note = "add `#[derive(Pickle)]` to the type, or say how the field is pickled with `#[pickle(with = ...)]`",
    note = "a list, string or bytes needs `#[pickle(count = u8)]` or another prefix in the field that holds it",
    note = "an `Option` needs `#[pickle(flag)]`, `none = ...`, `if = ...` or `rest`; a `usize` is written as a `u32` or `u64`"
)]
pub trait Pickle<'de>: Sized {
    /// The type's name in errors and descriptions.
    const NAME: &'static str;

    /// The least and the greatest width of a value.
    const WIDTH: Width;

    /// Starting on a byte boundary, every value ends on one.
    const WHOLE: bool;

    /// Reads a value.
    fn read<O: Order, A: Align>(r: &mut Reader<'de, O, A>) -> Result<Self, Fault>;

    /// Writes a value.
    fn write<S: Sink, O: Order, A: Align>(&self, w: &mut Writer<S, O, A>) -> Result<(), Fault>;

    /// Goes past a value without making it: what it says is checked no further
    /// than it takes to know where it ends.
    #[inline]
    fn skip<O: Order, A: Align>(r: &mut Reader<'de, O, A>) -> Result<(), Fault> {
        match Self::WIDTH.as_fixed() {
            Some(bits) if bits <= r.bits_left() => r.skip(bits),
            // Where too little is left, reading finds out what lacks.
            _ => Self::read(r).map(drop),
        }
    }

    /// Describes the type.
    #[cfg(feature = "alloc")]
    fn describe(d: &mut Describer) -> Shape;

    /// Reads `count` values. The caller has checked that the input can hold
    /// them, see [`Reader::expect_items`].
    #[cfg(feature = "alloc")]
    #[inline]
    fn read_items<O: Order, A: Align>(
        r: &mut Reader<'de, O, A>,
        count: usize,
    ) -> Result<Vec<Self>, Fault> {
        let mut items = Vec::with_capacity(first_capacity::<Self>(count, r.bytes_left()));
        for index in 0..count {
            match Self::read(r) {
                Ok(item) => items.push(item),
                Err(fault) => return Err(r.within(fault, Step::Item(index as u64))),
            }
        }
        Ok(items)
    }

    /// Writes values one after the other.
    #[inline]
    fn write_items<S: Sink, O: Order, A: Align>(
        items: &[Self],
        w: &mut Writer<S, O, A>,
    ) -> Result<(), Fault> {
        for (index, item) in items.iter().enumerate() {
            if let Err(fault) = item.write(w) {
                return Err(w.within(fault, Step::Item(index as u64)));
            }
        }
        Ok(())
    }
}

/// For how many of `count` items there is room at first, when so many bytes are
/// left of the input: what a count claims takes no more than a few times that.
#[cfg(feature = "alloc")]
const fn first_capacity<T>(count: usize, bytes_left: usize) -> usize {
    let bytes = bytes_left.saturating_mul(8);
    let bytes = if bytes < 4096 { 4096 } else { bytes };
    let most = match size_of::<T>() {
        0 => 0,
        size => bytes / size,
    };
    if count < most { count } else { most }
}

/// A type whose values borrow nothing from the input.
#[diagnostic::on_unimplemented(
    message = "`{Self}` has no wire format, or borrows from the input",
    note = "add `#[derive(Pickle)]` to the type",
    note = "what outlives the input holds a `String` in place of a `&str`, a `ByteString` in place of a `&[u8]`"
)]
pub trait PickleOwned: for<'de> Pickle<'de> {}
impl<T: for<'de> Pickle<'de>> PickleOwned for T {}
