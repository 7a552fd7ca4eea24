//! Byte streams through handshake and framing, however they are cut.
//!
//! The original's outcome is in the facts; where it lost bytes, stalled or read
//! past a message, the table says what comes out here.

use pickler::dynamic;
use pickler::dynamic::json::{from_hex, to_json};
use pokersource::{Message, Stream, schema};
use serde_json::Value as Json;

/// What comes of each stream: a message by name, or an error; at last how many
/// bytes wait for more.
const EXPECTED: &[(&str, &[&str])] = &[
    ("handshake only", &[]),
    (
        "handshake no dot",
        &[r#"expected the handshake "CGI 002.000\n", found "CGI 0020", which differs at byte 7"#],
    ),
    (
        "handshake wrong major",
        &[r#"expected the handshake "CGI 002.000\n", found "CGI 003", which differs at byte 6"#],
    ),
    // The original took these two for the handshake and kept the line end.
    (
        "handshake crlf",
        &[
            r#"expected the handshake "CGI 002.000\n", found "CGI 002.000\r", which differs at byte 11"#,
        ],
    ),
    (
        "handshake with extra bytes before newline",
        &[
            r#"expected the handshake "CGI 002.000\n", found "CGI 002.000 ", which differs at byte 11"#,
        ],
    ),
    ("three packets bytewise", &["PING", "LOGIN", "POKER_CHAT"]),
    ("split in header", &["LOGIN"]),
    ("split after header", &["LOGIN"]),
    ("max length packet", &["POKER_CHAT", "PING"]),
    // The original dropped one byte and waited for a message of 774.
    (
        "unknown type 150",
        &["Message: unknown tag 150 (0x96), at byte 0", "SERIAL"],
    ),
    // The original took the two bytes for the start of the next message.
    (
        "trailing bytes inside length",
        &["Message.PING: 2 bytes left over, at byte 3", "PING"],
    ),
    // The original took the PING behind the list for the list's second message.
    (
        "list count larger than content",
        &[
            "Message.LIST.packets: announces 2 items, but the input left holds 1 at most, at byte 5",
            "PING",
        ],
    ),
    // The original's connection failed, and the bytes stayed.
    (
        "list with unknown inner type",
        &[
            "Message.LIST.packets[0]: unknown tag 254 (0xFE), at byte 5",
            "PING",
        ],
    ),
    (
        "body shorter than declared fields: serial with len 5",
        &[
            "Message.SERIAL.serial: needs 4 bytes, 2 bytes left, at byte 3",
            "PING",
        ],
    ),
    // The length covers the PING behind the message: the PING is no message.
    (
        "length longer than body by 3, followed by ping",
        &["Message.POKER_CHAT: 3 bytes left over, at byte 18"],
    ),
    // The length covers three PINGs and a byte of the fourth.
    (
        "length longer than available, waits",
        &[
            "Message.POKER_CHAT: 10 bytes left over, at byte 18",
            "2 bytes wait",
        ],
    ),
    // The length ends the message behind its header, so that its fields are
    // taken for a message of 866 bytes.
    (
        "length shorter than body (login len=3)",
        &[
            "Message.LOGIN.name: needs 2 bytes, 0 bytes left, at byte 3",
            "16 bytes wait",
        ],
    ),
    (
        "length 0",
        &["a message of length 0 cannot hold its own header of 3 bytes"],
    ),
];

struct Case {
    name: String,
    chunks: Vec<Vec<u8>>,
    original: Vec<Json>,
}

fn cases() -> Vec<Case> {
    let text = shared_data::text("pokersource/framing.jsonl");
    let lines = text.lines().map(|line| {
        let case: Json = serde_json::from_str(line).expect("a case is JSON");
        let chunks = case["chunks_hex"].as_array().expect("chunks are a list");
        Case {
            name: case["case"].as_str().expect("a name is text").to_owned(),
            chunks: chunks
                .iter()
                .map(|chunk| from_hex(chunk.as_str().expect("hex is text")).expect("hex"))
                .collect(),
            original: case["packets"]
                .as_array()
                .expect("packets are a list")
                .clone(),
        }
    });
    lines.collect()
}

/// All that comes of a stream that arrives in these chunks.
fn run<'a>(chunks: impl IntoIterator<Item = &'a [u8]>) -> (Vec<String>, Vec<Message>) {
    let mut stream = Stream::new();
    let (mut results, mut messages) = (Vec::new(), Vec::new());
    for chunk in chunks {
        stream.push(chunk);
        loop {
            match stream.next_message() {
                Ok(None) => break,
                Ok(Some(message)) => {
                    results.push(message.name().to_owned());
                    messages.push(message);
                }
                Err(error) => {
                    results.push(error.to_string());
                    if error.is_fatal() {
                        // It stays so, whatever comes.
                        stream.push(&[5, 0, 3]);
                        assert_eq!(stream.next_message(), Err(error));
                        assert!(stream.pending().is_empty(), "nothing is kept");
                        return (results, messages);
                    }
                }
            }
        }
    }
    let waiting = stream.pending().len();
    if waiting > 0 {
        results.push(format!("{waiting} bytes wait"));
    }
    (results, messages)
}

#[test]
fn each_stream_gives_what_the_table_says_however_it_is_cut() {
    let cases = cases();
    assert_eq!(cases.len(), EXPECTED.len());
    for case in &cases {
        let name = &case.name;
        let (_, expected) = EXPECTED
            .iter()
            .find(|(named, _)| named == name)
            .unwrap_or_else(|| panic!("`{name}` is not in the table"));
        let whole: Vec<u8> = case.chunks.concat();
        let (results, _) = run(case.chunks.iter().map(Vec::as_slice));
        assert_eq!(results, *expected, "{name}");
        assert_eq!(run([whole.as_slice()]).0, *expected, "{name}, at once");
        assert_eq!(run(whole.chunks(1)).0, *expected, "{name}, bytewise");
    }
}

/// What the original read out of frames that are right is read here, too.
#[test]
fn messages_hold_what_the_original_read() {
    for case in cases() {
        let whole: Vec<u8> = case.chunks.concat();
        let (results, messages) = run([whole.as_slice()]);
        if results.len() != messages.len() {
            continue;
        }
        let shown: Vec<Json> = messages
            .iter()
            .map(|message| {
                let bytes = pickler::encode(message).expect("it was read");
                let value = dynamic::decode(schema(), &bytes).expect("it was written");
                to_json(&value, schema())
            })
            .collect();
        assert_eq!(shown, case.original, "{}", case.name);
    }
}
