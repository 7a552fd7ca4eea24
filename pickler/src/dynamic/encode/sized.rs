//! What is confined to a piece of the input.

use super::elsewhere::Item;
use super::list::expect;
use super::{Dynamic, Encoder};
use crate::cursor::{Align, Fault, Order, Sink, SliceSink, Writer};
use crate::dynamic::scope::Scope;
use crate::dynamic::value::Value;
use crate::dynamic::width::{fixed_bits, greatest_count};
use crate::error::ErrorKind;
use crate::picklers::{
    Body, SizePrefix, check_at_most, fill_up_leftover, write_behind_size, write_end,
};
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
                    fill_up_leftover(start, size, w)?;
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
                self.whole(item, value, scope, w)?;
                w.goes_on();
                Ok(())
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

    /// Something behind its size.
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
        let item = Item {
            encoder: self,
            shape: item,
            value,
            scope,
        };
        let prefix = InFront {
            encoder: self,
            prefix,
            counts_itself,
            before: 0,
        };
        write_behind_size(&prefix, &Piece(item), w)
    }
}

/// Something in a piece of its own.
struct Piece<'a>(Item<'a>);

impl Body for Piece<'_> {
    fn write<S: Sink, O: Order, A: Align>(&self, w: &mut Writer<S, O, A>) -> Result<(), Fault> {
        let Item {
            encoder,
            shape,
            value,
            scope,
        } = self.0;
        encoder.whole(shape, value, scope, w.unaligned())
    }
}

/// A size in front.
pub(super) struct InFront<'a> {
    pub encoder: &'a Encoder<'a>,
    pub prefix: &'a Shape,
    pub counts_itself: bool,
    /// How many bytes that stand before it are counted, too.
    pub before: usize,
}

impl SizePrefix for InFront<'_> {
    fn counts_itself(&self) -> bool {
        self.counts_itself
    }

    fn write_total<S: Sink, O: Order, A: Align>(
        &self,
        total: usize,
        w: &mut Writer<S, O, A>,
    ) -> Result<(), Fault> {
        let w = w.unaligned();
        let total = checked(total + self.before, self.prefix, w)?;
        self.encoder.raw(self.prefix, total, w)
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
