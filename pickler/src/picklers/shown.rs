//! Values that are shown as others.

use super::Pickler;
use crate::cursor::{Align, Fault, Order, Reader, Sink, Writer};
use crate::dynamic::Value;
use crate::schema::{Describer, Shape};
use crate::width::Width;

/// See [`shown`].
#[derive(Clone, Copy, Debug)]
pub struct Shown<P, F> {
    pub(super) pickler: P,
    pairs: F,
}

/// The same thing, of which JSON and scripts see some values as others: a
/// missing seat as -1, a boolean as `"y"` and `"n"`. Bytes and Rust values are
/// not touched.
///
/// `pairs` gives the values as they are, each with what is shown in its place.
pub const fn shown<P, F>(pickler: P, pairs: F) -> Shown<P, F> {
    Shown { pickler, pairs }
}

impl<'de, P, F, const N: usize> Pickler<'de> for Shown<P, F>
where
    P: Pickler<'de>,
    F: Fn() -> [(Value, Value); N],
{
    type Value = P::Value;
    const WIDTH: Width = P::WIDTH;
    const WHOLE: bool = P::WHOLE;

    #[inline(always)]
    fn read<O: Order, A: Align>(&self, r: &mut Reader<'de, O, A>) -> Result<P::Value, Fault> {
        self.pickler.read(r)
    }

    #[inline(always)]
    fn write<S: Sink, O: Order, A: Align>(
        &self,
        value: &P::Value,
        w: &mut Writer<S, O, A>,
    ) -> Result<(), Fault> {
        self.pickler.write(value, w)
    }

    fn describe(&self, d: &mut Describer) -> Shape {
        Shape::Shown {
            item: self.pickler.describe(d).into(),
            pairs: (self.pairs)().into(),
        }
    }
}
