//! One of two things, told apart by a byte.

#[cfg(feature = "alloc")]
use super::alternatives::union;
use crate::cursor::{Align, Fault, Order, Reader, Sink, Writer};
use crate::error::ErrorKind;
use crate::pickle::Pickle;
#[cfg(feature = "alloc")]
use crate::schema::{Describer, Shape};
use crate::width::Width;

const OK: &str = "Ok";
const ERR: &str = "Err";

/// A byte, 0 for `Ok` and 1 for `Err`, and what it holds.
impl<'de, T: Pickle<'de>, E: Pickle<'de>> Pickle<'de> for Result<T, E> {
    const NAME: &'static str = "";
    const WIDTH: Width = Width::at_least(8);
    const WHOLE: bool = T::WHOLE && E::WHOLE;

    #[inline]
    fn read<O: Order, A: Align>(r: &mut Reader<'de, O, A>) -> Result<Self, Fault> {
        let at = r.bit_offset();
        match u8::read(r)? {
            0 => match T::read(r) {
                Ok(value) => Ok(Ok(value)),
                Err(fault) => Err(r.within_variant(fault, OK)),
            },
            1 => match E::read(r) {
                Ok(value) => Ok(Err(value)),
                Err(fault) => Err(r.within_variant(fault, ERR)),
            },
            found => {
                let found = found.into();
                Err(r.fail_at(at, ErrorKind::UnknownTag { found }))
            }
        }
    }

    #[inline]
    fn write<S: Sink, O: Order, A: Align>(&self, w: &mut Writer<S, O, A>) -> Result<(), Fault> {
        let (written, name) = match self {
            Ok(value) => (0_u8.write(w).and_then(|()| value.write(w)), OK),
            Err(value) => (1_u8.write(w).and_then(|()| value.write(w)), ERR),
        };
        written.map_err(|fault| w.within_variant(fault, name))
    }

    #[cfg(feature = "alloc")]
    fn describe(d: &mut Describer) -> Shape {
        union(
            u8::describe(d),
            [(OK, 0, T::describe(d)), (ERR, 1, E::describe(d))],
        )
    }
}
