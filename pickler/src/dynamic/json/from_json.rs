//! JSON to values.

use alloc::boxed::Box;
use alloc::string::{String, ToString};
use alloc::sync::Arc;
use alloc::vec::Vec;

use serde_json::{Map, Value as Json};

use super::decimal::from_decimal;
use super::flags::from_names;
use super::hex::from_hex;
use super::text::ascii_text;
use crate::dynamic::presence::is_shown;
use crate::dynamic::{RecordValue, Value, VariantValue};
use crate::error::{Error, ErrorKind, Step, Text};
use crate::names::nearest;
use crate::schema::{Keyed, Meaning, Names, Occurs, Record, Schema, Shape, Union};

/// The value of the schema's root that JSON says.
///
/// What has a default may be left out; whether a value fits its field is found
/// out when it is written.
///
/// # Errors
/// If the JSON is not of the schema's shape. The path says where.
pub fn from_json(json: &Json, schema: &Schema) -> Result<Value, Error> {
    shaped(json, schema.root(), schema).map_err(|error| match schema.root() {
        Shape::Named(reference) => {
            let name = schema.definition(*reference).name.to_string();
            error.within(Step::Type(name.into()))
        }
        _ => error,
    })
}

fn shaped(json: &Json, shape: &Shape, schema: &Schema) -> Result<Value, Error> {
    match schema.resolve(shape) {
        Shape::Shown { item, pairs } => {
            // What is shown is kept; the encoder knows what it stands for.
            match plain(json) {
                Ok(value) if pairs.iter().any(|(_, shown)| shown.means(&value)) => Ok(value),
                _ => shaped(json, item, schema),
            }
        }
        Shape::Conditional { item, .. } | Shape::Elsewhere { item, .. } => match json {
            Json::Null => Ok(Value::Null),
            json if is_shown(json, item, schema) => plain(json),
            json => shaped(json, item, schema),
        },
        Shape::Optional { item, .. } | Shape::Constant { item, .. } => match json {
            Json::Null => Ok(Value::Null),
            json => shaped(json, item, schema),
        },
        Shape::Ordered { item, .. }
        | Shape::Shared { item, .. }
        | Shape::Unordered { list: item, .. }
        | Shape::Filled { item, .. }
        | Shape::Behind { item, .. }
        | Shape::OrderedBy { item, .. }
        | Shape::Given { item, .. }
        | Shape::Mapped { item, .. }
        | Shape::Satisfying { item, .. }
        | Shape::Sized { item, .. }
        | Shape::Filtered { item, .. }
        | Shape::Padded { item, .. }
        | Shape::ProtobufField { item, .. } => shaped(json, item, schema),
        Shape::Json { item } => match json {
            Json::Object(parts) if parts.contains_key("$json") || parts.contains_key("$text") => {
                json_text(parts)
            }
            json => shaped(json, item, schema),
        },
        Shape::List { item, .. } => match json {
            Json::Array(items) => items
                .iter()
                .enumerate()
                .map(|(index, json)| {
                    shaped(json, item, schema)
                        .map_err(|error| error.within(Step::Item(index as u64)))
                })
                .collect::<Result<_, _>>()
                .map(Value::List),
            json => Err(wrong_type("a list", json)),
        },
        Shape::Tuple(shapes) => match json {
            Json::Array(items) if items.len() == shapes.len() => items
                .iter()
                .zip(shapes)
                .map(|(json, shape)| shaped(json, shape, schema))
                .collect::<Result<_, _>>()
                .map(Value::List),
            json => Err(wrong_type(
                alloc::format!("a list of {}", shapes.len()),
                json,
            )),
        },
        Shape::Choice {
            alternatives,
            names,
        } => chosen(json, alternatives, names, schema),
        Shape::Peeked { ahead, item } => match json {
            Json::Array(parts) if parts.len() == 2 => {
                let seen = shaped(&parts[0], ahead, schema)?;
                Ok(Value::List([seen, shaped(&parts[1], item, schema)?].into()))
            }
            json => Err(wrong_type("a list of 2", json)),
        },
        Shape::Means { item, meaning } => match (meaning, json) {
            (Meaning::Scaled { scale, .. }, Json::String(text)) => {
                from_decimal(text, *scale).ok_or_else(|| wrong_type("a decimal number", json))
            }
            (Meaning::Flags { named, .. }, Json::Array(flags)) => from_names(flags, named, item),
            _ if meaning.keeps_value() => shaped(json, item, schema),
            _ => plain(json),
        },
        Shape::Record(record) => record_value(json, record, schema),
        Shape::Keyed(keyed) => keyed_value(json, keyed, schema),
        Shape::Union(union) => variant(json, union, schema),
        Shape::Float { .. } => match json.as_f64() {
            Some(value) => Ok(value.into()),
            None => plain(json),
        },
        Shape::Integer { .. }
        | Shape::Varint(_)
        | Shape::Bool { .. }
        | Shape::Bytes { .. }
        | Shape::Opaque(_)
        | Shape::Text { .. }
        | Shape::Enumeration(_)
        | Shape::Boxed(_)
        | Shape::Named(_) => plain(json),
    }
}

