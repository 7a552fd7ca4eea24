//! Lists, texts and bytes that a unit ends.

#[cfg(feature = "alloc")]
use alloc::string::String;
#[cfg(feature = "alloc")]
use alloc::vec::Vec;
use core::marker::PhantomData;

use super::bytes::not_utf8;
#[cfg(feature = "alloc")]
use super::of;
#[cfg(feature = "alloc")]
use super::to_terminator::{check_items, read_items};
use super::{Countable, Delimiter, Ending, Pickler, Terminator};
use crate::cursor::{Align, Fault, Order, Reader, Sink, Writer};
use crate::error::ErrorKind;
#[cfg(feature = "alloc")]
use crate::pickle::Pickle;
use crate::schema::Expr;
#[cfg(feature = "alloc")]
use crate::schema::{Count, Describer, Shape, Until};
#[cfg(feature = "alloc")]
use crate::types::ByteString;
use crate::width::Width;

/// A type whose values can be ended by a unit, bytes or an item, that is none of
/// theirs.
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot be ended by a unit `{U}`",
    note = "`terminator` is for `Vec`, whose items must be `PartialEq`, `String`, `ByteString`, `&str`, `&[u8]`"
)]
pub trait Terminable<'de, U>: Countable<'de> {
    /// Reads units to what ends them.
    fn read_terminated<O: Order, A: Align>(
        r: &mut Reader<'de, O, A>,
        end: &U,
        ending: Ending,
    ) -> Result<Self, Fault>;
    /// Goes past units to what ends them.
    #[inline]
    fn skip_terminated<O: Order, A: Align>(
        r: &mut Reader<'de, O, A>,
        end: &U,
        ending: Ending,
    ) -> Result<(), Fault> {
        Self::read_terminated(r, end, ending).map(drop)
    }
    /// Checks that the value is read as what it is, ended so.
    ///
    /// # Errors
    /// [`HoldsTerminator`](ErrorKind::HoldsTerminator),
    /// [`LacksTerminator`](ErrorKind::LacksTerminator).
    fn check_terminated(&self, end: &U, ending: Ending) -> Result<(), ErrorKind>;
    /// Writes what ends a value.
    fn write_end<S: Sink, O: Order, A: Align>(
        end: &U,
        w: &mut Writer<S, O, A>,
    ) -> Result<(), Fault>;
    /// Describes what ends a value.
    #[cfg(feature = "alloc")]
    fn describe_end(d: &mut Describer, end: &U) -> crate::dynamic::Value;
}

#[cfg(feature = "alloc")]
impl<'de, T: Pickle<'de> + PartialEq> Terminable<'de, T> for Vec<T> {
    #[inline]
    fn read_terminated<O: Order, A: Align>(
        r: &mut Reader<'de, O, A>,
        end: &T,
        ending: Ending,
    ) -> Result<Self, Fault> {
        read_items(r, end, ending, T::WIDTH, |r| T::read(r))
    }

    fn check_terminated(&self, end: &T, ending: Ending) -> Result<(), ErrorKind> {
        check_items(self, ending, |item| item == end)
    }

    #[inline]
    fn write_end<S: Sink, O: Order, A: Align>(
        end: &T,
        w: &mut Writer<S, O, A>,
    ) -> Result<(), Fault> {
        end.write(w)
    }

    fn describe_end(d: &mut Describer, end: &T) -> crate::dynamic::Value {
        d.sample(&of::<T>(), end)
    }
}

/// The bytes to those that end them. The first `searched` are known not to hold
/// them.
#[inline]
fn bytes_until<'de, O: Order, A: Align>(
    r: &mut Reader<'de, O, A>,
    end: &[u8],
    ending: Ending,
    searched: usize,
) -> Result<&'de [u8], Fault> {
    let (count, found) = ending.find(end, searched, r)?;
    let (kept, taken) = ending.kept_and_taken(found);
    let bytes = r.bytes(count + kept)?;
    r.bytes(taken)?;
    Ok(bytes)
}

