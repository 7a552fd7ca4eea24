//! One value that stands for none.

use super::{Integer, Pickler};
use crate::cursor::{Align, Fault, Order, Reader, Sink, Writer};
use crate::error::ErrorKind;
#[cfg(feature = "alloc")]
use crate::schema::{Describer, Shape};
use crate::width::Width;

/// See [`sentinel`].
#[derive(Clone, Copy, Debug)]
pub struct Sentinel<T, P> {
    pub(super) none: T,
    pub(super) pickler: P,
}

/// An integer, of which one value stands for none: `none = 255`.
///
/// ```
/// use pickler::picklers::{decode_with, encode_with, of, sentinel};
///
/// let seat = sentinel(255_u8, of());
/// assert_eq!(decode_with(&seat, &[255])?, None);
/// assert_eq!(encode_with(&seat, &Some(3))?, [3]);
/// assert!(encode_with(&seat, &Some(255)).is_err());
/// # Ok::<(), pickler::Error>(())
/// ```
pub const fn sentinel<T, P>(none: T, pickler: P) -> Sentinel<T, P> {
    Sentinel { none, pickler }
}

impl<'de, T: Integer, P: Pickler<'de, Value = T>> Pickler<'de> for Sentinel<T, P> {
    type Value = Option<T>;
    const WIDTH: Width = P::WIDTH;
    const WHOLE: bool = P::WHOLE;

    #[inline(always)]
    fn read<O: Order, A: Align>(&self, r: &mut Reader<'de, O, A>) -> Result<Option<T>, Fault> {
        let value = self.pickler.read(r)?;
        Ok((value != self.none).then_some(value))
    }

    #[inline(always)]
    fn write<S: Sink, O: Order, A: Align>(
        &self,
        value: &Option<T>,
        w: &mut Writer<S, O, A>,
    ) -> Result<(), Fault> {
        match value {
            None => self.pickler.write(&self.none, w),
            Some(value) if *value == self.none => Err(w.fail(ErrorKind::IsSentinel {
                value: value.saturated(),
            })),
            Some(value) => self.pickler.write(value, w),
        }
    }

    #[cfg(feature = "alloc")]
    fn describe(&self, d: &mut Describer) -> Shape {
        let item = self.pickler.describe(d);
        let none = d.sample(&self.pickler, &self.none);
        Shape::Optional {
            item: item.into(),
            none,
        }
    }
}
