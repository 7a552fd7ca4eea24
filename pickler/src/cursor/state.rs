//! What a cursor carries beside its position: the record of a failure, and
//! the budgets.

use crate::error::{Error, ErrorKind, Step};

/// Says that something failed; what and where is recorded in the cursor.
///
/// It is zero-sized, so that `Result<u32, Fault>` travels in registers. The
/// entry points, such as [`decode`](crate::decode), turn it and the cursor's
/// record into an [`Error`].
#[derive(Debug)]
#[must_use = "a fault stands for a failure that the cursor has recorded"]
pub struct Fault(());

/// Budgets that keep hostile input from costing more than its size warrants.
///
/// A count that only claims items is refused before anything is allocated, so
/// that what is read never takes more than a fixed multiple of the input; these
/// bound it in all.
///
/// ```
/// use pickler::{ErrorKind, Limits, Pickle};
///
/// #[derive(Pickle, Debug)]
/// struct List {
///     #[pickle(count = u8)]
///     items: Vec<u16>,
/// }
///
/// let mut limits = Limits::default();
/// limits.items = 1;
/// let error = pickler::decode_with_limits::<List>(&[2, 0, 1, 0, 2], limits).unwrap_err();
/// assert_eq!(error.kind(), &ErrorKind::TooManyItems { limit: 1 });
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Limits {
    /// How deep lists, boxes and options may nest; more than
    /// [`MAX_DEPTH`](Self::MAX_DEPTH) is taken for that. 64 unless set.
    pub depth: u32,
    /// How many list items that take no room in the input are read in all.
    /// 65,536 unless set.
    pub empty_items: u32,
    /// How many list items are read in all; bytes that are read again, where
    /// variants are tried one after the other, count as items. 64 Mi unless set.
    pub items: u64,
    /// How many bytes an input has that is read whole. 1 GiB unless set.
    pub bytes: u64,
    /// How many bytes of memory lists, texts and boxes may ask for, in all. 4 GiB
    /// unless set. The dynamic codec, whose values are larger, needs more of it
    /// for the same input.
    pub memory: u64,
    /// How many bytes are read at offsets, in all, as a multiple of the
    /// input's size: many offsets may lead to the same bytes. 64 unless set.
    pub elsewhere: u32,
}

impl Limits {
    /// The greatest depth, whatever is set: reading, writing and dropping what
    /// nests takes stack, and a stack that overflows ends the program.
    pub const MAX_DEPTH: u32 = 128;

    const DEFAULT: Self = Self {
        depth: 64,
        empty_items: 65_536,
        items: 64 << 20,
        bytes: 1 << 30,
        memory: 4 << 30,
        elsewhere: 64,
    };
}

impl Default for Limits {
    #[inline(always)]
    fn default() -> Self {
        Self::DEFAULT
    }
}

/// What is inlined hands errors to cold functions and takes them back, and
/// never itself: a cursor whose address is not taken stays in registers.
#[derive(Debug)]
pub(super) struct State {
    failure: Option<Error>,
    limits: Limits,
    left: Limits,
    /// The input may go on behind the piece that the cursor is in.
    open: bool,
    /// How many bits were missing where an open input ended.
    missing: u64,
    /// Where a writer puts what stands elsewhere, if anything does.
    #[cfg(feature = "alloc")]
    pub(super) places: Option<alloc::boxed::Box<super::Places>>,
    /// How many pieces that the writer is in are moved when they are complete:
    /// what is in them has no offset yet.
    #[cfg(feature = "alloc")]
    pub(super) moving: u32,
    /// What was seen before, if anything is shared.
    #[cfg(feature = "alloc")]
    pub(super) seen: Option<alloc::boxed::Box<super::seen::Seen>>,
}

impl State {
    /// Inlined, so that what a cursor is given is known to be what it has left,
    /// and that nothing has failed.
    #[cfg_attr(debug_assertions, inline)]
    #[cfg_attr(not(debug_assertions), inline(always))]
    pub(super) fn new(mut limits: Limits) -> Self {
        limits.depth = limits.depth.min(Limits::MAX_DEPTH);
        Self {
            failure: None,
            limits,
            left: limits,
            open: false,
            missing: 0,
            #[cfg(feature = "alloc")]
            places: None,
            #[cfg(feature = "alloc")]
            moving: 0,
            #[cfg(feature = "alloc")]
            seen: None,
        }
    }

