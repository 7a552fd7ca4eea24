//! Tags of any form, and several of one variant.

use std::fmt::Debug;

use pickler::dynamic::{self, Value};
use pickler::schema::{Schema, Shape};
use pickler::{ByteString, ErrorKind, Pickle, PickleOwned, Tagged};

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
fn bytes_from_some_to_others() {
    #[derive(Pickle, Debug, PartialEq)]
    #[pickle(tag = [u8; 2])]
    enum Line {
        #[pickle(tag = b"A1" | b"B0"..=b"C9")]
        Numbered {
            #[pickle(tag)]
            tag: [u8; 2],
        },
        #[pickle(tag = b"C:")]
        End,
    }
    bytes(Line::Numbered { tag: *b"A1" }, b"A1");
    bytes(Line::Numbered { tag: *b"B\xFF" }, b"B\xFF");
    bytes(Line::Numbered { tag: *b"C9" }, b"C9");
    bytes(Line::End, b"C:");
    assert!(pickler::decode::<Line>(b"A2").is_err());
    agree_on_random::<Line>();
}

#[test]
fn varints_of_a_type() {
    #[derive(Pickle, Debug, PartialEq)]
    #[pickle(tag = zigzag(i16))]
    enum Message {
        #[pickle(tag = -300)]
        Counted {
            #[pickle(count = leb128(u16))]
            bytes: Vec<u8>,
        },
        #[pickle(other)]
        Other { tag: i16, body: ByteString },
    }
    let counted = |count| Message::Counted {
        bytes: vec![7; count],
    };
    bytes(counted(1), &[0xD7, 0x04, 1, 7]);
    assert_eq!(
        write_error(&counted(0x1_0000)),
        "Message.Counted.bytes: 65536 long, but its count can say 65535 at most"
    );
    assert!(pickler::decode::<Message>(&[0xFF, 0xFF, 0x7F]).is_err());
    agree_on_random::<Message>();
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

#[test]
fn what_a_description_says() {
    let schema = Schema::of::<Pack>();
    let Shape::Union(pack) = schema.resolve(schema.root()) else {
        panic!("it is a union")
    };
    let short = pack.variant("Short").unwrap();
    assert_eq!((short.tag, &*short.also), (0x90, &[0x91..=0x9F][..]));
    let text = &pack.variant("Text").unwrap().body;
    let count = text.expressions()[0].to_string();
    assert_eq!(count, "tag(self) & 31");
    assert_eq!(count.parse().as_ref(), Ok(text.expressions()[0]));
    assert_eq!(schema.canonical(), Ok(()));
}

#[test]
fn a_tag_takes_the_room_of_its_form() {
    assert_eq!(<Chunk as Pickle<'_>>::WIDTH.min, 64);
    assert_eq!(<Pack as Pickle<'_>>::WIDTH.min, 8);
}

#[test]
fn all_tags_that_no_other_variant_has() {
    #[derive(Pickle, Debug, PartialEq)]
    #[pickle(tag = i8)]
    enum Signed {
        #[pickle(tag = -3..=-1)]
        Low(#[pickle(tag)] i8),
        #[pickle(tag = _)]
        Unknown {
            #[pickle(tag)]
            tag: i8,
            size: u8,
        },
        #[pickle(tag = 5)]
        Five,
    }
    assert_eq!(agree(&Signed::Low(-2)), [0xFE]);
    for tag in [i8::MIN, -4, 0, 4, 6, i8::MAX] {
        let unknown = Signed::Unknown { tag, size: 1 };
        assert_eq!(agree(&unknown), [tag.cast_unsigned(), 1]);
    }
    for tag in [-3, -1, 5] {
        let error = pickler::encode(&Signed::Unknown { tag, size: 1 }).unwrap_err();
        assert!(
            matches!(error.kind(), ErrorKind::WrongTag { .. }),
            "{error}"
        );
    }
    agree_on_random::<Signed>();

    #[derive(Pickle, Debug, PartialEq)]
    #[pickle(tag = [u8; 4])]
    enum Chunk {
        #[pickle(tag = b"IEND")]
        End,
        #[pickle(tag = _)]
        Unknown(#[pickle(tag)] [u8; 4], u8),
    }
    assert_eq!(agree(&Chunk::Unknown(*b"tEXt", 7)), *b"tEXt\x07");
    assert_eq!(agree(&Chunk::End), *b"IEND");

    #[derive(Pickle, Debug, PartialEq)]
    #[pickle(tag = leb128)]
    enum Varint {
        #[pickle(tag = 300)]
        Known,
        #[pickle(tag = _)]
        Unknown(#[pickle(tag)] u64),
    }
    assert_eq!(agree(&Varint::Unknown(301)), [0xAD, 0x02]);
    assert_eq!(agree(&Varint::Known), [0xAC, 0x02]);
}
