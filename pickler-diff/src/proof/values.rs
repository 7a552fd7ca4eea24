//! Values to try.

use pickler::dynamic::{self, RecordValue, Value};
use pickler::generate::{Bounds, ByteChoices, Generator, Seeded};
use pickler::schema::Schema;

/// How many random values are tried of one thing.
const TRIES: u64 = 64;
/// So many items, and bytes of texts, random values have.
const SMALL: u32 = 12;
/// So many, where what is small does not fit.
const LARGE: u32 = 60;
/// Lists, and bytes and texts, are not made longer than these.
const LONGEST: (usize, usize) = (300, 70_000);
/// In so many of them what is special is put.
const STOCKS: usize = 8;

/// Makes values of one schema: the simplest one, and random ones.
pub struct Values {
    simplest: Option<Value>,
    random: Vec<Value>,
}

impl Values {
    /// Small values: what they show should be seen at a glance.
    pub fn new(schema: &Schema) -> Self {
        Self::with_bounds(schema, (4, 20))
    }

    /// The same of a schema of which what fits is rare, and lies deep.
    pub fn of_steered(schema: &Schema) -> Self {
        Self::with_bounds(schema, (10, 60))
    }

    fn with_bounds(schema: &Schema, bounds: (u32, u32)) -> Self {
        let mut random = Vec::new();
        for units in [SMALL, LARGE] {
            let generator = generator(schema, units, bounds);
            for seed in 0..TRIES {
                random.extend(generator.value(&mut Seeded::new(seed)).ok());
                // What hardly fits takes long to be made.
                if random.is_empty() && seed > 3 {
                    break;
                }
            }
            if !random.is_empty() {
                break;
            }
        }
        let simplest = Self::simplest_of(schema);
        let simplest = simplest.or_else(|| random.first().cloned());
        Self { simplest, random }
    }

    /// The simplest value of a schema.
    pub fn simplest_of(schema: &Schema) -> Option<Value> {
        generator(schema, SMALL, (4, 20))
            .value(&mut ByteChoices::new(&[]))
            .ok()
    }

    /// The simplest value; it with a field of random ones, and with what is
    /// special in place of what the path leads to; then the random ones as they
    /// are.
    pub fn around(&self, path: &[String], specials: &[Value]) -> Vec<Value> {
        let mut values: Vec<Value> = self.simplest.iter().cloned().collect();
        let Some(simplest) = &self.simplest else {
            return values;
        };
        if let ([field, ..], Value::Record(simplest)) = (path, simplest) {
            let fields = field.split(", ");
            let grafts = fields.flat_map(|field| {
                let others = self.random.iter();
                others.filter_map(move |other| grafted(simplest, other, field))
            });
            values.extend(grafts);
        }
        // What is in a list shows in one that is not empty.
        let stocks = [simplest].into_iter().chain(&self.random).take(STOCKS);
        values.extend(stocks.flat_map(|stock| {
            let specials = specials.iter();
            specials.filter_map(|special| put(stock, path, special))
        }));
        values.extend(self.random.iter().cloned());
        values
    }
}

/// The value with another one in place of what the path leads to.
fn put(stock: &Value, path: &[String], special: &Value) -> Option<Value> {
    let [step, rest @ ..] = path else {
        return match stock {
            // What is special is what has no parts.
            Value::Record(_) | Value::List(_) | Value::Variant(_) => None,
            _ => Some(special.clone()),
        };
    };
    if step == "(count)" || step == "(size)" {
        let length = usize::try_from(special.as_u64()?).ok()?;
        return match stock {
            Value::List(items) if step == "(count)" && length <= LONGEST.0 => {
                Some(Value::List(vec![items.first()?.clone(); length]))
            }
            stock => lengthened(stock, length),
        };
    }
    match stock {
        Value::Record(record) => {
            let place = record.names().position(step)?;
            let mut values = record.values().to_vec();
            values[place] = put(&values[place], rest, special)?;
            Some(Value::Record(with_values(record, values)))
        }
        Value::List(items) if step == "[]" => {
            let mut items = items.clone();
            let first = items.first_mut()?;
            *first = put(first, rest, special)?;
            Some(Value::List(items))
        }
        Value::Variant(variant) if *variant.name == **step => {
            let mut variant = variant.clone();
            variant.body = put(&variant.body, rest, special)?;
            Some(Value::Variant(variant))
        }
        _ => None,
    }
}

/// With so many levels and attempts.
fn generator(schema: &Schema, units: u32, (depth, attempts): (u32, u32)) -> Generator {
    let mut bounds = Bounds::default();
    (bounds.depth, bounds.units, bounds.attempts) = (depth, units, attempts);
    Generator::with_bounds(schema.clone(), bounds)
}

/// The value, in which the first list, bytes or text that there is has so many
/// items; what is in a list, such as the parts of a tuple, before the list.
pub fn lengthened(value: &Value, length: usize) -> Option<Value> {
    match value {
        Value::Bytes(_) if length <= LONGEST.1 => Some(Value::Bytes(vec![b'x'; length].into())),
        Value::Text(_) if length <= LONGEST.1 => Some(Value::Text("x".repeat(length))),
        Value::List(items) => {
            let mut all = items.iter().enumerate();
            let found = all.find_map(|(place, item)| Some((place, lengthened(item, length)?)));
            let mut items = items.clone();
            match found {
                Some((place, longer)) => items[place] = longer,
                None if length <= LONGEST.0 => items = vec![items.first()?.clone(); length],
                None => return None,
            }
            Some(Value::List(items))
        }
        Value::Record(record) => {
            let mut values = record.values().to_vec();
            let found = values
                .iter()
                .enumerate()
                .find_map(|(place, value)| Some((place, lengthened(value, length)?)));
            let (place, longer) = found?;
            values[place] = longer;
            Some(Value::Record(with_values(record, values)))
        }
        Value::Variant(variant) => {
            let mut variant = variant.clone();
            variant.body = lengthened(&variant.body, length)?;
            Some(Value::Variant(variant))
        }
        _ => None,
    }
}

/// The record with a field of another one.
fn grafted(record: &RecordValue, other: &Value, field: &str) -> Option<Value> {
    let scion = other.field(field)?;
    let place = record.names().position(field)?;
    let mut values = record.values().to_vec();
    values[place] = scion.clone();
    Some(Value::Record(with_values(record, values)))
}

fn with_values(record: &RecordValue, values: Vec<Value>) -> RecordValue {
    RecordValue::new(record.names().clone(), values).with_row(record.is_row())
}

/// A value, as it is when it is read: with all that follows from it.
pub fn settled(schema: &Schema, value: &Value) -> Option<(Value, Vec<u8>)> {
    let bytes = dynamic::encode(schema, value).ok()?;
    let value = dynamic::decode(schema, &bytes).ok()?;
    Some((value, bytes))
}
