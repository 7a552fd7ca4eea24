//! Wireshark, on made vectors of all examples, and on their samples.

use std::path::Path;

use pickler::dynamic;
use pickler::schema::Protocol;

use super::agree::agree;
use super::capture::Capture;
use super::pdml;

/// So many vectors of each message are made at random.
const RANDOM: usize = 12;

/// So many packets of an example, and bytes of each, are dissected at the most.
const MOST_PACKETS: usize = 60;
const MOST_BYTES: usize = 8192;

/// Each example, under a name that Wireshark does not know.
fn examples() -> Vec<(String, Protocol)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../protocols/spec/examples");
    let entries = std::fs::read_dir(folder).expect("the folder of examples");
    let specs = entries.map(|entry| entry.expect("a spec").path());
    let mut examples: Vec<(String, Protocol)> = specs
        .map(|path| {
            let protocol = pickler_spec::load(&path).unwrap_or_else(|why| panic!("{why}"));
            let name = format!("made_{}", protocol.name);
            (protocol.name, Protocol::new(&name, protocol.schema))
        })
        .collect();
    examples.sort_by(|one, other| one.0.cmp(&other.0));
    assert_eq!(examples.len(), 24);
    examples
}

/// Bytes that other programs wrote.
fn samples(name: &str) -> Vec<Vec<u8>> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("data/examples")
        .join(name);
    let entries = std::fs::read_dir(folder).expect("the folder of samples");
    let mut files: Vec<_> = entries
        .map(|entry| entry.expect("a sample").path())
        .collect();
    files.sort();
    files.retain(|path| path.extension().is_some_and(|it| it == "bin"));
    let read = |path| std::fs::read(path).expect("a sample is read");
    files.into_iter().map(read).collect()
}

#[test]
fn vectors_and_samples_of_all_examples_are_dissected() {
    if !pdml::is_there() {
        return;
    }
    let mut wrong = Vec::new();
    for (name, protocol) in examples() {
        let made = pickler_faces::vectors(&protocol, 7, RANDOM).made;
        let mut sent: Vec<Vec<u8>> = samples(&name);
        sent.extend(made.into_iter().map(|vector| vector.bytes));
        sent.retain(|bytes| (1..MOST_BYTES).contains(&bytes.len()));
        sent.retain(|bytes| dynamic::decode(&protocol.schema, bytes).is_ok());
        sent.truncate(MOST_PACKETS);
        assert!(sent.len() > 5, "{name}: {} packets", sent.len());
        let mut capture = Capture::new();
        for bytes in &sent {
            capture.datagram(40_000, bytes);
        }
        let script = pickler_faces::wireshark(&protocol).expect("all can be told");
        let found = pdml::messages(&protocol.name, &script, &capture.bytes);
        assert_eq!(found.len(), sent.len(), "{name}");
        let first = found.iter().zip(&sent).find_map(|(message, bytes)| {
            let why = agree(&protocol.schema, bytes, message).err()?;
            Some(format!("{name}: {why}"))
        });
        wrong.extend(first);
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n\n"));
}
