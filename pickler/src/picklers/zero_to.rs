//! Integers from 0 to a greatest, in the fewest bytes.

use core::marker::PhantomData;

use super::{Integer, Pickler};
use crate::cursor::{Align, Fault, Order, Reader, Sink, Writer};
use crate::error::ErrorKind;
#[cfg(feature = "alloc")]
use crate::schema::{Describer, Shape};
use crate::width::Width;

/// See [`zero_to`].
#[derive(Clone, Copy, Debug)]
pub struct ZeroTo<const MAX: u64, T>(PhantomData<fn() -> T>);

/// An integer from 0 to `MAX` in the fewest whole bytes, of the byte order of
/// what it is in: Kennedy's `zeroTo`.
///
/// ```
/// use pickler::picklers::{decode_with, encode_with, zero_to};
///
/// let day = zero_to::<365, u16>();
/// assert_eq!(encode_with(&day, &300)?, [1, 44]);
/// assert!(encode_with(&zero_to::<0, u8>(), &0)?.is_empty());
/// assert_eq!(
///     decode_with(&day, &[1, 110]).unwrap_err().to_string(),
///     "366 does not fit, only 0 to 365 do",
/// );
/// # Ok::<(), pickler::Error>(())
/// ```
pub const fn zero_to<const MAX: u64, T>() -> ZeroTo<MAX, T> {
    ZeroTo(PhantomData)
}

/// How many bits the whole bytes have that hold the integers from 0 to `max`.
pub(super) const fn bits_to(max: u64) -> u32 {
    (u64::BITS - max.leading_zeros()).div_ceil(8) * 8
}

/// Reads an integer from 0 to `max`.
#[inline]
pub(super) fn read_to<O: Order, A: Align>(
    max: u64,
    r: &mut Reader<'_, O, A>,
) -> Result<u64, Fault> {
    let at = r.bit_offset();
    // Fits: of 64 bits at the most.
    let value = r.unaligned().bits(bits_to(max))? as u64;
    if value <= max {
        Ok(value)
    } else {
        Err(r.fail_at(at, past(value.into(), max)))
    }
}

/// Writes an integer from 0 to `max`.
#[inline]
pub(super) fn write_to<S: Sink, O: Order, A: Align>(
    value: u64,
    max: u64,
    w: &mut Writer<S, O, A>,
) -> Result<(), Fault> {
    if value <= max {
        w.unaligned().bits(value.into(), bits_to(max))
    } else {
        Err(w.fail(past(value.into(), max)))
    }
}

#[cold]
fn past(value: i128, max: u64) -> ErrorKind {
    ErrorKind::OutOfRange {
        value,
        min: 0,
        max: max.into(),
    }
}

/// Describes an integer from 0 to `max`.
#[cfg(feature = "alloc")]
pub(super) fn shape_to(max: u64) -> Shape {
    use crate::dynamic::Value;
    use crate::schema::Meaning;

    match bits_to(max) {
        // The only one takes no room.
        0 => {
            let nothing = Shape::Tuple(alloc::vec::Vec::new());
            let zero = (Value::List(alloc::vec::Vec::new()), Value::Unsigned(0));
            Shape::Shown {
                item: nothing.into(),
                pairs: alloc::vec![zero],
            }
        }
        bits => Meaning::Within {
            min: 0,
            max: max.into(),
        }
        .of(Shape::Integer {
            bits,
            signed: false,
        }),
    }
}

impl<const MAX: u64, T: Integer> Pickler<'_> for ZeroTo<MAX, T> {
    type Value = T;
    const WIDTH: Width = {
        assert!(MAX <= T::MAX_COUNT, "the greatest must fit the type");
        Width::fixed(bits_to(MAX) as u64)
    };
    const WHOLE: bool = true;

    #[inline(always)]
    fn read<O: Order, A: Align>(&self, r: &mut Reader<'_, O, A>) -> Result<T, Fault> {
        read_to(MAX, r).map(|value| T::from_low_bits(value.into()))
    }

    #[inline(always)]
    fn write<S: Sink, O: Order, A: Align>(
        &self,
        value: &T,
        w: &mut Writer<S, O, A>,
    ) -> Result<(), Fault> {
        match value.to_count() {
            Some(value) => write_to(value, MAX, w),
            None => Err(w.fail(past(value.saturated(), MAX))),
        }
    }

    #[cfg(feature = "alloc")]
    fn describe(&self, _: &mut Describer) -> Shape {
        shape_to(MAX)
    }
}
