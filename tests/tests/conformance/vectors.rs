//! What the original wrote is read, and written the same, by both codecs.

use pickler::dynamic::{self, json};

use crate::protocols::{PROTOCOLS, Protocol, Vector};

fn all() -> impl Iterator<Item = (&'static Protocol, Vector)> {
    PROTOCOLS.iter().flat_map(|protocol| {
        let vectors = protocol.vectors().into_iter();
        vectors.map(move |vector| (protocol, vector))
    })
}

#[test]
fn all_vectors_are_there() {
    for protocol in PROTOCOLS {
        let vectors = protocol.vectors();
        assert_eq!(vectors.len(), protocol.vectors, "{}", protocol.name);
    }
}

#[test]
fn bytes_are_read_as_the_fields() {
    for (protocol, vector) in all() {
        let schema = (protocol.schema)();
        let value = dynamic::decode(schema, &vector.bytes)
            .unwrap_or_else(|error| panic!("{}: {error}", vector.id));
        let shown = json::to_json(&value, schema);
        assert_eq!(shown, vector.message, "{}", vector.id);
    }
}

#[test]
fn fields_are_written_as_the_bytes() {
    for (protocol, vector) in all() {
        let (id, schema) = (&vector.id, (protocol.schema)());
        let value = json::from_json(&vector.message, schema)
            .unwrap_or_else(|error| panic!("{id}: {error}"));
        let written = dynamic::encode(schema, &value);
        assert_eq!(written.as_ref(), Ok(&vector.bytes), "{id}");
        let rewritten = protocol.rewrite(&vector.bytes, id);
        assert_eq!(rewritten.as_ref(), Ok(&vector.bytes), "{id}");
    }
}

#[test]
fn spans_cover_the_bytes_without_gap() {
    for (protocol, vector) in all() {
        let schema = (protocol.schema)();
        let (spans, value) = dynamic::trace(schema, &vector.bytes);
        assert_eq!(value, dynamic::decode(schema, &vector.bytes));
        let mut end = 0;
        for span in spans {
            assert_eq!(span.bits.start, end, "{}: {:?}", vector.id, span.path);
            end = span.bits.end;
        }
        assert_eq!(end, vector.bytes.len() as u64 * 8, "{}", vector.id);
    }
}

/// Every byte in turn made another one, and every message cut at every place,
/// with its length as it was and set right: the codecs agree on all of it.
#[test]
fn codecs_agree_on_bytes_that_are_nearly_right() {
    for protocol in PROTOCOLS {
        let vectors = protocol.vectors().into_iter();
        let short = vectors.filter(|vector| vector.bytes.len() <= 96);
        let (mut read, mut refused) = (0, 0);
        for vector in short.step_by(4) {
            let mut count = |bytes: &[u8], what: &str| match protocol.rewrite(bytes, what) {
                Ok(_) => read += 1,
                Err(_) => refused += 1,
            };
            for index in 0..vector.bytes.len() {
                let mut bytes = vector.bytes.clone();
                for change in [0x01, 0xFF] {
                    bytes[index] = vector.bytes[index].wrapping_add(change);
                    count(&bytes, &format!("{}, byte {index} + {change}", vector.id));
                }
                count(&vector.bytes[..index], &format!("{}, cut", vector.id));
            }
            for size in protocol.least..vector.bytes.len() {
                let mut bytes = vector.bytes[..size].to_vec();
                (protocol.set_length)(&mut bytes);
                count(&bytes, &format!("{}, cut to {size}", vector.id));
            }
        }
        assert!(
            read > 1000 && refused > 1000,
            "{}: {read} read, {refused} refused",
            protocol.name
        );
    }
}
