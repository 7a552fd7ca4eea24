//! Room around things that holds no value: padding and alignment.

#[cfg(feature = "alloc")]
use alloc::boxed::Box;

use super::Pickler;
use super::pickler::read_anywhere;
use crate::cursor::{Align, Fault, Order, Reader, Sink, Writer};
use crate::error::ErrorKind;
#[cfg(feature = "alloc")]
use crate::schema::{Describer, Fill, Shape};
use crate::schema::{Origin, Padding};
use crate::width::Width;

/// See [`padded_before`].
#[derive(Clone, Copy, Debug)]
pub struct PaddedBefore<const BITS: u64, P> {
    padding: Padding,
    pickler: P,
}

/// See [`padded_after`].
#[derive(Clone, Copy, Debug)]
pub struct PaddedAfter<const BITS: u64, P> {
    padding: Padding,
    pickler: P,
}

/// See [`padded_to`].
#[derive(Clone, Copy, Debug)]
pub struct PaddedTo<const BYTES: u64, P> {
    padding: Padding,
    pickler: P,
}

/// See [`aligned_to`].
#[derive(Clone, Copy, Debug)]
pub struct AlignedTo<const BYTES: u64, P> {
    from: Origin,
    /// The bit at which that starts.
    start: u64,
    padding: Padding,
    pickler: P,
}

/// Something behind so many bits of padding: `pad_before = 2` (bytes),
/// `pad_bits_before = 3`.
///
/// Padding is written as zeros; on read it must be zero, or it is ignored.
///
/// ```
/// use pickler::picklers::{bits, decode_with, encode_with, padded_before};
/// use pickler::schema::Padding;
///
/// let low = padded_before::<3, _>(Padding::Zero, bits::<5, u8>());
/// assert_eq!(encode_with(&low, &0b1_0001)?, [0b0001_0001]);
/// assert_eq!(
///     decode_with(&low, &[0xFF]).unwrap_err().to_string(),
///     "padding is not zero, at byte 0",
/// );
/// let ignored = padded_before::<3, _>(Padding::Ignored, bits::<5, u8>());
/// assert_eq!(decode_with(&ignored, &[0xFF])?, 0b1_1111);
/// # Ok::<(), pickler::Error>(())
/// ```
pub const fn padded_before<const BITS: u64, P>(
    padding: Padding,
    pickler: P,
) -> PaddedBefore<BITS, P> {
    PaddedBefore { padding, pickler }
}

/// Something in front of so many bits of padding: `pad_after = 2` (bytes),
/// `pad_bits_after = 3`.
///
/// ```
/// use pickler::picklers::{decode_with, encode_with, of, padded_after};
/// use pickler::schema::Padding;
///
/// let wide = padded_after::<16, _>(Padding::Zero, of::<u8>());
/// assert_eq!(encode_with(&wide, &7)?, [7, 0, 0]);
/// assert!(decode_with(&wide, &[7, 0, 1]).is_err());
/// # Ok::<(), pickler::Error>(())
/// ```
pub const fn padded_after<const BITS: u64, P>(
    padding: Padding,
    pickler: P,
) -> PaddedAfter<BITS, P> {
    PaddedAfter { padding, pickler }
}

/// Something that takes so many bytes in all, filled up with padding: `pad_to =
/// 16`. It starts on a byte boundary.
///
/// ```
/// use pickler::picklers::{decode_with, encode_with, counted, padded_to};
/// use pickler::schema::Padding;
///
/// let name = padded_to::<4, _>(Padding::Zero, counted::<u8, String>());
/// assert_eq!(encode_with(&name, &"ab".into())?, b"\x02ab\0");
/// assert_eq!(
///     encode_with(&name, &"abcd".into()).unwrap_err().to_string(),
///     "takes 5 bytes, but has room for 4 bytes",
/// );
/// assert!(decode_with(&name, b"\x02abx").is_err());
/// # Ok::<(), pickler::Error>(())
/// ```
pub const fn padded_to<const BYTES: u64, P>(padding: Padding, pickler: P) -> PaddedTo<BYTES, P> {
    PaddedTo { padding, pickler }
}

/// Something that starts at a multiple of so many bytes from the start of the
/// message: `align = 4`.
///
/// ```
/// use pickler::picklers::{aligned_to, decode_with, encode_with, of};
/// use pickler::schema::Padding;
///
/// let pair = (of::<u8>(), aligned_to::<4, _>(Padding::Zero, of::<u16>()));
/// assert_eq!(encode_with(&pair, &(7, 8))?, [7, 0, 0, 0, 0, 8]);
/// assert_eq!(decode_with(&pair, &[7, 0, 0, 0, 0, 8])?, (7, 8));
/// # Ok::<(), pickler::Error>(())
/// ```
pub const fn aligned_to<const BYTES: u64, P>(padding: Padding, pickler: P) -> AlignedTo<BYTES, P> {
    AlignedTo {
        from: Origin::Message,
        start: 0,
        padding,
        pickler,
    }
}

