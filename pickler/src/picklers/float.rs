//! IEEE 754 floating-point numbers of 32 and 64 bits.

#[cfg(feature = "alloc")]
use alloc::vec::Vec;

use crate::cursor::{Align, Fault, Order, Reader, Sink, Writer};
use crate::pickle::Pickle;
#[cfg(feature = "alloc")]
use crate::schema::{Describer, Shape};
use crate::width::Width;

macro_rules! float {
    ($($type:ident $bits:ident $doc:literal),*) => { $(
        #[doc = $doc]
        /// NaNs keep their bits.
        ///
        /// ```
        #[doc = concat!("let bytes = pickler::encode(&-0.5_", stringify!($type), ")?;")]
        #[doc = concat!("assert_eq!(pickler::decode::<", stringify!($type), ">(&bytes)?, -0.5);")]
        /// # Ok::<(), pickler::Error>(())
        /// ```
        impl<'de> Pickle<'de> for $type {
            const NAME: &'static str = stringify!($type);
            const WIDTH: Width = <$bits as Pickle<'de>>::WIDTH;
            const WHOLE: bool = true;

            #[inline(always)]
            fn read<O: Order, A: Align>(r: &mut Reader<'de, O, A>) -> Result<Self, Fault> {
                $bits::read(r).map($type::from_bits)
            }

            #[inline(always)]
            fn write<S: Sink, O: Order, A: Align>(
                &self,
                w: &mut Writer<S, O, A>,
            ) -> Result<(), Fault> {
                self.to_bits().write(w)
            }

            #[cfg(feature = "alloc")]
            fn describe(_: &mut Describer) -> Shape {
                Shape::Float { bits: $bits::BITS }
            }

            #[cfg(feature = "alloc")]
            #[cfg_attr(debug_assertions, inline)]
            #[cfg_attr(not(debug_assertions), inline(always))]
            fn read_items<O: Order, A: Align>(
                r: &mut Reader<'de, O, A>,
                count: usize,
            ) -> Result<Vec<Self>, Fault> {
                let bits = $bits::read_items(r, count)?;
                // In place: both have the same size.
                Ok(bits.into_iter().map($type::from_bits).collect())
            }
        }
    )* };
}

float! {
    f32 u32 "IEEE 754 binary32, in byte order.",
    f64 u64 "IEEE 754 binary64, in byte order."
}
