//! Lists of what a pickler says, up to an item that ends them.

use alloc::boxed::Box;
use alloc::vec::Vec;

use super::terminated::Endable;
use super::{Ending, Pickler, Terminated, Terminator};
use crate::cursor::{Align, Fault, Order, Reader, Sink, Writer};
use crate::dynamic::Value;
use crate::error::{ErrorKind, Step};
use crate::schema::{Count, Describer, Shape};
use crate::width::Width;

/// The items of a list; see [`list_terminated`].
#[derive(Clone, Copy, Debug)]
pub struct Items<P>(P);

/// A list of items up to one that ends it: `terminator = -1, item(...)`. It is
/// not part of the value; [`terminator_kept`](super::terminator_kept) and its
/// like say otherwise.
///
/// ```
/// use pickler::picklers::{decode_with, encode_with, list_terminated, sleb128};
///
/// let numbers = list_terminated(sleb128::<i32>(), -1);
/// assert_eq!(encode_with(&numbers, &vec![1, -2])?, [1, 0x7E, 0x7F]);
/// assert_eq!(decode_with(&numbers, &[1, 0x7E, 0x7F])?, [1, -2]);
/// assert_eq!(
///     encode_with(&numbers, &vec![1, -1]).unwrap_err().to_string(),
///     "unit 1 would end it",
/// );
/// # Ok::<(), pickler::Error>(())
/// ```
pub const fn list_terminated<P, U>(item: P, end: U) -> Terminated<Items<P>, U> {
    Terminated::new(Items(item), end)
}

/// Reads items to one that ends them.
pub(super) fn read_items<'de, O: Order, A: Align, T: PartialEq>(
    r: &mut Reader<'de, O, A>,
    end: &T,
    ending: Ending,
    unit: Width,
    read: impl Fn(&mut Reader<'de, O, A>) -> Result<T, Fault>,
) -> Result<Vec<T>, Fault> {
    let mut items = Vec::new();
    r.descend()?;
    loop {
        // Less than a byte is what pads the last one.
        if ending.or_end && !r.has_bits(unit.min.max(8))? {
            break;
        }
        let before = (ending.terminator == Terminator::Left).then(|| r.mark());
        let left = r.bits_left();
        let item = match read(r) {
            Ok(item) => item,
            Err(fault) => return Err(r.within(fault, Step::Item(items.len() as u64))),
        };
        let ends = item == *end;
        if !ends || ending.terminator == Terminator::Kept {
            r.expect_item()?;
            r.expect_memory(1, size_of::<T>())?;
            items.push(item);
        }
        if ends {
            if let Some(before) = before {
                r.reset(before);
            }
            break;
        }
        if r.bits_left() == left {
            r.expect_items(1, 0)?;
        }
    }
    r.ascend();
    Ok(items)
}

/// Checks that items are read as what they are, up to one that ends them.
pub(crate) fn check_items<T>(
    items: &[T],
    ending: Ending,
    ends: impl Fn(&T) -> bool,
) -> Result<(), ErrorKind> {
    let first = items.iter().position(ends);
    let first = match ending.terminator {
        Terminator::Kept => first,
        Terminator::Taken | Terminator::Left => first.or(Some(items.len())),
    };
    let words = || "the item that ends it".into();
    ending.check(first, 1, items.len(), words)
}

impl<'de, P> Endable<'de, P::Value> for Items<P>
where
    P: Pickler<'de>,
    P::Value: PartialEq,
{
    type Value = Vec<P::Value>;
    const UNIT: Width = P::WIDTH;
    const UNIT_WHOLE: bool = P::WHOLE;

    fn read_terminated<O: Order, A: Align>(
        &self,
        r: &mut Reader<'de, O, A>,
        end: &P::Value,
        ending: Ending,
    ) -> Result<Self::Value, Fault> {
        read_items(r, end, ending, P::WIDTH, |r| self.0.read(r))
    }

    fn check_terminated(
        &self,
        value: &Self::Value,
        end: &P::Value,
        ending: Ending,
    ) -> Result<(), ErrorKind> {
        check_items(value, ending, |item| item == end)
    }

    fn write_units<S: Sink, O: Order, A: Align>(
        &self,
        value: &Self::Value,
        w: &mut Writer<S, O, A>,
    ) -> Result<(), Fault> {
        w.descend()?;
        for (index, item) in value.iter().enumerate() {
            if let Err(fault) = self.0.write(item, w) {
                return Err(w.within(fault, Step::Item(index as u64)));
            }
        }
        w.ascend();
        Ok(())
    }

    fn write_end<S: Sink, O: Order, A: Align>(
        &self,
        end: &P::Value,
        w: &mut Writer<S, O, A>,
    ) -> Result<(), Fault> {
        self.0.write(end, w)
    }

    fn describe_end(&self, d: &mut Describer, end: &P::Value) -> Value {
        d.sample(&self.0, end)
    }

    fn describe_counted(&self, d: &mut Describer, count: Count) -> Shape {
        Shape::List {
            item: Box::new(self.0.describe(d)),
            count,
        }
    }
}
