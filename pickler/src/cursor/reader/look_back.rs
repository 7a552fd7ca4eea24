//! Looking at what was read or written.

use core::marker::PhantomData;

use super::extent::Extent;
use super::{Mark, Reader};
use crate::cursor::state::{OfReader, State};
use crate::cursor::{Align, Aligned, BitOrder, Order};

impl<'de, O: Order, A: Align> Reader<'de, O, A> {
    /// A cursor over what was read since, in whole bytes. [`join`](Self::join)
    /// gives back what is left of the budgets.
    pub(crate) fn look_back(&mut self, mark: Mark<'de>) -> Reader<'de, O, Aligned> {
        let end = self.bit_offset().div_ceil(8) as usize;
        let count = end.saturating_sub(mark.end - mark.rest.len());
        Reader {
            rest: mark.rest.get(..count).unwrap_or(mark.rest),
            end,
            bit: mark.bit,
            begun: mark.begun,
            extent: self.extent,
            state: self.state.fork(),
            orders: PhantomData,
        }
    }

    /// A cursor over bytes from the one that holds the bit `start` on.
    pub(in crate::cursor) fn from_bit(
        bytes: &'de [u8],
        start: u64,
        begun: BitOrder,
        state: State<OfReader>,
    ) -> Reader<'de, O, Aligned> {
        Reader {
            rest: bytes,
            end: (start / 8) as usize + bytes.len(),
            // Fits: below 8.
            bit: if bytes.is_empty() {
                0
            } else {
                (start % 8) as u8
            },
            begun,
            extent: Extent::of(bytes),
            state,
            orders: PhantomData,
        }
    }

    /// A cursor over other bytes, with the budgets of this one.
    /// [`join`](Self::join) gives back what is left of them.
    pub(crate) fn over<'a>(&self, bytes: &'a [u8]) -> Reader<'a, O, Aligned> {
        Reader {
            rest: bytes,
            end: bytes.len(),
            bit: 0,
            begun: O::BITS,
            extent: Extent::of(bytes),
            state: self.state.fork(),
            orders: PhantomData,
        }
    }

    /// Ends another cursor that had the budgets of this one.
    pub(crate) fn join<B: Align>(&mut self, other: &Reader<'_, O, B>) {
        self.state.join(&other.state);
    }
}
