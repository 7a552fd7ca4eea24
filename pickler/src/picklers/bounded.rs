//! Things confined to a piece of the input.

use super::Pickler;
use super::count::expect_count;
use crate::cursor::{Align, Fault, Order, Reader, Sink, Writer};
use crate::schema::{Describer, Shape};
use crate::width::Width;

/// See [`bounded`].
#[derive(Clone, Copy, Debug)]
pub struct Bounded<P> {
    size: Option<i128>,
    pickler: P,
}

/// Something that takes up all of the next `size` bytes: `size = length`.
/// `size` is the value of an expression, `None` if it overflows.
///
/// It starts on a byte boundary and ends on one. What is written is not
/// compared with the size; that is for the record that knows the other fields.
pub const fn bounded<P>(size: Option<i128>, pickler: P) -> Bounded<P> {
    Bounded { size, pickler }
}

impl<'de, P: Pickler<'de>> Pickler<'de> for Bounded<P> {
    type Value = P::Value;
    const WIDTH: Width = Width::at_least(0);
    const WHOLE: bool = true;

    #[inline]
    fn read<O: Order, A: Align>(&self, r: &mut Reader<'de, O, A>) -> Result<P::Value, Fault> {
        let size = expect_count(self.size, r)?;
        // A size past the address space is past the input, too.
        let outer = r.enter(usize::try_from(size).unwrap_or(usize::MAX))?;
        let value = if P::WHOLE {
            self.pickler.read(r)?
        } else {
            self.pickler.read(r.unaligned())?
        };
        r.leave(outer)?;
        Ok(value)
    }

    #[inline]
    fn write<S: Sink, O: Order, A: Align>(
        &self,
        value: &P::Value,
        w: &mut Writer<S, O, A>,
    ) -> Result<(), Fault> {
        w.expect_byte_boundary()?;
        if P::WHOLE {
            self.pickler.write(value, w)
        } else {
            let w = w.unaligned();
            self.pickler.write(value, w)?;
            w.finish()
        }
    }

    fn describe(&self, d: &mut Describer) -> Shape {
        self.pickler.describe(d)
    }
}
