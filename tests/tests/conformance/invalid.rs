//! What is malformed is answered by a value or a typed error, the same by both
//! codecs.

use std::collections::BTreeMap;

use expect_test::expect;
use pickler::ErrorKind;
use pickler::dynamic::json::from_hex;
use pokersource::{Message, Stream};
use serde_json::Value as Json;

use crate::codecs;

fn inputs() -> Vec<(String, Vec<u8>)> {
    let text = shared_data::text("pokersource/invalid.jsonl");
    let lines = text.lines().map(|line| {
        let input: Json = serde_json::from_str(line).expect("an input is JSON");
        let kind = input["kind"].as_str().expect("kind is text").to_owned();
        let hex = input["hex"].as_str().expect("hex is text");
        (kind, from_hex(hex).expect("hex"))
    });
    lines.collect()
}

/// What kind of error, without its particulars.
fn name(kind: &ErrorKind) -> String {
    let text = format!("{kind:?}");
    text.split([' ', '(']).next().unwrap_or_default().to_owned()
}

#[test]
fn both_codecs_answer_the_same() {
    let mut outcomes: BTreeMap<(String, String), u32> = BTreeMap::new();
    for (kind, bytes) in inputs() {
        let outcome = match codecs::decode(&bytes, &kind) {
            Ok(_) => "read".to_owned(),
            Err(error) => name(error.kind()),
        };
        let family = kind.split(['@', ':']).next().unwrap_or_default().to_owned();
        *outcomes.entry((family, outcome)).or_default() += 1;
    }
    let lines: Vec<String> = outcomes
        .into_iter()
        .map(|((family, outcome), count)| format!("{family}: {outcome} {count}"))
        .collect();
    expect![[r#"
        bool_byte_2: NotBool 5
        header_length+1: UnexpectedEnd 2
        header_length-1: UnexpectedEnd 4
        header_length=0: LengthTooSmall 3
        overlong_count: CountTooLarge 13
        overlong_count: UnexpectedEnd 79
        trailing_bytes: Trailing 100
        truncated: UnexpectedEnd 1223
        unknown_inner_type: UnknownTag 2"#]]
    .assert_eq(&lines.join("\n"));
}

/// Where the length in the header says that the bytes are one message, whatever
/// is wrong in it, the message behind it is read.
#[test]
fn the_next_message_is_read() {
    let (mut whole, mut refused) = (0, 0);
    for (kind, bytes) in inputs() {
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
