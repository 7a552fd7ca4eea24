//! Types that are given something by what they are in, and byte orders that
//! conditions decide.

use pickler::picklers::{decode_with, encode_with, given};
use pickler::schema::{Schema, Shape};
use pickler::{ByteString, Derived, ErrorKind, Pickle, dynamic};

use crate::agreement::{agree, agree_on_bytes, agree_on_random};

#[derive(Pickle, Debug, PartialEq, Clone, Copy)]
#[pickle(tag = u8)]
enum Kind {
    Short = 1,
    Long = 4,
}

/// A body that its kind and the version say the form of.
#[derive(Pickle, Debug, PartialEq)]
#[pickle(context(version: u8, kind: Kind))]
struct Body {
    #[pickle(count = if kind == Kind::Long { 3 } else { 1 })]
    words: Vec<u16>,
    #[pickle(if = version >= 2)]
    more: Option<u8>,
    #[pickle(given(version))]
    end: End,
}

#[derive(Pickle, Debug, PartialEq)]
#[pickle(context(version: i8), tag = u8)]
enum End {
    Nothing,
    Text {
        #[pickle(count = version * 2)]
        text: ByteString,
    },
}

#[derive(Pickle, Debug, PartialEq)]
struct Packet {
    version: u8,
    kind: Kind,
    #[pickle(given(kind = kind, version = version))]
    body: Body,
}

fn packet(version: u8, kind: Kind, words: &[u16], more: Option<u8>) -> Packet {
    let (words, end) = (words.to_vec(), End::Nothing);
    Packet {
        version,
        kind,
        body: Body { words, more, end },
    }
}

#[test]
fn what_is_given_is_seen() {
    assert_eq!(agree(&packet(1, Kind::Short, &[7], None)), [1, 1, 0, 7, 0]);
    let mut long = packet(2, Kind::Long, &[7, 8, 9], Some(5));
    assert_eq!(agree(&long), [2, 4, 0, 7, 0, 8, 0, 9, 5, 0]);
    long.body.end = End::Text {
        text: "abcd".into(),
    };
    assert_eq!(
        agree(&long),
        [2, 4, 0, 7, 0, 8, 0, 9, 5, 1, b'a', b'b', b'c', b'd']
    );
}

#[test]
fn what_does_not_agree_with_it_is_refused_on_write() {
    let error = pickler::encode(&packet(2, Kind::Long, &[7, 8, 9], None)).unwrap_err();
    assert_eq!(error.kind(), &ErrorKind::WrongPresence { expected: true });
    assert!(
        error.to_string().starts_with("Packet.body.more: "),
        "{error}"
    );
    let error = pickler::encode(&packet(1, Kind::Long, &[7], None)).unwrap_err();
    let (expected, found) = (3, 1);
    assert_eq!(error.kind(), &ErrorKind::WrongDerived { expected, found });
}

#[test]
fn a_parameter_that_the_value_does_not_fit_is_refused() {
    let schema = Schema::of::<Packet>();
    let bytes = [200, 1, 0, 7, 5, 0];
    let error = agree_on_bytes::<Packet>(&schema, &bytes).unwrap_err();
    assert_eq!(
        error.to_string(),
        "Packet.body.end: 200 does not fit, only -128 to 127 do"
    );
    assert_eq!(error.bit_offset(), 40);
    let high = packet(200, Kind::Short, &[7], Some(1));
    assert!(pickler::encode(&high).is_err());

    #[derive(Pickle, Debug, PartialEq)]
    struct Computed {
        kind: u8,
        #[pickle(given(version = 1, kind = kind + 1))]
        body: Body,
    }
    let schema = Schema::of::<Computed>();
    let error = agree_on_bytes::<Computed>(&schema, &[1, 0, 0]).unwrap_err();
    assert_eq!(error.kind(), &ErrorKind::UnknownTag { found: 2 });
    assert_eq!(error.bit_offset(), 8);
    assert!(agree_on_bytes::<Computed>(&schema, &[0, 0, 0, 0]).is_ok());
}

