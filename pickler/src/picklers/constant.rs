//! Things that are always the same.

use core::fmt::Debug;

use super::Pickler;
use crate::cursor::{Align, Fault, Order, Reader, Sink, Writer};
use crate::error::{ErrorKind, Text};
#[cfg(feature = "alloc")]
use crate::schema::{Describer, Meaning, Shape};
use crate::width::Width;

/// See [`constant`].
#[derive(Clone, Copy, Debug)]
pub struct Constant<T, P> {
    pub(super) value: T,
    pub(super) pickler: P,
}

/// Always `value`: written without being told, refused when read otherwise.
///
/// ```
/// use pickler::picklers::{constant, decode_with, encode_with, of};
///
/// let magic = constant(0x2A_u8, of());
/// assert_eq!(encode_with(&magic, &())?, [0x2A]);
/// assert_eq!(
///     decode_with(&magic, &[0x2B]).unwrap_err().to_string(),
///     "expected the constant 42, found 43, at byte 0",
/// );
/// # Ok::<(), pickler::Error>(())
/// ```
pub const fn constant<T, P>(value: T, pickler: P) -> Constant<T, P> {
    Constant { value, pickler }
}

impl<'de, T: PartialEq + Debug, P: Pickler<'de, Value = T>> Pickler<'de> for Constant<T, P> {
    type Value = ();
    const WIDTH: Width = P::WIDTH;
    const WHOLE: bool = P::WHOLE;

    #[inline(always)]
    fn read<O: Order, A: Align>(&self, r: &mut Reader<'de, O, A>) -> Result<(), Fault> {
        let at = r.bit_offset();
        let found = self.pickler.read(r)?;
        if found == self.value {
            Ok(())
        } else {
            let (expected, found) = (Text::debug(&self.value), Text::debug(&found));
            Err(r.fail_at(at, ErrorKind::WrongConstant { expected, found }))
        }
    }

    #[inline(always)]
    fn write<S: Sink, O: Order, A: Align>(
        &self,
        (): &(),
        w: &mut Writer<S, O, A>,
    ) -> Result<(), Fault> {
        self.pickler.write(&self.value, w)
    }

    #[cfg(feature = "alloc")]
    fn describe(&self, d: &mut Describer) -> Shape {
        let item = self.pickler.describe(d);
        let value = d.sample(&self.pickler, &self.value);
        Shape::Constant {
            item: item.into(),
            value,
        }
    }
}

/// See [`constant_lenient`].
#[derive(Clone, Copy, Debug)]
pub struct ConstantLenient<T, P> {
    value: T,
    pickler: P,
}

/// Written as `value`; on read, any that the pickler reads is passed over:
/// scodec's `constantLenient`, for what old programs fill with anything.
///
/// ```
/// use pickler::picklers::{constant_lenient, decode_with, encode_with, of};
///
/// let reserved = constant_lenient(0xFF_u8, of());
/// assert_eq!(encode_with(&reserved, &())?, [0xFF]);
/// assert_eq!(decode_with(&reserved, &[7])?, ());
/// # Ok::<(), pickler::Error>(())
/// ```
pub const fn constant_lenient<T, P>(value: T, pickler: P) -> ConstantLenient<T, P> {
    ConstantLenient { value, pickler }
}

impl<'de, T, P: Pickler<'de, Value = T>> Pickler<'de> for ConstantLenient<T, P> {
    type Value = ();
    const WIDTH: Width = P::WIDTH;
    const WHOLE: bool = P::WHOLE;

    #[inline(always)]
    fn read<O: Order, A: Align>(&self, r: &mut Reader<'de, O, A>) -> Result<(), Fault> {
        self.pickler.read(r).map(drop)
    }

    #[inline(always)]
    fn write<S: Sink, O: Order, A: Align>(
        &self,
        (): &(),
        w: &mut Writer<S, O, A>,
    ) -> Result<(), Fault> {
        self.pickler.write(&self.value, w)
    }

    #[cfg(feature = "alloc")]
    fn describe(&self, d: &mut Describer) -> Shape {
        let item = self.pickler.describe(d);
        let written = d.sample(&self.pickler, &self.value);
        Meaning::Ignored { written }.of(item)
    }
}
