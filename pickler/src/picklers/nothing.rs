//! Values that take no room.

use core::fmt::Debug;

use super::pickler::{Of, of};
use super::{PaddedBefore, Pickler, padded_before};
use crate::cursor::{Align, Fault, Order, Reader, Sink, Writer};
use crate::error::{ErrorKind, Text};
use crate::schema::Padding;
#[cfg(feature = "alloc")]
use crate::schema::{Describer, Shape};
use crate::width::Width;

/// Nothing: Kennedy's `unit`.
///
/// ```
/// use pickler::picklers::{encode_with, unit};
///
/// assert!(encode_with(&unit(), &())?.is_empty());
/// # Ok::<(), pickler::Error>(())
/// ```
pub const fn unit() -> Of<()> {
    of()
}

/// So many bits that are not looked at, and written as zeros: scodec's
/// `ignore`.
///
/// ```
/// use pickler::picklers::{decode_with, encode_with, ignore, of};
///
/// let record = (ignore::<16>(), of::<u8>());
/// assert_eq!(decode_with(&record, &[9, 9, 7])?, ((), 7));
/// assert_eq!(encode_with(&record, &((), 7))?, [0, 0, 7]);
/// # Ok::<(), pickler::Error>(())
/// ```
pub const fn ignore<const BITS: u64>() -> PaddedBefore<BITS, Of<()>> {
    padded_before(Padding::Ignored, unit())
}

/// See [`lift`].
#[derive(Clone, Copy, Debug)]
pub struct Lift<T>(T);

/// Always this value, which takes no room: Kennedy's `lift`. Any other is
/// refused on write.
///
/// ```
/// use pickler::picklers::{decode_with, encode_with, lift, of};
///
/// let versioned = (lift(3_u8), of::<u16>());
/// assert_eq!(decode_with(&versioned, &[0, 7])?, (3, 7));
/// assert_eq!(encode_with(&versioned, &(3, 7))?, [0, 7]);
/// assert_eq!(
///     encode_with(&versioned, &(4, 7)).unwrap_err().to_string(),
///     "0: expected the constant 3, found 4, at byte 0",
/// );
/// # Ok::<(), pickler::Error>(())
/// ```
pub const fn lift<T>(value: T) -> Lift<T> {
    Lift(value)
}

/// See [`provide`].
#[derive(Clone, Copy, Debug)]
pub struct Provide<F>(F);

/// Always the value that a function makes, which takes no room: scodec's
/// `provide`, and [`lift`] of what no constant can hold. Any other is refused
/// on write.
///
/// ```
/// use pickler::picklers::{decode_with, of, provide};
///
/// let named = (of::<u8>(), provide(|| String::from("unnamed")));
/// assert_eq!(decode_with(&named, &[7])?, (7, "unnamed".into()));
/// # Ok::<(), pickler::Error>(())
/// ```
pub const fn provide<F>(make: F) -> Provide<F> {
    Provide(make)
}

#[cold]
fn another(expected: &impl Debug, found: &impl Debug) -> ErrorKind {
    ErrorKind::WrongConstant {
        expected: Text::debug(expected),
        found: Text::debug(found),
    }
}

/// A value that takes no room has no parts, either.
#[cfg(feature = "alloc")]
fn nothing() -> Shape {
    Shape::Tuple(alloc::vec::Vec::new())
}

impl<T: Clone + PartialEq + Debug> Pickler<'_> for Lift<T> {
    type Value = T;
    const WIDTH: Width = Width::ZERO;
    const WHOLE: bool = true;

    #[inline(always)]
    fn read<O: Order, A: Align>(&self, _: &mut Reader<'_, O, A>) -> Result<T, Fault> {
        Ok(self.0.clone())
    }

    #[inline(always)]
    fn write<S: Sink, O: Order, A: Align>(
        &self,
        value: &T,
        w: &mut Writer<S, O, A>,
    ) -> Result<(), Fault> {
        if *value == self.0 {
            Ok(())
        } else {
            Err(w.fail(another(&self.0, value)))
        }
    }

    #[cfg(feature = "alloc")]
    fn describe(&self, _: &mut Describer) -> Shape {
        nothing()
    }
}

impl<F: Fn() -> T, T: PartialEq + Debug> Pickler<'_> for Provide<F> {
    type Value = T;
    const WIDTH: Width = Width::ZERO;
    const WHOLE: bool = true;

    #[inline(always)]
    fn read<O: Order, A: Align>(&self, _: &mut Reader<'_, O, A>) -> Result<T, Fault> {
        Ok((self.0)())
    }

    #[inline(always)]
    fn write<S: Sink, O: Order, A: Align>(
        &self,
        value: &T,
        w: &mut Writer<S, O, A>,
    ) -> Result<(), Fault> {
        let provided = (self.0)();
        if *value == provided {
            Ok(())
        } else {
            Err(w.fail(another(&provided, value)))
        }
    }

    #[cfg(feature = "alloc")]
    fn describe(&self, _: &mut Describer) -> Shape {
        nothing()
    }
}
