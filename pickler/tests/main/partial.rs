//! What was read before a decode failed.

use pickler::dynamic::{Partial, Value, decode_partial};
use pickler::schema::Schema;
use pickler::{ByteString, Derived, Pickle};

#[derive(Pickle)]
#[pickle(tag = u8, length = u8)]
enum Message {
    Ping,
    Table {
        id: u16,
        #[pickle(count = u8)]
        seats: Vec<Seat>,
        open: bool,
    },
    Pair(u8, bool),
}

#[derive(Pickle)]
struct Seat {
    player: u8,
    #[pickle(derived = len(name))]
    length: Derived<u8>,
    #[pickle(count = length)]
    name: ByteString,
    ready: bool,
}

fn variant(name: &str, tag: u128, body: Value) -> Value {
    Value::Variant(Box::new(pickler::dynamic::VariantValue {
        name: name.into(),
        tag,
        body,
    }))
}

fn seat(player: u8, name: &str) -> [(&'static str, Value); 3] {
    let name = ByteString::from(name);
    [
        ("player", player.into()),
        ("length", (name.len() as u8).into()),
        ("name", Value::Bytes(name)),
    ]
}

fn full(player: u8, name: &str) -> Value {
    Value::record(
        seat(player, name)
            .into_iter()
            .chain([("ready", true.into())]),
    )
}

#[track_caller]
fn check(bytes: &[u8], expected: Value, error: &str) {
    let partial = Partial::of::<Message>(bytes).unwrap();
    assert_eq!(partial.value, expected);
    assert_eq!(partial.error.to_string(), error);
    assert_eq!(pickler::decode::<Message>(bytes).err(), Some(partial.error));
}

#[test]
fn records_up_to_the_field_and_lists_up_to_the_item() {
    let table = |fields: Vec<(&str, Value)>| variant("Table", 1, Value::record(fields));
    check(
        b"\x01\x0E\0\x07\x03\x01\x02ab\x01\x02\x01c\x02\0\0",
        table(vec![
            ("id", 7_u16.into()),
            (
                "seats",
                Value::List(vec![full(1, "ab"), Value::record(seat(2, "c"))]),
            ),
        ]),
        "Message.Table.seats[1].ready: expected 0 or 1, found 2, at byte 13",
    );
    check(
        b"\x01\x03\0\x07\x09",
        table(vec![("id", 7_u16.into())]),
        "Message.Table.seats: announces 9 items, but the input left holds 0 at most, at byte 5",
    );
    check(
        b"\x01\x00",
        table(vec![]),
        "Message.Table.id: needs 2 bytes, 0 bytes left, at byte 2",
    );
    check(
        b"\x02\x02\x05\x06",
        variant("Pair", 2, Value::List(vec![5_u8.into()])),
        "Message.Pair.1: expected 0 or 1, found 6, at byte 3",
    );
}

#[test]
fn all_of_a_value_with_something_behind_it() {
    check(
        b"\x02\x03\x05\x01\x00",
        variant("Pair", 2, Value::List(vec![5_u8.into(), true.into()])),
        "Message.Pair: 1 byte left over, at byte 4",
    );
    check(
        b"\x02\x02\x05\x01\x00",
        variant("Pair", 2, Value::List(vec![5_u8.into(), true.into()])),
        "Message: 1 byte left over, at byte 4",
    );
}

#[test]
fn a_record_whose_derived_field_is_wrong() {
    #[derive(Pickle)]
    struct Doubled {
        #[pickle(derived = len(text) * 2)]
        twice: Derived<u8>,
        #[pickle(count = u8)]
        text: ByteString,
    }
    let partial = decode_partial(&Schema::of::<Doubled>(), b"\x03\x01a").unwrap_err();
    let text = Value::Bytes("a".into());
    assert_eq!(
        partial.value,
        Value::record([("twice", 3_u8.into()), ("text", text)])
    );
}

#[test]
fn nothing_before_is_null_and_nothing_wrong_is_no_partial() {
    check(
        b"\x09",
        Value::Null,
        "Message: unknown tag 9 (0x09), at byte 0",
    );
    check(
        b"",
        Value::Null,
        "Message: needs 1 byte, 0 bytes left, at byte 0",
    );
    assert!(Partial::of::<Message>(b"\0\0").is_none());
    let ping = decode_partial(&Schema::of::<Message>(), b"\0\0").unwrap();
    assert_eq!(ping, variant("Ping", 0, Value::record([])));
}
