//! What may be absent: flags, conditions, the end of the input.

use pickler::dynamic::{self, Value};
use pickler::schema::{Presence, Schema, Shape};
use pickler::{ByteString, Derived, ErrorKind, Pickle};

use crate::agreement::{agree, agree_on_bytes, agree_on_random};

#[derive(Pickle, Debug, PartialEq)]
struct Flags {
    #[pickle(flag)]
    a: Option<u16>,
    #[pickle(flag = bits(1))]
    b: Option<bool>,
    #[pickle(flag = bits(1), bits = 6)]
    c: Option<u8>,
    #[pickle(flag = u16, endian = little, count = u16)]
    d: Option<Vec<u16>>,
}

#[test]
fn flags_in_front() {
    let all = Flags {
        a: Some(0x0102),
        b: None,
        c: Some(0b10_1010),
        d: Some(vec![3]),
    };
    assert_eq!(
        agree(&all),
        [1, 1, 2, 0b0110_1010, 1, 0, 1, 0, 3, 0],
        "the flag is in the field's byte order"
    );
    let none = Flags {
        a: None,
        b: None,
        c: None,
        d: None,
    };
    // 8 + 1 + 1 + 16 bits, and 6 of padding.
    assert_eq!(agree(&none), [0, 0, 0, 0]);
    // What is there makes what follows start within a byte.
    let shifted = Flags {
        b: Some(true),
        ..none
    };
    assert_eq!(agree(&shifted), [0, 0b1000_0000, 0b1000_0000, 0, 0]);
    agree_on_random::<Flags>();
}

#[test]
fn a_flag_is_0_or_1() {
    let error = pickler::decode::<Flags>(&[2, 0, 0, 0]).unwrap_err();
    assert_eq!(
        error.to_string(),
        "Flags.a: expected 0 or 1, found 2, at byte 0"
    );
}

#[derive(Pickle, Debug, PartialEq)]
struct Header {
    version: u8,
    #[pickle(if = version != 0)]
    id: Option<u16>,
    #[pickle(if = version != 1, default = 7)]
    weight: u8,
    #[pickle(derived = len(name))]
    length: Derived<u8>,
    #[pickle(if = length != 2, count = length)]
    name: ByteString,
}

fn header(version: u8, id: Option<u16>, weight: u8, name: &str) -> Header {
    Header {
        version,
        id,
        weight,
        length: Derived::auto(),
        name: name.into(),
    }
}

#[test]
fn conditions_over_earlier_fields() {
    assert_eq!(agree(&header(0, None, 3, "abc")), b"\0\x03\x03abc");
    assert_eq!(agree(&header(1, Some(5), 7, "abc")), b"\x01\0\x05\x03abc");
    assert_eq!(
        agree(&header(2, Some(5), 7, "abc")),
        b"\x02\0\x05\x07\x03abc"
    );
    agree_on_random::<Header>();
}

#[test]
fn what_is_written_must_agree_with_the_condition() {
    let refused = |header: &Header| pickler::encode(header).unwrap_err();
    let error = refused(&header(0, Some(5), 7, "abc"));
    assert_eq!(error.kind(), &ErrorKind::WrongPresence { expected: false });
    assert_eq!(
        error.to_string(),
        "Header.id: must be absent here: its condition does not hold"
    );
    let error = refused(&header(1, None, 7, "abc"));
    assert_eq!(
        error.to_string(),
        "Header.id: must be there: its condition holds"
    );
    let error = refused(&header(1, Some(5), 8, "abc"));
    assert_eq!(
        error.to_string(),
        "Header.weight: must be absent here: its condition does not hold"
    );
    // Two letters are what the condition does not hold for.
    let error = refused(&header(1, Some(5), 7, "ab"));
    assert_eq!(
        error.to_string(),
        "Header.name: must be absent here: its condition does not hold"
    );
    // The dynamic codec refuses the same.
    let schema = Schema::of::<Header>();
    let value = Value::record([("version", 1_u8.into()), ("id", Value::Null)]);
    assert_eq!(
        dynamic::encode(&schema, &value).unwrap_err().to_string(),
        "Header.id: must be there: its condition holds"
    );
    let value = Value::record([
        ("version", 1_u8.into()),
        ("id", 5_u8.into()),
        ("weight", 8_u8.into()),
        ("name", "abc".into()),
    ]);
    assert_eq!(
        dynamic::encode(&schema, &value).unwrap_err().to_string(),
        "Header.weight: must be absent here: its condition does not hold"
    );
}

