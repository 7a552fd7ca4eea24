//! Tags: of any form, several of one variant, and those that are elsewhere.

use std::fmt::Debug;

use pickler::dynamic::{self, Value};
use pickler::picklers::{Pickler, decode_with, encode_with, given};
use pickler::schema::{Expr, Schema, Shape, TagSource};
use pickler::{ByteString, Derived, ErrorKind, Pickle, PickleOwned, Tagged};

use crate::agreement::{agree, agree_on_bytes, agree_on_random};

fn bytes<T: PickleOwned + Debug + PartialEq>(value: T, bytes: &[u8]) {
    assert_eq!(agree(&value), bytes, "{value:?}");
}

fn write_error<T: PickleOwned + Debug>(value: &T) -> String {
    pickler::encode(value).unwrap_err().to_string()
}

#[test]
fn varints() {
    #[derive(Pickle, Debug, PartialEq)]
    #[pickle(tag = leb128)]
    enum Message {
        Ping,
        #[pickle(tag = 300)]
        Word(u16),
        #[pickle(other)]
        Other {
            tag: u64,
            body: ByteString,
        },
    }
    bytes(Message::Ping, &[0]);
    bytes(Message::Word(7), &[0xAC, 0x02, 0, 7]);
    let other = |tag| Message::Other {
        tag,
        body: "hi".into(),
    };
    bytes(other(128), b"\x80\x01hi");
    assert_eq!(
        write_error(&other(300)),
        "Message.Other: tag 300 is not unknown, it is that of `Word`, at byte 0"
    );
    // An over-long form.
    let schema = Schema::of::<Message>();
    let error = agree_on_bytes::<Message>(&schema, &[0x80, 0]).unwrap_err();
    assert_eq!(
        error.kind(),
        &ErrorKind::OverlongVarint {
            length: 2,
            least: 1
        }
    );
    agree_on_random::<Message>();
}

#[test]
fn varints_with_a_sign() {
    #[derive(Pickle, Debug, PartialEq)]
    #[pickle(tag = zigzag)]
    enum Change {
        #[pickle(tag = -2)]
        Undone,
        #[pickle(tag = -1)]
        Removed(u8),
        Nothing,
        #[pickle(other)]
        Other(i64, ByteString),
    }
    bytes(Change::Undone, &[3]);
    bytes(Change::Removed(9), &[1, 9]);
    bytes(Change::Nothing, &[0]);
    bytes(Change::Other(-3, "x".into()), b"\x05x");
    assert_eq!(Change::Other(-3, "".into()).tag(), -3);
    agree_on_random::<Change>();

    #[derive(Pickle, Debug, PartialEq)]
    #[pickle(tag = sleb128)]
    enum Named {
        #[pickle(tag = -65)]
        Low,
        #[pickle(tag = 64)]
        High,
        #[pickle(other)]
        Other(i64),
    }
    bytes(Named::Low, &[0xBF, 0x7F]);
    bytes(Named::High, &[0xC0, 0x00]);
    bytes(Named::Other(-1), &[0x7F]);
    agree_on_random::<Named>();
}

#[test]
fn every_varint_is_a_tag() {
    macro_rules! tagged {
        ($($name:ident $encoding:ident $bytes:expr;)*) => { $(
            #[derive(Pickle, Debug, PartialEq)]
            #[pickle(tag = $encoding)]
            enum $name {
                #[pickle(tag = 200)]
                Word(u16),
            }
            bytes($name::Word(1), &[&$bytes[..], &[0, 1]].concat());
        )* };
    }
    tagged! {
        Leb leb128 [0xC8, 0x01];
        Sleb sleb128 [0xC8, 0x01];
        Zigzag zigzag [0x90, 0x03];
        Quic quic [0x40, 0xC8];
        Vlq vlq [0x81, 0x48];
        Mqtt mqtt [0xC8, 0x01];
    }
}

