//! Booleans: 0 or 1, in one byte or more.

use core::marker::PhantomData;

use super::{Integer, Pickler};
use crate::cursor::{Align, Fault, Order, Reader, Sink, Writer};
use crate::error::ErrorKind;
use crate::pickle::Pickle;
#[cfg(feature = "alloc")]
use crate::schema::{Describer, Shape};
use crate::width::Width;

/// One byte, 0 or 1; any other is refused. In fewer bits: `bits = 1`.
impl<'de> Pickle<'de> for bool {
    const NAME: &'static str = "bool";
    const WIDTH: Width = Width::fixed(8);
    const WHOLE: bool = true;

    #[inline(always)]
    fn read<O: Order, A: Align>(r: &mut Reader<'de, O, A>) -> Result<Self, Fault> {
        let at = r.bit_offset();
        match u8::read(r)? {
            0 => Ok(false),
            1 => Ok(true),
            found => Err(r.fail_at(
                at,
                ErrorKind::NotBool {
                    found: found.into(),
                },
            )),
        }
    }

    #[inline(always)]
    fn write<S: Sink, O: Order, A: Align>(&self, w: &mut Writer<S, O, A>) -> Result<(), Fault> {
        u8::from(*self).write(w)
    }

    #[cfg(feature = "alloc")]
    fn describe(_: &mut Describer) -> Shape {
        Shape::Bool { bits: 8 }
    }
}

/// See [`boolean`].
#[derive(Clone, Copy, Debug)]
pub struct Boolean<I>(PhantomData<fn() -> I>);

/// A boolean in as many bytes as the integer type `I` has, 0 or 1.
///
/// ```
/// use pickler::picklers::{boolean, decode_with, encode_with};
///
/// assert_eq!(encode_with(&boolean::<u32>(), &true)?, [0, 0, 0, 1]);
/// assert!(decode_with(&boolean::<u32>(), &[1, 0, 0, 0]).is_err());
/// # Ok::<(), pickler::Error>(())
/// ```
pub const fn boolean<I>() -> Boolean<I> {
    Boolean(PhantomData)
}

impl<'de, I: Integer + Pickle<'de>> Pickler<'de> for Boolean<I> {
    type Value = bool;
    const WIDTH: Width = I::WIDTH;
    const WHOLE: bool = true;

    #[inline(always)]
    fn read<O: Order, A: Align>(&self, r: &mut Reader<'de, O, A>) -> Result<bool, Fault> {
        let at = r.bit_offset();
        match I::read(r)?.to_low_bits() {
            0 => Ok(false),
            1 => Ok(true),
            found => Err(r.fail_at(at, ErrorKind::NotBool { found })),
        }
    }

    #[inline(always)]
    fn write<S: Sink, O: Order, A: Align>(
        &self,
        value: &bool,
        w: &mut Writer<S, O, A>,
    ) -> Result<(), Fault> {
        I::from_low_bits((*value).into()).write(w)
    }

    #[cfg(feature = "alloc")]
    fn describe(&self, _: &mut Describer) -> Shape {
        Shape::Bool { bits: I::BITS }
    }
}
