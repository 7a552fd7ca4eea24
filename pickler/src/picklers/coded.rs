//! Integers in some bits, in a code other than binary.

use core::marker::PhantomData;

use super::{Integer, Pickler};
use crate::cursor::{Align, Fault, Order, Reader, Sink, Writer};
use crate::error::ErrorKind;
#[cfg(feature = "alloc")]
use crate::schema::{Describer, Meaning, Shape};
use crate::width::Width;

/// The integer that packed decimal digits of `bits` say, from 0 to `max`.
pub(crate) fn from_digits(raw: u128, bits: u32, max: u128) -> Result<u128, ErrorKind> {
    let mut value = 0;
    for index in (0..bits / 4).rev() {
        let digit = raw >> (4 * index) & 0xF;
        if digit > 9 {
            return Err(ErrorKind::NotDigit { found: digit as u8 });
        }
        // 32 digits at the most: it does not overflow.
        value = value * 10 + digit;
    }
    if value > max {
        return Err(digits_refused(saturated(value), max));
    }
    Ok(value)
}

/// The packed decimal digits of an integer from 0 to `max`.
pub(crate) fn to_digits(value: i128, bits: u32, max: u128) -> Result<u128, ErrorKind> {
    let Some(mut left) = u128::try_from(value).ok().filter(|value| *value <= max) else {
        return Err(digits_refused(value, max));
    };
    let mut raw = 0;
    for index in 0..bits / 4 {
        raw |= (left % 10) << (4 * index);
        left /= 10;
    }
    Ok(raw)
}

fn saturated(value: u128) -> i128 {
    i128::try_from(value).unwrap_or(i128::MAX)
}

#[cold]
fn digits_refused(value: i128, max: u128) -> ErrorKind {
    ErrorKind::OutOfRange {
        value,
        min: 0,
        max: saturated(max),
    }
}

/// The greatest integer of so many bits of packed digits.
const fn greatest_of_digits(bits: u32) -> u128 {
    10_u128.pow(bits / 4) - 1
}

/// The integer whose zigzag `raw` is.
pub(crate) fn from_zigzag(raw: u128) -> i128 {
    let half = (raw >> 1).cast_signed();
    if raw & 1 == 1 { !half } else { half }
}

/// The zigzag of an integer, if it fits so many bits.
pub(crate) fn to_zigzag(value: i128, bits: u32) -> Result<u128, ErrorKind> {
    let (min, max) = (
        -1_i128 << (bits - 1),
        (u128::MAX >> (128 - bits) >> 1).cast_signed(),
    );
    if value < min || value > max {
        return Err(ErrorKind::OutOfRange { value, min, max });
    }
    Ok((value << 1 ^ value >> 127).cast_unsigned())
}

/// Reads packed digits of `bits` that are no more than `max`.
#[inline]
fn read_digits<T: Integer, O: Order, A: Align>(
    bits: u32,
    max: u128,
    r: &mut Reader<'_, O, A>,
) -> Result<T, Fault> {
    let at = r.bit_offset();
    let raw = r.unaligned().bits(bits)?;
    match from_digits(raw, bits, max) {
        Ok(value) => Ok(T::from_low_bits(value)),
        Err(kind) => Err(r.fail_at(at, kind)),
    }
}

/// Writes packed digits of `bits` that are no more than `max`.
#[inline]
fn write_digits<T: Integer, S: Sink, O: Order, A: Align>(
    value: T,
    bits: u32,
    max: u128,
    w: &mut Writer<S, O, A>,
) -> Result<(), Fault> {
    match to_digits(value.saturated(), bits, max) {
        Ok(raw) => w.unaligned().bits(raw, bits),
        Err(kind) => Err(w.fail(kind)),
    }
}

/// Describes packed digits.
#[cfg(feature = "alloc")]
fn digits_to(bits: u32, max: u128) -> Shape {
    Meaning::Digits { max }.of(Shape::Integer {
        bits,
        signed: false,
    })
}

/// See [`bcd`].
#[derive(Clone, Copy, Debug)]
pub struct Bcd<const N: u32, T>(PhantomData<fn() -> T>);

/// An integer from 0 as packed decimal digits in `N` bits, the most significant
/// digit in the most significant bits: `bits = 16, bcd`.
///
/// ```
/// use pickler::picklers::{bcd, decode_with, encode_with};
///
/// assert_eq!(encode_with(&bcd::<16, u16>(), &1987)?, [0x19, 0x87]);
/// assert_eq!(decode_with(&bcd::<8, u8>(), &[0x42])?, 42);
/// assert_eq!(
///     decode_with(&bcd::<8, u8>(), &[0x4A]).unwrap_err().to_string(),
///     "10 is no decimal digit, at byte 0",
/// );
/// assert!(encode_with(&bcd::<8, u8>(), &100).is_err());
/// # Ok::<(), pickler::Error>(())
/// ```
pub const fn bcd<const N: u32, T>() -> Bcd<N, T> {
    Bcd(PhantomData)
}

impl<const N: u32, T: Integer> Bcd<N, T> {
    const MAX: u128 = {
        let most = u128::MAX >> (128 - T::BITS) >> (T::SIGNED as u32);
        if most < greatest_of_digits(N) {
            most
        } else {
            greatest_of_digits(N)
        }
    };
}

