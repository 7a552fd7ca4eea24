//! Lists and tuples, and what says how much there is.

use alloc::string::ToString;
use alloc::vec::Vec;
use core::cell::Cell;

use super::{Decoder, Dynamic};
use crate::cursor::{Fault, Order, Outer};
use crate::dynamic::build::FIRST_CAPACITY;
use crate::dynamic::frame::{Frame, Held};
use crate::dynamic::scope::Scope;
use crate::dynamic::trace::{Role, Watch};
use crate::dynamic::value::Value;
use crate::dynamic::width::{greatest_count, least_bits};
use crate::error::{ErrorKind, Step, has_no_value};
use crate::schema::{Count, Expr, Shape, Terminator, Until};

impl<W: Watch> Decoder<'_, W> {
    #[inline(never)]
    pub(super) fn list<O: Order>(
        &self,
        item: &Shape,
        count: &Count,
        scope: &Scope<'_>,
        r: Dynamic<'_, '_, O>,
    ) -> Result<Value, Fault> {
        let number = Cell::new(0);
        let within = &scope.of_items(&number);
        if *count == Count::Rest {
            let mut values = Vec::new();
            r.expect_end()?;
            let start = r.bit_offset();
            r.descend()?;
            // Less than a byte is what pads the last one.
            while r.bits_left() >= 8 {
                let before = r.bit_offset();
                let index = values.len() as u64;
                r.expect_items(1, 1)?;
                r.expect_memory(1, size_of::<Value>())?;
                self.watch.enter(|| Step::Item(index));
                number.set(index);
                match self.shape(item, within, r) {
                    Ok(value) => values.push(value),
                    Err(fault) => {
                        self.watch.failed(|| Frame {
                            start,
                            shape: core::ptr::from_ref(item).addr(),
                            at: before,
                            held: Held::Items { count: 0, values },
                        });
                        return Err(r.within(fault, Step::Item(index)));
                    }
                }
                self.watch.leave();
                if r.bit_offset() == before {
                    r.expect_items(1, 0)?;
                }
            }
            r.ascend();
            return Ok(Value::List(values));
        }
        if let Count::Until(until) = count {
            return self.list_until(item, until, (within, &number), r);
        }
        if let Count::Last(last) = count {
            return self.list_to_last(item, last, (within, &number), r);
        }
        let start = r.bit_offset();
        let shape = core::ptr::from_ref(item).addr();
        let counted = !matches!(count, Count::Fixed(_));
        let (count, mut values) = if let Some(before) = self.items_before(shape, start, r) {
            before
        } else {
            let count = self.expect_list(item, count, scope, r)?;
            // Fits, where it is no more than the bytes that are left.
            let first = count.min(r.bytes_left() as u64) as usize;
            (count, Vec::with_capacity(first.min(FIRST_CAPACITY)))
        };
        if counted {
            r.descend()?;
        }
        for index in values.len() as u64..count {
            let at = r.bit_offset();
            self.watch.enter(|| Step::Item(index));
            number.set(index);
            let result = match item {
                Shape::Integer { bits, signed } => {
                    self.push_integer(*bits, *signed, &mut values, r)
                }
                item => self.shape(item, within, r).map(|value| values.push(value)),
            };
            match result {
                Ok(()) => {}
                Err(fault) => {
                    self.watch.failed(|| Frame {
                        start,
                        shape,
                        at,
                        held: Held::Items { count, values },
                    });
                    return Err(r.within(fault, Step::Item(index)));
                }
            }
            self.watch.leave();
        }
        if counted {
            r.ascend();
        }
        Ok(Value::List(values))
    }

    /// How many items come now, for which there must be room.
    pub(super) fn expect_list<O: Order>(
        &self,
        item: &Shape,
        count: &Count,
        scope: &Scope<'_>,
        r: Dynamic<'_, '_, O>,
    ) -> Result<u64, Fault> {
        let items = self.count(count, scope, 1, r)?;
        // An array's items are there by declaration, a list's by the count.
        if !matches!(count, Count::Fixed(_)) {
            r.expect_items(items, least_bits(self.schema, item))?;
        }
        r.expect_memory(items, size_of::<Value>())?;
        Ok(items)
    }

    /// Items to the one that ends them.
    fn list_until<O: Order>(
        &self,
        item: &Shape,
        until: &Until,
        (scope, number): (&Scope<'_>, &Cell<u64>),
        r: Dynamic<'_, '_, O>,
    ) -> Result<Value, Fault> {
        let start = r.bit_offset();
        let shape = core::ptr::from_ref(item).addr();
        let before = self.items_before(shape, start, r);
        let mut values = before.map_or_else(Vec::new, |(_, values)| values);
        let Until { end, ending, .. } = until;
        let unit = least_bits(self.schema, item);
        r.descend()?;
        loop {
            // Less than a byte is what pads the last one.
            if ending.or_end && !r.has_bits(unit.max(8))? {
                break;
            }
            let (mark, told) = (r.mark(), self.watch.mark());
            let at = r.bit_offset();
            let index = values.len() as u64;
            self.watch.enter(|| Step::Item(index));
            number.set(index);
            let value = match self.shape(item, scope, r) {
                Ok(value) => value,
                Err(fault) => {
                    self.watch.failed(|| Frame {
                        start,
                        shape,
                        at,
                        held: Held::Items { count: 0, values },
                    });
                    return Err(r.within(fault, Step::Item(index)));
                }
            };
            self.watch.leave();
            let ends = value == *end;
            if !ends || ending.terminator == Terminator::Kept {
                r.expect_item()?;
                r.expect_memory(1, size_of::<Value>())?;
                values.push(value);
            }
            if ends {
                if ending.terminator == Terminator::Left {
                    r.reset(mark);
                    self.watch.forget(told);
                }
                break;
            }
            if r.bit_offset() == at {
                r.expect_items(1, 0)?;
            }
        }
        r.ascend();
        Ok(Value::List(values))
    }

    /// Items to the one for which an expression holds.
    fn list_to_last<O: Order>(
        &self,
        item: &Shape,
        last: &Expr,
        (scope, number): (&Scope<'_>, &Cell<u64>),
        r: Dynamic<'_, '_, O>,
    ) -> Result<Value, Fault> {
        let start = r.bit_offset();
        let shape = core::ptr::from_ref(item).addr();
        let before = self.items_before(shape, start, r);
        let mut values = before.map_or_else(Vec::new, |(_, values)| values);
        r.descend()?;
        loop {
            let at = r.bit_offset();
            let index = values.len() as u64;
            self.watch.enter(|| Step::Item(index));
            number.set(index);
            let value = match self.shape(item, scope, r) {
                Ok(value) => value,
                Err(fault) => {
                    self.watch.failed(|| Frame {
                        start,
                        shape,
                        at,
                        held: Held::Items { count: 0, values },
                    });
                    return Err(r.within(fault, Step::Item(index)));
                }
            };
            let Some(is_last) = scope.of_item(&value, item).eval(last) else {
                let fault = r.fail_at(at, has_no_value(last));
                return Err(r.within(fault, Step::Item(index)));
            };
            self.watch.leave();
            r.expect_item()?;
            r.expect_memory(1, size_of::<Value>())?;
            values.push(value);
            if is_last != 0 {
                break;
            }
            if r.bit_offset() == at {
                r.expect_items(1, 0)?;
            }
        }
        r.ascend();
        Ok(Value::List(values))
    }

    /// The items that were read before the input was short, if it was: then
    /// the reader stands behind them.
    fn items_before<O: Order>(
        &self,
        shape: usize,
        start: u64,
        r: Dynamic<'_, '_, O>,
    ) -> Option<(u64, Vec<Value>)> {
        let Frame { at, held, .. } = self.watch.resumed(shape, start)?;
        let Held::Items { count, values } = held else {
            return None;
        };
        r.advance_to(at);
        Some((count, values))
    }

    pub(super) fn tuple<O: Order>(
        &self,
        items: &[Shape],
        scope: &Scope<'_>,
        r: Dynamic<'_, '_, O>,
    ) -> Result<Value, Fault> {
        let start = r.bit_offset();
        let shape = items.as_ptr().addr();
        let before = self.items_before(shape, start, r);
        let mut values = if let Some((_, values)) = before {
            values
        } else {
            r.expect_memory(items.len() as u64, size_of::<Value>())?;
            Vec::with_capacity(items.len())
        };
        for (index, item) in items.iter().enumerate().skip(values.len()) {
            let step = || Step::Field(index.to_string().into());
            let at = r.bit_offset();
            self.watch.enter(step);
            match self.shape(item, scope, r) {
                Ok(value) => values.push(value),
                Err(fault) => {
                    self.watch.failed(|| Frame {
                        start,
                        shape,
                        at,
                        held: Held::Items { count: 0, values },
                    });
                    return Err(r.within(fault, step()));
                }
            }
            self.watch.leave();
        }
        Ok(Value::List(values))
    }

    /// How many units of `unit_bits` come now.
    pub(super) fn count<O: Order>(
        &self,
        count: &Count,
        scope: &Scope<'_>,
        unit_bits: u64,
        r: Dynamic<'_, '_, O>,
    ) -> Result<u64, Fault> {
        match count {
            // They are not counted: who reads them looks for the end.
            Count::Until(_) | Count::Last(_) => Ok(0),
            Count::Fixed(count) => Ok(*count),
            Count::Rest => {
                r.expect_end()?;
                Ok(r.bits_left() / unit_bits.max(1))
            }
            Count::Prefix(prefix) => self.number_in_front(prefix, r),
            Count::Expr(expr) => eval_count(expr, scope, r),
        }
    }

    /// A number in front of what it says something of.
    pub(super) fn number_in_front<O: Order>(
        &self,
        prefix: &Shape,
        r: Dynamic<'_, '_, O>,
    ) -> Result<u64, Fault> {
        let at = r.bit_offset();
        let value = self.unwatched(prefix, r)?;
        self.watch
            .part::<O>(at..r.bit_offset(), || Role::Count, &value);
        match value.as_u64() {
            Some(count) => Ok(count),
            None => Err(r.fail_at(at, no_size(&value, prefix))),
        }
    }

    /// Leaves the piece that a value should take up.
    pub(super) fn leave<'de, O: Order>(
        &self,
        value: Value,
        outer: Outer<'de>,
        r: Dynamic<'_, 'de, O>,
    ) -> Result<Value, Fault> {
        match r.leave(outer) {
            Ok(()) => Ok(value),
            Err(fault) => {
                self.watch.failed(|| Frame::whole(value));
                Err(fault)
            }
        }
    }
}

/// The refusal of what is read of a prefix and says no count or size.
#[cold]
pub(super) fn no_size(value: &Value, prefix: &Shape) -> ErrorKind {
    ErrorKind::OutOfRange {
        value: value.as_i128().unwrap_or(i128::MAX),
        min: 0,
        max: greatest_count(prefix).into(),
    }
}

/// The count or size that an expression gives.
pub(super) fn eval_count<O: Order>(
    expr: &Expr,
    scope: &Scope<'_>,
    r: Dynamic<'_, '_, O>,
) -> Result<u64, Fault> {
    let Some(value) = scope.eval(expr) else {
        return Err(r.fail(has_no_value(expr)));
    };
    u64::try_from(value).map_err(|_| {
        let (min, max) = (0, u64::MAX.into());
        r.fail(ErrorKind::OutOfRange { value, min, max })
    })
}