/// The bytes to those that end them, wherever the cursor stands.
#[cfg(feature = "alloc")]
#[inline]
pub(crate) fn owned_until<O: Order, A: Align>(
    r: &mut Reader<'_, O, A>,
    end: &[u8],
    ending: Ending,
    searched: usize,
) -> Result<Vec<u8>, Fault> {
    if A::ALIGNED || r.bit_offset().is_multiple_of(8) {
        let bytes = bytes_until(r, end, ending, searched)?;
        r.expect_memory(bytes.len() as u64, 1)?;
        return Ok(bytes.to_vec());
    }
    let start = r.mark();
    let mut bytes = Vec::new();
    while !bytes.ends_with(end) {
        if ending.or_end && !r.has_bits(8)? {
            return Ok(bytes);
        }
        let [byte] = r.array()?;
        r.expect_memory(1, 1)?;
        bytes.push(byte);
    }
    let count = bytes.len() - end.len();
    match ending.terminator {
        Terminator::Kept => {}
        Terminator::Taken => bytes.truncate(count),
        Terminator::Left => {
            bytes.truncate(count);
            r.reset(start);
            r.skip(count as u64 * 8)?;
        }
    }
    Ok(bytes)
}

macro_rules! bytes {
    ([$($life:lifetime)?] $type:ty, $read:expr) => {
        impl<'de $(: $life, $life)?, E: Delimiter> Terminable<'de, E> for $type {
            #[inline]
            fn read_terminated<O: Order, A: Align>(
                r: &mut Reader<'de, O, A>,
                end: &E,
                ending: Ending,
            ) -> Result<Self, Fault> {
                $read(r, end.as_bytes(), ending)
            }

            #[inline]
            fn skip_terminated<O: Order, A: Align>(
                r: &mut Reader<'de, O, A>,
                end: &E,
                ending: Ending,
            ) -> Result<(), Fault> {
                if !r.bit_offset().is_multiple_of(8) {
                    return Self::read_terminated(r, end, ending).map(drop);
                }
                bytes_until(r, end.as_bytes(), ending, 0).map(drop)
            }

            #[inline]
            fn check_terminated(&self, end: &E, ending: Ending) -> Result<(), ErrorKind> {
                ending.check_bytes(self.as_ref(), end.as_bytes())
            }

            #[inline]
            fn write_end<S: Sink, O: Order, A: Align>(
                end: &E,
                w: &mut Writer<S, O, A>,
            ) -> Result<(), Fault> {
                w.bytes(end.as_bytes())
            }

            #[cfg(feature = "alloc")]
            fn describe_end(_: &mut Describer, end: &E) -> crate::dynamic::Value {
                crate::dynamic::Value::Bytes(end.as_bytes().into())
            }
        }
    };
}

