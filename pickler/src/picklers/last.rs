//! Lists that end with an item that says so.

use alloc::boxed::Box;
use alloc::vec::Vec;

use super::{Pickler, undecided};
use crate::cursor::{Align, Fault, Order, Reader, Sink, Writer};
use crate::error::{ErrorKind, Step, Text};
use crate::schema::{Count, Describer, Expr, Shape};
use crate::width::Width;

/// See [`list_to_last`].
#[derive(Clone, Copy, Debug)]
pub struct ToLast<P, F> {
    item: P,
    is_last: F,
    expr: fn() -> Expr,
}

/// A list up to the item for which an expression holds, that item included:
/// `last = item == 0`. `is_last` gives the expression's value for an item, which
/// is `None` if it overflows, and for the item's number.
///
/// ```
/// use pickler::picklers::{decode_with, encode_with, list_to_last, of};
/// use pickler::schema::Expr;
///
/// let labels = list_to_last(
///     of::<u8>(),
///     |item: &u8, _| Some((*item == 0).into()),
///     || "item == 0".parse::<Expr>().expect("it is an expression"),
/// );
/// assert_eq!(decode_with(&labels, &[3, 7, 0])?, [3, 7, 0]);
/// assert_eq!(
///     encode_with(&labels, &vec![3, 0, 7, 0]).unwrap_err().to_string(),
///     "unit 1 would end it",
/// );
/// assert_eq!(
///     encode_with(&labels, &vec![3, 7]).unwrap_err().to_string(),
///     "`item == 0` does not hold, at byte 0",
/// );
/// # Ok::<(), pickler::Error>(())
/// ```
pub const fn list_to_last<P, F>(item: P, is_last: F, expr: fn() -> Expr) -> ToLast<P, F> {
    ToLast {
        item,
        is_last,
        expr,
    }
}

impl<'de, P, F> Pickler<'de> for ToLast<P, F>
where
    P: Pickler<'de>,
    F: Fn(&P::Value, u64) -> Option<i128>,
{
    type Value = Vec<P::Value>;
    const WIDTH: Width = Width::at_least(P::WIDTH.min);
    const WHOLE: bool = P::WHOLE;

    #[inline]
    fn read<O: Order, A: Align>(&self, r: &mut Reader<'de, O, A>) -> Result<Self::Value, Fault> {
        let mut items = Vec::new();
        r.descend()?;
        loop {
            let before = r.bit_offset();
            let index = items.len() as u64;
            let step = Step::Item(index);
            let item = match self.item.read_item(index, r) {
                Ok(item) => item,
                Err(fault) => return Err(r.within(fault, step)),
            };
            let Some(is_last) = (self.is_last)(&item, index) else {
                let fault = r.fail_at(before, undecided());
                return Err(r.within(fault, step));
            };
            r.expect_item()?;
            r.expect_memory(1, size_of::<P::Value>())?;
            items.push(item);
            if is_last != 0 {
                break;
            }
            if r.bit_offset() == before {
                r.expect_items(1, 0)?;
            }
        }
        r.ascend();
        Ok(items)
    }

    #[inline]
    fn write<S: Sink, O: Order, A: Align>(
        &self,
        value: &Self::Value,
        w: &mut Writer<S, O, A>,
    ) -> Result<(), Fault> {
        // What follows from sizes is not known while they are found out.
        if !S::COUNTS_ONLY
            && let Some(kind) = misplaced_last(value, &self.is_last, self.expr)
        {
            return Err(w.fail(kind));
        }
        w.descend()?;
        for (index, item) in value.iter().enumerate() {
            if let Err(fault) = self.item.write_item(index as u64, item, w) {
                return Err(w.within(fault, Step::Item(index as u64)));
            }
        }
        w.ascend();
        Ok(())
    }

    fn describe(&self, d: &mut Describer) -> Shape {
        Shape::List {
            item: Box::new(self.item.describe(d)),
            count: Count::Last((self.expr)()),
        }
    }
}

/// The error of items of which not the last, and only the last, is one that ends
/// the list.
pub(crate) fn misplaced_last<T>(
    items: &[T],
    is_last: impl Fn(&T, u64) -> Option<i128>,
    expr: impl FnOnce() -> Expr,
) -> Option<ErrorKind> {
    let ends = |(index, item): (usize, &T)| !matches!(is_last(item, index as u64), None | Some(0));
    let first = items.iter().enumerate().position(ends);
    match (first, items.len().checked_sub(1)) {
        (Some(first), Some(last)) if first == last => None,
        (Some(first), _) => {
            let unit = first as u64;
            Some(ErrorKind::HoldsTerminator { unit })
        }
        (None, _) => Some(ErrorKind::Unsatisfied {
            condition: Text::display(&expr()),
            found: None,
        }),
    }
}