    /// How many bytes of an input of that size may be read at offsets.
    #[cfg(feature = "alloc")]
    pub(super) fn elsewhere_limit(&self, input: usize) -> u64 {
        (input as u64).saturating_mul(self.limits.elsewhere.into())
    }

    #[inline(always)]
    pub(super) fn is_open(&self) -> bool {
        self.open
    }

    #[inline(always)]
    pub(super) fn set_open(&mut self, open: bool) {
        self.open = open;
    }

    /// Nothing comes behind what the cursor is in from now on. Gives whether
    /// something could come before.
    #[inline(always)]
    pub(super) fn close(&mut self) -> bool {
        core::mem::replace(&mut self.open, false)
    }

    /// So many bits are missing.
    #[inline(always)]
    pub(super) fn lacks(&mut self, bits: u64) {
        if self.open && self.missing == 0 {
            self.missing = bits;
        }
    }

    /// How many bytes are missing.
    pub(super) fn missing(&self) -> Option<u64> {
        (self.missing > 0).then_some(self.missing.div_ceil(8))
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
        if self.open && self.missing == 0 {
            self.missing = missing(&error);
        }
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
        #[cfg(feature = "alloc")]
        {
            if let Some(places) = self.places {
                drop_places(places);
            }
            if let Some(seen) = self.seen {
                drop_seen(seen);
            }
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
        match self.left.depth.checked_sub(1) {
            Some(left) => {
                self.left.depth = left;
                Ok(())
            }
            None => Err(self.fail(
                ErrorKind::TooDeep {
                    limit: self.limits.depth,
                },
                bit_offset,
            )),
        }
    }

    #[cfg_attr(debug_assertions, inline)]
    #[cfg_attr(not(debug_assertions), inline(always))]
    pub(super) fn ascend(&mut self) {
        self.left.depth += 1;
    }

    pub(super) fn depth_left(&self) -> u32 {
        self.left.depth
    }

    pub(super) fn set_depth_left(&mut self, left: u32) {
        self.left.depth = left;
    }

    /// The same budgets, for a cursor over bytes that do not go on.
    #[cfg(feature = "alloc")]
    pub(super) fn fork(&self) -> Self {
        Self {
            failure: None,
            limits: self.limits,
            left: self.left,
            open: false,
            missing: 0,
            places: None,
            moving: 0,
            seen: None,
        }
    }

    /// Takes over what a fork has left of the budgets.
    #[cfg(feature = "alloc")]
    pub(super) fn join(&mut self, fork: &Self) {
        let depth = self.left.depth;
        self.left = Limits { depth, ..fork.left };
    }

    #[cfg_attr(debug_assertions, inline)]
    #[cfg_attr(not(debug_assertions), inline(always))]
    pub(super) fn spend_items(&mut self, count: u64, bit_offset: u64) -> Result<(), Fault> {
        if let Some(left) = self.left.items.checked_sub(count) {
            self.left.items = left;
            Ok(())
        } else {
            let limit = self.limits.items;
            Err(self.fail(ErrorKind::TooManyItems { limit }, bit_offset))
        }
    }

    #[cfg_attr(debug_assertions, inline)]
    #[cfg_attr(not(debug_assertions), inline(always))]
    pub(super) fn spend_memory(&mut self, bytes: u64, bit_offset: u64) -> Result<(), Fault> {
        if let Some(left) = self.left.memory.checked_sub(bytes) {
            self.left.memory = left;
            Ok(())
        } else {
            let limit = self.limits.memory;
            Err(self.fail(ErrorKind::TooMuchMemory { limit }, bit_offset))
        }
    }

    pub(super) fn spend_empty_items(&mut self, count: u64, bit_offset: u64) -> Result<(), Fault> {
        match u32::try_from(count)
            .ok()
            .and_then(|count| self.left.empty_items.checked_sub(count))
        {
            Some(left) => {
                self.left.empty_items = left;
                Ok(())
            }
            None => Err(self.fail(
                ErrorKind::TooManyEmptyItems {
                    limit: self.limits.empty_items,
                },
                bit_offset,
            )),
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
