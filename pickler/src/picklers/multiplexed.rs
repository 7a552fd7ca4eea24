//! Lists whose items are told apart by what is between them.

use alloc::vec::Vec;

use super::Pickler;
use crate::cursor::{Align, Fault, Order, Reader, Sink, Writer};
use crate::error::{ErrorKind, Step};
use crate::schema::{Describer, Opaque, Shape};
use crate::width::Width;

/// See [`list_multiplexed`].
#[derive(Clone, Copy, Debug)]
pub struct ListMultiplexed<P, F, G> {
    name: &'static str,
    split: F,
    join: G,
    item: P,
}

/// A list to the end of the input, or of the piece of it that a size confines,
/// whose items are told apart by what is between them: scodec's
/// `listMultiplexed`. `split` gives the bytes of the first item and those
/// behind it and what separates them; `join` adds an item to those before.
///
/// Each item takes all its bytes. A value of which `split` would make other
/// items is refused on write. A description names the list and cannot say more.
///
/// ```
/// use pickler::picklers::{decode_with, encode_with, list_multiplexed, rest};
///
/// let words = list_multiplexed(
///     "words",
///     |bytes: &[u8]| {
///         let end = bytes.iter().position(|byte| *byte == b' ').unwrap_or(bytes.len());
///         (&bytes[..end], bytes.get(end + 1..).unwrap_or_default())
///     },
///     |before: &mut Vec<u8>, item: &[u8]| {
///         if !before.is_empty() {
///             before.push(b' ');
///         }
///         before.extend_from_slice(item);
///     },
///     rest::<String>(),
/// );
/// assert_eq!(decode_with(&words, b"to be")?, ["to", "be"]);
/// assert_eq!(encode_with(&words, &vec!["to".into(), "be".into()])?, b"to be");
/// assert_eq!(
///     encode_with(&words, &vec!["to be".into()]).unwrap_err().to_string(),
///     "[0]: would be split into other items, at byte 0",
/// );
/// # Ok::<(), pickler::Error>(())
/// ```
pub const fn list_multiplexed<P, F, G>(
    name: &'static str,
    split: F,
    join: G,
    item: P,
) -> ListMultiplexed<P, F, G>
where
    F: Fn(&[u8]) -> (&[u8], &[u8]),
    G: Fn(&mut Vec<u8>, &[u8]),
{
    ListMultiplexed {
        name,
        split,
        join,
        item,
    }
}

impl<'de, P, F, G, T> Pickler<'de> for ListMultiplexed<P, F, G>
where
    P: for<'a> Pickler<'a, Value = T> + Clone + Send + Sync + 'static,
    F: Fn(&[u8]) -> (&[u8], &[u8]) + Clone + Send + Sync + 'static,
    G: Fn(&mut Vec<u8>, &[u8]) + Clone + Send + Sync + 'static,
{
    type Value = Vec<T>;
    const WIDTH: Width = Width::at_least(0);
    const WHOLE: bool = true;

    fn read<O: Order, A: Align>(&self, r: &mut Reader<'de, O, A>) -> Result<Vec<T>, Fault> {
        r.expect_end()?;
        // Nothing but a byte boundary is asked for.
        r.bytes(0)?;
        r.descend()?;
        let mut items = Vec::new();
        while r.bytes_left() > 0 {
            let left = r.bytes_left();
            let (item, behind) = (self.split)(r.rest());
            let (size, left_behind) = (item.len(), behind.len());
            r.expect_items(1, 1)?;
            r.expect_memory(1, size_of::<T>())?;
            match self.read_item(size, r) {
                Ok(item) => items.push(item),
                Err(fault) => return Err(r.within(fault, Step::Item(items.len() as u64))),
            }
            // What separates them takes room, or else the item does.
            let between = (left - size).saturating_sub(left_behind);
            r.bytes(between)?;
            if size + between == 0 {
                let why = "splits off nothing";
                return Err(r.fail(ErrorKind::Refused(why.into())));
            }
        }
        r.ascend();
        Ok(items)
    }

    fn write<S: Sink, O: Order, A: Align>(
        &self,
        items: &Vec<T>,
        w: &mut Writer<S, O, A>,
    ) -> Result<(), Fault> {
        w.expect_byte_boundary()?;
        w.descend()?;
        let (mut all, mut sizes) = (Vec::new(), Vec::new());
        for (index, value) in items.iter().enumerate() {
            let mut bytes = Vec::new();
            let mut inner = w.apart(&mut bytes);
            let unaligned = inner.unaligned();
            let result = self.item.write(value, unaligned);
            if let Err(fault) = result.and_then(|()| unaligned.finish()) {
                let kind = inner.into_error(fault).kind().clone();
                let fault = w.fail(kind);
                return Err(w.within(fault, Step::Item(index as u64)));
            }
            w.spend_as(&inner);
            drop(inner);
            (self.join)(&mut all, &bytes);
            sizes.push(bytes.len());
        }
        if let Some(index) = self.splits_otherwise(&all, &sizes) {
            let why = "would be split into other items";
            let fault = w.fail(ErrorKind::Refused(why.into()));
            return Err(w.within(fault, Step::Item(index as u64)));
        }
        w.ascend();
        w.goes_on();
        w.bytes(&all)
    }

    fn describe(&self, _: &mut Describer) -> Shape {
        Shape::Opaque(Opaque::new(self.name, self.clone()))
    }
}

impl<P, F, G> ListMultiplexed<P, F, G> {
    /// Reads an item of so many bytes.
    fn read_item<'de, O: Order, A: Align>(
        &self,
        size: usize,
        r: &mut Reader<'de, O, A>,
    ) -> Result<P::Value, Fault>
    where
        P: Pickler<'de>,
    {
        let outer = r.enter(size)?;
        let item = self.item.read(r.unaligned())?;
        r.leave(outer)?;
        Ok(item)
    }

    /// The first item that would not be split off as it was written.
    fn splits_otherwise(&self, all: &[u8], sizes: &[usize]) -> Option<usize>
    where
        F: Fn(&[u8]) -> (&[u8], &[u8]),
    {
        let mut left = all;
        for (index, size) in sizes.iter().enumerate() {
            let (item, behind) = (self.split)(left);
            if left.is_empty() || item.len() != *size {
                return Some(index);
            }
            left = behind;
        }
        (!left.is_empty()).then(|| sizes.len().saturating_sub(1))
    }
}
