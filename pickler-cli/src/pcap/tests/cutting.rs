use pickler::cursor::ByteOrder;
use pickler::framing::{LengthField, MessageFraming};
use pickler::schema::LengthCounts;

use crate::pcap::cutting::{Cutting, Found};

/// A tag, two bytes of length that count the whole, and a body.
const FRAMING: LengthField = LengthField {
    offset: 1,
    size: 2,
    order: ByteOrder::Big,
    counts: LengthCounts::Message,
    max: 1000,
};

struct Cut {
    cutting: Cutting,
    told: Vec<String>,
}

impl Cut {
    fn new(handshake: &[u8]) -> Self {
        Self {
            cutting: Cutting::new(FRAMING.into(), handshake),
            told: Vec::new(),
        }
    }

    fn push(&mut self, bytes: &[u8]) -> &mut Self {
        let told = &mut self.told;
        let is_message = |bytes: &[u8]| bytes[0] < 10;
        self.cutting
            .push(bytes, &is_message, &mut |found| told.push(text(&found)));
        self
    }

    fn lost(&mut self, bytes: u64) -> &mut Self {
        let told = &mut self.told;
        self.cutting
            .lost(bytes, &mut |found| told.push(text(&found)));
        self
    }

    fn end(&mut self) -> Vec<String> {
        let told = &mut self.told;
        self.cutting.end(&mut |found| told.push(text(&found)));
        assert_eq!(self.cutting.held(), 0);
        std::mem::take(&mut self.told)
    }
}

fn text(found: &Found<'_>) -> String {
    match found {
        Found::Handshake(bytes) => format!("handshake {}", bytes.escape_ascii()),
        Found::Message(bytes) => format!("{bytes:?}"),
        Found::Trouble(why) => why.clone(),
    }
}

#[test]
fn messages_are_cut_however_they_come() {
    let stream = [5, 0, 3, 6, 0, 5, 1, 2, 7, 0, 3];
    let all = ["[5, 0, 3]", "[6, 0, 5, 1, 2]", "[7, 0, 3]"];
    for size in 1..=stream.len() {
        let mut cut = Cut::new(b"");
        for piece in stream.chunks(size) {
            cut.push(piece);
        }
        assert_eq!(cut.end(), all, "in pieces of {size}");
    }
}

#[test]
fn the_handshake_comes_first() {
    for size in 1..=8 {
        let mut cut = Cut::new(b"HELLO");
        for piece in b"HELLO\x05\0\x03".chunks(size) {
            cut.push(piece);
        }
        assert_eq!(cut.end(), ["handshake HELLO", "[5, 0, 3]"]);
    }
    assert_eq!(
        Cut::new(b"HELLO").push(b"HE").end(),
        ["ends within the handshake: it takes 5 bytes, 2 are there"]
    );
    assert_eq!(
        Cut::new(b"HELLO").push(b"H").end(),
        ["ends within the handshake: it takes 5 bytes, 1 is there"]
    );
    assert_eq!(Cut::new(b"HELLO").end(), [""; 0]);
}

#[test]
fn another_handshake_is_told_of_and_messages_are_found_all_the_same() {
    assert_eq!(
        Cut::new(b"HELLO").push(b"HELP!").push(&[5, 0, 3]).end(),
        [
            "expected the handshake \"HELLO\", found \"HELP!\"",
            "[5, 0, 3]"
        ]
    );
    assert_eq!(
        Cut::new(b"HELLO").push(&[5, 0, 3]).end(),
        [
            "expected the handshake \"HELLO\", found \"\\x05\\x00\\x03\"",
            "[5, 0, 3]"
        ]
    );
}

#[test]
fn what_is_lost_within_a_message_costs_that_message_only() {
    assert_eq!(
        Cut::new(b"")
            .push(&[6, 0, 9, 1])
            .lost(3)
            .push(&[5, 6, 7, 0, 3])
            .push(&[8, 0, 3])
            .end(),
        [
            "3 of the 9 bytes of a message were not captured",
            "[7, 0, 3]",
            "[8, 0, 3]"
        ]
    );
    // As many as the message lacks; then some of what is passed over, too.
    assert_eq!(
        Cut::new(b"")
            .push(&[6, 0, 9, 1])
            .lost(5)
            .push(&[7, 0, 3])
            .end(),
        [
            "5 of the 9 bytes of a message were not captured",
            "[7, 0, 3]"
        ]
    );
    assert_eq!(
        Cut::new(b"")
            .push(&[6, 0, 9, 1])
            .lost(2)
            .push(&[0])
            .lost(2)
            .push(&[7, 0, 3])
            .end(),
        [
            "2 of the 9 bytes of a message were not captured",
            "[7, 0, 3]"
        ]
    );
    assert_eq!(
        Cut::new(b"").push(&[6, 0, 9, 1]).lost(2).end(),
        [
            "2 of the 9 bytes of a message were not captured",
            "ends within a message of which bytes were not captured"
        ]
    );
}

