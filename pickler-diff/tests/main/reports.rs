//! How reports are told.

#![allow(
    clippy::needless_raw_string_hashes,
    reason = "snapshots are written with them"
)]

use expect_test::expect;
use pickler::schema::Protocol;
use pickler_diff::{Report, assert_compatible, diff};

use crate::specs::protocol;

const OLD: &str = "protocol chat \"1\"
union Message tag u8 length u8 {
1 SAY: { room: u8, words: bytes count u8 }
2 PING
}";

const NEW: &str = "protocol chat \"2\"
union Message tag u8 length u8 {
1 SAY: { channel: u8, words: bytes count u8 unless end }
2 PING
3 SHOUT: bytes rest
}";

fn report() -> Report {
    diff(&protocol(OLD), &protocol(NEW))
}

#[test]
fn as_text() {
    expect![[r#"
        chat 1 -> chat 2: only new reads old: 3 findings (2 only new reads old, 1 compatible); 1 message unchanged

        only new reads old
          SAY: words: `bytes counted by u8` became `bytes counted by u8 unless at the end`
            new writes `words: null` as `010100`; old refuses: Message.SAY.words: needs 1 byte, 0 bytes left, at byte 3
          SHOUT: is new, tag 3
            new writes `""` as `0300`; old refuses: Message: unknown tag 3 (0x03), at byte 0

        compatible
          SAY: channel: was called `room`"#]].assert_eq(&report().to_string());
}

#[test]
fn as_markdown() {
    expect![[r##"
        # chat 1 to chat 2

        Only new reads old: 3 findings (2 only new reads old, 1 compatible); 1 message unchanged.

        Each line of bytes was written by one version, and shows what the other reads of it. `pickler diff` makes such pages.

        ## Only new reads old

        - **SAY: words**: `bytes counted by u8` became `bytes counted by u8 unless at the end`
          - new writes `words: null` as `010100`; old refuses: Message.SAY.words: needs 1 byte, 0 bytes left, at byte 3
        - **SHOUT**: is new, tag 3
          - new writes `""` as `0300`; old refuses: Message: unknown tag 3 (0x03), at byte 0

        ## Compatible

        - **SAY: channel**: was called `room`
    "##]].assert_eq(&report().to_markdown());
}

#[test]
fn as_json() {
    let json = serde_json::to_string_pretty(&report().to_json()).expect("it is JSON");
    expect![[r#"
        {
          "old": {
            "name": "chat",
            "version": "1"
          },
          "new": {
            "name": "chat",
            "version": "2"
          },
          "verdict": "new_reads_old",
          "findings": [
            {
              "verdict": "new_reads_old",
              "misread": false,
              "untried": [],
              "messages": [
                "SAY"
              ],
              "field": "words",
              "change": "`bytes counted by u8` became `bytes counted by u8 unless at the end`",
              "witnesses": [
                {
                  "writer": "new",
                  "part": "message",
                  "value": {
                    "name": "SAY",
                    "code": 1,
                    "fields": {
                      "channel": 0,
                      "words": null
                    }
                  },
                  "hex": "010100",
                  "reader": {
                    "reads": "an error",
                    "kind": "UnexpectedEnd",
                    "bit_offset": 24,
                    "error": "Message.SAY.words: needs 1 byte, 0 bytes left, at byte 3"
                  }
                }
              ]
            },
            {
              "verdict": "new_reads_old",
              "misread": false,
              "untried": [],
              "messages": [
                "SHOUT"
              ],
              "field": "",
              "change": "is new, tag 3",
              "witnesses": [
                {
                  "writer": "new",
                  "part": "message",
                  "value": {
                    "name": "SHOUT",
                    "code": 3,
                    "fields": ""
                  },
                  "hex": "0300",
                  "reader": {
                    "reads": "an error",
                    "kind": "UnknownTag",
                    "bit_offset": 0,
                    "error": "Message: unknown tag 3 (0x03), at byte 0"
                  }
                }
              ]
            },
            {
              "verdict": "compatible",
              "misread": false,
              "untried": [],
              "messages": [
                "SAY"
              ],
              "field": "channel",
              "change": "was called `room`",
              "witnesses": []
            }
          ],
          "unchanged": 1
        }"#]]
    .assert_eq(&json);
}

#[test]
fn of_what_is_the_same() {
    let one = protocol(OLD);
    expect!["chat 1 -> chat 1: compatible: they are the same"]
        .assert_eq(&diff(&one, &one).to_string());
}

#[test]
fn new_readers_alone() {
    assert_compatible!(&protocol(OLD), &protocol(NEW), new reads old);
}

fn fails(check: impl FnOnce()) -> String {
    let panic = std::panic::catch_unwind(std::panic::AssertUnwindSafe(check))
        .expect_err("they are not compatible");
    panic.downcast_ref::<String>().expect("the report").clone()
}

#[test]
fn a_failed_assertion_shows_the_report() {
    let (old, new): (Protocol, Protocol) = (protocol(OLD), protocol(NEW));
    assert_eq!(
        fails(|| assert_compatible!(&old, &new)),
        report().to_string()
    );
    assert_eq!(
        fails(|| assert_compatible!(&old, &new, old reads new)),
        report().to_string()
    );
}

const RARE: &str = "record A {\na: u32\nb: u8 if a * a * 3 == 1311768467\n}";

#[test]
fn of_what_is_not_known() {
    let (old, new) = (protocol(RARE), protocol(&RARE.replace("b: u8", "b: u16")));
    let report = diff(&old, &new);
    expect![[r#"
        old -> new: not known: 1 finding (1 not known)

        not known
          b: `u8` became `u16`
            not known: no value of old was made that has it, and for which it matters, so nothing shows what new reads
            not known: no value of new was made that has it, and for which it matters, so nothing shows what old reads"#]]
    .assert_eq(&report.to_string());
    assert!(report.is_unknown() && !report.is_compatible());
    assert_eq!(report.to_json()["findings"][0]["verdict"], "not_known");
    assert_eq!(fails(|| assert_compatible!(&old, &new)), report.to_string());
    let asked = || assert_compatible!(&old, &new, new reads old);
    assert_eq!(fails(asked), report.to_string());
}

/// What is shown can be read again by who copies it.
#[test]
fn of_long_messages() {
    let (old, new) = (
        "record A { a: bytes count 60 }",
        "record A { a: bytes count 61 }",
    );
    let text = diff(&protocol(old), &protocol(new)).to_string();
    assert!(text.contains(&format!("`{}`", "61".repeat(60))), "{text}");
    let (old, new) = (old.replace("60", "2000"), new.replace("61", "2001"));
    let text = diff(&protocol(&old), &protocol(&new)).to_string();
    assert!(
        text.contains("2000 bytes, of which the first 1024 are"),
        "{text}"
    );
}
