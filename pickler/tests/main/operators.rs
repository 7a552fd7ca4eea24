//! The expression language: each operator, compiled and by the schema.

use pickler::schema::{Schema, Shape};
use pickler::{ByteString, Derived, ErrorKind, Pickle};

use crate::agreement::{agree, agree_on_bytes};

/// A record of two integers, and what follows from them.
macro_rules! follows {
    ($name:ident, $expr:expr) => {
        #[derive(Pickle, Debug, PartialEq)]
        struct $name {
            a: i64,
            b: i8,
            flag: bool,
            #[pickle(derived = $expr)]
            result: Derived<i64>,
        }

        impl $name {
            /// What follows, which both codecs fill in and verify; `None` if
            /// that is refused.
            fn of(a: i64, b: i8, flag: bool) -> Option<i64> {
                let result = Derived::auto();
                let value = Self { a, b, flag, result };
                let Ok(bytes) = pickler::encode(&value) else {
                    let forged = Self {
                        result: Derived::forge(7),
                        ..value
                    };
                    let bytes = pickler::encode(&forged).unwrap();
                    let schema = Schema::of::<Self>();
                    agree_on_bytes::<Self>(&schema, &bytes).unwrap_err();
                    return None;
                };
                assert_eq!(agree(&value), bytes);
                Some(i64::from_be_bytes(bytes[10..].try_into().unwrap()))
            }
        }
    };
}

/// The expression as the schema shows it.
fn described<T: pickler::PickleOwned>(field: &str) -> String {
    let schema = Schema::of::<T>();
    let Shape::Record(record) = schema.resolve(schema.root()) else {
        panic!("not a record")
    };
    let field = record.field(field).unwrap();
    let expr = field.derived.as_ref().or_else(|| {
        let of_shape = field.shape.expressions();
        of_shape.first().copied()
    });
    let text = expr.unwrap().to_string();
    assert_eq!(text.parse().as_ref(), Ok(expr.unwrap()));
    text
}

#[test]
fn arithmetic() {
    follows!(Sum, -(a + b) % 10);
    assert_eq!(described::<Sum>("result"), "-(a + b) % 10");
    assert_eq!(Sum::of(25, -2, false), Some(-3));
    follows!(Quotient, a / b * b);
    assert_eq!(Quotient::of(-7, 2, false), Some(-6));
    assert_eq!(Quotient::of(-7, 0, false), None);
    follows!(Product, a * 4);
    assert_eq!(Product::of(i64::MAX, 0, false), None);
}

#[test]
fn bits() {
    follows!(Mask, (a & 0xF0 | b'\x01') ^ 0b10);
    assert_eq!(described::<Mask>("result"), "(a & 240 | 1) ^ 2");
    assert_eq!(Mask::of(0x7F, 0, false), Some(0x73));
    follows!(Aligned, (a + 3) & !3);
    assert_eq!(described::<Aligned>("result"), "a + 3 & !3");
    assert_eq!(Aligned::of(5, 0, false), Some(8));
    follows!(Shift, a << b >> 1);
    assert_eq!(Shift::of(3, 2, false), Some(6));
    assert_eq!(Shift::of(3, -1, false), None);
    assert_eq!(Shift::of(1, 127, false), None);
}

#[test]
fn comparisons_and_logic() {
    follows!(
        Ordered,
        if a < b && a <= 5 && b > 0 && b >= 1 {
            1
        } else {
            0
        }
    );
    assert_eq!(Ordered::of(1, 2, false), Some(1));
    assert_eq!(Ordered::of(2, 2, false), Some(0));
    follows!(
        Equality,
        if a == 1 || !(b != 2) || !flag {
            'y'
        } else {
            'n'
        }
    );
    assert_eq!(
        described::<Equality>("result"),
        "if a == 1 || !(b != 2) || flag == false { 121 } else { 110 }"
    );
    assert_eq!(Equality::of(0, 3, true), Some(110));
    assert_eq!(Equality::of(0, 3, false), Some(121));
    assert_eq!(Equality::of(0, 2, true), Some(121));
    // The right side is not looked at where the left one decides.
    follows!(Short, if b != 0 && a / b == 2 { 1 } else { 0 });
    assert_eq!(Short::of(4, 0, false), Some(0));
    assert_eq!(Short::of(4, 2, false), Some(1));
    follows!(ShortOr, if b == 0 || a / b == 2 { 1 } else { 0 });
    assert_eq!(ShortOr::of(4, 0, false), Some(1));
    follows!(Truth, flag);
    assert_eq!(Truth::of(0, 0, true), Some(1));
}

const LIMIT: u8 = 5;

