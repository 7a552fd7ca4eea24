//! Fields that are read and written in one go, and what is at fault when that
//! fails.

use pickler::schema::Schema;
use pickler::{Error, Pickle};

use crate::agreement::{agree, agree_on_bytes};

#[derive(Pickle, Clone, Debug, PartialEq)]
#[pickle(magic = b"RUN")]
struct Run {
    word: u16,
    yes: bool,
    #[pickle(bits = 3)]
    three: u8,
    #[pickle(bits = 1)]
    flag: bool,
    #[pickle(bits = 12)]
    signed: i16,
    #[pickle(none = 255)]
    seat: Option<u8>,
    #[pickle(endian = little)]
    little: u32,
    #[pickle(constant = 0xBEEF_u16)]
    mark: (),
    float: f32,
    #[pickle(count = u8)]
    text: String,
    after: u8,
}

fn run() -> Run {
    Run {
        word: 0x0102,
        yes: true,
        three: 5,
        flag: true,
        signed: -2,
        seat: Some(3),
        little: 0x0A0B_0C0D,
        mark: (),
        float: 1.0,
        text: "hi".into(),
        after: 9,
    }
}

#[rustfmt::skip]
const BYTES: [u8; 24] = [
    b'R', b'U', b'N', 1, 2, 1,
    // 101, 1, 1111 1111 1110
    0b1011_1111, 0b1111_1110,
    3, 0x0D, 0x0C, 0x0B, 0x0A, 0xBE, 0xEF, 0x3F, 0x80, 0, 0, 2, b'h', b'i', 9, 0,
];

#[test]
fn bytes_are_those_of_the_fields() {
    assert_eq!(agree(&run()), BYTES[..23]);
}

fn error(bytes: &[u8]) -> String {
    let result: Result<Run, Error> = agree_on_bytes(&Schema::of::<Run>(), bytes);
    result.unwrap_err().to_string()
}

#[test]
fn the_first_field_at_fault_is_named() {
    assert_eq!(
        error(&BYTES[..10]),
        "Run.little: needs 4 bytes, 1 byte left, at byte 9"
    );
    // What is wrong before the end is found first.
    let mut wrong = BYTES;
    wrong[5] = 2;
    assert_eq!(error(&wrong[..10]), error(&wrong));
    assert!(error(&wrong).starts_with("Run.yes: "), "{}", error(&wrong));
    let mut wrong = BYTES;
    wrong[14] = 0;
    assert_eq!(
        error(&wrong),
        "Run.mark: expected the constant 48879, found 48640, at byte 13"
    );
    let mut wrong = BYTES;
    wrong[2] = b'n';
    assert!(error(&wrong).contains("magic"), "{}", error(&wrong));
    let mut wrong = BYTES;
    wrong[19] = 200;
    assert_eq!(
        error(&wrong),
        "Run.text: needs 200 bytes, 4 bytes left, at byte 20"
    );
}

#[test]
fn what_does_not_fit_is_named_and_nothing_is_left() {
    for (value, message, offset) in [
        (
            Run { three: 8, ..run() },
            "Run.three: 8 does not fit, only 0 to 7 do",
            48,
        ),
        (
            Run {
                signed: 2_048,
                ..run()
            },
            "Run.signed: 2048 does not fit, only -2048 to 2047 do",
            52,
        ),
        (
            Run {
                seat: Some(255),
                ..run()
            },
            "Run.seat: 255 stands for none and cannot be a value",
            64,
        ),
        (
            Run {
                text: "x".repeat(256),
                ..run()
            },
            "Run.text: 256 long, but its count can say 255 at most",
            152,
        ),
    ] {
        let mut out = vec![7];
        let error = pickler::encode_into(&value, &mut out).unwrap_err();
        assert_eq!(error.to_string(), message);
        assert_eq!(error.bit_offset(), offset);
        assert_eq!(out, [7]);
        assert_eq!(pickler::encoded_len(&value), Err(error));
    }
}

#[test]
fn a_slice_that_is_too_short_is_full_at_some_field() {
    let value = Run { three: 8, ..run() };
    let mut slice = [0; 23];
    for (room, field) in [
        (0, "magic"),
        (3, "word"),
        (5, "yes"),
        (8, "seat"),
        (11, "little"),
        (13, "mark"),
        (18, "float"),
        (19, "text"),
        (20, "text"),
        (22, "after"),
    ] {
        let error = pickler::encode_to_slice(&run(), &mut slice[..room]).unwrap_err();
        assert!(error.to_string().contains(field), "{room}: {error}");
    }
    // What is full before it is looked at comes first.
    let full = pickler::encode_to_slice(&value, &mut slice[..5]).unwrap_err();
    assert!(full.to_string().contains("yes"), "{full}");
    let wrong = pickler::encode_to_slice(&value, &mut slice[..8]).unwrap_err();
    assert!(wrong.to_string().contains("three"), "{wrong}");
}

#[test]
fn runs_start_within_bytes_and_in_all_orders() {
    macro_rules! shifted {
        ($($order:ident)*) => { $({
            #[derive(Pickle, Clone, Debug, PartialEq)]
            #[pickle(bit_order = $order)]
            struct Shifted {
                #[pickle(bits = 3)]
                odd: u8,
                inner: Inner,
                #[pickle(endian = little)]
                little: Inner,
                #[pickle(bits = 5)]
                rest: i8,
            }
            #[derive(Pickle, Clone, Debug, PartialEq)]
            struct Inner {
                word: u16,
                #[pickle(bits = 13)]
                most: u16,
                #[pickle(bits = 3)]
                least: i8,
                #[pickle(none = 9)]
                none: Option<i16>,
            }
            let inner = |least| Inner { word: 0x1234, most: 0x1ABC, least, none: None };
            agree(&Shifted { odd: 5, inner: inner(-3), little: inner(3), rest: -9 });
        })* };
    }
    shifted!(msb lsb);
}