/// The same from the start of the record, which is the bit `start`: `align = 4,
/// align_from = record`.
pub const fn aligned_in_record<const BYTES: u64, P>(
    start: u64,
    padding: Padding,
    pickler: P,
) -> AlignedTo<BYTES, P> {
    AlignedTo {
        from: Origin::Record,
        start,
        padding,
        pickler,
    }
}

/// Reads so many bits of padding.
pub(crate) fn read_padding<O: Order, A: Align>(
    bits: u64,
    padding: Padding,
    r: &mut Reader<'_, O, A>,
) -> Result<(), Fault> {
    let left = r.bits_left();
    if left < bits {
        return Err(r.fail(ErrorKind::UnexpectedEnd { needed: bits, left }));
    }
    let at = r.bit_offset();
    let mut todo = bits;
    let mut found = 0;
    while todo > 0 {
        // Fits: it is 128 at most.
        let piece = todo.min(128) as u32;
        found |= r.unaligned().bits(piece)?;
        todo -= u64::from(piece);
    }
    if found != 0 && padding == Padding::Zero {
        return Err(r.fail_at(at, ErrorKind::NonZeroPadding));
    }
    Ok(())
}

/// Writes so many bits of padding.
pub(crate) fn write_padding<S: Sink, O: Order, A: Align>(
    bits: u64,
    w: &mut Writer<S, O, A>,
) -> Result<(), Fault> {
    let mut todo = bits;
    while todo > 0 {
        // Fits: it is 128 at most.
        let piece = todo.min(128) as u32;
        w.unaligned().bits(0, piece)?;
        todo -= u64::from(piece);
    }
    Ok(())
}

/// How many bits are missing at `offset` to the next multiple of so many bytes
/// from `start` on, in bits.
pub(crate) const fn to_boundary(offset: u64, start: u64, bytes: u64) -> u64 {
    let unit = match bytes.saturating_mul(8) {
        0 => 1,
        unit => unit,
    };
    (unit - offset.saturating_sub(start) % unit) % unit
}

/// Reads what is left of a piece as padding.
pub(crate) fn read_rest_as_padding<O: Order, A: Align>(
    padding: Padding,
    r: &mut Reader<'_, O, A>,
) -> Result<(), Fault> {
    read_padding(r.bits_left(), padding, r)
}

/// Writes padding until there are so many bytes from the byte `start` on.
pub(crate) fn write_padding_to<S: Sink, O: Order, A: Align>(
    start: usize,
    bytes: u64,
    w: &mut Writer<S, O, A>,
) -> Result<(), Fault> {
    w.unaligned().finish()?;
    w.end_piece()?;
    let (taken, room) = ((w.written() - start) as u64 * 8, bytes.saturating_mul(8));
    match room.checked_sub(taken) {
        Some(missing) => write_padding(missing, w),
        None => Err(w.fail(ErrorKind::TooWide { bits: taken, room })),
    }
}

impl<'de, const BITS: u64, P: Pickler<'de>> Pickler<'de> for PaddedBefore<BITS, P> {
    type Value = P::Value;
    const WIDTH: Width = Width::fixed(BITS).then(P::WIDTH);
    const WHOLE: bool = Width::whole(&[(Width::fixed(BITS), false), (P::WIDTH, P::WHOLE)]);

    #[inline]
    fn read<O: Order, A: Align>(&self, r: &mut Reader<'de, O, A>) -> Result<P::Value, Fault> {
        read_padding(BITS, self.padding, r)?;
        if P::WHOLE && BITS.is_multiple_of(8) {
            self.pickler.read(r)
        } else {
            self.pickler.read(r.unaligned())
        }
    }

    #[inline]
    fn write<S: Sink, O: Order, A: Align>(
        &self,
        value: &P::Value,
        w: &mut Writer<S, O, A>,
    ) -> Result<(), Fault> {
        write_padding(BITS, w)?;
        if P::WHOLE && BITS.is_multiple_of(8) {
            self.pickler.write(value, w)
        } else {
            self.pickler.write(value, w.unaligned())
        }
    }

    #[cfg(feature = "alloc")]
    fn describe(&self, d: &mut Describer) -> Shape {
        Shape::Filled {
            item: Box::new(self.pickler.describe(d)),
            fill: Fill::Before(BITS),
            padding: self.padding,
        }
    }
}

