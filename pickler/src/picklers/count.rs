//! Lists, strings and bytes behind a count.

#[cfg(feature = "alloc")]
use alloc::boxed::Box;
#[cfg(feature = "alloc")]
use alloc::collections::VecDeque;
#[cfg(feature = "alloc")]
use alloc::vec::Vec;
use core::marker::PhantomData;

use super::prefix::no_count;
#[cfg(feature = "alloc")]
use super::takes_no_room;
use super::{Integer, Length, Pickler, Prefix};
use crate::cursor::{Align, Fault, Order, Reader, Sink, Writer};
#[cfg(feature = "alloc")]
use crate::error::Step;
use crate::error::{ErrorKind, no_value, wrong_count};
#[cfg(feature = "alloc")]
use crate::pickle::Pickle;
use crate::schema::Expr;
#[cfg(feature = "alloc")]
use crate::schema::{Count, Describer, Shape};
use crate::width::Width;

/// A type whose values are as many units, bytes or items, as a count says.
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot be counted",
    note = "`count` is for `Vec`, `String`, `ByteString`, `&str`, `&[u8]`, maps and sets"
)]
pub trait Countable<'de>: Length + Sized {
    /// The width of one unit.
    const UNIT: Width;
    /// A unit that starts on a byte boundary ends on one.
    const UNIT_WHOLE: bool;
    /// Reads `count` units.
    fn read_counted<O: Order, A: Align>(
        r: &mut Reader<'de, O, A>,
        count: u64,
    ) -> Result<Self, Fault>;
    /// Reads as many units as there are to the end of the input or of the
    /// piece of it that the cursor is in.
    fn read_rest<O: Order, A: Align>(r: &mut Reader<'de, O, A>) -> Result<Self, Fault>;
    /// Writes the units.
    fn write_counted<S: Sink, O: Order, A: Align>(
        &self,
        w: &mut Writer<S, O, A>,
    ) -> Result<(), Fault>;
    /// Writes the units, of which only the end of the input tells how many
    /// there are: each must take room.
    #[inline(always)]
    fn write_rest<S: Sink, O: Order, A: Align>(
        &self,
        w: &mut Writer<S, O, A>,
    ) -> Result<(), Fault> {
        self.write_counted(w)
    }
    /// Goes past `count` units.
    #[inline]
    fn skip_counted<O: Order, A: Align>(
        r: &mut Reader<'de, O, A>,
        count: u64,
    ) -> Result<(), Fault> {
        match Self::UNIT.as_fixed() {
            Some(bits @ 1..) if count.saturating_mul(bits) <= r.bits_left() => r.skip(count * bits),
            // Where too little is left, reading finds out what lacks.
            _ => Self::read_counted(r, count).map(drop),
        }
    }
    /// Goes past as many units as there are to the end of the input or of the
    /// piece of it that the cursor is in.
    #[inline]
    fn skip_rest<O: Order, A: Align>(r: &mut Reader<'de, O, A>) -> Result<(), Fault> {
        if Self::UNIT.as_fixed().is_none() {
            return Self::read_rest(r).map(drop);
        }
        r.expect_end()?;
        r.skip(r.bits_left() / 8 * 8)
    }
    /// Describes so many units.
    #[cfg(feature = "alloc")]
    fn describe_counted(d: &mut Describer, count: Count) -> Shape;
}

