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
    /// How many list items are read in all. 64 Mi unless set.
    pub items: u64,
    /// How many bytes an input has that is read whole. 1 GiB unless set.
    pub bytes: u64,
    /// How many bytes of memory lists, texts and boxes may ask for, in all. 4 GiB
    /// unless set. The dynamic codec, whose values are larger, needs more of it
    /// for the same input.
    pub memory: u64,
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
    };
}

impl Default for Limits {
    #[inline(always)]
    fn default() -> Self {
        Self::DEFAULT
    }
}

#[derive(Debug)]
pub(super) struct State {
    failure: Option<Error>,
    limits: Limits,
    left: Limits,
    /// The input may go on behind the piece that the cursor is in.
    open: bool,
    /// How many bits were missing where an open input ended.
    missing: u64,
}

impl State {
    pub(super) fn new(mut limits: Limits) -> Self {
        limits.depth = limits.depth.min(Limits::MAX_DEPTH);
        Self {
            failure: None,
            limits,
            left: limits,
            open: false,
            missing: 0,
        }
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
    #[cold]
    pub(super) fn lacks(&mut self, bits: u64) {
        if self.open && self.missing == 0 {
            self.missing = bits;
        }
    }

    /// How many bytes are missing.
    pub(super) fn missing(&self) -> Option<u64> {
        (self.missing > 0).then_some(self.missing.div_ceil(8))
    }

    #[cold]
    #[inline(never)]
    pub(super) fn fail(&mut self, kind: ErrorKind, bit_offset: u64) -> Fault {
        self.failure = Some(Error::new(kind, bit_offset));
        Fault(())
    }

    #[cold]
    #[inline(never)]
    pub(super) fn within(&mut self, fault: Fault, step: Step) -> Fault {
        if let Some(error) = &mut self.failure {
            error.push_outer(step);
        }
        fault
    }

    #[cold]
    #[inline(never)]
    pub(super) fn within_field(&mut self, fault: Fault, name: &'static str) -> Fault {
        self.within(fault, Step::Field(name.into()))
    }

    #[cold]
    #[inline(never)]
    pub(super) fn within_variant(&mut self, fault: Fault, name: &'static str) -> Fault {
        self.within(fault, Step::Variant(name.into()))
    }

    #[cold]
    #[inline(never)]
    pub(super) fn adopt(&mut self, error: Error) -> Fault {
        if let ErrorKind::UnexpectedEnd { needed, left } = *error.kind() {
            self.lacks(needed.saturating_sub(left));
        }
        self.failure = Some(error);
        Fault(())
    }

    #[cold]
    #[inline(never)]
    #[expect(clippy::needless_pass_by_value, reason = "a fault is spent")]
    pub(super) fn take_error(&mut self, fault: Fault) -> Error {
        let Fault(()) = fault;
        // A fault is only made by `fail`, but a cursor may be handed another
        // cursor's fault by a pickler that mixes them up.
        self.failure
            .take()
            .unwrap_or_else(|| Error::new(ErrorKind::Unrecorded, 0))
    }

    /// Ends a cursor. That nothing failed, which leaves nothing to drop, is
    /// seen here without a call.
    #[inline(always)]
    pub(super) fn end(self) {
        if self.failure.is_some() {
            self.end_failed();
        } else {
            core::mem::forget(self);
        }
    }

    #[cold]
    #[inline(never)]
    fn end_failed(self) {
        drop(self);
    }

    #[expect(clippy::needless_pass_by_value, reason = "a fault is spent")]
    pub(super) fn forgive(&mut self, fault: Fault) {
        let Fault(()) = fault;
        self.failure = None;
    }

    #[inline]
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

    #[inline]
    pub(super) fn ascend(&mut self) {
        self.left.depth += 1;
    }

    pub(super) fn depth_left(&self) -> u32 {
        self.left.depth
    }

    pub(super) fn set_depth_left(&mut self, left: u32) {
        self.left.depth = left;
    }

    #[inline]
    pub(super) fn spend_items(&mut self, count: u64, bit_offset: u64) -> Result<(), Fault> {
        if let Some(left) = self.left.items.checked_sub(count) {
            self.left.items = left;
            Ok(())
        } else {
            let limit = self.limits.items;
            Err(self.fail(ErrorKind::TooManyItems { limit }, bit_offset))
        }
    }

    #[inline]
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
