//! Conformance vectors: values of each message, and their bytes.

use pickler::dynamic::json::{from_json, to_hex, to_json};
use pickler::dynamic::{self, Value};
use pickler::generate::{Bounds, ByteChoices, Choices, Generator, Seeded, Unsatisfied};
use pickler::schema::{Protocol, Schema, Shape, Union};
use serde_json::{Map, Value as Json, json};

/// A value and its bytes.
#[derive(Clone, Debug, PartialEq)]
pub struct Vector {
    /// Which it is: the message's name and what kind of value it has.
    pub id: String,
    /// The value, as `pickler::dynamic::json` shows it.
    pub value: Json,
    /// Its bytes.
    pub bytes: Vec<u8>,
}

impl Vector {
    /// As one line of a file of vectors: `{"id","name","code","fields","hex"}`;
    /// of a format that is no set of messages, `{"id","value","hex"}`.
    pub fn to_json(&self) -> Json {
        let mut line = Map::new();
        line.insert("id".into(), self.id.clone().into());
        match &self.value {
            Json::Object(message) if message.contains_key("name") => {
                line.extend(message.clone());
            }
            value => {
                line.insert("value".into(), value.clone());
            }
        }
        line.insert("hex".into(), to_hex(&self.bytes).into());
        line.into()
    }
}

/// Vectors of each message of a protocol: the value that it has by default, if all
/// of its fields have one, the simplest, the greatest, and `random` others that
/// follow from the seed. The same for the same seed, on every machine.
///
/// ```
/// use pickler::{Pickle, schema::{Protocol, Schema}};
///
/// #[derive(Pickle)]
/// #[pickle(tag = u8)]
/// enum Message {
///     Ping,
///     Raise { amount: u16 },
/// }
///
/// let protocol = Protocol::new("game", Schema::of::<Message>());
/// let vectors = pickler_faces::vectors(&protocol, 7, 0)?;
/// let ids: Vec<&str> = vectors.iter().map(|vector| vector.id.as_str()).collect();
/// assert_eq!(ids, ["Ping-default", "Raise-simplest", "Raise-greatest"]);
/// assert_eq!(vectors[2].bytes, [1, 0xFF, 0xFF]);
/// # Ok::<(), pickler::generate::Unsatisfied>(())
/// ```
///
/// # Errors
/// If no value of a message can be made, such as of one that never ends.
pub fn vectors(protocol: &Protocol, seed: u64, random: usize) -> Result<Vec<Vector>, Unsatisfied> {
    let schema = &protocol.schema;
    let mut vectors = Vec::new();
    let Some(union) = messages(schema) else {
        let maker = Maker::new(schema, schema.clone());
        maker.make(&protocol.name, seed, random, &mut vectors)?;
        return Ok(vectors);
    };
    for (index, variant) in union.variants.iter().enumerate() {
        let root = only(schema, schema.root(), index);
        let Ok(one) = Schema::new(root, schema.types().to_vec()) else {
            continue;
        };
        let maker = Maker::new(schema, one);
        // Each has a seed of its own, so that a new message changes no other.
        let seed = variant
            .name
            .bytes()
            .fold(seed, |seed, byte| seed.rotate_left(7) ^ u64::from(byte));
        maker.make(&variant.name, seed, random, &mut vectors)?;
    }
    Ok(vectors)
}

/// Makes the vectors of one message.
struct Maker<'a> {
    schema: &'a Schema,
    generator: Generator,
}

impl<'a> Maker<'a> {
    /// `one` has only the message.
    fn new(schema: &'a Schema, one: Schema) -> Self {
        let mut bounds = Bounds::default();
        bounds.units = 40;
        bounds.depth = 6;
        let generator = Generator::with_bounds(one, bounds);
        Self { schema, generator }
    }

    fn make(
        &self,
        name: &str,
        seed: u64,
        random: usize,
        vectors: &mut Vec<Vector>,
    ) -> Result<(), Unsatisfied> {
        let first = vectors.len();
        let mut add = |kind: &str, value: &Value| {
            // What was made can be written, and was, once.
            let Ok(bytes) = dynamic::encode(self.schema, value) else {
                return;
            };
            let Ok(read) = dynamic::decode(self.schema, &bytes) else {
                return;
            };
            if vectors[first..].iter().all(|vector| vector.bytes != bytes) {
                vectors.push(Vector {
                    id: format!("{name}-{kind}"),
                    value: to_json(&read, self.schema),
                    bytes,
                });
            }
        };
        let default = json!({ "name": name, "fields": {} });
        if let Ok(default) = from_json(&default, self.schema) {
            add("default", &default);
        }
        let simplest = self.generator.value(&mut ByteChoices::new(&[]))?;
        add("simplest", &simplest);
        // Not all that is great fits together.
        if let Ok(greatest) = self.generator.value(&mut Greatest { left: 60 }) {
            add("greatest", &greatest);
        }
        let mut choices = Seeded::new(seed);
        for number in 1..=random {
            let value = self.generator.value(&mut choices)?;
            add(&number.to_string(), &value);
        }
        Ok(())
    }
}

/// The greatest of all choices, until so many were made.
struct Greatest {
    left: u32,
}

impl Choices for Greatest {
    fn up_to(&mut self, max: u128) -> u128 {
        match self.left.checked_sub(1) {
            None => 0,
            Some(left) => {
                self.left = left;
                max
            }
        }
    }
}

/// The union of all messages, if the format is one.
fn messages(schema: &Schema) -> Option<&Union> {
    match schema.meaning(schema.root()) {
        Shape::Union(union) => Some(union),
        _ => None,
    }
}

/// A shape whose messages, which [`messages`] finds, are only the one at `index`.
fn only(schema: &Schema, shape: &Shape, index: usize) -> Shape {
    if let Shape::Named(reference) = shape {
        return only(schema, &schema.definition(*reference).shape, index);
    }
    let mut shape = shape.clone();
    if let Shape::Union(union) = &mut shape {
        union.variants = vec![union.variants[index].clone()].into();
        union.other = None;
    } else if let Some(item) = shape.parts_mut().pop() {
        // What stands around something tells it last.
        *item = only(schema, item, index);
    }
    shape
}
