//! What is confined to a piece of the input.

use super::list::expect;
use super::{Dynamic, Encoder};
use crate::cursor::{Fault, Order, Sink, SliceSink, Writer};
use crate::dynamic::scope::Scope;
use crate::dynamic::value::Value;
use crate::dynamic::width::{fixed_bits, greatest_count};
use crate::error::ErrorKind;
use crate::picklers::{ATTEMPTS, check_at_most, expect_size, fill_up, write_end};
use crate::schema::{Shape, Size};

impl Encoder<'_> {
    pub(super) fn sized<S: Sink, O: Order>(
        &self,
        item: &Shape,
        size: &Size,
        leftover: bool,
        value: &Value,
        scope: &Scope<'_>,
        w: Dynamic<'_, S, O>,
    ) -> Result<(), Fault> {
        match size {
            Size::Expr(size) => {
                w.expect_byte_boundary()?;
                let start = w.written();
                self.whole(item, value, scope, w)?;
                if leftover && let Some(size) = scope.eval(size) {
                    fill_up(start, size, w)?;
                }
                let written = w.written() - start;
                expect(size, written, scope, w)
            }
            Size::AtMost(most) => {
                w.expect_byte_boundary()?;
                let start = w.written();
                self.shape(item, value, scope, w)?;
                check_at_most(start, *most, w)
            }
            Size::Prefix {
                prefix,
                counts_itself,
            } => self.behind_size(item, prefix, *counts_itself, value, scope, w),
            Size::AllBut(_) => {
                w.expect_byte_boundary()?;
                self.whole(item, value, scope, w)
            }
            Size::Until { end, ending } => {
                w.expect_byte_boundary()?;
                let start = w.written();
                self.whole(item, value, scope, w)?;
                write_end(end, *ending, start, w)
            }
        }
    }

    /// Something, to the end of a byte.
    pub(super) fn whole<S: Sink, O: Order>(
        &self,
        item: &Shape,
        value: &Value,
        scope: &Scope<'_>,
        w: Dynamic<'_, S, O>,
    ) -> Result<(), Fault> {
        w.begin_piece(true);
        self.shape(item, value, scope, w)?;
        w.finish()?;
        w.end_piece()
    }

    /// Something behind its size; see `picklers::size` for the order in which
    /// that is done.
    fn behind_size<S: Sink, O: Order>(
        &self,
        item: &Shape,
        prefix: &Shape,
        counts_itself: bool,
        value: &Value,
        scope: &Scope<'_>,
        w: Dynamic<'_, S, O>,
    ) -> Result<(), Fault> {
        let fixed = fixed_bits(prefix);
        if fixed.is_some_and(|bits| bits.is_multiple_of(8)) && w.bit_offset().is_multiple_of(8) {
            let at = w.written();
            self.raw(prefix, 0, w)?;
            let behind = w.written();
            self.whole(item, value, scope, w)?;
            let from = if counts_itself { at } else { behind };
            let size = checked(w.written() - from, prefix, w)?;
            let mut place = [0; 16];
            let mut patch = Writer::<_, O>::new(SliceSink::new(&mut place));
            self.raw(prefix, size, patch.unaligned())?;
            let length = patch.written();
            drop(patch);
            w.patch(at, &place[..length]);
            return Ok(());
        }
        if S::COUNTS_ONLY && fixed.is_none() {
            let at = w.bit_offset();
            self.size_prefix(prefix, counts_itself, 0, w)?;
            let least = w.bit_offset() - at;
            let start = w.written();
            self.whole(item, value, scope, w)?;
            let size = w.written() - start;
            let mut counter = w.counter();
            let at = counter.bit_offset();
            if let Err(fault) = self.size_prefix(prefix, counts_itself, size, &mut counter) {
                return Err(w.adopt(counter.into_error(fault)));
            }
            let more = (counter.bit_offset() - at - least) / 8;
            return w.bytes(&[0; 16][..more as usize]);
        }
        let (mut size, mut width) = (0, None);
        for _ in 0..ATTEMPTS {
            let mut counter = w.counter();
            let at = counter.bit_offset();
            let measured = self
                .size_prefix(prefix, counts_itself, size, &mut counter)
                .map(|()| counter.bit_offset() - at)
                .and_then(|found| {
                    if width == Some(found) {
                        return Ok(None);
                    }
                    width = Some(found);
                    counter.expect_byte_boundary()?;
                    let start = counter.written();
                    self.whole(item, value, scope, &mut counter)?;
                    Ok(Some(counter.written() - start))
                });
            match measured {
                Ok(Some(found)) => size = found,
                Ok(None) => break,
                Err(fault) => return Err(w.adopt(counter.into_error(fault))),
            }
        }
        self.size_prefix(prefix, counts_itself, size, w)?;
        w.expect_byte_boundary()?;
        let start = w.written();
        self.whole(item, value, scope, w)?;
        expect_size(size, start, w)
    }

    fn size_prefix<S: Sink, O: Order>(
        &self,
        prefix: &Shape,
        counts_itself: bool,
        size: usize,
        w: Dynamic<'_, S, O>,
    ) -> Result<(), Fault> {
        let mut total = size;
        if !counts_itself {
            let size = checked(size, prefix, w)?;
            return self.raw(prefix, size, w);
        }
        loop {
            let found = checked(total, prefix, w)?;
            let mut counter = w.counter();
            let start = counter.bit_offset();
            if let Err(fault) = self.raw(prefix, found, &mut counter) {
                return Err(w.adopt(counter.into_error(fault)));
            }
            let width = (counter.bit_offset() - start) / 8;
            if total as u64 >= size as u64 + width {
                return self.raw(prefix, found, w);
            }
            total = size + width as usize;
        }
    }
}

fn checked<S: Sink, O: Order>(
    size: usize,
    prefix: &Shape,
    w: Dynamic<'_, S, O>,
) -> Result<u128, Fault> {
    let (length, max) = (size as u64, greatest_count(prefix));
    if length > max {
        return Err(w.fail(ErrorKind::TooLong { length, max }));
    }
    Ok(length.into())
}
