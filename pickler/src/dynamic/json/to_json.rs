//! Values to JSON.

use alloc::string::{String, ToString};

use serde_json::{Map, Number, Value as Json, json};

use super::decimal::to_decimal;
use super::flags::to_names;
use super::hex::to_hex;
use crate::dynamic::{Float, Value, VariantValue};
use crate::schema::{KeyedField, Meaning, Occurs, Schema, Shape};
use crate::types::ByteString;

/// A value of the schema's root as JSON.
pub fn to_json(value: &Value, schema: &Schema) -> Json {
    shaped(value, schema.root(), schema)
}

/// `shape` tells which bytes hold a JSON text; what is shown as something
/// else, or is of another shape, goes by its own kind.
fn shaped(value: &Value, shape: &Shape, schema: &Schema) -> Json {
    match (value, schema.resolve(shape)) {
        (Value::Bytes(bytes), Shape::Json { .. }) => json_text(bytes),
        (
            value,
            Shape::Shown { item, .. }
            | Shape::Optional { item, .. }
            | Shape::Conditional { item, .. }
            | Shape::Ordered { item, .. }
            | Shape::OrderedBy { item, .. }
            | Shape::Given { item, .. }
            | Shape::Mapped { item, .. }
            | Shape::Satisfying { item, .. }
            | Shape::Filled { item, .. }
            | Shape::Behind { item, .. }
            | Shape::Elsewhere { item, .. }
            | Shape::Shared { item, .. }
            | Shape::Unordered { list: item, .. }
            | Shape::Sized { item, .. }
            | Shape::Filtered { item, .. }
            | Shape::Padded { item, .. }
            | Shape::ProtobufField { item, .. },
        ) => shaped(value, item, schema),
        (value, Shape::Means { item, meaning }) => match meaning {
            Meaning::Scaled { scale, .. } => match to_decimal(value, *scale) {
                Some(text) => Json::String(text),
                None => shaped(value, item, schema),
            },
            Meaning::Flags { named, .. } => {
                to_names(value, named, item).unwrap_or_else(|| shaped(value, item, schema))
            }
            _ if meaning.keeps_value() => shaped(value, item, schema),
            _ => plain(value),
        },
        (Value::List(items), Shape::List { item, .. }) => items
            .iter()
            .map(|value| shaped(value, item, schema))
            .collect(),
        (Value::List(items), Shape::Tuple(shapes)) if items.len() == shapes.len() => items
            .iter()
            .zip(shapes)
            .map(|(value, shape)| shaped(value, shape, schema))
            .collect(),
        (Value::Record(value), Shape::Record(record))
            if value.values().len() == record.fields.len() =>
        {
            let parts = record.fields.iter().zip(value.values());
            if record.row {
                parts
                    .map(|(field, value)| shaped(value, &field.shape, schema))
                    .collect()
            } else {
                let parts = parts.map(|(field, value)| {
                    (field.name.to_string(), shaped(value, &field.shape, schema))
                });
                Json::Object(parts.collect())
            }
        }
        // What is not there is not shown.
        (Value::Record(value), Shape::Keyed(keyed)) => {
            let parts = value.iter().filter_map(|(name, value)| {
                let field = keyed.field(name);
                let json = match (field, value) {
                    (
                        Some(KeyedField {
                            occurs: Occurs::Optional,
                            ..
                        }),
                        Value::Null,
                    ) => return None,
                    (Some(field), Value::List(items)) if field.is_repeated() => {
                        if items.is_empty() {
                            return None;
                        }
                        items
                            .iter()
                            .map(|item| shaped(item, &field.shape, schema))
                            .collect()
                    }
                    (Some(field), value) => shaped(value, &field.shape, schema),
                    (None, Value::List(items)) if items.is_empty() => return None,
                    (None, value) => plain(value),
                };
                Some((name.to_string(), json))
            });
            Json::Object(parts.collect())
        }
        (Value::Variant(value), Shape::Union(union)) => {
            let fields = match union.variant(&value.name) {
                Some(variant) => shaped(&value.body, &variant.body, schema),
                None => plain(&value.body),
            };
            variant(value, fields)
        }
        (
            Value::Variant(value),
            Shape::Choice {
                alternatives,
                names,
            },
        ) if !names.is_empty() => {
            let place = names.iter().position(|name| *name == value.name);
            let fields = match place.and_then(|place| alternatives.get(place)) {
                Some(item) => shaped(&value.body, item, schema),
                None => plain(&value.body),
            };
            json!({ "name": *value.name, "fields": fields })
        }
        (Value::List(parts), Shape::Peeked { ahead, item }) => parts
            .iter()
            .zip([ahead, item])
            .map(|(value, shape)| shaped(value, shape, schema))
            .collect(),
        (value, _) => plain(value),
    }
}

/// The fields are moved into it: `json!` would copy them, at each level anew.
fn variant(value: &VariantValue, fields: Json) -> Json {
    let mut parts = Map::with_capacity(3);
    parts.insert("name".into(), Json::from(&*value.name));
    parts.insert("code".into(), integer(value.tag));
    parts.insert("fields".into(), fields);
    Json::Object(parts)
}

/// A value by its own kind.
fn plain(value: &Value) -> Json {
    match value {
        Value::Null => Json::Null,
        Value::Bool(value) => Json::Bool(*value),
        Value::Unsigned(value) => integer(*value),
        Value::Negative(value) => match i64::try_from(*value) {
            Ok(value) => value.into(),
            Err(_) => json!({ "$int": value.to_string() }),
        },
        Value::Float(value) => float(*value),
        Value::Bytes(value) => bytes(value),
        Value::Text(value) => Json::String(value.clone()),
        Value::List(items) => items.iter().map(plain).collect(),
        Value::Record(record) if record.is_row() => record.values().iter().map(plain).collect(),
        Value::Record(record) => Json::Object(
            record
                .iter()
                .map(|(name, value)| (name.to_string(), plain(value)))
                .collect::<Map<String, Json>>(),
        ),
        Value::Variant(value) => {
            let fields = plain(&value.body);
            variant(value, fields)
        }
    }
}

pub(super) fn integer(value: u128) -> Json {
    match u64::try_from(value) {
        Ok(value) => value.into(),
        Err(_) => json!({ "$int": value.to_string() }),
    }
}

/// JSON has finite numbers only; of the others, the bits are shown.
fn float(value: Float) -> Json {
    match Number::from_f64(value.get()) {
        Some(number) => Json::Number(number),
        None => json!({ "$float": alloc::format!("{:#018x}", value.get().to_bits()) }),
    }
}

fn bytes(bytes: &ByteString) -> Json {
    match bytes.to_str() {
        Some(text) if text.bytes().all(|byte| (0x20..0x7F).contains(&byte)) => text.into(),
        _ => json!({ "$hex": to_hex(bytes) }),
    }
}

/// What is no JSON text after all is shown as any other bytes.
fn json_text(text: &ByteString) -> Json {
    match (text.to_str(), serde_json::from_slice::<Json>(text)) {
        (Some(text), Ok(value)) => json!({ "$json": value, "$text": text }),
        _ => bytes(text),
    }
}