impl<'de, const N: u32, T: Integer> Pickler<'de> for Bcd<N, T> {
    type Value = T;
    const WIDTH: Width = {
        assert!(
            N >= 4 && N <= 128 && N.is_multiple_of(4),
            "packed decimal digits take 4 bits each, 128 at the most"
        );
        Width::fixed(N as u64)
    };
    const WHOLE: bool = N.is_multiple_of(8);

    #[inline]
    fn read<O: Order, A: Align>(&self, r: &mut Reader<'de, O, A>) -> Result<T, Fault> {
        read_digits(N, Self::MAX, r)
    }

    #[inline]
    fn write<S: Sink, O: Order, A: Align>(
        &self,
        value: &T,
        w: &mut Writer<S, O, A>,
    ) -> Result<(), Fault> {
        write_digits(*value, N, Self::MAX, w)
    }

    #[cfg(feature = "alloc")]
    fn describe(&self, _: &mut Describer) -> Shape {
        digits_to(N, Self::MAX)
    }
}

/// See [`bcd_to`].
#[derive(Clone, Copy, Debug)]
pub struct BcdTo<const N: u32, const MAX: u128, T>(PhantomData<fn() -> T>);

/// The same as [`bcd`], of which the greatest is `MAX`.
///
/// ```
/// use pickler::picklers::{bcd_to, decode_with, encode_with};
///
/// let minute = bcd_to::<8, 59, u8>();
/// assert_eq!(encode_with(&minute, &42)?, [0x42]);
/// assert!(encode_with(&minute, &60).is_err());
/// assert_eq!(
///     decode_with(&minute, &[0x60]).unwrap_err().to_string(),
///     "60 does not fit, only 0 to 59 do",
/// );
/// # Ok::<(), pickler::Error>(())
/// ```
pub const fn bcd_to<const N: u32, const MAX: u128, T>() -> BcdTo<N, MAX, T> {
    BcdTo(PhantomData)
}

impl<'de, const N: u32, const MAX: u128, T: Integer> Pickler<'de> for BcdTo<N, MAX, T> {
    type Value = T;
    const WIDTH: Width = {
        assert!(
            MAX <= Bcd::<N, T>::MAX,
            "the greatest must fit the digits and the type"
        );
        <Bcd<N, T> as Pickler<'de>>::WIDTH
    };
    const WHOLE: bool = N.is_multiple_of(8);

    #[inline]
    fn read<O: Order, A: Align>(&self, r: &mut Reader<'de, O, A>) -> Result<T, Fault> {
        read_digits(N, MAX, r)
    }

    #[inline]
    fn write<S: Sink, O: Order, A: Align>(
        &self,
        value: &T,
        w: &mut Writer<S, O, A>,
    ) -> Result<(), Fault> {
        write_digits(*value, N, MAX, w)
    }

    #[cfg(feature = "alloc")]
    fn describe(&self, _: &mut Describer) -> Shape {
        digits_to(N, MAX)
    }
}

/// See [`zigzag_bits`].
#[derive(Clone, Copy, Debug)]
pub struct ZigZagBits<const N: u32, T>(PhantomData<fn() -> T>);

/// A signed integer in `N` bits as its zigzag, 0 for 0, 1 for -1, 2 for 1:
/// `bits = 12, zigzag`.
///
/// ```
/// use pickler::picklers::{decode_with, encode_with, zigzag_bits};
///
/// assert_eq!(encode_with(&zigzag_bits::<8, i16>(), &-3)?, [5]);
/// assert_eq!(decode_with(&zigzag_bits::<8, i16>(), &[255])?, -128);
/// assert!(encode_with(&zigzag_bits::<8, i16>(), &128).is_err());
/// # Ok::<(), pickler::Error>(())
/// ```
pub const fn zigzag_bits<const N: u32, T>() -> ZigZagBits<N, T> {
    ZigZagBits(PhantomData)
}

impl<'de, const N: u32, T: Integer> Pickler<'de> for ZigZagBits<N, T> {
    type Value = T;
    const WIDTH: Width = {
        assert!(T::SIGNED, "zigzag is for integers with a sign");
        assert!(
            N >= 1 && N <= T::BITS,
            "a bit field has at least 1 bit and no more than its type"
        );
        Width::fixed(N as u64)
    };
    const WHOLE: bool = N.is_multiple_of(8);

    #[inline]
    fn read<O: Order, A: Align>(&self, r: &mut Reader<'de, O, A>) -> Result<T, Fault> {
        let raw = r.unaligned().bits(N)?;
        Ok(T::from_low_bits(from_zigzag(raw).cast_unsigned()))
    }

    #[inline]
    fn write<S: Sink, O: Order, A: Align>(
        &self,
        value: &T,
        w: &mut Writer<S, O, A>,
    ) -> Result<(), Fault> {
        match to_zigzag(value.to_i128(), N) {
            Ok(raw) => w.unaligned().bits(raw, N),
            Err(kind) => Err(w.fail(kind)),
        }
    }

    #[cfg(feature = "alloc")]
    fn describe(&self, _: &mut Describer) -> Shape {
        Meaning::ZigZag.of(Shape::Integer {
            bits: N,
            signed: false,
        })
    }
}