#[test]
fn behind_what_is_lost_a_segment_begins_a_message() {
    let lost = "4 bytes were not captured; goes on where a message can begin";
    // Neither the first segment nor the second begins one.
    assert_eq!(
        Cut::new(b"")
            .push(&[5, 0, 3])
            .lost(4)
            .push(&[1, 1])
            .push(&[77, 0, 3])
            .push(&[6, 0])
            .push(&[4, 9, 7, 0, 3])
            .end(),
        ["[5, 0, 3]", lost, "[6, 0, 4, 9]", "[7, 0, 3]"]
    );
    // More than the message lacks.
    let more = "6 bytes were not captured; goes on where a message can begin";
    assert_eq!(
        Cut::new(b"")
            .push(&[6, 0, 9, 1])
            .lost(6)
            .push(&[7, 0, 3])
            .end(),
        [more, "[7, 0, 3]"]
    );
    // The length itself.
    let some = "1 byte was not captured; goes on where a message can begin";
    assert_eq!(
        Cut::new(b"").push(&[6, 0]).lost(1).push(&[7, 0, 3]).end(),
        [some, "[7, 0, 3]"]
    );
    assert_eq!(
        Cut::new(b"").lost(4).push(&[1, 1, 1]).end(),
        [lost, "no message was found behind what was not captured"]
    );
}

/// The first message seen of a connection that is under way comes in pieces,
/// and only what it holds says where it ends.
#[test]
fn a_message_at_the_first_byte_may_come_in_pieces() {
    let spec =
        "protocol sized\nroot R\nrecord R {\n    kind: u8 in 1..=9\n    body: bytes count u8\n}";
    let protocol = pickler_spec::parse(spec).expect("it is a spec");
    let framing = MessageFraming::by_content(&protocol.schema);
    let cut = |segments: &[&[u8]]| {
        let mut cut = Cut {
            cutting: Cutting::new(framing.clone(), b""),
            told: Vec::new(),
        };
        cut.cutting.middle();
        for segment in segments {
            cut.push(segment);
        }
        cut.end()
    };
    let both = ["[5, 3, 1, 2, 3]", "[6, 0]"];
    assert_eq!(cut(&[&[5, 3, 1], &[2, 3], &[6, 0]]), both);
    assert_eq!(cut(&[&[5], &[3, 1, 2, 3, 6, 0]]), both);
    // The rest of one that began earlier.
    assert_eq!(cut(&[&[99, 1], &[5, 3, 1, 2, 3], &[6, 0]]), both);
    assert_eq!(cut(&[&[9, 200, 1], &[5, 3, 1, 2, 3], &[6, 0]]), both);
    // One in many pieces, each of which may begin another.
    let pieces = vec![[9, 255]; 1000];
    let segments: Vec<&[u8]> = pieces.iter().map(|it| &it[..]).collect();
    let found = cut(&segments);
    let whole = [&[9][..], &[255, 9].repeat(128)].concat();
    assert_eq!(found[0], format!("{whole:?}"));
}

#[test]
fn a_direction_without_messages_is_given_up() {
    let mut cut = Cut::new(b"");
    cut.cutting.middle();
    for _ in 0..1000 {
        cut.push(&[99, 0, 3]);
    }
    assert_eq!(
        cut.end(),
        ["given up: no message begins at any of 256 segments"]
    );
}

#[test]
fn a_length_that_cannot_be_is_told_of() {
    assert_eq!(
        Cut::new(b"")
            .push(&[5, 0, 3, 6, 0, 1])
            .push(&[7, 0, 3])
            .end(),
        [
            "[5, 0, 3]",
            "no message can be found: a message of length 1 cannot hold its own header of 3 \
             bytes; goes on where one can begin",
            "[7, 0, 3]"
        ]
    );
    assert_eq!(
        Cut::new(b"").push(&[5, 0, 8, 1]).end(),
        ["ends within a message: it takes 8 bytes or more, 4 are there"]
    );
    assert_eq!(
        Cut::new(b"").push(&[5, 0, 3, 5]).end().last().unwrap(),
        "ends within a message: it takes 3 bytes or more, 1 is there"
    );
}

#[test]
fn what_is_looked_through_is_bounded() {
    let mut cut = Cut::new(b"");
    cut.cutting.middle();
    // Each may begin a message that never ends.
    for _ in 0..100_000 {
        cut.push(&[1]);
        assert!(cut.cutting.held() <= 1 << 17);
    }
    let told = cut.end();
    assert_eq!(told.len(), 1, "{told:?}");
}
