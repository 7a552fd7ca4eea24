//! What values must be: on read, on write, and of generated values.

use pickler::dynamic::Value;
use pickler::generate::{Generator, Seeded};
use pickler::schema::Schema;
use pickler::{ByteString, Derived, ErrorKind, Pickle, dynamic};

use crate::agreement::{agree, agree_on_bytes, agree_on_random};

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

#[derive(Pickle, Debug, PartialEq)]
#[pickle(magic = b"R", assert = low <= high && high - low < 16)]
struct Range {
    low: u8,
    #[pickle(one_of = [1, 2, 4])]
    step: u8,
    #[pickle(endian = little)]
    high: u16,
}

#[test]
fn what_must_be_of_all_fields_together() {
    let range = |low, high| Range { low, step: 1, high };
    assert_eq!(agree(&range(3, 18)), b"R\x03\x01\x12\0");
    let error = |bytes: &[u8]| {
        let schema = Schema::of::<Range>();
        agree_on_bytes::<Range>(&schema, bytes).unwrap_err()
    };
    assert_eq!(
        error(b"R\x03\x01\x13\0").to_string(),
        "Range: `low <= high && high - low < 16` does not hold, found 16, at byte 0"
    );
    // What must be of a field is seen first.
    assert_eq!(
        error(b"R\x04\x03\x03\0").to_string(),
        format!(
            "Range.step: {}, found 3, at byte 2",
            "`match step { 1 | 2 | 4 => true, _ => false }` does not hold"
        )
    );
    let error = pickler::encode(&range(4, 3)).unwrap_err();
    assert_eq!(
        error.to_string(),
        "Range: `low <= high && high - low < 16` does not hold, found 4, at byte 1"
    );
    let schema = Schema::of::<Range>();
    let value = Value::record([
        ("low", 4_u8.into()),
        ("step", 1_u8.into()),
        ("high", 3_u8.into()),
    ]);
    assert_eq!(dynamic::encode(&schema, &value), Err(error));
    agree_on_random::<Range>();
}

#[test]
fn what_must_be_of_a_variant() {
    #[derive(Pickle, Debug, PartialEq)]
    #[pickle(tag = u8)]
    enum Bid {
        #[pickle(assert = amount > 0 || all_in)]
        Bet {
            amount: u16,
            all_in: bool,
            #[pickle(derived = amount * 2)]
            pot: Derived<u32>,
        },
        Fold,
    }
    let bet = |amount, all_in| Bid::Bet {
        amount,
        all_in,
        pot: Derived::auto(),
    };
    assert_eq!(agree(&bet(0, true)), [0, 0, 0, 1, 0, 0, 0, 0]);
    assert_eq!(agree(&bet(3, false)), [0, 0, 3, 0, 0, 0, 0, 6]);
    assert_eq!(agree(&Bid::Fold), [1]);
    let error = pickler::encode(&bet(0, false)).unwrap_err();
    assert_eq!(
        error.to_string(),
        "Bid.Bet: `amount > 0 || all_in` does not hold, at byte 1"
    );
    let schema = Schema::of::<Bid>();
    let error = agree_on_bytes::<Bid>(&schema, &[0; 8]).unwrap_err();
    assert_eq!(
        error.to_string(),
        "Bid.Bet: `amount > 0 || all_in` does not hold, at byte 1"
    );
    agree_on_random::<Bid>();
}
