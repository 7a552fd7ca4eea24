//! Values of the protocol and of events as scripts see them.

use mlua::{Lua, Table, Value as LuaValue};
use pickler::dynamic::{Value, VariantValue};
use pickler::nearest;
use pickler::schema::{Names, Schema, Shape};
use pickler::types::ByteString;

use super::context::Context;
use super::tables::{self, Made, Tables};
use crate::protocol::{self, Datum, Packet, VALUE};

/// The greatest integer that a script's numbers hold exactly.
const EXACT: i128 = 1 << 53;

/// How deep tables may be nested in what a script hands over.
const DEPTH: usize = 16;

/// A message as a table: its fields, and `type`, its name.
pub(super) fn packet(lua: &Lua, context: &Context, packet: &Packet<'_>) -> mlua::Result<LuaValue> {
    let table = if let Some(values) = packet.decoded() {
        let values = values.as_ref().map_err(unreadable)?;
        tables::named(lua, packet.name(), Made::of_value(lua, values)?)?
    } else {
        let mut tables = Tables::new(lua);
        let message = packet.decode_by(&mut tables);
        let message = message.map_err(|error| unreadable(&error))?;
        let table = tables.finish(message)?;
        // A record has no name of its own.
        if !table.contains_key("type")? {
            table.raw_set("type", packet.name())?;
        }
        table
    };
    table.set_metatable(Some(context.packet_metatable(lua, packet.id)?))?;
    Ok(LuaValue::Table(table))
}

fn unreadable(error: &pickler::Error) -> mlua::Error {
    mlua::Error::runtime(error.to_string())
}

/// A value of the protocol.
pub(super) fn to_lua(lua: &Lua, value: &Value) -> mlua::Result<LuaValue> {
    Ok(match value {
        Value::Null => LuaValue::Nil,
        Value::Bool(value) => LuaValue::Boolean(*value),
        Value::Unsigned(value) => number(lua, value, i128::try_from(*value).unwrap_or(i128::MAX))?,
        Value::Negative(value) => number(lua, value, *value)?,
        Value::Float(value) => LuaValue::Number(value.get()),
        Value::Bytes(bytes) => LuaValue::String(lua.create_string(&**bytes)?),
        Value::Text(text) => LuaValue::String(lua.create_string(text)?),
        Value::List(items) => {
            let table = lua.create_table_with_capacity(items.len(), 0)?;
            for (index, item) in items.iter().enumerate() {
                table.raw_set(index + 1, to_lua(lua, item)?)?;
            }
            LuaValue::Table(table)
        }
        Value::Record(record) => {
            let table = lua.create_table_with_capacity(0, record.values().len() + 1)?;
            for (name, value) in record.iter() {
                table.raw_set(name, to_lua(lua, value)?)?;
            }
            LuaValue::Table(table)
        }
        Value::Variant(variant) => {
            let body = Made::of_value(lua, &variant.body)?;
            LuaValue::Table(tables::named(lua, &variant.name, body)?)
        }
    })
}

/// A number, or its digits where numbers of scripts do not hold it exactly.
fn number(lua: &Lua, value: &impl ToString, exact: i128) -> mlua::Result<LuaValue> {
    #[allow(clippy::cast_precision_loss)] // within what is exact
    if (-EXACT..=EXACT).contains(&exact) {
        Ok(LuaValue::Number(exact as f64))
    } else {
        lua.create_string(value.to_string()).map(LuaValue::String)
    }
}

