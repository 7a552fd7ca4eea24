//! What a cursor carries beside its position: the record of a failure, and
//! the budgets.

use super::Limits;
use crate::error::{Error, ErrorKind, Step};

/// Says that something failed; what and where is recorded in the cursor.
///
/// It is zero-sized, so that `Result<u32, Fault>` travels in registers. The
/// entry points, such as [`decode`](crate::decode), turn it and the cursor's
/// record into an [`Error`].
#[derive(Debug)]
#[must_use = "a fault stands for a failure that the cursor has recorded"]
pub struct Fault(());

/// What is inlined hands errors to cold functions and takes them back, and
/// never itself: a cursor whose address is not taken stays in registers.
///
/// `K` is what only a reader has, or only a writer: where a cursor does not stay
/// in registers, all of it is stored for each message.
#[derive(Debug)]
pub(super) struct State<K> {
    failure: Option<Error>,
    pub(super) own: K,
    /// What was seen before, if anything is shared.
    #[cfg(feature = "alloc")]
    pub(super) seen: Option<alloc::boxed::Box<super::seen::Seen>>,
}

/// What only one kind of cursor has.
pub(super) trait Own {
    /// How deep it may go, and how much of that is left.
    fn depth(&mut self) -> (u32, &mut u32);

    /// An error is recorded.
    fn look_at(&mut self, error: &Error);

    /// Ends the cursor.
    fn end(self);
}

/// What only a reader has.
#[derive(Debug)]
pub(super) struct OfReader {
    limits: Limits,
    left: Limits,
    /// The input may go on behind the piece that the cursor is in.
    open: bool,
    /// How many bits were missing where an open input ended.
    missing: u64,
}

/// What only a writer has.
#[derive(Debug)]
pub(super) struct OfWriter {
    depth_left: u32,
    /// In how many records, one in another, something is found out before it is
    /// written: where it will be is not known then.
    pub(super) within: u32,
    /// How many more list items may be written that take no room.
    pub(super) empty_items_left: u32,
    /// Whether what was written goes on to the end of its piece.
    pub(super) rest: u8,
    /// How many pieces that the writer is in are moved when they are complete:
    /// what is in them has no offset yet.
    #[cfg(feature = "alloc")]
    pub(super) moving: u32,
    /// Where it puts what stands elsewhere, if anything does.
    #[cfg(feature = "alloc")]
    pub(super) places: Option<alloc::boxed::Box<super::Places>>,
}

impl Own for OfReader {
    #[inline(always)]
    fn depth(&mut self) -> (u32, &mut u32) {
        (self.limits.depth, &mut self.left.depth)
    }

    #[inline(always)]
    fn look_at(&mut self, error: &Error) {
        if self.open && self.missing == 0 {
            self.missing = missing(error);
        }
    }

    #[inline(always)]
    fn end(self) {}
}

impl Own for OfWriter {
    #[inline(always)]
    fn depth(&mut self) -> (u32, &mut u32) {
        (Limits::DEFAULT.depth, &mut self.depth_left)
    }

    #[inline(always)]
    fn look_at(&mut self, _: &Error) {}

    #[inline(always)]
    fn end(self) {
        #[cfg(feature = "alloc")]
        if let Some(places) = self.places {
            drop_places(places);
        }
    }
}

impl<K: Own> State<K> {
    #[inline(always)]
    fn with(own: K) -> Self {
        Self {
            failure: None,
            own,
            #[cfg(feature = "alloc")]
            seen: None,
        }
    }

    #[inline(always)]
    pub(super) fn fail(&mut self, kind: ErrorKind, bit_offset: u64) -> Fault {
        self.adopt(new_error(kind, bit_offset))
    }

    #[inline(always)]
    pub(super) fn within(&mut self, fault: Fault, step: Step) -> Fault {
        self.failure = within(self.failure.take(), step);
        fault
    }

    #[inline(always)]
    pub(super) fn within_field(&mut self, fault: Fault, name: &'static str) -> Fault {
        self.failure = within_field(self.failure.take(), name);
        fault
    }

    #[inline(always)]
    pub(super) fn within_variant(&mut self, fault: Fault, name: &'static str) -> Fault {
        self.failure = within_variant(self.failure.take(), name);
        fault
    }

    #[inline(always)]
    pub(super) fn adopt(&mut self, error: Error) -> Fault {
        self.own.look_at(&error);
        if let Some(earlier) = self.failure.replace(error) {
            drop_late(earlier);
        }
        Fault(())
    }

