//! Where in the bytes each part of a value is.

use alloc::sync::Arc;
use alloc::vec::Vec;
use core::cell::{Cell, RefCell};
use core::ops::Range;

use super::Value;
use super::frame::Frame;
use crate::cursor::{BitOrder, Order};
use crate::error::{Error, Step};
use crate::schema::Schema;

/// A part of a value that has no parts of its own, and where it is.
#[derive(Clone, Debug, PartialEq)]
pub struct Span {
    /// Where in the value, outermost step first.
    pub path: Vec<Step>,
    /// Where in the bytes, in bits from their start.
    pub bits: Range<u64>,
    /// From which end the bits of a byte are counted.
    pub bit_order: BitOrder,
    /// What it is there for.
    pub role: Role,
    /// What was read.
    pub value: Value,
}

/// What a part of a value is there for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Role {
    /// It is the value that the path leads to.
    Value,
    /// It is the tag of the union that the path leads to, and says which
    /// variant comes, if it is known.
    Tag(Option<Arc<str>>),
    /// It is the length of the union that the path leads to.
    Length,
    /// It says whether what the path leads to is there.
    Flag,
    /// It is the count of what the path leads to.
    Count,
}

/// Reads a value as [`decode`](super::decode) does, and tells where each part
/// of it is. When that fails, the spans are those of the parts before.
///
/// ```
/// use pickler::{Pickle, dynamic::{Value, trace}, schema::Schema};
///
/// #[derive(Pickle)]
/// struct Bet {
///     player: u16,
///     amount: u32,
/// }
///
/// let (spans, value) = trace(&Schema::of::<Bet>(), &[0, 7, 0, 0, 0, 5]);
/// assert!(value.is_ok());
/// assert_eq!(spans[1].bits, 16..48);
/// assert_eq!(spans[1].value, Value::Unsigned(5));
/// ```
pub fn trace(schema: &Schema, bytes: &[u8]) -> (Vec<Span>, Result<Value, Error>) {
    let recorder = Recorder::default();
    let result = super::decode::decode_watched(schema, bytes, &recorder);
    (recorder.spans.into_inner(), result)
}

/// How much was told.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Told {
    pub steps: usize,
    pub parts: usize,
}

/// Looks on while a value is read.
pub(super) trait Watch {
    fn enter(&self, step: impl FnOnce() -> Step);
    fn leave(&self);
    fn part<O: Order>(&self, bits: Range<u64>, role: impl FnOnce() -> Role, value: &Value);
    /// The last part, if it begins at `start`, means another value.
    fn means(&self, start: u64, value: &Value);
    /// Something failed in one of its parts; the innermost is told of first.
    #[inline(always)]
    fn failed(&self, frame: impl FnOnce() -> Frame) {
        let _ = frame;
    }
    /// The parts that come make one, which is told of when they are there.
    #[inline(always)]
    fn quiet(&self, quiet: bool) {
        let _ = quiet;
    }
    /// What was told so far, to come back to.
    #[inline(always)]
    fn mark(&self) -> Told {
        Told::default()
    }
    /// What was told since is to be forgotten: it was read in vain.
    #[inline(always)]
    fn forget(&self, since: Told) {
        let _ = since;
    }
    /// What begins at `start` failed before, for want of input; there is more
    /// now, and it goes on where it failed.
    #[inline(always)]
    fn resumed(&self, shape: usize, start: u64) -> Option<Frame> {
        let _ = (shape, start);
        None
    }
}

/// Nobody looks on: costs nothing.
#[derive(Clone, Copy)]
pub(super) struct Unwatched;

impl Watch for Unwatched {
    #[inline(always)]
    fn enter(&self, _: impl FnOnce() -> Step) {}
    #[inline(always)]
    fn leave(&self) {}
    #[inline(always)]
    fn part<O: Order>(&self, _: Range<u64>, _: impl FnOnce() -> Role, _: &Value) {}
    #[inline(always)]
    fn means(&self, _: u64, _: &Value) {}
}

#[derive(Default)]
struct Recorder {
    path: RefCell<Vec<Step>>,
    spans: RefCell<Vec<Span>>,
    quiet: Cell<u32>,
}

impl Watch for &Recorder {
    fn enter(&self, step: impl FnOnce() -> Step) {
        self.path.borrow_mut().push(step());
    }

    fn leave(&self) {
        self.path.borrow_mut().pop();
    }

    fn part<O: Order>(&self, bits: Range<u64>, role: impl FnOnce() -> Role, value: &Value) {
        if self.quiet.get() > 0 {
            return;
        }
        self.spans.borrow_mut().push(Span {
            path: self.path.borrow().clone(),
            bits,
            bit_order: O::BITS,
            role: role(),
            value: value.clone(),
        });
    }

    fn mark(&self) -> Told {
        Told {
            steps: self.path.borrow().len(),
            parts: self.spans.borrow().len(),
        }
    }

    fn forget(&self, since: Told) {
        self.path.borrow_mut().truncate(since.steps);
        self.spans.borrow_mut().truncate(since.parts);
    }

    fn quiet(&self, quiet: bool) {
        let levels = self.quiet.get();
        self.quiet.set(if quiet { levels + 1 } else { levels - 1 });
    }

    fn means(&self, start: u64, value: &Value) {
        if self.quiet.get() == 0
            && let Some(last) = self.spans.borrow_mut().last_mut()
            && last.bits.start == start
        {
            last.value = value.clone();
        }
    }
}