#[test]
fn a_condition_that_overflows_is_refused() {
    #[derive(Pickle, Debug, PartialEq)]
    struct Ratio {
        a: u8,
        b: u8,
        #[pickle(if = a / b != 0)]
        c: Option<u8>,
    }
    let error = pickler::decode::<Ratio>(&[1, 0, 3]).unwrap_err();
    assert!(matches!(error.kind(), ErrorKind::NoValue { .. }));
    assert_eq!(error.bit_offset(), 16);
    agree(&Ratio {
        a: 6,
        b: 2,
        c: Some(1),
    });
    let divided_by_zero = Ratio {
        a: 1,
        b: 0,
        c: None,
    };
    assert!(pickler::encode(&divided_by_zero).is_err());
}

#[test]
fn absent_fields_are_left_out_or_null() {
    let schema = Schema::of::<Header>();
    let value = dynamic::decode(&schema, b"\0\x03\x03abc").unwrap();
    assert_eq!(value.field("id"), Some(&Value::Null));
    let value = dynamic::decode(&schema, b"\x01\0\x05\x03abc").unwrap();
    assert_eq!(value.field("weight"), Some(&Value::Unsigned(7)));
    let short = Value::record([("version", 0_u8.into()), ("name", "abc".into())]);
    // Version 0 makes the weight be there, by its default.
    assert_eq!(dynamic::encode(&schema, &short).unwrap(), b"\0\x07\x03abc");
}

#[test]
fn skipped_where_it_is_the_default() {
    #[derive(Pickle, Debug, PartialEq)]
    struct Skips {
        #[pickle(flag, skip_if_default, default = 10)]
        price: u16,
        #[pickle(flag = bits(1), skip_if_default, count = u8)]
        name: String,
        #[pickle(bits = 7)]
        rest: u8,
    }
    let skips = |price, name: &str| Skips {
        price,
        name: name.into(),
        rest: 1,
    };
    assert_eq!(agree(&skips(10, "")), [0, 1]);
    assert_eq!(agree(&skips(11, "")), [1, 0, 11, 1]);
    // The flag, then 1 and "a" shifted by one bit, and 7 bits of 1.
    assert_eq!(
        agree(&skips(10, "a")),
        [0, 0b1000_0000, 0b1011_0000, 0b1000_0001]
    );
    agree_on_random::<Skips>();
    // A default that is there nevertheless is read, too.
    let schema = Schema::of::<Skips>();
    let read = agree_on_bytes::<Skips>(&schema, &[1, 0, 10, 1]).unwrap();
    assert_eq!(read, skips(10, ""));
}

#[derive(Pickle, Debug, PartialEq, Default, Clone)]
struct Point {
    x: u8,
    y: u8,
}

#[test]
fn records_have_defaults_too() {
    #[derive(Pickle, Debug, PartialEq)]
    struct Shifted {
        version: u8,
        #[pickle(if = version != 0)]
        origin: Point,
        #[pickle(flag, skip_if_default)]
        shift: Point,
    }
    let point = Point { x: 1, y: 2 };
    let shifted = Shifted {
        version: 0,
        origin: Point::default(),
        shift: point.clone(),
    };
    assert_eq!(agree(&shifted), [0, 1, 1, 2]);
    let shifted = Shifted {
        version: 9,
        origin: point,
        shift: Point::default(),
    };
    assert_eq!(agree(&shifted), [9, 1, 2, 0]);
    agree_on_random::<Shifted>();
    // By names, in another order.
    let schema = Schema::of::<Shifted>();
    let zero = || Value::record([("y", 0_u8.into()), ("x", 0_u8.into())]);
    let value = Value::record([
        ("version", 0_u8.into()),
        ("origin", zero()),
        ("shift", zero()),
    ]);
    assert_eq!(dynamic::encode(&schema, &value).unwrap(), [0, 0]);
}

#[test]
fn there_if_anything_is_left() {
    #[derive(Pickle, Debug, PartialEq)]
    struct Extended {
        #[pickle(bits = 4)]
        a: u8,
        #[pickle(rest)]
        extension: Option<u16>,
    }
    let extended = |extension| Extended { a: 5, extension };
    assert_eq!(agree(&extended(None)), [0x50]);
    assert_eq!(agree(&extended(Some(0x1234))), [0x51, 0x23, 0x40]);
    agree_on_random::<Extended>();

    #[derive(Pickle, Debug, PartialEq)]
    struct Trailer {
        id: u8,
        #[pickle(rest)]
        text: Option<String>,
    }
    let trailer = |text: Option<&str>| Trailer {
        id: 1,
        text: text.map(str::to_owned),
    };
    assert_eq!(agree(&trailer(Some("hi"))), b"\x01hi");
    assert_eq!(agree(&trailer(None)), b"\x01");
    agree_on_random::<Trailer>();
    // It would be read as absent.
    assert_eq!(
        pickler::encode(&trailer(Some(""))).unwrap_err().to_string(),
        "Trailer.text: takes no room, so that it would be read as absent, at byte 1"
    );
}

