//! Reading values that may be references to what was read before.

use alloc::boxed::Box;
use core::mem;

use super::Reader;
use crate::cursor::seen::{ReadValue, Seen};
use crate::cursor::{Align, BitOrder, Fault, Order};
use crate::error::ErrorKind;

/// Where a reader goes on when it has read what a reference leads to.
struct Before<'de> {
    rest: &'de [u8],
    end: usize,
    bit: u8,
    begun: BitOrder,
    open: bool,
}

impl<'de, O: Order, A: Align> Reader<'de, O, A> {
    fn seen(&mut self) -> &mut Seen {
        self.state.seen.get_or_insert_with(Box::default)
    }

    /// What was seen in what stands elsewhere is seen only there.
    pub(super) fn replace_seen(&mut self, seen: Option<Box<Seen>>) -> Option<Box<Seen>> {
        mem::replace(&mut self.state.seen, seen)
    }

    /// Reads a value, or a reference to one by its offset: `bits` of an integer
    /// whose first byte has the bits of `mark` set, which no value's has.
    ///
    /// # Errors
    /// [`NotOnByteBoundary`](ErrorKind::NotOnByteBoundary);
    /// [`NotSeen`](ErrorKind::NotSeen) if the offset does not lead to what
    /// stands in front, and those of [`visit`](Self::visit).
    pub(crate) fn shared_by_offset<T>(
        &mut self,
        bits: u32,
        mark: u64,
        read: &dyn Fn(&mut Self) -> Result<T, Fault>,
    ) -> Result<T, Fault> {
        // Nothing but a byte boundary is asked for.
        self.bytes(0)?;
        let at = self.bit_offset();
        let here = self.byte_offset();
        let outer = self.seen().limit;
        let limit = outer.unwrap_or(here);
        let first = (mark >> (bits - 8)) as u8;
        if self.peek::<1>().is_none_or(|[byte]| byte & first != first) {
            self.seen().limit = Some(limit);
            let value = read(self)?;
            self.seen().limit = outer;
            return Ok(value);
        }
        let found = self
            .as_order::<<O::Big as Order>::Msb>()
            .unaligned()
            .bits(bits)? as u64
            & !mark;
        let offset = usize::try_from(found).unwrap_or(usize::MAX);
        if offset >= limit {
            let seen = limit as u64;
            return Err(self.fail_at(at, ErrorKind::NotSeen { found, seen }));
        }
        self.seen().limit = Some(offset);
        let before = self.go_back_to(offset as u64 * 8, limit)?;
        // A reference may lead to a reference.
        let value = self.shared_by_offset(bits, mark, read)?;
        self.return_to(before, offset);
        self.seen().limit = outer;
        Ok(value)
    }

    /// Reads the number of a value among those seen before, and the value if it
    /// is a new one. The table holds at most so many.
    ///
    /// # Errors
    /// [`NotSeen`](ErrorKind::NotSeen) if there is no such value, and those of
    /// [`visit`](Self::visit).
    pub(crate) fn shared_by_number<T>(
        &mut self,
        table: &str,
        most: u64,
        number: impl FnOnce(&mut Self) -> Result<u64, Fault>,
        read: impl FnOnce(&mut Self) -> Result<T, Fault>,
    ) -> Result<T, Fault> {
        let at = self.bit_offset();
        let found = number(self)?;
        let start = self.bit_offset();
        let now = self.seen().now;
        let seen = self.seen().read_table(table).count(now);
        if found == seen {
            let value = read(self)?;
            self.expect_memory(1, size_of::<ReadValue>())?;
            self.seen().add_read(table, start, now, most);
            return Ok(value);
        }
        let known = self.seen().read_table(table).get(found);
        let Some(known) = known.filter(|_| found < seen) else {
            return Err(self.fail_at(at, ErrorKind::NotSeen { found, seen }));
        };
        self.seen().now = known.begun;
        // The last byte may be begun by what comes behind.
        let limit = start.div_ceil(8) as usize;
        let before = self.go_back_to(known.start, limit)?;
        let value = read(self)?;
        self.return_to(before, (known.start / 8) as usize);
        self.seen().now = now;
        Ok(value)
    }

    /// Goes back to a bit of the input, to read no farther than to the byte
    /// `end`.
    fn go_back_to(&mut self, place: u64, end: usize) -> Result<Before<'de>, Fault> {
        self.expect_elsewhere()?;
        self.descend()?;
        let before = Before {
            rest: self.rest,
            end: self.end,
            bit: self.bit,
            begun: self.begun,
            open: self.state.close(),
        };
        let byte = (place / 8) as usize;
        self.rest = self.extent.input.get(byte..end).unwrap_or_default();
        self.end = end;
        self.bit = (place % 8) as u8;
        self.begun = O::BITS;
        Ok(before)
    }

    #[expect(clippy::needless_pass_by_value, reason = "one returns once")]
    fn return_to(&mut self, before: Before<'de>, from: usize) {
        let size = self.byte_offset().saturating_sub(from) as u64;
        self.extent.visited = self.extent.visited.saturating_add(size.max(1));
        self.rest = before.rest;
        self.end = before.end;
        self.bit = before.bit;
        self.begun = before.begun;
        self.state.set_open(before.open);
        self.ascend();
    }
}
