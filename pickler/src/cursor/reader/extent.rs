//! What of its input a reader has seen.

use super::Reader;
use crate::cursor::{Align, Order};

/// What of its input a reader has seen, and from where it counts.
#[derive(Clone, Copy, Debug)]
pub(super) struct Extent<'de> {
    /// All of the input.
    pub input: &'de [u8],
    /// Where the piece starts that the reader is in, in bytes.
    pub piece: usize,
    /// From where alignment is counted, in bytes: the start of the message, or
    /// of what stands elsewhere.
    pub origin: usize,
    /// The end of what was read elsewhere in the piece, in bytes; 0 if nothing
    /// was.
    pub furthest: usize,
    /// How many bytes were read elsewhere in all.
    pub visited: u64,
}

impl<'de> Extent<'de> {
    #[inline(always)]
    pub fn of(input: &'de [u8]) -> Self {
        Self {
            input,
            piece: 0,
            origin: 0,
            furthest: 0,
            visited: 0,
        }
    }

    /// As it was before; what was read counts nevertheless.
    #[inline]
    pub fn go_back(&mut self, before: Self) {
        let visited = self.visited;
        *self = Self { visited, ..before };
    }
}

impl<O: Order, A: Align> Reader<'_, O, A> {
    /// Where the cursor stands, in bits from where alignment is counted: the
    /// start of the input, or of what stands elsewhere.
    #[inline]
    pub fn alignment_offset(&self) -> u64 {
        self.bit_offset()
            .saturating_sub(self.extent.origin as u64 * 8)
    }

    /// How many bytes of the input were taken, with what stands elsewhere.
    #[inline]
    pub(crate) fn taken(&self) -> usize {
        let here = self.bit_offset().div_ceil(8) as usize;
        here.max(self.extent.furthest)
    }

    /// Goes behind what was read elsewhere, which comes behind what was read here.
    pub(super) fn go_on_elsewhere(&mut self) {
        self.rest = self
            .extent
            .input
            .get(self.extent.furthest..self.end)
            .unwrap_or_default();
        self.bit = 0;
    }
}
