//! Frames that the originals sent each other are read, and written the same.

use pickler::dynamic::{self, json};
use serde_json::Value as Json;

use crate::protocols::{OPENPOKER, POKERTH, hex};

/// The recorded sessions of OpenPoker whose frames are all meant to be good.
const OPENPOKER_SESSIONS: &[&str] = &[
    "headsup",
    "lobby",
    "midleave",
    "reconnect",
    "relogin",
    "testall",
    "testgame",
];

/// The frames of a recording, with what is known of them.
fn frames(lines: Vec<Json>) -> impl Iterator<Item = Json> {
    lines.into_iter().filter(|line| line["hex"].is_string())
}

#[test]
fn sessions_of_openpoker_are_read_and_written_the_same() {
    let schema = openpoker::schema();
    let mut count = 0;
    for session in OPENPOKER_SESSIONS {
        for frame in frames(OPENPOKER.lines(&format!("sessions/{session}.jsonl"))) {
            count += 1;
            let bytes = hex(&frame);
            let what = format!("{session}: {frame}");
            assert_eq!(OPENPOKER.rewrite(&bytes, &what).as_ref(), Ok(&bytes));
            let value = dynamic::decode(schema, &bytes).expect("it was read");
            let shown = json::to_json(&value, schema);
            assert_eq!(shown["name"], frame["name"], "{what}");
            if frame["fields"].is_object() {
                assert_eq!(shown["fields"], frame["fields"], "{what}");
            }
        }
    }
    assert_eq!(count, OPENPOKER.frames);
}

/// What ended the original's connection is an error here, too, and what it
/// answered is read.
#[test]
fn bad_frames_of_openpoker_are_refused() {
    let (mut read, mut refused) = (0, Vec::new());
    for frame in frames(OPENPOKER.lines("sessions/bad.jsonl")) {
        let known = frame["name"].is_string();
        match OPENPOKER.rewrite(&hex(&frame), &frame.to_string()) {
            Ok(_) => read += usize::from(known),
            Err(error) => refused.push(error.to_string()),
        }
    }
    expect_test::expect![[r#"
        6 read, refused: [
            "Message: needs 1 byte, 0 bytes left, at byte 2",
            "Message: unknown tag 5 (0x05), at byte 2",
            "Message: unknown tag 28 (0x1C), at byte 2",
            "Message: unknown tag 255 (0xFF), at byte 2",
            "Message.LOGIN.nick: needs 1 byte, 0 bytes left, at byte 3",
            "Message.LOGIN.nick: needs 3 bytes, 0 bytes left, at byte 4",
            "Message.CHAT.message: needs 2 bytes, 0 bytes left, at byte 8",
            "Message.WATCH.gid: needs 4 bytes, 3 bytes left, at byte 3",
            "Message.WATCH: 2 bytes left over, at byte 7",
            "Message.NEW_GAME_REQ.limit_type: `limit_type >= 1 && limit_type <= 1` does not hold, found 2, at byte 5",
            "Message.GAME_INFO.gid: needs 4 bytes, 0 bytes left, at byte 3",
            "Message.RAISE.gid: needs 4 bytes, 3 bytes left, at byte 3",
            "Message.PING: 2999 bytes left over, at byte 3",
        ]"#]]
    .assert_eq(&format!("{read} read, refused: {refused:#?}"));
}

#[test]
fn a_session_of_pokerth_is_read_and_written_the_same() {
    let schema = pokerth::schema();
    let mut count = 0;
    for frame in frames(POKERTH.lines("session.jsonl")) {
        count += 1;
        let bytes = hex(&frame);
        let what = frame.to_string();
        assert_eq!(POKERTH.rewrite(&bytes, &what).as_ref(), Ok(&bytes));
        let value = dynamic::decode(schema, &bytes).expect("it was read");
        let shown = json::to_json(&value, schema);
        assert_eq!(shown["name"], frame["name"], "{what}");
    }
    assert_eq!(count, POKERTH.frames);
}
