//! The protocols, and their two codecs asked the same.

use pickler::dynamic::{self, json};
use pickler::schema::Schema;
use pickler::{Error, PickleOwned};
use serde_json::{Value as Json, json};

/// What was read, written again.
type Rewrite = fn(&[u8]) -> Result<Result<Vec<u8>, Error>, Error>;

/// A declared protocol whose original left vectors.
pub struct Protocol {
    /// Its folder of facts and vectors.
    pub name: &'static str,
    pub schema: fn() -> &'static Schema,
    /// Reads a message by the derived codec and writes it again.
    rewrite: Rewrite,
    /// How many bytes a message has at the least.
    pub least: usize,
    /// Has a message of less than 256 bytes say how long it is.
    pub set_length: fn(&mut [u8]),
    /// How many vectors there are.
    pub vectors: usize,
    /// How many of the original's recorded frames there are.
    pub frames: usize,
}

pub const POKERSOURCE: Protocol = Protocol {
    name: "pokersource",
    schema: pokersource::schema,
    rewrite: rewrite::<pokersource::Message>,
    least: 3,
    set_length: |bytes| bytes[2] = short(bytes.len()),
    vectors: 1257,
    frames: 0,
};

pub const POKERSOURCE3: Protocol = Protocol {
    name: "pokersource_v3",
    schema: pokersource3::schema,
    rewrite: rewrite::<pokersource3::Message>,
    least: 3,
    set_length: |bytes| bytes[2] = short(bytes.len() - 3),
    vectors: 1205,
    frames: 0,
};

pub const OPENPOKER: Protocol = Protocol {
    name: "openpoker",
    schema: openpoker::schema,
    rewrite: rewrite::<openpoker::Message>,
    least: 3,
    set_length: |bytes| bytes[1] = short(bytes.len() - 2),
    vectors: 414,
    frames: 963,
};

pub const POKERTH: Protocol = Protocol {
    name: "pokerth",
    schema: pokerth::schema,
    rewrite: rewrite::<pokerth::Message>,
    least: 4,
    set_length: |bytes| bytes[3] = short(bytes.len() - 4),
    vectors: 547,
    frames: 320,
};

pub const PROTOCOLS: &[Protocol] = &[POKERSOURCE, POKERSOURCE3, OPENPOKER, POKERTH];

fn rewrite<T: PickleOwned>(bytes: &[u8]) -> Result<Result<Vec<u8>, Error>, Error> {
    let message: T = pickler::decode(bytes)?;
    let written = pickler::encode(&message);
    assert_eq!(
        pickler::encoded_len(&message).ok(),
        written.as_ref().ok().map(Vec::len)
    );
    Ok(written)
}

fn short(length: usize) -> u8 {
    u8::try_from(length).expect("the message is short")
}

/// One line of a file of vectors.
pub struct Vector {
    pub id: String,
    pub message: Json,
    pub bytes: Vec<u8>,
}

impl Protocol {
    /// The bytes that both codecs write for the message in some bytes.
    ///
    /// # Panics
    /// If they do not say the same.
    pub fn rewrite(&self, bytes: &[u8], what: &str) -> Result<Vec<u8>, Error> {
        let schema = (self.schema)();
        let derived = (self.rewrite)(bytes);
        let dynamic = dynamic::decode(schema, bytes);
        match (derived, dynamic) {
            (Ok(written), Ok(value)) => {
                assert_eq!(dynamic::encode(schema, &value), written, "{what}");
                Ok(written.unwrap_or_else(|error| panic!("{what}: {error}")))
            }
            (Err(derived), Err(dynamic)) => {
                assert_eq!(derived.kind(), dynamic.kind(), "{what}");
                assert_eq!(derived.bit_offset(), dynamic.bit_offset(), "{what}");
                assert_eq!(derived.to_string(), dynamic.to_string(), "{what}");
                assert_eq!(derived, dynamic, "{what}");
                Err(derived)
            }
            (derived, dynamic) => panic!("{what}: derived {derived:?}, dynamic {dynamic:?}"),
        }
    }

    /// The lines of one of its files.
    pub fn lines(&self, file: &str) -> Vec<Json> {
        shared_data::text(&format!("{}/{file}", self.name))
            .lines()
            .map(|line| serde_json::from_str(line).expect("a line is JSON"))
            .collect()
    }

    pub fn vectors(&self) -> Vec<Vector> {
        let lines = self.lines("vectors.jsonl").into_iter();
        lines
            .map(|vector| Vector {
                id: vector["id"].to_string(),
                message: json!({
                    "name": vector["name"],
                    "code": vector["code"],
                    "fields": json::with_text(&vector["fields"]),
                }),
                bytes: hex(&vector),
            })
            .collect()
    }
}

/// The bytes of a line.
pub fn hex(line: &Json) -> Vec<u8> {
    json::from_hex(line["hex"].as_str().expect("hex is text")).expect("hex")
}
