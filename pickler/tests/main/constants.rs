//! Constants in front of types of any kind.

use std::fmt::Debug;

use pickler::framing::LengthField;
use pickler::schema::Schema;
use pickler::{ByteString, ErrorKind, Pickle, PickleOwned};

use crate::agreement::{agree, agree_on_random};

fn bytes<T: PickleOwned + Debug + PartialEq>(value: T, bytes: &[u8]) {
    assert_eq!(agree(&value), bytes, "{value:?}");
}

#[test]
fn of_a_newtype() {
    #[derive(Pickle, Debug, PartialEq)]
    #[pickle(magic = b"v1")]
    struct Version(u16);
    bytes(Version(7), b"v1\0\x07");
    let error = pickler::decode::<Version>(b"v2\0\x07").unwrap_err();
    assert_eq!(
        error.to_string(),
        "Version.magic: expected the constant [118, 49], found [118, 50], at byte 0"
    );
    agree_on_random::<Version>();
}

#[test]
fn of_a_tuple_and_of_nothing() {
    #[derive(Pickle, Debug, PartialEq)]
    #[pickle(magic = 0x2A_u8, endian = little)]
    struct Pair(u16, #[pickle(count = u8)] ByteString);
    bytes(Pair(1, "hi".into()), b"\x2A\x01\0\x02hi");
    agree_on_random::<Pair>();

    #[derive(Pickle, Debug, PartialEq)]
    #[pickle(magic = b"end")]
    struct End;
    bytes(End, b"end");

    #[derive(Pickle, Debug, PartialEq)]
    #[pickle(magic = b"pad", pad_to = 8)]
    struct Padded(u8, u8);
    bytes(Padded(1, 2), b"pad\x01\x02\0\0\0");
}

#[test]
fn within_a_byte() {
    #[derive(Pickle, Debug, PartialEq)]
    #[pickle(magic = 0x0F_u8)]
    struct Inner(#[pickle(bits = 4)] u8);
    #[derive(Pickle, Debug, PartialEq)]
    struct Outer {
        #[pickle(bits = 4)]
        first: u8,
        inner: Inner,
    }
    let outer = Outer {
        first: 0xA,
        inner: Inner(0xB),
    };
    bytes(outer, &[0xA0, 0xFB]);
}

#[test]
fn of_an_enum() {
    #[derive(Pickle, Debug, PartialEq)]
    #[pickle(tag = u8, length = u16, length_counts = message, magic = b"MSG")]
    enum Message {
        Ping,
        Word(u16),
        #[pickle(other)]
        Other {
            tag: u8,
            body: ByteString,
        },
    }
    bytes(Message::Ping, b"MSG\0\0\x03");
    bytes(Message::Word(5), b"MSG\x01\0\x05\0\x05");
    let error = pickler::decode::<Message>(b"MSX\0\0\x03").unwrap_err();
    assert!(matches!(error.kind(), ErrorKind::WrongConstant { .. }));
    assert_eq!(LengthField::of_schema(&Schema::of::<Message>()), None);
    agree_on_random::<Message>();
}

#[test]
fn of_names() {
    #[derive(Pickle, Clone, Copy, Debug, PartialEq)]
    #[pickle(tag = u16, magic = 0xFF_u8, endian = little)]
    enum Suit {
        Hearts,
        Spades,
    }
    bytes(Suit::Spades, &[0xFF, 1, 0]);
    let error = pickler::decode::<Suit>(&[0xFF, 2, 0]).unwrap_err();
    assert_eq!(error.to_string(), "Suit: unknown tag 2 (0x02), at byte 1");
    agree_on_random::<Suit>();
}

#[test]
fn of_variants() {
    #[derive(Pickle, Debug, PartialEq)]
    #[pickle(tag = u8)]
    enum Message {
        #[pickle(magic = b"!")]
        Ping,
        #[pickle(magic = 0x0102_u16)]
        Word(u16),
        #[pickle(magic = b"rec")]
        Record { id: u8 },
    }
    bytes(Message::Ping, b"\0!");
    bytes(Message::Word(7), &[1, 1, 2, 0, 7]);
    bytes(Message::Record { id: 9 }, b"\x02rec\x09");
    let error = pickler::decode::<Message>(&[1, 1, 3, 0, 7]).unwrap_err();
    assert_eq!(
        error.to_string(),
        "Message.Word.magic: expected the constant 258, found 259, at byte 1"
    );
    agree_on_random::<Message>();
}

/// A constant of some bits, in front of what a variant and a struct hold.
#[derive(Pickle, Debug, PartialEq)]
#[pickle(tag = bits(4))]
enum Packet {
    #[pickle(tag = 1, magic = bits(4, 0b0010))]
    Release(u16),
    #[pickle(tag = 2)]
    Other(Nibbles),
    #[pickle(tag = 3, magic = bits(4, 0))]
    Ping,
}

#[derive(Pickle, Debug, PartialEq)]
#[pickle(magic = bits(3, 5))]
struct Nibbles {
    last: bool,
    #[pickle(bits = 8)]
    size: u8,
}

#[test]
fn a_constant_of_some_bits() {
    assert_eq!(agree(&Packet::Release(7)), [0x12, 0, 7]);
    assert_eq!(agree(&Packet::Ping), [0x30]);
    let error = pickler::decode::<Packet>(&[0x31]).unwrap_err();
    assert_eq!(
        error.to_string(),
        "Packet.Ping.magic: expected the constant 0, found 1, at byte 0 bit 4"
    );
    agree_on_random::<Packet>();
}
