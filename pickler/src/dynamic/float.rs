//! Floating-point values, told apart by their bits.

use core::fmt;

/// A floating-point value of 32 or 64 bits, held in 64.
///
/// Two are equal if their bits are, so that a value that was read is the value
/// that was read: NaN equals itself, and 0.0 is not -0.0.
///
/// ```
/// use pickler::dynamic::Float;
///
/// assert_eq!(Float::from(f64::NAN), Float::from(f64::NAN));
/// assert_eq!(Float::from(0.5_f32).get(), 0.5);
/// assert_eq!(Float::from(0.1).narrow(), Some(0.1_f32));
/// assert_eq!(Float::from(1e300).narrow(), None);
/// ```
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct Float(u64);

/// How many bits longer the fraction of an `f64` is than that of an `f32`.
const LONGER: u32 = f64::MANTISSA_DIGITS - f32::MANTISSA_DIGITS;
const FRACTION: u64 = (1 << (f64::MANTISSA_DIGITS - 1)) - 1;
const SIGN: u64 = 1 << 63;

impl Float {
    /// The value.
    pub const fn get(self) -> f64 {
        f64::from_bits(self.0)
    }

    /// The nearest `f32`; `None` if the value is past the greatest. NaNs keep
    /// their bits if those fit.
    pub fn narrow(self) -> Option<f32> {
        if self.get().is_nan() {
            let fraction = (self.0 & FRACTION) >> LONGER;
            let narrowed = f32::from_bits(
                ((self.0 & SIGN) >> 32) as u32 | f32::INFINITY.to_bits() | fraction as u32,
            );
            return Some(if narrowed.is_nan() {
                narrowed
            } else {
                f32::NAN
            });
        }
        let narrowed = self.get() as f32;
        (narrowed.is_infinite() == self.get().is_infinite()).then_some(narrowed)
    }
}

impl From<f64> for Float {
    fn from(value: f64) -> Self {
        Self(value.to_bits())
    }
}

impl From<f32> for Float {
    /// Exact; NaNs keep their bits, which a cast need not leave alone.
    fn from(value: f32) -> Self {
        if value.is_nan() {
            let bits = u64::from(value.to_bits());
            let fraction = (bits << LONGER) & FRACTION;
            return Self((bits << 32 & SIGN) | f64::INFINITY.to_bits() | fraction);
        }
        Self::from(f64::from(value))
    }
}

impl fmt::Debug for Float {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(&self.get(), f)
    }
}

impl fmt::Display for Float {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(&self.get(), f)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_widened_narrows_to_the_same_bits() {
        for bits in [
            0,
            1,
            0x8000_0000,
            0x7F80_0000,
            0xFF80_0000,
            // NaNs: quiet, signalling, negative with all bits.
            0x7FC0_0000,
            0x7F80_0001,
            0xFFFF_FFFF,
            f32::MAX.to_bits(),
            0.1_f32.to_bits(),
        ] {
            let narrowed = Float::from(f32::from_bits(bits)).narrow();
            assert_eq!(narrowed.map(f32::to_bits), Some(bits), "{bits:08X}");
        }
    }

    #[test]
    fn a_nan_stays_one_when_its_bits_do_not_fit() {
        let narrowed = Float::from(f64::from_bits(0x7FF0_0000_0000_0001)).narrow();
        assert!(narrowed.unwrap().is_nan());
    }

    #[test]
    fn what_is_past_the_greatest_does_not_narrow() {
        assert_eq!(Float::from(f64::from(f32::MAX) * 2.0).narrow(), None);
        assert_eq!(Float::from(f64::INFINITY).narrow(), Some(f32::INFINITY));
    }
}