#[cfg(feature = "alloc")]
bytes!([] ByteString, |r, end, ending| owned_until(r, end, ending, 0).map(ByteString::from));
#[cfg(feature = "alloc")]
bytes!([] String, |r: &mut Reader<'de, O, A>, end, ending| {
    let at = r.bit_offset();
    String::from_utf8(owned_until(r, end, ending, 0)?)
        .map_err(|error| r.fail_at(at, not_utf8(error.utf8_error())))
});
bytes!(['a] &'a [u8], |r, end, ending| bytes_until(r, end, ending, 0));
bytes!(['a] &'a str, |r: &mut Reader<'de, O, A>, end, ending| {
    let at = r.bit_offset();
    core::str::from_utf8(bytes_until(r, end, ending, 0)?)
        .map_err(|error| r.fail_at(at, not_utf8(error)))
});

/// What is ended, by a terminator that is `THERE` in any case; see
/// [`terminated`] and [`list_terminated`](super::list_terminated).
#[derive(Clone, Copy, Debug)]
pub struct Terminated<T, U, const THERE: bool = true> {
    units: T,
    end: U,
    ending: Ending,
    room: Option<i128>,
    room_expr: Option<fn() -> Expr>,
}

/// The units of a type; see [`terminated`].
#[derive(Clone, Copy, Debug)]
pub struct Units<T>(PhantomData<fn() -> T>);

/// What is ended by a unit.
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot be ended by a unit `{U}`",
    note = "use `terminated` or `list_terminated`, whose items must be `PartialEq`"
)]
pub trait Endable<'de, U> {
    /// The Rust value.
    type Value;
    /// The width of one unit.
    const UNIT: Width;
    /// A unit that starts on a byte boundary ends on one.
    const UNIT_WHOLE: bool;
    /// As [`Terminable::read_terminated`].
    fn read_terminated<O: Order, A: Align>(
        &self,
        r: &mut Reader<'de, O, A>,
        end: &U,
        ending: Ending,
    ) -> Result<Self::Value, Fault>;
    /// As [`Terminable::skip_terminated`].
    #[inline]
    fn skip_terminated<O: Order, A: Align>(
        &self,
        r: &mut Reader<'de, O, A>,
        end: &U,
        ending: Ending,
    ) -> Result<(), Fault> {
        self.read_terminated(r, end, ending).map(drop)
    }
    /// As [`Terminable::check_terminated`].
    fn check_terminated(
        &self,
        value: &Self::Value,
        end: &U,
        ending: Ending,
    ) -> Result<(), ErrorKind>;
    /// Writes the units.
    fn write_units<S: Sink, O: Order, A: Align>(
        &self,
        value: &Self::Value,
        w: &mut Writer<S, O, A>,
    ) -> Result<(), Fault>;
    /// As [`Terminable::write_end`].
    fn write_end<S: Sink, O: Order, A: Align>(
        &self,
        end: &U,
        w: &mut Writer<S, O, A>,
    ) -> Result<(), Fault>;
    /// As [`Terminable::describe_end`].
    #[cfg(feature = "alloc")]
    fn describe_end(&self, d: &mut Describer, end: &U) -> crate::dynamic::Value;
    /// Describes so many units.
    #[cfg(feature = "alloc")]
    fn describe_counted(&self, d: &mut Describer, count: Count) -> Shape;
}

impl<'de, U, T: Terminable<'de, U>> Endable<'de, U> for Units<T> {
    type Value = T;
    const UNIT: Width = T::UNIT;
    const UNIT_WHOLE: bool = T::UNIT_WHOLE;

    #[inline]
    fn read_terminated<O: Order, A: Align>(
        &self,
        r: &mut Reader<'de, O, A>,
        end: &U,
        ending: Ending,
    ) -> Result<T, Fault> {
        T::read_terminated(r, end, ending)
    }

    #[inline]
    fn skip_terminated<O: Order, A: Align>(
        &self,
        r: &mut Reader<'de, O, A>,
        end: &U,
        ending: Ending,
    ) -> Result<(), Fault> {
        T::skip_terminated(r, end, ending)
    }

    #[inline]
    fn check_terminated(&self, value: &T, end: &U, ending: Ending) -> Result<(), ErrorKind> {
        value.check_terminated(end, ending)
    }

    #[inline]
    fn write_units<S: Sink, O: Order, A: Align>(
        &self,
        value: &T,
        w: &mut Writer<S, O, A>,
    ) -> Result<(), Fault> {
        value.write_counted(w)
    }

    #[inline]
    fn write_end<S: Sink, O: Order, A: Align>(
        &self,
        end: &U,
        w: &mut Writer<S, O, A>,
    ) -> Result<(), Fault> {
        T::write_end(end, w)
    }

    #[cfg(feature = "alloc")]
    fn describe_end(&self, d: &mut Describer, end: &U) -> crate::dynamic::Value {
        T::describe_end(d, end)
    }

    #[cfg(feature = "alloc")]
    fn describe_counted(&self, d: &mut Describer, count: Count) -> Shape {
        T::describe_counted(d, count)
    }
}

