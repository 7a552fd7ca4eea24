//! Lists and tuples, and what says how much there is.

use alloc::string::ToString;

use super::{Dynamic, Encoder, wrong_type};
use crate::cursor::{Fault, Order, Sink};
use crate::dynamic::scope::Scope;
use crate::dynamic::value::Value;
use crate::dynamic::width::{greatest_count, least_bits};
use crate::error::{ErrorKind, Step, has_no_value};
use crate::picklers::{misplaced_last, takes_no_room};
use crate::schema::{Count, Expr, Shape};

impl Encoder<'_> {
    pub(super) fn list<S: Sink, O: Order>(
        &self,
        item: &Shape,
        count: &Count,
        items: &[Value],
        scope: &Scope<'_>,
        w: Dynamic<'_, S, O>,
    ) -> Result<(), Fault> {
        if let Count::Until(end) = count
            && let Some(unit) = items.iter().position(|item| item.means(end))
        {
            let unit = unit as u64;
            return Err(w.fail(ErrorKind::HoldsTerminator { unit }));
        }
        if let (Count::Last(last), false) = (count, S::COUNTS_ONLY) {
            let is_last = |value: &Value| scope.of_item(value, item).eval(last);
            if let Some(kind) = misplaced_last(items, is_last, || last.clone()) {
                return Err(w.fail(kind));
            }
        }
        self.count(count, items.len(), scope, w)?;
        let counted = !matches!(count, Count::Fixed(_));
        if matches!(count, Count::Prefix(_) | Count::Expr(_)) {
            w.expect_items(items.len(), least_bits(self.schema, item))?;
        }
        if counted {
            w.descend()?;
        }
        for (index, value) in items.iter().enumerate() {
            let start = w.bit_offset();
            let mut result = self.shape(item, value, scope, w);
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
            Count::Until(end) => self.shape(item, end, scope, w),
            Count::Rest => {
                w.goes_on();
                Ok(())
            }
            _ => Ok(()),
        }
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
        Err(w.fail(ErrorKind::WrongDerived { expected, found }))
    }
}
