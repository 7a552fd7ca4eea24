//! Lists, texts and bytes that a unit ends.

#[cfg(feature = "alloc")]
use alloc::string::String;
#[cfg(feature = "alloc")]
use alloc::vec::Vec;
use core::marker::PhantomData;

use super::bytes::not_utf8;
#[cfg(feature = "alloc")]
use super::of;
use super::{Countable, Pickler};
use crate::cursor::{Align, Fault, Order, Reader, Sink, Writer};
use crate::error::ErrorKind;
#[cfg(feature = "alloc")]
use crate::error::Step;
#[cfg(feature = "alloc")]
use crate::pickle::Pickle;
#[cfg(feature = "alloc")]
use crate::schema::{Count, Describer, Shape};
#[cfg(feature = "alloc")]
use crate::types::ByteString;
use crate::width::Width;

/// A type whose values can be ended by a unit, a byte or an item, that is none
/// of theirs.
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot be ended by a unit `{U}`",
    note = "`terminator` is for `Vec`, whose items must be `PartialEq`, `String`, `ByteString`, `&str`, `&[u8]`"
)]
pub trait Terminable<'de, U>: Countable<'de> {
    /// Reads units to the one that ends them, which is taken away.
    fn read_terminated<O: Order, A: Align>(
        r: &mut Reader<'de, O, A>,
        end: &U,
    ) -> Result<Self, Fault>;
    /// Goes past units to the one that ends them, which is taken away.
    #[inline]
    fn skip_terminated<O: Order, A: Align>(
        r: &mut Reader<'de, O, A>,
        end: &U,
    ) -> Result<(), Fault> {
        Self::read_terminated(r, end).map(drop)
    }
    /// Where the value has a unit that would end it.
    fn position(&self, end: &U) -> Option<usize>;
    /// Writes the unit that ends a value.
    fn write_end<S: Sink, O: Order, A: Align>(
        end: &U,
        w: &mut Writer<S, O, A>,
    ) -> Result<(), Fault>;
    /// Describes a value that ends so.
    #[cfg(feature = "alloc")]
    fn describe_terminated(d: &mut Describer, end: &U) -> Shape;
}

#[cfg(feature = "alloc")]
impl<'de, T: Pickle<'de> + PartialEq> Terminable<'de, T> for Vec<T> {
    #[inline]
    fn read_terminated<O: Order, A: Align>(
        r: &mut Reader<'de, O, A>,
        end: &T,
    ) -> Result<Self, Fault> {
        let mut items = Self::new();
        r.descend()?;
        loop {
            let before = r.bits_left();
            match T::read(r) {
                Ok(item) if item == *end => break,
                Ok(item) => {
                    r.expect_item()?;
                    r.expect_memory(1, size_of::<T>())?;
                    items.push(item);
                }
                Err(fault) => return Err(r.within(fault, Step::Item(items.len() as u64))),
            }
            if r.bits_left() == before {
                r.expect_items(1, 0)?;
            }
        }
        r.ascend();
        Ok(items)
    }

    fn position(&self, end: &T) -> Option<usize> {
        self.iter().position(|item| item == end)
    }

    #[inline]
    fn write_end<S: Sink, O: Order, A: Align>(
        end: &T,
        w: &mut Writer<S, O, A>,
    ) -> Result<(), Fault> {
        end.write(w)
    }

    fn describe_terminated(d: &mut Describer, end: &T) -> Shape {
        let end = d.sample(&of::<T>(), end);
        Self::describe_counted(d, Count::Until(end))
    }
}

/// The bytes to the one that ends them, which is taken away. The first
/// `searched` are known not to end them.
#[inline]
fn bytes_until<'de, O: Order, A: Align>(
    r: &mut Reader<'de, O, A>,
    end: u8,
    searched: usize,
) -> Result<&'de [u8], Fault> {
    let count = bytes_before(r, end, searched)?;
    let bytes = r.bytes(count)?;
    r.array::<1>()?;
    Ok(bytes)
}

/// How many bytes there are in front of the first `end`. The first `searched`
/// are known to be none.
#[inline]
pub(super) fn bytes_before<O: Order, A: Align>(
    r: &mut Reader<'_, O, A>,
    end: u8,
    searched: usize,
) -> Result<usize, Fault> {
    // Nothing but a byte boundary is asked for.
    r.bytes(0)?;
    let rest = r.rest();
    let mut left = rest.get(searched..).unwrap_or_default().iter();
    if let Some(count) = left.position(|byte| *byte == end) {
        return Ok(searched + count);
    }
    r.bytes(rest.len())?;
    // This says what is missing.
    r.array::<1>().map(|_| 0)
}

