//! Messages of all protocols.

use pickler::dynamic::{self, json};
use pickler::generate::{Generator, Seeded};
use pickler::schema::Protocol;
use serde_json::Value as Json;

/// How many messages of a protocol without vectors are made.
const MADE: u64 = 300;

/// A protocol, and the bytes of messages.
pub struct Corpus {
    pub protocol: &'static Protocol,
    pub messages: Vec<Vec<u8>>,
}

/// All of them.
pub fn all() -> [Corpus; 4] {
    [
        vectors(pokersource::protocol()),
        vectors(openpoker::protocol()),
        vectors(pokerth::protocol()),
        made(cluster_protocol::protocol()),
    ]
}

/// What the original wrote.
pub fn vectors(protocol: &'static Protocol) -> Corpus {
    let text = shared_data::text(&format!("{}/vectors.jsonl", protocol.name));
    let bytes = |line: &str| {
        let line: Json = serde_json::from_str(line).expect("a line is JSON");
        json::from_hex(line["hex"].as_str().expect("hex is text")).expect("hex")
    };
    Corpus {
        protocol,
        messages: text.lines().map(bytes).collect(),
    }
}

/// Of a protocol of our own.
fn made(protocol: &'static Protocol) -> Corpus {
    let generator = Generator::new(protocol.schema.clone());
    let message = |seed| {
        let value = generator.value(&mut Seeded::new(seed)).ok()?;
        dynamic::encode(&protocol.schema, &value).ok()
    };
    Corpus {
        protocol,
        messages: (0..MADE).filter_map(message).collect(),
    }
}