    #[inline(always)]
    #[expect(clippy::needless_pass_by_value, reason = "a fault is spent")]
    pub(super) fn take_error(&mut self, fault: Fault) -> Error {
        let Fault(()) = fault;
        // A fault is only made by `fail`, but a cursor may be handed another
        // cursor's fault by a pickler that mixes them up.
        match self.failure.take() {
            Some(error) => error,
            None => new_error(ErrorKind::Unrecorded, 0),
        }
    }

    /// Ends a cursor. That nothing failed, which leaves nothing to drop, is
    /// seen here without a call.
    #[inline(always)]
    pub(super) fn end(self) {
        // Only the error is moved: a copy of all would have to wait for the
        // stores of its parts.
        if let Some(error) = self.failure {
            drop_late(error);
        }
        self.own.end();
        #[cfg(feature = "alloc")]
        if let Some(seen) = self.seen {
            drop_seen(seen);
        }
    }

    #[expect(clippy::needless_pass_by_value, reason = "a fault is spent")]
    pub(super) fn forgive(&mut self, fault: Fault) {
        let Fault(()) = fault;
        self.failure = None;
    }

    #[cfg_attr(debug_assertions, inline)]
    #[cfg_attr(not(debug_assertions), inline(always))]
    pub(super) fn descend(&mut self, bit_offset: u64) -> Result<(), Fault> {
        let (limit, left) = self.own.depth();
        if let Some(less) = left.checked_sub(1) {
            *left = less;
            Ok(())
        } else {
            Err(self.fail(ErrorKind::TooDeep { limit }, bit_offset))
        }
    }

    #[cfg_attr(debug_assertions, inline)]
    #[cfg_attr(not(debug_assertions), inline(always))]
    pub(super) fn ascend(&mut self) {
        *self.own.depth().1 += 1;
    }

    pub(super) fn set_depth_left(&mut self, left: u32) {
        *self.own.depth().1 = left;
    }
}

impl State<OfWriter> {
    #[inline(always)]
    pub(super) fn of_writer() -> Self {
        Self::with(OfWriter {
            depth_left: Limits::DEFAULT.depth,
            within: 0,
            empty_items_left: Limits::DEFAULT.empty_items,
            rest: 0,
            #[cfg(feature = "alloc")]
            moving: 0,
            #[cfg(feature = "alloc")]
            places: None,
        })
    }

    pub(super) fn depth_left(&self) -> u32 {
        self.own.depth_left
    }

    #[inline]
    pub(super) fn spend_empty_items(&mut self, count: usize, bit_offset: u64) -> Result<(), Fault> {
        let left = &mut self.own.empty_items_left;
        let less = u32::try_from(count)
            .ok()
            .and_then(|count| left.checked_sub(count));
        if let Some(less) = less {
            *left = less;
            Ok(())
        } else {
            let limit = Limits::DEFAULT.empty_items;
            Err(self.fail(ErrorKind::TooManyEmptyItems { limit }, bit_offset))
        }
    }
}

impl State<OfReader> {
    /// Inlined, so that what a cursor is given is known to be what it has left,
    /// and that nothing has failed.
    #[cfg_attr(debug_assertions, inline)]
    #[cfg_attr(not(debug_assertions), inline(always))]
    pub(super) fn of_reader(mut limits: Limits) -> Self {
        limits.depth = limits.depth.min(Limits::MAX_DEPTH);
        Self::with(OfReader {
            limits,
            left: limits,
            open: false,
            missing: 0,
        })
    }

    /// How many bytes of an input of that size may be read at offsets.
    #[cfg(feature = "alloc")]
    pub(super) fn elsewhere_limit(&self, input: usize) -> u64 {
        let multiple = (input as u64).saturating_mul(self.own.limits.elsewhere.into());
        multiple.saturating_add(1 << 20)
    }

    #[inline(always)]
    pub(super) fn is_open(&self) -> bool {
        self.own.open
    }

    #[inline(always)]
    pub(super) fn set_open(&mut self, open: bool) {
        self.own.open = open;
    }

    /// Nothing comes behind what the cursor is in from now on. Gives whether
    /// something could come before.
    #[inline(always)]
    pub(super) fn close(&mut self) -> bool {
        core::mem::replace(&mut self.own.open, false)
    }

    /// So many bits are missing.
    #[inline(always)]
    pub(super) fn lacks(&mut self, bits: u64) {
        if self.own.open && self.own.missing == 0 {
            self.own.missing = bits;
        }
    }

