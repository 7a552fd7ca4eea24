//! What is there, and yet is nothing: an absent `Option` in one that is there.
//!
//! Both are `null` by themselves, so that the outer one would be taken for
//! absent. What may be `null` while it is there is a list of one then: `null` is
//! nothing at all, `[null]` an `Option` without anything, `[[null]]` one that
//! holds such a one.

use alloc::boxed::Box;

use super::value::Value;
use crate::schema::{Meaning, Schema, Shape};

/// How many types that are but another one are looked through.
const MOST: u32 = 64;

/// What is shown of something that is there.
pub(super) fn shown(value: Value, item: &Shape, schema: &Schema) -> Value {
    if is_nothing(&value) && may_be_nothing(item, schema, MOST) {
        Value::List([value].into())
    } else {
        value
    }
}

/// What is there, of what is shown of it.
pub(super) fn meant<'a>(value: &'a Value, item: &Shape, schema: &Schema) -> &'a Value {
    match value {
        Value::List(items) => match items.as_slice() {
            [held] if is_nothing(held) && may_be_nothing(item, schema, MOST) => held,
            _ => value,
        },
        _ => value,
    }
}

/// It is `null`, or shown of such a thing.
fn is_nothing(value: &Value) -> bool {
    match value {
        Value::Null => true,
        Value::List(items) => matches!(items.as_slice(), [held] if is_nothing(held)),
        _ => false,
    }
}

/// A value of the shape may be `null`.
fn may_be_nothing(shape: &Shape, schema: &Schema, most: u32) -> bool {
    let Some(most) = most.checked_sub(1) else {
        return false;
    };
    let within = |item: &Shape| may_be_nothing(item, schema, most);
    match shape {
        Shape::Optional { .. }
        | Shape::Constant { .. }
        | Shape::Means {
            meaning: Meaning::Ignored { .. },
            ..
        } => true,
        Shape::Conditional { item, absent, .. } => *absent == Value::Null || within(item),
        Shape::Elsewhere { item, place } => place.none.is_some() || within(item),
        Shape::Shown { item, pairs } => {
            pairs.iter().any(|(_, shown)| is_nothing(shown)) || within(item)
        }
        Shape::Ordered { item, .. }
        | Shape::OrderedBy { item, .. }
        | Shape::Given { item, .. }
        | Shape::Mapped { item, .. }
        | Shape::Satisfying { item, .. }
        | Shape::Padded { item, .. }
        | Shape::Means { item, .. }
        | Shape::Sized { item, .. }
        | Shape::Behind { item, .. }
        | Shape::Filled { item, .. }
        | Shape::Filtered { item, .. }
        | Shape::Shared { item, .. }
        | Shape::ProtobufField { item, .. }
        | Shape::Boxed(item) => within(Box::as_ref(item)),
        Shape::Named(reference) => within(&schema.definition(*reference).shape),
        _ => false,
    }
}

/// JSON of something that is there, and yet is nothing.
#[cfg(feature = "json")]
pub(super) fn is_shown(json: &serde_json::Value, item: &Shape, schema: &Schema) -> bool {
    fn is_nothing(json: &serde_json::Value) -> bool {
        match json {
            serde_json::Value::Null => true,
            serde_json::Value::Array(items) => {
                matches!(items.as_slice(), [held] if is_nothing(held))
            }
            _ => false,
        }
    }
    json.is_array() && is_nothing(json) && may_be_nothing(item, schema, MOST)
}
