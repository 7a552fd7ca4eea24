//! What values must be: on read, on write, and of generated values.

use pickler::generate::{Generator, Seeded};
use pickler::schema::Schema;
use pickler::{ByteString, Derived, ErrorKind, Pickle, dynamic};

use crate::agreement::{agree, agree_on_bytes};

#[derive(Pickle, Debug, PartialEq)]
struct Bet {
    #[pickle(range = 1..=10)]
    seat: u8,
    #[pickle(endian = little, one_of = [100, 200, 0x1234])]
    blind: u16,
    #[pickle(range = ..5, bits = 4)]
    low: i8,
    #[pickle(bits = 4, assert = high as i8 > low)]
    high: u8,
    #[pickle(derived = len(name), range = 2..)]
    length: Derived<u8>,
    #[pickle(count = length, assert = len(name) < 4 || seat == 10)]
    name: ByteString,
}

fn bet() -> Bet {
    Bet {
        seat: 10,
        blind: 0x1234,
        low: -1,
        high: 3,
        length: Derived::auto(),
        name: "abcd".into(),
    }
}

#[test]
fn what_holds_is_read_and_written() {
    assert_eq!(agree(&bet()), b"\x0A\x34\x12\xF3\x04abcd");
}

/// The error of reading these bytes, and how it is shown.
fn refused(bytes: &[u8]) -> (ErrorKind, u64, String) {
    let error = agree_on_bytes::<Bet>(&Schema::of::<Bet>(), bytes).unwrap_err();
    let kind = error.kind().clone();
    (kind, error.bit_offset(), error.to_string())
}

#[test]
fn what_does_not_is_refused_where_it_is() {
    let (kind, offset, text) = refused(b"\x0B\x34\x12\xF3\x04abcd");
    let (condition, found) = ("seat >= 1 && seat <= 10".into(), Some(11));
    assert_eq!(kind, ErrorKind::Unsatisfied { condition, found });
    assert_eq!(offset, 0);
    assert_eq!(
        text,
        "Bet.seat: `seat >= 1 && seat <= 10` does not hold, found 11, at byte 0"
    );
    let (_, offset, text) = refused(b"\x0A\x33\x12\xF3\x04abcd");
    assert_eq!(offset, 8);
    assert!(text.contains("100 | 200 | 4660 => true"), "{text}");
    assert!(text.contains("found 4659"), "{text}");
    let (_, offset, _) = refused(b"\x0A\x34\x12\x53\x04abcd");
    assert_eq!(offset, 24);
    let (_, offset, _) = refused(b"\x0A\x34\x12\x33\x04abcd");
    assert_eq!(offset, 28);
    let (_, offset, _) = refused(b"\x0A\x34\x12\xF3\x01a");
    assert_eq!(offset, 32);
    let (kind, offset, _) = refused(b"\x09\x34\x12\xF3\x04abcd");
    let (condition, found) = ("len(name) < 4 || seat == 10".into(), None);
    assert_eq!(kind, ErrorKind::Unsatisfied { condition, found });
    assert_eq!(offset, 40);
}

#[test]
fn what_does_not_is_not_written() {
    let schema = Schema::of::<Bet>();
    let written = dynamic::decode(&schema, &pickler::encode(&bet()).unwrap()).unwrap();
    assert_eq!(dynamic::encode(&schema, &written), pickler::encode(&bet()));
    for (wrong, field) in [
        (Bet { seat: 0, ..bet() }, "seat"),
        (Bet { blind: 1, ..bet() }, "blind"),
        (Bet { low: 5, ..bet() }, "low"),
        (
            Bet {
                high: 0,
                low: 0,
                ..bet()
            },
            "high",
        ),
        (
            Bet {
                name: "a".into(),
                ..bet()
            },
            "length",
        ),
        (Bet { seat: 9, ..bet() }, "name"),
    ] {
        let error = pickler::encode(&wrong).unwrap_err();
        assert!(
            matches!(error.kind(), ErrorKind::Unsatisfied { .. }),
            "{error}"
        );
        assert!(
            error.to_string().starts_with(&format!("Bet.{field}: ")),
            "{error}"
        );
    }
}

#[test]
fn generated_values_obey() {
    let generator = Generator::new(Schema::of::<Bet>());
    for seed in 0..100 {
        let value = generator.value(&mut Seeded::new(seed)).unwrap();
        let bytes = dynamic::encode(generator.schema(), &value).unwrap();
        pickler::decode::<Bet>(&bytes).unwrap();
    }
}
