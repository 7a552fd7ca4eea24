//! Where the cursor stands, and what is left.

use super::Reader;
use super::extent::Extent;
#[cfg(feature = "alloc")]
use crate::cursor::seen::SeenMark;
use crate::cursor::state::Fault;
use crate::cursor::{Align, BitOrder, Order};

/// A position to come back to; see [`Reader::mark`].
#[derive(Clone, Copy, Debug)]
pub struct Mark<'de> {
    pub(super) rest: &'de [u8],
    pub(super) end: usize,
    pub(super) bit: u8,
    pub(super) begun: BitOrder,
    extent: Extent<'de>,
    depth: u32,
    open: bool,
    #[cfg(feature = "alloc")]
    seen: SeenMark,
}

impl<'de, O: Order, A: Align> Reader<'de, O, A> {
    /// Where the cursor stands, in bits from the start of the input.
    #[inline]
    pub fn bit_offset(&self) -> u64 {
        (self.end - self.rest.len()) as u64 * 8 + u64::from(self.bit)
    }

    /// Where the cursor stands, in whole bytes from the start of the input.
    #[inline]
    pub fn byte_offset(&self) -> usize {
        self.end - self.rest.len()
    }

    /// How many bits are left in the piece that the cursor is in.
    #[inline]
    pub fn bits_left(&self) -> u64 {
        self.rest.len() as u64 * 8 - u64::from(self.bit)
    }

    /// How many whole bytes are left in the piece that the cursor is in.
    #[inline]
    pub fn bytes_left(&self) -> usize {
        if A::ALIGNED || self.bit == 0 {
            self.rest.len()
        } else {
            self.rest.len() - 1
        }
    }

    /// What is left, when the cursor stands on a byte boundary.
    #[inline]
    pub fn rest(&self) -> &'de [u8] {
        self.rest
    }

    /// How many bytes more, at the least, were needed where the input ended
    /// that is [`open`](Self::open); `None` where nothing was.
    pub fn missing(&self) -> Option<u64> {
        self.state.missing()
    }

    /// Checks that the piece that the cursor is in has an end: the input that
    /// is [`open`](Self::open) has none yet. To be asked before something takes
    /// all that is left.
    ///
    /// # Errors
    /// [`UnexpectedEnd`](crate::ErrorKind::UnexpectedEnd) if it has none.
    #[inline]
    pub fn expect_end(&mut self) -> Result<(), Fault> {
        if self.state.is_open() {
            return Err(self.short(self.bits_left() + 8));
        }
        Ok(())
    }

    /// Whether `bits` more are left. Where fewer are, the piece must have an
    /// end, as for [`expect_end`](Self::expect_end).
    ///
    /// # Errors
    /// [`UnexpectedEnd`](crate::ErrorKind::UnexpectedEnd) if it has none.
    #[inline]
    pub fn has_bits(&mut self, bits: u64) -> Result<bool, Fault> {
        if self.bits_left() >= bits {
            return Ok(true);
        }
        if self.state.is_open() {
            return Err(self.short(bits));
        }
        Ok(false)
    }

    /// Goes past so many bits, whatever they are.
    ///
    /// # Errors
    /// [`UnexpectedEnd`](crate::ErrorKind::UnexpectedEnd) if fewer are left.
    #[inline(always)]
    pub fn skip(&mut self, bits: u64) -> Result<(), Fault> {
        if self.bits_left() < bits {
            return Err(self.short(bits));
        }
        let behind = u64::from(self.bit) + bits;
        // Fits: there are as many bytes.
        self.rest = self.rest.get((behind / 8) as usize..).unwrap_or_default();
        self.bit = (behind % 8) as u8;
        if self.bit > 0 {
            self.begun = O::BITS;
        }
        Ok(())
    }

    /// Goes forward to a position behind, in bits from the start of the input;
    /// no farther than to the end of the piece.
    #[cfg(feature = "alloc")]
    pub(crate) fn advance_to(&mut self, bit_offset: u64) {
        let byte = usize::try_from(bit_offset / 8).unwrap_or(usize::MAX);
        let count = byte.saturating_sub(self.byte_offset());
        self.rest = self.rest.get(count..).unwrap_or_default();
        self.begun = O::BITS;
        self.bit = if self.rest.is_empty() {
            0
        } else {
            (bit_offset % 8) as u8
        };
    }

    /// The position, to come back to after trying something.
    #[inline]
    pub fn mark(&self) -> Mark<'de> {
        Mark {
            rest: self.rest,
            end: self.end,
            bit: self.bit,
            begun: self.begun,
            extent: self.extent,
            depth: self.state.depth_left(),
            open: self.state.is_open(),
            #[cfg(feature = "alloc")]
            seen: match &self.state.seen {
                Some(seen) => seen.mark(),
                None => SeenMark::default(),
            },
        }
    }

    /// Goes back to a position and the depth that it had.
    #[inline]
    pub fn reset(&mut self, mark: Mark<'de>) {
        self.rest = mark.rest;
        self.end = mark.end;
        self.bit = mark.bit;
        self.begun = mark.begun;
        self.extent.go_back(mark.extent);
        self.state.set_depth_left(mark.depth);
        self.state.set_open(mark.open);
        #[cfg(feature = "alloc")]
        if let Some(seen) = &mut self.state.seen {
            seen.go_back(mark.seen);
        }
    }
}
