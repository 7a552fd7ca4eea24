//! Formats that nobody thought of.

use pickler::dynamic;
use pickler::generate::{Generator, Seeded, schema};
use pickler::schema::{Protocol, Schema, Shape};

use super::agree::agree;
use super::capture::Capture;
use super::pdml;

/// So many formats.
const FORMATS: u64 = 30;

#[test]
fn values_of_random_formats_are_dissected() {
    if !pdml::is_there() {
        return;
    }
    let mut wrong = Vec::new();
    for seed in 0..FORMATS {
        let mut choices = Seeded::new(seed);
        let schema = schema(&mut choices);
        if is_opaque(&schema) {
            continue;
        }
        let generator = Generator::new(schema.clone());
        let mut sent = Vec::new();
        for _ in 0..8 {
            let value = generator.value(&mut choices).ok();
            let bytes = value.and_then(|value| dynamic::encode(&schema, &value).ok());
            sent.extend(bytes.filter(|bytes| (1..60_000).contains(&bytes.len())));
        }
        let mut capture = Capture::new();
        for bytes in &sent {
            capture.datagram(40_000, bytes);
        }
        let protocol = Protocol::new("random", schema.clone());
        let script = pickler_faces::wireshark(&protocol).expect("all can be told");
        let found = pdml::messages("random", &script, &capture.bytes);
        assert_eq!(found.len(), sent.len(), "{seed}");
        let first = found.iter().zip(&sent).find_map(|(message, bytes)| {
            let why = agree(&schema, bytes, message).err()?;
            Some(format!("format {seed}: {why}"))
        });
        wrong.extend(first);
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n\n"));
}

/// Where something ends that only a codec can read, nobody else knows.
fn is_opaque(schema: &Schema) -> bool {
    fn has(shape: &Shape) -> bool {
        matches!(shape, Shape::Opaque(_)) || shape.parts().into_iter().any(has)
    }
    let types = schema.types().iter();
    types
        .map(|definition| &definition.shape)
        .chain([schema.root()])
        .any(has)
}
