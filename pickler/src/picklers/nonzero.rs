//! Integers that are not 0.

use core::num::{
    NonZeroI8, NonZeroI16, NonZeroI32, NonZeroI64, NonZeroI128, NonZeroU8, NonZeroU16, NonZeroU32,
    NonZeroU64, NonZeroU128,
};

use super::BitField;
use crate::cursor::{Align, Fault, Order, Reader, Sink, Writer};
use crate::error::ErrorKind;
use crate::pickle::Pickle;
#[cfg(feature = "alloc")]
use crate::schema::{Describer, Meaning, Shape};
use crate::width::Width;

macro_rules! nonzero {
    ($($type:ident $integer:ident),* $(,)?) => { $(
        /// As the integer; 0 is refused.
        impl<'de> Pickle<'de> for $type {
            const NAME: &'static str = stringify!($type);
            const WIDTH: Width = <$integer as Pickle<'de>>::WIDTH;
            const WHOLE: bool = true;

            #[inline(always)]
            fn read<O: Order, A: Align>(r: &mut Reader<'de, O, A>) -> Result<Self, Fault> {
                let at = r.bit_offset();
                match Self::new($integer::read(r)?) {
                    Some(value) => Ok(value),
                    None => Err(r.fail_at(at, ErrorKind::IsZero)),
                }
            }

            #[inline(always)]
            fn write<S: Sink, O: Order, A: Align>(
                &self,
                w: &mut Writer<S, O, A>,
            ) -> Result<(), Fault> {
                self.get().write(w)
            }

            #[cfg(feature = "alloc")]
            fn describe(d: &mut Describer) -> Shape {
                Meaning::NonZero.of(<$integer as Pickle<'de>>::describe(d))
            }
        }

        impl BitField for $type {
            const MOST_BITS: u32 = $integer::BITS;

            #[inline(always)]
            fn from_bits(bits: u128, count: u32) -> Result<Self, ErrorKind> {
                Self::new($integer::from_bits(bits, count)?).ok_or(ErrorKind::IsZero)
            }

            #[inline(always)]
            fn to_bits(&self, count: u32) -> Result<u128, ErrorKind> {
                self.get().to_bits(count)
            }

            #[cfg(feature = "alloc")]
            fn shape(count: u32) -> Shape {
                Meaning::NonZero.of($integer::shape(count))
            }
        }
    )* };
}

nonzero! {
    NonZeroU8 u8, NonZeroU16 u16, NonZeroU32 u32, NonZeroU64 u64, NonZeroU128 u128,
    NonZeroI8 i8, NonZeroI16 i16, NonZeroI32 i32, NonZeroI64 i64, NonZeroI128 i128,
}
