//! Values of which a condition must hold.

use alloc::string::String;
use alloc::vec::Vec;

use super::{Place, Run};
use crate::cursor::Looks;
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
        let scope = place.scope.looking(Looks::LATER);
        let holds = |value: &Value| {
            *value == Value::Null || scope.of_item(value, item).eval(condition) == Some(1)
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
        let mut values = self.literals(condition, value);
        if !matches!(value, Value::Unsigned(_) | Value::Negative(_)) {
            return values;
        }
        if let (Some(least), Some(most)) = (numbers.iter().min(), numbers.iter().max()) {
            let span = most.abs_diff(*least).saturating_add(2);
            let first = least.saturating_sub(1);
            let between = first.saturating_add_unsigned(self.up_to(span));
            values.push(Value::integer(between));
        }
        if !numbers.is_empty() {
            let first = self.index(numbers.len());
            numbers.rotate_left(first);
        }
        for number in numbers {
            let beside = [number, number.saturating_add(1), number.saturating_sub(1)];
            values.extend(beside.map(Value::integer));
        }
        values
    }

    /// The texts, bytes and floats that a condition of a value compares it with,
    /// in any order, and what is a little more than each, or between two.
    pub(super) fn literals(&mut self, condition: &Expr, value: &Value) -> Vec<Value> {
        let mut literals = Vec::new();
        condition.literals(&mut literals);
        if literals.is_empty() {
            return literals;
        }
        let first = self.index(literals.len());
        literals.rotate_left(first);
        let mut values = Vec::new();
        let mut before = None;
        for literal in literals {
            match (literal, value) {
                (Value::Float(float), Value::Float(_)) => {
                    let float = float.get();
                    let other = before.replace(float).unwrap_or(float + 1.0);
                    // Sums of few bits: they fit an `f32`, too.
                    let sixteenth = f64::from(self.up_to(16) as u8) / 16.0;
                    values.push(Value::Float((float + (other - float) * sixteenth).into()));
                    values.extend(
                        [float, float + 0.5, float - 0.5].map(|it| Value::Float(it.into())),
                    );
                }
                (literal, value) => {
                    let units = match &literal {
                        Value::Text(text) => text.as_bytes().to_vec(),
                        Value::Bytes(bytes) => bytes.to_vec(),
                        _ => continue,
                    };
                    let last = self.byte();
                    let more = [&units[..], &[last]].concat();
                    values.extend([units, more].into_iter().filter_map(|it| like(value, it)));
                }
            }
        }
        values
    }
}

/// Bytes as a value of the same kind as another.
fn like(value: &Value, bytes: Vec<u8>) -> Option<Value> {
    Some(match value {
        Value::Text(_) => Value::Text(String::from_utf8(bytes).ok()?),
        Value::Bytes(_) => Value::Bytes(bytes.into()),
        Value::List(_) => Value::List(bytes.into_iter().map(Value::from).collect()),
        _ => return None,
    })
}