    /// How many bytes are missing.
    pub(super) fn missing(&self) -> Option<u64> {
        (self.own.missing > 0).then_some(self.own.missing.div_ceil(8))
    }

    pub(super) fn depth_left(&self) -> u32 {
        self.own.left.depth
    }

    /// The same budgets, for a cursor over bytes that do not go on.
    #[cfg(feature = "alloc")]
    pub(super) fn fork(&self) -> Self {
        Self::with(OfReader {
            limits: self.own.limits,
            left: self.own.left,
            open: false,
            missing: 0,
        })
    }

    /// Takes over what a fork has left of the budgets.
    #[cfg(feature = "alloc")]
    pub(super) fn join(&mut self, fork: &Self) {
        let depth = self.own.left.depth;
        self.own.left = Limits {
            depth,
            ..fork.own.left
        };
    }

    #[cfg_attr(debug_assertions, inline)]
    #[cfg_attr(not(debug_assertions), inline(always))]
    pub(super) fn spend_items(&mut self, count: u64, bit_offset: u64) -> Result<(), Fault> {
        if let Some(left) = self.own.left.items.checked_sub(count) {
            self.own.left.items = left;
            Ok(())
        } else {
            let limit = self.own.limits.items;
            Err(self.fail(ErrorKind::TooManyItems { limit }, bit_offset))
        }
    }

    #[cfg_attr(debug_assertions, inline)]
    #[cfg_attr(not(debug_assertions), inline(always))]
    pub(super) fn spend_memory(&mut self, bytes: u64, bit_offset: u64) -> Result<(), Fault> {
        if let Some(left) = self.own.left.memory.checked_sub(bytes) {
            self.own.left.memory = left;
            Ok(())
        } else {
            let limit = self.own.limits.memory;
            Err(self.fail(ErrorKind::TooMuchMemory { limit }, bit_offset))
        }
    }

    /// How many times as much comes out of what is compressed as went in, from now
    /// on. Gives what it was before.
    #[cfg(feature = "alloc")]
    pub(super) fn set_expansion(&mut self, expansion: u32) -> u32 {
        core::mem::replace(&mut self.own.left.expansion, expansion)
    }

    #[cfg(feature = "alloc")]
    pub(super) fn spend_decompressed(&mut self, bytes: u64, at: u64) -> Result<(), Fault> {
        if let Some(left) = self.own.left.decompressed.checked_sub(bytes) {
            self.own.left.decompressed = left;
            Ok(())
        } else {
            let limit = self.own.limits.decompressed;
            Err(self.fail(ErrorKind::TooMuchDecompressed { limit }, at))
        }
    }

    pub(super) fn spend_empty_items(&mut self, count: u64, bit_offset: u64) -> Result<(), Fault> {
        let limit = self.own.limits.empty_items;
        let left = &mut self.own.left.empty_items;
        let less = u32::try_from(count)
            .ok()
            .and_then(|count| left.checked_sub(count));
        if let Some(less) = less {
            *left = less;
            Ok(())
        } else {
            Err(self.fail(ErrorKind::TooManyEmptyItems { limit }, bit_offset))
        }
    }
}

#[cold]
#[inline(never)]
fn new_error(kind: ErrorKind, bit_offset: u64) -> Error {
    Error::new(kind, bit_offset)
}

/// How many bits an error says are missing.
#[cold]
#[inline(never)]
fn missing(error: &Error) -> u64 {
    match *error.kind() {
        ErrorKind::UnexpectedEnd { needed, left } => needed.saturating_sub(left),
        _ => 0,
    }
}

#[cold]
#[inline(never)]
fn within(error: Option<Error>, step: Step) -> Option<Error> {
    error.map(|error| error.within(step))
}

#[cold]
#[inline(never)]
fn within_field(error: Option<Error>, name: &'static str) -> Option<Error> {
    within(error, Step::Field(name.into()))
}

#[cold]
#[inline(never)]
fn within_variant(error: Option<Error>, name: &'static str) -> Option<Error> {
    within(error, Step::Variant(name.into()))
}

#[cold]
#[inline(never)]
fn drop_late(error: Error) {
    drop(error);
}

#[cfg(feature = "alloc")]
#[cold]
#[inline(never)]
fn drop_places(places: alloc::boxed::Box<super::Places>) {
    drop(places);
}

#[cfg(feature = "alloc")]
#[cold]
#[inline(never)]
fn drop_seen(seen: alloc::boxed::Box<super::seen::Seen>) {
    drop(seen);
}