/// A script's value as one of a shape. What does not fit in range or length is
/// left to the codec to refuse.
///
/// # Errors
/// What is wrong with it, in words that follow the field's name.
pub(super) fn to_value(schema: &Schema, shape: &Shape, value: &LuaValue) -> Result<Value, String> {
    if let Some(item) = around(schema, shape) {
        return to_value(schema, item, value);
    }
    match shape {
        Shape::Means { item, meaning } => {
            return match value {
                LuaValue::String(text) if !meaning.keeps_value() => {
                    Ok(text_value(&text.as_bytes()))
                }
                _ => to_value(schema, item, value),
            };
        }
        Shape::Optional { item, .. } | Shape::Conditional { item, .. } => {
            if is_null(value) {
                return Ok(Value::Null);
            }
            return to_value(schema, item, value);
        }
        _ => {}
    }
    match (shape, value) {
        (Shape::Bool { .. }, LuaValue::Boolean(value)) => Ok(Value::Bool(*value)),
        (Shape::Float { .. }, LuaValue::Number(value)) => Ok(Value::from(*value)),
        (
            Shape::Float { .. } | Shape::Integer { .. } | Shape::Varint(_) | Shape::Enumeration(_),
            LuaValue::Integer(value),
        ) => Ok(Value::from(*value)),
        (
            Shape::Integer { .. } | Shape::Varint(_) | Shape::Enumeration(_),
            LuaValue::Number(number),
        ) => whole(*number).map(Value::integer),
        (Shape::Integer { .. } | Shape::Varint(_), LuaValue::String(digits)) => digits
            .to_str()
            .ok()
            .and_then(|digits| {
                let unsigned = digits.parse().map(Value::Unsigned);
                unsigned
                    .or_else(|_| digits.parse().map(Value::integer))
                    .ok()
            })
            .ok_or_else(|| format!("must be a whole number, not {}", describe(value))),
        (
            Shape::Enumeration(_) | Shape::Text { .. } | Shape::Bytes { .. },
            LuaValue::String(text),
        ) => Ok(text_value(&text.as_bytes())),
        (Shape::List { item, .. }, LuaValue::Table(_)) => items(schema, item, value),
        (Shape::Choice { alternatives, .. }, value) => {
            let mut tried = alternatives.iter().map(|it| to_value(schema, it, value));
            tried.find(Result::is_ok).unwrap_or_else(|| {
                Err(format!("fits none of its forms: it is {}", describe(value)))
            })
        }
        (Shape::Tuple(shapes), LuaValue::Table(table)) => {
            let mut items = Vec::new();
            for (index, shape) in (1..).zip(shapes) {
                let entry: LuaValue = table.raw_get(index).map_err(|error| error.to_string())?;
                let item = to_value(schema, shape, &entry);
                items.push(item.map_err(|problem| format!("[{index}] {problem}"))?);
            }
            Ok(Value::List(items))
        }
        (Shape::Record(record), LuaValue::Table(table)) => {
            let shape_of = |name: &str| record.field(name).map(|field| (&field.shape, false));
            fields(schema, &record.names, shape_of, table)
        }
        (Shape::Keyed(keyed), LuaValue::Table(table)) => {
            let shape_of = |name: &str| {
                let field = keyed.field(name)?;
                Some((&field.shape, field.is_repeated()))
            };
            fields(schema, &keyed.names, shape_of, table)
        }
        (Shape::Union(union), LuaValue::Table(table)) => {
            let name: String = table
                .raw_get("type")
                .map_err(|_| "needs a `type`: the name of the message".to_owned())?;
            let Some(variant) = union.variant(&name) else {
                let names = union.variants.iter().map(|variant| &*variant.name);
                let meant = nearest(&name, names);
                let meant = meant
                    .first()
                    .map_or(String::new(), |meant| format!("; did you mean `{meant}`?"));
                return Err(format!("has the unknown type `{name}`{meant}"));
            };
            let body = to_body(schema, &variant.body, value)?;
            Ok(Value::Variant(Box::new(VariantValue {
                name: variant.name.clone(),
                tag: variant.tag,
                body,
            })))
        }
        (shape, value) => Err(format!(
            "must be {}, not {}",
            wanted(shape),
            describe(value)
        )),
    }
}

/// What something is around whose value is the same.
fn around<'a>(schema: &'a Schema, shape: &'a Shape) -> Option<&'a Shape> {
    match shape {
        Shape::Ordered { item, .. }
        | Shape::OrderedBy { item, .. }
        | Shape::Given { item, .. }
        | Shape::Shown { item, .. }
        | Shape::Mapped { item, .. }
        | Shape::Satisfying { item, .. }
        | Shape::Json { item }
        | Shape::Elsewhere { item, .. }
        | Shape::Shared { item, .. }
        | Shape::Unordered { list: item, .. }
        | Shape::Filled { item, .. }
        | Shape::Behind { item, .. }
        | Shape::Sized { item, .. }
        | Shape::Filtered { item, .. }
        | Shape::Padded { item, .. }
        | Shape::ProtobufField { item, .. }
        | Shape::Peeked { item, .. }
        | Shape::Boxed(item)
        | Shape::Constant { item, .. } => Some(item),
        Shape::Named(reference) => Some(&schema.definition(*reference).shape),
        _ => None,
    }
}