#[test]
fn from_outside() {
    let context = BodyContext {
        version: 2,
        kind: Kind::Short,
    };
    let pickler = given::<Body>(context);
    let bytes = [0, 7, 5, 0];
    let body = decode_with(&pickler, &bytes).unwrap();
    assert_eq!(body, packet(2, Kind::Short, &[7], Some(5)).body);
    assert_eq!(encode_with(&pickler, &body).unwrap(), bytes);
    let schema = Schema::of_pickler(&pickler);
    let value = dynamic::decode(&schema, &bytes).unwrap();
    assert_eq!(value.field("more"), Some(&5_u8.into()));
    assert_eq!(dynamic::encode(&schema, &value).unwrap(), bytes);
    for length in 0..bytes.len() {
        assert_eq!(
            decode_with(&pickler, &bytes[..length]).unwrap_err(),
            dynamic::decode(&schema, &bytes[..length]).unwrap_err()
        );
    }
}

#[test]
fn derived_fields_are_given_as_they_will_be() {
    #[derive(Pickle, Debug, PartialEq)]
    struct Tagged {
        #[pickle(derived = tag(kind) * 2 - 1)]
        version: Derived<u8>,
        kind: Kind,
        #[pickle(given(version, kind))]
        body: Body,
    }
    let body = packet(7, Kind::Long, &[7, 8, 9], Some(5)).body;
    let value = Tagged {
        version: Derived::auto(),
        kind: Kind::Long,
        body,
    };
    assert_eq!(agree(&value), [7, 4, 0, 7, 0, 8, 0, 9, 5, 0]);
}

#[test]
fn parameters_are_described() {
    let schema = Schema::of::<Packet>();
    let Shape::Record(record) = schema.resolve(schema.root()) else {
        panic!("not a record")
    };
    let Shape::Given { item, arguments } = &record.fields[2].shape else {
        panic!("nothing is given")
    };
    let arguments: Vec<_> = arguments.iter().map(ToString::to_string).collect();
    assert_eq!(arguments, ["version", "kind"]);
    let Shape::Named(body) = **item else {
        panic!("no type of its own")
    };
    let parameters = &schema.definition(body).parameters;
    assert_eq!(&*parameters[0].name, "version");
    let (bits, signed) = (8, false);
    assert_eq!(parameters[0].shape, Shape::Integer { bits, signed });
    assert!(matches!(parameters[1].shape, Shape::Named(_)));
}

#[test]
fn within_a_byte() {
    #[derive(Pickle, Debug, PartialEq)]
    #[pickle(context(wide: bool))]
    struct Small {
        #[pickle(bits = 3)]
        a: u8,
        #[pickle(if = wide, bits = 5)]
        b: Option<u8>,
    }
    #[derive(Pickle, Debug, PartialEq)]
    struct Two {
        #[pickle(bits = 1)]
        wide: bool,
        #[pickle(given(wide))]
        small: Small,
        #[pickle(given(wide = !wide))]
        other: Small,
        last: u16,
    }
    let small = |b| Small { a: 5, b };
    let two = |wide| Two {
        wide,
        small: small(wide.then_some(3)),
        other: small((!wide).then_some(3)),
        last: 0xFFFF,
    };
    // 1 101 00011 101 and 0 101 101 00011, 16 ones, and padding.
    assert_eq!(agree(&two(true)), [0b1101_0001, 0b1101_1111, 0xFF, 0xF0]);
    assert_eq!(agree(&two(false)), [0b0101_1010, 0b0011_1111, 0xFF, 0xF0]);
}

/// TIFF 6.0, section 2: "II" says that the least significant byte comes first,
/// "MM" the most significant one.
#[derive(Pickle, Debug, PartialEq)]
struct Tiff {
    order: u16,
    #[pickle(endian = if order == 0x4949 { little } else { big })]
    header: TiffHeader,
}

#[derive(Pickle, Debug, PartialEq)]
struct TiffHeader {
    #[pickle(constant = 42_u16)]
    version: (),
    first_directory: u32,
    inner: Inner,
    #[pickle(endian = big)]
    network: Inner,
}

#[derive(Pickle, Debug, PartialEq)]
struct Inner {
    word: u16,
}

