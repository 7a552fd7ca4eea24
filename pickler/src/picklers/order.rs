//! Byte order and bit order of a part.

use super::{FixedPickler, Pickler};
use crate::cursor::{Align, Fault, Order, Reader, Sink, Writer};
#[cfg(feature = "alloc")]
use crate::cursor::{BitOrder, ByteOrder};
use crate::error::no_value;
use crate::schema::Expr;
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

            #[inline]
            fn skip<O: Order, A: Align>(&self, r: &mut Reader<'de, O, A>) -> Result<(), Fault> {
                self.0.skip(r.as_order::<O::$order>())
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

        impl<'de, P: FixedPickler<'de>> FixedPickler<'de> for $type<P> {
            #[inline(always)]
            fn load<O: Order>(&self, run: &[u8], at: usize) -> Option<P::Value> {
                self.0.load::<O::$order>(run, at)
            }

            #[inline(always)]
            fn store<O: Order>(
                &self,
                value: &P::Value,
                run: &mut [u8],
                at: usize,
            ) -> Option<()> {
                self.0.store::<O::$order>(value, run, at)
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

/// See [`endian_by`].
#[derive(Clone, Copy, Debug)]
pub struct EndianBy<P> {
    little: Option<i128>,
    expr: fn() -> Expr,
    pickler: P,
}

/// The least significant byte first where a condition holds, and the most
/// significant one where it does not, as in TIFF:
/// `endian = if order == b'I' { little } else { big }`. The condition holds
/// where `little`, the value of `expr`, is not 0; `None`: it overflows.
///
/// Nested types inherit the order unless they set their own.
///
/// ```
/// use pickler::picklers::{decode_with, endian_by, of};
/// use pickler::schema::Expr;
///
/// let little = endian_by(Some(1), || Expr::Bool(true), of::<u16>());
/// assert_eq!(decode_with(&little, &[1, 0])?, 1);
/// let big = endian_by(Some(0), || Expr::Bool(false), of::<u16>());
/// assert_eq!(decode_with(&big, &[0, 1])?, 1);
/// # Ok::<(), pickler::Error>(())
/// ```
pub const fn endian_by<P>(little: Option<i128>, expr: fn() -> Expr, pickler: P) -> EndianBy<P> {
    EndianBy {
        little,
        expr,
        pickler,
    }
}

impl<'de, P: Pickler<'de>> Pickler<'de> for EndianBy<P> {
    type Value = P::Value;
    const WIDTH: Width = P::WIDTH;
    const WHOLE: bool = P::WHOLE;

    #[inline]
    fn read<O: Order, A: Align>(&self, r: &mut Reader<'de, O, A>) -> Result<P::Value, Fault> {
        match self.little {
            Some(0) => self.pickler.read(r.as_order::<O::Big>()),
            Some(_) => self.pickler.read(r.as_order::<O::Little>()),
            None => Err(r.fail(no_value(self.expr))),
        }
    }

    #[inline]
    fn skip<O: Order, A: Align>(&self, r: &mut Reader<'de, O, A>) -> Result<(), Fault> {
        match self.little {
            Some(0) => self.pickler.skip(r.as_order::<O::Big>()),
            Some(_) => self.pickler.skip(r.as_order::<O::Little>()),
            None => Err(r.fail(no_value(self.expr))),
        }
    }

    #[inline]
    fn write<S: Sink, O: Order, A: Align>(
        &self,
        value: &P::Value,
        w: &mut Writer<S, O, A>,
    ) -> Result<(), Fault> {
        match self.little {
            Some(0) => self.pickler.write(value, w.as_order::<O::Big>()),
            Some(_) => self.pickler.write(value, w.as_order::<O::Little>()),
            None => Err(w.fail(no_value(self.expr))),
        }
    }

    #[cfg(feature = "alloc")]
    fn describe(&self, d: &mut Describer) -> Shape {
        Shape::OrderedBy {
            item: self.pickler.describe(d).into(),
            little: (self.expr)(),
        }
    }
}
