//! Lists, and how long things are.

use alloc::vec::Vec;
use core::cell::Cell;

use super::{Place, Run};
use crate::cursor::Looks;
use crate::dynamic::{Value, greatest_count, least_bits};
use crate::error::Error;
use crate::generate::Choices;
use crate::schema::{Count, Ending, Expr, Shape, Size, Terminator};

impl Run<'_> {
    /// How many units of `unit_bits` something has.
    pub(super) fn count(&mut self, count: &Count, place: Place<'_>, unit_bits: u64) -> u64 {
        let free = |max: u64| max.min(self.units.into());
        let most = match count {
            Count::Fixed(count) => return *count,
            Count::Prefix(prefix) => free(greatest_count(prefix)),
            Count::Expr(expr) => {
                let given = place.scope.eval(expr);
                match given.map(u64::try_from) {
                    // A few are always made: the fields cannot always be changed.
                    Some(Ok(given)) if given <= free(u64::MAX).max(16) => {
                        self.spend(given);
                        return given;
                    }
                    // The fields that it looks at are changed to fit.
                    _ => free(u64::MAX),
                }
            }
            Count::Until(until) if place.bytes.is_some() => {
                let units = place.bytes.unwrap_or(0).saturating_mul(8) / unit_bits.max(1);
                let end = until.bytes().len().max(1) as u64;
                // Without room for what ends it, the end of the piece may.
                let alone = until.room.is_some() && self.up_to(1) == 1;
                return if alone {
                    units
                } else {
                    units.saturating_sub(end)
                };
            }
            Count::Until(_) | Count::Last(_) => free(u64::MAX),
            Count::Rest => match place.bytes {
                Some(bytes) => return bytes.saturating_mul(8) / unit_bits.max(1),
                None => free(u64::MAX),
            },
        };
        let length = match self.up_to(15) {
            0..=10 => self.up_to(most.min(4).into()),
            11..=13 => self.up_to(most.min(20).into()),
            14 => self.up_to(most.into()),
            _ => most.into(),
        };
        // Fits: it is `most`, a `u64`, at most.
        let length = length as u64;
        self.spend(length);
        length
    }

    pub(super) fn spend(&mut self, units: u64) {
        let units = u32::try_from(units).unwrap_or(u32::MAX);
        self.units = self.units.saturating_sub(units);
    }

    pub(super) fn list(
        &mut self,
        item: &Shape,
        count: &Count,
        place: Place<'_>,
    ) -> Result<Value, Error> {
        let inner = place.inside();
        if let (Count::Rest, Some(bytes)) = (count, place.bytes) {
            return self.items_of(bytes.saturating_mul(8), item, inner);
        }
        let fixed = matches!(count, Count::Fixed(_));
        if !fixed && self.generator.heights.of(item) > place.depth {
            return Ok(Value::List(Vec::new()));
        }
        let unit = least_bits(&self.generator.schema, item);
        let length = self.count(count, place, unit);
        self.expect_units(length)?;
        let number = Cell::new(0);
        let inner = Place {
            scope: place.scope.of_items(&number),
            ..inner
        };
        if let Count::Last(last) = count {
            return self.items_to_last(item, last, length, (inner, &number));
        }
        let mut items = Vec::new();
        for _ in 0..length {
            number.set(items.len() as u64);
            let value = self.shape(item, inner)?;
            if matches!(count, Count::Until(until) if value == until.end) {
                continue;
            }
            // To the end of the input, what takes no room is not seen.
            if *count != Count::Rest || self.measure(item, &value, inner)? > 0 {
                items.push(value);
            }
        }
        if let Count::Until(until) = count
            && until.ending.terminator == Terminator::Kept
        {
            items.push(until.end.clone());
        }
        Ok(Value::List(items))
    }

    /// Items of which the last is one that ends them, and no other.
    fn items_to_last(
        &mut self,
        item: &Shape,
        last: &Expr,
        length: u64,
        (place, number_of_item): (Place<'_>, &Cell<u64>),
    ) -> Result<Value, Error> {
        let mut items = Vec::new();
        let mut numbers = Vec::from([0, 1]);
        last.numbers(&mut numbers);
        for attempt in 0..length.saturating_add(64) {
            number_of_item.set(items.len() as u64);
            let mut value = self.shape(item, place)?;
            if attempt >= length {
                // Random items seldom are what ends them.
                let number = numbers[self.index(numbers.len())];
                set_numbers(&mut value, last, number);
                self.set_literals(&mut value, last);
                if self.measure(item, &value, place).is_err() {
                    continue;
                }
            }
            let scope = place.scope.looking(Looks::LATER);
            match scope.of_item(&value, item).eval(last) {
                Some(0) if attempt < length => items.push(value),
                Some(0) | None => {}
                Some(_) => {
                    items.push(value);
                    break;
                }
            }
        }
        Ok(Value::List(items))
    }

    /// Makes what an expression looks at in an item a text, bytes or a float that
    /// stands in it.
    fn set_literals(&mut self, item: &mut Value, expr: &Expr) {
        let candidates = self.literals(expr, item);
        if !candidates.is_empty() {
            *item = candidates[self.index(candidates.len())].clone();
        }
        let Value::Record(record) = item else { return };
        let mut names = Vec::new();
        expr.walk(&mut |part| {
            if let Expr::Member(_, name) = part {
                names.push(name);
            }
        });
        for name in names {
            if let Some(value) = record.get_mut(name) {
                let candidates = self.literals(expr, value);
                if !candidates.is_empty() {
                    *value = candidates[self.index(candidates.len())].clone();
                }
            }
        }
    }

    /// Something that takes so many bytes, where the expression can tell; else
    /// the fields that it looks at are changed to fit.
    pub(super) fn sized(
        &mut self,
        item: &Shape,
        size: &Size,
        place: Place<'_>,
    ) -> Result<Value, Error> {
        let bytes = match size {
            Size::Expr(size) => place.scope.eval(size).map(u64::try_from),
            Size::AtMost(most) => return self.within_size(item, *most, place.inside()),
            Size::Prefix { prefix, .. } => {
                return self.within_size(item, greatest_count(prefix), place.inside());
            }
            // What stands behind is not known here.
            Size::AllBut(_) => return self.shape(item, place.inside()),
            Size::Until { end, ending } => {
                let value = self.shape(item, place.inside())?;
                return Ok(delimited(value, end, *ending));
            }
        };
        let bytes = match bytes {
            // A few are always made: the size may be a number.
            Some(Ok(bytes)) if bytes <= u64::from(self.units).max(32) => Some(bytes),
            _ => None,
        };
        self.shape(item, Place { bytes, ..place })
    }

    /// Something that takes no more bytes than its size can say: a small one,
    /// if the first does not.
    pub(super) fn within_size(
        &mut self,
        item: &Shape,
        most: u64,
        place: Place<'_>,
    ) -> Result<Value, Error> {
        let value = self.shape(item, place)?;
        if most >= u64::from(u16::MAX) || self.measure(item, &value, place)? / 8 + 16 <= most {
            return Ok(value);
        }
        let units = core::mem::replace(&mut self.units, 8);
        let value = self.shape(item, place);
        self.units = units;
        value
    }

    /// As many items as take so many bits, or as near as it gets.
    fn items_of(&mut self, mut bits: u64, item: &Shape, place: Place<'_>) -> Result<Value, Error> {
        let mut items = Vec::new();
        let number = Cell::new(0);
        let place = Place {
            scope: place.scope.of_items(&number),
            ..place
        };
        while bits > 0 {
            number.set(items.len() as u64);
            let value = self.shape(item, place)?;
            let taken = self.measure(item, &value, place)?;
            match bits.checked_sub(taken) {
                Some(left) if taken > 0 => bits = left,
                _ => break,
            }
            items.push(value);
        }
        Ok(Value::List(items))
    }
}