#[test]
fn branches_casts_and_constants() {
    follows!(
        Branches,
        match a {
            1 | 2 => 10,
            3..=5 => 20,
            6..8 => 30,
            ..=-5 => 40,
            100.. => match b {
                LIMIT => 50,
                _ => 51,
            },
            _ => a / b,
        }
    );
    assert_eq!(
        described::<Branches>("result"),
        "match a { 1 | 2 => 10, 3..=5 => 20, 6..=7 => 30, ..=-5 => 40, \
         100.. => match b { 5 => 50, _ => 51 }, _ => a / b }"
    );
    for (a, expected) in [(2, 10), (5, 20), (7, 30), (-5, 40), (100, 50)] {
        assert_eq!(Branches::of(a, 5, false), Some(expected), "{a}");
    }
    assert_eq!(Branches::of(100, 4, false), Some(51));
    assert_eq!(Branches::of(8, 4, false), Some(2));
    assert_eq!(Branches::of(8, 0, false), None);

    follows!(Cast, a as u8 + LIMIT + Self::MORE);
    impl Cast {
        const MORE: i16 = -1;
    }
    assert_eq!(described::<Cast>("result"), "a as u8 + 5 + -1");
    assert_eq!(Cast::of(255, 0, false), Some(259));
    assert_eq!(Cast::of(256, 0, false), None);
}

#[derive(Pickle, Debug, PartialEq, Clone, Copy)]
#[pickle(tag = u8, rename_all = snake_case)]
enum Kind {
    #[pickle(tag = 3)]
    Text,
    Image,
    #[pickle(rename = "nothing", tag = 9)]
    Empty,
    #[pickle(other)]
    Other(u8),
}

#[derive(Pickle, Debug, PartialEq)]
#[pickle(rename_all = camelCase)]
struct Header {
    kind: Kind,
    inner: Lengths,
}

#[derive(Pickle, Debug, PartialEq)]
struct Lengths {
    #[pickle(rename = "HOW_MANY")]
    how_many: u8,
}

#[derive(Pickle, Debug, PartialEq)]
#[pickle(tag = i8)]
enum Body {
    Word(u16),
    #[pickle(tag = -2)]
    Text {
        #[pickle(count = u8)]
        text: ByteString,
    },
    #[pickle(other)]
    Other {
        tag: i8,
        body: ByteString,
    },
}

#[test]
fn members_and_variants() {
    #[derive(Pickle, Debug, PartialEq)]
    struct Packet {
        header: Header,
        #[pickle(
            count = match header.kind {
                Kind::Text | Kind::Empty => header.inner.how_many,
                _ => if header.kind == Kind::Image { 2 } else { 0 },
            }
        )]
        body: ByteString,
    }
    assert_eq!(
        described::<Packet>("body"),
        "match header.kind { Kind::text | Kind::nothing => header.inner.HOW_MANY, \
         _ => if header.kind == Kind::image { 2 } else { 0 } }"
    );
    let packet = |kind, how_many, body: &str| Packet {
        header: Header {
            kind,
            inner: Lengths { how_many },
        },
        body: body.into(),
    };
    assert_eq!(agree(&packet(Kind::Text, 3, "abc")), b"\x03\x03abc");
    assert_eq!(agree(&packet(Kind::Empty, 1, "a")), b"\x09\x01a");
    assert_eq!(agree(&packet(Kind::Image, 7, "ab")), b"\x04\x07ab");
    assert_eq!(agree(&packet(Kind::Other(7), 7, "")), b"\x07\x07");
    let error = pickler::encode(&packet(Kind::Text, 3, "ab")).unwrap_err();
    let (expected, found) = (3, 2);
    assert_eq!(error.kind(), &ErrorKind::WrongDerived { expected, found });
}

#[test]
fn tags() {
    #[derive(Pickle, Debug, PartialEq)]
    struct Packet {
        #[pickle(derived = tag(body))]
        kind: Derived<i8>,
        #[pickle(derived = if tag(body) == Body::Text { 1 } else { 0 })]
        is_text: Derived<u8>,
        body: Body,
    }
    assert_eq!(
        described::<Packet>("is_text"),
        "if tag(body) == Body::Text { 1 } else { 0 }"
    );
    let packet = |body| Packet {
        kind: Derived::auto(),
        is_text: Derived::auto(),
        body,
    };
    assert_eq!(agree(&packet(Body::Word(5))), b"\0\0\0\0\x05");
    let text = Body::Text { text: "a".into() };
    assert_eq!(agree(&packet(text)), b"\xFE\x01\xFE\x01a");
    let other = Body::Other {
        tag: -128,
        body: "x".into(),
    };
    assert_eq!(agree(&packet(other)), b"\x80\0\x80x");
}
