//! The number of an item, and items by their number, in expressions.

use std::fmt::Debug;

use pickler::schema::Schema;
use pickler::{ByteString, ErrorKind, Pickle, PickleOwned};

use crate::agreement::{agree, agree_on_bytes, agree_on_random, generated, unwritable};

/// The error of reading these bytes.
fn error<T: PickleOwned + Debug + PartialEq>(bytes: &[u8]) -> pickler::Error {
    agree_on_bytes::<T>(&Schema::of::<T>(), bytes).unwrap_err()
}

#[derive(Pickle, Clone, Debug, PartialEq)]
struct Packet {
    #[pickle(count = u8)]
    sizes: Vec<u8>,
    #[pickle(count = len(sizes), item(size = sizes[index]))]
    bodies: Vec<ByteString>,
    behind: u8,
}

fn bodies(sizes: &[u8], bodies: &[&str]) -> Packet {
    Packet {
        sizes: sizes.into(),
        bodies: bodies.iter().map(|&body| body.into()).collect(),
        behind: 9,
    }
}

#[test]
fn sizes_of_each_item() {
    let value = bodies(&[1, 0, 3], &["a", "", "bcd"]);
    assert_eq!(agree(&value), b"\x03\x01\0\x03abcd\x09");
    assert_eq!(
        unwritable(&bodies(&[1, 2], &["a", "b"])),
        "Packet.bodies[1]: holds 1, but 2 follows from the other fields, at byte 5"
    );
    let short = error::<Packet>(b"\x02\x01\x04abc");
    assert!(
        short.to_string().starts_with("Packet.bodies[1]: "),
        "{short}"
    );
    agree_on_random::<Packet>();
    assert!(generated::<Packet>().iter().any(|it| it.len() > 3));
}

#[test]
fn no_such_item_is_an_error_of_the_field() {
    #[derive(Pickle, Debug, PartialEq)]
    struct Past {
        #[pickle(count = u8)]
        sizes: Vec<u8>,
        #[pickle(count = sizes[2])]
        third: Vec<u8>,
        #[pickle(count = u8, item(count = sizes[index - 1]))]
        lists: Vec<Vec<u8>>,
    }
    let past = Past {
        sizes: vec![0, 1, 2],
        third: vec![7, 8],
        lists: Vec::new(),
    };
    assert_eq!(agree(&past), [3, 0, 1, 2, 7, 8, 0]);
    let short = error::<Past>(&[2, 0, 1, 0]);
    assert!(matches!(short.kind(), ErrorKind::NoValue { .. }));
    assert!(short.to_string().starts_with("Past.third: "), "{short}");
    let negative = error::<Past>(&[3, 0, 1, 0, 1]);
    assert!(matches!(negative.kind(), ErrorKind::NoValue { .. }));
    assert!(
        negative.to_string().starts_with("Past.lists[0]: "),
        "{negative}"
    );
    assert!(
        unwritable(&Past {
            sizes: vec![2],
            ..past
        })
        .starts_with("Past.third: ")
    );
    agree_on_random::<Past>();
}