impl<'de, const BITS: u64, P: Pickler<'de>> Pickler<'de> for PaddedAfter<BITS, P> {
    type Value = P::Value;
    const WIDTH: Width = P::WIDTH.then(Width::fixed(BITS));
    const WHOLE: bool = Width::whole(&[(P::WIDTH, P::WHOLE), (Width::fixed(BITS), false)]);

    #[inline]
    fn read<O: Order, A: Align>(&self, r: &mut Reader<'de, O, A>) -> Result<P::Value, Fault> {
        let value = read_anywhere(&self.pickler, r)?;
        read_padding(BITS, self.padding, r.unaligned())?;
        Ok(value)
    }

    #[inline]
    fn write<S: Sink, O: Order, A: Align>(
        &self,
        value: &P::Value,
        w: &mut Writer<S, O, A>,
    ) -> Result<(), Fault> {
        if P::WHOLE {
            self.pickler.write(value, w)?;
        } else {
            self.pickler.write(value, w.unaligned())?;
        }
        write_padding(BITS, w.unaligned())
    }

    #[cfg(feature = "alloc")]
    fn describe(&self, d: &mut Describer) -> Shape {
        Shape::Filled {
            item: Box::new(self.pickler.describe(d)),
            fill: Fill::After(BITS),
            padding: self.padding,
        }
    }
}

impl<'de, const BYTES: u64, P: Pickler<'de>> Pickler<'de> for PaddedTo<BYTES, P> {
    type Value = P::Value;
    const WIDTH: Width = {
        assert!(
            P::WIDTH.min <= BYTES.saturating_mul(8),
            "what is padded takes more room than it is padded to"
        );
        Width::fixed(BYTES.saturating_mul(8))
    };
    const WHOLE: bool = true;

    #[inline]
    fn read<O: Order, A: Align>(&self, r: &mut Reader<'de, O, A>) -> Result<P::Value, Fault> {
        // A size past the address space is past the input, too.
        let outer = r.enter(usize::try_from(BYTES).unwrap_or(usize::MAX))?;
        let value = read_anywhere(&self.pickler, r)?;
        read_rest_as_padding(self.padding, r.unaligned())?;
        r.leave_unread(outer);
        Ok(value)
    }

    #[inline]
    fn write<S: Sink, O: Order, A: Align>(
        &self,
        value: &P::Value,
        w: &mut Writer<S, O, A>,
    ) -> Result<(), Fault> {
        w.expect_byte_boundary()?;
        let start = w.written();
        w.begin_piece(true);
        if P::WHOLE {
            self.pickler.write(value, w)?;
        } else {
            self.pickler.write(value, w.unaligned())?;
        }
        write_padding_to(start, BYTES, w)
    }

    #[cfg(feature = "alloc")]
    fn describe(&self, d: &mut Describer) -> Shape {
        Shape::Filled {
            item: Box::new(self.pickler.describe(d)),
            fill: Fill::To(BYTES),
            padding: self.padding,
        }
    }
}

impl<const BYTES: u64, P> AlignedTo<BYTES, P> {
    /// Where the cursor stands, in the record or in the message.
    #[inline]
    fn offset(&self, here: u64, in_message: u64) -> u64 {
        match self.from {
            Origin::Message => in_message,
            Origin::Record => here,
        }
    }
}

impl<'de, const BYTES: u64, P: Pickler<'de>> Pickler<'de> for AlignedTo<BYTES, P> {
    type Value = P::Value;
    const WIDTH: Width = Width {
        min: 0,
        max: Some(BYTES.saturating_mul(8).saturating_sub(1)),
    }
    .then(P::WIDTH);
    const WHOLE: bool = P::WHOLE;

    #[inline]
    fn read<O: Order, A: Align>(&self, r: &mut Reader<'de, O, A>) -> Result<P::Value, Fault> {
        let bits = to_boundary(
            self.offset(r.bit_offset(), r.alignment_offset()),
            self.start,
            BYTES,
        );
        read_padding(bits, self.padding, r)?;
        self.pickler.read(r)
    }

    #[inline]
    fn write<S: Sink, O: Order, A: Align>(
        &self,
        value: &P::Value,
        w: &mut Writer<S, O, A>,
    ) -> Result<(), Fault> {
        if self.from == Origin::Message {
            w.expect_place()?;
        }
        let bits = to_boundary(
            self.offset(w.bit_offset(), w.alignment_offset()),
            self.start,
            BYTES,
        );
        write_padding(bits, w)?;
        self.pickler.write(value, w)
    }

    #[cfg(feature = "alloc")]
    fn describe(&self, d: &mut Describer) -> Shape {
        Shape::Filled {
            item: Box::new(self.pickler.describe(d)),
            fill: Fill::Align {
                bytes: BYTES,
                from: self.from,
            },
            padding: self.padding,
        }
    }
}
