//! IEEE 754 floating-point numbers of 16 bits.

use super::Pickler;
use crate::cursor::{Align, Fault, Order, Reader, Sink, Writer};
use crate::error::ErrorKind;
use crate::pickle::Pickle;
#[cfg(feature = "alloc")]
use crate::schema::{Describer, Shape};
use crate::width::Width;

/// The number that the bits of a binary16 are; exact.
pub(crate) fn from_half(bits: u16) -> f32 {
    let sign = u32::from(bits & 0x8000) << 16;
    let (exponent, fraction) = (u32::from(bits >> 10 & 0x1F), u32::from(bits & 0x3FF));
    let magnitude = match (exponent, fraction) {
        (0, 0) => 0,
        (0, _) => {
            // Below the least normal number, of which f32 has more.
            let shift = fraction.leading_zeros() - 21;
            (113 - shift) << 23 | (fraction << shift & 0x3FF) << 13
        }
        (0x1F, _) => 0x7F80_0000 | fraction << 13,
        _ => (exponent + 112) << 23 | fraction << 13,
    };
    f32::from_bits(sign | magnitude)
}

/// The bits of the nearest binary16, of two equally near the even one; `None`
/// past the greatest. NaNs keep the bits that fit, and stay NaNs.
pub(crate) fn to_half(value: f32) -> Option<u16> {
    let bits = value.to_bits();
    let sign = (bits >> 16) as u16 & 0x8000;
    let (exponent, fraction) = (bits >> 23 & 0xFF, bits & 0x7F_FFFF);
    if exponent == 0xFF {
        let kept = (fraction >> 13) as u16;
        let quiet = u16::from(fraction != 0 && kept == 0) << 9;
        return Some(sign | 0x7C00 | kept | quiet);
    }
    // All that is too small for the least half is nearest to 0.
    if exponent < 102 {
        return Some(sign);
    }
    let (whole, drop) = if exponent < 113 {
        (fraction | 0x80_0000, 126 - exponent)
    } else {
        ((exponent - 112) << 23 | fraction, 13)
    };
    let (kept, dropped) = (whole >> drop, whole & ((1 << drop) - 1));
    let middle = 1 << (drop - 1);
    let up = dropped > middle || (dropped == middle && kept & 1 == 1);
    let rounded = kept + u32::from(up);
    (rounded < 0x7C00).then_some(sign | rounded as u16)
}

/// See [`half`].
#[derive(Clone, Copy, Debug)]
pub struct Half;

/// An IEEE 754 binary16, in byte order, as an `f32`: `half`.
///
/// Written is the nearest one; a number past the greatest, 65,504, is refused.
///
/// ```
/// use pickler::picklers::{decode_with, encode_with, half};
///
/// assert_eq!(encode_with(&half(), &-2.0)?, [0xC0, 0x00]);
/// assert_eq!(decode_with(&half(), &[0x35, 0x55])?, 0.333_251_95);
/// assert_eq!(
///     encode_with(&half(), &1e6).unwrap_err().to_string(),
///     "1000000 is past the greatest floating-point number of 16 bits",
/// );
/// # Ok::<(), pickler::Error>(())
/// ```
pub const fn half() -> Half {
    Half
}

/// A number is past the greatest binary16.
#[cold]
pub(crate) fn past_half(value: f64) -> ErrorKind {
    ErrorKind::PastGreatest {
        bits: 16,
        value: value.to_bits(),
    }
}

impl<'de> Pickler<'de> for Half {
    type Value = f32;
    const WIDTH: Width = Width::fixed(16);
    const WHOLE: bool = true;

    #[inline]
    fn read<O: Order, A: Align>(&self, r: &mut Reader<'de, O, A>) -> Result<f32, Fault> {
        u16::read(r).map(from_half)
    }

    #[inline]
    fn write<S: Sink, O: Order, A: Align>(
        &self,
        value: &f32,
        w: &mut Writer<S, O, A>,
    ) -> Result<(), Fault> {
        match to_half(*value) {
            Some(bits) => bits.write(w),
            None => Err(w.fail(past_half((*value).into()))),
        }
    }

    #[cfg(feature = "alloc")]
    fn describe(&self, _: &mut Describer) -> Shape {
        Shape::Float { bits: 16 }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn all_halves_come_back() {
        for bits in 0..=u16::MAX {
            assert_eq!(to_half(from_half(bits)), Some(bits), "{bits:04X}");
        }
    }

    #[test]
    fn between_two_halves_the_nearest_is_taken() {
        for bits in 0..0x7BFF_u16 {
            let (low, high) = (from_half(bits), from_half(bits + 1));
            let middle = f32::midpoint(low, high);
            assert_eq!(to_half(middle), Some(bits + (bits & 1)), "{bits:04X}");
            assert_eq!(to_half(middle.next_down()), Some(bits), "{bits:04X}");
            assert_eq!(to_half(middle.next_up()), Some(bits + 1), "{bits:04X}");
        }
        assert_eq!(to_half(65_519.99), Some(0x7BFF));
        assert_eq!(to_half(65_520.0), None);
        assert_eq!(to_half(f32::INFINITY), Some(0x7C00));
        assert_eq!(from_half(1).to_bits(), 2_f32.powi(-24).to_bits());
    }
}
