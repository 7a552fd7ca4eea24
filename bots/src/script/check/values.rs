//! Values that are written out, and what messages can hold.

use std::ops::Range;

use mlua::{Lua, Value as LuaValue};
use pickler::ErrorKind;
use pickler::dynamic;
use pickler::schema::{Count, Names, Shape};

use super::Script;
use crate::protocol::{MessageId, VALUE, did_you_mean, has_names};
use crate::script::convert;
use crate::script::lexer::Kind;

impl<'a> Script<'a> {
    /// Checks what is sent in a message.
    pub(super) fn check_fields(&mut self, message: MessageId, range: &Range<usize>) {
        let message = self.protocol.catalogue.message(message);
        let name = &*message.name;
        match message.fields() {
            [field] if message.is_value() && !self.is_fields(range) => {
                return self.check_value(name, &field.shape, range);
            }
            _ => {}
        }
        if !self.is_table(range) {
            if self.literal(range).is_some_and(|it| it != Literal::Nil) {
                let problem = format!("{name} takes a table of fields after the name");
                self.problem(range.start, problem);
            }
            return;
        }
        for (at, key, value) in self.keys(range.start) {
            let Some(field) = message.field(key) else {
                if key != "type" {
                    self.problem(at, message.no_field(key));
                }
                continue;
            };
            let what = format!("{name}: `{key}`");
            if field.is_body {
                self.check_body(&what, &field.shape, &value);
            } else {
                self.check_value(&what, &field.shape, &value);
            }
        }
    }

    /// It is a table with names, or without items.
    fn is_fields(&self, range: &Range<usize>) -> bool {
        if !self.is_table(range) {
            return false;
        }
        let keys = self.keys(range.start);
        keys.iter().any(|(_, key, _)| *key == VALUE) || keys.len() == self.pieces(range.start).len()
    }

    /// Checks what a variant holds.
    fn check_body(&mut self, what: &str, shape: &'a Shape, range: &Range<usize>) {
        let schema = self.protocol.catalogue.schema();
        if has_names(schema, shape) || !self.is_fields(range) {
            return self.check_value(what, shape, range);
        }
        for (at, key, value) in self.keys(range.start) {
            match key {
                VALUE => self.check_value(&format!("{what}.{VALUE}"), shape, &value),
                "type" => {}
                _ => {
                    let problem =
                        format!("{what} has no field `{key}`: all of it is its `{VALUE}`");
                    self.problem(at, problem);
                }
            }
        }
    }

    /// Checks what is written out of a value: names in tables, numbers, texts.
    fn check_value(&mut self, what: &str, shape: &'a Shape, range: &Range<usize>) {
        if self.is_table(range) {
            return self.check_table(what, shape, range.start);
        }
        let Some(literal) = self.literal(range) else {
            return;
        };
        if let Some(problem) = self.misfit(shape, &literal) {
            self.problem(range.start, format!("{what} {problem}"));
        }
    }

    fn check_table(&mut self, what: &str, shape: &'a Shape, open: usize) {
        let schema = self.protocol.catalogue.schema();
        match convert::inside(schema, shape) {
            Shape::Record(record) => {
                let field = |name: &str| record.field(name).map(|field| (&field.shape, false));
                self.check_names_of(what, open, &record.names, field);
            }
            Shape::Keyed(keyed) => {
                let field = |name: &str| {
                    let field = keyed.field(name)?;
                    Some((&field.shape, field.is_repeated()))
                };
                self.check_names_of(what, open, &keyed.names, field);
            }
            Shape::List { item, .. } => self.check_items(what, item, open),
            Shape::Union(union) => {
                let keys = self.keys(open);
                let named = keys.into_iter().find(|(_, key, _)| *key == "type");
                let Some((_, _, value)) = named else { return };
                let Some(name) = self.only_text(&value) else {
                    return;
                };
                let Some(variant) = union.variant(name) else {
                    let names = union.variants.iter().map(|variant| &*variant.name);
                    let meant = did_you_mean(name, names);
                    let problem = format!("{what} has the unknown type `{name}`{meant}");
                    return self.problem(value.start, problem);
                };
                let body = open..self.behind_bracket(open);
                self.check_body(what, &variant.body, &body);
            }
            Shape::Integer { .. }
            | Shape::Varint(_)
            | Shape::Bool { .. }
            | Shape::Float { .. }
            | Shape::Text { .. }
            | Shape::Bytes { .. }
            | Shape::Enumeration(_) => {
                let wanted = convert::wanted(convert::inside(schema, shape));
                self.problem(open, format!("{what} must be {wanted}, not a table"));
            }
            _ => {}
        }
    }

