//! What does not fit is refused on write, and nothing is left of it.

use pickler::{ByteString, Pickle, PickleOwned};

/// The error, after checking that nothing was appended.
fn refused<T: PickleOwned>(value: &T) -> String {
    let mut out = vec![1, 2, 3];
    let error = pickler::encode_into(value, &mut out).unwrap_err();
    assert_eq!(out, [1, 2, 3]);
    assert_eq!(pickler::encode(value), Err(error.clone()));
    error.to_string()
}

#[derive(Pickle)]
struct Table {
    id: u8,
    #[pickle(count = u8)]
    seats: Vec<Seat>,
    #[pickle(count = u8)]
    name: String,
}

#[derive(Pickle)]
struct Seat {
    #[pickle(bits = 4)]
    number: i8,
    #[pickle(bits = 4, none = 15)]
    cards: Option<u8>,
}

fn seat() -> Seat {
    Seat {
        number: 1,
        cards: None,
    }
}

#[test]
fn a_field_says_which_it_is() {
    let table = |seats, name: &str| Table {
        id: 1,
        seats,
        name: name.into(),
    };
    assert_eq!(
        refused(&table(vec![], &"x".repeat(256))),
        "Table.name: 256 long, but its count can say 255 at most"
    );
    let wrong = Seat {
        number: 8,
        ..seat()
    };
    assert_eq!(
        refused(&table(vec![seat(), wrong], "")),
        "Table.seats[1].number: 8 does not fit, only -8 to 7 do"
    );
    let wrong = Seat {
        cards: Some(15),
        ..seat()
    };
    assert_eq!(
        refused(&table(vec![wrong], "")),
        "Table.seats[0].cards: 15 stands for none and cannot be a value"
    );
}

#[test]
fn a_body_past_its_length() {
    #[derive(Pickle)]
    #[pickle(tag = u8, length = u8, length_counts = message)]
    enum Message {
        #[pickle(other)]
        Other { tag: u8, body: ByteString },
    }
    let message = |length| Message::Other {
        tag: 1,
        body: vec![0; length].into(),
    };
    assert!(pickler::encode(&message(253)).is_ok());
    assert_eq!(
        refused(&message(254)),
        "Message.Other: 256 long, but its count can say 255 at most"
    );
}

#[test]
fn a_slice_that_is_too_short() {
    let table = Table {
        id: 1,
        seats: vec![seat(), seat()],
        name: "ab".into(),
    };
    let bytes = pickler::encode(&table).unwrap();
    for room in 0..bytes.len() {
        let mut slice = vec![0; room];
        let error = pickler::encode_to_slice(&table, &mut slice).unwrap_err();
        assert_eq!(error.kind(), &pickler::ErrorKind::SinkFull);
    }
}
