//! Values to bytes in a place of fixed size, and back; errors without a heap.

use pickler::{Derived, ErrorKind, Pickle, Step};
use pickler_no_std_tests::{Address, Level, Message, Piece, Reading};

#[track_caller]
fn check<'de, T: Pickle<'de> + std::fmt::Debug + PartialEq>(value: &T, bytes: &'de [u8]) {
    let mut room = [0; 64];
    let size = pickler::encode_to_slice(value, &mut room).unwrap();
    assert_eq!(&room[..size], bytes);
    assert_eq!(pickler::encoded_len(value).unwrap(), size);
    assert_eq!(&pickler::decode::<T>(bytes).unwrap(), value);
    assert_eq!(pickler::decode_prefix::<T>(bytes).unwrap().1, size);
}

fn reading() -> Reading {
    Reading {
        sensor: Some(3),
        alarm: true,
        temperature: -2,
        history: [1, 2, 0x0304],
        battery: 99,
    }
}

#[test]
fn records_bits_arrays_and_mappings() {
    let bytes = b"R1\x03\xFF\xFE\x01\0\x02\0\x04\x03\x63";
    check(&reading(), bytes);
    check(
        &Message::Reading(reading()),
        &[b"\x02\x0E", &bytes[..]].concat(),
    );
    let own = Reading {
        sensor: None,
        ..Reading::default()
    };
    check(&own, b"R1\xFF\0\0\0\0\0\0\0\0\0");
}

#[test]
fn borrowed_text_and_bytes() {
    let log = Message::Log {
        level: Level::Other(7),
        text: "h\u{e9}",
    };
    check(&log, b"\x03\x07\x07\x03h\xC3\xA9");
    let piece = Piece {
        bytes: &[9, 8],
        at: Address(0x01_0203),
        ..Piece::default()
    };
    check(
        &Message::Piece(piece.clone()),
        b"\x04\x09\0\x03\x09\x08\x01\x02\x03",
    );
    let unknown = Message::Unknown {
        tag: 9,
        body: &[1, 2],
    };
    check(&unknown, b"\x09\x04\x01\x02");
    let forged = Piece {
        size: Derived::forge(9),
        ..piece
    };
    let mut room = [0; 16];
    assert_eq!(pickler::encode_to_slice(&forged, &mut room).unwrap(), 7);
    assert_eq!(room[..2], [0, 9]);
}

#[track_caller]
fn refused(bytes: &[u8]) -> pickler::Error {
    pickler::decode::<Message>(bytes).unwrap_err()
}

#[test]
fn errors_say_what_and_where() {
    let error = refused(b"\x02\x0ER2\x03\xFF\xFE\x01\0\x02\0\x04\x03\x63");
    assert_eq!(
        error.to_string(),
        "Message.Reading.magic: expected the constant [82, 49], found [82, 50], at byte 2"
    );
    assert_eq!(error.bit_length(), 16);
    let error = refused(b"\x02\x0ER1\x03\xFF\xFE\x01\0\x02\0\x04\x03\x65");
    assert_eq!(
        error.kind(),
        &ErrorKind::Refused("above 100 percent".into())
    );
    assert_eq!(
        error.to_string(),
        "Message.Reading.battery: above 100 percent, at byte 13"
    );
    let error = refused(b"\x04\x09\0\x09\x09\x08\x01\x02\x03");
    assert_eq!(
        error.to_string(),
        "Message.Piece.bytes: needs 8 bytes, 5 bytes left, at byte 4"
    );
    let error = refused(b"\x03\x07\x00\x03h\xC3\xC3");
    assert_eq!(
        error.to_string(),
        "Message.Log.text: not UTF-8 after 1 byte, at byte 4"
    );
    let mut room = [0; 4];
    let error = pickler::encode_to_slice(&reading(), &mut room).unwrap_err();
    assert_eq!(
        error.to_string(),
        "Reading.temperature: no room left to write, at byte 4"
    );
    let known = Message::Unknown { tag: 1, body: &[] };
    assert_eq!(
        pickler::encoded_len(&known).unwrap_err().to_string(),
        "Message.Unknown: tag 1 is not unknown, it is that of `Idle`, at byte 0"
    );
}

#[test]
fn a_deep_path_keeps_its_innermost_steps() {
    type Deep = [[[[[[[bool; 1]; 1]; 1]; 1]; 1]; 1]; 2];
    let error = pickler::decode::<Deep>(&[1, 2]).unwrap_err();
    let path: Vec<_> = error.path().cloned().collect();
    if error.path_is_cut() {
        assert_eq!(path, [const { Step::Item(0) }; 6]);
        assert_eq!(
            error.to_string(),
            "...[0][0][0][0][0][0]: expected 0 or 1, found 2, at byte 1"
        );
    } else {
        // Another crate of this build switched `alloc` on.
        assert_eq!(path.len(), 7);
        assert_eq!(path[0], Step::Item(1));
    }
}
