//! Lists, arrays and boxes of what a pickler says.
//!
//! Lists of what a *type* says, `Vec<T>` with `T: Pickle`, are in
//! [`counted`](super::counted) and its like, and go faster.

use alloc::boxed::Box;
use alloc::vec::Vec;
use core::marker::PhantomData;

use super::count::{check_count, expect_count};
use super::indexed::Nth;
use super::pickler::read_anywhere;
use super::prefix::no_count;
use super::{Integer, Pickler, Prefix, takes_no_room};
use crate::cursor::{Align, Fault, Order, Reader, Sink, Writer};
use crate::error::{ErrorKind, Step};
use crate::schema::{Count, Describer, Expr, Shape};
use crate::width::Width;

/// How many items a list has.
#[diagnostic::on_unimplemented(
    message = "`{Self}` does not say how many items a list has",
    note = "use `list`, `list_by` or `list_to_end`"
)]
pub trait ListCount<'de> {
    /// How much room that takes in front of the items.
    const WIDTH: Width;
    /// Starting on a byte boundary, it ends on one.
    const WHOLE: bool;
    /// Nothing says it but the end of the input.
    const TO_END: bool = false;

    /// How many items come now; `None`: all that there are.
    fn read_count<O: Order, A: Align>(
        &self,
        r: &mut Reader<'de, O, A>,
    ) -> Result<Option<u64>, Fault>;

    /// Says that so many items come now.
    fn write_count<S: Sink, O: Order, A: Align>(
        &self,
        count: usize,
        w: &mut Writer<S, O, A>,
    ) -> Result<(), Fault>;

    /// Describes it.
    fn describe(&self, d: &mut Describer) -> Count;
}

/// A count in front, of the type `C`; see [`list`].
#[derive(Clone, Copy, Debug)]
pub struct CountInFront<C>(PhantomData<fn() -> C>);

/// A count that an expression gives; see [`list_by`].
#[derive(Clone, Copy, Debug)]
pub struct ComputedCount {
    value: Option<i128>,
    expr: fn() -> Expr,
}

/// To the end of the input; see [`list_to_end`].
#[derive(Clone, Copy, Debug)]
pub struct ToEnd(());

/// See [`list`], [`list_by`] and [`list_to_end`].
#[derive(Clone, Copy, Debug)]
pub struct List<N, P> {
    count: N,
    item: P,
}

impl<C> CountInFront<C> {
    /// A count of the type `C`.
    pub(super) const fn new() -> Self {
        Self(PhantomData)
    }
}

/// A list of items behind a count of type `C`: `count = u8, item(...)`.
/// Kennedy's `list`.
///
/// A count that the input left cannot hold is refused before anything is
/// allocated.
///
/// ```
/// use pickler::picklers::{bits, decode_with, encode_with, list};
///
/// let digits = list::<u8, _>(bits::<4, u8>());
/// assert_eq!(encode_with(&digits, &vec![1, 2, 3])?, [3, 0x12, 0x30]);
/// assert_eq!(decode_with(&digits, &[3, 0x12, 0x30])?, [1, 2, 3]);
/// assert_eq!(
///     decode_with(&digits, &[5, 0x12, 0x30]).unwrap_err().to_string(),
///     "announces 5 items, but the input left holds 4 at most, at byte 1",
/// );
/// # Ok::<(), pickler::Error>(())
/// ```
pub const fn list<C, P>(item: P) -> List<CountInFront<C>, P> {
    List {
        count: CountInFront::new(),
        item,
    }
}

/// A list of as many items as an expression gives: `count = rows, item(...)`.
/// `count` is the value of `expr`, `None` if it overflows.
///
/// ```
/// use pickler::picklers::{bits, decode_with, list_by};
/// use pickler::schema::Expr;
///
/// let two = list_by(Some(2), || Expr::Integer(2), bits::<4, u8>());
/// assert_eq!(decode_with(&two, &[0x12])?, [1, 2]);
/// # Ok::<(), pickler::Error>(())
/// ```
pub const fn list_by<P>(
    count: Option<i128>,
    expr: fn() -> Expr,
    item: P,
) -> List<ComputedCount, P> {
    List {
        count: ComputedCount { value: count, expr },
        item,
    }
}

