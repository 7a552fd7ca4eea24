//! Booleans: one byte, 0 or 1.

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
