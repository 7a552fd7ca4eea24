//! What is printed is read as what it was.

use pickler::cursor::{BitOrder, ByteOrder};
use pickler::generate::{Seeded, schema};
use pickler::schema::{Protocol, Shape};
use pickler_spec::{parse, print};

fn assert_round_trip(protocol: &Protocol) {
    let text = print(protocol);
    let parsed = match parse(&text) {
        Ok(parsed) => parsed,
        Err(diagnostics) => {
            for diagnostic in &diagnostics {
                eprintln!("{}", diagnostic.with_source("printed", &text));
            }
            panic!("{text}");
        }
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
        let protocol = Protocol::new("random", schema(&mut Seeded::new(seed)));
        let definitions = protocol.schema.types().iter().map(|it| &it.shape);
        if !definitions
            .chain([protocol.schema.root()])
            .any(says_nothing)
        {
            assert_round_trip(&protocol);
        }
    }
}

/// An order that changes nothing is not told, and so not read again.
fn says_nothing(shape: &Shape) -> bool {
    let is_order =
        |bytes: &Option<ByteOrder>, bits: &Option<BitOrder>| bytes.is_none() && bits.is_none();
    matches!(shape, Shape::Ordered { bytes, bits, .. } if is_order(bytes, bits))
        || shape.parts().into_iter().any(says_nothing)
}
