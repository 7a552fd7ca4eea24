//! Writing values that were written before as references.

use alloc::boxed::Box;
use alloc::vec::Vec;

use super::Writer;
use crate::cursor::seen::{Key, OFFSETS, Part, Seen};
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

    /// What a value is compared by; `None` if it cannot be written.
    fn key(&mut self, body: &impl Body) -> Option<Key> {
        let mut bytes = Vec::new();
        let mut own = Writer::<_, O, Aligned>::new(VecSink::new(&mut bytes));
        own.state.set_depth_left(self.state.depth_left());
        own.state.seen = Some(Box::new(Seen::plain()));
        let result = body.write(&mut own);
        let parts = own.state.seen.take().and_then(|seen| seen.plain);
        drop(own);
        result.is_ok().then(|| Key {
            bytes,
            parts: parts.unwrap_or_default(),
        })
    }

    /// Values are written to be compared: notes that a part starts here that may
    /// be a reference, which `refer` writes.
    fn note_part(
        &mut self,
        table: &str,
        refer: impl FnOnce(&mut Writer<VecSink<'_>, O, Aligned>) -> Result<(), Fault>,
    ) {
        let mut reference = Vec::new();
        let mut own = Writer::<_, O, Aligned>::new(VecSink::new(&mut reference));
        // Those that do not fit look like none of those that do.
        let _ = refer(&mut own);
        drop(own);
        let start = self.bit_offset();
        if let Some(parts) = &mut self.seen().plain {
            parts.push(Part {
                start,
                table: table.into(),
                reference,
            });
        }
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
        self.expect_place()?;
        self.expect_byte_boundary()?;
        let key = if self.seen().plain.is_some() {
            self.note_part(OFFSETS, |w| w.unaligned().bits(mark.into(), bits));
            None
        } else {
            self.key(body)
        };
        // What is no longer than a reference is not worth one.
        let key = key.filter(|key| key.bytes.len() as u64 * 8 > u64::from(bits));
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
                self.seen().add(OFFSETS, Some(key), Some(offset), u64::MAX);
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
        self.expect_place()?;
        if self.seen().plain.is_some() {
            self.note_part(table, |w| {
                body.write_number(1, w)?;
                body.write_number(most.saturating_sub(1), w)
            });
            return body.write(self);
        }
        let key = self.key(body);
        if let Some(key) = &key
            && let Some(number) = self.seen().find(table, key)
        {
            self.expect_number(number, most)?;
            return body.write_number(number, self);
        }
        let number = self.seen().count(table);
        self.expect_number(number, most)?;
        body.write_number(number, self)?;
        body.write(self)?;
        self.seen().add(table, key, None, most);
        Ok(())
    }

    /// Another field with the same table may have more numbers than this one can
    /// say.
    fn expect_number(&mut self, number: u64, most: u64) -> Result<(), Fault> {
        if number <= most {
            return Ok(());
        }
        Err(self.fail(ErrorKind::OutOfRange {
            value: number.into(),
            min: 0,
            max: most.into(),
        }))
    }
}