/// What is there of something that may be absent, without what is around it.
pub(super) fn outside<'a>(schema: &'a Schema, mut shape: &'a Shape) -> &'a Shape {
    loop {
        shape = match shape {
            // Their values are others than those that they hold.
            Shape::Shown { .. } | Shape::Json { .. } => return shape,
            Shape::Optional { item, .. } | Shape::Conditional { item, .. } => item,
            _ => match around(schema, shape) {
                Some(item) => item,
                None => return shape,
            },
        }
    }
}

/// The same, also without what it stands for.
pub(super) fn inside<'a>(schema: &'a Schema, shape: &'a Shape) -> &'a Shape {
    match outside(schema, shape) {
        Shape::Means { item, .. } => inside(schema, item),
        shape => shape,
    }
}

/// A script's value as what a variant holds. What has no names there is the
/// `value` of a table, as it came, or stands for itself.
///
/// # Errors
/// Those of [`to_value`].
pub(super) fn to_body(schema: &Schema, shape: &Shape, value: &LuaValue) -> Result<Value, String> {
    let LuaValue::Table(table) = value else {
        return to_value(schema, shape, value);
    };
    if protocol::has_names(schema, shape) || is_list(table) {
        return to_value(schema, shape, value);
    }
    let inner: LuaValue = table.raw_get(VALUE).map_err(|error| error.to_string())?;
    to_value(schema, shape, &inner).map_err(|problem| format!(".{VALUE} {problem}"))
}

/// It has items, and no field `value`.
pub(super) fn is_list(table: &Table) -> bool {
    table.raw_len() > 0 && !table.contains_key(VALUE).unwrap_or(false)
}

/// A table as fields, of each of which `shape_of` tells the shape, and whether it
/// is that of the items of a list.
fn fields<'a>(
    schema: &Schema,
    names: &Names,
    shape_of: impl Fn(&str) -> Option<(&'a Shape, bool)>,
    table: &Table,
) -> Result<Value, String> {
    let mut parts = Vec::new();
    for pair in table.pairs::<mlua::LuaString, LuaValue>() {
        let (name, value) = pair.map_err(|_| "needs names for its values".to_owned())?;
        let name = name.to_string_lossy();
        let Some((shape, repeated)) = shape_of(&name) else {
            if name == "type" {
                continue; // the message's own name, as it came
            }
            let names = names.iter().map(|name| &**name);
            let meant = nearest(&name, names);
            let meant = meant
                .first()
                .map_or(String::new(), |meant| format!("; did you mean `{meant}`?"));
            return Err(format!("has no field `{name}`{meant}"));
        };
        let value = if repeated {
            items(schema, shape, &value)
        } else {
            to_value(schema, shape, &value)
        };
        parts.push((
            name.clone(),
            value.map_err(|problem| format!(".{name} {problem}"))?,
        ));
    }
    let parts = parts
        .iter()
        .map(|(name, value)| (name.as_str(), value.clone()));
    Ok(Value::record(parts))
}

/// A table as the items of a list.
fn items(schema: &Schema, item: &Shape, value: &LuaValue) -> Result<Value, String> {
    let LuaValue::Table(table) = value else {
        return Err(format!(
            "must be a list such as {{1, 2, 3}}, not {}",
            describe(value)
        ));
    };
    let mut items = Vec::new();
    for index in 1..=table.raw_len() {
        let entry: LuaValue = table.raw_get(index).map_err(|error| error.to_string())?;
        let item = to_value(schema, item, &entry);
        items.push(item.map_err(|problem| format!("[{index}] {problem}"))?);
    }
    Ok(Value::List(items))
}

/// Text, or bytes that are none.
fn text_value(bytes: &[u8]) -> Value {
    match std::str::from_utf8(bytes) {
        Ok(text) => Value::Text(text.into()),
        Err(_) => Value::Bytes(ByteString::from(bytes)),
    }
}

#[allow(clippy::cast_possible_truncation)] // whole and within range
fn whole(number: f64) -> Result<i128, String> {
    if number.fract() == 0.0 && number.abs() <= 2_f64.powi(100) {
        Ok(number as i128)
    } else {
        Err(format!("must be a whole number, not {number}"))
    }
}

/// The `null` of scripts: a field that is explicitly none.
fn is_null(value: &LuaValue) -> bool {
    matches!(value, LuaValue::Nil) || *value == LuaValue::NULL
}