    fn check_names_of(
        &mut self,
        what: &str,
        open: usize,
        names: &Names,
        field: impl Fn(&str) -> Option<(&'a Shape, bool)>,
    ) {
        for (at, key, value) in self.keys(open) {
            match field(key) {
                Some((shape, false)) => self.check_value(&format!("{what}.{key}"), shape, &value),
                Some((shape, true)) if self.is_table(&value) => {
                    self.check_items(&format!("{what}.{key}"), shape, value.start);
                }
                Some(_) => {}
                None if key == "type" => {}
                None => {
                    let meant = did_you_mean(key, names.iter().map(|name| &**name));
                    self.problem(at, format!("{what} has no field `{key}`{meant}"));
                }
            }
        }
    }

    fn check_items(&mut self, what: &str, item: &'a Shape, open: usize) {
        let keys: Vec<usize> = self.keys(open).iter().map(|(at, ..)| *at).collect();
        let items = self.pieces(open).into_iter();
        let items = items.filter(|piece| !keys.iter().any(|at| piece.contains(at)));
        for (number, piece) in (1..).zip(items) {
            self.check_value(&format!("{what}[{number}]"), item, &piece);
        }
    }

    /// The value that is written out, if it is nothing else.
    fn literal(&self, range: &Range<usize>) -> Option<Literal> {
        let negative = range.len() == 2 && self.is_symbol(range.start, "-");
        let at = range.start + usize::from(negative);
        if at + 1 != range.end {
            return None;
        }
        match &self.tokens.get(at)?.kind {
            Kind::Number(digits) => {
                let number = number(digits)?;
                Some(Literal::Number(if negative { -number } else { number }))
            }
            _ if negative => None,
            Kind::Text(text) => Some(Literal::Text(text.clone())),
            Kind::Keyword(word) => match word.as_str() {
                "true" => Some(Literal::Bool(true)),
                "false" => Some(Literal::Bool(false)),
                "nil" => Some(Literal::Nil),
                _ => None,
            },
            _ => None,
        }
    }

    /// Why a value is none of that shape, if that can be told by it alone.
    fn misfit(&self, shape: &Shape, literal: &Literal) -> Option<String> {
        let schema = self.protocol.catalogue.schema();
        let value = match convert::to_value(schema, shape, &literal.to_lua(&self.lua)?) {
            Ok(value) => value,
            Err(problem) => return Some(problem),
        };
        let leaf = convert::outside(schema, shape);
        let stands_alone = match convert::inside(schema, leaf) {
            Shape::Text { count } | Shape::Bytes { count } => {
                matches!(count, Count::Fixed(_) | Count::Prefix(_))
            }
            Shape::Integer { .. }
            | Shape::Varint(_)
            | Shape::Bool { .. }
            | Shape::Float { .. }
            | Shape::Enumeration(_) => true,
            _ => false,
        };
        let error = stands_alone.then(|| dynamic::encode_shape(schema, leaf, &value).err());
        match error.flatten()?.kind() {
            // Bits alone are none, but they are not alone in their record.
            ErrorKind::NotOnByteBoundary => None,
            ErrorKind::OutOfRange { min, max, .. } => {
                Some(format!("must be from {min} to {max}, not {literal}"))
            }
            kind => Some(format!("cannot be {literal}: {kind}")),
        }
    }
}

/// A value that is written out.
#[derive(Clone, Debug, PartialEq)]
enum Literal {
    Nil,
    Bool(bool),
    Number(f64),
    Text(String),
}

impl Literal {
    fn to_lua(&self, lua: &Lua) -> Option<LuaValue> {
        Some(match self {
            Self::Nil => LuaValue::Nil,
            Self::Bool(value) => LuaValue::Boolean(*value),
            Self::Number(value) => LuaValue::Number(*value),
            Self::Text(text) => LuaValue::String(lua.create_string(text).ok()?),
        })
    }
}

impl std::fmt::Display for Literal {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Nil => f.write_str("nil"),
            Self::Bool(value) => write!(f, "{value}"),
            Self::Number(value) => write!(f, "{value}"),
            Self::Text(text) => write!(f, "{text:?}"),
        }
    }
}

/// A number as Luau writes it: `12`, `0x1F`, `0b101`, `1_000`, `1.5e3`.
fn number(digits: &str) -> Option<f64> {
    let digits = digits.replace('_', "").to_ascii_lowercase();
    let radix = |digits, radix| u64::from_str_radix(digits, radix).ok();
    #[expect(clippy::cast_precision_loss, reason = "as scripts read it")]
    if let Some(digits) = digits.strip_prefix("0x") {
        radix(digits, 16).map(|number| number as f64)
    } else if let Some(digits) = digits.strip_prefix("0b") {
        radix(digits, 2).map(|number| number as f64)
    } else {
        digits.parse().ok()
    }
}
