//! Pieces of so many bytes: sizes in front, and what is left over of them.

use pickler::dynamic::{self, RecordValue, Value, VariantValue};
use pickler::laws::Laws;
use pickler::schema::{Ending, Schema, Shape, Size};
use pickler::{ByteString, Derived, ErrorKind, Pickle, PickleOwned, Step};

use crate::agreement::{agree, agree_on_bytes, agree_on_random};

#[derive(Pickle, Debug, PartialEq)]
struct Point {
    x: u8,
    #[pickle(bits = 4)]
    y: u8,
}

#[derive(Pickle, Debug, PartialEq)]
struct Sizes {
    #[pickle(size = u16, endian = little)]
    numbers: Vec<u16>,
    #[pickle(size = u8)]
    point: Point,
    #[pickle(size = leb128)]
    text: String,
    #[pickle(bits = 4)]
    kind: u8,
    #[pickle(size = bits(12), size_counts = itself)]
    bytes: ByteString,
}

fn sizes() -> Sizes {
    Sizes {
        numbers: vec![0x0102, 3],
        point: Point { x: 7, y: 0xA },
        text: "hi".into(),
        kind: 5,
        bytes: "abc".into(),
    }
}

#[test]
fn in_front() {
    let bytes = [
        4, 0, 2, 1, 3, 0, // bytes, not numbers, in the field's order
        2, 7, 0xA0, // to the end of a byte
        2, b'h', b'i', //
        0x50, 4, b'a', b'b', b'c', // one whole byte of the size is its own
    ];
    assert_eq!(agree(&sizes()), bytes);
    agree_on_random::<Sizes>();
}

#[test]
fn what_is_left_over_is_refused() {
    let mut bytes = pickler::encode(&sizes()).unwrap();
    bytes[6] = 3;
    bytes.insert(9, 0);
    let error = pickler::decode::<Sizes>(&bytes).unwrap_err();
    assert_eq!(
        error.to_string(),
        "Sizes.point: 12 bits left over, at byte 8 bit 4"
    );
}

#[test]
fn what_is_too_long_is_refused() {
    let long = Sizes {
        bytes: vec![0; 4095].into(),
        ..sizes()
    };
    let error = pickler::encode(&long).unwrap_err();
    let (length, max) = (4096, 4095);
    assert_eq!(error.kind(), &ErrorKind::TooLong { length, max });
    // The long text's varint takes two bytes.
    let text = Sizes {
        text: "x".repeat(300),
        ..sizes()
    };
    let bytes = agree(&text);
    assert_eq!(bytes[9..11], [0xAC, 0x02]);
}

#[test]
fn a_size_counts_what_is_in_front_of_it_too() {
    #[derive(Pickle, Debug, PartialEq)]
    struct Whole {
        #[pickle(size = u16, size_counts = itself)]
        text: String,
    }
    let whole = Whole { text: "hi".into() };
    assert_eq!(agree(&whole), b"\0\x04hi");
    let error = pickler::decode::<Whole>(&[0, 1]).unwrap_err();
    let (found, least) = (1, 2);
    assert_eq!(error.kind(), &ErrorKind::LengthTooSmall { found, least });
    agree_on_random::<Whole>();
}

#[test]
fn leftovers_that_are_ignored() {
    #[derive(Pickle, Debug, PartialEq)]
    struct Loose {
        #[pickle(size = u8, leftover = ignore)]
        point: Point,
        length: u8,
        #[pickle(size = length, leftover = ignore)]
        number: u16,
        #[pickle(derived = sizeof(name))]
        name_size: Derived<u8>,
        #[pickle(size = name_size, leftover = ignore)]
        name: String,
    }
    let loose = Loose {
        point: Point { x: 1, y: 2 },
        length: 4,
        number: 3,
        name_size: Derived::auto(),
        name: "x".into(),
    };
    // The size that is known before is filled up.
    assert_eq!(agree(&loose), [2, 1, 0x20, 4, 0, 3, 0, 0, 1, b'x']);
    let schema = Schema::of::<Loose>();
    let longer = [4, 1, 0x2F, 9, 9, 4, 0, 3, 7, 7, 1, b'x'];
    assert_eq!(agree_on_bytes::<Loose>(&schema, &longer), Ok(loose));
    let short = Loose {
        length: 1,
        ..pickler::decode(&longer).unwrap()
    };
    let error = pickler::encode(&short).unwrap_err();
    let (expected, found) = (1, 2);
    assert_eq!(error.kind(), &ErrorKind::WrongDerived { expected, found });
    assert!(schema.canonical().is_err());
    agree_on_random::<Loose>();
}

