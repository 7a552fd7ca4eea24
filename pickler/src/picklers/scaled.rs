//! Integers that count parts of a unit.

use super::{Integer, Pickler};
use crate::cursor::{Align, Fault, Order, Reader, Sink, Writer};
#[cfg(feature = "alloc")]
use crate::schema::{Describer, Meaning, Shape};
use crate::width::Width;

/// See [`scaled`].
#[derive(Clone, Copy, Debug)]
pub struct Scaled<P> {
    pickler: P,
    #[cfg_attr(not(feature = "alloc"), expect(dead_code, reason = "for descriptions"))]
    scale: u64,
    #[cfg_attr(not(feature = "alloc"), expect(dead_code, reason = "for descriptions"))]
    unit: &'static str,
}

/// The same integer, of which `scale` make one `unit`: `scale = 100, unit =
/// "EUR"`. The Rust value and what is on the wire stay the integer, so that
/// nothing is rounded; descriptions say what it counts, and JSON shows `"10.05"`
/// for 1005.
pub const fn scaled<P>(scale: u64, unit: &'static str, pickler: P) -> Scaled<P> {
    Scaled {
        pickler,
        scale,
        unit,
    }
}

impl<'de, P: Pickler<'de, Value: Integer>> Pickler<'de> for Scaled<P> {
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

    #[cfg(feature = "alloc")]
    fn describe(&self, d: &mut Describer) -> Shape {
        Meaning::Scaled {
            scale: self.scale,
            unit: self.unit.into(),
        }
        .of(self.pickler.describe(d))
    }
}
