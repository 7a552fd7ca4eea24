//! Bytes that hold a JSON text.

use super::Pickler;
use crate::cursor::{Align, Fault, Order, Reader, Sink, Writer};
#[cfg(feature = "alloc")]
use crate::schema::{Describer, Shape};
use crate::width::Width;

/// See [`json`].
#[derive(Clone, Copy, Debug)]
pub struct Json<P>(P);

/// The same bytes, known to hold a JSON text: descriptions say so, and what is
/// shown as JSON shows the text's value beside it. The text is not checked.
pub const fn json<P>(pickler: P) -> Json<P> {
    Json(pickler)
}

impl<'de, P: Pickler<'de>> Pickler<'de> for Json<P> {
    type Value = P::Value;
    const WIDTH: Width = P::WIDTH;
    const WHOLE: bool = P::WHOLE;

    #[inline(always)]
    fn read<O: Order, A: Align>(&self, r: &mut Reader<'de, O, A>) -> Result<P::Value, Fault> {
        self.0.read(r)
    }

    #[inline(always)]
    fn write<S: Sink, O: Order, A: Align>(
        &self,
        value: &P::Value,
        w: &mut Writer<S, O, A>,
    ) -> Result<(), Fault> {
        self.0.write(value, w)
    }

    #[cfg(feature = "alloc")]
    fn describe(&self, d: &mut Describer) -> Shape {
        Shape::Json {
            item: self.0.describe(d).into(),
        }
    }
}