#[test]
fn byte_order_by_a_field() {
    let tiff = |order| Tiff {
        order,
        header: TiffHeader {
            version: (),
            first_directory: 8,
            inner: Inner { word: 1 },
            network: Inner { word: 2 },
        },
    };
    assert_eq!(agree(&tiff(0x4949)), b"II\x2A\0\x08\0\0\0\x01\0\0\x02");
    assert_eq!(agree(&tiff(0x4D4D)), b"MM\0\x2A\0\0\0\x08\0\x01\0\x02");
    let schema = Schema::of::<Tiff>();
    let Shape::Record(record) = schema.resolve(schema.root()) else {
        panic!("not a record")
    };
    let Shape::OrderedBy { little, .. } = &record.fields[1].shape else {
        panic!("one order")
    };
    assert_eq!(little.to_string(), "order == 18761");
}

#[test]
fn byte_order_by_what_is_given() {
    #[derive(Pickle, Debug, PartialEq)]
    #[pickle(context(network: bool))]
    struct Words {
        #[pickle(endian = if network { big } else { little })]
        inner: Inner,
        #[pickle(bits = 4)]
        nibble: u8,
        #[pickle(bits = 12, endian = if network { big } else { little })]
        rest: u16,
    }
    #[derive(Pickle, Debug, PartialEq)]
    struct Outer {
        network: bool,
        #[pickle(given(network), bit_order = lsb)]
        words: Words,
    }
    let outer = |network| Outer {
        network,
        words: Words {
            inner: Inner { word: 0x0102 },
            nibble: 0xA,
            rest: 0xBCD,
        },
    };
    // Bits from the least: the nibble fills the low half of its byte. Of the
    // other 12 bits, big-endian puts the odd four first, little-endian last.
    assert_eq!(agree(&outer(true)), [1, 1, 2, 0xBA, 0xCD]);
    assert_eq!(agree(&outer(false)), [0, 2, 1, 0xDA, 0xBC]);
}

#[test]
fn versions() {
    #[derive(Pickle, Debug, PartialEq)]
    struct Table {
        version: u8,
        #[pickle(until = 3)]
        color: u8,
        #[pickle(since = 2, until = 4, if = color != 9)]
        rating: Option<u16>,
        #[pickle(since = 4, default = 7)]
        seats: u8,
    }
    let table = |version, color, rating, seats| Table {
        version,
        color,
        rating,
        seats,
    };
    assert_eq!(agree(&table(1, 5, None, 7)), [1, 5]);
    assert_eq!(agree(&table(2, 5, Some(1), 7)), [2, 5, 0, 1]);
    assert_eq!(agree(&table(2, 9, None, 7)), [2, 9]);
    assert_eq!(agree(&table(3, 0, Some(1), 7)), [3, 0, 1]);
    assert_eq!(agree(&table(4, 0, None, 8)), [4, 8]);
    let error = pickler::encode(&table(4, 1, None, 8)).unwrap_err();
    assert_eq!(error.kind(), &ErrorKind::WrongPresence { expected: false });
    let schema = Schema::of::<Table>();
    let Shape::Record(record) = schema.resolve(schema.root()) else {
        panic!("not a record")
    };
    assert_eq!(
        record.fields[2].shape.expressions()[0].to_string(),
        "version >= 2 && version < 4 && color != 9"
    );
}

/// Three levels, each with its own orders or those around it, and none on a
/// byte boundary.
#[test]
fn orders_are_inherited_within_bytes() {
    #[derive(Pickle, Debug, PartialEq)]
    struct Inherits {
        #[pickle(bits = 12)]
        word: u16,
    }
    #[derive(Pickle, Debug, PartialEq)]
    #[pickle(endian = little)]
    struct Little {
        inherits: Inherits,
        #[pickle(endian = big)]
        big: Inherits,
    }
    #[derive(Pickle, Debug, PartialEq)]
    struct Outer {
        #[pickle(bits = 4)]
        first: u8,
        plain: Inherits,
        little: Little,
        #[pickle(bit_order = lsb)]
        last: Two,
    }
    #[derive(Pickle, Debug, PartialEq)]
    struct Two {
        a: Inherits,
        #[pickle(bits = 4)]
        b: u8,
    }
    let word = || Inherits { word: 0xABC };
    let outer = Outer {
        first: 1,
        plain: word(),
        little: Little {
            inherits: word(),
            big: word(),
        },
        last: Two { a: word(), b: 0xD },
    };
    // From the most significant bit: 1 and ABC; little-endian BC, then A; big
    // ABC. From the least, big-endian: the odd A fills the low half of a byte,
    // BC the two halves around it, and D what is left.
    assert_eq!(agree(&outer), [0x1A, 0xBC, 0xBC, 0xAA, 0xBC, 0xCA, 0xDB]);
}

