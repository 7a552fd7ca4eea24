//! Values written by one version, and read by the other.

use pickler::Error;
use pickler::dynamic::{self, Value};
use pickler::schema::Schema;

use super::meaning::Meanings;
use super::unknown::UnknownKeys;
use super::values::settled;
use crate::changes::Aliases;

/// So many values have keys that nobody knows.
const UNKNOWN: usize = 16;

/// A value, its bytes, and what the other reads of them.
#[derive(Clone, Debug, PartialEq)]
pub struct Sample {
    pub value: Value,
    pub bytes: Vec<u8>,
    pub reading: Reading,
}

/// What is read of another version's bytes.
#[derive(Clone, Debug, PartialEq)]
pub enum Reading {
    /// What was written.
    Same(Value),
    /// Something else.
    Other {
        value: Value,
        /// Where they differ first.
        at: String,
        /// What was written there, and what is read.
        parts: (Value, Value),
    },
    /// An error.
    Refused(Error),
}

impl Reading {
    /// What was written is not what is read.
    pub const fn is_wrong(&self) -> bool {
        !matches!(self, Self::Same(_))
    }
}

/// Writes these values by one schema and reads them by another. What cannot be
/// written is left out.
pub fn trial(writer: &Schema, reader: &Schema, aliases: &Aliases, values: &[Value]) -> Vec<Sample> {
    let unknown = UnknownKeys::between(writer, reader);
    let of_unknown = values.iter().flat_map(|value| unknown.added_to(value));
    let of_unknown: Vec<Value> = of_unknown.take(UNKNOWN).collect();
    let values = values.iter().chain(&of_unknown);
    values
        .filter_map(|value| sample(writer, reader, aliases, value))
        .collect()
}

fn sample(writer: &Schema, reader: &Schema, aliases: &Aliases, value: &Value) -> Option<Sample> {
    let (value, bytes) = settled(writer, value)?;
    let reading = match dynamic::decode(reader, &bytes) {
        Err(error) => Reading::Refused(error),
        Ok(read) => {
            let meanings = Meanings {
                writer,
                reader,
                aliases,
            };
            match meanings.difference((writer.root(), &value), (reader.root(), &read)) {
                None => Reading::Same(read),
                Some(difference) => Reading::Other {
                    value: read,
                    at: difference.path(),
                    parts: (difference.written, difference.read),
                },
            }
        }
    };
    Some(Sample {
        value,
        bytes,
        reading,
    })
}
