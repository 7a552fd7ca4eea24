//! Tags that are elsewhere.

use std::fmt::Debug;

use pickler::dynamic::{self, Value};
use pickler::picklers::{Pickler, decode_with, encode_with, given};
use pickler::schema::{Expr, Schema, Shape, TagSource};
use pickler::{ByteString, Derived, ErrorKind, Pickle, PickleOwned, Tagged};

use crate::agreement::{agree, agree_on_bytes, agree_on_random};

fn bytes<T: PickleOwned + Debug + PartialEq>(value: T, bytes: &[u8]) {
    assert_eq!(agree(&value), bytes, "{value:?}");
}

fn write_error<T: PickleOwned + Debug>(value: &T) -> String {
    pickler::encode(value).unwrap_err().to_string()
}

#[derive(Pickle, Debug, PartialEq)]
#[pickle(context(kind: u8), tag = kind)]
enum Body {
    #[pickle(tag = 1)]
    Number(u32),
    #[pickle(tag = 2)]
    Nothing,
    #[pickle(tag = 5..=9)]
    Several {
        #[pickle(tag)]
        kind: u8,
        value: u8,
    },
}

#[derive(Pickle, Debug, PartialEq)]
struct Given {
    kind: u8,
    flags: u16,
    #[pickle(given(kind))]
    body: Body,
    last: u8,
}

#[test]
fn a_tag_from_elsewhere() {
    let given = |kind, body| Given {
        kind,
        flags: 0xABCD,
        body,
        last: 9,
    };
    bytes(given(1, Body::Number(7)), &[1, 0xAB, 0xCD, 0, 0, 0, 7, 9]);
    bytes(given(2, Body::Nothing), &[2, 0xAB, 0xCD, 9]);
    bytes(
        given(6, Body::Several { kind: 6, value: 3 }),
        &[6, 0xAB, 0xCD, 3, 9],
    );
    let error = pickler::decode::<Given>(&[3, 0, 0, 9]).unwrap_err();
    assert_eq!(
        error.to_string(),
        "Given.body: unknown tag 3 (0x03), at byte 3"
    );
    assert_eq!(
        write_error(&given(1, Body::Nothing)),
        "Given.body.Nothing: tag 1 is that of `Number`, not of `Nothing`, at byte 3"
    );
    assert_eq!(
        write_error(&given(4, Body::Nothing)),
        "Given.body.Nothing: tag 4 is not that of `Nothing`, at byte 3"
    );
    assert_eq!(
        write_error(&given(5, Body::Several { kind: 6, value: 0 })),
        "Given.body.Several: holds 6, but 5 follows from the other fields, at byte 3"
    );
    agree_on_random::<Given>();
}

#[test]
fn both_codecs_refuse_a_variant_that_is_not_given() {
    let schema = Schema::of::<Given>();
    for (kind, body) in [
        (1, Body::Nothing),
        (4, Body::Nothing),
        (5, Body::Several { kind: 6, value: 0 }),
        (6, Body::Several { kind: 2, value: 0 }),
        (1, Body::Several { kind: 6, value: 0 }),
    ] {
        let (name, tag) = (body.name(), body.tag());
        let fields: Value = match &body {
            Body::Several { value, .. } => Value::record([("value", (*value).into())]),
            _ => Value::record([]),
        };
        let mut variant = Value::variant(name, fields);
        if let Value::Variant(variant) = &mut variant {
            variant.tag = tag.cast_unsigned();
        }
        let value = Value::record([
            ("kind", kind.into()),
            ("flags", 0_u16.into()),
            ("body", variant),
            ("last", 0_u8.into()),
        ]);
        let derived = Given {
            kind,
            flags: 0,
            body,
            last: 0,
        };
        assert_eq!(
            pickler::encode(&derived).unwrap_err(),
            dynamic::encode(&schema, &value).unwrap_err()
        );
    }
}