fn record_value(json: &Json, record: &Record, schema: &Schema) -> Result<Value, Error> {
    match json {
        Json::Object(parts) => {
            let mut names: Vec<Arc<str>> = Vec::with_capacity(parts.len());
            let mut values = Vec::with_capacity(parts.len());
            for (name, json) in parts {
                let Some(field) = record.field(name) else {
                    let known = record.names.iter().map(AsRef::as_ref);
                    return Err(unknown_name(name, known));
                };
                names.push(field.name.clone());
                values.push(
                    shaped(json, &field.shape, schema)
                        .map_err(|error| error.within(field_step(name)))?,
                );
            }
            let names = names.into_iter().collect::<Names>();
            Ok(Value::Record(RecordValue::new(names, values)))
        }
        Json::Array(items) if record.row && items.len() == record.fields.len() => {
            let values = items.iter().zip(&record.fields).map(|(json, field)| {
                shaped(json, &field.shape, schema)
                    .map_err(|error| error.within(field_step(&field.name)))
            });
            Ok(Value::Record(
                RecordValue::new(record.names.clone(), values.collect::<Result<_, _>>()?)
                    .with_row(true),
            ))
        }
        json if record.row => {
            let expected = alloc::format!("a row of {} values", record.fields.len());
            Err(wrong_type(expected, json))
        }
        json => Err(wrong_type("an object", json)),
    }
}

fn keyed_value(json: &Json, keyed: &Keyed, schema: &Schema) -> Result<Value, Error> {
    let Json::Object(parts) = json else {
        return Err(wrong_type("an object", json));
    };
    let values = parts.iter().map(|(name, json)| {
        let value = match (keyed.field(name), json) {
            (Some(field), Json::Null) if field.occurs == Occurs::Optional => Ok(Value::Null),
            (Some(field), Json::Array(items)) if field.is_repeated() => items
                .iter()
                .enumerate()
                .map(|(index, json)| {
                    shaped(json, &field.shape, schema)
                        .map_err(|error| error.within(Step::Item(index as u64)))
                })
                .collect::<Result<_, _>>()
                .map(Value::List),
            (Some(field), json)
                if field.occurs == Occurs::Optional && is_shown(json, &field.shape, schema) =>
            {
                plain(json)
            }
            (Some(field), json) if field.is_repeated() => Err(wrong_type("a list", json)),
            (Some(field), json) => shaped(json, &field.shape, schema),
            (None, json) if keyed.names.position(name).is_some() => plain(json),
            (None, _) => {
                return Err(unknown_name(name, keyed.names.iter().map(AsRef::as_ref)));
            }
        };
        let value = value.map_err(|error| error.within(field_step(name)))?;
        Ok((name.as_str(), value))
    });
    Ok(Value::record(values.collect::<Result<Vec<_>, _>>()?))
}

/// The parts of a variant.
const PARTS: [&str; 3] = ["name", "code", "fields"];

