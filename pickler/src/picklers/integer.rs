//! Integers that fill whole bytes.

#[cfg(feature = "alloc")]
use alloc::vec::Vec;

use crate::cursor::{Align, ByteOrder, Fault, Order, Reader, Sink, Writer};
use crate::error::Step;
use crate::pickle::Pickle;
#[cfg(feature = "alloc")]
use crate::schema::{Describer, Shape};
use crate::width::Width;

/// Rust's integers of fixed size.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is no integer of Rust's",
    note = "use `u8` to `u128` or `i8` to `i128`"
)]
pub trait Integer: Copy + PartialEq + core::fmt::Display + private::Sealed {
    /// Width in bits.
    const BITS: u32;
    /// Has a sign.
    const SIGNED: bool;
    /// The integer, sign-extended; of a `u128` past `i128::MAX`, its bits.
    fn to_i128(self) -> i128;
    /// The integer, or the greatest `i128` for one past that: what errors show.
    fn saturated(self) -> i128;
    /// The integer with the low bits of `bits`.
    fn from_low_bits(bits: u128) -> Self;
    /// The integer's bits, zero-extended.
    fn to_low_bits(self) -> u128;
    /// The integer of a count, if it fits.
    fn from_count(count: usize) -> Option<Self>;
    /// The count that the integer is; `None` for a negative one or one past
    /// `u64`.
    fn to_count(self) -> Option<u64>;
    /// The integer in the first of some bytes, as many as it has.
    fn load<O: Order>(bytes: &[u8]) -> Self;
    /// Puts the integer into the first of some bytes, as many as it has.
    fn store<O: Order>(self, bytes: &mut [u8]);
    /// The greatest count that fits, if that is below `u64::MAX`.
    const MAX_COUNT: u64;
}

mod private {
    pub trait Sealed {}
}

macro_rules! integer {
    ($($type:ident $unsigned:ident $signed:literal),* $(,)?) => { $(
        impl private::Sealed for $type {}

        #[allow(clippy::cast_lossless, reason = "of some types, the cast is not")]
        impl Integer for $type {
            const BITS: u32 = $type::BITS;
            const SIGNED: bool = $signed;
            #[inline(always)]
            fn to_i128(self) -> i128 {
                self as i128
            }
            #[inline(always)]
            fn saturated(self) -> i128 {
                let value = self as i128;
                if $signed || value >= 0 { value } else { i128::MAX }
            }
            #[inline(always)]
            fn from_low_bits(bits: u128) -> Self {
                bits as $type
            }
            #[inline(always)]
            fn to_low_bits(self) -> u128 {
                self as $unsigned as u128
            }
            #[inline(always)]
            fn from_count(count: usize) -> Option<Self> {
                $type::try_from(count).ok()
            }
            #[inline(always)]
            fn to_count(self) -> Option<u64> {
                u64::try_from(self).ok()
            }
            #[inline(always)]
            fn load<O: Order>(bytes: &[u8]) -> Self {
                let mut own = [0; size_of::<$type>()];
                own.copy_from_slice(&bytes[..size_of::<$type>()]);
                from_bytes!(O, $type, own)
            }
            #[inline(always)]
            fn store<O: Order>(self, bytes: &mut [u8]) {
                bytes[..size_of::<$type>()].copy_from_slice(&to_bytes!(O, self));
            }
            const MAX_COUNT: u64 = {
                let max = $type::MAX as u128;
                if max > u64::MAX as u128 { u64::MAX } else { max as u64 }
            };
        }

        impl<'de> Pickle<'de> for $type {
            const NAME: &'static str = stringify!($type);
            const WIDTH: Width = Width::fixed($type::BITS as u64);
            const WHOLE: bool = true;

            #[inline(always)]
            fn read<O: Order, A: Align>(r: &mut Reader<'de, O, A>) -> Result<Self, Fault> {
                if A::ALIGNED {
                    Ok(from_bytes!(O, $type, r.array()?))
                } else {
                    Ok(r.bits($type::BITS)? as $type)
                }
            }

            #[inline(always)]
            fn write<S: Sink, O: Order, A: Align>(
                &self,
                w: &mut Writer<S, O, A>,
            ) -> Result<(), Fault> {
                if A::ALIGNED {
                    w.array(to_bytes!(O, self))
                } else {
                    w.bits(self.to_low_bits(), $type::BITS)
                }
            }

            #[cfg(feature = "alloc")]
            fn describe(_: &mut Describer) -> Shape {
                Shape::Integer { bits: $type::BITS, signed: $signed }
            }

            #[cfg_attr(debug_assertions, inline)]
            #[cfg_attr(not(debug_assertions), inline(always))]
            fn write_items<S: Sink, O: Order, A: Align>(
                items: &[Self],
                w: &mut Writer<S, O, A>,
            ) -> Result<(), Fault> {
                let before = w.bit_offset();
                match w.each(items, |item| to_bytes!(O, item)) {
                    Ok(()) => Ok(()),
                    Err(fault) => {
                        let index = (w.bit_offset() - before) / u64::from($type::BITS);
                        Err(w.within(fault, Step::Item(index)))
                    }
                }
            }

            #[cfg(feature = "alloc")]
            #[cfg_attr(debug_assertions, inline)]
            #[cfg_attr(not(debug_assertions), inline(always))]
            fn read_items<O: Order, A: Align>(
                r: &mut Reader<'de, O, A>,
                count: usize,
            ) -> Result<Vec<Self>, Fault> {
                const SIZE: usize = size_of::<$type>();
                if A::ALIGNED {
                    // More than the address space holds is more than is left.
                    let size = count.saturating_mul(SIZE);
                    let (chunks, _) = r.bytes(size)?.as_chunks::<SIZE>();
                    Ok(chunks.iter().map(|&bytes| from_bytes!(O, $type, bytes)).collect())
                } else {
                    let mut items = Vec::new();
                    for _ in 0..count {
                        items.push(Self::read(r)?);
                    }
                    Ok(items)
                }
            }
        }
    )* };
}

macro_rules! from_bytes {
    ($order:ident, $type:ident, $bytes:expr) => {
        match $order::BYTES {
            ByteOrder::Big => $type::from_be_bytes($bytes),
            ByteOrder::Little => $type::from_le_bytes($bytes),
        }
    };
}

macro_rules! to_bytes {
    ($order:ident, $value:expr) => {
        match $order::BYTES {
            ByteOrder::Big => $value.to_be_bytes(),
            ByteOrder::Little => $value.to_le_bytes(),
        }
    };
}

integer! {
    u8 u8 false, u16 u16 false, u32 u32 false, u64 u64 false, u128 u128 false,
    i8 u8 true, i16 u16 true, i32 u32 true, i64 u64 true, i128 u128 true,
}