#[test]
fn a_derived_tag() {
    #[derive(Pickle, Debug, PartialEq)]
    struct Message {
        #[pickle(derived = tag(body))]
        kind: Derived<u8>,
        #[pickle(derived = sizeof(body))]
        size: Derived<u16>,
        #[pickle(given(kind), size = size)]
        body: Body,
    }
    let message = |body| Message {
        kind: Derived::auto(),
        size: Derived::auto(),
        body,
    };
    bytes(message(Body::Number(7)), &[1, 0, 4, 0, 0, 0, 7]);
    bytes(message(Body::Nothing), &[2, 0, 0]);
    bytes(message(Body::Several { kind: 9, value: 3 }), &[9, 0, 1, 3]);
    agree_on_random::<Message>();
}

#[test]
fn an_expression_over_what_is_given() {
    #[derive(Pickle, Debug, PartialEq)]
    #[pickle(context(high: u8, low: u8), tag = high * 256 + low)]
    enum Body {
        #[pickle(tag = 0x0102)]
        One(u8),
        #[pickle(other)]
        Other(i128, ByteString),
    }
    #[derive(Pickle, Debug, PartialEq)]
    struct Message {
        high: u8,
        low: u8,
        #[pickle(given(high, low))]
        body: Body,
    }
    let message = |high, low, body| Message { high, low, body };
    bytes(message(1, 2, Body::One(3)), &[1, 2, 3]);
    bytes(message(1, 3, Body::Other(0x103, "x".into())), b"\x01\x03x");
    assert_eq!(
        write_error(&message(1, 3, Body::Other(0x104, "x".into()))),
        "Message.body.Other: holds 260, but 259 follows from the other fields, at byte 2"
    );
    assert_eq!(
        write_error(&message(1, 2, Body::Other(0x102, "x".into()))),
        "Message.body.Other: tag 258 is not unknown, it is that of `One`, at byte 2"
    );
    agree_on_random::<Message>();
}

#[test]
fn an_expression_without_a_value() {
    #[derive(Pickle, Debug, PartialEq)]
    #[pickle(context(a: u8, b: u8), tag = a / b)]
    enum Body {
        #[pickle(tag = 2)]
        Two(u8),
    }
    #[derive(Pickle, Debug, PartialEq)]
    struct Message {
        a: u8,
        b: u8,
        #[pickle(given(a, b))]
        body: Body,
    }
    let schema = Schema::of::<Message>();
    agree_on_bytes::<Message>(&schema, &[5, 2, 1]).unwrap();
    let error = agree_on_bytes::<Message>(&schema, &[5, 0, 1]).unwrap_err();
    assert!(matches!(error.kind(), ErrorKind::NoValue { .. }));
    let message = Message {
        a: 4,
        b: 0,
        body: Body::Two(1),
    };
    assert!(write_error(&message).starts_with("Message.body.Two:"));
}

#[test]
fn an_enum_as_the_tag() {
    #[derive(Pickle, Clone, Copy, Debug, PartialEq)]
    #[pickle(tag = u16)]
    enum Kind {
        A = 10,
        B = 20,
    }
    #[derive(Pickle, Debug, PartialEq)]
    #[pickle(context(kind: Kind), tag = kind)]
    enum Body {
        #[pickle(tag = 10)]
        A(u8),
        #[pickle(tag = 20)]
        B(u16),
    }
    #[derive(Pickle, Debug, PartialEq)]
    #[pickle(endian = little)]
    struct Message {
        kind: Kind,
        #[pickle(given(kind))]
        body: Body,
    }
    let message = |kind, body| Message { kind, body };
    bytes(message(Kind::A, Body::A(1)), &[10, 0, 1]);
    bytes(message(Kind::B, Body::B(1)), &[20, 0, 1, 0]);
    assert_eq!(
        write_error(&message(Kind::A, Body::B(1))),
        "Message.body.B: tag 10 is that of `A`, not of `B`, at byte 2"
    );
    agree_on_random::<Message>();
}

#[test]
fn variants_without_bodies_whose_tag_is_elsewhere() {
    #[derive(Pickle, Debug, PartialEq)]
    #[pickle(context(kind: u8), tag = kind)]
    enum Kind {
        Zero,
        One,
    }
    let one = given::<Kind>(KindContext { kind: 1 });
    assert!(encode_with(&one, &Kind::One).unwrap().is_empty());
    assert_eq!(decode_with(&one, &[]).unwrap(), Kind::One);
    assert_eq!(
        encode_with(&one, &Kind::Zero).unwrap_err().to_string(),
        "Zero: tag 1 is that of `One`, not of `Zero`, at byte 0"
    );
}

