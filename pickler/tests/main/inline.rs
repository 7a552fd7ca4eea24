//! Types that are described in place.

use pickler::Pickle;
use pickler::dynamic::Value;
use pickler::schema::{Expr, Operator, Presence, Schema, Shape};

use crate::agreement::{agree, agree_on_bytes};

#[derive(Pickle, Debug, PartialEq)]
#[pickle(inline)]
struct Header {
    urgent: bool,
    #[pickle(count = u8)]
    lines: Vec<Line>,
}

#[derive(Pickle, Debug, PartialEq)]
struct Line(#[pickle(bits = 24)] u32);

#[derive(Pickle, Clone, Copy, Debug, PartialEq)]
#[pickle(inline, bits = 4)]
enum Kind {
    Plain,
    Signed = 3,
}

#[derive(Pickle, Debug, PartialEq)]
#[pickle(inline, tag = u8)]
enum Body {
    Empty,
    Full { header: Header },
}

#[derive(Pickle, Debug, PartialEq)]
struct Packet {
    kind: Kind,
    #[pickle(bits = 4)]
    other: Kind,
    header: Header,
    #[pickle(if = kind == Kind::Signed)]
    signature: Option<u8>,
    body: Body,
}

#[test]
fn they_have_no_name() {
    let schema = Schema::of::<Packet>();
    let names: Vec<&str> = schema.types().iter().map(|it| &*it.name).collect();
    assert_eq!(names, ["Packet", "Line"]);
    let Shape::Record(packet) = &schema.types()[0].shape else {
        panic!("{schema:?}");
    };
    let [kind, other, header, signature, body] = &packet.fields[..] else {
        panic!("{packet:?}");
    };
    assert!(matches!(&kind.shape, Shape::Enumeration(_)));
    assert_eq!(kind.shape, other.shape);
    assert!(matches!(&header.shape, Shape::Record(it) if it.fields.len() == 2));
    assert!(matches!(&body.shape, Shape::Union(_)));
    // A variant cannot be called by the name of its type.
    let is_signed = Expr::Binary(
        Box::new(Expr::Field("kind".into())),
        Operator::Equal,
        Box::new(Expr::Integer(3)),
    );
    let Shape::Conditional { presence, .. } = &signature.shape else {
        panic!("{signature:?}");
    };
    assert_eq!(presence, &Presence::If(is_signed));
}

#[test]
fn both_codecs_read_and_write_them() {
    let header = |lines| Header {
        urgent: true,
        lines,
    };
    let packet = Packet {
        kind: Kind::Signed,
        other: Kind::Plain,
        header: header(vec![Line(7)]),
        signature: Some(9),
        body: Body::Full {
            header: header(Vec::new()),
        },
    };
    assert_eq!(agree(&packet), [0x30, 1, 1, 0, 0, 7, 9, 1, 1, 0]);
    let error = agree_on_bytes::<Packet>(&Schema::of::<Packet>(), &[0x20]).unwrap_err();
    assert_eq!(
        error.to_string(),
        "Packet.kind: unknown tag 2 (0x02), at byte 0"
    );
    let error = agree_on_bytes::<Header>(&Schema::of::<Header>(), &[2]).unwrap_err();
    assert_eq!(
        error.to_string(),
        "urgent: expected 0 or 1, found 2, at byte 0"
    );
}

#[test]
fn they_may_be_within_types_that_they_mention() {
    #[derive(Pickle, Debug, PartialEq)]
    struct Tree {
        #[pickle(count = u8)]
        children: Vec<Branch>,
    }
    #[derive(Pickle, Debug, PartialEq)]
    #[pickle(inline, whole)]
    struct Branch {
        length: u8,
        tree: Tree,
    }
    let leaf = Tree {
        children: Vec::new(),
    };
    let branch = Branch {
        length: 5,
        tree: leaf,
    };
    assert_eq!(agree(&branch), [5, 0]);
    let schema = Schema::of::<Branch>();
    assert_eq!(schema.types().len(), 1);
    assert!(matches!(schema.root(), Shape::Record(_)));
}

#[test]
fn their_fields_have_defaults() {
    #[derive(Pickle, Debug, PartialEq)]
    #[pickle(inline)]
    struct Bet {
        #[pickle(default = 10)]
        chips: u16,
    }
    let schema = Schema::of::<Bet>();
    let Shape::Record(bet) = schema.root() else {
        panic!("{schema:?}");
    };
    assert_eq!(bet.fields[0].default, Some(Value::Unsigned(10)));
    agree(&Bet { chips: 3 });
}

#[test]
#[should_panic(expected = "is described in place and holds itself: leave `inline` out")]
fn they_do_not_hold_themselves() {
    #[derive(Pickle)]
    #[pickle(inline)]
    struct Endless {
        #[pickle(flag)]
        next: Option<Box<Endless>>,
    }
    let _ = Schema::of::<Endless>();
}

#[test]
fn booleans_have_any_number_of_bits() {
    #[derive(Pickle, Debug, PartialEq)]
    struct Wide {
        #[pickle(bits = 29)]
        narrow: bool,
        #[pickle(bits = 3)]
        three: u8,
        #[pickle(bits = 24, endian = little)]
        little: bool,
        #[pickle(bits = 128)]
        widest: bool,
    }
    let wide = Wide {
        narrow: true,
        three: 1,
        little: true,
        widest: false,
    };
    let mut bytes = vec![0, 0, 0, 0b1001, 1, 0, 0];
    bytes.extend([0; 16]);
    assert_eq!(agree(&wide), bytes);
    bytes[0] = 1;
    let error = agree_on_bytes::<Wide>(&Schema::of::<Wide>(), &bytes).unwrap_err();
    assert_eq!(error.path().count(), 2);
}
