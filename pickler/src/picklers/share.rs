//! Values that are references where they were seen before.

use alloc::boxed::Box;
use core::marker::PhantomData;

use super::pickler::read_anywhere;
use super::prefix::no_count;
use super::{Body, Integer, Pickler, Prefix};
use crate::cursor::{Align, Fault, GREATEST_TABLE, Numbered, Order, Reader, Sink, Writer};
use crate::schema::{Describer, Reference, Shape};
use crate::width::Width;

/// See [`share`].
#[derive(Clone, Copy, Debug)]
pub struct Share<C, P> {
    table: &'static str,
    number: PhantomData<fn() -> C>,
    pickler: P,
}

/// See [`share_by_offset`].
#[derive(Clone, Copy, Debug)]
pub struct ShareByOffset<const BITS: u32, P> {
    mark: u64,
    pickler: P,
}

/// Kennedy's `share`: a value behind its number among those seen before, which
/// is all that is written where it was seen: `shared = index(u8)`.
///
/// The number that comes next announces a new value. Each message has a table
/// of what was seen, or several by their names, of at most 65,535 values, or as
/// many as `C` can say; what comes when it is full is written as it is.
///
/// ```
/// use pickler::picklers::{counted, decode_with, encode_with, share};
///
/// let word = || share::<u8, _>("words", counted::<u8, String>());
/// let words = (word(), word(), word());
/// let value = ("ab".to_string(), "c".to_string(), "ab".to_string());
/// let bytes = encode_with(&words, &value)?;
/// assert_eq!(bytes, b"\x00\x02ab\x01\x01c\x00");
/// assert_eq!(decode_with(&words, &bytes)?, value);
/// assert_eq!(
///     decode_with(&words, &[1]).unwrap_err().to_string(),
///     "0: refers to 1, but only what is below 0 was seen before, at byte 0",
/// );
/// # Ok::<(), pickler::Error>(())
/// ```
pub const fn share<C, P>(table: &'static str, pickler: P) -> Share<C, P> {
    Share {
        table,
        number: PhantomData,
        pickler,
    }
}

/// A value, or its offset in bytes from the start of the message where it was
/// seen: `shared = offset(0xC000_u16)`. The offset is an integer of `BITS`, most
/// significant byte first, whose first byte has the bits of `mark` set. No
/// value's first byte has these.
///
/// An offset leads to what stands in front of the value, and of the value that
/// it is part of. What takes no more bytes than the offset is written as it is.
///
/// ```
/// use pickler::picklers::{counted, decode_with, encode_with, share_by_offset};
///
/// let word = || share_by_offset::<16, _>(0xC000, counted::<u8, String>());
/// let words = (word(), word());
/// let value = ("abc".to_string(), "abc".to_string());
/// let bytes = encode_with(&words, &value)?;
/// assert_eq!(bytes, b"\x03abc\xC0\x00");
/// assert_eq!(decode_with(&words, &bytes)?, value);
/// # Ok::<(), pickler::Error>(())
/// ```
///
/// # Panics
/// If `mark` has bits beside those of the first byte, or none.
pub const fn share_by_offset<const BITS: u32, P>(mark: u64, pickler: P) -> ShareByOffset<BITS, P> {
    assert!(
        BITS >= 8 && BITS <= 64 && BITS.is_multiple_of(8),
        "an offset has whole bytes, eight at most"
    );
    assert!(
        mark.trailing_zeros() >= BITS - 8 && mark != 0 && u64::BITS - mark.leading_zeros() <= BITS,
        "the bits that mark an offset are in its first byte"
    );
    ShareByOffset { mark, pickler }
}

/// A value and its pickler.
struct Part<'a, P, T>(&'a P, &'a T);

impl<'de, P: Pickler<'de>> Body for Part<'_, P, P::Value> {
    fn write<S: Sink, O: Order, A: Align>(&self, w: &mut Writer<S, O, A>) -> Result<(), Fault> {
        if P::WHOLE {
            self.0.write(self.1, w)
        } else {
            self.0.write(self.1, w.unaligned())
        }
    }
}

/// A value that has a number of the type `C`.
struct InTable<'a, C, P, T>(Part<'a, P, T>, PhantomData<fn() -> C>);

impl<'de, C, P: Pickler<'de>> Body for InTable<'_, C, P, P::Value> {
    fn write<S: Sink, O: Order, A: Align>(&self, w: &mut Writer<S, O, A>) -> Result<(), Fault> {
        self.0.write(w)
    }
}

impl<'de, C: Prefix<'de>, P: Pickler<'de>> Numbered for InTable<'_, C, P, P::Value> {
    fn write_number<S: Sink, O: Order, A: Align>(
        &self,
        number: u64,
        w: &mut Writer<S, O, A>,
    ) -> Result<(), Fault> {
        // It fits: the table has no more values than that.
        C::write_prefix(C::Integer::from_low_bits(number.into()), w)
    }
}

impl<C, P> Share<C, P> {
    /// How many values the table holds.
    fn most<'de>() -> u64
    where
        C: Prefix<'de>,
    {
        C::MAX.min(GREATEST_TABLE)
    }
}

impl<'de, C: Prefix<'de>, P: Pickler<'de>> Pickler<'de> for Share<C, P> {
    type Value = P::Value;
    const WIDTH: Width = Width::at_least(C::WIDTH.min);
    const WHOLE: bool = C::WHOLE && P::WHOLE;

    fn read<O: Order, A: Align>(&self, r: &mut Reader<'de, O, A>) -> Result<P::Value, Fault> {
        r.shared_by_number(
            self.table,
            Self::most(),
            |r| {
                let at = r.bit_offset();
                let number = C::read_prefix(r)?;
                let count = number.to_count();
                count.ok_or_else(|| r.fail_at(at, no_count::<C>(number)))
            },
            |r| read_anywhere(&self.pickler, r),
        )
    }

    fn write<S: Sink, O: Order, A: Align>(
        &self,
        value: &P::Value,
        w: &mut Writer<S, O, A>,
    ) -> Result<(), Fault> {
        let part = Part(&self.pickler, value);
        w.share_by_number(
            self.table,
            Self::most(),
            &InTable(part, PhantomData::<fn() -> C>),
        )
    }

    fn describe(&self, d: &mut Describer) -> Shape {
        Shape::Shared {
            item: Box::new(self.pickler.describe(d)),
            reference: Reference::Number {
                prefix: Box::new(C::describe_prefix(d)),
                table: self.table.into(),
            },
        }
    }
}

impl<'de, const BITS: u32, P: Pickler<'de>> Pickler<'de> for ShareByOffset<BITS, P> {
    type Value = P::Value;
    const WIDTH: Width = Width::at_least(if P::WIDTH.min < BITS as u64 {
        P::WIDTH.min
    } else {
        BITS as u64
    });
    const WHOLE: bool = P::WHOLE;

    fn read<O: Order, A: Align>(&self, r: &mut Reader<'de, O, A>) -> Result<P::Value, Fault> {
        r.shared_by_offset(BITS, self.mark, &|r| read_anywhere(&self.pickler, r))
    }

    fn write<S: Sink, O: Order, A: Align>(
        &self,
        value: &P::Value,
        w: &mut Writer<S, O, A>,
    ) -> Result<(), Fault> {
        w.share_by_offset(BITS, self.mark, &Part(&self.pickler, value))
    }

    fn describe(&self, d: &mut Describer) -> Shape {
        Shape::Shared {
            item: Box::new(self.pickler.describe(d)),
            reference: Reference::Offset {
                bits: BITS,
                mark: self.mark,
            },
        }
    }
}
