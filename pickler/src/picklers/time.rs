//! Spans of time.

#[cfg(feature = "alloc")]
use alloc::boxed::Box;
use core::time::Duration;

use crate::cursor::{Align, Fault, Order, Reader, Sink, Writer};
use crate::error::ErrorKind;
use crate::pickle::Pickle;
#[cfg(feature = "alloc")]
use crate::schema::{Describer, Field, Meaning, Record, Shape};
use crate::width::Width;

/// The most nanoseconds that are no whole second.
const MOST_NANOS: u32 = 999_999_999;

/// Seconds as a `u64`, then nanoseconds below 1,000,000,000 as a `u32`.
///
/// ```
/// use std::time::Duration;
///
/// let bytes = pickler::encode(&Duration::from_millis(1_500))?;
/// assert_eq!(bytes, [0, 0, 0, 0, 0, 0, 0, 1, 0x1D, 0xCD, 0x65, 0x00]);
/// assert_eq!(pickler::decode::<Duration>(&bytes)?, Duration::from_millis(1_500));
/// assert_eq!(
///     pickler::decode::<Duration>(&[0xFF; 12]).unwrap_err().to_string(),
///     "Duration.nanos: 4294967295 does not fit, only 0 to 999999999 do",
/// );
/// # Ok::<(), pickler::Error>(())
/// ```
impl<'de> Pickle<'de> for Duration {
    const NAME: &'static str = "Duration";
    const WIDTH: Width = Width::fixed(96);
    const WHOLE: bool = true;

    #[inline]
    fn read<O: Order, A: Align>(r: &mut Reader<'de, O, A>) -> Result<Self, Fault> {
        let secs = u64::read(r).map_err(|fault| r.within_field(fault, "secs"))?;
        let at = r.bit_offset();
        let nanos = u32::read(r).map_err(|fault| r.within_field(fault, "nanos"))?;
        if nanos > MOST_NANOS {
            let kind = ErrorKind::OutOfRange {
                value: nanos.into(),
                min: 0,
                max: MOST_NANOS.into(),
            };
            let fault = r.fail_at(at, kind);
            return Err(r.within_field(fault, "nanos"));
        }
        Ok(Self::new(secs, nanos))
    }

    #[inline]
    fn write<S: Sink, O: Order, A: Align>(&self, w: &mut Writer<S, O, A>) -> Result<(), Fault> {
        let secs = self.as_secs().write(w);
        secs.map_err(|fault| w.within_field(fault, "secs"))?;
        let nanos = self.subsec_nanos().write(w);
        nanos.map_err(|fault| w.within_field(fault, "nanos"))
    }

    #[cfg(feature = "alloc")]
    fn describe(d: &mut Describer) -> Shape {
        d.define("core::time::Duration", Self::NAME, "A span of time.", |d| {
            let within = Meaning::Within {
                min: 0,
                max: MOST_NANOS.into(),
            };
            Shape::Record(Box::new(Record::new(alloc::vec![
                Field::new("secs", "Whole seconds.", u64::describe(d)),
                Field::new("nanos", "And nanoseconds.", within.of(u32::describe(d))),
            ])))
        })
    }
}
