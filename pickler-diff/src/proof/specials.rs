//! Values that descriptions name, and their neighbours: where changes show.

use std::collections::BTreeSet;

use pickler::dynamic::Value;
use pickler::schema::{Expr, Meaning, Schema, Shape};

/// More are not tried.
const MOST: usize = 96;

/// Collects values that descriptions name, and the greatest and least.
#[derive(Default)]
pub struct Specials {
    values: Vec<Value>,
    visited: BTreeSet<(usize, usize)>,
}

impl Specials {
    /// Those of a shape.
    pub fn collect(&mut self, schema: &Schema, shape: &Shape) {
        for expr in shape.expressions() {
            self.named(expr);
        }
        self.walk(schema, shape);
    }

    /// The same of a shape whose expressions have been looked at.
    fn walk(&mut self, schema: &Schema, shape: &Shape) {
        match shape {
            Shape::Named(reference) => {
                // Schemas are told apart by where they are.
                let key = (std::ptr::from_ref(schema).addr(), reference.index());
                if self.visited.insert(key) {
                    self.collect(schema, &schema.definition(*reference).shape);
                }
            }
            Shape::Integer { bits, signed } => self.extremes(*bits, *signed),
            Shape::Varint(format) => self.extremes(format.bits, format.signed),
            Shape::Bool { .. } => {
                self.push(Value::Bool(false));
                self.push(Value::Bool(true));
            }
            Shape::Enumeration(enumeration) => {
                for (tag, name) in &enumeration.names {
                    self.push(Value::Text(name.to_string()));
                    self.around(&Value::Unsigned(*tag));
                }
            }
            Shape::Optional { none, .. } => {
                self.push(Value::Null);
                self.around(none);
            }
            Shape::Conditional { absent, .. } => self.around(absent),
            Shape::Constant { value, .. } => self.around(value),
            Shape::Shown { pairs, .. } => {
                for (wire, shown) in pairs {
                    self.around(wire);
                    self.around(shown);
                }
            }
            Shape::Means { meaning, .. } => match meaning {
                Meaning::Within { min, max } => {
                    self.around(&Value::integer(*min));
                    self.around(&Value::integer(*max));
                }
                Meaning::Digits { max } => self.around(&Value::Unsigned(*max)),
                Meaning::Flags { named, .. } => {
                    for (_, bits) in named {
                        self.push(Value::Unsigned(*bits));
                    }
                }
                _ => {}
            },
            Shape::Record(record) => {
                for field in &record.fields {
                    self.field(field.default.as_ref(), &field.assertions);
                    if let Some(derived) = &field.derived {
                        self.named(derived);
                    }
                }
                self.field(None, &record.assertions);
            }
            Shape::Keyed(keyed) => {
                for field in &keyed.fields {
                    self.field(field.default.as_ref(), &[]);
                }
            }
            _ => {}
        }
        match shape {
            Shape::Named(_) => {}
            // Expressions of what is in them look at their own fields.
            Shape::Record(_) | Shape::Keyed(_) | Shape::Union(_) | Shape::ProtobufField { .. } => {
                for part in shape.parts() {
                    self.collect(schema, part);
                }
            }
            _ => {
                for part in shape.parts() {
                    self.walk(schema, part);
                }
            }
        }
    }

    /// Those of what holds of a field.
    pub fn field(&mut self, default: Option<&Value>, assertions: &[Expr]) {
        if let Some(default) = default {
            self.around(default);
        }
        for assertion in assertions {
            self.named(assertion);
        }
    }

    /// What was collected.
    pub fn into_values(self) -> Vec<Value> {
        self.values
    }

    fn push(&mut self, value: Value) {
        if self.values.len() < MOST && !self.values.contains(&value) {
            self.values.push(value);
        }
    }

    fn around(&mut self, value: &Value) {
        self.push(value.clone());
        if let Some(number) = value.as_i128() {
            self.push(Value::integer(number.saturating_add(1)));
            self.push(Value::integer(number.saturating_sub(1)));
        }
    }

    fn extremes(&mut self, bits: u32, signed: bool) {
        let bits = if signed { bits - 1 } else { bits }.min(128);
        let max = u128::MAX.checked_shr(128 - bits).unwrap_or(0);
        self.push(Value::Unsigned(0));
        self.push(Value::Unsigned(1));
        self.around(&Value::Unsigned(max));
        if let (true, Ok(max)) = (signed, i128::try_from(max)) {
            self.push(Value::integer(-1));
            self.push(Value::integer(-max - 1));
        }
    }

    /// The numbers, texts and bytes that an expression names.
    fn named(&mut self, expr: &Expr) {
        let text = expr.to_string();
        let numbers = text.split(|letter: char| !letter.is_ascii_alphanumeric() && letter != '_');
        for number in numbers {
            let digits = number.replace('_', "");
            let parsed = match digits.strip_prefix("0x") {
                Some(digits) => i128::from_str_radix(digits, 16),
                None => digits.parse(),
            };
            if let Ok(number) = parsed {
                self.around(&Value::integer(number));
            }
        }
        expr.walk(&mut |it| match it {
            Expr::Text(text) => self.push(Value::Text(text.clone())),
            Expr::Bytes(bytes) => self.push(Value::Bytes(bytes.clone().into())),
            Expr::Float(float) => self.push(Value::Float(*float)),
            _ => {}
        });
    }
}