/// A value of one of several shapes: of the first that it is of, unless it
/// says which.
fn chosen(
    json: &Json,
    alternatives: &[Shape],
    names: &[Arc<str>],
    schema: &Schema,
) -> Result<Value, Error> {
    if names.is_empty() {
        let mut values = alternatives.iter().map(|item| shaped(json, item, schema));
        return match values.find(Result::is_ok) {
            Some(value) => value,
            None => plain(json),
        };
    }
    let Json::Object(parts) = json else {
        return Err(wrong_type("an object with `name` and `fields`", json));
    };
    let Some(Json::String(name)) = parts.get("name") else {
        let missing = ErrorKind::MissingField("name".into());
        return Err(Error::without_position(missing));
    };
    let Some(index) = names.iter().position(|known| **known == **name) else {
        return Err(unknown_name(name, names.iter().map(|name| &**name)));
    };
    let body = parts.get("fields").unwrap_or(&Json::Null);
    let step = Step::Variant(name.clone().into());
    let body = shaped(body, &alternatives[index], schema).map_err(|error| error.within(step))?;
    Ok(Value::Variant(Box::new(VariantValue {
        name: names[index].clone(),
        tag: index as u128,
        body,
    })))
}

fn variant(json: &Json, union: &Union, schema: &Schema) -> Result<Value, Error> {
    let Json::Object(parts) = json else {
        return Err(wrong_type("an object with `name` and `fields`", json));
    };
    if let Some(name) = parts.keys().find(|name| !PARTS.contains(&name.as_str())) {
        return Err(unknown_name(name, PARTS));
    }
    let code = match parts.get("code") {
        None => None,
        Some(json) => match plain(json)? {
            Value::Unsigned(code) => Some(code),
            _ => return Err(wrong_type("an integer", json).within(field_step("code"))),
        },
    };
    let (name, known) = match (parts.get("name"), code) {
        (Some(Json::String(name)), _) => {
            let known = union.variant(name);
            let kept = union
                .other
                .as_ref()
                .is_some_and(|other| *other.name == **name);
            if known.is_none() && !kept {
                let names = union.variants.iter().map(|variant| &*variant.name);
                return Err(unknown_name(name, names));
            }
            (Arc::from(name.as_str()), known)
        }
        (Some(json), _) => return Err(wrong_type("a text", json).within(field_step("name"))),
        (None, Some(code)) => match (union.variant_by_tag(code), &union.other) {
            (Some(variant), _) => (variant.name.clone(), Some(variant)),
            (None, Some(other)) => (other.name.clone(), None),
            (None, None) => {
                return Err(Error::without_position(ErrorKind::UnknownTag {
                    found: code,
                }));
            }
        },
        (None, None) => {
            return Err(Error::without_position(ErrorKind::MissingField(
                "name".into(),
            )));
        }
    };
    if let (Some(known), Some(code)) = (known, code)
        && !known.has(code)
    {
        let why = alloc::format!("the code of {name} is {}, not {code}", known.tag);
        return Err(Error::without_position(ErrorKind::Refused(why.into())));
    }
    let in_variant = |error: Error| error.within(Step::Variant(name.to_string().into()));
    let body = match (known, parts.get("fields")) {
        (Some(known), None) => empty_body(schema.resolve(&known.body), schema),
        (Some(known), Some(json)) => shaped(json, &known.body, schema).map_err(in_variant)?,
        (None, None) => Value::Bytes(Vec::new().into()),
        (None, Some(json)) => plain(json).map_err(in_variant)?,
    };
    Ok(Value::Variant(Box::new(VariantValue {
        tag: code.or(known.map(|known| known.tag)).unwrap_or(0),
        name,
        body,
    })))
}

/// A body of which nothing is given: all defaults, if it is a record.
fn empty_body(shape: &Shape, schema: &Schema) -> Value {
    match shape {
        Shape::Record(_) | Shape::Keyed(_) => Value::record([]),
        Shape::ProtobufField { item, .. } => empty_body(schema.resolve(item), schema),
        _ => Value::Null,
    }
}

