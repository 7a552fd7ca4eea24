//! Values to try.

use pickler::dynamic::{self, RecordValue, Value};
use pickler::generate::{Bounds, ByteChoices, Generator, Seeded};
use pickler::schema::Schema;

/// How many random values are tried of one thing.
const TRIES: u64 = 64;

/// Makes values of one schema: the simplest one, and random ones.
pub struct Values {
    simplest: Option<Value>,
    random: Vec<Value>,
}

impl Values {
    /// Small values: what they show should be seen at a glance.
    pub fn new(schema: &Schema) -> Self {
        let generator = generator(schema);
        let simplest = generator.value(&mut ByteChoices::new(&[])).ok();
        let random = match simplest {
            // What has none has none that is random, either.
            None => Vec::new(),
            Some(_) => (0..TRIES)
                .filter_map(|seed| generator.value(&mut Seeded::new(seed)).ok())
                .collect(),
        };
        Self { simplest, random }
    }

    /// The simplest value of a schema.
    pub fn simplest_of(schema: &Schema) -> Option<Value> {
        generator(schema).value(&mut ByteChoices::new(&[])).ok()
    }

    /// The simplest value; it with one field of random ones; then the random
    /// ones as they are.
    pub fn around(&self, field: Option<&str>) -> Vec<Value> {
        let mut values: Vec<Value> = self.simplest.iter().cloned().collect();
        if let (Some(Value::Record(simplest)), Some(field)) = (&self.simplest, field) {
            let others = self.random.iter();
            values.extend(others.filter_map(|other| grafted(simplest, other, field)));
        }
        values.extend(self.random.iter().cloned());
        values
    }
}

fn generator(schema: &Schema) -> Generator {
    let mut bounds = Bounds::default();
    (bounds.depth, bounds.units, bounds.attempts) = (4, 12, 20);
    Generator::with_bounds(schema.clone(), bounds)
}

/// The record with a field of another one.
fn grafted(record: &RecordValue, other: &Value, field: &str) -> Option<Value> {
    let scion = other.field(field)?;
    let place = record.names().position(field)?;
    let mut values = record.values().to_vec();
    values[place] = scion.clone();
    Some(Value::Record(
        RecordValue::new(record.names().clone(), values).with_row(record.is_row()),
    ))
}

/// A value, as it is when it is read: with all that follows from it.
pub fn settled(schema: &Schema, value: &Value) -> Option<(Value, Vec<u8>)> {
    let bytes = dynamic::encode(schema, value).ok()?;
    let value = dynamic::decode(schema, &bytes).ok()?;
    Some((value, bytes))
}
