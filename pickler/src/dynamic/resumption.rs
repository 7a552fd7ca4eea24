//! Reading that goes on where the input ended before.

use alloc::sync::Arc;
use alloc::vec::Vec;
use core::cell::{Cell, RefCell};
use core::ops::Range;

use super::decode::{Start, decode_start};
use super::frame::{Frame, Held};
use super::trace::{Role, Told, Watch};
use super::value::Value;
use crate::cursor::Order;
use crate::error::Step;
use crate::schema::Schema;

/// A value that comes in pieces, followed by its schema. Each record and list
/// goes on with the part that failed, so that no part is read more often than
/// its own bytes come late.
#[derive(Debug)]
pub(crate) struct Resumption {
    schema: Arc<Schema>,
    /// What the last try had begun, innermost first.
    begun: Vec<Frame>,
    /// Bits read in all tries, those read again included.
    bits_read: u64,
    /// What was read before must be read again: parts refer to it by number.
    anew: bool,
}

impl Resumption {
    pub(crate) fn new(schema: Arc<Schema>) -> Self {
        Self {
            anew: schema.has_tables(),
            schema,
            begun: Vec::new(),
            bits_read: 0,
        }
    }

    /// What values are.
    pub(crate) fn schema(&self) -> &Schema {
        &self.schema
    }

    /// Nothing begun, of the same schema.
    pub(crate) fn anew(&self) -> Self {
        Self::new(self.schema.clone())
    }

    /// Goes on with `bytes`, which begin where they began before.
    pub(crate) fn go_on(&mut self, bytes: &[u8]) -> Start {
        let tracker = Tracker {
            begun: RefCell::new(core::mem::take(&mut self.begun)),
            failed: RefCell::default(),
            bits_read: Cell::new(self.bits_read),
        };
        let start = decode_start(&self.schema, bytes, &tracker);
        self.bits_read = tracker.bits_read.get();
        if let (Start::Missing(_), false) = (start, self.anew) {
            self.begun = tracker.failed.into_inner();
        }
        start
    }

    /// How many bits were read in all tries.
    pub(crate) fn bits_read(&self) -> u64 {
        self.bits_read
    }
}

struct Tracker {
    begun: RefCell<Vec<Frame>>,
    failed: RefCell<Vec<Frame>>,
    bits_read: Cell<u64>,
}

impl Watch for &Tracker {
    fn enter(&self, _: impl FnOnce() -> Step) {}
    fn leave(&self) {}

    fn part<O: Order>(&self, bits: Range<u64>, _: impl FnOnce() -> Role, _: &Value) {
        let read = bits.end.saturating_sub(bits.start);
        self.bits_read.set(self.bits_read.get() + read);
    }

    fn means(&self, _: u64, _: &Value) {}

    fn failed(&self, frame: impl FnOnce() -> Frame) {
        let frame = frame();
        // Tag and length of a variant are read again.
        if !matches!(frame.held, Held::Variant { .. } | Held::Whole(_)) {
            self.failed.borrow_mut().push(frame);
        }
    }

    fn mark(&self) -> Told {
        let parts = self.failed.borrow().len();
        Told { steps: 0, parts }
    }

    fn forget(&self, since: Told) {
        self.failed.borrow_mut().truncate(since.parts);
    }

    fn resumed(&self, shape: usize, start: u64) -> Option<Frame> {
        self.begun
            .borrow_mut()
            .pop_if(|frame| (frame.shape, frame.start) == (shape, start))
    }
}
