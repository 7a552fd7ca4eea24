//! What is malformed is answered by a value or a typed error, the same by both
//! codecs.

use std::collections::BTreeMap;

use expect_test::expect;
use pickler::ErrorKind;
use pokersource::{Message, Stream};

use crate::protocols::{OPENPOKER, POKERSOURCE, POKERSOURCE3, POKERTH, Protocol, hex};

fn inputs(protocol: &Protocol) -> Vec<(String, Vec<u8>)> {
    let lines = protocol.lines("invalid.jsonl").into_iter();
    lines
        .map(|input| {
            let kind = input["kind"].as_str().expect("kind is text").to_owned();
            let mut bytes = hex(&input);
            if protocol.name == POKERTH.name {
                // They are without the size in front.
                let mut framed = vec![0; 4];
                framed.append(&mut bytes);
                (protocol.set_length)(&mut framed);
                bytes = framed;
            }
            (kind, bytes)
        })
        .collect()
}

/// What kind of error, without its particulars.
fn name(kind: &ErrorKind) -> String {
    let text = format!("{kind:?}");
    text.split([' ', '(']).next().unwrap_or_default().to_owned()
}

/// What became of the inputs of each kind, and how often.
fn outcomes(protocol: &Protocol) -> String {
    let mut outcomes: BTreeMap<(String, String), u32> = BTreeMap::new();
    for (kind, bytes) in inputs(protocol) {
        let outcome = match protocol.rewrite(&bytes, &kind) {
            Ok(_) => "read".to_owned(),
            Err(error) => name(error.kind()),
        };
        let family = kind.split(['@', ':', '+']).next().unwrap_or_default();
        *outcomes.entry((family.to_owned(), outcome)).or_default() += 1;
    }
    let lines: Vec<String> = outcomes
        .into_iter()
        .map(|((family, outcome), count)| format!("{family}: {outcome} {count}"))
        .collect();
    lines.join("\n")
}

#[test]
fn malformed_messages_of_pokersource() {
    expect![[r#"
        bool_byte_2: NotBool 5
        header_length: UnexpectedEnd 2
        header_length-1: UnexpectedEnd 4
        header_length=0: LengthTooSmall 3
        overlong_count: CountTooLarge 13
        overlong_count: UnexpectedEnd 79
        trailing_bytes: Trailing 100
        truncated: UnexpectedEnd 1223
        unknown_inner_type: UnknownTag 2"#]]
    .assert_eq(&outcomes(&POKERSOURCE));
}

#[test]
fn malformed_messages_of_pokersource3() {
    expect![[r#"
        bool_byte_2: NotBool 7
        header_length: UnexpectedEnd 3
        header_length-1: UnexpectedEnd 2
        overlong_count: CountTooLarge 14
        overlong_count: UnexpectedEnd 71
        trailing_bytes: Trailing 101
        truncated: UnexpectedEnd 1217
        unknown_inner_type: UnknownTag 2"#]]
    .assert_eq(&outcomes(&POKERSOURCE3));
}

#[test]
fn malformed_messages_of_openpoker() {
    expect![[r#"
        join_short_form: UnexpectedEnd 1
        limit_type_2: Unsatisfied 2
        overlong_length: UnexpectedEnd 6
        rank=0: Unsatisfied 2
        rank=14: Unsatisfied 2
        state=9: read 1
        suit=0: Unsatisfied 1
        suit=200: Unsatisfied 1
        suit=5: Unsatisfied 1
        trailing_bytes: Trailing 28
        truncated: UnexpectedEnd 192
        unknown_code: UnknownTag 251
        unknown_code: read 1"#]]
    .assert_eq(&outcomes(&OPENPOKER));
}

#[test]
fn malformed_messages_of_pokerth() {
    expect![[r#"
        duplicate type: Trailing 1
        group start: WrongWireType 1
        invalid utf8 in string: NotUtf8 1
        length beyond end: UnexpectedEnd 1
        missing required field: MissingField 1
        overlong varint: OverlongVarint 1
        packed encoding: read 1
        type/body mismatch: UnknownTag 1
        unknown enum value: UnknownTag 1
        unknown extra field: Trailing 1
        unpacked encoding of a packed field: read 1
        varint > 32 bits: OutOfRange 1"#]]
    .assert_eq(&outcomes(&POKERTH));
}

/// Where the length in the header says that the bytes are one message, whatever
/// is wrong in it, the message behind it is read.
#[test]
fn the_next_message_is_read() {
    let (mut whole, mut refused) = (0, 0);
    for (kind, bytes) in inputs(&POKERSOURCE) {
        let is_one_frame = matches!(
            bytes[..],
            [_, high, low, ..] if usize::from(u16::from_be_bytes([high, low])) == bytes.len()
        );
        if !is_one_frame {
            continue;
        }
        whole += 1;
        let mut stream = Stream::after_handshake();
        stream.push(&bytes);
        stream.push(&[7, 0, 3]);
        let first = stream.next_message();
        refused += u32::from(first.is_err());
        assert_eq!(
            first.map_err(|error| error.is_fatal()).err(),
            Some(false),
            "{kind}"
        );
        assert_eq!(stream.next_message(), Ok(Some(Message::Quit)), "{kind}");
    }
    expect!["99 are one frame, 99 of them refused"]
        .assert_eq(&format!("{whole} are one frame, {refused} of them refused"));
}
