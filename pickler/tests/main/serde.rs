//! Values as types of serde.

use std::collections::BTreeMap;

use pickler::dynamic::serde::{from_value, to_value};
use pickler::dynamic::{self, Value};
use pickler::schema::Schema;
use pickler::types::ByteString;
use pickler::{Pickle, PickleOwned};
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};

/// What is read of the bytes of one type is the value of the other, and back.
#[track_caller]
fn agree<T, S>(wire: &T, value: &S)
where
    T: PickleOwned,
    S: Serialize + DeserializeOwned + PartialEq + std::fmt::Debug,
{
    let schema = Schema::of::<T>();
    let bytes = pickler::encode(wire).unwrap();
    let read = dynamic::decode(&schema, &bytes).unwrap();
    assert_eq!(&from_value::<S>(&read).unwrap(), value);
    let back = to_value(value, &schema).unwrap();
    assert_eq!(dynamic::encode(&schema, &back).unwrap(), bytes, "{back:?}");
}

#[derive(Pickle)]
#[pickle(bits = 2)]
enum Suit {
    Clubs,
    Spades,
}

#[derive(Pickle)]
struct Wire {
    #[pickle(bits = 6)]
    index: i8,
    suit: Suit,
    big: u128,
    ratio: f32,
    #[pickle(none = 255)]
    seat: Option<u8>,
    #[pickle(count = u8)]
    name: ByteString,
    #[pickle(count = u8)]
    raw: ByteString,
    key: [u8; 3],
    pair: (u8, bool),
    row: Row,
    #[pickle(count = u8)]
    chips: BTreeMap<u8, u16>,
    tlv: Options,
    #[pickle(count = u8)]
    messages: Vec<Message>,
}

#[derive(Pickle)]
#[pickle(row)]
struct Row {
    serial: u32,
    on: bool,
}

#[derive(Pickle)]
#[pickle(keyed(key = u8, size = u8, terminator = 0))]
struct Options {
    #[pickle(key = 1)]
    lease: Option<u16>,
    #[pickle(key = 2, repeated)]
    routers: Vec<[u8; 2]>,
}

#[derive(Pickle)]
#[pickle(tag = u8, rename_all = SCREAMING_SNAKE_CASE)]
enum Message {
    Ping,
    Raise(u16),
    Both(u8, u8),
    Chat {
        #[pickle(count = u8)]
        text: String,
    },
}

#[derive(Serialize, Deserialize, PartialEq, Debug)]
enum SuitName {
    Clubs,
    Spades,
}

#[derive(Serialize, Deserialize, PartialEq, Debug)]
struct Seen {
    messages: Vec<SeenMessage>,
    index: i64,
    suit: SuitName,
    big: u128,
    ratio: f64,
    seat: Option<u32>,
    name: String,
    raw: Vec<u8>,
    key: [u16; 3],
    pair: (u8, bool),
    row: (u32, bool),
    chips: BTreeMap<u8, u64>,
    tlv: SeenOptions,
}

#[derive(Serialize, Deserialize, PartialEq, Debug)]
struct SeenOptions {
    lease: Option<u32>,
    routers: Vec<Vec<u8>>,
}

#[derive(Serialize, Deserialize, PartialEq, Debug)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
enum SeenMessage {
    Ping,
    Raise(u64),
    Both(u8, u8),
    Chat { text: char },
}

fn wire() -> Wire {
    Wire {
        index: -3,
        suit: Suit::Clubs,
        big: u128::MAX,
        ratio: 0.5,
        seat: None,
        name: "bob".into(),
        raw: vec![0xFF, 0].into(),
        key: [1, 2, 3],
        pair: (7, true),
        row: Row {
            serial: 9,
            on: false,
        },
        chips: [(1, 10), (2, 20)].into(),
        tlv: Options {
            lease: Some(300),
            routers: vec![[1, 2], [3, 4]],
        },
        messages: vec![
            Message::Ping,
            Message::Raise(40),
            Message::Both(1, 2),
            Message::Chat { text: "é".into() },
        ],
    }
}

fn seen() -> Seen {
    Seen {
        messages: vec![
            SeenMessage::Ping,
            SeenMessage::Raise(40),
            SeenMessage::Both(1, 2),
            SeenMessage::Chat { text: 'é' },
        ],
        index: -3,
        suit: SuitName::Clubs,
        big: u128::MAX,
        ratio: 0.5,
        seat: None,
        name: "bob".into(),
        raw: vec![0xFF, 0],
        key: [1, 2, 3],
        pair: (7, true),
        row: (9, false),
        chips: [(1, 10), (2, 20)].into(),
        tlv: SeenOptions {
            lease: Some(300),
            routers: vec![vec![1, 2], vec![3, 4]],
        },
    }
}

#[test]
fn a_type_that_never_saw_the_declaration() {
    agree(&wire(), &seen());
    assert_ne!(SuitName::Clubs, SuitName::Spades);
}

/// A row is a struct, too, where one is asked for, and bytes are borrowed.
#[test]
fn what_is_asked_for() {
    #[derive(Deserialize, PartialEq, Debug)]
    struct Named<'a> {
        #[serde(borrow)]
        name: &'a str,
        raw: &'a [u8],
        row: RowNamed,
    }
    #[derive(Deserialize, PartialEq, Debug)]
    struct RowNamed {
        serial: u8,
        on: bool,
    }
    let schema = Schema::of::<Wire>();
    let value = dynamic::decode(&schema, &pickler::encode(&wire()).unwrap()).unwrap();
    let (name, raw) = ("bob", &[0xFF, 0][..]);
    let row = RowNamed {
        serial: 9,
        on: false,
    };
    assert_eq!(
        from_value::<Named>(&value).unwrap(),
        Named { name, raw, row }
    );
}

#[test]
fn what_does_not_fit_is_told() {
    let told = |value: &Value| from_value::<Seen>(value).unwrap_err().to_string();
    let value = Value::record([("index", 300_u16.into())]);
    assert_eq!(told(&value), "missing field `messages`");
    let value = Value::record([(
        "messages",
        Value::List(vec![Value::variant("PONG", Value::Null)]),
    )]);
    assert_eq!(
        told(&value),
        "unknown variant `PONG`, expected one of `PING`, `RAISE`, `BOTH`, `CHAT`"
    );
    let error = from_value::<String>(&Value::Bytes(vec![0xFF].into())).unwrap_err();
    assert_eq!(
        error.to_string(),
        "invalid value: byte array, expected UTF-8 text"
    );
    let error = from_value::<u8>(&Value::integer(-1)).unwrap_err();
    assert_eq!(
        error.to_string(),
        "invalid value: integer `-1`, expected u8"
    );

    #[derive(Pickle)]
    struct Text(#[pickle(count = u8)] ByteString);
    let schema = Schema::of::<Text>();
    let error = to_value(&vec![300], &schema).unwrap_err();
    assert_eq!(error.to_string(), "a byte is 0 to 255");
    let value = to_value(&300, &schema).unwrap();
    assert!(dynamic::encode(&schema, &value).is_err());
}
