//! Lists whose items are all different, in any order.

use alloc::vec::Vec;

use super::encode_shape;
use super::value::Value;
use crate::schema::{Schema, Shape};

/// The bytes by which an item is told from others; `None` if it is none.
fn key(schema: &Schema, list: &Shape, by_key: bool, item: &Value) -> Option<Vec<u8>> {
    let Shape::List { item: shape, .. } = schema.resolve(list) else {
        return None;
    };
    match (schema.resolve(shape), item) {
        (Shape::Tuple(shapes), Value::List(values)) if by_key => {
            encode_shape(schema, shapes.first()?, values.first()?).ok()
        }
        _ if by_key => None,
        _ => encode_shape(schema, shape, item).ok(),
    }
}

/// The items in the order in which they are written, by the bytes of their
/// keys; or the first that is there already.
pub(super) fn sorted(
    schema: &Schema,
    list: &Shape,
    by_key: bool,
    items: Vec<Value>,
) -> Result<Vec<Value>, usize> {
    let keys = items.iter().map(|item| key(schema, list, by_key, item));
    let keys: Vec<_> = keys.enumerate().collect();
    let mut keyed: Vec<_> = keys.into_iter().zip(items).collect();
    keyed.sort_by(|((_, one), _), ((_, other), _)| one.cmp(other));
    let again = keyed.windows(2).filter_map(|pair| match pair {
        [((_, Some(one)), _), ((index, Some(other)), _)] if one == other => Some(*index),
        _ => None,
    });
    match again.min() {
        Some(index) => Err(index),
        None => Ok(keyed.into_iter().map(|(_, item)| item).collect()),
    }
}

/// Leaves out what is there already, and sorts.
pub(crate) fn make_different(schema: &Schema, list: &Shape, by_key: bool, value: &mut Value) {
    let Value::List(items) = value else { return };
    loop {
        match sorted(schema, list, by_key, items.clone()) {
            Ok(sorted) => {
                *items = sorted;
                return;
            }
            Err(again) => drop(items.remove(again)),
        }
    }
}