/// A list of as many items as there are to the end of the input, or of the
/// piece of it that a size confines: `rest, item(...)`.
///
/// ```
/// use pickler::picklers::{counted, decode_with, list_to_end};
///
/// let names = list_to_end(counted::<u8, String>());
/// assert_eq!(decode_with(&names, b"\x02hi\x03bob")?, ["hi", "bob"]);
/// # Ok::<(), pickler::Error>(())
/// ```
pub const fn list_to_end<P>(item: P) -> List<ToEnd, P> {
    List {
        count: ToEnd(()),
        item,
    }
}

impl<'de, C: Prefix<'de>> ListCount<'de> for CountInFront<C> {
    const WIDTH: Width = C::WIDTH;
    const WHOLE: bool = C::WHOLE;

    #[inline]
    fn read_count<O: Order, A: Align>(
        &self,
        r: &mut Reader<'de, O, A>,
    ) -> Result<Option<u64>, Fault> {
        let at = r.bit_offset();
        let count = C::read_prefix(r)?;
        match count.to_count() {
            Some(count) => Ok(Some(count)),
            None => Err(r.fail_at(at, no_count::<C>(count))),
        }
    }

    #[inline]
    fn write_count<S: Sink, O: Order, A: Align>(
        &self,
        count: usize,
        w: &mut Writer<S, O, A>,
    ) -> Result<(), Fault> {
        match C::Integer::from_count(count) {
            Some(prefix) if count as u64 <= C::MAX => C::write_prefix(prefix, w),
            _ => {
                let (length, max) = (count as u64, C::MAX);
                Err(w.fail(ErrorKind::TooLong { length, max }))
            }
        }
    }

    fn describe(&self, d: &mut Describer) -> Count {
        Count::Prefix(Box::new(C::describe_prefix(d)))
    }
}

impl<'de> ListCount<'de> for ComputedCount {
    const WIDTH: Width = Width::ZERO;
    const WHOLE: bool = true;

    #[inline]
    fn read_count<O: Order, A: Align>(
        &self,
        r: &mut Reader<'de, O, A>,
    ) -> Result<Option<u64>, Fault> {
        expect_count(self.value, r).map(Some)
    }

    #[inline]
    fn write_count<S: Sink, O: Order, A: Align>(
        &self,
        count: usize,
        w: &mut Writer<S, O, A>,
    ) -> Result<(), Fault> {
        check_count(self.value, count, w)
    }

    fn describe(&self, _: &mut Describer) -> Count {
        Count::Expr((self.expr)())
    }
}

impl<'de> ListCount<'de> for ToEnd {
    const WIDTH: Width = Width::ZERO;
    const WHOLE: bool = true;
    const TO_END: bool = true;

    #[inline]
    fn read_count<O: Order, A: Align>(
        &self,
        _: &mut Reader<'de, O, A>,
    ) -> Result<Option<u64>, Fault> {
        Ok(None)
    }

    #[inline]
    fn write_count<S: Sink, O: Order, A: Align>(
        &self,
        _: usize,
        _: &mut Writer<S, O, A>,
    ) -> Result<(), Fault> {
        Ok(())
    }

    fn describe(&self, _: &mut Describer) -> Count {
        Count::Rest
    }
}

#[inline]
fn read_item<'de, P: Pickler<'de>, O: Order, A: Align>(
    item: &P,
    items: &mut Vec<P::Value>,
    r: &mut Reader<'de, O, A>,
) -> Result<(), Fault> {
    match item.read_item(items.len() as u64, r) {
        Ok(item) => {
            items.push(item);
            Ok(())
        }
        Err(fault) => Err(r.within(fault, Step::Item(items.len() as u64))),
    }
}