#[cfg(feature = "alloc")]
impl<'de, T: Pickle<'de>> Countable<'de> for Vec<T> {
    const UNIT: Width = T::WIDTH;
    const UNIT_WHOLE: bool = T::WHOLE;

    #[cfg_attr(debug_assertions, inline)]
    #[cfg_attr(not(debug_assertions), inline(always))]
    fn read_counted<O: Order, A: Align>(
        r: &mut Reader<'de, O, A>,
        count: u64,
    ) -> Result<Self, Fault> {
        r.expect_items(count, T::WIDTH.min)?;
        r.expect_memory(count, size_of::<T>())?;
        r.descend()?;
        // Fits: the input holds as many, or the budget allows as many.
        let items = T::read_items(r, count as usize)?;
        r.ascend();
        Ok(items)
    }

    #[inline]
    fn read_rest<O: Order, A: Align>(r: &mut Reader<'de, O, A>) -> Result<Self, Fault> {
        let mut items = Self::new();
        r.expect_end()?;
        r.descend()?;
        // Less than a byte is what pads the last one.
        while r.bits_left() >= 8 {
            let before = r.bits_left();
            r.expect_items(1, 1)?;
            r.expect_memory(1, size_of::<T>())?;
            match T::read(r) {
                Ok(item) => items.push(item),
                Err(fault) => return Err(r.within(fault, Step::Item(items.len() as u64))),
            }
            if r.bits_left() == before {
                r.expect_items(1, 0)?;
            }
        }
        r.ascend();
        Ok(items)
    }

    #[inline]
    fn skip_counted<O: Order, A: Align>(
        r: &mut Reader<'de, O, A>,
        count: u64,
    ) -> Result<(), Fault> {
        r.expect_items(count, T::WIDTH.min)?;
        if let Some(bits) = T::WIDTH.as_fixed() {
            // The input holds as many.
            return r.skip(count * bits);
        }
        r.descend()?;
        for index in 0..count {
            if let Err(fault) = T::skip(r) {
                return Err(r.within(fault, Step::Item(index)));
            }
        }
        r.ascend();
        Ok(())
    }

    #[cfg_attr(debug_assertions, inline)]
    #[cfg_attr(not(debug_assertions), inline(always))]
    fn write_counted<S: Sink, O: Order, A: Align>(
        &self,
        w: &mut Writer<S, O, A>,
    ) -> Result<(), Fault> {
        w.expect_items(self.len(), T::WIDTH.min)?;
        w.descend()?;
        T::write_items(self, w)?;
        w.ascend();
        Ok(())
    }

    #[inline]
    fn write_rest<S: Sink, O: Order, A: Align>(
        &self,
        w: &mut Writer<S, O, A>,
    ) -> Result<(), Fault> {
        if const { T::WIDTH.min > 0 } {
            return self.write_counted(w);
        }
        w.descend()?;
        for (index, item) in self.iter().enumerate() {
            let start = w.bit_offset();
            let mut result = item.write(w);
            if result.is_ok() && w.bit_offset() == start {
                result = Err(w.fail(takes_no_room()));
            }
            if let Err(fault) = result {
                return Err(w.within(fault, Step::Item(index as u64)));
            }
        }
        w.ascend();
        Ok(())
    }

    #[cfg(feature = "alloc")]
    fn describe_counted(d: &mut Describer, count: Count) -> Shape {
        Shape::List {
            item: Box::new(T::describe(d)),
            count,
        }
    }
}

/// As a `Vec`.
#[cfg(feature = "alloc")]
impl<'de, T: Pickle<'de>> Countable<'de> for VecDeque<T> {
    const UNIT: Width = T::WIDTH;
    const UNIT_WHOLE: bool = T::WHOLE;

    #[inline]
    fn read_counted<O: Order, A: Align>(
        r: &mut Reader<'de, O, A>,
        count: u64,
    ) -> Result<Self, Fault> {
        Vec::read_counted(r, count).map(Self::from)
    }

    #[inline]
    fn read_rest<O: Order, A: Align>(r: &mut Reader<'de, O, A>) -> Result<Self, Fault> {
        Vec::read_rest(r).map(Self::from)
    }

    #[inline]
    fn write_counted<S: Sink, O: Order, A: Align>(
        &self,
        w: &mut Writer<S, O, A>,
    ) -> Result<(), Fault> {
        w.expect_items(self.len(), T::WIDTH.min)?;
        w.descend()?;
        for (index, item) in self.iter().enumerate() {
            if let Err(fault) = item.write(w) {
                return Err(w.within(fault, Step::Item(index as u64)));
            }
        }
        w.ascend();
        Ok(())
    }

    fn describe_counted(d: &mut Describer, count: Count) -> Shape {
        Vec::<T>::describe_counted(d, count)
    }
}

