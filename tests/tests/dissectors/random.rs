//! Formats that nobody thought of.

use pickler::dynamic;
use pickler::generate::{Generator, Seeded, schema};
use pickler::schema::Protocol;

use super::agree::agree;
use super::capture::Capture;
use super::pdml;

/// So many formats.
const FORMATS: u64 = 40;

#[test]
fn values_of_random_formats_are_dissected() {
    if !pdml::is_there() {
        return;
    }
    for seed in 0..FORMATS {
        let mut choices = Seeded::new(seed);
        let schema = schema(&mut choices);
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
        eprintln!("seed {seed}: {} messages", sent.len());
        assert_eq!(found.len(), sent.len(), "{seed}");
        for (message, bytes) in found.iter().zip(&sent) {
            agree(&schema, bytes, message);
        }
    }
}
