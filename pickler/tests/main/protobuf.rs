//! Protobuf's wire format. Bytes from its documentation of the encoding, and by
//! hand.

use pickler::schema::Schema;
use pickler::types::UnknownField;
use pickler::{ByteString, ErrorKind, Pickle};

use crate::agreement::{agree, agree_on_bytes};

#[derive(Pickle, Debug, PartialEq)]
#[pickle(protobuf)]
struct Test1 {
    #[pickle(key = 1)]
    a: i32,
}

#[derive(Pickle, Debug, PartialEq)]
#[pickle(protobuf)]
struct Test3 {
    #[pickle(key = 2)]
    b: Option<String>,
    #[pickle(key = 3)]
    c: Option<Test1>,
}

#[derive(Pickle, Debug, PartialEq)]
#[pickle(protobuf)]
struct Test5 {
    #[pickle(key = 6, packed)]
    f: Vec<i32>,
}

#[test]
fn the_examples_of_the_documentation() {
    assert_eq!(agree(&Test1 { a: 150 }), [0x08, 0x96, 0x01]);
    let value = Test3 {
        b: Some("testing".into()),
        c: Some(Test1 { a: 150 }),
    };
    let bytes = b"\x12\x07testing\x1a\x03\x08\x96\x01";
    assert_eq!(agree(&value), bytes);
    let value = Test5 {
        f: vec![3, 270, 86942],
    };
    assert_eq!(agree(&value), b"\x32\x06\x03\x8e\x02\x9e\xa7\x05");
    // Whoever reads packed values must read others, too.
    let schema = Schema::of::<Test5>();
    let unpacked = b"\x30\x03\x30\x8e\x02\x32\x03\x9e\xa7\x05";
    assert_eq!(agree_on_bytes::<Test5>(&schema, unpacked), Ok(value));
    assert_eq!(agree(&Test5 { f: Vec::new() }), b"");
}

#[derive(Pickle, Clone, Copy, Debug, PartialEq)]
#[pickle(protobuf)]
enum Suit {
    Clubs,
    Spades = 3,
    None = -1,
}

#[derive(Pickle, Clone, Copy, Debug, PartialEq)]
#[pickle(protobuf)]
struct PlayerId(u32);

#[derive(Pickle, Debug, PartialEq)]
#[pickle(protobuf)]
struct Scalars {
    #[pickle(key = 1)]
    int32: i32,
    #[pickle(key = 2)]
    int64: i64,
    #[pickle(key = 3)]
    uint64: u64,
    #[pickle(key = 4, zigzag)]
    sint32: i32,
    #[pickle(key = 5, fixed)]
    fixed32: u32,
    #[pickle(key = 6, fixed)]
    sfixed64: i64,
    #[pickle(key = 7)]
    truth: bool,
    #[pickle(key = 8)]
    suit: Suit,
    #[pickle(key = 9)]
    float: f32,
    #[pickle(key = 10)]
    double: f64,
    #[pickle(key = 16)]
    id: PlayerId,
    #[pickle(key = 17)]
    bytes: ByteString,
    #[pickle(key = 18)]
    suits: Vec<Suit>,
}

fn scalars() -> Scalars {
    Scalars {
        int32: -2,
        int64: 1,
        uint64: u64::MAX,
        sint32: -2,
        fixed32: 1,
        sfixed64: -1,
        truth: true,
        suit: Suit::None,
        float: 1.0,
        double: -2.0,
        id: PlayerId(300),
        bytes: b"\xFF".into(),
        suits: vec![Suit::Spades, Suit::Clubs],
    }
}

#[test]
fn scalars_of_all_kinds() {
    let bytes = agree(&scalars());
    #[rustfmt::skip]
    let expected: &[u8] = &[
        // A negative int32 takes ten bytes.
        0x08, 0xFE, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0x01,
        0x10, 0x01,
        0x18, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0x01,
        0x20, 0x03,
        0x2D, 1, 0, 0, 0,
        0x31, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF,
        0x38, 0x01,
        0x40, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0x01,
        0x4D, 0, 0, 0x80, 0x3F,
        0x51, 0, 0, 0, 0, 0, 0, 0, 0xC0,
        0x80, 0x01, 0xAC, 0x02,
        0x8A, 0x01, 0x01, 0xFF,
        0x90, 0x01, 0x03, 0x90, 0x01, 0x00,
    ];
    assert_eq!(bytes, expected);
}

#[test]
fn the_last_scalar_counts_and_order_is_free() {
    let schema = Schema::of::<Test3>();
    let bytes = b"\x1a\x02\x08\x01\x12\x01a\x12\x01b";
    let value = agree_on_bytes::<Test3>(&schema, bytes).unwrap();
    assert_eq!(value.b.as_deref(), Some("b"));
    // Messages would have to be merged.
    let error = agree_on_bytes::<Test3>(&schema, b"\x1a\x02\x08\x01\x1a\x02\x08\x02");
    assert_eq!(
        *error.unwrap_err().kind(),
        ErrorKind::RepeatedKey { key: 3 }
    );
}

