//! Values that are references where they were seen before.

use pickler::dynamic::{self, Value};
use pickler::schema::{Leniency, Schema};
use pickler::{ByteString, Derived, ErrorKind, Pickle};

use crate::agreement::{agree, agree_on_bytes, agree_on_random};

/// A domain name: RFC 1035, 4.1.4. The root is an empty label.
#[derive(Pickle, Debug, PartialEq, Clone)]
struct Name {
    #[pickle(count = u8, assert = len(label) <= 63)]
    label: ByteString,
    #[pickle(if = len(label) > 0, shared = offset(0xC000_u16))]
    rest: Option<Box<Name>>,
}

fn name(text: &str) -> Name {
    let (label, rest) = text.split_once('.').unwrap_or((text, ""));
    Name {
        label: label.into(),
        rest: (!text.is_empty()).then(|| Box::new(name(rest))),
    }
}

/// The datagram of the example, whose other fields are ignored there.
#[derive(Pickle, Debug, PartialEq)]
struct Datagram {
    #[pickle(pad_before = 20, shared = offset(0xC000_u16))]
    first: Name,
    #[pickle(pad_before = 8)]
    second: Shared,
    #[pickle(pad_before = 18)]
    third: Shared,
    #[pickle(pad_before = 26)]
    fourth: Shared,
}

#[derive(Pickle, Debug, PartialEq)]
struct Shared {
    #[pickle(shared = offset(0xC000_u16))]
    name: Name,
}

fn shared(text: &str) -> Shared {
    Shared { name: name(text) }
}

#[test]
fn the_example_of_rfc_1035() {
    let datagram = Datagram {
        first: name("F.ISI.ARPA"),
        second: shared("FOO.F.ISI.ARPA"),
        third: shared("ARPA"),
        fourth: shared(""),
    };
    let bytes = pickler::encode(&datagram).unwrap();
    assert_eq!(bytes[20..32], *b"\x01F\x03ISI\x04ARPA\0");
    assert_eq!(bytes[40..46], *b"\x03FOO\xC0\x14");
    assert_eq!(bytes[64..66], *b"\xC0\x1A");
    assert_eq!(bytes[92..], *b"\0");
    // The padding belongs to the name and is in front of where it starts.
    assert_eq!(agree(&datagram), bytes);
}

#[derive(Pickle, Debug, PartialEq)]
struct Names {
    #[pickle(count = u8)]
    names: Vec<Shared>,
}

fn names(bytes: &[u8]) -> Result<Names, pickler::Error> {
    agree_on_bytes(&Schema::of::<Names>(), bytes)
}

#[test]
fn references_lead_back() {
    let value = Names {
        names: ["b.c", "a.b.c", "a.b.c", "x.c"].map(shared).into(),
    };
    let bytes = agree(&value);
    assert_eq!(bytes, b"\x04\x01b\x01c\0\x01a\xC0\x01\xC0\x06\x01x\xC0\x03");
    agree_on_random::<Names>();
    // To a place that is no start of a name that was written, too.
    assert_eq!(names(b"\x02\x01b\0\xC0\x03").unwrap().names[1], shared(""));
    let reasons = Schema::of::<Names>().canonical().unwrap_err();
    assert!(reasons.contains(&Leniency::Shared {
        path: "Shared.name".into()
    }));
}

#[test]
fn circles_and_what_comes_later_are_refused() {
    let refused = |bytes: &[u8]| {
        let error = names(bytes).unwrap_err();
        let ErrorKind::NotSeen { found, seen } = *error.kind() else {
            panic!("{error}")
        };
        (found, seen, error.bit_offset())
    };
    // To itself, and to what comes later.
    assert_eq!(refused(b"\x01\xC0\x01"), (1, 1, 8));
    assert_eq!(refused(b"\x02\xC0\x03\x00"), (3, 1, 8));
    // Into the name itself: `a`, and all again.
    assert_eq!(refused(b"\x01\x01a\xC0\x01"), (1, 1, 24));
    // To a name that leads forward to the next, and that leads back.
    assert_eq!(refused(b"\x02\x01a\xC0\x05\xC0\x01"), (5, 1, 24));
    // To a reference, which leads on; and to one that leads to itself.
    let found = names(b"\x03\x01a\0\x01b\xC0\x01\xC0\x06").unwrap();
    assert_eq!(found.names[2], shared("a"));
    assert_eq!(refused(b"\x02\x03\xC0\x02x\0\xC0\x02"), (2, 2, 16));
}

