//! Keys that neither version knows, where a writer keeps such.

use std::collections::BTreeSet;

use pickler::dynamic::{RecordValue, Value};
use pickler::schema::{KeyFormat, Keyed, Names, Schema, Shape, Unknown};

/// The wire type of bytes in protobuf.
const BYTES: u64 = 2;

/// The records of a writer that keep unknown keys, and keys that are unknown.
pub struct UnknownKeys {
    /// The names of each record's fields, and whether it is a protobuf message.
    keeping: Vec<(Names, bool)>,
    /// The least key, and one behind all others.
    keys: [u64; 2],
}

impl UnknownKeys {
    pub fn between(writer: &Schema, reader: &Schema) -> Self {
        let mut keeping = Vec::new();
        let mut known = BTreeSet::from([0]);
        each_keyed(writer, &mut |keyed| {
            if let Unknown::Kept(_) = keyed.unknown {
                let is_protobuf = keyed.format == KeyFormat::Protobuf;
                keeping.push((keyed.names.clone(), is_protobuf));
            }
            known.extend(keys(keyed));
        });
        if !keeping.is_empty() {
            each_keyed(reader, &mut |keyed| known.extend(keys(keyed)));
        }
        let fields = known.iter().enumerate();
        let mut gaps = fields.filter(|(place, key)| *place as u64 != **key);
        let least = gaps
            .next()
            .map_or(known.len() as u64, |(place, _)| place as u64);
        let greatest = known.last().map_or(least, |key| key.saturating_add(1));
        Self {
            keeping,
            keys: [least, greatest],
        }
    }

    /// The value with such a key in each record that keeps it, for each key.
    pub fn added_to(&self, value: &Value) -> Vec<Value> {
        if self.keeping.is_empty() {
            return Vec::new();
        }
        let added = self.keys.iter().filter_map(|key| {
            let mut value = value.clone();
            self.add(&mut value, *key).then_some(value)
        });
        added.collect()
    }

    fn add(&self, value: &mut Value, key: u64) -> bool {
        match value {
            Value::Record(record) => {
                let mut values = record.values().to_vec();
                let mut added = false;
                for value in &mut values {
                    added |= self.add(value, key);
                }
                let mut keeping = self.keeping.iter();
                let keeps = keeping.find(|(names, _)| names == record.names());
                if let (Some((_, is_protobuf)), Some(Value::List(kept))) =
                    (keeps, values.last_mut())
                {
                    kept.push(unknown_field(key, *is_protobuf));
                    added = true;
                }
                let names = record.names().clone();
                *record = RecordValue::new(names, values).with_row(record.is_row());
                added
            }
            Value::List(items) => {
                let added = items.iter_mut().map(|item| self.add(item, key));
                added.fold(false, |some, one| some | one)
            }
            Value::Variant(variant) => self.add(&mut variant.body, key),
            _ => false,
        }
    }
}

/// A field of one byte.
fn unknown_field(key: u64, is_protobuf: bool) -> Value {
    let key = if is_protobuf { key << 3 | BYTES } else { key };
    Value::record([
        ("key", Value::Unsigned(key.into())),
        ("value", Value::Bytes(vec![0].into())),
    ])
}

/// All keys that mean something.
fn keys(keyed: &Keyed) -> impl Iterator<Item = u64> {
    let around = match keyed.format {
        KeyFormat::Pairs(pairs) => [pairs.terminator, pairs.pad],
        KeyFormat::Protobuf => [None, None],
    };
    let fields = keyed.fields.iter().map(|field| field.key);
    fields.chain(around.into_iter().flatten())
}

fn each_keyed(schema: &Schema, found: &mut impl FnMut(&Keyed)) {
    let types = schema.types().iter().map(|definition| &definition.shape);
    let mut open: Vec<&Shape> = types.chain([schema.root()]).collect();
    while let Some(shape) = open.pop() {
        if let Shape::Keyed(keyed) = shape {
            found(keyed);
        }
        open.extend(shape.parts());
    }
}
