//! What was read before reading failed.

use alloc::vec::Vec;
use core::cell::RefCell;
use core::fmt;
use core::ops::Range;

use super::decode::decode_watched;
use super::frame::{Frame, Held};
use super::trace::{Role, Told, Watch};
use super::value::Value;
use crate::cursor::Order;
use crate::error::{Error, Step};
use crate::pickle::PickleOwned;
use crate::schema::Schema;

/// A decode that failed, and what it had read before.
#[derive(Clone, PartialEq)]
pub struct Partial {
    /// What was read before: records up to the field at fault, lists up to the
    /// item. Nothing at all is [`Value::Null`].
    pub value: Value,
    /// What went wrong.
    pub error: Error,
}

/// Reads a value as [`decode`](super::decode) does. When that fails, the part
/// read before comes with the error.
///
/// ```
/// use pickler::{Pickle, dynamic::{Value, decode_partial}, schema::Schema};
///
/// #[derive(Pickle)]
/// struct Bet {
///     player: u16,
///     all_in: bool,
///     amount: u32,
/// }
///
/// let partial = decode_partial(&Schema::of::<Bet>(), &[0, 7, 2, 0]).unwrap_err();
/// assert_eq!(partial.value, Value::record([("player", 7_u16.into())]));
/// assert_eq!(partial.error.to_string(), "Bet.all_in: expected 0 or 1, found 2, at byte 2");
/// ```
pub fn decode_partial(schema: &Schema, bytes: &[u8]) -> Result<Value, Partial> {
    let collector = Collector::default();
    decode_watched(schema, bytes, &collector).map_err(|error| {
        let frames = collector.0.into_inner().into_iter();
        let value = frames.fold(None, |part, frame| Some(frame.held.around(part)));
        Partial {
            value: value.unwrap_or(Value::Null),
            error,
        }
    })
}

impl Partial {
    /// Why `bytes` are no `T`, and what was read before; `None` if they are one.
    ///
    /// It serves to tell a person, when [`decode`](crate::decode) has failed:
    /// values of a type have all their fields, so that this reads once more, by
    /// the type's schema.
    ///
    /// ```
    /// use pickler::dynamic::{Partial, Value};
    ///
    /// let partial = Partial::of::<(u8, bool)>(&[7, 2]).expect("2 is no boolean");
    /// assert_eq!(partial.value, Value::List(vec![7_u8.into()]));
    /// ```
    pub fn of<T: PickleOwned>(bytes: &[u8]) -> Option<Self> {
        decode_partial(&Schema::of::<T>(), bytes).err()
    }
}

impl fmt::Debug for Partial {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:?} after {:?}", self.error, self.value)
    }
}

impl fmt::Display for Partial {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.error.fmt(f)
    }
}

impl core::error::Error for Partial {
    fn source(&self) -> Option<&(dyn core::error::Error + 'static)> {
        Some(&self.error)
    }
}

/// Keeps what fails, innermost first.
#[derive(Default)]
struct Collector(RefCell<Vec<Frame>>);

impl Watch for &Collector {
    fn enter(&self, _: impl FnOnce() -> Step) {}
    fn leave(&self) {}
    fn part<O: Order>(&self, _: Range<u64>, _: impl FnOnce() -> Role, _: &Value) {}
    fn means(&self, _: u64, _: &Value) {}

    fn failed(&self, frame: impl FnOnce() -> Frame) {
        let frame = frame();
        // Nothing of it was read.
        if !matches!(frame.held, Held::Searched(_)) {
            self.0.borrow_mut().push(frame);
        }
    }

    fn mark(&self) -> Told {
        let parts = self.0.borrow().len();
        Told { steps: 0, parts }
    }

    fn forget(&self, since: Told) {
        self.0.borrow_mut().truncate(since.parts);
    }
}
