//! Lists and tuples, and what says how much there is.

use alloc::string::ToString;
use core::cell::Cell;

use super::{Dynamic, Encoder, wrong_type};
use crate::cursor::{Fault, Order, Sink};
use crate::dynamic::scope::Scope;
use crate::dynamic::value::Value;
use crate::dynamic::width::{greatest_count, least_bits};
use crate::error::{ErrorKind, Step, has_no_value, has_wrong_count};
use crate::picklers::{check_items, has_room, misplaced_last, takes_no_room};
use crate::schema::{Count, Expr, Shape, Terminator, Until};

impl Encoder<'_> {
    #[inline(never)]
    pub(super) fn list<S: Sink, O: Order>(
        &self,
        item: &Shape,
        count: &Count,
        items: &[Value],
        scope: &Scope<'_>,
        w: Dynamic<'_, S, O>,
    ) -> Result<(), Fault> {
        let number = Cell::new(0);
        let within = &scope.of_items(&number);
        if let Count::Until(until) = count
            && let Err(kind) = check_items(items, until.ending, |item| item.means(&until.end))
        {
            return Err(w.fail(kind));
        }
        if let (Count::Last(last), false) = (count, S::COUNTS_ONLY) {
            let within = within.looking(w.looks());
            let is_last = |value: &Value, index| {
                number.set(index);
                within.of_item(value, item).eval(last)
            };
            if let Some(kind) = misplaced_last(items, is_last, || last.clone()) {
                return Err(w.fail(kind));
            }
        }
        self.count(count, items.len(), scope, w)?;
        let first = w.written();
        let counted = !matches!(count, Count::Fixed(_));
        if matches!(count, Count::Prefix(_) | Count::Expr(_)) {
            w.expect_items(items.len(), least_bits(self.schema, item))?;
        }
        if counted {
            w.descend()?;
        }
        for (index, value) in items.iter().enumerate() {
            let start = w.bit_offset();
            number.set(index as u64);
            let mut result = self.shape(item, value, within, w);
            if *count == Count::Rest && result.is_ok() && w.bit_offset() == start {
                result = Err(w.fail(takes_no_room()));
            }
            if let Err(fault) = result {
                return Err(w.within(fault, Step::Item(index as u64)));
            }
        }
        if counted {
            w.ascend();
        }
        match count {
            Count::Until(until) => self.end(item, until, first, scope, w),
            Count::Rest => {
                w.goes_on();
                Ok(())
            }
            _ => Ok(()),
        }
    }

    /// What ends the items that were written from `first` on.
    fn end<S: Sink, O: Order>(
        &self,
        item: &Shape,
        until: &Until,
        first: usize,
        scope: &Scope<'_>,
        w: Dynamic<'_, S, O>,
    ) -> Result<(), Fault> {
        if until.ending.terminator != Terminator::Taken {
            return Ok(());
        }
        if let Some(room) = &until.room {
            let mut counter = w.counter();
            let at = counter.bit_offset();
            if let Err(fault) = self.shape(item, &until.end, scope, counter.unaligned()) {
                let error = counter.into_error(fault);
                return Err(w.adopt(error));
            }
            let end = counter.bit_offset() - at;
            if !has_room(scope.eval(room), w.written() - first, end) {
                return Ok(());
            }
        }
        self.shape(item, &until.end, scope, w)
    }

    pub(super) fn tuple<S: Sink, O: Order>(
        &self,
        shapes: &[Shape],
        value: &Value,
        scope: &Scope<'_>,
        w: Dynamic<'_, S, O>,
    ) -> Result<(), Fault> {
        let values = match value {
            Value::List(values) if values.len() == shapes.len() => values.as_slice(),
            Value::Null if shapes.is_empty() => &[],
            other => {
                let expected = alloc::format!("a list of {}", shapes.len());
                return Err(wrong_type(expected, other, w));
            }
        };
        for (index, (shape, value)) in shapes.iter().zip(values).enumerate() {
            if let Err(fault) = self.shape(shape, value, scope, w) {
                return Err(w.within(fault, Step::Field(index.to_string().into())));
            }
        }
        Ok(())
    }

    pub(super) fn count<S: Sink, O: Order>(
        &self,
        count: &Count,
        length: usize,
        scope: &Scope<'_>,
        w: Dynamic<'_, S, O>,
    ) -> Result<(), Fault> {
        match count {
            Count::Until(_) | Count::Last(_) | Count::Rest => Ok(()),
            Count::Expr(expr) => expect(expr, length, scope, w),
            Count::Fixed(fixed) if length as u64 == *fixed => Ok(()),
            Count::Fixed(fixed) => Err(w.fail(ErrorKind::WrongType {
                expected: alloc::format!("{fixed} items").into(),
                found: length.to_string().into(),
            })),
            Count::Prefix(prefix) => {
                let max = greatest_count(prefix);
                if length as u64 > max {
                    let length = length as u64;
                    return Err(w.fail(ErrorKind::TooLong { length, max }));
                }
                self.shape(prefix, &Value::Unsigned(length as u128), scope, w)
            }
        }
    }
}

/// Checks that there is as much as an expression gives.
pub(super) fn expect<S: Sink, O: Order>(
    expr: &Expr,
    found: usize,
    scope: &Scope<'_>,
    w: Dynamic<'_, S, O>,
) -> Result<(), Fault> {
    if S::COUNTS_ONLY {
        // What follows from sizes is not known yet.
        return Ok(());
    }
    let Some(expected) = scope.eval(expr) else {
        return Err(w.fail(has_no_value(expr)));
    };
    let found = i128::try_from(found).unwrap_or(i128::MAX);
    if found == expected {
        Ok(())
    } else {
        Err(w.fail(has_wrong_count(expected, found, expr)))
    }
}
