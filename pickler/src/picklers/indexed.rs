//! Items that depend on which of their list they are.

use super::Pickler;
use crate::cursor::{Align, Fault, Order, Reader, Sink, Writer};
#[cfg(feature = "alloc")]
use crate::schema::{Describer, Shape};
use crate::width::Width;

/// See [`indexed`].
#[derive(Clone, Copy, Debug)]
pub struct Indexed<F>(F);

/// Items of a list, each by the pickler that `item` gives for its number, which
/// counts from 0: `item(size = sizes[index])`. Where it is no item of a list, it
/// is the first.
///
/// ```
/// use pickler::picklers::{decode_with, encode_with, fixed_list, indexed, of, wrap};
///
/// // Each is so much more than its number.
/// let steps = fixed_list::<3, _>(indexed(|index| {
///     wrap(
///         of::<u8>(),
///         "more than its number",
///         move |wire| u64::from(wire) + index,
///         move |value| (*value - index) as u8,
///     )
/// }));
/// assert_eq!(decode_with(&steps, &[5, 5, 7])?, [5, 6, 9]);
/// assert_eq!(encode_with(&steps, &[5, 6, 9])?, [5, 5, 7]);
/// # Ok::<(), pickler::Error>(())
/// ```
pub const fn indexed<F>(item: F) -> Indexed<F> {
    Indexed(item)
}

impl<'de, P, F> Pickler<'de> for Indexed<F>
where
    P: Pickler<'de>,
    F: Fn(u64) -> P,
{
    type Value = P::Value;
    const WIDTH: Width = P::WIDTH;
    const WHOLE: bool = P::WHOLE;

    #[inline]
    fn read<O: Order, A: Align>(&self, r: &mut Reader<'de, O, A>) -> Result<Self::Value, Fault> {
        self.read_item(0, r)
    }

    #[inline]
    fn write<S: Sink, O: Order, A: Align>(
        &self,
        value: &Self::Value,
        w: &mut Writer<S, O, A>,
    ) -> Result<(), Fault> {
        self.write_item(0, value, w)
    }

    #[inline]
    fn read_item<O: Order, A: Align>(
        &self,
        index: u64,
        r: &mut Reader<'de, O, A>,
    ) -> Result<Self::Value, Fault> {
        (self.0)(index).read(r)
    }

    #[inline]
    fn write_item<S: Sink, O: Order, A: Align>(
        &self,
        index: u64,
        value: &Self::Value,
        w: &mut Writer<S, O, A>,
    ) -> Result<(), Fault> {
        (self.0)(index).write(value, w)
    }

    #[inline]
    fn skip_item<O: Order, A: Align>(
        &self,
        index: u64,
        r: &mut Reader<'de, O, A>,
    ) -> Result<(), Fault> {
        (self.0)(index).skip(r)
    }

    #[cfg(feature = "alloc")]
    fn describe(&self, d: &mut Describer) -> Shape {
        (self.0)(0).describe(d)
    }
}

/// An item by its number, as a pickler of its own.
#[cfg(feature = "alloc")]
pub(super) struct Nth<'a, P> {
    pub item: &'a P,
    pub index: u64,
}

#[cfg(feature = "alloc")]
impl<'de, P: Pickler<'de>> Pickler<'de> for Nth<'_, P> {
    type Value = P::Value;
    const WIDTH: Width = P::WIDTH;
    const WHOLE: bool = P::WHOLE;

    #[inline]
    fn read<O: Order, A: Align>(&self, r: &mut Reader<'de, O, A>) -> Result<Self::Value, Fault> {
        self.item.read_item(self.index, r)
    }

    #[inline]
    fn write<S: Sink, O: Order, A: Align>(
        &self,
        value: &Self::Value,
        w: &mut Writer<S, O, A>,
    ) -> Result<(), Fault> {
        self.item.write_item(self.index, value, w)
    }

    #[cfg(feature = "alloc")]
    fn describe(&self, d: &mut Describer) -> Shape {
        self.item.describe(d)
    }
}