/// The bytes to the one that ends them, wherever the cursor stands.
#[cfg(feature = "alloc")]
#[inline]
pub(crate) fn owned_until<O: Order, A: Align>(
    r: &mut Reader<'_, O, A>,
    end: u8,
    searched: usize,
) -> Result<Vec<u8>, Fault> {
    if A::ALIGNED || r.bit_offset().is_multiple_of(8) {
        let bytes = bytes_until(r, end, searched)?;
        r.expect_memory(bytes.len() as u64, 1)?;
        return Ok(bytes.to_vec());
    }
    let mut bytes = Vec::new();
    loop {
        let [byte] = r.array()?;
        if byte == end {
            return Ok(bytes);
        }
        r.expect_memory(1, 1)?;
        bytes.push(byte);
    }
}

macro_rules! bytes {
    ([$($life:lifetime)?] $type:ty, $read:expr) => {
        impl<'de $(: $life, $life)?> Terminable<'de, u8> for $type {
            #[inline]
            fn read_terminated<O: Order, A: Align>(
                r: &mut Reader<'de, O, A>,
                end: &u8,
            ) -> Result<Self, Fault> {
                $read(r, *end)
            }

            #[inline]
            fn skip_terminated<O: Order, A: Align>(
                r: &mut Reader<'de, O, A>,
                end: &u8,
            ) -> Result<(), Fault> {
                if !r.bit_offset().is_multiple_of(8) {
                    return Self::read_terminated(r, end).map(drop);
                }
                bytes_until(r, *end, 0).map(drop)
            }

            #[inline]
            fn position(&self, end: &u8) -> Option<usize> {
                let bytes: &[u8] = self.as_ref();
                bytes.iter().position(|byte| byte == end)
            }

            #[inline]
            fn write_end<S: Sink, O: Order, A: Align>(
                end: &u8,
                w: &mut Writer<S, O, A>,
            ) -> Result<(), Fault> {
                w.bytes(&[*end])
            }

            #[cfg(feature = "alloc")]
            fn describe_terminated(d: &mut Describer, end: &u8) -> Shape {
                Self::describe_counted(d, Count::Until((*end).into()))
            }
        }
    };
}

#[cfg(feature = "alloc")]
bytes!([] ByteString, |r, end| owned_until(r, end, 0).map(ByteString::from));
#[cfg(feature = "alloc")]
bytes!([] String, |r: &mut Reader<'de, O, A>, end| {
    let at = r.bit_offset();
    String::from_utf8(owned_until(r, end, 0)?)
        .map_err(|error| r.fail_at(at, not_utf8(error.utf8_error())))
});
bytes!(['a] &'a [u8], |r, end| bytes_until(r, end, 0));
bytes!(['a] &'a str, |r: &mut Reader<'de, O, A>, end| {
    let at = r.bit_offset();
    core::str::from_utf8(bytes_until(r, end, 0)?).map_err(|error| r.fail_at(at, not_utf8(error)))
});

/// See [`terminated`].
#[derive(Clone, Copy, Debug)]
pub struct Terminated<T, U> {
    end: U,
    units: PhantomData<fn() -> T>,
}

/// A list, text or bytes that a unit ends: `terminator = 0`. The unit is not
/// part of the value; a value that has it is refused on write.
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
pub const fn terminated<T, U>(end: U) -> Terminated<T, U> {
    let units = PhantomData;
    Terminated { end, units }
}

impl<'de, T: Terminable<'de, U>, U> Pickler<'de> for Terminated<T, U> {
    type Value = T;
    const WIDTH: Width = {
        assert!(
            !matches!(T::UNIT.max, Some(0)),
            "a list ended by an item that takes no room would never end"
        );
        Width::at_least(T::UNIT.min)
    };
    const WHOLE: bool = T::UNIT_WHOLE;

    #[inline]
    fn read<O: Order, A: Align>(&self, r: &mut Reader<'de, O, A>) -> Result<T, Fault> {
        T::read_terminated(r, &self.end)
    }

    #[inline]
    fn skip<O: Order, A: Align>(&self, r: &mut Reader<'de, O, A>) -> Result<(), Fault> {
        T::skip_terminated(r, &self.end)
    }

    #[inline]
    fn write<S: Sink, O: Order, A: Align>(
        &self,
        value: &T,
        w: &mut Writer<S, O, A>,
    ) -> Result<(), Fault> {
        if let Some(unit) = value.position(&self.end) {
            let unit = unit as u64;
            return Err(w.fail(ErrorKind::HoldsTerminator { unit }));
        }
        value.write_counted(w)?;
        T::write_end(&self.end, w)
    }

    #[cfg(feature = "alloc")]
    fn describe(&self, d: &mut Describer) -> Shape {
        T::describe_terminated(d, &self.end)
    }
}
