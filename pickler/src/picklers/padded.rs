//! Text, bytes and records of a fixed width, padded behind.

#[cfg(feature = "alloc")]
use alloc::boxed::Box;

use super::Pickler;
use super::body::{Body, Piece, Whole};
use super::pickler::read_anywhere;
use crate::cursor::{Align, ByteOrder, Fault, Order, Reader, Sink, Writer};
use crate::error::ErrorKind;
#[cfg(feature = "alloc")]
use crate::schema::{Describer, Shape};
use crate::width::Width;

/// How something is padded.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct FixedText {
    /// How many bytes there are in all.
    pub size: u64,
    /// The unit that padding is made of.
    pub unit: u16,
    /// How many bytes a unit has: 1 or 2.
    pub unit_bytes: usize,
    /// It is not looked at on read.
    pub ignored: bool,
}

impl FixedText {
    /// How many bytes of a piece come before its padding: of NULs, to the first
    /// of them; of another pad, to those at the end.
    fn content<O: Order>(self, piece: &[u8]) -> usize {
        let is_pad = |unit: &[u8]| match (unit, O::BYTES) {
            ([byte], _) => u16::from(*byte) == self.unit,
            ([high, low], ByteOrder::Big) | ([low, high], ByteOrder::Little) => {
                u16::from_be_bytes([*high, *low]) == self.unit
            }
            _ => false,
        };
        let mut units = piece.chunks(self.unit_bytes);
        let first = if self.unit == 0 {
            units.position(is_pad)
        } else {
            let last = units.rposition(|unit| !is_pad(unit));
            Some(last.map_or(0, |last| last + 1))
        };
        first.map_or(piece.len(), |units| {
            piece.len().min(units * self.unit_bytes)
        })
    }

    /// Reads what stands behind the content, to the end of the piece.
    fn finish<O: Order, A: Align>(self, r: &mut Reader<'_, O, A>) -> Result<(), Fault> {
        let at = r.bit_offset();
        let rest = r.bytes(r.bytes_left())?;
        if self.ignored {
            return Ok(());
        }
        for (index, unit) in rest.chunks(self.unit_bytes).enumerate() {
            // FixedText is what the content of nothing is.
            if self.content::<O>(unit) != 0 {
                let at = at + (index * self.unit_bytes * 8) as u64;
                return Err(r.fail_at(at, ErrorKind::NotPadding));
            }
        }
        Ok(())
    }

    /// Writes as much padding as is left behind `written` bytes.
    fn fill<S: Sink, O: Order, A: Align>(
        self,
        written: usize,
        w: &mut Writer<S, O, A>,
    ) -> Result<(), Fault> {
        let length = written as u64;
        let Some(left) = self.size.checked_sub(length) else {
            let max = self.size;
            return Err(w.fail(ErrorKind::TooLong { length, max }));
        };
        let unit = match O::BYTES {
            ByteOrder::Big => self.unit.to_be_bytes(),
            ByteOrder::Little => self.unit.to_le_bytes(),
        };
        let single = [self.unit as u8];
        let unit: &[u8] = if self.unit_bytes == 1 { &single } else { &unit };
        for _ in 0..left / self.unit_bytes as u64 {
            w.bytes(unit)?;
        }
        // A part of a unit: NULs have such.
        let part = left % self.unit_bytes as u64;
        w.bytes(&[0][..part.min(1) as usize])
    }

    /// Reads what `content` reads, and the padding behind it.
    pub(crate) fn read<'de, T, O: Order, A: Align>(
        self,
        r: &mut Reader<'de, O, A>,
        content: impl FnOnce(&mut Reader<'de, O, A>) -> Result<T, Fault>,
    ) -> Result<T, Fault> {
        // A size past the address space is past the input, too.
        let outer = r.enter(usize::try_from(self.size).unwrap_or(usize::MAX))?;
        let inner = r.enter(self.content::<O>(r.rest()))?;
        let value = content(r)?;
        r.leave(inner)?;
        self.finish(r)?;
        r.leave(outer)?;
        Ok(value)
    }

    /// Writes what `content` writes to the end of a byte, and padding behind it.
    /// What would be read as padding is refused.
    pub(crate) fn write<S: Sink, O: Order, A: Align>(
        self,
        w: &mut Writer<S, O, A>,
        content: impl FnOnce(&mut Writer<S, O, A>) -> Result<(), Fault>,
    ) -> Result<(), Fault> {
        w.expect_byte_boundary()?;
        let start = w.written();
        content(w)?;
        if !S::COUNTS_ONLY && !w.is_measuring() {
            let written = w.since(start);
            let content = self.content::<O>(written);
            if content < written.len() {
                let unit = (content / self.unit_bytes) as u64;
                return Err(w.fail(ErrorKind::HoldsTerminator { unit }));
            }
        }
        self.fill(w.written() - start, w)
    }
}

/// See [`padded`].
#[derive(Clone, Copy, Debug)]
pub struct PaddedText<P> {
    padding: FixedText,
    pickler: P,
}

/// Something with padding behind it: `size = 16, pad = 0`. What stands behind a
/// NUL is NULs, too, unless it is ignored: `padding = ignored`. Another pad, such
/// as a space, may stand within the text.
///
/// ```
/// use pickler::picklers::{decode_with, encode_with, padded, rest};
///
/// let name = padded(6, 0, 1, false, rest::<String>());
/// assert_eq!(encode_with(&name, &"bob".into())?, b"bob\0\0\0");
/// assert_eq!(decode_with(&name, b"bob\0\0\0")?, "bob");
/// assert_eq!(
///     decode_with(&name, b"bob\0x\0").unwrap_err().to_string(),
///     "not padding, at byte 4",
/// );
/// assert!(encode_with(&name, &"bo\0".into()).is_err());
/// assert!(encode_with(&name, &"barbara".into()).is_err());
/// # Ok::<(), pickler::Error>(())
/// ```
pub const fn padded<P>(
    size: u64,
    unit: u16,
    unit_bytes: usize,
    ignored: bool,
    pickler: P,
) -> PaddedText<P> {
    let padding = FixedText {
        size,
        unit,
        unit_bytes,
        ignored,
    };
    PaddedText { padding, pickler }
}

impl<'de, P: Pickler<'de>> Pickler<'de> for PaddedText<P> {
    type Value = P::Value;
    const WIDTH: Width = Width::at_least(0);
    const WHOLE: bool = true;

    #[inline]
    fn read<O: Order, A: Align>(&self, r: &mut Reader<'de, O, A>) -> Result<P::Value, Fault> {
        self.padding.read(r, |r| read_anywhere(&self.pickler, r))
    }

    #[inline]
    fn write<S: Sink, O: Order, A: Align>(
        &self,
        value: &P::Value,
        w: &mut Writer<S, O, A>,
    ) -> Result<(), Fault> {
        let whole = Piece(Whole(&self.pickler, value));
        self.padding.write(w, |w| whole.write(w))
    }

    #[cfg(feature = "alloc")]
    fn describe(&self, d: &mut Describer) -> Shape {
        Shape::Padded {
            item: Box::new(self.pickler.describe(d)),
            padding: self.padding,
        }
    }
}
