//! Single characters.

use crate::cursor::{Align, Fault, Order, Reader, Sink, Writer};
use crate::error::ErrorKind;
use crate::pickle::Pickle;
#[cfg(feature = "alloc")]
use crate::schema::{Describer, Meaning, Shape};
use crate::width::Width;

/// The number of the character as a `u32`; what is the number of none is
/// refused.
impl<'de> Pickle<'de> for char {
    const NAME: &'static str = "char";
    const WIDTH: Width = Width::fixed(32);
    const WHOLE: bool = true;

    #[inline]
    fn read<O: Order, A: Align>(r: &mut Reader<'de, O, A>) -> Result<Self, Fault> {
        let at = r.bit_offset();
        let found = u32::read(r)?;
        match Self::from_u32(found) {
            Some(character) => Ok(character),
            None => Err(r.fail_at(at, ErrorKind::NotCharacter { found })),
        }
    }

    #[inline]
    fn write<S: Sink, O: Order, A: Align>(&self, w: &mut Writer<S, O, A>) -> Result<(), Fault> {
        u32::from(*self).write(w)
    }

    #[cfg(feature = "alloc")]
    fn describe(d: &mut Describer) -> Shape {
        Meaning::Character.of(u32::describe(d))
    }
}
