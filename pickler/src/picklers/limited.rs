//! Things that take no more than so many bytes.

#[cfg(feature = "alloc")]
use alloc::boxed::Box;

use super::Pickler;
use crate::cursor::{Align, Fault, Order, Reader, Sink, Writer};
use crate::error::ErrorKind;
#[cfg(feature = "alloc")]
use crate::schema::{self, Describer, Shape};
use crate::width::Width;

/// See [`limited_size`].
#[derive(Clone, Copy, Debug)]
pub struct LimitedSize<const BYTES: u64, P>(P);

/// Something that takes at most so many bytes: scodec's `limitedSizeBytes`. It
/// sees no more of the input, and what it leaves of them comes behind it. It
/// starts on a byte boundary.
///
/// ```
/// use pickler::picklers::{decode_with, encode_with, limited_size, of, rest, terminated};
///
/// let line = (limited_size::<4, _>(terminated::<String, _>(b'\n')), of::<u8>());
/// assert_eq!(decode_with(&line, b"ab\n\x07")?, ("ab".into(), 7));
/// assert_eq!(
///     decode_with(&line, b"abcd\n\x07").unwrap_err().to_string(),
///     "0: needs 1 byte, 0 bytes left, at byte 4",
/// );
/// assert_eq!(
///     encode_with(&line, &("abcd".into(), 7)).unwrap_err().to_string(),
///     "0: takes 5 bytes, but has room for 4 bytes",
/// );
/// # Ok::<(), pickler::Error>(())
/// ```
pub const fn limited_size<const BYTES: u64, P>(pickler: P) -> LimitedSize<BYTES, P> {
    LimitedSize(pickler)
}

/// Checks that no more than so many bytes were written from byte `start` on.
pub(crate) fn check_at_most<S: Sink, O: Order, A: Align>(
    start: usize,
    most: u64,
    w: &mut Writer<S, O, A>,
) -> Result<(), Fault> {
    let bits = w.bit_offset() - start as u64 * 8;
    let room = most.saturating_mul(8);
    if bits <= room {
        Ok(())
    } else {
        Err(w.fail(ErrorKind::TooWide { bits, room }))
    }
}

impl<'de, const BYTES: u64, P: Pickler<'de>> Pickler<'de> for LimitedSize<BYTES, P> {
    type Value = P::Value;
    const WIDTH: Width = {
        let most = BYTES.saturating_mul(8);
        assert!(P::WIDTH.min <= most, "it takes more than its limit");
        Width {
            min: P::WIDTH.min,
            max: match P::WIDTH.max {
                Some(max) if max < most => Some(max),
                _ => Some(most),
            },
        }
    };
    const WHOLE: bool = P::WHOLE;

    #[inline]
    fn read<O: Order, A: Align>(&self, r: &mut Reader<'de, O, A>) -> Result<P::Value, Fault> {
        let outer = r.confine(BYTES)?;
        let value = self.0.read(r)?;
        r.release(outer);
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
        self.0.write(value, w)?;
        check_at_most(start, BYTES, w)
    }

    #[cfg(feature = "alloc")]
    fn describe(&self, d: &mut Describer) -> Shape {
        Shape::Sized {
            item: Box::new(self.0.describe(d)),
            size: schema::Size::AtMost(BYTES),
            leftover: false,
        }
    }
}
