//! Budgets: depth, items, memory.

use super::Reader;
use crate::cursor::state::Fault;
use crate::cursor::{Align, Order};
use crate::error::ErrorKind;

impl<O: Order, A: Align> Reader<'_, O, A> {
    /// One level deeper; [`ascend`](Self::ascend) ends it.
    ///
    /// # Errors
    /// [`TooDeep`](ErrorKind::TooDeep) past the limit.
    #[cfg_attr(debug_assertions, inline)]
    #[cfg_attr(not(debug_assertions), inline(always))]
    pub fn descend(&mut self) -> Result<(), Fault> {
        self.state.descend(self.bit_offset())
    }

    /// Ends one level.
    #[cfg_attr(debug_assertions, inline)]
    #[cfg_attr(not(debug_assertions), inline(always))]
    pub fn ascend(&mut self) {
        self.state.ascend();
    }

    /// Charges what counts as so many items.
    pub(crate) fn spend_items(&mut self, count: u64) -> Result<(), Fault> {
        self.state.spend_items(count, self.bit_offset())
    }

    /// Checks that `count` items of at least `least_bits` each can be there.
    ///
    /// # Errors
    /// [`CountTooLarge`](ErrorKind::CountTooLarge) if the input left cannot
    /// hold them; [`TooManyEmptyItems`](ErrorKind::TooManyEmptyItems) past the
    /// budget for items that take no room, [`TooManyItems`](ErrorKind::TooManyItems)
    /// past that for all.
    #[cfg_attr(debug_assertions, inline)]
    #[cfg_attr(not(debug_assertions), inline(always))]
    pub fn expect_items(&mut self, count: u64, least_bits: u64) -> Result<(), Fault> {
        if least_bits == 0 {
            return self.state.spend_empty_items(count, self.bit_offset());
        }
        let possible = self.bits_left() / least_bits;
        if count > possible {
            let missing = count.saturating_mul(least_bits) - self.bits_left();
            self.state.lacks(missing);
            return Err(self.fail(ErrorKind::CountTooLarge { count, possible }));
        }
        self.state.spend_items(count, self.bit_offset())
    }

    /// Takes an item that no count announced from the budget for list items.
    ///
    /// # Errors
    /// [`TooManyItems`](ErrorKind::TooManyItems) past it.
    #[inline]
    pub fn expect_item(&mut self) -> Result<(), Fault> {
        self.state.spend_items(1, self.bit_offset())
    }

    /// Takes room for `count` things of `size` bytes from the budget for memory.
    ///
    /// # Errors
    /// [`TooMuchMemory`](ErrorKind::TooMuchMemory) past it.
    #[cfg_attr(debug_assertions, inline)]
    #[cfg_attr(not(debug_assertions), inline(always))]
    pub fn expect_memory(&mut self, count: u64, size: usize) -> Result<(), Fault> {
        let bytes = count.saturating_mul(size as u64);
        self.state.spend_memory(bytes, self.bit_offset())
    }

    /// How many times as much comes out of what is compressed as went in, from now
    /// on. Gives what it was before.
    #[cfg(feature = "alloc")]
    pub(crate) fn set_expansion(&mut self, expansion: u32) -> u32 {
        self.state.set_expansion(expansion)
    }

    /// Takes bytes from the budget for what is decompressed.
    #[cfg(feature = "alloc")]
    pub(crate) fn expect_decompressed(&mut self, bytes: u64) -> Result<(), Fault> {
        self.state.spend_decompressed(bytes, self.bit_offset())
    }
}