#[test]
fn what_is_no_message_is_refused() {
    let schema = Schema::of::<Test1>();
    let refused = |bytes: &[u8]| {
        let error = agree_on_bytes::<Test1>(&schema, bytes).unwrap_err();
        (error.kind().clone(), error.bit_offset() / 8)
    };
    assert_eq!(refused(b"").0, ErrorKind::MissingField("a".into()));
    // A group, and a wire type that there is not.
    let wire_type = |expected, found| ErrorKind::WrongWireType { expected, found };
    assert_eq!(refused(b"\x0b"), (wire_type(None, 3), 0));
    assert_eq!(refused(b"\x0f"), (wire_type(None, 7), 0));
    assert_eq!(refused(b"\x0a\x01\x05"), (wire_type(Some(0), 2), 0));
    assert_eq!(refused(b"\x10\x01").0, ErrorKind::UnknownTag { found: 2 });
    // Over-long, past 64 bits, past 32 bits.
    let overlong = ErrorKind::OverlongVarint {
        length: 2,
        least: 1,
    };
    assert_eq!(refused(b"\x08\x80\x00"), (overlong, 1));
    let long = b"\x08\xff\xff\xff\xff\xff\xff\xff\xff\xff\x02";
    assert!(matches!(refused(long).0, ErrorKind::OutOfRange { .. }));
    let wide = b"\x08\xff\xff\xff\xff\x0f";
    assert!(matches!(
        refused(wide).0,
        ErrorKind::OutOfRange {
            value: 0xFFFF_FFFF,
            ..
        }
    ));
    let schema = Schema::of::<Scalars>();
    let error = agree_on_bytes::<Scalars>(&schema, b"\x38\x02").unwrap_err();
    assert_eq!(*error.kind(), ErrorKind::NotBool { found: 2 });
    let error = agree_on_bytes::<Scalars>(&schema, b"\x40\x07").unwrap_err();
    assert_eq!(*error.kind(), ErrorKind::UnknownTag { found: 7 });
    assert_eq!(
        error.to_string(),
        "Scalars.suit: unknown tag 7 (0x07), at byte 1"
    );
}

/// As proto3 has it: what has its default is not written.
#[derive(Pickle, Debug, PartialEq)]
#[pickle(protobuf, default)]
struct Implicit {
    #[pickle(key = 1)]
    count: u32,
    #[pickle(key = 2)]
    name: String,
    #[pickle(key = 3, default = 0.5_f64)]
    share: f64,
    #[pickle(key = 4)]
    optional: Option<u32>,
    #[pickle(unknown)]
    unknown: Vec<UnknownField>,
}

#[test]
fn defaults_are_not_written() {
    assert_eq!(agree(&Implicit::default()), b"");
    let value = Implicit {
        count: 1,
        share: 0.0,
        optional: Some(0),
        ..Implicit::default()
    };
    assert_eq!(agree(&value), b"\x08\x01\x19\0\0\0\0\0\0\0\0\x20\x00");
}

#[test]
fn unknown_fields_survive() {
    let bytes = b"\x08\x01\x28\xAC\x02\x32\x02hi\x3D\x01\x02\x03\x04\xFA\xFF\xFF\x7F\x00";
    let schema = Schema::of::<Implicit>();
    let value = agree_on_bytes::<Implicit>(&schema, bytes).unwrap();
    let keys: Vec<u64> = value.unknown.iter().map(|field| field.key).collect();
    assert_eq!(keys, [0x28, 0x32, 0x3D, 0x0FFF_FFFA]);
    assert_eq!(value.unknown[0].value, b"\xAC\x02"[..]);
    assert_eq!(agree(&value), bytes);
    // Bytes that no value of that kind has.
    for (key, bytes) in [
        (0x28, &b"\x80"[..]),
        (0x28, b""),
        (0x3D, b"123"),
        (0x2B, b""),
    ] {
        let value = Implicit {
            unknown: vec![UnknownField {
                key,
                value: bytes.into(),
            }],
            ..Implicit::default()
        };
        assert!(pickler::encode(&value).is_err(), "{key} {bytes:?}");
    }
}

#[derive(Pickle, Debug, PartialEq)]
#[pickle(protobuf)]
struct Tree {
    #[pickle(key = 1)]
    label: Option<u32>,
    #[pickle(key = 2)]
    left: Option<Box<Tree>>,
    #[pickle(key = 3)]
    children: Vec<Tree>,
}

#[test]
fn messages_nest_but_not_without_end() {
    let leaf = |label| Tree {
        label: Some(label),
        left: None,
        children: Vec::new(),
    };
    let value = Tree {
        label: None,
        left: Some(Box::new(leaf(1))),
        children: vec![leaf(2), leaf(3)],
    };
    assert_eq!(
        agree(&value),
        b"\x12\x02\x08\x01\x1a\x02\x08\x02\x1a\x02\x08\x03"
    );
    let mut bytes = Vec::new();
    for _ in 0..100 {
        let mut outer = vec![0x1A];
        if bytes.len() >= 128 {
            outer.push((bytes.len() & 0x7F) as u8 | 0x80);
            outer.push((bytes.len() >> 7) as u8);
        } else {
            outer.push(bytes.len() as u8);
        }
        outer.extend(&bytes);
        bytes = outer;
    }
    let schema = Schema::of::<Tree>();
    let error = agree_on_bytes::<Tree>(&schema, &bytes).unwrap_err();
    assert_eq!(*error.kind(), ErrorKind::TooDeep { limit: 64 });
}

/// Sizes of two bytes move what is written behind them.
#[test]
fn long_values_move() {
    let value = Test3 {
        b: Some("x".repeat(300)),
        c: Some(Test1 { a: 1 }),
    };
    let bytes = pickler::encode(&value).unwrap();
    assert_eq!(bytes[..3], [0x12, 0xAC, 0x02]);
    assert_eq!(bytes[303..], [0x1A, 0x02, 0x08, 0x01]);
    assert_eq!(pickler::encoded_len(&value), Ok(bytes.len()));
    assert_eq!(pickler::decode::<Test3>(&bytes), Ok(value));
    let mut small = [0; 306];
    let value = pickler::decode::<Test3>(&bytes).unwrap();
    assert!(pickler::encode_to_slice(&value, &mut small).is_err());
}