#[test]
fn lists_and_text_to_the_end() {
    #[derive(Pickle, Debug, PartialEq)]
    struct Log {
        id: u8,
        #[pickle(rest, endian = little)]
        lines: Vec<u16>,
    }
    let log = Log {
        id: 1,
        lines: vec![2, 3],
    };
    assert_eq!(agree(&log), [1, 2, 0, 3, 0]);
    agree_on_random::<Log>();
}

#[test]
fn a_count_of_some_bits() {
    #[derive(Pickle, Debug, PartialEq)]
    struct Small {
        #[pickle(bits = 4)]
        kind: u8,
        #[pickle(count = bits(4))]
        items: Vec<u8>,
        #[pickle(count = bits(12))]
        text: String,
        #[pickle(bits = 4)]
        end: u8,
    }
    let small = Small {
        kind: 0xA,
        items: vec![1, 2],
        text: "x".into(),
        end: 0xF,
    };
    assert_eq!(agree(&small), [0xA2, 1, 2, 0x00, 0x17, 0x8F]);
    agree_on_random::<Small>();
    let long = Small {
        items: vec![0; 16],
        ..small
    };
    assert_eq!(
        pickler::encode(&long).unwrap_err().to_string(),
        "Small.items: 16 long, but its count can say 15 at most"
    );
}

#[test]
fn described() {
    let schema = Schema::of::<Header>();
    let Shape::Record(record) = schema.resolve(schema.root()) else {
        panic!("not a record")
    };
    let Shape::Conditional {
        item,
        presence: Presence::If(condition),
        absent,
    } = &record.fields[2].shape
    else {
        panic!("{:?}", record.fields[2].shape)
    };
    assert_eq!(condition.to_string(), "version != 1");
    assert_eq!(*absent, Value::Unsigned(7));
    let (bits, signed) = (8, false);
    assert_eq!(**item, Shape::Integer { bits, signed });
}

#[test]
fn conditions_on_what_may_be_absent_itself() {
    #[derive(Pickle, Debug, PartialEq, Default)]
    #[pickle(tag = u8)]
    enum Kind {
        #[default]
        Short,
        Long,
    }
    #[derive(Pickle, Debug, PartialEq, Default)]
    struct More {
        kind: Kind,
        flag: bool,
    }
    #[derive(Pickle, Debug, PartialEq)]
    struct Message {
        has_more: bool,
        #[pickle(if = has_more)]
        more: More,
        #[pickle(if = more.flag)]
        extra: Option<u8>,
        #[pickle(if = more.kind == Kind::Long)]
        long: Option<u16>,
    }
    let (extra, long) = (Some(9), Some(0x0102));
    let more = More {
        kind: Kind::Long,
        flag: true,
    };
    let present = Message {
        has_more: true,
        more,
        extra,
        long,
    };
    assert_eq!(agree(&present), [1, 1, 1, 9, 1, 2]);
    let absent = Message {
        has_more: false,
        more: More::default(),
        extra: None,
        long: None,
    };
    assert_eq!(agree(&absent), [0]);
    agree_on_random::<Message>();
}

#[test]
fn a_derived_field_says_what_is_there() {
    #[derive(Pickle, Debug, PartialEq)]
    struct Player {
        #[pickle(derived = present(rating) as u8 * 2 + present(seat) as u8)]
        flags: Derived<u8>,
        #[pickle(if = flags & 2 != 0)]
        rating: Option<u16>,
        #[pickle(none = 255)]
        seat: Option<u8>,
    }
    let player = |rating, seat| Player {
        flags: Derived::auto(),
        rating,
        seat,
    };
    assert_eq!(agree(&player(None, None)), [0, 255]);
    assert_eq!(agree(&player(Some(7), None)), [2, 0, 7, 255]);
    assert_eq!(agree(&player(Some(7), Some(1))), [3, 0, 7, 1]);
    // What is there must be what the flags say.
    let schema = Schema::of::<Player>();
    let error = agree_on_bytes::<Player>(&schema, &[1, 255]).unwrap_err();
    assert_eq!(
        error.kind(),
        &ErrorKind::WrongDerived {
            expected: 0,
            found: 1
        }
    );
    agree_on_random::<Player>();
}

