//! Tags that are constants.

use pickler::schema::{Schema, Shape};
use pickler::{ByteString, ErrorKind, Pickle, Tagged};

use crate::agreement::{agree, agree_on_bytes};

mod codes {
    pub const LOGIN: u16 = 0x0102;
    pub const LOGOUT: u16 = 0x0001;
    pub const CHAT: u16 = 0x0300;
    pub const WHISPER: u16 = CHAT + 1;
}

/// What a client says, by the codes of another module.
#[derive(Pickle, Debug, PartialEq)]
#[pickle(tag = u16)]
enum Message {
    #[pickle(tag = codes::LOGIN)]
    Login {
        #[pickle(count = u8)]
        name: String,
    },
    #[pickle(tag = codes::LOGOUT)]
    Logout,
    #[pickle(tag = codes::CHAT | codes::WHISPER | 0x0400..=0x0402)]
    Chat {
        #[pickle(tag)]
        code: u16,
        #[pickle(count = u8, assert = tag(self) != 0x0402)]
        text: String,
    },
    #[pickle(tag = Self::PING)]
    Ping(u8),
    #[pickle(other)]
    Other { tag: u16, body: ByteString },
}

impl Message {
    const PING: u16 = 9;
}

#[test]
fn variants_are_told_apart_by_constants() {
    let login = Message::Login { name: "bob".into() };
    assert_eq!(agree(&login), b"\x01\x02\x03bob");
    assert_eq!(login.tag(), 0x0102);
    assert_eq!(agree(&Message::Logout), [0, 1]);
    assert_eq!(agree(&Message::Ping(7)), [0, 9, 7]);
    for code in [codes::CHAT, codes::WHISPER, 0x0401] {
        let text = "hi".into();
        let bytes = agree(&Message::Chat { code, text });
        assert_eq!(bytes[..2], code.to_be_bytes());
    }
    let (tag, body) = (2, b"x".into());
    assert_eq!(agree(&Message::Other { tag, body }), b"\0\x02x");
}

#[test]
fn tags_of_others_are_refused_on_write() {
    let (code, text) = (codes::LOGIN, String::new());
    let error = pickler::encode(&Message::Chat { code, text }).unwrap_err();
    assert!(
        matches!(error.kind(), ErrorKind::WrongTag { tag: 0x0102, .. }),
        "{error}"
    );
    let (tag, body) = (codes::WHISPER, ByteString::default());
    let error = pickler::encode(&Message::Other { tag, body }).unwrap_err();
    assert!(
        matches!(error.kind(), ErrorKind::KnownTag { tag: 0x0301, .. }),
        "{error}"
    );
}

#[test]
fn descriptions_have_the_values_in_their_order() {
    let schema = Schema::of::<Message>();
    let Shape::Union(union) = schema.resolve(schema.root()) else {
        panic!("a union");
    };
    let tags: Vec<_> = union
        .variants
        .iter()
        .map(|it| (&*it.name, it.tag))
        .collect();
    let expected = [
        ("Logout", 1),
        ("Ping", 9),
        ("Login", 0x0102),
        ("Chat", 0x0300),
    ];
    assert_eq!(tags, expected);
    assert_eq!(union.variants[3].also, [0x0301..=0x0301, 0x0400..=0x0402]);
}

const LOW: i8 = -2;

/// Values without bodies, in bits, signed, as context and in expressions.
#[derive(Pickle, Debug, PartialEq, Clone, Copy)]
#[pickle(tag = i8)]
enum Level {
    #[pickle(tag = LOW)]
    Low,
    #[pickle(tag = 0)]
    Middle,
    High,
}

#[derive(Pickle, Debug, PartialEq)]
struct Levels {
    first: Level,
    #[pickle(bits = 3)]
    second: Level,
    #[pickle(bits = 5)]
    rest: u8,
    #[pickle(if = first == Level::Low)]
    more: Option<u8>,
    #[pickle(given(level = first))]
    body: Body,
}

#[derive(Pickle, Debug, PartialEq)]
#[pickle(context(level: Level), tag = level)]
enum Body {
    #[pickle(tag = Level::LOWEST)]
    Low(u8),
    #[pickle(tag = 1)]
    High(u16),
}

impl Level {
    const LOWEST: i128 = -2;
}

#[test]
fn values_without_bodies() {
    let low = Levels {
        first: Level::Low,
        second: Level::Low,
        rest: 1,
        more: Some(5),
        body: Body::Low(6),
    };
    assert_eq!(agree(&low), [0xFE, 0b1100_0001, 5, 6]);
    let high = Levels {
        first: Level::High,
        second: Level::Middle,
        rest: 1,
        more: None,
        body: Body::High(7),
    };
    assert_eq!(agree(&high), [1, 1, 0, 7]);
    let schema = Schema::of::<Level>();
    let error = agree_on_bytes::<Level>(&schema, &[2]).unwrap_err();
    assert_eq!(error.kind(), &ErrorKind::UnknownTag { found: 2 });
}

const HEADER: [u8; 4] = *b"IHDR";

#[derive(Pickle, Debug, PartialEq)]
#[pickle(tag = [u8; 4])]
enum Chunk {
    #[pickle(tag = HEADER)]
    Header(u32),
    #[pickle(tag = b"IEND")]
    End,
}

#[test]
fn constants_of_bytes() {
    assert_eq!(agree(&Chunk::Header(1)), b"IHDR\0\0\0\x01");
    assert_eq!(agree(&Chunk::End), b"IEND");
}
