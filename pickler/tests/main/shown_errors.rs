//! What a person sees of an error.
#![allow(
    clippy::needless_raw_string_hashes,
    clippy::format_push_string,
    reason = "snapshots are written so"
)]

use expect_test::{Expect, expect};
use pickler::dynamic::{self, Value};
use pickler::schema::Schema;
use pickler::{ByteString, Derived, ErrorKind, Pickle};

#[track_caller]
fn check<T: pickler::PickleOwned>(input: &[u8], expected: &Expect) {
    let schema = Schema::of::<T>();
    let Err(error) = pickler::decode::<T>(input) else {
        panic!("{input:02x?} is accepted")
    };
    let shown = format!("{}\n", error.display_with(input));
    for line in shown.lines() {
        assert_eq!(line.trim_end(), line, "blanks at the end of a line");
    }
    expected.assert_eq(&shown);
    // The dynamic codec knows the place as well.
    let dynamic = dynamic::decode(&schema, input).unwrap_err();
    assert_eq!(format!("{}\n", dynamic.display_with(input)), shown);
}

#[derive(Pickle)]
struct Log {
    level: bool,
    #[pickle(count = u8)]
    text: String,
    #[pickle(bits = 4)]
    high: u8,
    #[pickle(bits = 2)]
    flag: bool,
    #[pickle(bits = 10)]
    low: u16,
    #[pickle(derived = sizeof(rest))]
    size: Derived<u16>,
    #[pickle(size = size)]
    rest: Inner,
}

#[derive(Pickle)]
struct Inner {
    a: u32,
    #[pickle(bits = 3, bit_order = lsb)]
    b: u8,
    #[pickle(bits = 5, bit_order = lsb)]
    c: bool,
}

