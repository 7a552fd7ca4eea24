//! Failures: what is recorded of them, where.

use core::ops::Range;

use super::Reader;
use crate::cursor::state::Fault;
use crate::cursor::{Align, Order};
use crate::error::{Error, ErrorKind, Step};

impl<O: Order, A: Align> Reader<'_, O, A> {
    /// Records a failure here.
    #[inline(always)]
    pub fn fail(&mut self, kind: ErrorKind) -> Fault {
        let at = self.bit_offset();
        self.state.adopt(here::<O>(kind, at))
    }

    /// Records a failure of what was read from an earlier position, in bits, up
    /// to here.
    #[inline(always)]
    pub fn fail_at(&mut self, bit_offset: u64, kind: ErrorKind) -> Fault {
        self.fail_in(bit_offset..self.bit_offset(), kind)
    }

    /// Records a failure of what was read at some place, in bits.
    #[inline(always)]
    pub fn fail_in(&mut self, place: Range<u64>, kind: ErrorKind) -> Fault {
        self.state.adopt(at::<O>(kind, place.start, place.end))
    }

    #[inline(always)]
    pub(super) fn short(&mut self, needed: u64) -> Fault {
        let error = short::<O>(needed, self.end, self.rest.len(), self.bit);
        self.state.adopt(error)
    }

    /// Records an error of another reader.
    #[inline(always)]
    pub(crate) fn adopt(&mut self, error: Error) -> Fault {
        self.state.adopt(error)
    }

    /// Says that a fault came from within the field `name`.
    #[inline(always)]
    pub fn within_field(&mut self, fault: Fault, name: &'static str) -> Fault {
        self.state.within_field(fault, name)
    }

    /// Says that a fault came from within the variant `name`.
    #[inline(always)]
    pub fn within_variant(&mut self, fault: Fault, name: &'static str) -> Fault {
        self.state.within_variant(fault, name)
    }

    /// Says that a fault came from within `step`.
    #[inline(always)]
    pub fn within(&mut self, fault: Fault, step: Step) -> Fault {
        self.state.within(fault, step)
    }

    /// Forgets a failure, to go on after it.
    pub fn forgive(&mut self, fault: Fault) {
        self.state.forgive(fault);
    }

    /// The whole error that a fault stands for.
    #[inline(always)]
    pub fn into_error(&mut self, fault: Fault) -> Error {
        self.state.take_error(fault)
    }
}

#[cold]
#[inline(never)]
pub(super) fn here<O: Order>(kind: ErrorKind, at: u64) -> Error {
    Error::new(kind, at).in_order(O::BITS)
}

/// Of what was read from a position to another.
#[cold]
#[inline(never)]
fn at<O: Order>(kind: ErrorKind, start: u64, end: u64) -> Error {
    here::<O>(kind, start).of_bits(end.saturating_sub(start))
}

#[cold]
#[inline(never)]
fn short<O: Order>(needed: u64, end: usize, rest: usize, bit: u8) -> Error {
    let left = rest as u64 * 8 - u64::from(bit);
    let at = (end - rest) as u64 * 8 + u64::from(bit);
    here::<O>(ErrorKind::UnexpectedEnd { needed, left }, at)
}