#[inline]
fn write_items<'de, P: Pickler<'de>, S: Sink, O: Order, A: Align>(
    item: &P,
    needs_room: bool,
    items: &[P::Value],
    w: &mut Writer<S, O, A>,
) -> Result<(), Fault> {
    for (index, value) in items.iter().enumerate() {
        let start = w.bit_offset();
        let mut result = item.write_item(index as u64, value, w);
        if needs_room && result.is_ok() && w.bit_offset() == start {
            result = Err(w.fail(takes_no_room()));
        }
        if let Err(fault) = result {
            return Err(w.within(fault, Step::Item(index as u64)));
        }
    }
    Ok(())
}

impl<'de, N: ListCount<'de>, P: Pickler<'de>> Pickler<'de> for List<N, P> {
    type Value = Vec<P::Value>;
    const WIDTH: Width = {
        // Padding could not be told from items.
        assert!(
            P::WHOLE || !N::TO_END,
            "items that end within a byte need a count"
        );
        assert!(
            !(N::TO_END && matches!(P::WIDTH.max, Some(0))),
            "items that take no room need a count: nothing else tells how many there are"
        );
        Width::at_least(N::WIDTH.min)
    };
    const WHOLE: bool = N::WHOLE && P::WHOLE;

    #[inline]
    fn read<O: Order, A: Align>(&self, r: &mut Reader<'de, O, A>) -> Result<Self::Value, Fault> {
        let count = self.count.read_count(r)?;
        let mut items = Vec::new();
        if let Some(count) = count {
            r.expect_items(count, P::WIDTH.min)?;
            r.expect_memory(count, size_of::<P::Value>())?;
            r.descend()?;
            for _ in 0..count {
                read_item(&self.item, &mut items, r)?;
            }
        } else {
            r.expect_end()?;
            r.descend()?;
            // Less than a byte is what pads the last one.
            while r.bits_left() >= 8 {
                let before = r.bits_left();
                r.expect_items(1, 1)?;
                r.expect_memory(1, size_of::<P::Value>())?;
                read_item(&self.item, &mut items, r)?;
                if r.bits_left() == before {
                    r.expect_items(1, 0)?;
                }
            }
        }
        r.ascend();
        Ok(items)
    }

    #[inline]
    fn skip<O: Order, A: Align>(&self, r: &mut Reader<'de, O, A>) -> Result<(), Fault> {
        let Some(count) = self.count.read_count(r)? else {
            return self.read(r).map(drop);
        };
        r.expect_items(count, P::WIDTH.min)?;
        r.descend()?;
        for index in 0..count {
            if let Err(fault) = self.item.skip_item(index, r) {
                return Err(r.within(fault, Step::Item(index)));
            }
        }
        r.ascend();
        Ok(())
    }

    #[inline]
    fn write<S: Sink, O: Order, A: Align>(
        &self,
        value: &Self::Value,
        w: &mut Writer<S, O, A>,
    ) -> Result<(), Fault> {
        self.count.write_count(value.len(), w)?;
        w.descend()?;
        write_items(&self.item, N::TO_END && P::WIDTH.min == 0, value, w)?;
        w.ascend();
        Ok(())
    }

    fn describe(&self, d: &mut Describer) -> Shape {
        Shape::List {
            item: Box::new(self.item.describe(d)),
            count: self.count.describe(d),
        }
    }
}

/// See [`fixed_list`].
#[derive(Clone, Copy, Debug)]
pub struct FixedList<const N: usize, P>(P);