/// PNG's chunks, as far as their types.
#[derive(Pickle, Debug, PartialEq)]
#[pickle(tag = [u8; 4], length = u32, length_first)]
enum Chunk {
    #[pickle(tag = b"IHDR")]
    Header { width: u32, height: u32 },
    #[pickle(tag = b"IEND")]
    End,
    #[pickle(other)]
    Other { tag: [u8; 4], body: ByteString },
}

#[test]
fn four_characters() {
    #[derive(Pickle, Debug, PartialEq)]
    #[pickle(tag = [u8; 4], endian = little)]
    enum Chunk {
        #[pickle(tag = b"IHDR")]
        Header(u16),
        #[pickle(tag = b"IEND")]
        End,
        #[pickle(other)]
        Other { tag: [u8; 4], body: ByteString },
    }
    bytes(Chunk::Header(1), b"IHDR\x01\0");
    bytes(Chunk::End, b"IEND");
    let other = |tag: &[u8; 4]| Chunk::Other {
        tag: *tag,
        body: "x".into(),
    };
    bytes(other(b"tEXt"), b"tEXtx");
    assert_eq!(
        write_error(&other(b"IEND")),
        "Chunk.Other: tag 1229278788 is not unknown, it is that of `End`, at byte 0"
    );
    assert_eq!(Chunk::End.tag(), 0x4945_4E44);
    agree_on_random::<Chunk>();
}

#[test]
fn four_characters_behind_their_length() {
    bytes(Chunk::End, b"\0\0\0\x04IEND");
    bytes(
        Chunk::Header {
            width: 1,
            height: 2,
        },
        b"\0\0\0\x0CIHDR\0\0\0\x01\0\0\0\x02",
    );
    agree_on_random::<Chunk>();
}

#[test]
fn names_of_bytes() {
    #[derive(Pickle, Debug, PartialEq)]
    #[pickle(tag = [u8; 3])]
    enum Color {
        #[pickle(tag = b"red")]
        Red,
        #[pickle(tag = b"\xFF\0\x80")]
        Pink,
        #[pickle(other)]
        Other([u8; 3]),
    }
    bytes(Color::Red, b"red");
    bytes(Color::Pink, b"\xFF\0\x80");
    bytes(Color::Other(*b"\0\0\0"), b"\0\0\0");
    agree_on_random::<Color>();
    // Within a byte, too.
    #[derive(Pickle, Debug, PartialEq)]
    struct Odd {
        #[pickle(bits = 4)]
        first: u8,
        color: Color,
        #[pickle(bits = 4)]
        last: u8,
    }
    let odd = Odd {
        first: 1,
        color: Color::Red,
        last: 2,
    };
    bytes(odd, &[0x17, 0x26, 0x56, 0x42]);
}

#[test]
fn sixteen_bytes() {
    #[derive(Pickle, Debug, PartialEq)]
    #[pickle(tag = [u8; 16])]
    enum Type {
        #[pickle(tag = b"\xFF\0\0\0\0\0\0\0\0\0\0\0\0\0\0\x01")]
        High(u8),
        #[pickle(other)]
        Other { tag: [u8; 16], body: ByteString },
    }
    let mut expected = [0; 17];
    (expected[0], expected[15], expected[16]) = (0xFF, 1, 7);
    bytes(Type::High(7), &expected);
    agree_on_random::<Type>();
}

