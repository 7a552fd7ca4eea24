//! What is said to who reads an error.

use expect_test::{Expect, expect};
use pickler::{ByteString, Derived, Pickle, PickleOwned};

#[derive(Pickle, Debug)]
#[pickle(tag = u8, length = u16, length_counts = message)]
enum Message {
    #[pickle(tag = 5)]
    Ping,
    Seats {
        table: u32,
        #[pickle(count = u8)]
        seats: Vec<Seat>,
    },
    Note(Note),
}

#[derive(Pickle, Debug)]
struct Seat {
    player: u16,
    state: State,
    on: bool,
}

#[derive(Pickle, Debug)]
#[pickle(tag = u8)]
enum State {
    Empty,
    Sitting,
}

#[derive(Pickle, Debug)]
#[pickle(magic = b"NT")]
struct Note {
    #[pickle(derived = sizeof(text))]
    length: Derived<u8>,
    #[pickle(size = length)]
    text: ByteString,
    #[pickle(constant = 9_u8)]
    end: (),
}

fn check<T: PickleOwned + std::fmt::Debug>(bytes: &[u8], message: Expect) {
    message.assert_eq(&pickler::decode::<T>(bytes).unwrap_err().to_string());
}

#[test]
fn decode() {
    check::<Message>(
        &[],
        expect!["Message: needs 1 byte, 0 bytes left, at byte 0"],
    );
    check::<Message>(
        &[9, 0, 3],
        expect!["Message: unknown tag 9 (0x09), at byte 0"],
    );
    check::<Message>(
        &[5, 0],
        expect!["Message.Ping: needs 2 bytes, 1 byte left, at byte 1"],
    );
    check::<Message>(
        &[5, 0, 2],
        expect!["Message.Ping: length 2 is below the least possible, 3, at byte 1"],
    );
    check::<Message>(
        &[5, 0, 4, 0],
        expect!["Message.Ping: 1 byte left over, at byte 3"],
    );
    check::<Message>(
        &[6, 0, 8, 0, 0, 0, 1, 200],
        expect![
            "Message.Seats.seats: announces 200 items, but the input left holds 0 at most, at byte 8"
        ],
    );
    check::<Message>(
        &[6, 0, 12, 0, 0, 0, 1, 1, 0, 7, 2, 1],
        expect!["Message.Seats.seats[0].state: unknown tag 2 (0x02), at byte 10"],
    );
    check::<Message>(
        &[6, 0, 12, 0, 0, 0, 1, 1, 0, 7, 1, 3],
        expect!["Message.Seats.seats[0].on: expected 0 or 1, found 3, at byte 11"],
    );
    check::<Message>(
        b"\x07\0\x07NX\0\x09",
        expect!["Message.Note.magic: expected the constant [78, 84], found [78, 88], at byte 3"],
    );
    check::<Message>(
        b"\x07\0\x07NT\0\x08",
        expect!["Message.Note.end: expected the constant 9, found 8, at byte 6"],
    );
    check::<Message>(
        b"\x07\0\x07NT\x02\x09",
        expect!["Message.Note.text: needs 2 bytes, 1 byte left, at byte 6"],
    );
}