/// Neither sizes below nothing nor such as fill all memory.
#[test]
fn what_is_filled_up_has_bounds() {
    #[derive(Pickle, Debug, PartialEq)]
    struct Filled {
        size: i128,
        #[pickle(size = size, leftover = ignore)]
        body: u8,
    }
    let refused = |size| {
        let filled = Filled { size, body: 1 };
        let error = pickler::encode(&filled).unwrap_err();
        let shown = Value::record([("size", size.into()), ("body", 1_u8.into())]);
        let schema = Schema::of::<Filled>();
        assert_eq!(dynamic::encode(&schema, &shown), Err(error.clone()));
        let length = pickler::encoded_len(&filled);
        if size > 0 {
            assert_eq!(length, Err(error.clone()));
        }
        let mut bytes = size.to_be_bytes().to_vec();
        bytes.push(1);
        agree_on_bytes::<Filled>(&schema, &bytes).unwrap_err();
        error.kind().clone()
    };
    for size in [i128::MIN, -1, 0] {
        let (expected, found) = (size, 1);
        assert_eq!(refused(size), ErrorKind::WrongDerived { expected, found });
    }
    for size in [(1 << 30) + 1, i128::MAX] {
        let (value, min, max) = (size, 0, 1 << 30);
        assert_eq!(refused(size), ErrorKind::OutOfRange { value, min, max });
    }
}

#[test]
fn within_each_other() {
    #[derive(Pickle, Debug, PartialEq)]
    #[pickle(tag = u8)]
    enum Tree {
        Leaf(u8),
        Node {
            #[pickle(size = leb128, item(size = u8))]
            branches: Vec<Tree>,
        },
    }
    let tree = Tree::Node {
        branches: vec![
            Tree::Leaf(7),
            Tree::Node {
                branches: vec![Tree::Leaf(8)],
            },
        ],
    };
    assert_eq!(agree(&tree), [1, 9, 2, 0, 7, 5, 1, 3, 2, 0, 8]);
    agree_on_random::<Tree>();
    // Sizes that depend on what is below are found out in bounded time.
    let mut deep = Tree::Leaf(0);
    for _ in 0..30 {
        deep = Tree::Node {
            branches: vec![deep],
        };
    }
    agree(&deep);
}

#[test]
fn described() {
    let schema = Schema::of::<Sizes>();
    let Shape::Record(record) = schema.resolve(schema.root()) else {
        panic!("not a record")
    };
    let Shape::Sized {
        size: Size::Prefix {
            prefix,
            counts_itself: true,
        },
        leftover: false,
        ..
    } = &record.fields[4].shape
    else {
        panic!("{:?}", record.fields[4].shape)
    };
    let (bits, signed) = (12, false);
    assert_eq!(**prefix, Shape::Integer { bits, signed });
}

