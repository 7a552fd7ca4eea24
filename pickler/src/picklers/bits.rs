//! Integers and booleans of any number of bits.

use core::marker::PhantomData;

use super::{Integer, Pickler};
use crate::cursor::{Align, Fault, Order, Reader, Sink, Writer};
use crate::error::ErrorKind;
#[cfg(feature = "alloc")]
use crate::schema::{Describer, Shape};
use crate::width::Width;

/// A type that can be held in a field of some bits.
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot be a field of some bits",
    note = "`bits` is for integers, `bool`, `NonZero` integers and enums without fields that derive `Pickle`"
)]
pub trait BitField: Sized {
    /// As many bits as a field can have at the most: those of the type, or 128 of
    /// a boolean.
    const MOST_BITS: u32;
    /// The value of `count` bits.
    fn from_bits(bits: u128, count: u32) -> Result<Self, ErrorKind>;
    /// The `count` bits of the value.
    fn to_bits(&self, count: u32) -> Result<u128, ErrorKind>;
    /// The same, if the value fits: quicker where nobody asks why it does not.
    #[inline(always)]
    fn fitting_bits(&self, count: u32) -> Option<u128> {
        self.to_bits(count).ok()
    }
    /// Describes a field of `count` bits.
    #[cfg(feature = "alloc")]
    fn shape(count: u32) -> Shape;
}

impl<T: Integer> BitField for T {
    const MOST_BITS: u32 = T::BITS;

    #[inline(always)]
    fn from_bits(bits: u128, count: u32) -> Result<Self, ErrorKind> {
        if T::SIGNED && count > 0 {
            let unused = 128 - count;
            Ok(T::from_low_bits(
                ((bits << unused).cast_signed() >> unused).cast_unsigned(),
            ))
        } else {
            Ok(T::from_low_bits(bits))
        }
    }

    #[inline(always)]
    fn fitting_bits(&self, count: u32) -> Option<u128> {
        let bits = self.to_low_bits();
        let mask = u128::MAX >> (128 - count);
        let unused = 128 - count;
        let fits = if T::SIGNED {
            self.to_i128() << unused >> unused == self.to_i128()
        } else {
            bits & mask == bits
        };
        fits.then_some(bits & mask)
    }

    #[inline(always)]
    fn to_bits(&self, count: u32) -> Result<u128, ErrorKind> {
        if let Some(bits) = self.fitting_bits(count) {
            Ok(bits)
        } else {
            let mask = u128::MAX >> (128 - count);
            let (min, max) = if T::SIGNED {
                (-1_i128 << (count - 1), (mask >> 1).cast_signed())
            } else {
                (0, i128::try_from(mask).unwrap_or(i128::MAX))
            };
            let value = self.saturated();
            Err(ErrorKind::OutOfRange { value, min, max })
        }
    }

    #[cfg(feature = "alloc")]
    fn shape(count: u32) -> Shape {
        Shape::Integer {
            bits: count,
            signed: T::SIGNED,
        }
    }
}

impl BitField for bool {
    const MOST_BITS: u32 = 128;

    #[inline(always)]
    fn from_bits(bits: u128, _: u32) -> Result<Self, ErrorKind> {
        match bits {
            0 => Ok(false),
            1 => Ok(true),
            found => Err(ErrorKind::NotBool { found }),
        }
    }

    #[inline(always)]
    fn to_bits(&self, _: u32) -> Result<u128, ErrorKind> {
        Ok((*self).into())
    }

    #[inline(always)]
    fn fitting_bits(&self, _: u32) -> Option<u128> {
        Some((*self).into())
    }

    #[cfg(feature = "alloc")]
    fn shape(count: u32) -> Shape {
        Shape::Bool { bits: count }
    }
}

/// See [`bits`].
#[derive(Clone, Copy, Debug)]
pub struct Bits<const N: u32, T>(PhantomData<fn() -> T>);

/// A `T` in `N` bits, 1 to 128 and at most as many as `T` has; a boolean in any.
///
/// ```
/// use pickler::picklers::{bits, decode_with, encode_with};
///
/// assert_eq!(encode_with(&bits::<4, i8>(), &-3)?, [0b1101_0000]);
/// assert_eq!(decode_with(&bits::<4, i8>(), &[0b1101_0000])?, -3);
/// assert_eq!(
///     encode_with(&bits::<4, i8>(), &8).unwrap_err().to_string(),
///     "8 does not fit, only -8 to 7 do",
/// );
/// # Ok::<(), pickler::Error>(())
/// ```
pub const fn bits<const N: u32, T>() -> Bits<N, T> {
    Bits(PhantomData)
}

impl<'de, const N: u32, T: BitField> Pickler<'de> for Bits<N, T> {
    type Value = T;
    const WIDTH: Width = {
        assert!(N >= 1 && N <= 128, "a bit field has 1 to 128 bits");
        assert!(
            T::MOST_BITS >= N,
            "a bit field has no more bits than its type"
        );
        Width::fixed(N as u64)
    };
    const WHOLE: bool = N.is_multiple_of(8);

    #[inline(always)]
    fn read<O: Order, A: Align>(&self, r: &mut Reader<'de, O, A>) -> Result<T, Fault> {
        let at = r.bit_offset();
        let bits = r.unaligned().bits(N)?;
        T::from_bits(bits, N).map_err(|kind| r.fail_at(at, kind))
    }

    #[inline(always)]
    fn write<S: Sink, O: Order, A: Align>(
        &self,
        value: &T,
        w: &mut Writer<S, O, A>,
    ) -> Result<(), Fault> {
        match value.to_bits(N) {
            Ok(bits) => w.unaligned().bits(bits, N),
            Err(kind) => Err(w.fail(kind)),
        }
    }

    #[cfg(feature = "alloc")]
    fn describe(&self, _: &mut Describer) -> Shape {
        T::shape(N)
    }
}