/// What is there and holds nothing is not taken for absent, however it says so.
#[test]
#[expect(clippy::option_option, reason = "what this is about")]
fn nothing_that_is_there() {
    #[derive(Pickle, Debug, PartialEq)]
    struct Held(#[pickle(none = 255)] Option<u8>);
    #[derive(Pickle, Debug, PartialEq)]
    struct Mark(#[pickle(constant = 7_u8)] ());
    #[derive(Pickle, Debug, PartialEq)]
    struct Outer {
        #[pickle(flag, item(flag, item(none = 255)))]
        deep: Option<Option<Option<u8>>>,
        #[pickle(flag)]
        held: Option<Box<Held>>,
        #[pickle(flag)]
        mark: Option<Mark>,
        #[pickle(flag, count = u8, item(none = 255))]
        list: Option<Vec<Option<u8>>>,
        version: u8,
        #[pickle(if = version > 1)]
        later: Option<Held>,
        #[pickle(size = u8)]
        keyed: Keyed,
        #[pickle(rest)]
        rest: Option<Held>,
    }
    #[derive(Pickle, Debug, PartialEq)]
    #[pickle(keyed(key = u8, size = u8))]
    struct Keyed {
        #[pickle(key = 3)]
        held: Option<Held>,
    }
    let outer = |deep| Outer {
        deep,
        held: Some(Held(None).into()),
        mark: Some(Mark(())),
        list: Some(vec![None]),
        version: 2,
        later: Some(Held(None)),
        keyed: Keyed {
            held: Some(Held(None)),
        },
        rest: Some(Held(None)),
    };
    let behind = [1, 255, 1, 7, 1, 1, 255, 2, 255, 3, 3, 1, 255, 255];
    for (deep, bytes) in [
        (None, &[0][..]),
        (Some(None), &[1, 0]),
        (Some(Some(None)), &[1, 1, 255]),
        (Some(Some(Some(9))), &[1, 1, 9]),
    ] {
        assert_eq!(agree(&outer(deep)), [bytes, &behind].concat());
    }
    agree_on_random::<Outer>();
}

/// The same behind an offset, and in JSON.
#[cfg(feature = "json")]
#[test]
fn json_of_nothing_that_is_there() {
    use pickler::dynamic::json::{from_json, to_json};

    #[derive(Pickle, Debug, PartialEq)]
    struct There {
        #[pickle(derived = offset(item))]
        at: Derived<u8>,
        #[pickle(at = at, none = 0)]
        item: Option<Held>,
    }
    #[derive(Pickle, Debug, PartialEq)]
    struct Held(#[pickle(flag)] Option<u8>);
    let schema = Schema::of::<There>();
    for (item, bytes, text) in [
        (None, &[0][..], r#"{"at":0,"item":null}"#),
        (Some(Held(None)), &[1, 0], r#"{"at":1,"item":[null]}"#),
        (Some(Held(Some(5))), &[1, 1, 5], r#"{"at":1,"item":5}"#),
    ] {
        let at = Derived::auto();
        assert_eq!(agree(&There { at, item }), bytes);
        let value = dynamic::decode(&schema, bytes).unwrap();
        let json = to_json(&value, &schema);
        assert_eq!(json.to_string(), text);
        let value = from_json(&json, &schema).unwrap();
        assert_eq!(dynamic::encode(&schema, &value).as_deref(), Ok(bytes));
    }
}

/// What is `null` while it is there is told from what is left out, which has the
/// default.
#[test]
fn nothing_that_is_there_and_no_default() {
    #[derive(Pickle, Debug, Default, PartialEq)]
    struct Maybe(#[pickle(none = 0)] Option<u8>);
    #[derive(Pickle, Debug, PartialEq)]
    struct Skipped {
        more: bool,
        #[pickle(flag, skip_if_default, default = Maybe(Some(5)))]
        maybe: Maybe,
        #[pickle(flag, skip_if_default, default = 5, shown(0 = null))]
        shown: u8,
        #[pickle(if = more)]
        there: Maybe,
        #[pickle(if = more, default = Maybe(Some(7)))]
        or_seven: Maybe,
    }
    let skipped = |more, maybe, shown, there, or_seven| Skipped {
        more,
        maybe: Maybe(maybe),
        shown,
        there: Maybe(there),
        or_seven: Maybe(or_seven),
    };
    let all_there = skipped(true, Some(5), 5, None, None);
    assert_eq!(agree(&all_there), [1, 0, 0, 0, 0]);
    let seven = skipped(true, None, 5, Some(1), Some(7));
    assert_eq!(agree(&seven), [1, 1, 0, 0, 1, 7]);
    let no_more = skipped(false, None, 0, None, Some(7));
    assert_eq!(agree(&no_more), [0, 1, 0, 1, 0]);
    assert!(pickler::encode(&skipped(false, None, 0, None, None)).is_err());
    let schema = Schema::of::<Skipped>();
    let value = dynamic::decode(&schema, &[1, 1, 0, 1, 0, 0, 0]).unwrap();
    let nothing = Value::List(vec![Value::Null]);
    // What is shown is for the whole.
    assert_eq!(value.field("shown"), Some(&Value::Null));
    for field in ["maybe", "there", "or_seven"] {
        assert_eq!(value.field(field), Some(&nothing), "{field}");
    }
    let left_out = Value::record([("more", Value::Bool(true)), ("there", nothing)]);
    assert_eq!(dynamic::encode(&schema, &left_out), Ok(vec![1, 0, 0, 0, 7]));
}
