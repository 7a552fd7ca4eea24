//! Universally unique identifiers.

use ::uuid::Uuid;

use crate::cursor::{Align, Fault, Order, Reader, Sink, Writer};
use crate::pickle::Pickle;
#[cfg(feature = "alloc")]
use crate::schema::{Count, Describer, Meaning, Shape};
use crate::width::Width;

/// The 16 bytes of RFC 9562, in its order whatever the byte order; shown as
/// text.
///
/// ```
/// use uuid::Uuid;
///
/// let id = Uuid::from_u128(0xF81D4FAE_7DEC_11D0_A765_00A0C91E6BF6);
/// let bytes = pickler::encode(&id)?;
/// assert_eq!(bytes[..4], [0xF8, 0x1D, 0x4F, 0xAE]);
/// assert_eq!(pickler::decode::<Uuid>(&bytes)?, id);
/// # Ok::<(), pickler::Error>(())
/// ```
impl<'de> Pickle<'de> for Uuid {
    const NAME: &'static str = "";
    const WIDTH: Width = Width::fixed(128);
    const WHOLE: bool = true;

    #[inline(always)]
    fn read<O: Order, A: Align>(r: &mut Reader<'de, O, A>) -> Result<Self, Fault> {
        r.array().map(Self::from_bytes)
    }

    #[inline(always)]
    fn write<S: Sink, O: Order, A: Align>(&self, w: &mut Writer<S, O, A>) -> Result<(), Fault> {
        w.array(self.into_bytes())
    }

    #[cfg(feature = "alloc")]
    fn describe(_: &mut Describer) -> Shape {
        Meaning::Uuid.of(Shape::Bytes {
            count: Count::Fixed(16),
        })
    }
}
