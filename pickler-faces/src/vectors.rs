//! Conformance vectors: values of each message, and their bytes.

use std::fmt;

use pickler::Error;
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
    /// of a value that is no message, `{"id","value","hex"}`.
    pub fn to_json(&self) -> Json {
        let mut line = Map::new();
        line.insert("id".into(), self.id.clone().into());
        match &self.value {
            Json::Object(message) if is_message(message) => line.extend(message.clone()),
            value => {
                line.insert("value".into(), value.clone());
            }
        }
        line.insert("hex".into(), to_hex(&self.bytes).into());
        line.into()
    }
}

/// Its parts are those of a message, and no others.
fn is_message(parts: &Map<String, Json>) -> bool {
    let known = ["name", "code", "fields"];
    parts.keys().all(|part| known.contains(&part.as_str()))
        && known.iter().all(|part| parts.contains_key(*part))
}

/// The vectors of a protocol.
#[derive(Clone, Debug, PartialEq)]
pub struct Vectors {
    /// Those that were made.
    pub made: Vec<Vector>,
    /// The messages of which none could be made.
    pub missing: Vec<Missing>,
}

/// A message that has no vectors.
#[derive(Clone, Debug, PartialEq)]
pub struct Missing {
    /// The message, or the protocol if its format is no set of messages.
    pub name: String,
    /// Why there are none.
    pub why: Unsatisfied,
}

impl fmt::Display for Missing {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "`{}` has no vectors: {}", self.name, self.why)
    }
}

impl std::error::Error for Missing {}

/// Vectors of each message of a protocol: the value that it has by default, if all
/// of its fields have one, the simplest, the greatest, and `random` others that
/// follow from the seed. The same for the same seed, on every machine. A message
/// of which no value can be written and read, such as one that never ends, keeps
/// no other from having its own.
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
/// let vectors = pickler_faces::vectors(&protocol, 7, 0).made;
/// let ids: Vec<&str> = vectors.iter().map(|vector| vector.id.as_str()).collect();
/// assert_eq!(ids, ["Ping-default", "Raise-simplest", "Raise-greatest"]);
/// assert_eq!(vectors[2].bytes, [1, 0xFF, 0xFF]);
/// ```
pub fn vectors(protocol: &Protocol, seed: u64, random: usize) -> Vectors {
    let schema = &protocol.schema;
    let mut vectors = Vectors {
        made: Vec::new(),
        missing: Vec::new(),
    };
    let maker = Maker::new(schema);
    let Some(union) = messages(schema) else {
        maker.make(None, &protocol.name, seed, random, &mut vectors);
        return vectors;
    };
    for variant in &*union.variants {
        let name = &*variant.name;
        // Each has a seed of its own, so that a new message changes no other.
        let seed = name
            .bytes()
            .fold(seed, |seed, byte| seed.rotate_left(7) ^ u64::from(byte));
        maker.make(Some(name), name, seed, random, &mut vectors);
    }
    vectors
}

/// Makes vectors.
struct Maker<'a> {
    schema: &'a Schema,
    generator: Generator,
}

impl<'a> Maker<'a> {
    fn new(schema: &'a Schema) -> Self {
        let mut bounds = Bounds::default();
        bounds.units = 40;
        bounds.depth = 6;
        let generator = Generator::with_bounds(schema.clone(), bounds);
        Self { schema, generator }
    }

    /// Those of a message; or, without one, of what the root is.
    fn make(
        &self,
        message: Option<&str>,
        name: &str,
        seed: u64,
        random: usize,
        vectors: &mut Vectors,
    ) {
        let value = |choices: &mut dyn Choices| match message {
            Some(message) => self.generator.message(message, choices),
            None => self.generator.value(choices),
        };
        let first = vectors.made.len();
        let mut failure = None;
        let mut add = |kind: &str, value: Result<Value, Unsatisfied>| {
            let vector = value.and_then(|value| {
                self.vector(&value)
                    .map_err(|last| Unsatisfied::NothingFits { attempts: 1, last })
            });
            match vector {
                Ok((value, bytes)) => {
                    let others = &vectors.made[first..];
                    if others.iter().all(|vector| vector.bytes != bytes) {
                        vectors.made.push(Vector {
                            id: format!("{name}-{kind}"),
                            value,
                            bytes,
                        });
                    }
                }
                Err(why) => failure = Some(why),
            }
        };
        let default = json!({ "name": name, "fields": {} });
        if let Ok(default) = from_json(&default, self.schema) {
            add("default", Ok(default));
        }
        add("simplest", value(&mut ByteChoices::new(&[])));
        // Not all that is great fits together.
        add("greatest", value(&mut Greatest { left: 60 }));
        let mut choices = Seeded::new(seed);
        for number in 1..=random {
            add(&number.to_string(), value(&mut choices));
        }
        if vectors.made.len() == first
            && let Some(why) = failure
        {
            vectors.missing.push(Missing {
                name: name.into(),
                why,
            });
        }
    }

    /// What a value is read as, and its bytes.
    fn vector(&self, value: &Value) -> Result<(Json, Vec<u8>), Error> {
        let bytes = dynamic::encode(self.schema, value)?;
        let read = dynamic::decode(self.schema, &bytes)?;
        Ok((to_json(&read, self.schema), bytes))
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