#[derive(Pickle, Clone, Debug, PartialEq)]
#[pickle(context(kind: u8), tag = kind)]
enum Body {
    #[pickle(tag = 1)]
    Byte(u8),
    #[pickle(tag = 2)]
    Word(#[pickle(endian = little)] u16),
}

#[derive(Pickle, Debug, PartialEq)]
struct Given {
    #[pickle(item(range = 1..=2))]
    codes: [u8; 3],
    #[pickle(item(given(kind = codes[index])))]
    bodies: [Body; 3],
}

#[test]
fn tags_of_each_item() {
    let given = Given {
        codes: [1, 2, 1],
        bodies: [Body::Byte(7), Body::Word(8), Body::Byte(9)],
    };
    assert_eq!(agree(&given), [1, 2, 1, 7, 8, 0, 9]);
    let wrong = Given {
        codes: [1, 1, 1],
        ..given
    };
    assert!(unwritable(&wrong).starts_with("Given.bodies[1]"));
    agree_on_random::<Given>();
}

#[derive(Pickle, Clone, Debug, PartialEq)]
struct Header {
    #[pickle(bits = 4)]
    kind: u8,
    #[pickle(bits = 4)]
    size: u8,
}

#[test]
fn fields_of_items_and_items_of_items() {
    #[derive(Pickle, Debug, PartialEq)]
    struct Described {
        #[pickle(count = u8)]
        headers: Vec<Header>,
        #[pickle(count = len(headers), item(count = headers[index].size, item(bits = 4)))]
        parts: Vec<Vec<u8>>,
        #[pickle(if = headers[0].kind == 3 && parts[1][0] > 1)]
        more: Option<u8>,
        #[pickle(count = len(parts[1]), assert = last[0] == parts[0][0])]
        last: ByteString,
    }
    let header = |kind, size| Header { kind, size };
    let parts = Described {
        headers: vec![header(3, 1), header(0, 2)],
        parts: vec![vec![7], vec![2, 1]],
        more: Some(4),
        last: "\x07b".into(),
    };
    let bytes = agree(&parts);
    assert_eq!(
        bytes,
        [2, 0x31, 0x02, 0x72, 0x10, 0x40, 0x76, 0x20][..].to_vec()
    );
    let other = Described {
        last: "ab".into(),
        ..parts
    };
    assert!(unwritable(&other).contains("`last[0] == parts[0][0]` does not hold, found 97"));
}

#[test]
fn the_number_of_the_item_itself() {
    #[derive(Pickle, Debug, PartialEq)]
    struct Numbered {
        #[pickle(count = u8)]
        limits: Vec<u8>,
        #[pickle(count = 2, item(assert = item < limits[index] && item != index))]
        below: Vec<u8>,
        #[pickle(last = index == 2)]
        three: Vec<u8>,
        #[pickle(last = item[0] == 0xAA, item(size = index + 1))]
        growing: Vec<Vec<u8>>,
        #[pickle(count = 2, item(count = 2, item(bits = 4, assert = item >= index)))]
        rows: Vec<Vec<u8>>,
        #[pickle(rest, item(count = index))]
        triangle: Vec<Vec<u8>>,
    }
    let numbered = || Numbered {
        limits: vec![2, 3],
        below: vec![1, 2],
        three: vec![5, 6, 7],
        growing: vec![vec![0], vec![1, 2], vec![0xAA, 3, 4]],
        rows: vec![vec![0, 1], vec![0, 3]],
        triangle: Vec::new(),
    };
    assert_eq!(
        agree(&numbered()),
        [2, 2, 3, 1, 2, 5, 6, 7, 0, 1, 2, 0xAA, 3, 4, 0x01, 0x03]
    );
    let below = |below| {
        unwritable(&Numbered {
            below,
            ..numbered()
        })
    };
    assert_eq!(
        below(vec![2, 0]),
        "Numbered.below[0]: `item < limits[index] && item != index` does not hold, found 2, at \
         byte 3"
    );
    assert!(below(vec![1, 1]).contains("below[1]: "));
    assert_eq!(
        unwritable(&Numbered {
            three: vec![1, 2],
            ..numbered()
        }),
        "Numbered.three: `index == 2` does not hold, at byte 5"
    );
    assert_eq!(
        unwritable(&Numbered {
            three: vec![1; 4],
            ..numbered()
        }),
        "Numbered.three: unit 2 would end it"
    );
    let rows = Numbered {
        rows: vec![vec![0, 1], vec![5, 0]],
        ..numbered()
    };
    assert!(unwritable(&rows).starts_with("Numbered.rows[1][1]: `item >= index`"));
    agree_on_bytes::<Numbered>(
        &Schema::of::<Numbered>(),
        &[2, 2, 3, 1, 1, 5, 6, 7, 0xAA, 0x01, 0x03],
    )
    .unwrap_err();
}

#[test]
fn a_field_called_index_is_that_field() {
    #[derive(Pickle, Debug, PartialEq)]
    struct Named {
        index: u8,
        #[pickle(count = 3, item(count = index))]
        lists: Vec<Vec<u8>>,
    }
    let lists = vec![vec![1], vec![2], vec![3]];
    assert_eq!(agree(&Named { index: 1, lists }), [1, 1, 2, 3]);

    #[derive(Pickle, Debug, PartialEq)]
    struct Unnamed(#[pickle(count = u8, item(assert = item >= index))] Vec<u8>);
    assert_eq!(agree(&Unnamed(vec![0, 1])), [2, 0, 1]);
    assert_eq!(
        error::<Unnamed>(&[2, 0, 0]).to_string(),
        "Unnamed[1]: `item >= index` does not hold, found 0, at byte 2"
    );
    assert!(generated::<Unnamed>().iter().any(|it| it.len() > 3));
}