/// A part of `MessagePack`.
#[derive(Pickle, Debug, PartialEq)]
#[pickle(tag = u8)]
enum Pack {
    #[pickle(tag = 0x00..=0x7F)]
    Small {
        #[pickle(tag)]
        value: u8,
    },
    #[pickle(tag = 0x90..=0x9F)]
    Short {
        #[pickle(tag)]
        head: u8,
        #[pickle(count = head & 0x0F)]
        items: Vec<Pack>,
    },
    #[pickle(tag = 0xA0..0xC0)]
    Text(
        #[pickle(tag)] u8,
        #[pickle(count = tag(self) & 0x1F)] String,
    ),
    #[pickle(tag = 0xC0)]
    Nil,
    #[pickle(tag = 0xC2 | 0xC3)]
    Bool(#[pickle(tag)] u8),
    #[pickle(tag = 0xCC)]
    Byte(u8),
    #[pickle(tag = 0xE0..)]
    Negative(#[pickle(tag)] u8),
}

#[test]
fn a_variant_of_several_tags_keeps_which_it_was() {
    bytes(Pack::Small { value: 5 }, &[5]);
    bytes(Pack::Text(0xA2, "hi".into()), b"\xA2hi");
    bytes(Pack::Bool(0xC3), &[0xC3]);
    bytes(Pack::Negative(0xFF), &[0xFF]);
    bytes(
        Pack::Short {
            head: 0x92,
            items: vec![Pack::Nil, Pack::Byte(200)],
        },
        &[0x92, 0xC0, 0xCC, 200],
    );
    let schema = Schema::of::<Pack>();
    for byte in 0..=255 {
        let _ = agree_on_bytes::<Pack>(&schema, &[byte]);
    }
    assert_eq!(Pack::Negative(0xE1).tag(), 0xE1);
    agree_on_random::<Pack>();
}

#[test]
fn a_tag_that_is_not_the_variants() {
    assert_eq!(
        write_error(&Pack::Bool(0xC0)),
        "Pack.Bool: tag 192 is that of `Nil`, not of `Bool`, at byte 0"
    );
    assert_eq!(
        write_error(&Pack::Bool(0xC1)),
        "Pack.Bool: tag 193 is not that of `Bool`, at byte 0"
    );
    let schema = Schema::of::<Pack>();
    let mut value = dynamic::decode(&schema, &[0xC3]).unwrap();
    let Value::Variant(variant) = &mut value else {
        panic!("it is a variant")
    };
    assert_eq!(variant.tag, 0xC3);
    variant.tag = 0xC0;
    assert_eq!(
        dynamic::encode(&schema, &value).unwrap_err(),
        pickler::encode(&Pack::Bool(0xC0)).unwrap_err()
    );
    // The tag says how much there is.
    let error = write_error(&Pack::Text(0xA3, "hi".into()));
    assert_eq!(
        error,
        "Pack.Text: holds 2, but 3 follows from the other fields, at byte 1"
    );
}

#[test]
fn ranges_with_a_sign() {
    #[derive(Pickle, Debug, PartialEq)]
    #[pickle(tag = i8)]
    enum Step {
        #[pickle(tag = -3..=2)]
        Near(#[pickle(tag)] i8, u8),
        #[pickle(tag = 5 | 100..)]
        Far(#[pickle(tag)] i8),
        #[pickle(other)]
        Other { tag: i8, body: ByteString },
    }
    for (tag, byte) in [(-3, 0xFD), (-1, 0xFF), (0, 0), (2, 2)] {
        bytes(Step::Near(tag, 9), &[byte, 9]);
    }
    bytes(Step::Far(5), &[5]);
    bytes(Step::Far(127), &[127]);
    bytes(
        Step::Other {
            tag: -4,
            body: "".into(),
        },
        &[0xFC],
    );
    let schema = Schema::of::<Step>();
    for byte in 0..=255 {
        let _ = agree_on_bytes::<Step>(&schema, &[byte, 1]);
    }
    agree_on_random::<Step>();
}

#[test]
fn ranges_in_bits() {
    #[derive(Pickle, Debug, PartialEq)]
    #[pickle(tag = bits(4))]
    enum Nibble {
        #[pickle(tag = 8..)]
        High(#[pickle(tag)] u8, #[pickle(bits = 4)] u8),
        #[pickle(tag = 0)]
        Zero(#[pickle(bits = 12)] u16),
    }
    bytes(Nibble::High(0xA, 0xB), &[0xAB]);
    bytes(Nibble::Zero(1), &[0, 1]);
    agree_on_random::<Nibble>();
}

#[derive(Pickle, Debug, PartialEq)]
#[pickle(context(kind: u8), tag = kind)]
enum Body {
    #[pickle(tag = 1)]
    Number(u32),
    #[pickle(tag = 2)]
    Nothing,
    #[pickle(tag = 5..=9)]
    Several {
        #[pickle(tag)]
        kind: u8,
        value: u8,
    },
}

#[derive(Pickle, Debug, PartialEq)]
struct Given {
    kind: u8,
    flags: u16,
    #[pickle(given(kind))]
    body: Body,
    last: u8,
}

#[test]
fn a_tag_from_elsewhere() {
    let given = |kind, body| Given {
        kind,
        flags: 0xABCD,
        body,
        last: 9,
    };
    bytes(given(1, Body::Number(7)), &[1, 0xAB, 0xCD, 0, 0, 0, 7, 9]);
    bytes(given(2, Body::Nothing), &[2, 0xAB, 0xCD, 9]);
    bytes(
        given(6, Body::Several { kind: 6, value: 3 }),
        &[6, 0xAB, 0xCD, 3, 9],
    );
    let error = pickler::decode::<Given>(&[3, 0, 0, 9]).unwrap_err();
    assert_eq!(
        error.to_string(),
        "Given.body: unknown tag 3 (0x03), at byte 3"
    );
    assert_eq!(
        write_error(&given(1, Body::Nothing)),
        "Given.body.Nothing: tag 1 is that of `Number`, not of `Nothing`, at byte 3"
    );
    assert_eq!(
        write_error(&given(4, Body::Nothing)),
        "Given.body.Nothing: tag 4 is not that of `Nothing`, at byte 3"
    );
    assert_eq!(
        write_error(&given(5, Body::Several { kind: 6, value: 0 })),
        "Given.body.Several: holds 6, but 5 follows from the other fields, at byte 3"
    );
    agree_on_random::<Given>();
}

#[test]
fn both_codecs_refuse_a_variant_that_is_not_given() {
    let schema = Schema::of::<Given>();
    for (kind, body) in [
        (1, Body::Nothing),
        (4, Body::Nothing),
        (5, Body::Several { kind: 6, value: 0 }),
        (6, Body::Several { kind: 2, value: 0 }),
        (1, Body::Several { kind: 6, value: 0 }),
    ] {
        let (name, tag) = (body.name(), body.tag());
        let fields: Value = match &body {
            Body::Several { value, .. } => Value::record([("value", (*value).into())]),
            _ => Value::record([]),
        };
        let mut variant = Value::variant(name, fields);
        if let Value::Variant(variant) = &mut variant {
            variant.tag = tag.cast_unsigned();
        }
        let value = Value::record([
            ("kind", kind.into()),
            ("flags", 0_u16.into()),
            ("body", variant),
            ("last", 0_u8.into()),
        ]);
        let derived = Given {
            kind,
            flags: 0,
            body,
            last: 0,
        };
        assert_eq!(
            pickler::encode(&derived).unwrap_err(),
            dynamic::encode(&schema, &value).unwrap_err()
        );
    }
}

#[test]
fn a_derived_tag() {
    #[derive(Pickle, Debug, PartialEq)]
    struct Message {
        #[pickle(derived = tag(body))]
        kind: Derived<u8>,
        #[pickle(derived = sizeof(body))]
        size: Derived<u16>,
        #[pickle(given(kind), size = size)]
        body: Body,
    }
    let message = |body| Message {
        kind: Derived::auto(),
        size: Derived::auto(),
        body,
    };
    bytes(message(Body::Number(7)), &[1, 0, 4, 0, 0, 0, 7]);
    bytes(message(Body::Nothing), &[2, 0, 0]);
    bytes(message(Body::Several { kind: 9, value: 3 }), &[9, 0, 1, 3]);
    agree_on_random::<Message>();
}

#[test]
fn an_expression_over_what_is_given() {
    #[derive(Pickle, Debug, PartialEq)]
    #[pickle(context(high: u8, low: u8), tag = high * 256 + low)]
    enum Body {
        #[pickle(tag = 0x0102)]
        One(u8),
        #[pickle(other)]
        Other(i128, ByteString),
    }
    #[derive(Pickle, Debug, PartialEq)]
    struct Message {
        high: u8,
        low: u8,
        #[pickle(given(high, low))]
        body: Body,
    }
    let message = |high, low, body| Message { high, low, body };
    bytes(message(1, 2, Body::One(3)), &[1, 2, 3]);
    bytes(message(1, 3, Body::Other(0x103, "x".into())), b"\x01\x03x");
    assert_eq!(
        write_error(&message(1, 3, Body::Other(0x104, "x".into()))),
        "Message.body.Other: holds 260, but 259 follows from the other fields, at byte 2"
    );
    assert_eq!(
        write_error(&message(1, 2, Body::Other(0x102, "x".into()))),
        "Message.body.Other: tag 258 is not unknown, it is that of `One`, at byte 2"
    );
    agree_on_random::<Message>();
}

#[test]
fn an_expression_without_a_value() {
    #[derive(Pickle, Debug, PartialEq)]
    #[pickle(context(a: u8, b: u8), tag = a / b)]
    enum Body {
        #[pickle(tag = 2)]
        Two(u8),
    }
    #[derive(Pickle, Debug, PartialEq)]
    struct Message {
        a: u8,
        b: u8,
        #[pickle(given(a, b))]
        body: Body,
    }
    let schema = Schema::of::<Message>();
    agree_on_bytes::<Message>(&schema, &[5, 2, 1]).unwrap();
    let error = agree_on_bytes::<Message>(&schema, &[5, 0, 1]).unwrap_err();
    assert!(matches!(error.kind(), ErrorKind::OutOfRange { .. }));
    let message = Message {
        a: 4,
        b: 0,
        body: Body::Two(1),
    };
    assert!(write_error(&message).starts_with("Message.body.Two:"));
}

#[test]
fn an_enum_as_the_tag() {
    #[derive(Pickle, Clone, Copy, Debug, PartialEq)]
    #[pickle(tag = u16)]
    enum Kind {
        A = 10,
        B = 20,
    }
    #[derive(Pickle, Debug, PartialEq)]
    #[pickle(context(kind: Kind), tag = kind)]
    enum Body {
        #[pickle(tag = 10)]
        A(u8),
        #[pickle(tag = 20)]
        B(u16),
    }
    #[derive(Pickle, Debug, PartialEq)]
    #[pickle(endian = little)]
    struct Message {
        kind: Kind,
        #[pickle(given(kind))]
        body: Body,
    }
    let message = |kind, body| Message { kind, body };
    bytes(message(Kind::A, Body::A(1)), &[10, 0, 1]);
    bytes(message(Kind::B, Body::B(1)), &[20, 0, 1, 0]);
    assert_eq!(
        write_error(&message(Kind::A, Body::B(1))),
        "Message.body.B: tag 10 is that of `A`, not of `B`, at byte 2"
    );
    agree_on_random::<Message>();
}

#[test]
fn variants_without_bodies_whose_tag_is_elsewhere() {
    #[derive(Pickle, Debug, PartialEq)]
    #[pickle(context(kind: u8), tag = kind)]
    enum Kind {
        Zero,
        One,
    }
    let one = given::<Kind>(KindContext { kind: 1 });
    assert!(encode_with(&one, &Kind::One).unwrap().is_empty());
    assert_eq!(decode_with(&one, &[]).unwrap(), Kind::One);
    assert_eq!(
        encode_with(&one, &Kind::Zero).unwrap_err().to_string(),
        "Zero: tag 1 is that of `One`, not of `Zero`, at byte 0"
    );
}

#[test]
fn what_a_description_says() {
    let schema = Schema::of::<Given>();
    let body = schema
        .types()
        .iter()
        .find(|it| &*it.name == "Body")
        .unwrap();
    let Shape::Union(union) = &body.shape else {
        panic!("it is a union")
    };
    assert_eq!(union.source, TagSource::Given(Expr::Field("kind".into())));
    assert_eq!(union.variants[2].tag, 5);
    assert_eq!(union.variants[2].also, [6..=9]);
    let schema = Schema::of::<Pack>();
    let Shape::Union(pack) = schema.resolve(schema.root()) else {
        panic!("it is a union")
    };
    let text = &pack.variant("Text").unwrap().body;
    assert_eq!(
        text.expressions()[0].to_string().parse::<Expr>().unwrap(),
        *text.expressions()[0]
    );
    assert_eq!(text.expressions()[0].to_string(), "tag(self) & 31");
    assert_eq!(schema.canonical(), Ok(()));
}

#[test]
fn a_tag_takes_the_room_of_its_form() {
    fn width<'de, P: Pickler<'de>>(_: &P) -> u64 {
        P::WIDTH.min
    }
    assert_eq!(<Chunk as Pickle<'_>>::WIDTH.min, 64);
    assert_eq!(<Pack as Pickle<'_>>::WIDTH.min, 8);
    assert_eq!(width(&given::<Body>(BodyContext { kind: 1 })), 0);
}

#[derive(Pickle, Debug, PartialEq)]
#[pickle(context(version: u8), tag = u8)]
enum Command {
    Join(u8),
    #[pickle(since = 2)]
    Chat(u16),
    /// The same tag meant something else before.
    #[pickle(tag = 5, until = 3)]
    Old(u8),
    #[pickle(tag = 5, since = 3)]
    New,
    #[pickle(tag = 7..=9, since = 2, until = 4)]
    Some(#[pickle(tag)] u8),
}

#[derive(Pickle, Debug, PartialEq)]
struct Versioned {
    version: u8,
    #[pickle(given(version))]
    command: Command,
}

#[test]
fn variants_of_some_versions() {
    let versioned = |version, command| Versioned { version, command };
    bytes(versioned(0, Command::Join(1)), &[0, 0, 1]);
    bytes(versioned(2, Command::Chat(1)), &[2, 1, 0, 1]);
    bytes(versioned(2, Command::Old(1)), &[2, 5, 1]);
    bytes(versioned(3, Command::New), &[3, 5]);
    bytes(versioned(3, Command::Some(8)), &[3, 8]);
    let schema = Schema::of::<Versioned>();
    for version in 0..5 {
        for tag in 0..10 {
            let _ = agree_on_bytes::<Versioned>(&schema, &[version, tag, 0, 1]);
            let _ = agree_on_bytes::<Versioned>(&schema, &[version, tag, 1]);
        }
    }
    let error = pickler::decode::<Versioned>(&[1, 1, 0, 1]).unwrap_err();
    assert_eq!(
        error.to_string(),
        "Versioned.command: unknown tag 1 (0x01), at byte 1"
    );
    assert_eq!(
        write_error(&versioned(1, Command::Chat(0))),
        "Versioned.command.Chat: `version >= 2` does not hold, found 1, at byte 1"
    );
    assert_eq!(
        write_error(&versioned(4, Command::Some(8))),
        "Versioned.command.Some: `version >= 2 && version < 4` does not hold, found 4, at byte 1"
    );
    agree_on_random::<Versioned>();
}

#[test]
fn what_is_unknown_in_some_versions() {
    #[derive(Pickle, Debug, PartialEq)]
    #[pickle(context(version: u8), tag = u8)]
    enum Command {
        #[pickle(since = 2)]
        Chat(u16),
        #[pickle(other)]
        Other { tag: u8, body: ByteString },
    }
    let version = |version| given::<Command>(CommandContext { version });
    let other = || Command::Other {
        tag: 0,
        body: "hi".into(),
    };
    assert_eq!(decode_with(&version(1), b"\0hi").unwrap(), other());
    assert_eq!(encode_with(&version(1), &other()).unwrap(), b"\0hi");
    assert_eq!(
        encode_with(&version(2), &other()).unwrap_err().to_string(),
        "Other: tag 0 is not unknown, it is that of `Chat`, at byte 0"
    );
}