/// A value by the kind of the JSON.
pub(super) fn plain(json: &Json) -> Result<Value, Error> {
    Ok(match json {
        Json::Null => Value::Null,
        Json::Bool(value) => Value::Bool(*value),
        Json::Number(number) => match (number.as_u64(), number.as_i64()) {
            (Some(value), _) => value.into(),
            (None, Some(value)) => value.into(),
            (None, None) => return Err(wrong_type("an integer", json)),
        },
        Json::String(text) => Value::Text(text.clone()),
        Json::Array(items) => Value::List(items.iter().map(plain).collect::<Result<_, _>>()?),
        Json::Object(parts) => return special(parts),
    })
}

/// An object that stands for something that JSON lacks, or a record.
fn special(parts: &Map<String, Json>) -> Result<Value, Error> {
    if parts.len() == 1 {
        if let Some(Json::String(digits)) = parts.get("$hex") {
            return match from_hex(digits) {
                Ok(bytes) => Ok(Value::Bytes(bytes.into())),
                Err(error) => Err(refused(error.to_string())),
            };
        }
        if let Some(Json::String(digits)) = parts.get("$float") {
            let bits = digits.strip_prefix("0x").unwrap_or(digits);
            return match u64::from_str_radix(bits, 16) {
                Ok(bits) => Ok(f64::from_bits(bits).into()),
                Err(_) => Err(refused(alloc::format!("`{digits}` is no float's bits"))),
            };
        }
        if let Some(Json::String(digits)) = parts.get("$int") {
            return match (digits.parse::<u128>(), digits.parse::<i128>()) {
                (Ok(value), _) => Ok(value.into()),
                (Err(_), Ok(value)) => Ok(value.into()),
                (Err(_), Err(_)) => Err(refused(alloc::format!("`{digits}` is no integer"))),
            };
        }
    }
    let parts = parts
        .iter()
        .map(|(name, json)| Ok((name.as_str(), plain(json)?)))
        .collect::<Result<Vec<_>, Error>>()?;
    Ok(Value::record(parts))
}

/// The text as it was on the wire, or one that says the same.
fn json_text(parts: &Map<String, Json>) -> Result<Value, Error> {
    if let Some(name) = parts
        .keys()
        .find(|name| *name != "$json" && *name != "$text")
    {
        return Err(unknown_name(name, ["$json", "$text"]));
    }
    match (parts.get("$text"), parts.get("$json")) {
        (Some(Json::String(text)), value) => {
            let parsed = serde_json::from_str::<Json>(text).ok();
            match value {
                Some(value) if parsed.as_ref() != Some(value) => {
                    Err(refused("`$text` does not say what `$json` does".into()))
                }
                _ => Ok(Value::Bytes(text.as_str().into())),
            }
        }
        (Some(json), _) => Err(wrong_type("a text", json).within(field_step("$text"))),
        (None, Some(value)) => Ok(Value::Bytes(ascii_text(value).into())),
        (None, None) => Err(Error::without_position(ErrorKind::MissingField(
            "$json".into(),
        ))),
    }
}

fn field_step(name: &str) -> Step {
    Step::Field(name.to_string().into())
}

fn refused(why: String) -> Error {
    Error::without_position(ErrorKind::Refused(why.into()))
}

fn unknown_name<'a>(name: &str, known: impl IntoIterator<Item = &'a str>) -> Error {
    let suggestions = nearest(name, known);
    let name = name.into();
    Error::without_position(ErrorKind::UnknownName { name, suggestions })
}

fn wrong_type(expected: impl Into<Text>, found: &Json) -> Error {
    let found = match found {
        Json::Null => "null".to_string(),
        Json::Bool(value) => value.to_string(),
        Json::Number(value) => value.to_string(),
        Json::String(_) => "a text".to_string(),
        Json::Array(items) => alloc::format!("a list of {}", items.len()),
        Json::Object(_) => "an object".to_string(),
    };
    let (expected, found) = (expected.into(), found.into());
    Error::without_position(ErrorKind::WrongType { expected, found })
}