/// See [`counted`].
#[derive(Clone, Copy, Debug)]
pub struct Counted<C, T>(PhantomData<fn() -> (C, T)>);

/// A list, string or bytes behind a count of type `C`: `count = u8`.
///
/// A count that the input left cannot hold is refused before anything is
/// allocated; a value longer than `C` can say is refused on write.
///
/// ```
/// use pickler::picklers::{counted, decode_with, encode_with};
///
/// let names = counted::<u8, String>();
/// assert_eq!(encode_with(&names, &"bob".into())?, b"\x03bob");
/// assert_eq!(
///     decode_with(&names, b"\x09bob").unwrap_err().to_string(),
///     "needs 9 bytes, 3 bytes left, at byte 1",
/// );
/// assert_eq!(
///     encode_with(&names, &"x".repeat(300)).unwrap_err().to_string(),
///     "300 long, but its count can say 255 at most",
/// );
/// # Ok::<(), pickler::Error>(())
/// ```
pub const fn counted<C, T>() -> Counted<C, T> {
    Counted(PhantomData)
}

/// Reads a count in front of units.
#[inline(always)]
fn read_count<'de, C: Prefix<'de>, O: Order, A: Align>(
    r: &mut Reader<'de, O, A>,
) -> Result<u64, Fault> {
    let at = r.bit_offset();
    let count = C::read_prefix(r)?;
    match count.to_count() {
        Some(count) => Ok(count),
        None => Err(r.fail_at(at, no_count::<C>(count))),
    }
}

impl<'de, C: Prefix<'de>, T: Countable<'de>> Pickler<'de> for Counted<C, T> {
    type Value = T;
    const WIDTH: Width = Width::at_least(C::WIDTH.min);
    const WHOLE: bool = C::WHOLE && T::UNIT_WHOLE;

    #[inline(always)]
    fn read<O: Order, A: Align>(&self, r: &mut Reader<'de, O, A>) -> Result<T, Fault> {
        let count = read_count::<C, O, A>(r)?;
        T::read_counted(r, count)
    }

    #[inline]
    fn skip<O: Order, A: Align>(&self, r: &mut Reader<'de, O, A>) -> Result<(), Fault> {
        let count = read_count::<C, O, A>(r)?;
        T::skip_counted(r, count)
    }

    #[inline(always)]
    fn write<S: Sink, O: Order, A: Align>(
        &self,
        value: &T,
        w: &mut Writer<S, O, A>,
    ) -> Result<(), Fault> {
        match C::Integer::from_count(value.length()) {
            Some(count) if value.length() as u64 <= C::MAX => C::write_prefix(count, w)?,
            _ => {
                return Err(w.fail(ErrorKind::TooLong {
                    length: value.length() as u64,
                    max: C::MAX,
                }));
            }
        }
        value.write_counted(w)
    }

    #[cfg(feature = "alloc")]
    fn describe(&self, d: &mut Describer) -> Shape {
        let prefix = Box::new(C::describe_prefix(d));
        T::describe_counted(d, Count::Prefix(prefix))
    }
}

/// See [`counted_by`].
#[derive(Clone, Copy, Debug)]
pub struct CountedBy<T> {
    count: Option<i128>,
    expr: fn() -> Expr,
    units: PhantomData<fn() -> T>,
}

/// A list, string or bytes of as many units as an expression gives:
/// `count = rows * columns`. `count` is its value, `None` if it overflows.
///
/// What is written must have as many.
pub const fn counted_by<T>(count: Option<i128>, expr: fn() -> Expr) -> CountedBy<T> {
    CountedBy {
        count,
        expr,
        units: PhantomData,
    }
}