/// A list, text or bytes that a unit ends: `terminator = 0`. The unit is not
/// part of the value; a value that has it is refused on write. What ends text and
/// bytes may be several bytes: `terminator = b"\r\n"`.
///
/// ```
/// use pickler::picklers::{decode_with, encode_with, terminated};
///
/// let name = terminated::<String, _>(0_u8);
/// assert_eq!(encode_with(&name, &"bob".into())?, b"bob\0");
/// assert_eq!(decode_with(&name, b"bob\0")?, "bob");
/// assert_eq!(
///     decode_with(&name, b"bob").unwrap_err().to_string(),
///     "needs 1 byte, 0 bytes left, at byte 3",
/// );
/// assert_eq!(
///     encode_with(&name, &"b\0b".into()).unwrap_err().to_string(),
///     "unit 1 would end it",
/// );
/// # Ok::<(), pickler::Error>(())
/// ```
pub const fn terminated<T, U>(end: U) -> Terminated<Units<T>, U> {
    Terminated::new(Units(PhantomData), end)
}

/// The same with the unit as the last of the value: `terminator_is = kept`.
///
/// ```
/// use pickler::picklers::{decode_with, encode_with, terminated, terminator_kept};
///
/// let line = terminator_kept(terminated::<String, _>(b"\r\n"));
/// assert_eq!(decode_with(&line, b"bob\r\n")?, "bob\r\n");
/// assert_eq!(
///     encode_with(&line, &"bob\n".into()).unwrap_err().to_string(),
///     "does not end with the bytes 0D 0A",
/// );
/// # Ok::<(), pickler::Error>(())
/// ```
pub fn terminator_kept<T, U>(terminated: Terminated<T, U>) -> Terminated<T, U> {
    terminated.with(Ending::KEPT)
}

/// The same with the unit left for what stands behind, of which it is the start:
/// `terminator_is = left`. That something starts so there is not checked where
/// it is written.
///
/// ```
/// use pickler::picklers::{decode_with, encode_with, rest, terminated, terminator_left};
///
/// let words = (terminator_left(terminated::<String, _>(b' ')), rest::<String>());
/// assert_eq!(decode_with(&words, b"one two")?, ("one".into(), " two".into()));
/// assert_eq!(encode_with(&words, &("one".into(), " two".into()))?, b"one two");
/// # Ok::<(), pickler::Error>(())
/// ```
pub fn terminator_left<T, U>(terminated: Terminated<T, U>) -> Terminated<T, U, false> {
    terminated.with(Ending::LEFT)
}

/// The same where the end of the input, or of the piece around, ends it, too:
/// `terminator = 0 | end`. A unit that is taken away is always written.
///
/// ```
/// use pickler::picklers::{decode_with, encode_with, or_end, terminated};
///
/// let name = or_end(terminated::<String, _>(0_u8));
/// assert_eq!(decode_with(&name, b"bob\0")?, "bob");
/// assert_eq!(decode_with(&name, b"bob")?, "bob");
/// assert_eq!(encode_with(&name, &"bob".into())?, b"bob\0");
/// # Ok::<(), pickler::Error>(())
/// ```
pub fn or_end<T, U, const THERE: bool>(
    terminated: Terminated<T, U, THERE>,
) -> Terminated<T, U, false> {
    let ending = terminated.ending.or_end();
    terminated.with(ending)
}

