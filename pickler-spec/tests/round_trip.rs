//! What is printed is read as what it was.

use pickler::generate::{Seeded, schema};
use pickler::schema::{Protocol, Schema, Shape};
use pickler_spec::{parse, print};

fn assert_round_trip(protocol: &Protocol) {
    let text = print(protocol);
    for line in text.lines() {
        let is_text = line.contains(['"', '`']) || line.trim_start().starts_with("//");
        let words = line.trim_start();
        assert!(is_text || !words.contains("  "), "two spaces in {line:?}");
        assert_eq!(line.trim_end(), line, "a space at the end");
    }
    let parsed = match parse(&text) {
        Ok(parsed) => parsed,
        Err(diagnostics) => {
            for diagnostic in &diagnostics {
                eprintln!("{}", diagnostic.with_source("printed", &text));
            }
            panic!("{text}");
        }
    };
    let protocol = &Protocol {
        schema: told(&protocol.schema),
        ..protocol.clone()
    };
    if parsed != *protocol {
        let again = print(&parsed);
        for (read, printed) in again.lines().zip(text.lines()) {
            assert_eq!(read, printed, "what is read is printed otherwise");
        }
        for (read, printed) in parsed.schema.types().iter().zip(protocol.schema.types()) {
            assert_eq!(read, printed, "{text}");
        }
        assert_eq!(parsed, *protocol, "{text}");
    }
}

#[test]
fn the_protocols() {
    for protocol in [
        openpoker::protocol(),
        pokerth::protocol(),
        pokersource::protocol(),
        cluster_protocol::protocol(),
    ] {
        assert_round_trip(protocol);
    }
}

#[test]
fn random_schemas() {
    for seed in 0..2_000 {
        let schema = schema(&mut Seeded::new(seed));
        assert_round_trip(&Protocol::new("random", schema));
    }
}

/// What is told of a schema: not orders that change nothing.
fn told(schema: &Schema) -> Schema {
    let mut root = schema.root().clone();
    let mut types = schema.types().to_vec();
    let shapes = types.iter_mut().map(|it| &mut it.shape);
    shapes.chain([&mut root]).for_each(without_empty_orders);
    Schema::new(root, types).unwrap()
}

fn without_empty_orders(shape: &mut Shape) {
    while let Shape::Ordered {
        item,
        bytes: None,
        bits: None,
    } = shape
    {
        *shape = std::mem::replace(item, Shape::Tuple(Vec::new()));
    }
    shape.parts_mut().into_iter().for_each(without_empty_orders);
}
