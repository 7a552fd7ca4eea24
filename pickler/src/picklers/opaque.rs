//! Things that a description only names.

use super::Pickler;
use crate::cursor::{Align, Fault, Order, Reader, Sink, Writer};
use crate::schema::{Describer, Opaque, Shape};
use crate::width::Width;

/// See [`opaque`].
#[derive(Clone, Copy, Debug)]
pub struct Named<P> {
    name: &'static str,
    pickler: P,
}

/// What a pickler reads and writes, which a description names and of which it says
/// nothing else: `opaque "name"` of a spec.
///
/// ```
/// use pickler::picklers::{decode_with, encode_with, leb128, opaque};
/// use pickler::schema::{Schema, Shape};
///
/// let number = opaque("number", leb128::<u32>());
/// assert_eq!(encode_with(&number, &300)?, [0xAC, 2]);
/// assert_eq!(decode_with(&number, &[0xAC, 2])?, 300);
/// let schema = Schema::of_pickler(&number);
/// assert!(matches!(schema.root(), Shape::Opaque(it) if &*it.name == "number"));
/// # Ok::<(), pickler::Error>(())
/// ```
pub const fn opaque<P>(name: &'static str, pickler: P) -> Named<P> {
    Named { name, pickler }
}

impl<'de, P, T> Pickler<'de> for Named<P>
where
    P: for<'a> Pickler<'a, Value = T> + Clone + Send + Sync + 'static,
{
    type Value = T;
    // As much as the description says.
    const WIDTH: Width = Width::at_least(0);
    const WHOLE: bool = <P as Pickler<'de>>::WHOLE;

    #[inline(always)]
    fn read<O: Order, A: Align>(&self, r: &mut Reader<'de, O, A>) -> Result<T, Fault> {
        self.pickler.read(r)
    }

    #[inline(always)]
    fn write<S: Sink, O: Order, A: Align>(
        &self,
        value: &T,
        w: &mut Writer<S, O, A>,
    ) -> Result<(), Fault> {
        self.pickler.write(value, w)
    }

    fn describe(&self, _: &mut Describer) -> Shape {
        Shape::Opaque(Opaque::new(self.name, self.pickler.clone()))
    }
}
