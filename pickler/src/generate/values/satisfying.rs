//! Values of which a condition must hold.

use alloc::vec::Vec;

use super::{Place, Run};
use crate::dynamic::Value;
use crate::error::{Error, ErrorKind};
use crate::generate::Choices;
use crate::schema::{Expr, Shape};

/// How often what does not satisfy its condition is made anew.
const ATTEMPTS: u32 = 8;

impl Run<'_> {
    /// Something of which a condition holds: as it was made, or what the
    /// condition mentions, or what is between and beside that.
    pub(super) fn satisfying(
        &mut self,
        item: &Shape,
        condition: &Expr,
        place: Place<'_>,
    ) -> Result<Value, Error> {
        let holds = |value: &Value| {
            *value == Value::Null || place.scope.of_item(value, item).eval(condition) == Some(1)
        };
        let mut attempt = 1;
        loop {
            let value = self.shape(item, place)?;
            if holds(&value) {
                return Ok(value);
            }
            let candidates = self.mentioned(condition, &value, place);
            let found = candidates
                .into_iter()
                .find(|it| holds(it) && self.measure(item, it, place).is_ok());
            match found {
                Some(value) => return Ok(value),
                None if attempt < ATTEMPTS => attempt += 1,
                None => {
                    return Err(Error::without_position(ErrorKind::Unsatisfied {
                        condition: crate::Text::display(condition),
                        found: None,
                    }));
                }
            }
        }
    }

    /// What a condition of a value compares it with, in any order, and what is
    /// between and beside numbers.
    fn mentioned(&mut self, condition: &Expr, value: &Value, place: Place<'_>) -> Vec<Value> {
        let mut numbers = Vec::new();
        condition.numbers(&mut numbers);
        condition.walk(&mut |it| {
            if let Expr::Binary(left, _, right) = it {
                let sides = [left, right].into_iter();
                numbers.extend(sides.filter_map(|side| place.scope.eval(side)));
            }
        });
        if !matches!(value, Value::Unsigned(_) | Value::Negative(_)) {
            numbers.clear();
        }
        let mut values = Vec::new();
        if let (Some(least), Some(most)) = (numbers.iter().min(), numbers.iter().max()) {
            let span = most.abs_diff(*least).saturating_add(2);
            let first = least.saturating_sub(1);
            values.push(first.saturating_add_unsigned(self.up_to(span)));
        }
        if !numbers.is_empty() {
            let first = self.index(numbers.len());
            numbers.rotate_left(first);
        }
        for number in numbers {
            values.extend([number, number.saturating_add(1), number.saturating_sub(1)]);
        }
        values.into_iter().map(Value::integer).collect()
    }
}
