//! Values.

use pickler::dynamic::{RecordValue, Value, VariantValue};
use pickler::schema::{Shape, Union};

use super::Printer;
use super::name::{Name, is_word};

impl Printer<'_> {
    /// A value of that shape.
    pub(super) fn value(&mut self, value: &Value, shape: &Shape) {
        let schema = self.schema;
        let meaning = schema.meaning(shape);
        match value {
            Value::Null => self.put("null"),
            Value::Bool(value) => self.put(value),
            Value::Unsigned(value) => self.put(value),
            Value::Negative(value) => self.put(value),
            Value::Float(value) => self.float(value.get()),
            Value::Text(name) if is_enumeration(meaning) && is_word(name) => {
                self.put(Name::of(name));
            }
            Value::Text(text) => self.put(format_args!("{text:?}")),
            Value::Bytes(bytes) => match std::str::from_utf8(bytes) {
                Ok(text) if is_readable(text) && matches!(meaning, Shape::Bytes { .. }) => {
                    self.put(format_args!("b{text:?}"));
                }
                _ => self.put(format_args!("b\"{}\"", bytes.escape_ascii())),
            },
            Value::List(items) => {
                self.put("[");
                let mut shapes = item_shapes(meaning);
                self.commas(items, |printer, item| {
                    printer.value(item, shapes.next().unwrap_or(shape));
                });
                self.put("]");
            }
            Value::Record(record) => self.record_value(record, meaning),
            Value::Variant(variant) => self.variant_value(variant, meaning),
        }
    }

    fn float(&mut self, value: f64) {
        if value.is_nan() {
            // Which one it is, is told by its bits.
            self.put(format_args!("nan({:#x})", value.to_bits()));
        } else {
            self.put(format_args!("{value:?}"));
        }
    }

    fn record_value(&mut self, value: &RecordValue, meaning: &Shape) {
        self.put("{");
        self.commas(value.iter(), |printer, (name, value)| {
            printer.put(format_args!("{}: ", Name::of(name)));
            let shape = match meaning {
                Shape::Record(record) => record.field(name).map(|field| &field.shape),
                Shape::Keyed(keyed) => keyed.field(name).map(|field| &field.shape),
                _ => None,
            };
            printer.value(value, shape.unwrap_or(meaning));
        });
        self.put("}");
    }

    fn variant_value(&mut self, value: &VariantValue, meaning: &Shape) {
        self.put(Name::of(&value.name));
        let union: Option<&Union> = match meaning {
            Shape::Union(union) => Some(union),
            _ => None,
        };
        let known = union.and_then(|union| union.variant(&value.name));
        if known.is_none_or(|known| known.tag != value.tag) {
            self.put(format_args!(" {}", value.tag));
        }
        if known.is_some() && value.body == Value::Null {
            return;
        }
        self.put("(");
        let body = known.map_or(meaning, |known| &known.body);
        self.value(&value.body, body);
        self.put(")");
    }
}

/// What each item of a list, or of a row, is.
fn item_shapes(meaning: &Shape) -> Box<dyn Iterator<Item = &Shape> + '_> {
    match meaning {
        Shape::List { item, .. } => Box::new(std::iter::repeat(&**item)),
        Shape::Tuple(items) => Box::new(items.iter()),
        Shape::Record(record) => Box::new(record.fields.iter().map(|field| &field.shape)),
        _ => Box::new(std::iter::empty()),
    }
}

fn is_enumeration(meaning: &Shape) -> bool {
    matches!(meaning, Shape::Enumeration(_))
}

/// It holds nothing that a text would have to escape in another way.
fn is_readable(text: &str) -> bool {
    text.chars()
        .all(|it| it.is_ascii() && !it.is_ascii_control())
}
