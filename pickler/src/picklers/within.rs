//! Integers within bounds.

use super::{Integer, Pickler};
use crate::cursor::{Align, Fault, Order, Reader, Sink, Writer};
use crate::error::ErrorKind;
#[cfg(feature = "alloc")]
use crate::schema::{Describer, Meaning, Shape};
use crate::width::Width;

/// See [`within`].
#[derive(Clone, Copy, Debug)]
pub struct Within<const MIN: i128, const MAX: i128, P>(P);

/// An integer from `MIN` to `MAX`, both included; others are refused.
///
/// ```
/// use pickler::picklers::{decode_with, encode_with, of, within};
///
/// let year = within::<1, 9999, _>(of::<u16>());
/// assert_eq!(encode_with(&year, &2026)?, [7, 234]);
/// assert!(encode_with(&year, &0).is_err());
/// assert_eq!(
///     decode_with(&year, &[0, 0]).unwrap_err().to_string(),
///     "0 does not fit, only 1 to 9999 do",
/// );
/// # Ok::<(), pickler::Error>(())
/// ```
pub const fn within<const MIN: i128, const MAX: i128, P>(item: P) -> Within<MIN, MAX, P> {
    Within(item)
}

#[cold]
fn outside(value: i128, min: i128, max: i128) -> ErrorKind {
    ErrorKind::OutOfRange { value, min, max }
}

impl<'de, const MIN: i128, const MAX: i128, P> Pickler<'de> for Within<MIN, MAX, P>
where
    P: Pickler<'de, Value: Integer>,
{
    type Value = P::Value;
    const WIDTH: Width = {
        assert!(MIN <= MAX, "the bounds leave no integer");
        P::WIDTH
    };
    const WHOLE: bool = P::WHOLE;

    #[inline]
    fn read<O: Order, A: Align>(&self, r: &mut Reader<'de, O, A>) -> Result<P::Value, Fault> {
        let at = r.bit_offset();
        let value = self.0.read(r)?;
        let found = value.saturated();
        if (MIN..=MAX).contains(&found) {
            Ok(value)
        } else {
            Err(r.fail_at(at, outside(found, MIN, MAX)))
        }
    }

    #[inline]
    fn write<S: Sink, O: Order, A: Align>(
        &self,
        value: &P::Value,
        w: &mut Writer<S, O, A>,
    ) -> Result<(), Fault> {
        let found = value.saturated();
        if (MIN..=MAX).contains(&found) {
            self.0.write(value, w)
        } else {
            Err(w.fail(outside(found, MIN, MAX)))
        }
    }

    #[cfg(feature = "alloc")]
    fn describe(&self, d: &mut Describer) -> Shape {
        let within = Meaning::Within { min: MIN, max: MAX };
        within.of(self.0.describe(d))
    }
}