/// An array of `N` items: `item(...)` of an array. Kennedy's `fixed_list`.
///
/// ```
/// use pickler::picklers::{bits, decode_with, encode_with, fixed_list};
///
/// let cards = fixed_list::<4, _>(bits::<6, u8>());
/// assert_eq!(encode_with(&cards, &[0b10_0001, 0, 0, 1])?, [0b1000_0100, 0, 1]);
/// assert_eq!(decode_with(&cards, &[0b1000_0100, 0, 1])?, [0b10_0001, 0, 0, 1]);
/// # Ok::<(), pickler::Error>(())
/// ```
pub const fn fixed_list<const N: usize, P>(item: P) -> FixedList<N, P> {
    FixedList(item)
}

impl<'de, const N: usize, P: Pickler<'de>> Pickler<'de> for FixedList<N, P> {
    type Value = [P::Value; N];
    const WIDTH: Width = P::WIDTH.times(N as u64);
    const WHOLE: bool = Width::whole_times(P::WIDTH, P::WHOLE, N as u64);

    #[inline]
    fn read<O: Order, A: Align>(&self, r: &mut Reader<'de, O, A>) -> Result<Self::Value, Fault> {
        let mut items = [const { None }; N];
        for (index, place) in items.iter_mut().enumerate() {
            // The item's own cursor: together they may be whole, alone not.
            let item = Nth {
                item: &self.0,
                index: index as u64,
            };
            let item = read_anywhere(&item, r);
            match item {
                Ok(item) => *place = Some(item),
                Err(fault) => return Err(r.within(fault, Step::Item(index as u64))),
            }
        }
        Ok(items.map(|item| item.unwrap_or_else(|| unreachable!("each place was filled"))))
    }

    #[inline]
    fn write<S: Sink, O: Order, A: Align>(
        &self,
        value: &Self::Value,
        w: &mut Writer<S, O, A>,
    ) -> Result<(), Fault> {
        if P::WHOLE {
            write_items(&self.0, false, value, w)
        } else {
            write_items(&self.0, false, value, w.unaligned())
        }
    }

    fn describe(&self, d: &mut Describer) -> Shape {
        Shape::List {
            item: Box::new(self.0.describe(d)),
            count: Count::Fixed(N as u64),
        }
    }
}

/// See [`boxed`].
#[derive(Clone, Copy, Debug)]
pub struct Boxed<P>(P);

/// Something in a box, one level deeper: `item(...)` of a `Box`.
///
/// ```
/// use pickler::picklers::{bits, boxed, decode_with};
///
/// assert_eq!(*decode_with(&boxed(bits::<8, u8>()), &[7])?, 7);
/// # Ok::<(), pickler::Error>(())
/// ```
pub const fn boxed<P>(pickler: P) -> Boxed<P> {
    Boxed(pickler)
}

impl<'de, P: Pickler<'de>> Pickler<'de> for Boxed<P> {
    type Value = Box<P::Value>;
    // As of all boxes, through which types recurse.
    const WIDTH: Width = Width::at_least(0);
    const WHOLE: bool = P::WHOLE;

    #[inline]
    fn read<O: Order, A: Align>(&self, r: &mut Reader<'de, O, A>) -> Result<Self::Value, Fault> {
        r.expect_memory(1, size_of::<P::Value>())?;
        r.descend()?;
        let value = self.0.read(r)?;
        r.ascend();
        Ok(Box::new(value))
    }

    #[inline]
    fn skip<O: Order, A: Align>(&self, r: &mut Reader<'de, O, A>) -> Result<(), Fault> {
        r.descend()?;
        self.0.skip(r)?;
        r.ascend();
        Ok(())
    }

    #[inline]
    fn write<S: Sink, O: Order, A: Align>(
        &self,
        value: &Self::Value,
        w: &mut Writer<S, O, A>,
    ) -> Result<(), Fault> {
        w.descend()?;
        self.0.write(value, w)?;
        w.ascend();
        Ok(())
    }

    fn describe(&self, d: &mut Describer) -> Shape {
        Shape::Boxed(Box::new(self.0.describe(d)))
    }
}
