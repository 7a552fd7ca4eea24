//! Enums: tags, lengths, unknown tags.

use std::fmt::Debug;

use pickler::framing::{Framed, LengthField};
use pickler::schema::{Schema, Shape};
use pickler::{ByteString, ErrorKind, Pickle, PickleOwned};

use crate::agreement::{agree, agree_on_random};

fn bytes<T: PickleOwned + Debug + PartialEq>(value: T, bytes: &[u8]) {
    assert_eq!(agree(&value), bytes);
}

#[test]
fn enumeration() {
    #[derive(Pickle, Debug, PartialEq)]
    #[pickle(tag = u16)]
    enum Suit {
        Hearts,
        Spades = 0x105,
        Clubs,
    }
    bytes(Suit::Hearts, &[0, 0]);
    bytes(Suit::Clubs, &[1, 6]);
    let error = pickler::decode::<Suit>(&[0, 1]).unwrap_err();
    assert_eq!(error.kind(), &ErrorKind::UnknownTag { found: 1 });
}

#[test]
fn enumeration_in_bits_that_keeps_what_it_does_not_know() {
    #[derive(Pickle, Debug, PartialEq)]
    #[pickle(bits = 4)]
    enum Suit {
        Hearts,
        #[pickle(other)]
        Other(u8),
    }
    #[derive(Pickle, Debug, PartialEq)]
    struct Two(Suit, Suit);
    bytes(Two(Suit::Hearts, Suit::Other(9)), &[0x09]);
    let error = pickler::encode(&Two(Suit::Hearts, Suit::Other(16))).unwrap_err();
    assert_eq!(error.to_string(), "Two.1: 16 does not fit, only 0 to 15 do");
    let error = pickler::encode(&Suit::Other(0)).unwrap_err();
    assert_eq!(
        error.kind(),
        &ErrorKind::KnownTag {
            tag: 0,
            variant: "Hearts".into()
        }
    );
}

macro_rules! counting {
    ($name:ident $counts:ident) => {
        #[derive(Pickle, Debug, PartialEq)]
        #[pickle(tag = u8, length = u16, length_counts = $counts)]
        enum $name {
            #[pickle(tag = 5)]
            Ping,
            Serial(u32),
            Chat {
                #[pickle(count = u8)]
                text: ByteString,
            },
            Pair(u8, u16),
            #[pickle(other)]
            Other {
                tag: u8,
                body: ByteString,
            },
        }
    };
}

#[test]
fn lengths() {
    counting!(Body body);
    counting!(Rest rest);
    counting!(Message message);
    bytes(Body::Ping, &[5, 0, 0]);
    bytes(Rest::Ping, &[5, 0, 2]);
    bytes(Message::Ping, &[5, 0, 3]);
    bytes(Message::Serial(9), &[6, 0, 7, 0, 0, 0, 9]);
    bytes(Message::Chat { text: "hi".into() }, b"\x07\0\x06\x02hi");
    bytes(Message::Pair(1, 2), &[8, 0, 6, 1, 0, 2]);
    let kept = |tag| Message::Other {
        tag,
        body: "hi".into(),
    };
    bytes(kept(9), b"\x09\0\x05hi");
    let error = pickler::encode(&kept(8)).unwrap_err();
    assert_eq!(
        error.to_string(),
        "Message.Other: tag 8 is not unknown, it is that of `Pair`, at byte 0"
    );
    for framing in [Body::FRAMING, Rest::FRAMING, Message::FRAMING] {
        assert_eq!((framing.offset, framing.size), (1, 2));
    }
    assert_eq!(
        LengthField::of_schema(&Schema::of::<Message>()),
        Some(Message::FRAMING)
    );
}

#[test]
fn little_endian_length() {
    #[derive(Pickle, Debug, PartialEq)]
    #[pickle(tag = u16, length = u32, endian = little)]
    enum Message {
        Word(u16),
    }
    bytes(Message::Word(1), &[0, 0, 2, 0, 0, 0, 1, 0]);
    assert_eq!(
        LengthField::of_schema(&Schema::of::<Message>()),
        Some(Message::FRAMING)
    );
}

#[test]
fn without_a_length() {
    #[derive(Pickle, Debug, PartialEq)]
    #[pickle(tag = u8, rename_all = SCREAMING_SNAKE_CASE)]
    enum Message {
        Ping,
        PokerChipsPlayer2bet {
            serial: u8,
        },
        #[pickle(other)]
        Other(u8, ByteString),
    }
    bytes(Message::Ping, &[0]);
    bytes(Message::PokerChipsPlayer2bet { serial: 3 }, &[1, 3]);
    bytes(Message::Other(7, "rest".into()), b"\x07rest");
    let error = pickler::decode::<Message>(&[1]).unwrap_err();
    assert_eq!(
        error.to_string(),
        "Message.POKER_CHIPS_PLAYER2BET.serial: needs 1 byte, 0 bytes left, at byte 1"
    );
}

#[test]
fn a_body_is_its_length() {
    #[derive(Pickle, Debug, PartialEq)]
    #[pickle(tag = u8, length = u8, length_counts = message)]
    enum Message {
        Word(u16),
    }
    let kind = |bytes: &[u8]| {
        let error = pickler::decode::<Message>(bytes).unwrap_err();
        (error.kind().clone(), error.bit_offset())
    };
    assert_eq!(
        kind(&[0, 5, 0, 1, 2]),
        (ErrorKind::Trailing { bits: 8 }, 32)
    );
    assert_eq!(
        kind(&[0, 1, 0, 1]),
        (ErrorKind::LengthTooSmall { found: 1, least: 2 }, 8)
    );
    assert_eq!(
        kind(&[0, 3, 0, 1]),
        (
            ErrorKind::UnexpectedEnd {
                needed: 16,
                left: 8
            },
            16
        )
    );
}

/// No variant holds anything yet.
#[derive(Pickle, Clone, Copy, Debug, PartialEq)]
#[pickle(tag = u8, union)]
enum Command {
    #[pickle(tag = 5)]
    Start,
    Stop,
}

#[test]
fn a_union_of_variants_that_hold_nothing() {
    assert_eq!(agree(&Command::Stop), [6]);
    let schema = Schema::of::<Command>();
    assert!(matches!(schema.types()[0].shape, Shape::Union(_)));
    agree_on_random::<Command>();
}
