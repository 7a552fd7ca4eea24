//! Derived fields, counts and sizes by expressions.

use pickler::schema::{Expr, Schema, Shape};
use pickler::{ByteString, Derived, ErrorKind, Pickle};

use crate::agreement::agree;

#[derive(Pickle, Debug, Default, PartialEq)]
struct Packet {
    #[pickle(derived = sizeof(self) - 2)]
    size: Derived<u16>,
    #[pickle(derived = len(names) * (1 + 1))]
    twice: Derived<u8>,
    #[pickle(count = twice / 2)]
    names: Vec<u16>,
    #[pickle(derived = sizeof(text) + twice - twice)]
    text_size: Derived<u8>,
    #[pickle(size = text_size)]
    text: ByteString,
}

fn packet() -> Packet {
    Packet {
        names: vec![1, 2],
        text: "hey".into(),
        ..Packet::default()
    }
}

#[test]
fn filled_in_and_verified() {
    let bytes = b"\0\x09\x04\0\x01\0\x02\x03hey";
    assert_eq!(agree(&packet()), bytes);
}

#[test]
fn a_wrong_one_is_refused_where_it_is() {
    let mut bytes = *b"\0\x09\x04\0\x01\0\x02\x03hey";
    bytes[1] = 8;
    let error = pickler::decode::<Packet>(&bytes).unwrap_err();
    let (expected, found) = (9, 8);
    assert_eq!(error.kind(), &ErrorKind::WrongDerived { expected, found });
    assert_eq!(error.bit_offset(), 0);
}

#[test]
fn forged_ones_are_written_as_they_are() {
    let forged = Packet {
        size: Derived::forge(1),
        text_size: Derived::forge(200),
        ..packet()
    };
    assert_eq!(
        pickler::encode(&forged).unwrap(),
        b"\0\x01\x04\0\x01\0\x02\xC8hey"
    );
}

#[test]
fn one_that_does_not_fit_is_refused() {
    let long = Packet {
        text: "x".repeat(256).into(),
        ..packet()
    };
    let error = pickler::encode(&long).unwrap_err();
    assert_eq!(
        error.to_string(),
        "Packet.text_size: 256 does not fit, only 0 to 255 do"
    );
}

#[test]
fn a_count_that_is_no_derived_field_must_agree() {
    #[derive(Pickle, Debug, PartialEq)]
    struct Grid {
        rows: u8,
        columns: u8,
        #[pickle(count = rows * columns)]
        cells: Vec<u8>,
        #[pickle(size = rows)]
        row: ByteString,
    }
    let mut grid = Grid {
        rows: 2,
        columns: 1,
        cells: vec![7, 8],
        row: "ab".into(),
    };
    assert_eq!(agree(&grid), b"\x02\x01\x07\x08ab");
    grid.cells.pop();
    let error = pickler::encode(&grid).unwrap_err();
    assert_eq!(
        error.to_string(),
        "Grid.cells: holds 1, but 2 follows from the other fields, at byte 2"
    );
    grid.cells.push(8);
    grid.row = "abc".into();
    assert!(pickler::encode(&grid).is_err());
}

#[test]
fn what_overflows_is_refused() {
    #[derive(Pickle, Debug, PartialEq)]
    struct Ratio {
        a: u128,
        b: u8,
        #[pickle(count = a / b)]
        items: ByteString,
    }
    let bytes = [0xFF; 20];
    let error = pickler::decode::<Ratio>(&bytes).unwrap_err();
    assert!(matches!(error.kind(), ErrorKind::NoValue { .. }));
    let ratio = |b| Ratio {
        a: 4,
        b,
        items: "ab".into(),
    };
    agree(&ratio(2));
    assert!(pickler::encode(&ratio(0)).is_err());
}

#[test]
fn an_error_inside_what_is_measured_is_told_as_it_is() {
    #[derive(Pickle, Debug, PartialEq)]
    struct Outer {
        #[pickle(derived = sizeof(inner))]
        size: Derived<u8>,
        inner: Inner,
    }
    #[derive(Pickle, Debug, PartialEq)]
    struct Inner {
        first: u8,
        #[pickle(bits = 3)]
        small: u8,
    }
    let outer = Outer {
        size: Derived::auto(),
        inner: Inner { first: 1, small: 8 },
    };
    let error = pickler::encode(&outer).unwrap_err();
    assert_eq!(
        error.to_string(),
        "Outer.inner.small: 8 does not fit, only 0 to 7 do"
    );
    assert_eq!(error.bit_offset(), 16);
}

#[test]
fn expressions_are_described() {
    let schema = Schema::of::<Packet>();
    let Shape::Record(record) = schema.resolve(schema.root()) else {
        panic!("not a record")
    };
    let derived = |index: usize| record.fields[index].derived.as_ref().map(Expr::to_string);
    assert_eq!(derived(0).unwrap(), "sizeof(self) - 2");
    assert_eq!(derived(1).unwrap(), "len(names) * (1 + 1)");
    assert_eq!(
        record.fields[4].shape.expressions()[0].to_string(),
        "text_size"
    );
}