#[test]
fn a_byte() {
    check::<Log>(
        b"\x02\x00",
        &expect![[r#"
            Log.level: expected 0 or 1, found 2, at byte 0
              |
            0 | 02 00 |..|
              | ^^
        "#]],
    );
}

#[test]
fn the_end() {
    check::<Log>(
        b"",
        &expect![[r#"
            Log.level: needs 1 byte, 0 bytes left, at byte 0
              |
            0 | -- ||
              | ^^
        "#]],
    );
    check::<Log>(
        b"\x01\x05abc",
        &expect![[r#"
            Log.text: needs 5 bytes, 3 bytes left, at byte 2
              |
            0 | 01 05 61 62 63 -- -- |..abc|
              |       ^^^^^^^^^^^^^^
        "#]],
    );
    check::<Log>(
        b"\x01\x00\x00",
        &expect![[r#"
            Log.low: needs 10 bits, 2 bits left, at byte 2 bit 6
                 |
               0 | 01 00 00 -- |...|
                 |       ^^^^^
            bits | 00000000
                 |       ^^
        "#]],
    );
    check::<Log>(
        &[&b"\x01\xF0"[..], &[b'x'; 30]].concat(),
        &expect![[r#"
        Log.text: needs 240 bytes, 30 bytes left, at byte 2
           |
         0 | 01 f0 78 78 78 78 78 78  78 78 78 78 78 78 78 78 |..xxxxxxxxxxxxxx|
           |       ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
        16 | 78 78 78 78 78 78 78 78  78 78 78 78 78 78 78 78 |xxxxxxxxxxxxxxxx|
           | ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
        32 | -- -- -- -- -- -- -- --  -- -- -- -- -- -- -- -- ||
           | ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
    "#]],
    );
    check::<Log>(
        &[&b"\x01\xF0"[..], &[b'x'; 100]].concat(),
        &expect![[r#"
        Log.text: needs 240 bytes, 100 bytes left, at byte 2
           |
         0 | 01 f0 78 78 78 78 78 78  78 78 78 78 78 78 78 78 |..xxxxxxxxxxxxxx|
           |       ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
        16 | 78 78 78 78 78 78 78 78  78 78 78 78 78 78 78 78 |xxxxxxxxxxxxxxxx|
           | ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
        ...
        80 | 78 78 78 78 78 78 78 78  78 78 78 78 78 78 78 78 |xxxxxxxxxxxxxxxx|
           | ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
        96 | 78 78 78 78 78 78 -- --  -- -- -- -- -- -- -- -- |xxxxxx|
           | ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
    "#]],
    );
}

#[test]
fn a_piece_that_ends_too_early() {
    check::<Log>(
        b"\x01\x00\x00\x00\0\x02\0\0\0\0\0\0\0\0",
        &expect![[r#"
            Log.rest.a: needs 4 bytes, 2 bytes left, at byte 6
              |
            0 | 01 00 00 00 00 02 00 00  00 00 00 00 00 00 |..............|
              |                   ^^^^^
        "#]],
    );
}

#[test]
fn bits() {
    check::<Log>(
        b"\x01\x00\x3C\x00\0\0\0\0",
        &expect![[r#"
            Log.flag: expected 0 or 1, found 3, at byte 2 bit 4
                 |
               0 | 01 00 3c 00 00 00 00 00 |..<.....|
                 |       ^^
            bits | 00111100
                 |     ^^
        "#]],
    );
    check::<Log>(
        b"\x01\x00\x00\x00\0\x05\0\0\0\0\x51",
        &expect![[r#"
            Log.rest.c: expected 0 or 1, found 10, at byte 10 bit 3
                 |
               0 | 01 00 00 00 00 05 00 00  00 00 51 |..........Q|
                 |                                ^^
            bits | 01010001
                 | ^^^^^
        "#]],
    );
}

#[test]
fn what_follows_from_others_what_is_left_and_what_is_no_text() {
    check::<Log>(
        b"\x01\x05abc\xFFd\0\0\0\x05\0\0\0\0\0",
        &expect![[r#"
        Log.text: not UTF-8 after 3 bytes, at byte 2
          |
        0 | 01 05 61 62 63 ff 64 00  00 00 05 00 00 00 00 00 |..abc.d.........|
          |                ^^^^^
    "#]],
    );
    check::<Log>(
        b"\x01\x00\0\0\0\x06\0\0\0\0\0\0",
        &expect![[r#"
            Log.rest: 1 byte left over, at byte 11
              |
            0 | 01 00 00 00 00 06 00 00  00 00 00 00 |............|
              |                                   ^^
        "#]],
    );
    check::<Log>(b"\x01\x00\0\0\0\x05\0\0\0\0\0more than one row of bytes is left, more than four, so that some of them are left out, which would only hide the others", &expect![[r#"
        Log: 119 bytes left over, at byte 11
            |
          0 | 01 00 00 00 00 05 00 00  00 00 00 6d 6f 72 65 20 |...........more |
            |                                   ^^^^^^^^^^^^^^
         16 | 74 68 61 6e 20 6f 6e 65  20 72 6f 77 20 6f 66 20 |than one row of |
            | ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
        ...
        112 | 6c 79 20 68 69 64 65 20  74 68 65 20 6f 74 68 65 |ly hide the othe|
            | ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
        128 | 72 73                                            |rs|
            | ^^^^^
    "#]]);
}

#[derive(Pickle)]
struct Note {
    #[pickle(derived = len(text) + 1)]
    length: Derived<u16>,
    #[pickle(count = u8)]
    text: ByteString,
}

#[test]
fn a_derived_field() {
    check::<Note>(
        b"\x00\x09\x03abc",
        &expect![[r#"
            Note.length: holds 9, but 4 follows from the other fields, at byte 0
              |
            0 | 00 09 03 61 62 63 |...abc|
              | ^^^^^
        "#]],
    );
}

#[test]
fn a_place_that_no_byte_holds_is_not_shown() {
    let error = pickler::encode(&Log {
        level: true,
        text: String::new(),
        high: 16,
        flag: false,
        low: 0,
        size: Derived::auto(),
        rest: Inner {
            a: 0,
            b: 0,
            c: false,
        },
    })
    .unwrap_err();
    assert_eq!(error.display_with(b"\x01").to_string(), error.to_string());
    let other = pickler::decode::<u8>(b"abcdefgh").unwrap_err();
    assert_eq!(other.display_with(b"").to_string(), other.to_string());
}

#[test]
fn colours_are_escape_sequences_around_marks_and_frame() {
    let error = pickler::decode::<bool>(b"\x02").unwrap_err();
    let shown = error.display_with(b"\x02").with_colours(true).to_string();
    let (blue, red, off) = ("\x1b[34m", "\x1b[1;31m", "\x1b[0m");
    let bar = format!("{blue}  |{off}");
    assert_eq!(
        shown,
        format!(
            "bool: expected 0 or 1, found 2, at byte 0\n\
             {bar}\n\
             {blue}0 |{off} 02 {blue}|{off}.{blue}|{off}\n\
             {bar} {red}^^{off}"
        )
    );
}

#[cfg(feature = "miette")]
mod diagnosis {
    use super::*;
    use miette::Diagnostic;

    /// The parts of the text that labels are under, and what they say.
    #[track_caller]
    fn labels<T: pickler::PickleOwned>(input: &[u8], expected: &Expect) {
        let Err(error) = pickler::decode::<T>(input) else {
            panic!("{input:02x?} is accepted")
        };
        let message = error.to_string();
        let diagnosis = error.diagnosis(input);
        assert_eq!(diagnosis.to_string(), message);
        let source = diagnosis.source_code().unwrap();
        let all = source.read_span(&(0, 0).into(), 0, 1000).unwrap();
        let text = std::str::from_utf8(all.data()).unwrap();
        let mut found = format!("{}\n{text}", diagnosis.code().unwrap());
        for label in diagnosis.labels().unwrap() {
            let part = &text[label.offset()..label.offset() + label.len()];
            found += &format!("{part:?}: {:?}\n", label.label());
        }
        expected.assert_eq(&found);
    }

    #[test]
    fn labels_lie_on_the_digits() {
        labels::<Log>(
            b"\x01\x05abc\xFFd",
            &expect![[r#"
            pickler::NotUtf8
            0  01 05 61 62 63 ff 64  ..abc.d
            "ff 64": Some("bytes 5 to 6")
        "#]],
        );
        labels::<Log>(
            b"\x01\x00\x3C\x00\0\0\0\0",
            &expect![[r#"
            pickler::NotBool
               0  01 00 3c 00 00 00 00 00  ..<.....
            bits  00111100
            "3c": Some("byte 2 bits 4 to 5")
            "11": None
        "#]],
        );
        labels::<Log>(
            b"\x01\x00\x00",
            &expect![[r#"
            pickler::UnexpectedEnd
               0  01 00 00 --  ...
            bits  00000000
            "00 --": Some("byte 2 and on")
            "00": None
        "#]],
        );
        labels::<Log>(
            &[&b"\x01\xF0"[..], &[b'x'; 20]].concat(),
            &expect![[r#"
            pickler::UnexpectedEnd
             0  01 f0 78 78 78 78 78 78  78 78 78 78 78 78 78 78  ..xxxxxxxxxxxxxx
            16  78 78 78 78 78 78 -- --  -- -- -- -- -- -- -- --  xxxxxx
            "78 78 78 78 78 78  78 78 78 78 78 78 78 78": Some("byte 2 and on")
            "78 78 78 78 78 78 -- --  -- -- -- -- -- -- -- --": None
        "#]],
        );
    }

    #[test]
    fn an_error_without_a_place_has_no_source() {
        let error = pickler::decode::<u8>(b"ab").unwrap_err();
        let diagnosis = error.diagnosis(b"");
        assert!(diagnosis.source_code().is_none());
        assert_eq!(diagnosis.labels().unwrap().count(), 0);
    }
}

/// What is always so many follows from no other field.
#[test]
fn counts_and_sizes_that_are_always_the_same() {
    const COUNT: u8 = 2;

    #[derive(Pickle, Debug, PartialEq)]
    struct Fixed {
        #[pickle(size = 4)]
        text: String,
        #[pickle(count = COUNT + 1, item(count = 2))]
        rows: Vec<ByteString>,
    }
    let refused = |text: &str, rows: &[&[u8]]| {
        let fixed = Fixed {
            text: text.into(),
            rows: rows.iter().map(|row| row.to_vec().into()).collect(),
        };
        let rows = rows.iter().map(|row| Value::Bytes((*row).into())).collect();
        let shown = Value::record([
            ("text", Value::Text(text.into())),
            ("rows", Value::List(rows)),
        ]);
        let error = pickler::encode(&fixed).unwrap_err();
        let schema = Schema::of::<Fixed>();
        assert_eq!(dynamic::encode(&schema, &shown), Err(error.clone()));
        error.to_string()
    };
    assert_eq!(
        refused("abc", &[]),
        "Fixed.text: holds 3 instead of 4, at byte 3"
    );
    assert_eq!(
        refused("abcd", &[b"ab"]),
        "Fixed.rows: holds 1 instead of 3, at byte 4"
    );
    assert_eq!(
        refused("abcd", &[b"ab", b"", b"c"]),
        "Fixed.rows[1]: holds 0 instead of 2, at byte 6"
    );
}

#[test]
fn numbers_and_their_units() {
    #[derive(Pickle, Debug, PartialEq)]
    struct Long {
        length: u64,
        #[pickle(size = length)]
        body: ByteString,
    }
    #[derive(Pickle, Debug, PartialEq)]
    struct One {
        #[pickle(count = u8)]
        items: Vec<u16>,
    }
    let error = pickler::decode::<Long>(&[0xFF; 9]).unwrap_err();
    assert_eq!(
        error.to_string(),
        "Long.body: needs more than 2305843009213693951 bytes, 1 byte left, at byte 8"
    );
    let error = pickler::decode::<One>(&[1]).unwrap_err();
    assert_eq!(
        error.to_string(),
        "One.items: announces 1 item, but the input left holds 0 at most, at byte 1"
    );
    for (kind, told) in [
        (
            ErrorKind::TooDeep { limit: 1 },
            "nested deeper than 1 level",
        ),
        (
            ErrorKind::TooManyItems { limit: 1 },
            "more than 1 item in all",
        ),
        (
            ErrorKind::TooManyItems { limit: 2 },
            "more than 2 items in all",
        ),
    ] {
        assert_eq!(kind.to_string(), told);
    }
}
