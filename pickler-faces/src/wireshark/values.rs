//! Values as literals of Lua.

use pickler::dynamic::Value;
use pickler::schema::{Schema, Shape};

use super::integers;
use super::names::quoted;

/// A value, as the runtime has it where it reads `shape`.
pub fn literal(value: &Value, shape: Option<&Shape>, schema: &Schema) -> String {
    let shape = shape.map(|shape| schema.meaning(shape));
    match (value, shape) {
        (Value::Null, _) => "NULL".into(),
        (Value::Bool(value), _) => value.to_string(),
        (Value::Unsigned(value), _) => integers::unsigned(*value),
        (Value::Negative(value), _) => integers::signed(*value),
        (Value::Float(value), _) => float(value.get()),
        (Value::Bytes(bytes), _) => quoted(bytes),
        (Value::Text(name), Some(Shape::Enumeration(enumeration))) => {
            let known = enumeration
                .names
                .iter()
                .find(|(_, known)| **known == **name);
            match known {
                Some((bits, _)) => integers::tag(*bits, tag_width(&enumeration.tag)),
                None => quoted(name.as_bytes()),
            }
        }
        (
            value,
            Some(
                Shape::Optional { item, .. }
                | Shape::Shown { item, .. }
                | Shape::Means { item, .. }
                | Shape::Boxed(item)
                | Shape::Json { item },
            ),
        ) => literal(value, Some(item), schema),
        (Value::Text(text), _) => quoted(text.as_bytes()),
        (Value::List(items), shape) => {
            let of = |index: usize| match shape {
                Some(Shape::List { item, .. }) => Some(&**item),
                Some(Shape::Tuple(shapes)) => shapes.get(index),
                _ => None,
            };
            let count = format!("count = {}", items.len());
            let items = items.iter().enumerate();
            let items = items.map(|(index, item)| literal(item, of(index), schema));
            table(items.chain([count]))
        }
        (Value::Record(record), shape) => {
            let of = |name: &str| match shape {
                Some(Shape::Record(record)) => record.field(name).map(|field| &field.shape),
                Some(Shape::Keyed(keyed)) => keyed.field(name).map(|field| &field.shape),
                _ => None,
            };
            let values = record.iter().map(|(name, value)| {
                let value = literal(value, of(name), schema);
                format!("[{}] = {value}", quoted(name.as_bytes()))
            });
            format!("{{ values = {} }}", table(values))
        }
        (Value::Variant(variant), shape) => {
            let (body, width) = match shape {
                Some(Shape::Union(union)) => (
                    union.variant(&variant.name).map(|known| &known.body),
                    tag_width(&union.tag),
                ),
                _ => (None, None),
            };
            table([
                format!("name = {}", quoted(variant.name.as_bytes())),
                format!("tag = {}", integers::tag(variant.tag, width)),
                format!("body = {}", literal(&variant.body, body, schema)),
            ])
        }
    }
}

/// A floating-point number.
pub fn float(value: f64) -> String {
    if value.is_nan() {
        "(0 / 0)".into()
    } else if value.is_infinite() {
        if value > 0.0 {
            "math.huge"
        } else {
            "-math.huge"
        }
        .into()
    } else {
        format!("{value:?}")
    }
}

fn table(entries: impl IntoIterator<Item = String>) -> String {
    let entries: Vec<String> = entries.into_iter().collect();
    if entries.is_empty() {
        "{}".into()
    } else {
        format!("{{ {} }}", entries.join(", "))
    }
}

/// How many bits the integer of a tag has, and whether it has a sign.
pub fn tag_width(tag: &Shape) -> Option<(u32, bool)> {
    match tag {
        Shape::Integer { bits, signed } => Some((*bits, *signed)),
        Shape::Varint(format) => Some((format.bits, format.signed)),
        Shape::Ordered { item, .. }
        | Shape::OrderedBy { item, .. }
        | Shape::ProtobufField { item, .. } => tag_width(item),
        _ => None,
    }
}