impl<'de, T: Countable<'de>> Pickler<'de> for CountedBy<T> {
    type Value = T;
    const WIDTH: Width = Width::at_least(0);
    const WHOLE: bool = T::UNIT_WHOLE;

    #[inline]
    fn read<O: Order, A: Align>(&self, r: &mut Reader<'de, O, A>) -> Result<T, Fault> {
        let count = expect_count(self.count, self.expr, r)?;
        T::read_counted(r, count)
    }

    #[inline]
    fn skip<O: Order, A: Align>(&self, r: &mut Reader<'de, O, A>) -> Result<(), Fault> {
        let count = expect_count(self.count, self.expr, r)?;
        T::skip_counted(r, count)
    }

    #[inline]
    fn write<S: Sink, O: Order, A: Align>(
        &self,
        value: &T,
        w: &mut Writer<S, O, A>,
    ) -> Result<(), Fault> {
        check_count(self.count, self.expr, value.length(), w)?;
        value.write_counted(w)
    }

    #[cfg(feature = "alloc")]
    fn describe(&self, d: &mut Describer) -> Shape {
        T::describe_counted(d, Count::Expr((self.expr)()))
    }
}

/// The count or size that an expression gave.
#[inline]
pub(super) fn expect_count<O: Order, A: Align>(
    value: Option<i128>,
    expr: fn() -> Expr,
    r: &mut Reader<'_, O, A>,
) -> Result<u64, Fault> {
    let Some(value) = value else {
        return Err(r.fail(no_value(expr)));
    };
    match u64::try_from(value) {
        Ok(count) => Ok(count),
        Err(_) => Err(r.fail(ErrorKind::OutOfRange {
            value,
            min: 0,
            max: u64::MAX.into(),
        })),
    }
}

/// Checks that there is as much to write as an expression gave.
#[inline]
pub(super) fn check_count<S: Sink, O: Order, A: Align>(
    expected: Option<i128>,
    expr: fn() -> Expr,
    found: usize,
    w: &mut Writer<S, O, A>,
) -> Result<(), Fault> {
    // What follows from sizes is not known while they are found out.
    if S::COUNTS_ONLY {
        return Ok(());
    }
    let Some(expected) = expected else {
        return Err(w.fail(no_value(expr)));
    };
    let found = i128::try_from(found).unwrap_or(i128::MAX);
    if found == expected {
        Ok(())
    } else {
        Err(w.fail(wrong_count(expected, found, expr)))
    }
}

/// See [`rest`].
#[derive(Clone, Copy, Debug)]
pub struct Rest<T>(PhantomData<fn() -> T>);

/// A list, string or bytes of as many units as there are to the end of the
/// input, or of the piece of it that a size confines.
///
/// ```
/// use pickler::picklers::{decode_with, rest};
///
/// assert_eq!(decode_with(&rest::<Vec<u16>>(), &[0, 1, 0, 2])?, [1, 2]);
/// # Ok::<(), pickler::Error>(())
/// ```
pub const fn rest<T>() -> Rest<T> {
    Rest(PhantomData)
}

impl<'de, T: Countable<'de>> Pickler<'de> for Rest<T> {
    type Value = T;
    const WIDTH: Width = {
        // Padding could not be told from items.
        assert!(T::UNIT_WHOLE, "items that end within a byte need a count");
        assert!(
            !matches!(T::UNIT.max, Some(0)),
            "items that take no room need a count: nothing else tells how many there are"
        );
        Width::at_least(0)
    };
    const WHOLE: bool = T::UNIT_WHOLE;

    #[inline]
    fn read<O: Order, A: Align>(&self, r: &mut Reader<'de, O, A>) -> Result<T, Fault> {
        T::read_rest(r)
    }

    #[inline]
    fn skip<O: Order, A: Align>(&self, r: &mut Reader<'de, O, A>) -> Result<(), Fault> {
        T::skip_rest(r)
    }

    #[inline]
    fn write<S: Sink, O: Order, A: Align>(
        &self,
        value: &T,
        w: &mut Writer<S, O, A>,
    ) -> Result<(), Fault> {
        value.write_rest(w)?;
        w.goes_on();
        Ok(())
    }

    #[cfg(feature = "alloc")]
    fn describe(&self, d: &mut Describer) -> Shape {
        T::describe_counted(d, Count::Rest)
    }
}
