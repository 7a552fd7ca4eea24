//! Types that `bitflags!` makes.

use bitflags::bitflags;
#[cfg(feature = "json")]
use pickler::dynamic;
use pickler::schema::{Meaning, Schema, Shape};
use pickler::{ErrorKind, Pickle};

use crate::agreement::agree;

bitflags! {
    /// The control bits of TCP: RFC 9293, section 3.1.
    #[derive(Clone, Copy, Debug, PartialEq)]
    struct Control: u8 {
        const FIN = 0x01;
        const SYN = 0x02;
        const RST = 0x04;
        const PSH = 0x08;
        const ACK = 0x10;
        const URG = 0x20;
        const NONE = 0;
    }

    /// What else there may be is kept.
    #[derive(Clone, Copy, Debug, PartialEq)]
    struct Open: u16 {
        const FIRST = 0x0001;
        const LAST = 0x8000;
        const _ = !0;
    }

    /// A bit without a name.
    #[derive(Clone, Copy, Debug, PartialEq)]
    struct Signed: i8 {
        const ONE = 1;
        const _ = -128;
    }
}

/// Ports, numbers and the like are left out.
#[derive(Pickle, Debug, PartialEq)]
struct Segment {
    #[pickle(bits = 4)]
    offset: u8,
    #[pickle(bits = 4)]
    reserved: u8,
    #[pickle(bitflags)]
    control: Control,
    #[pickle(bitflags, endian = little)]
    open: Open,
    #[pickle(bitflags, varint = leb128)]
    packed: Open,
    #[pickle(bitflags)]
    signed: Signed,
    #[pickle(count = u8, item(bitflags))]
    list: Vec<Control>,
    #[pickle(bitflags, flag)]
    perhaps: Option<Control>,
}

fn segment() -> Segment {
    Segment {
        offset: 5,
        reserved: 0,
        control: Control::SYN | Control::ACK,
        open: Open::LAST | Open::from_bits_retain(0x10),
        packed: Open::FIRST | Open::from_bits_retain(0x80),
        signed: Signed::from_bits_retain(-127),
        list: vec![Control::FIN, Control::empty()],
        perhaps: Some(Control::URG),
    }
}

#[test]
fn flags_are_their_integer() {
    let bytes = agree(&segment());
    assert_eq!(
        bytes,
        [0x50, 0x12, 0x10, 0x80, 0x81, 0x01, 0x81, 2, 1, 0, 1, 0x20]
    );
}

#[test]
fn flags_off_a_boundary() {
    #[derive(Pickle, Debug, PartialEq)]
    struct Odd {
        #[pickle(bits = 3)]
        before: u8,
        #[pickle(bitflags, bits = 6)]
        control: Control,
        #[pickle(bits = 7)]
        after: u8,
    }
    let odd = Odd {
        before: 0b101,
        control: Control::URG | Control::FIN,
        after: 1,
    };
    assert_eq!(agree(&odd), [0b1011_0000, 0b1000_0001]);
    let wide = Odd {
        control: Control::from_bits_retain(0x40),
        ..odd
    };
    let error = pickler::encode(&wide).unwrap_err();
    assert_eq!(error.kind(), &ErrorKind::UnknownFlags { bits: 0x40 });
}

#[test]
fn unknown_bits_are_refused_both_ways() {
    let mut bytes = pickler::encode(&segment()).unwrap();
    bytes[1] = 0xC1;
    let error = pickler::decode::<Segment>(&bytes).unwrap_err();
    assert_eq!(
        error.to_string(),
        "Segment.control: 0xc0 is no flag, at byte 1"
    );
    let wrong = Segment {
        list: vec![Control::from_bits_retain(0x80)],
        ..segment()
    };
    assert_eq!(
        pickler::encode(&wrong).unwrap_err().to_string(),
        "Segment.list[0]: 0x80 is no flag, at byte 8"
    );
}

#[test]
fn descriptions_have_the_names() {
    let schema = Schema::of::<Segment>();
    let Shape::Record(segment) = schema.resolve(schema.root()) else {
        panic!("a record");
    };
    let flags = |field: usize| match &segment.fields[field].shape {
        Shape::Means {
            meaning: Meaning::Flags { named, keeps },
            ..
        } => {
            let names: Vec<String> = named.iter().map(|(name, _)| name.to_string()).collect();
            (names.join(" "), *keeps)
        }
        other => panic!("{other:?}"),
    };
    assert_eq!(flags(2), ("FIN SYN RST PSH ACK URG".into(), false));
    assert_eq!(flags(4), ("FIRST LAST".into(), true));
    assert_eq!(flags(5), ("ONE 0x80".into(), false));
}

#[cfg(feature = "json")]
#[test]
fn json_shows_the_names() {
    let schema = Schema::of::<Segment>();
    let bytes = pickler::encode(&segment()).unwrap();
    let value = dynamic::decode(&schema, &bytes).unwrap();
    let json = dynamic::json::to_json(&value, &schema);
    assert_eq!(json["control"], serde_json::json!(["SYN", "ACK"]));
    assert_eq!(json["open"], serde_json::json!(["LAST", 16]));
    assert_eq!(json["signed"], serde_json::json!(["ONE", "0x80"]));
    let again = dynamic::json::from_json(&json, &schema).unwrap();
    assert_eq!(dynamic::encode(&schema, &again).unwrap(), bytes);
}
