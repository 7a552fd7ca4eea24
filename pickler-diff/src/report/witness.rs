//! Bytes that show what was found.

use pickler::dynamic::{self, Value, json};
use pickler::schema::{Protocol, Schema};
use pickler::{Error, Step};
use serde_json::Value as Json;

use crate::messages::fields;
use crate::proof::{Reading, Sample};

/// One of the two versions.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Side {
    /// The older one.
    Old,
    /// The newer one.
    New,
}

impl Side {
    /// `old` or `new`.
    pub(crate) const fn name(self) -> &'static str {
        match self {
            Self::Old => "old",
            Self::New => "new",
        }
    }

    /// The one that reads what this one writes.
    pub(crate) const fn reader(self) -> Self {
        match self {
            Self::Old => Self::New,
            Self::New => Self::Old,
        }
    }
}

/// A value of one version in bytes, and what the other reads of them.
#[derive(Clone, Debug, PartialEq)]
pub struct Witness {
    /// Who wrote it; the other reads it.
    pub writer: Side,
    /// What of a message it is.
    pub part: Part,
    /// The value.
    pub value: Value,
    /// Its bytes.
    pub bytes: Vec<u8>,
    /// What the other reads of them.
    pub outcome: Outcome,
    /// The value as JSON.
    pub(super) shown: Json,
    /// What is read as JSON.
    pub(super) read: Json,
}

/// What of a message bytes are.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Part {
    /// All of it.
    Whole,
    /// Its fields, since what is in front of them is not the same.
    Fields {
        /// The old name of the message.
        old: String,
        /// The new name.
        new: String,
    },
    /// Nothing: it is what is sent before the first.
    Handshake,
}

/// What the other reads.
#[derive(Clone, Debug, PartialEq)]
pub enum Outcome {
    /// What was written.
    Same(Value),
    /// Something else.
    Differs {
        /// What is read.
        value: Value,
        /// Where it differs first, such as `money[0].bankroll`.
        at: String,
        /// What was written there; null if nothing was.
        was: Value,
        /// What is read there.
        is: Value,
    },
    /// An error.
    Refused(Error),
    /// A message that is too long.
    TooLong {
        /// The most bytes that it may have.
        limit: u64,
    },
    /// Another handshake is expected.
    WrongHandshake {
        /// Which.
        expected: Vec<u8>,
    },
}

impl Part {
    /// The names of the message to what writes and what reads, if it is about its
    /// fields.
    pub(crate) fn names(&self, writer: Side) -> Option<(&str, &str)> {
        match (self, writer) {
            (Self::Fields { old, new }, Side::Old) => Some((old, new)),
            (Self::Fields { old, new }, Side::New) => Some((new, old)),
            _ => None,
        }
    }

    /// The fields of the message in what writes and what reads, if it is about
    /// them.
    pub(crate) fn fields_of(
        &self,
        writer: Side,
        writing: &Schema,
        reading: &Schema,
    ) -> Option<(Schema, Schema)> {
        let (written, read) = self.names(writer)?;
        Some((fields(writing, written)?, fields(reading, read)?))
    }
}

impl Witness {
    pub(crate) fn new(writer: Side, part: Part, sample: &Sample) -> Self {
        let outcome = match &sample.reading {
            Reading::Same(value) => Outcome::Same(value.clone()),
            Reading::Other { value, at, parts } => Outcome::Differs {
                value: value.clone(),
                at: at.clone(),
                was: parts.0.clone(),
                is: parts.1.clone(),
            },
            Reading::Refused(error) => Outcome::Refused(error.clone()),
        };
        Self {
            value: sample.value.clone(),
            ..Self::of_bytes(writer, part, sample.bytes.clone(), outcome)
        }
    }

    pub(crate) fn of_bytes(writer: Side, part: Part, bytes: Vec<u8>, outcome: Outcome) -> Self {
        Self {
            writer,
            part,
            value: Value::Null,
            bytes,
            outcome,
            shown: Json::Null,
            read: Json::Null,
        }
    }

    /// Shows the values as JSON does.
    pub(crate) fn show(&mut self, old: &Schema, new: &Schema) {
        let (writing, reading) = self.sides(old, new);
        let fields = self.part.fields_of(self.writer, writing, reading);
        let (writing, reading) = match &fields {
            Some((writing, reading)) => (writing, reading),
            None => (writing, reading),
        };
        self.shown = json::to_json(&self.value, writing);
        if let Outcome::Same(value) | Outcome::Differs { value, .. } = &self.outcome {
            self.read = json::to_json(value, reading);
        }
    }

    fn sides<T>(&self, old: T, new: T) -> (T, T) {
        match self.writer {
            Side::Old => (old, new),
            Side::New => (new, old),
        }
    }

    /// It shows what it says: the value is written as these bytes, and they are
    /// read as told.
    pub fn holds(&self, old: &Protocol, new: &Protocol) -> bool {
        let (writer, reader) = self.sides(old, new);
        if let Outcome::WrongHandshake { expected } = &self.outcome {
            let sent = |protocol: &Protocol| match &protocol.handshake {
                Some(handshake) => handshake.client.to_vec(),
                None => Vec::new(),
            };
            return sent(writer) == self.bytes && sent(reader) == *expected;
        }
        if let Outcome::TooLong { limit } = self.outcome {
            let size = self.bytes.len() as u64;
            return reader.max_message == Some(limit)
                && size > limit
                && writer.max_message.is_none_or(|most| size <= most)
                && dynamic::encode(&writer.schema, &self.value).as_ref() == Ok(&self.bytes);
        }
        let (writing, reading) = (&writer.schema, &reader.schema);
        let fields = self.part.fields_of(self.writer, writing, reading);
        let (writing, reading) = match &fields {
            Some((writing, reading)) => (writing, reading),
            None => (writing, reading),
        };
        let is_written = dynamic::encode(writing, &self.value).as_ref() == Ok(&self.bytes);
        let read = dynamic::decode(reading, &self.bytes);
        is_written
            && match &self.outcome {
                Outcome::Same(value) => read.as_ref() == Ok(value),
                Outcome::Differs { value, was, is, .. } => read.as_ref() == Ok(value) && was != is,
                Outcome::Refused(error) => read.as_ref() == Err(error),
                Outcome::TooLong { .. } | Outcome::WrongHandshake { .. } => false,
            }
    }
}

/// The sample that shows most plainly what happens to a field: one that goes
/// wrong there, then the shortest.
pub fn best<'a>(samples: impl Iterator<Item = &'a Sample>, field: &[String]) -> Option<&'a Sample> {
    let fields = field.first().map(String::as_str).unwrap_or_default();
    let is_it = |name: &str| fields.split(", ").any(|field| field == name);
    samples.min_by_key(|sample| {
        let is_there = match &sample.reading {
            Reading::Same(_) => true,
            Reading::Other { at, .. } => at.split(['.', '[']).any(is_it),
            Reading::Refused(error) => error
                .path()
                .any(|step| matches!(step, Step::Field(name) if is_it(name.as_str()))),
        };
        (!is_there, sample.bytes.len())
    })
}
