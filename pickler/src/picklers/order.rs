//! Byte order and bit order of a part.

use super::Pickler;
use crate::cursor::{Align, Fault, Order, Reader, Sink, Writer};
#[cfg(feature = "alloc")]
use crate::cursor::{BitOrder, ByteOrder};
#[cfg(feature = "alloc")]
use crate::schema::{Describer, Shape};
use crate::width::Width;

macro_rules! ordered {
    ($($doc:literal $function:ident $type:ident $order:ident $bytes:expr, $bits:expr;)*) => { $(
        #[doc = concat!("See [`", stringify!($function), "`].")]
        #[derive(Clone, Copy, Debug)]
        pub struct $type<P>(P);

        #[doc = $doc]
        ///
        /// Nested types inherit it unless they set their own.
        pub const fn $function<P>(pickler: P) -> $type<P> {
            $type(pickler)
        }

        impl<'de, P: Pickler<'de>> Pickler<'de> for $type<P> {
            type Value = P::Value;
            const WIDTH: Width = P::WIDTH;
            const WHOLE: bool = P::WHOLE;

            #[inline(always)]
            fn read<O: Order, A: Align>(
                &self,
                r: &mut Reader<'de, O, A>,
            ) -> Result<P::Value, Fault> {
                self.0.read(r.as_order::<O::$order>())
            }

            #[inline(always)]
            fn write<S: Sink, O: Order, A: Align>(
                &self,
                value: &P::Value,
                w: &mut Writer<S, O, A>,
            ) -> Result<(), Fault> {
                self.0.write(value, w.as_order::<O::$order>())
            }

            #[cfg(feature = "alloc")]
            fn describe(&self, d: &mut Describer) -> Shape {
                Shape::Ordered {
                    item: self.0.describe(d).into(),
                    bytes: $bytes,
                    bits: $bits,
                }
            }
        }
    )* };
}

ordered! {
    "The least significant byte first."
    little_endian LittleEndian Little Some(ByteOrder::Little), None;
    "The most significant byte first: network order."
    big_endian BigEndian Big Some(ByteOrder::Big), None;
    "The most significant bit of a byte first."
    msb_first MsbFirst Msb None, Some(BitOrder::Msb);
    "The least significant bit of a byte first."
    lsb_first LsbFirst Lsb None, Some(BitOrder::Lsb);
}