/// Makes what an expression looks at in an item a number or a boolean.
fn set_numbers(item: &mut Value, expr: &Expr, number: i128) {
    let set = |value: &mut Value| match value {
        Value::Unsigned(_) | Value::Negative(_) => *value = Value::integer(number),
        Value::Bool(value) => *value = number != 0,
        _ => {}
    };
    set(item);
    if let Value::Record(record) = item {
        expr.walk(&mut |part| {
            if let Expr::Member(_, name) = part
                && let Some(value) = record.get_mut(name)
            {
                set(value);
            }
        });
    }
}

/// A text or bytes without what would end it, and with it at its end where that
/// is kept.
pub(super) fn ended(value: Value, count: &Count) -> Value {
    let Count::Until(until) = count else {
        return value;
    };
    match (value, &until.end) {
        (value, Value::Bytes(end)) => delimited(value, end, until.ending),
        (Value::Text(mut text), end) => {
            let number = end.as_u64().and_then(|end| u32::try_from(end).ok());
            if let Some(end) = number.and_then(char::from_u32) {
                text.retain(|character| character != end);
                if until.ending.terminator == Terminator::Kept {
                    text.push(end);
                }
            }
            Value::Text(text)
        }
        (value, _) => value,
    }
}

/// A text or bytes in which no byte of `end` stands but as the last, where they
/// are kept. Of other values those that fit are found by trying.
fn delimited(value: Value, end: &[u8], ending: Ending) -> Value {
    let is_kept = ending.terminator == Terminator::Kept;
    let last = if is_kept { end } else { &[] };
    match value {
        Value::Bytes(bytes) => {
            let others = bytes.iter().filter(|byte| !end.contains(byte));
            Value::Bytes(others.chain(last).copied().collect::<Vec<_>>().into())
        }
        Value::Text(mut text) if end.is_ascii() => {
            text.retain(|character| !end.iter().any(|end| char::from(*end) == character));
            text.extend(last.iter().copied().map(char::from));
            Value::Text(text)
        }
        value => value,
    }
}
