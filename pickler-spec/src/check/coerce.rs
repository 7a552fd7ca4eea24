//! Values as those of their types.

use pickler::dynamic::{Value, VariantValue};
use pickler::schema::{Meaning, Schema, Shape, Union};

/// A value that was read without its type, as one of that type: a name is that of
/// a value or of a variant, a number may be a floating-point number.
pub fn coerce(value: Value, shape: &Shape, schema: &Schema) -> Value {
    let item = match shape {
        Shape::Named(reference) => &schema.definition(*reference).shape,
        Shape::Shown { item, pairs } if pairs.iter().all(|(_, shown)| *shown != value) => item,
        Shape::Optional { item, .. } | Shape::Conditional { item, .. } if value != Value::Null => {
            item
        }
        Shape::Means { item, meaning } => match (meaning, &value) {
            (Meaning::Character, Value::Unsigned(number)) => {
                let character = u32::try_from(*number).ok().and_then(char::from_u32);
                return character.map_or(value, |it| Value::Text(it.to_string()));
            }
            (meaning, _) if meaning.keeps_value() => item,
            _ => return value,
        },
        Shape::Unordered { list: item, .. }
        | Shape::Ordered { item, .. }
        | Shape::OrderedBy { item, .. }
        | Shape::Given { item, .. }
        | Shape::Mapped { item, .. }
        | Shape::Satisfying { item, .. }
        | Shape::Padded { item, .. }
        | Shape::Sized { item, .. }
        | Shape::Filtered { item, .. }
        | Shape::Behind { item, .. }
        | Shape::Filled { item, .. }
        | Shape::Elsewhere { item, .. }
        | Shape::Shared { item, .. }
        | Shape::ProtobufField { item, .. }
        | Shape::Json { item }
        | Shape::Boxed(item) => item,
        _ => return whole(value, shape, schema),
    };
    coerce(value, item, schema)
}

fn whole(value: Value, shape: &Shape, schema: &Schema) -> Value {
    match (shape, value) {
        (Shape::Float { .. }, Value::Unsigned(number)) => number_as_float(number),
        (Shape::Float { .. }, Value::Negative(number)) => {
            match number_as_float(number.unsigned_abs()) {
                Value::Float(float) => Value::from(-float.get()),
                other => other,
            }
        }
        (Shape::Bytes { .. }, Value::Text(text)) => Value::Bytes(text.into_bytes().into()),
        (Shape::Enumeration(_), Value::Variant(variant)) if variant.body == Value::Null => {
            Value::Text(variant.name.to_string())
        }
        (Shape::Union(union), Value::Variant(variant)) => of_union(*variant, union, schema),
        (
            Shape::Choice {
                alternatives,
                names,
            },
            Value::Variant(mut variant),
        ) => {
            let place = names.iter().position(|name| *name == variant.name);
            if let Some((place, shape)) = place.and_then(|it| Some((it, alternatives.get(it)?))) {
                variant.tag = place as u128;
                variant.body = body(variant.body, shape, schema);
            }
            Value::Variant(variant)
        }
        (Shape::Record(record), Value::Record(given)) => {
            let parts = given.iter().map(|(name, value)| {
                let shape = record.field(name).map(|field| &field.shape);
                (name, known(value, shape, schema))
            });
            Value::record(parts)
        }
        (Shape::Keyed(keyed), Value::Record(given)) => {
            let parts = given.iter().map(|(name, value)| {
                let Some(field) = keyed.field(name) else {
                    return (name, value.clone());
                };
                let value = match value {
                    Value::List(items) if field.is_repeated() => {
                        let items = items.iter().cloned();
                        Value::List(items.map(|it| coerce(it, &field.shape, schema)).collect())
                    }
                    value => coerce(value.clone(), &field.shape, schema),
                };
                (name, value)
            });
            Value::record(parts)
        }
        (Shape::List { item, .. }, Value::List(items)) => {
            let items = items.into_iter().map(|value| coerce(value, item, schema));
            Value::List(items.collect())
        }
        (Shape::Tuple(shapes), Value::List(items)) if shapes.len() == items.len() => {
            let items = items.into_iter().zip(shapes);
            Value::List(
                items
                    .map(|(value, shape)| coerce(value, shape, schema))
                    .collect(),
            )
        }
        (Shape::Peeked { ahead, item }, Value::List(items)) if items.len() == 2 => {
            let shapes = [&**ahead, &**item];
            let items = items.into_iter().zip(shapes);
            Value::List(
                items
                    .map(|(value, shape)| coerce(value, shape, schema))
                    .collect(),
            )
        }
        (_, value) => value,
    }
}

fn known(value: &Value, shape: Option<&Shape>, schema: &Schema) -> Value {
    match shape {
        Some(shape) => coerce(value.clone(), shape, schema),
        None => value.clone(),
    }
}

fn of_union(mut variant: VariantValue, union: &Union, schema: &Schema) -> Value {
    if let Some(own) = union.variant(&variant.name) {
        if !own.has(variant.tag) {
            variant.tag = own.tag;
        }
        variant.body = body(variant.body, &own.body, schema);
    }
    Value::Variant(Box::new(variant))
}

/// What is in a variant; where nothing is told, and nothing is in it, that.
fn body(value: Value, shape: &Shape, schema: &Schema) -> Value {
    match (schema.resolve(shape), value) {
        (Shape::Record(record), Value::Null) if record.fields.is_empty() => Value::record([]),
        (Shape::Tuple(items), Value::Null) if items.is_empty() => Value::List(Vec::new()),
        (_, value) => coerce(value, shape, schema),
    }
}

#[expect(
    clippy::cast_precision_loss,
    reason = "the nearest is meant, as of a number with a point"
)]
fn number_as_float(number: u128) -> Value {
    Value::from(number as f64)
}
