//! What the original wrote is read, and written the same, by both codecs.

use pickler::dynamic::{self, json};
use pokersource::{Message, schema};
use serde_json::{Value as Json, json};

use crate::codecs;

struct Vector {
    id: String,
    message: Json,
    bytes: Vec<u8>,
}

fn vectors() -> Vec<Vector> {
    let text = shared_data::text("pokersource/vectors.jsonl");
    let lines = text.lines().map(|line| {
        let vector: Json = serde_json::from_str(line).expect("a vector is JSON");
        Vector {
            id: vector["id"].to_string(),
            message: json!({
                "name": vector["name"],
                "code": vector["code"],
                "fields": vector["fields"],
            }),
            bytes: json::from_hex(vector["hex"].as_str().expect("hex is text")).expect("hex"),
        }
    });
    lines.collect()
}

#[test]
fn all_vectors_are_there() {
    assert_eq!(vectors().len(), 1257);
}

#[test]
fn bytes_are_read_as_the_fields() {
    for vector in vectors() {
        let message = codecs::decode(&vector.bytes, &vector.id).expect("the original wrote it");
        assert_eq!(message.name(), vector.message["name"], "{}", vector.id);
        assert_eq!(message.code(), vector.message["code"], "{}", vector.id);
        let value = dynamic::decode(schema(), &vector.bytes).expect("the derived codec read it");
        let shown = json::to_json(&value, schema());
        assert_eq!(shown, vector.message, "{}", vector.id);
    }
}

#[test]
fn fields_are_written_as_the_bytes() {
    for vector in vectors() {
        let id = &vector.id;
        let value = json::from_json(&vector.message, schema())
            .unwrap_or_else(|error| panic!("{id}: {error}"));
        let written = dynamic::encode(schema(), &value);
        assert_eq!(written.as_ref(), Ok(&vector.bytes), "{id}");
        let message: Message = pickler::decode(&vector.bytes).expect("it was read before");
        assert_eq!(
            pickler::encode(&message).as_ref(),
            Ok(&vector.bytes),
            "{id}"
        );
        let size = pickler::encoded_len(&message);
        assert_eq!(size, Ok(vector.bytes.len()), "{id}");
    }
}

#[test]
fn spans_cover_the_bytes_without_gap() {
    for vector in vectors() {
        let (spans, value) = dynamic::trace(schema(), &vector.bytes);
        assert_eq!(value, dynamic::decode(schema(), &vector.bytes));
        let mut end = 0;
        for span in spans {
            assert_eq!(span.bits.start, end, "{}: {:?}", vector.id, span.path);
            end = span.bits.end;
        }
        assert_eq!(end, vector.bytes.len() as u64 * 8, "{}", vector.id);
    }
}

/// Every byte in turn made another one, and every message cut at every place
/// with its length set right: the codecs agree on all of it.
#[test]
fn codecs_agree_on_bytes_that_are_nearly_right() {
    let short = |vector: &Vector| vector.bytes.len() <= 96;
    let (mut read, mut refused) = (0, 0);
    for vector in vectors().into_iter().filter(short).step_by(4) {
        let mut count = |bytes: &[u8], what: &str| match codecs::decode(bytes, what) {
            Ok(_) => read += 1,
            Err(_) => refused += 1,
        };
        for index in 0..vector.bytes.len() {
            let mut bytes = vector.bytes.clone();
            for change in [0x01, 0xFF] {
                bytes[index] = vector.bytes[index].wrapping_add(change);
                count(&bytes, &format!("{}, byte {index} + {change}", vector.id));
            }
        }
        for size in 3..vector.bytes.len() {
            let mut bytes = vector.bytes[..size].to_vec();
            bytes[2] = u8::try_from(size).expect("the vector is short");
            count(&bytes, &format!("{}, cut to {size}", vector.id));
        }
    }
    assert!(
        read > 1000 && refused > 1000,
        "{read} read, {refused} refused"
    );
}