#[test]
fn what_looks_like_a_reference_is_refused() {
    let label = ByteString::from(vec![b'x'; 0xC1]);
    let rest = Some(Box::new(name("")));
    let error = pickler::encode(&Shared {
        name: Name { label, rest },
    })
    .unwrap_err();
    assert!(matches!(error.kind(), ErrorKind::Unsatisfied { .. }));

    #[derive(Pickle, Debug, PartialEq)]
    struct Number {
        #[pickle(shared = offset(0x8000_u16))]
        wide: u32,
    }
    let error = pickler::encode(&Number { wide: 0x8000_0000 }).unwrap_err();
    assert_eq!(
        error.to_string(),
        "Number.wide: begins as a reference to something does"
    );
    assert_eq!(agree(&Number { wide: 7 }), [0, 0, 0, 7]);
}

/// What is past the greatest offset is written again.
#[derive(Pickle, Debug, PartialEq)]
struct Far {
    #[pickle(count = u16)]
    filler: Vec<u8>,
    names: [Shared; 2],
}

#[test]
fn offsets_that_do_not_fit_are_not_used() {
    let far = |size: usize| Far {
        filler: vec![0; size],
        names: [shared("abc"), shared("abc")],
    };
    let size = |far: &Far| pickler::encode(far).unwrap().len() - far.filler.len();
    assert_eq!(size(&far(0x3FFD)), 2 + 5 + 2);
    assert_eq!(size(&far(0x3FFE)), 2 + 5 + 5);
}

/// A resource record, whose data has a length and names that lead out of it.
#[derive(Pickle, Debug, PartialEq)]
struct Record {
    #[pickle(shared = offset(0xC000_u16))]
    owner: Name,
    #[pickle(derived = sizeof(data))]
    length: Derived<u16>,
    #[pickle(size = length)]
    data: Shared,
}

#[test]
fn lengths_know_of_references() {
    let value =
        [("example.org", "mail.example.org"), ("org", "example.org")].map(|(owner, data)| Record {
            owner: name(owner),
            length: Derived::auto(),
            data: shared(data),
        });
    let bytes = agree(&value);
    let mut expected = b"\x07example\x03org\0\0\x07\x04mail\xC0\0".to_vec();
    expected.extend(b"\xC0\x08\0\x02\xC0\0");
    assert_eq!(bytes, expected);
}

/// Words, of which each is there once.
#[derive(Pickle, Debug, PartialEq)]
struct Words {
    #[pickle(count = u8, item(shared = index(u8), count = u8))]
    list: Vec<String>,
    #[pickle(shared = index(bits(4), others), count = leb128)]
    other: String,
    #[pickle(bits = 4)]
    behind: u8,
}

#[test]
fn words_by_their_numbers() {
    let value = Words {
        list: ["ab", "c", "ab", "", "c", ""].map(Into::into).into(),
        other: "ab".into(),
        behind: 0xF,
    };
    let bytes = agree(&value);
    assert_eq!(bytes[..13], *b"\x06\x00\x02ab\x01\x01c\x00\x02\x00\x01\x02");
    // In a table of its own, four bits off.
    assert_eq!(bytes[13..], [0x00, 0x26, 0x16, 0x2F]);
    agree_on_random::<Words>();
    let error = agree_on_bytes::<Words>(&Schema::of::<Words>(), b"\x02\x00\x00\x02").unwrap_err();
    let (found, seen) = (2, 1);
    assert_eq!(*error.kind(), ErrorKind::NotSeen { found, seen });
    assert_eq!(error.bit_offset(), 24);
}

/// A table is full when its numbers are.
#[test]
fn tables_are_bounded() {
    #[derive(Pickle, Debug, PartialEq)]
    struct Few {
        #[pickle(count = u8, item(shared = index(bits(2))))]
        numbers: Vec<u16>,
    }
    let few = |numbers: &[u16]| {
        agree(&Few {
            numbers: numbers.into(),
        })
    };
    assert_eq!(few(&[1, 1]), [2, 0, 0, 0b0100_0000]);
    // Three are kept; the fourth is written each time.
    let numbers = [1, 2, 3, 4, 4, 3];
    assert_eq!(few(&numbers).len(), 1 + (6 * 2 + 5 * 16_usize).div_ceil(8));
}

/// Shared values that hold shared values.
#[derive(Pickle, Debug, PartialEq, Clone)]
struct Tree {
    #[pickle(count = u8, item(shared = index(u8)))]
    branches: Vec<Tree>,
    #[pickle(shared = index(u8, leaves), count = u8)]
    leaf: String,
}