/// What goes on to the end of its piece would take in what fills the piece up.
#[test]
fn leftovers_that_would_be_read() {
    #[derive(Pickle, Debug, PartialEq)]
    struct Last(u8, #[pickle(rest)] Option<u8>);
    #[derive(Pickle, Debug, PartialEq)]
    struct Inner(#[pickle(size = u8)] Vec<u8>);
    #[derive(Pickle, Debug, PartialEq)]
    #[pickle(tag = u8)]
    enum Kind {
        #[pickle(tag = 1)]
        Known(u8),
        #[pickle(other)]
        Other { tag: u8, body: ByteString },
    }
    #[derive(Pickle, Debug, PartialEq)]
    struct Four<T>(#[pickle(size = 4, leftover = ignore)] T);
    #[derive(Pickle, Debug, PartialEq)]
    #[pickle(rename = "Four")]
    struct Units(#[pickle(size = 4, leftover = ignore)] Vec<u16>);

    assert_eq!(agree(&Four(Last(1, Some(2)))), [1, 2, 0, 0]);
    assert_eq!(agree(&Four(Inner(vec![5]))), [1, 5, 0, 0]);
    assert_eq!(agree(&Four(Kind::Known(2))), [1, 2, 0, 0]);
    assert_eq!(agree(&Units(vec![1, 2])), [0, 1, 0, 2]);
    let (tag, body) = (7, vec![1, 2, 3].into());
    assert_eq!(agree(&Four(Kind::Other { tag, body })), [7, 1, 2, 3]);

    fn refused<T: PickleOwned>(value: &T, dynamic: &Value) {
        let error = pickler::encode(value).unwrap_err();
        assert!(matches!(error.kind(), ErrorKind::Refused(_)), "{error}");
        assert_eq!(error.path().next(), Some(&Step::Type("Four".into())));
        assert_eq!(pickler::encoded_len(value), Err(error.clone()));
        let schema = Schema::of::<T>();
        assert_eq!(dynamic::encode(&schema, dynamic), Err(error));
    }
    let last = Value::List(vec![Value::integer(1), Value::Null]);
    refused(&Four(Last(1, None)), &last);
    refused(&Units(vec![1]), &Value::List(vec![Value::integer(1)]));
    let (tag, body) = (7, vec![1].into());
    let other = VariantValue {
        name: "Other".into(),
        tag: 7,
        body: Value::Bytes(vec![1].into()),
    };
    let other = Value::Variant(other.into());
    refused(&Four(Kind::Other { tag, body }), &other);
}

/// What is aligned takes as many bytes as where it starts leaves, and that is
/// behind its size, however long that is.
#[test]
fn sizes_of_what_is_aligned() {
    #[derive(Pickle, Debug, PartialEq)]
    struct Aligned {
        #[pickle(size = leb128)]
        body: Body,
    }
    #[derive(Pickle, Debug, PartialEq)]
    struct Body {
        #[pickle(count = u8)]
        bytes: ByteString,
        #[pickle(align = 4)]
        word: u32,
    }
    let schema = Schema::of::<Aligned>();
    for (count, size, fill) in [(1, 7, 1), (124, 130, 1), (125, 130, 0), (126, 134, 3)] {
        let body = Body {
            bytes: vec![7; count].into(),
            word: 9,
        };
        let prefix = if size < 128 {
            vec![size]
        } else {
            vec![size & 0x7F | 0x80, 1]
        };
        let rest = [
            &[count as u8][..],
            &vec![7; count],
            &vec![0; fill],
            &[0, 0, 0, 9],
        ];
        let expected = [prefix, rest.concat()].concat();
        let aligned = Aligned { body };
        assert_eq!(pickler::encode(&aligned).unwrap(), expected);
        assert_eq!(agree_on_bytes::<Aligned>(&schema, &expected), Ok(aligned));
    }
}

/// A varint that takes more bytes than it needs is written in as few as it needs,
/// and so are the sizes that follow from it. Where there is but one form, a size
/// that is given is still what it must be.
#[test]
fn sizes_of_what_is_written_in_fewer_bytes() {
    #[derive(Pickle, Debug, PartialEq)]
    struct Note {
        #[pickle(derived = sizeof(lenient))]
        lenient_size: Derived<u8>,
        #[pickle(derived = lenient_size + 1)]
        more: Derived<u8>,
        #[pickle(size = lenient_size)]
        lenient: Lenient,
        #[pickle(derived = sizeof(strict))]
        strict_size: Derived<u8>,
        #[pickle(size = strict_size)]
        strict: String,
    }
    #[derive(Pickle, Debug, PartialEq)]
    struct Lenient {
        #[pickle(varint = leb128, lenient)]
        number: u32,
    }
    let schema = Schema::of::<Note>();
    let overlong = [2, 3, 0x87, 0, 1, b'x'];
    let shortest = [1, 2, 7, 1, b'x'];
    let note = pickler::decode::<Note>(&overlong).unwrap();
    assert_eq!(pickler::encode(&note).unwrap(), shortest);
    let laws = Laws::<Note>::new();
    assert_eq!(laws.hold_for(&note), shortest);
    laws.hold_near(&overlong);
    let Value::Record(record) = dynamic::decode(&schema, &overlong).unwrap() else {
        panic!("not a record")
    };
    assert_eq!(record.get("lenient_size"), Some(&Value::Unsigned(2)));
    let encode = |strict_size: u8| {
        let mut values = record.values().to_vec();
        values[3] = strict_size.into();
        let record = RecordValue::new(record.names().clone(), values);
        dynamic::encode(&schema, &Value::Record(record))
    };
    assert_eq!(encode(1).unwrap(), shortest);
    let error = encode(2).unwrap_err();
    let (expected, found) = (1, 2);
    assert_eq!(error.kind(), &ErrorKind::WrongDerived { expected, found });
}

#[derive(Pickle, Debug, PartialEq)]
struct Delimited {
    #[pickle(size = until(b'|'), endian = little)]
    numbers: Vec<u16>,
    #[pickle(size = until(b'|'))]
    point: Point,
    #[pickle(size = through(b'@'))]
    text: String,
    #[pickle(size = until(0), leftover = ignore)]
    first: u8,
    kind: u8,
}

fn delimited() -> Delimited {
    Delimited {
        numbers: vec![0x0102, 3],
        point: Point { x: 7, y: 0xA },
        text: "hi@".into(),
        first: 9,
        kind: 0,
    }
}

#[test]
fn to_a_byte_that_ends_it() {
    let bytes = b"\x02\x01\x03\x00|\x07\xA0|hi@\x09\x00\x00";
    assert_eq!(agree(&delimited()), bytes);
    agree_on_random::<Delimited>();
    let schema = Schema::of::<Delimited>();
    let more = b"\x02\x01\x03\x00|\x07\xA0|hi@\x09\x08\x00\x00";
    assert_eq!(agree_on_bytes::<Delimited>(&schema, more), Ok(delimited()));
    let Shape::Record(record) = schema.resolve(schema.root()) else {
        panic!("not a record")
    };
    for (field, expected) in record.fields[1..].iter().zip([Ending::TAKEN, Ending::KEPT]) {
        let Shape::Sized { size, .. } = &field.shape else {
            panic!("{:?}", field.shape)
        };
        assert!(matches!(size, Size::Until { ending, .. } if *ending == expected));
    }
}

#[test]
fn a_byte_that_ends_it_stands_where_it_ends() {
    let early = Delimited {
        numbers: vec![0x7C00],
        ..delimited()
    };
    let text = |text: &str| Delimited {
        text: text.into(),
        ..delimited()
    };
    for (value, error) in [
        (early, "Delimited.numbers: unit 1 would end it"),
        (text("a@b@"), "Delimited.text: unit 1 would end it"),
        (
            text("ab"),
            "Delimited.text: does not end with the byte 0x40",
        ),
    ] {
        assert_eq!(pickler::encode(&value).unwrap_err().to_string(), error);
    }
    let error = pickler::decode::<Delimited>(b"\x02\x01").unwrap_err();
    assert_eq!(
        error.to_string(),
        "Delimited.numbers: needs 1 byte, 0 bytes left, at byte 2"
    );
}

/// A body in front of a trailer.
#[derive(Pickle, Debug, PartialEq)]
struct Trailed {
    kind: u8,
    #[pickle(size = remaining - 2)]
    body: Vec<u16>,
    trailer: u16,
}

#[derive(Pickle, Debug, PartialEq)]
struct TwoTrailers {
    long: u8,
    #[pickle(size = 7)]
    inner: Trailed,
    #[pickle(size = remaining - 3 * long)]
    text: String,
    #[pickle(count = long)]
    trailer: Vec<Three>,
}

#[derive(Pickle, Debug, PartialEq)]
struct Three([u8; 3]);

#[test]
fn all_but_a_trailer() {
    let value = Trailed {
        kind: 1,
        body: vec![2, 3],
        trailer: 4,
    };
    assert_eq!(agree(&value), [1, 0, 2, 0, 3, 0, 4]);
    let schema = Schema::of::<Trailed>();
    let error = agree_on_bytes::<Trailed>(&schema, &[1, 2]).unwrap_err();
    assert_eq!(
        error.to_string(),
        "Trailed.body: needs 2 bytes, 1 byte left, at byte 1"
    );
    let error = agree_on_bytes::<Trailed>(&schema, &[1, 2, 3, 4]).unwrap_err();
    assert!(
        error
            .to_string()
            .starts_with("Trailed.body[0]: needs 2 bytes")
    );
    let both = TwoTrailers {
        long: 2,
        inner: value,
        text: "ab".into(),
        trailer: vec![Three([5; 3]), Three([6; 3])],
    };
    let bytes = agree(&both);
    assert_eq!(bytes[8..], *b"ab\x05\x05\x05\x06\x06\x06");
    let error =
        agree_on_bytes::<TwoTrailers>(&Schema::of::<TwoTrailers>(), &bytes[..11]).unwrap_err();
    assert_eq!(
        error.to_string(),
        "TwoTrailers.text: needs 6 bytes, 3 bytes left, at byte 8"
    );
}

#[derive(Pickle, Debug, PartialEq)]
struct Bounded {
    #[pickle(range = 1..=5, derived = sizeof(body))]
    size: Derived<u8>,
    #[pickle(range = -9..=-1, derived = 0 - sizeof(body))]
    negative: Derived<i8>,
    #[pickle(rest)]
    body: Vec<u8>,
}

#[test]
fn a_size_that_must_not_be_0_is_found_out() {
    let bounded = |body: &[u8]| Bounded {
        size: Derived::auto(),
        negative: Derived::auto(),
        body: body.into(),
    };
    assert_eq!(agree(&bounded(&[7, 8])), [2, 0xFE, 7, 8]);
    let too_long = pickler::encode(&bounded(&[0; 6])).unwrap_err();
    assert_eq!(
        too_long.to_string(),
        "Bounded.size: `size >= 1 && size <= 5` does not hold, found 6, at byte 0"
    );
}
