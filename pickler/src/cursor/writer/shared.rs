//! Writing values that were written before as references.

use alloc::boxed::Box;
use alloc::vec::Vec;

use super::Writer;
use crate::cursor::seen::{OFFSETS, Seen};
use crate::cursor::{Align, Aligned, Fault, Order, Sink, VecSink};
use crate::error::ErrorKind;
use crate::picklers::Body;

/// A value that may be written as a reference by its number.
pub(crate) trait Numbered: Body {
    /// Writes its number.
    fn write_number<S: Sink, O: Order, A: Align>(
        &self,
        number: u64,
        w: &mut Writer<S, O, A>,
    ) -> Result<(), Fault>;
}

impl<S: Sink, O: Order, A: Align> Writer<S, O, A> {
    fn seen(&mut self) -> &mut Seen {
        self.state.seen.get_or_insert_with(Box::default)
    }

    /// What is written from now on is moved later, or no more: it has no offset
    /// that could be referred to.
    pub(crate) fn move_later(&mut self, moves: bool) {
        let moving = &mut self.state.own.moving;
        *moving = if moves {
            *moving + 1
        } else {
            moving.saturating_sub(1)
        };
    }

    /// The bytes of a value without references; `None` if it cannot be written.
    fn key(&mut self, body: &impl Body) -> Option<Vec<u8>> {
        let mut key = Vec::new();
        let mut own = Writer::<_, O, Aligned>::new(VecSink::new(&mut key));
        own.state.set_depth_left(self.state.depth_left());
        own.state.seen = Some(Box::new(Seen::plain()));
        let result = body.write(&mut own);
        drop(own);
        result.is_ok().then_some(key)
    }

    /// Writes a value, or where it was written before: `bits` of an integer,
    /// whose first byte has the bits of `mark` set.
    ///
    /// # Errors
    /// [`NotOnByteBoundary`](ErrorKind::NotOnByteBoundary);
    /// [`LooksShared`](ErrorKind::LooksShared) if the value's first byte has
    /// these bits set, too; those of what is written.
    pub(crate) fn share_by_offset(
        &mut self,
        bits: u32,
        mark: u64,
        body: &impl Body,
    ) -> Result<(), Fault> {
        self.expect_byte_boundary()?;
        let key = if self.seen().plain {
            None
        } else {
            self.key(body)
        };
        // What is no longer than a reference is not worth one.
        let key = key.filter(|key| key.len() as u64 * 8 > u64::from(bits));
        if let Some(key) = &key
            && let Some(offset) = self.seen().find(OFFSETS, key)
        {
            let value = u128::from(offset | mark);
            return self
                .as_order::<<O::Big as Order>::Msb>()
                .unaligned()
                .bits(value, bits);
        }
        let start = self.bit_offset();
        if let Some(key) = key
            && self.state.own.moving == 0
            && !self.is_elsewhere()
        {
            let offset = start / 8;
            let free = u64::MAX >> (64 - bits) & !mark;
            if offset & !free == 0 {
                self.seen().add(OFFSETS, key, Some(offset), u64::MAX);
            }
        }
        body.write(self)?;
        let first = (mark >> (bits - 8)) as u8;
        let written = self.since((start / 8) as usize);
        if !S::COUNTS_ONLY && written.first().is_some_and(|byte| byte & first == first) {
            return Err(self.fail(ErrorKind::LooksShared));
        }
        Ok(())
    }

    /// Writes the number of a value among those written before, and the value
    /// if it is a new one.
    ///
    /// # Errors
    /// Those of what is written.
    pub(crate) fn share_by_number(
        &mut self,
        table: &str,
        most: u64,
        body: &impl Numbered,
    ) -> Result<(), Fault> {
        if self.seen().plain {
            return body.write(self);
        }
        let key = self.key(body);
        if let Some(key) = &key
            && let Some(number) = self.seen().find(table, key)
        {
            return body.write_number(number, self);
        }
        let number = self.seen().count(table);
        body.write_number(number, self)?;
        body.write(self)?;
        self.seen().add(table, key.unwrap_or_default(), None, most);
        Ok(())
    }
}
