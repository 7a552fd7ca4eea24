//! What stands for what only code can read, where there is no such code.

use pickler::cursor::{Align, Fault, Order, Reader, Sink, Writer};
use pickler::schema::{Describer, Shape};
use pickler::{ErrorKind, Pickler, Width};

/// Reads nothing, and says why.
#[derive(Clone, Copy, Debug)]
pub struct Unregistered;

const WHY: &str = "no code is registered for what only code can read";

impl<'de> Pickler<'de> for Unregistered {
    type Value = ();

    const WIDTH: Width = Width::at_least(0);
    const WHOLE: bool = false;

    fn read<O: Order, A: Align>(&self, r: &mut Reader<'de, O, A>) -> Result<(), Fault> {
        Err(r.fail(ErrorKind::Refused(WHY.into())))
    }

    fn write<S: Sink, O: Order, A: Align>(
        &self,
        (): &(),
        w: &mut Writer<S, O, A>,
    ) -> Result<(), Fault> {
        Err(w.fail(ErrorKind::Refused(WHY.into())))
    }

    fn describe(&self, _: &mut Describer) -> Shape {
        Shape::Tuple(Vec::new())
    }
}