#[test]
fn what_a_description_says() {
    fn width<'de, P: Pickler<'de>>(_: &P) -> u64 {
        P::WIDTH.min
    }
    let schema = Schema::of::<Given>();
    let mut types = schema.types().iter();
    let body = types.find(|it| &*it.name == "Body").unwrap();
    let Shape::Union(union) = &body.shape else {
        panic!("it is a union")
    };
    let kind = Expr::Field("kind".into());
    assert_eq!(union.source, TagSource::Given(kind));
    assert_eq!(union.variants[2].tag, 5);
    assert_eq!(union.variants[2].also, [6..=9]);
    assert_eq!(width(&given::<Body>(BodyContext { kind: 1 })), 0);
}

/// Of the value, the low bits are the tag.
#[derive(Pickle, Debug, PartialEq)]
#[pickle(context(length: u16), tag = length * 3, bits = 3)]
enum InBits {
    #[pickle(tag = 0)]
    Nothing,
    #[pickle(tag = 1..=5)]
    Several(#[pickle(tag)] u8, u16),
    #[pickle(other)]
    Other { tag: u8, body: ByteString },
}

#[derive(Pickle, Debug, PartialEq)]
struct GivenInBits {
    length: u16,
    #[pickle(given(length))]
    body: InBits,
}

#[test]
fn a_given_tag_of_so_many_bits() {
    let of = |length, body| GivenInBits { length, body };
    bytes(of(0, InBits::Nothing), &[0, 0]);
    bytes(of(1, InBits::Several(3, 7)), &[0, 1, 0, 7]);
    // 300 in three bits.
    bytes(of(100, InBits::Several(4, 7)), &[0, 100, 0, 7]);
    let body = ByteString::from("x");
    bytes(of(2, InBits::Other { tag: 6, body }), &[0, 2, b'x']);
    assert_eq!(
        write_error(&of(1, InBits::Nothing)),
        "GivenInBits.body.Nothing: tag 3 is that of `Several`, not of `Nothing`, at byte 2"
    );
    let schema = Schema::of::<GivenInBits>();
    let union = schema.types().iter().find(|it| *it.name == *"InBits");
    let Some(Shape::Union(union)) = union.map(|it| &it.shape) else {
        panic!("{schema:?}");
    };
    let expected = Shape::Integer {
        bits: 3,
        signed: false,
    };
    assert_eq!(union.tag, expected);
    agree_on_random::<GivenInBits>();
}

#[derive(Pickle, Clone, Copy, Debug, PartialEq)]
#[pickle(tag = u8)]
enum Kind {
    Plain,
    Wide,
}

/// The same tag means different things.
#[derive(Pickle, Debug, PartialEq)]
#[pickle(context(kind: Kind, version: u8), tag = u8)]
enum ByCondition {
    #[pickle(tag = 1, if = kind == Kind::Plain)]
    Plain(u8),
    #[pickle(tag = 1, if = kind == Kind::Wide, since = 2)]
    Wide(u16),
    #[pickle(tag = 2)]
    Always,
}

#[derive(Pickle, Debug, PartialEq)]
struct GivenKind {
    kind: Kind,
    version: u8,
    #[pickle(given(kind, version))]
    body: ByCondition,
}

#[test]
fn variants_by_a_condition() {
    let of = |kind, version, body| GivenKind {
        kind,
        version,
        body,
    };
    bytes(of(Kind::Plain, 1, ByCondition::Plain(7)), &[0, 1, 1, 7]);
    bytes(of(Kind::Wide, 2, ByCondition::Wide(7)), &[1, 2, 1, 0, 7]);
    bytes(of(Kind::Wide, 1, ByCondition::Always), &[1, 1, 2]);
    let error = pickler::decode::<GivenKind>(&[1, 1, 1, 0, 7]).unwrap_err();
    assert_eq!(
        error.to_string(),
        "GivenKind.body: unknown tag 1 (0x01), at byte 2"
    );
    assert_eq!(
        write_error(&of(Kind::Wide, 2, ByCondition::Plain(7))),
        "GivenKind.body.Plain: `kind == Kind::Plain` does not hold, found 1, at byte 2"
    );
    agree_on_random::<GivenKind>();
}