#[test]
fn shared_values_in_shared_values() {
    let tree = |branches: &[Tree], leaf: &str| Tree {
        branches: branches.into(),
        leaf: leaf.into(),
    };
    let twig = tree(&[], "x");
    let branch = tree(&[twig.clone(), twig.clone()], "y");
    let whole = tree(&[branch.clone(), twig, branch], "x");
    let bytes = agree(&whole);
    // The twig is number 0, when it is complete; the branch 1.
    assert_eq!(
        bytes,
        b"\x03\x00\x02\x00\x00\x00\x01x\x00\x01\x01y\x00\x01\x00"
    );
    agree_on_random::<Tree>();
}

/// In a stream, what was seen before is seen again.
#[test]
fn streams_of_shared_values() {
    let value = Names {
        names: ["b.c", "a.b.c", "a.b.c"].map(shared).into(),
    };
    let bytes = pickler::encode(&value).unwrap();
    let words = Words {
        list: ["ab", "c", "ab"].map(Into::into).into(),
        other: "ab".into(),
        behind: 0xF,
    };
    let more = pickler::encode(&words).unwrap();
    for piece in 1..bytes.len() {
        let mut stream = pickler::stream::Decoder::<Names>::new();
        let mut found = Vec::new();
        for piece in bytes.chunks(piece) {
            stream.push(piece);
            found.extend(stream.next_value().unwrap());
        }
        assert_eq!(found.as_slice(), std::slice::from_ref(&value));
        let mut stream = pickler::stream::Decoder::<Words>::new();
        let mut found = Vec::new();
        for piece in more.chunks(piece) {
            stream.push(piece);
            found.extend(stream.next_value().unwrap());
        }
        assert_eq!(found.as_slice(), std::slice::from_ref(&words));
    }
}

/// What is shared in parts is read otherwise than what is not, if its bytes
/// without references are the same.
#[test]
fn the_same_bytes_of_other_parts() {
    #[derive(Pickle, Debug, PartialEq)]
    struct Numbers {
        #[pickle(shared = index(u8, numbers))]
        first: u16,
        #[pickle(shared = index(u8, numbers))]
        second: Wrapped,
        #[pickle(shared = index(u8, numbers))]
        third: u16,
        #[pickle(shared = index(u8, numbers))]
        fourth: Wrapped,
    }
    #[derive(Pickle, Debug, PartialEq)]
    struct Wrapped {
        #[pickle(shared = index(u8, numbers))]
        inner: u16,
    }
    let wrapped = || Wrapped { inner: 7 };
    let value = Numbers {
        first: 7,
        second: wrapped(),
        third: 7,
        fourth: wrapped(),
    };
    // The second is new, and in it is the first.
    assert_eq!(agree(&value), [0, 0, 7, 1, 0, 0, 1]);
    agree_on_random::<Numbers>();
}

/// The same by offsets: the last label of a name is a reference, and what has no
/// references cannot be read from it.
#[test]
fn a_name_that_is_written_flat() {
    #[derive(Pickle, Debug, PartialEq)]
    struct Flat {
        #[pickle(count = u8)]
        first: ByteString,
        #[pickle(count = u8)]
        second: ByteString,
        end: u8,
    }
    #[derive(Pickle, Debug, PartialEq)]
    struct Both {
        names: [Shared; 2],
        #[pickle(shared = offset(0xC000_u16))]
        flat: Flat,
    }
    let value = Both {
        names: ["ab", "x.ab"].map(shared),
        flat: Flat {
            first: "x".into(),
            second: "ab".into(),
            end: 0,
        },
    };
    assert_eq!(agree(&value), b"\x02ab\0\x01x\xC0\x00\x01x\x02ab\0");
    agree_on_random::<Both>();
}

/// A table may have more numbers than each of its fields can say.
#[test]
fn a_number_that_is_too_large_for_one_of_a_table() {
    #[derive(Pickle, Debug, PartialEq)]
    struct Two {
        #[pickle(count = u8, item(shared = index(u8, numbers)))]
        many: Vec<u16>,
        #[pickle(shared = index(bits(4), numbers))]
        last: u16,
    }
    let two = |count: u16, last| Two {
        many: (0..count).collect(),
        last,
    };
    agree(&two(15, 500));
    agree(&two(30, 10));
    for (count, last) in [(16, 500), (30, 20)] {
        let error = pickler::encode(&two(count, last)).unwrap_err();
        assert!(
            matches!(error.kind(), ErrorKind::OutOfRange { max: 15, .. }),
            "{error}"
        );
        let many = (0..count).map(Value::from).collect();
        let value = Value::record([("many", Value::List(many)), ("last", last.into())]);
        assert_eq!(dynamic::encode(&Schema::of::<Two>(), &value), Err(error));
    }
}