/// The same in a piece of `size` bytes, the value of `expr`: a unit that is taken
/// away is written where there is room for it: `size = 4, terminator = 0 | end`.
///
/// ```
/// use pickler::picklers::{bounded, decode_with, encode_with, or_end_within, terminated};
/// use pickler::schema::Expr;
///
/// let four = || Expr::Integer(4);
/// let name = or_end_within(Some(4), four, terminated::<String, _>(0_u8));
/// let name = bounded(Some(4), four, name);
/// assert_eq!(decode_with(&name, b"bob\0")?, "bob");
/// assert_eq!(decode_with(&name, b"jane")?, "jane");
/// assert_eq!(encode_with(&name, &"bob".into())?, b"bob\0");
/// assert_eq!(encode_with(&name, &"jane".into())?, b"jane");
/// # Ok::<(), pickler::Error>(())
/// ```
pub fn or_end_within<T, U, const THERE: bool>(
    size: Option<i128>,
    expr: fn() -> Expr,
    terminated: Terminated<T, U, THERE>,
) -> Terminated<T, U, false> {
    Terminated {
        room: size,
        room_expr: Some(expr),
        ..or_end(terminated)
    }
}

impl<T, U> Terminated<T, U> {
    pub(super) const fn new(units: T, end: U) -> Self {
        Self {
            units,
            end,
            ending: Ending::TAKEN,
            room: None,
            room_expr: None,
        }
    }
}

impl<T, U, const THERE: bool> Terminated<T, U, THERE> {
    fn with<const NOW: bool>(self, ending: Ending) -> Terminated<T, U, NOW> {
        Terminated {
            units: self.units,
            end: self.end,
            ending,
            room: self.room,
            room_expr: self.room_expr,
        }
    }
}

/// Whether there is room for `end` bits behind the `written` bytes of a piece.
#[inline]
pub(crate) fn has_room(room: Option<i128>, written: usize, end: u64) -> bool {
    let room = room.and_then(|room| u64::try_from(room).ok());
    room.is_none_or(|room| (written as u64).saturating_add(end.div_ceil(8)) <= room)
}

impl<'de, T: Endable<'de, U>, U, const THERE: bool> Pickler<'de> for Terminated<T, U, THERE> {
    type Value = T::Value;
    const WIDTH: Width = {
        assert!(
            !matches!(T::UNIT.max, Some(0)),
            "a list ended by an item that takes no room would never end"
        );
        Width::at_least(if THERE { T::UNIT.min } else { 0 })
    };
    const WHOLE: bool = T::UNIT_WHOLE;

    #[inline]
    fn read<O: Order, A: Align>(&self, r: &mut Reader<'de, O, A>) -> Result<T::Value, Fault> {
        self.units.read_terminated(r, &self.end, self.ending)
    }

    #[inline]
    fn skip<O: Order, A: Align>(&self, r: &mut Reader<'de, O, A>) -> Result<(), Fault> {
        self.units.skip_terminated(r, &self.end, self.ending)
    }

    #[inline]
    fn write<S: Sink, O: Order, A: Align>(
        &self,
        value: &T::Value,
        w: &mut Writer<S, O, A>,
    ) -> Result<(), Fault> {
        let checked = self.units.check_terminated(value, &self.end, self.ending);
        if let Err(kind) = checked {
            return Err(w.fail(kind));
        }
        let start = w.written();
        self.units.write_units(value, w)?;
        if self.ending.terminator != Terminator::Taken {
            return Ok(());
        }
        if self.room_expr.is_some() {
            let mut counter = w.counter();
            let at = counter.bit_offset();
            if let Err(fault) = self.units.write_end(&self.end, &mut counter) {
                let error = counter.into_error(fault);
                return Err(w.adopt(error));
            }
            let end = counter.bit_offset() - at;
            if !has_room(self.room, w.written() - start, end) {
                return Ok(());
            }
        }
        self.units.write_end(&self.end, w)
    }

    #[cfg(feature = "alloc")]
    fn describe(&self, d: &mut Describer) -> Shape {
        let until = Until {
            end: self.units.describe_end(d, &self.end),
            ending: self.ending,
            room: self.room_expr.map(|expr| expr()),
        };
        self.units.describe_counted(d, Count::Until(until))
    }
}