pub(super) fn wanted(shape: &Shape) -> &'static str {
    match shape {
        Shape::Bool { .. } => "true or false",
        Shape::Float { .. } => "a number",
        Shape::Integer { .. } | Shape::Varint(_) => "a whole number",
        Shape::Enumeration(_) => "a name or a whole number",
        Shape::Text { .. } | Shape::Bytes { .. } => "text",
        Shape::List { .. } | Shape::Tuple(_) => "a list such as {1, 2, 3}",
        Shape::Record(_) => "a table of fields",
        Shape::Union(_) => "a message: a table with a `type`",
        _ => "a value",
    }
}

/// A script's value, in words.
pub(super) fn describe(value: &LuaValue) -> String {
    match value {
        LuaValue::Nil => "nil".into(),
        LuaValue::Boolean(value) => value.to_string(),
        LuaValue::Integer(value) => value.to_string(),
        LuaValue::Number(value) => value.to_string(),
        LuaValue::String(text) => format!("the text {:?}", text.to_string_lossy()),
        LuaValue::Table(_) => "a table".into(),
        LuaValue::Function(_) => "a function".into(),
        other => format!("a {}", other.type_name()),
    }
}

/// Plain data of a script's value.
///
/// # Errors
/// If it holds something else, such as a function, in words.
pub(super) fn to_datum(value: &LuaValue) -> Result<Datum, String> {
    datum_within(value, DEPTH)
}

fn datum_within(value: &LuaValue, depth: usize) -> Result<Datum, String> {
    Ok(match value {
        LuaValue::Nil => Datum::Nil,
        LuaValue::Boolean(value) => Datum::Bool(*value),
        #[allow(clippy::cast_precision_loss)] // as scripts do
        LuaValue::Integer(value) => Datum::Number(*value as f64),
        LuaValue::Number(value) => Datum::Number(*value),
        LuaValue::String(text) => Datum::Text((&*text.as_bytes()).into()),
        LuaValue::Table(table) => {
            if depth == 0 {
                return Err("is nested too deeply".into());
            }
            let mut pairs = Vec::new();
            for pair in table.pairs::<LuaValue, LuaValue>() {
                let (key, value) = pair.map_err(|error| error.to_string())?;
                pairs.push((
                    datum_within(&key, depth - 1)?,
                    datum_within(&value, depth - 1)?,
                ));
            }
            Datum::Table(pairs)
        }
        other => return Err(format!("holds {}, which is no plain data", describe(other))),
    })
}

/// Plain data as a script's value.
pub(super) fn datum_to_lua(lua: &Lua, datum: &Datum) -> mlua::Result<LuaValue> {
    Ok(match datum {
        Datum::Nil => LuaValue::Nil,
        Datum::Bool(value) => LuaValue::Boolean(*value),
        Datum::Number(value) => LuaValue::Number(*value),
        Datum::Text(bytes) => LuaValue::String(lua.create_string(bytes)?),
        Datum::Table(pairs) => {
            let table = lua.create_table()?;
            for (key, value) in pairs {
                table.raw_set(datum_to_lua(lua, key)?, datum_to_lua(lua, value)?)?;
            }
            LuaValue::Table(table)
        }
    })
}

/// A field of a message is what a script compares it with.
pub(super) fn value_is(value: &Value, wanted: &Datum) -> bool {
    match (value, wanted) {
        (Value::Null, Datum::Nil) => true,
        (Value::Bool(value), Datum::Bool(wanted)) => value == wanted,
        (Value::Text(value), Datum::Text(wanted)) => value.as_bytes() == &**wanted,
        (Value::Bytes(value), Datum::Text(wanted)) => **value == **wanted,
        #[allow(clippy::float_cmp)] // as scripts compare
        (Value::Float(value), Datum::Number(wanted)) => value.get() == *wanted,
        #[allow(clippy::cast_precision_loss, clippy::float_cmp)]
        (value, Datum::Number(wanted)) => {
            value.as_i128().is_some_and(|value| value as f64 == *wanted)
        }
        (Value::Unsigned(value), Datum::Text(wanted)) => value.to_string().as_bytes() == &**wanted,
        (Value::Negative(value), Datum::Text(wanted)) => value.to_string().as_bytes() == &**wanted,
        _ => false,
    }
}

/// A script's value as a line of the trace.
pub(super) fn spoken(lua: &Lua, value: &LuaValue) -> String {
    match lua.coerce_string(value.clone()) {
        Ok(Some(text)) => text.to_string_lossy(),
        _ => describe(value),
    }
}