/// A TIFF file's header and its first directory.
#[derive(Pickle, Debug, PartialEq)]
#[pickle(endian = if order == 0x4949 { little } else { big })]
struct TiffFile {
    /// "II" or "MM": the same in both orders.
    #[pickle(one_of = [0x4949, 0x4D4D])]
    order: u16,
    #[pickle(range = 42..=42)]
    version: u16,
    flags: u8,
    /// Whatever the order of the rest.
    #[pickle(endian = big)]
    network: u16,
    #[pickle(count = u16)]
    entries: Vec<u32>,
}

#[test]
fn the_byte_order_of_all_that_is_behind() {
    let tiff = |order| TiffFile {
        order,
        version: 42,
        flags: 7,
        network: 0x0102,
        entries: vec![0x0A0B_0C0D],
    };
    assert_eq!(
        agree(&tiff(0x4949)),
        b"II\x2A\0\x07\x01\x02\x01\0\x0D\x0C\x0B\x0A"
    );
    assert_eq!(
        agree(&tiff(0x4D4D)),
        b"MM\0\x2A\x07\x01\x02\0\x01\x0A\x0B\x0C\x0D"
    );
    agree_on_random::<TiffFile>();
}

#[test]
fn the_byte_order_that_is_given() {
    #[derive(Pickle, Debug, PartialEq)]
    #[pickle(context(little: bool), endian = if little { little } else { big })]
    struct Pair(u16, u8, u16);

    #[derive(Pickle, Debug, PartialEq)]
    #[pickle(context(big_first: bool), tag = u8, endian = if big_first { big } else { little })]
    enum Body {
        Word(u16),
        Named { wide: u32 },
    }

    #[derive(Pickle, Debug, PartialEq)]
    struct Message {
        little: bool,
        #[pickle(given(little))]
        pair: Pair,
        #[pickle(given(big_first = little))]
        body: Body,
    }
    let message = |little, body| Message {
        little,
        pair: Pair(1, 2, 3),
        body,
    };
    assert_eq!(
        agree(&message(true, Body::Word(4))),
        [1, 1, 0, 2, 3, 0, 0, 0, 4]
    );
    assert_eq!(
        agree(&message(false, Body::Named { wide: 4 })),
        [0, 0, 1, 2, 0, 3, 1, 4, 0, 0, 0]
    );
    agree_on_random::<Message>();
}

#[test]
fn items_are_given_what_stands_in_front() {
    #[derive(Pickle, Debug, PartialEq)]
    #[pickle(context(wide: bool))]
    struct Point {
        #[pickle(if = wide)]
        high: u8,
        low: u8,
    }
    #[derive(Pickle, Debug, PartialEq)]
    struct Shapes {
        wide: bool,
        #[pickle(count = u8, item(given(wide)))]
        points: Vec<Point>,
        #[pickle(last = item.low == 0, item(given(wide = wide == false)))]
        last: Vec<Point>,
        #[pickle(item(given(wide)))]
        pair: [Point; 2],
    }
    let point = |high, low| Point { high, low };
    let shapes = Shapes {
        wide: true,
        points: vec![point(1, 2), point(3, 4)],
        last: vec![point(0, 5), point(0, 0)],
        pair: [point(6, 7), point(8, 9)],
    };
    assert_eq!(agree(&shapes), [1, 2, 1, 2, 3, 4, 5, 0, 6, 7, 8, 9]);
    agree_on_random::<Shapes>();
}
