//! What values must be that have no name: in lists, options and newtypes.

use pickler::dynamic::Value;
use pickler::schema::Schema;
use pickler::{ByteString, Derived, ErrorKind, Pickle, dynamic};

use crate::agreement::{agree, agree_on_random, generated, refused, unwritable};

#[derive(Pickle, Clone, Copy, Debug, PartialEq)]
struct Percent(#[pickle(range = 0..=100)] u8);

#[derive(Pickle, Debug, PartialEq)]
#[pickle(endian = little)]
struct Pair(
    #[pickle(bits = 4, one_of = [1, 2, 4])] u8,
    #[pickle(bits = 12, assert = item % 2 == 0)] u16,
);

#[test]
fn a_newtype_and_a_tuple() {
    assert_eq!(agree(&Percent(100)), [100]);
    assert_eq!(
        refused::<Percent>(&[101]),
        "Percent: `item >= 0 && item <= 100` does not hold, found 101, at byte 0"
    );
    assert_eq!(
        unwritable(&Percent(255)),
        "Percent: `item >= 0 && item <= 100` does not hold, found 255, at byte 0"
    );
    assert_eq!(agree(&Pair(4, 0x124)).len(), 2);
    assert_eq!(
        unwritable(&Pair(4, 3)),
        "Pair.1: `item % 2 == 0` does not hold, found 1, at byte 0 bit 4"
    );
    assert!(unwritable(&Pair(3, 2)).starts_with("Pair.0: `match item { 1 | 2 | 4 => true"));
    agree_on_random::<Pair>();
    assert!(generated::<Percent>().len() > 2);
    assert!(generated::<Pair>().len() > 2);
}

#[derive(Pickle, Clone, Debug, PartialEq)]
struct Throw {
    #[pickle(bits = 3)]
    odd: u8,
    #[pickle(bits = 5, range = 1..)]
    limit: u8,
    #[pickle(count = u8, endian = little, item(range = 1..=0x106))]
    dice: Vec<u16>,
    #[pickle(item(bits = 4, assert = item < limit))]
    small: [u8; 2],
    #[pickle(count = 1, item(count = u8, assert = len(item) < 3, item(one_of = [7, 9])))]
    rows: Vec<Vec<u8>>,
    #[pickle(item(range = ..=-1))]
    boxed: Box<i8>,
    #[pickle(rest, item(assert = item.limit < limit))]
    throws: Vec<Throws>,
}

#[derive(Pickle, Clone, Debug, PartialEq)]
struct Throws {
    limit: u8,
}

fn throw() -> Throw {
    Throw {
        odd: 7,
        limit: 5,
        dice: vec![1, 0x106],
        small: [4, 3],
        rows: vec![vec![7, 9]],
        boxed: Box::new(-3),
        throws: vec![Throws { limit: 4 }],
    }
}

#[test]
fn items() {
    assert_eq!(
        agree(&throw()),
        [0xE5, 2, 1, 0, 6, 1, 0x43, 2, 7, 9, 0xFD, 4]
    );
    let read = |at: usize, byte| {
        let mut bytes = [0xE5, 2, 1, 0, 6, 1, 0x43, 2, 7, 9, 0xFD, 4];
        bytes[at] = byte;
        refused::<Throw>(&bytes)
    };
    assert_eq!(
        read(4, 7),
        "Throw.dice[1]: `item >= 1 && item <= 262` does not hold, found 263, at byte 4"
    );
    assert_eq!(
        read(6, 0x45),
        "Throw.small[1]: `item < limit` does not hold, found 5, at byte 6 bit 4"
    );
    assert_eq!(
        read(9, 8),
        "Throw.rows[0][1]: `match item { 7 | 9 => true, _ => false }` does not hold, found 8, at byte 9"
    );
    assert_eq!(
        read(10, 0),
        "Throw.boxed: `item <= -1` does not hold, found 0, at byte 10"
    );
    assert_eq!(
        read(11, 5),
        "Throw.throws[0]: `item.limit < limit` does not hold, found 5, at byte 11"
    );
    agree_on_random::<Throw>();
    assert!(generated::<Throw>().len() > 2);
}

#[test]
fn items_that_do_not_fit_are_not_written() {
    for (wrong, place) in [
        (
            Throw {
                dice: vec![1, 0],
                ..throw()
            },
            "dice[1]: `",
        ),
        (
            Throw {
                small: [4, 9],
                ..throw()
            },
            "small[1]: `item < limit`",
        ),
        (
            Throw {
                rows: vec![vec![7; 3]],
                ..throw()
            },
            "rows[0]: `len(item) < 3`",
        ),
        (
            Throw {
                rows: vec![vec![8]],
                ..throw()
            },
            "rows[0][0]: `match",
        ),
        (
            Throw {
                boxed: Box::new(0),
                ..throw()
            },
            "boxed: `",
        ),
    ] {
        let error = pickler::encode(&wrong).unwrap_err();
        assert!(
            matches!(error.kind(), ErrorKind::Unsatisfied { .. }),
            "{error}"
        );
        let text = error.to_string();
        assert!(text.starts_with(&format!("Throw.{place}")), "{text}");
    }
}

#[derive(Pickle, Debug, PartialEq)]
struct Options {
    version: u8,
    #[pickle(none = 255, range = 1..=10)]
    seat: Option<u8>,
    #[pickle(flag, one_of = [100, 200])]
    blind: Option<u16>,
    #[pickle(if = version > 1, assert = item > version, bits = 4)]
    nibble: Option<u8>,
    #[pickle(if = version > 1, bits = 4)]
    other: Option<u8>,
    #[pickle(rest, range = 0x100..)]
    last: Option<u16>,
}

#[test]
fn options() {
    let none = Options {
        version: 1,
        seat: None,
        blind: None,
        nibble: None,
        other: None,
        last: None,
    };
    assert_eq!(agree(&none), [1, 255, 0]);
    let all = Options {
        version: 2,
        seat: Some(10),
        blind: Some(200),
        nibble: Some(3),
        other: Some(0),
        last: Some(0x100),
    };
    assert_eq!(agree(&all), [2, 10, 1, 0, 200, 0x30, 1, 0]);
    assert_eq!(
        refused::<Options>(&[1, 11, 0]),
        "Options.seat: `item >= 1 && item <= 10` does not hold, found 11, at byte 1"
    );
    let read = refused::<Options>(&[1, 1, 1, 0, 201]);
    assert!(read.ends_with("found 201, at byte 3"), "{read}");
    assert_eq!(
        refused::<Options>(&[2, 1, 0, 0x20]),
        "Options.nibble: `item > version` does not hold, found 2, at byte 3"
    );
    assert_eq!(
        refused::<Options>(&[1, 1, 0, 0, 0xFF]),
        "Options.last: `item >= 256` does not hold, found 255, at byte 3"
    );
    assert_eq!(
        unwritable(&Options {
            last: Some(3),
            ..none
        }),
        "Options.last: `item >= 256` does not hold, found 3, at byte 3"
    );
    agree_on_random::<Options>();
    assert!(generated::<Options>().len() > 2);
}

#[test]
fn a_default_beside_conditions() {
    #[derive(Pickle, Debug, PartialEq)]
    struct Table {
        #[pickle(derived = len(seats))]
        count: Derived<u8>,
        #[pickle(count = count, item(range = 1..=9), default)]
        seats: Vec<u8>,
        #[pickle(flag, range = 5.., default = Some(6))]
        small: Option<u8>,
        #[pickle(item(range = 1..), default = [1, 2])]
        pair: [u8; 2],
        #[pickle(default = "x")]
        name: Name,
    }
    #[derive(Pickle, Debug, PartialEq)]
    struct Name(#[pickle(count = u8, assert = len(item) > 0)] ByteString);
    impl From<&str> for Name {
        fn from(text: &str) -> Self {
            Self(text.into())
        }
    }
    let bytes = agree(&Table::default());
    assert_eq!(bytes, [0, 1, 6, 1, 2, 1, b'x']);
    let schema = Schema::of::<Table>();
    // What others count has no default of its own.
    let value = Value::record([("seats", Value::List(Vec::new()))]);
    assert_eq!(dynamic::encode(&schema, &value).unwrap(), bytes);
    assert!(generated::<Table>().len() > 2);
}

#[test]
fn variants_and_parameters() {
    #[derive(Pickle, Debug, PartialEq)]
    #[pickle(tag = u8)]
    enum Message {
        Percent(#[pickle(range = ..=100)] u8),
        Bet {
            #[pickle(range = 5..)]
            amount: u16,
            #[pickle(flag, range = ..3)]
            seat: Option<u8>,
        },
        Limited(#[pickle(given(limit = 3))] Limited),
    }
    #[derive(Pickle, Debug, PartialEq)]
    #[pickle(context(limit: u8))]
    struct Limited(#[pickle(count = u8, item(assert = item < limit))] Vec<u8>);

    assert_eq!(agree(&Message::Percent(7)), [0, 7]);
    let bet = Message::Bet {
        amount: 5,
        seat: Some(2),
    };
    assert_eq!(agree(&bet), [1, 0, 5, 1, 2]);
    assert_eq!(agree(&Message::Limited(Limited(vec![2]))), [2, 1, 2]);
    assert_eq!(
        refused::<Message>(&[0, 101]),
        "Message.Percent: `item <= 100` does not hold, found 101, at byte 1"
    );
    assert_eq!(
        refused::<Message>(&[2, 2, 1, 3]),
        "Message.Limited[1]: `item < limit` does not hold, found 3, at byte 3"
    );
    agree_on_random::<Message>();
    assert!(generated::<Message>().len() > 2);
}

#[test]
fn conditions_on_parts_of_what_is_in_a_type() {
    #[derive(Pickle, Clone, Debug, PartialEq)]
    #[pickle(tag = u8)]
    enum Kind {
        Low,
        High,
    }
    #[derive(Pickle, Clone, Debug, PartialEq)]
    struct Part {
        kind: Kind,
        size: u8,
    }
    #[derive(Pickle, Debug, PartialEq)]
    struct Parts(
        #[pickle(count = u8, item(assert = item.kind == Kind::High || item.size < 3))] Vec<Part>,
    );
    #[derive(Pickle, Debug, PartialEq)]
    struct Inside {
        #[pickle(count = u8, item(assert = item.kind == Kind::High))]
        parts: Vec<Part>,
        behind: Parts,
    }
    #[derive(Pickle, Debug, PartialEq)]
    #[pickle(keyed(key = u8, size = u8))]
    struct Keyed {
        #[pickle(key = 1, item(assert = item.kind == Kind::Low))]
        parts: Vec<Part>,
        #[pickle(key = 2, range = 3..)]
        least: Option<u8>,
        #[pickle(key = 3, repeated, assert = item < 5)]
        many: Vec<u16>,
    }
    let part = |kind: &Kind, size| Part {
        kind: kind.clone(),
        size,
    };
    let (low, high) = (Kind::Low, Kind::High);
    let inside = Inside {
        parts: vec![part(&high, 7)],
        behind: Parts(vec![part(&high, 9), part(&low, 2)]),
    };
    assert_eq!(agree(&inside), [1, 1, 7, 2, 1, 9, 0, 2]);
    assert_eq!(
        refused::<Parts>(&[1, 0, 3]),
        "Parts[0]: `item.kind == Kind::High || item.size < 3` does not hold, at byte 1"
    );
    let keyed = |least, many| Keyed {
        parts: vec![part(&low, 5)],
        least,
        many,
    };
    assert_eq!(agree(&keyed(None, Vec::new())), [1, 2, 0, 5]);
    assert_eq!(
        agree(&keyed(Some(3), vec![0, 4])),
        [1, 2, 0, 5, 2, 1, 3, 3, 2, 0, 0, 3, 2, 0, 4]
    );
    assert_eq!(
        refused::<Keyed>(&[1, 0, 2, 1, 2]),
        "Keyed.least: `item >= 3` does not hold, found 2, at byte 4"
    );
    let many = unwritable(&keyed(None, vec![4, 5]));
    assert!(many.starts_with("Keyed.many[1]: `item < 5`"), "{many}");
    assert_eq!(
        refused::<Keyed>(&[1, 2, 1, 5]),
        "Keyed.parts[0]: `item.kind == Kind::High` does not hold, found 1, at byte 2"
            .replace("High", "Low")
    );
    agree_on_random::<Inside>();
    assert!(generated::<Parts>().len() > 2);
    assert!(generated::<Keyed>().len() > 2);
}
