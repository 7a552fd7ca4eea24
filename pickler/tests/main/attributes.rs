//! Each attribute of structs and fields: exact bytes, both ways.

use std::fmt::Debug;

use pickler::schema::{Schema, Shape};
use pickler::{ByteString, Pickle, PickleOwned, dynamic};

use crate::agreement::agree;

/// The value is these bytes, and these bytes are the value.
fn bytes<T: PickleOwned + Debug + PartialEq>(value: T, bytes: &[u8]) {
    assert_eq!(agree(&value), bytes);
}

fn root<T: PickleOwned>() -> Shape {
    let schema = Schema::of::<T>();
    schema.resolve(schema.root()).clone()
}

#[test]
fn plain_fields() {
    #[derive(Pickle, Debug, PartialEq)]
    struct Bet {
        player: u16,
        amount: i32,
        blind: bool,
    }
    bytes(
        Bet {
            player: 7,
            amount: -2,
            blind: true,
        },
        &[0, 7, 0xFF, 0xFF, 0xFF, 0xFE, 1],
    );
}

#[test]
fn unit_newtype_and_tuple() {
    #[derive(Pickle, Debug, PartialEq)]
    struct Unit;
    bytes(Unit, &[]);

    #[derive(Pickle, Debug, PartialEq)]
    struct Name(#[pickle(count = u8)] String);
    bytes(Name("bob".into()), b"\x03bob");

    #[derive(Pickle, Debug, PartialEq)]
    struct Pair(u8, #[pickle(endian = little)] u16);
    bytes(Pair(1, 2), &[1, 2, 0]);
    assert!(matches!(root::<Pair>(), Shape::Tuple(items) if items.len() == 2));
}

#[test]
fn default() {
    #[derive(Pickle, Debug, PartialEq)]
    #[pickle(default)]
    struct Pot {
        index: u8,
        #[pickle(default = 10)]
        profit: u32,
        #[pickle(count = u8, default = "noname")]
        name: ByteString,
        #[pickle(none = 255, default = Some(3))]
        seat: Option<u8>,
    }
    let pot = Pot::default();
    assert_eq!((pot.profit, pot.seat), (10, Some(3)));
    let schema = Schema::of::<Pot>();
    let empty = dynamic::Value::record([]);
    let written = dynamic::encode(&schema, &empty).unwrap();
    assert_eq!(written, pickler::encode(&pot).unwrap());
    bytes(pot, b"\0\0\0\0\x0A\x06noname\x03");
}

#[test]
fn only_fields_that_say_so_have_a_default_in_descriptions() {
    #[derive(Pickle, Debug, PartialEq)]
    struct Pot {
        index: u8,
        #[pickle(default = 5)]
        amount: u32,
    }
    #[derive(Pickle, Debug, PartialEq)]
    #[pickle(default)]
    struct Blinds {
        small: u8,
        #[pickle(default = 2)]
        big: u8,
    }
    let defaults = |schema: &Schema| -> Vec<Option<dynamic::Value>> {
        let Shape::Record(record) = &schema.types()[0].shape else {
            panic!("{schema:?}");
        };
        record.fields.iter().map(|it| it.default.clone()).collect()
    };
    let number = |number| Some(dynamic::Value::Unsigned(number));
    assert_eq!(defaults(&Schema::of::<Pot>()), [None, number(5)]);
    assert_eq!(defaults(&Schema::of::<Blinds>()), [number(0), number(2)]);
}

#[test]
fn default_of_one_field_gives_default() {
    #[derive(Pickle, Debug, PartialEq)]
    struct Pot {
        index: u8,
        #[pickle(default = 2 + 3)]
        profit: u32,
    }
    assert_eq!(
        Pot::default(),
        Pot {
            index: 0,
            profit: 5
        }
    );
}

#[test]
fn bits_in_both_orders() {
    #[derive(Pickle, Debug, PartialEq)]
    struct Msb {
        #[pickle(bits = 3)]
        a: u8,
        #[pickle(bits = 5)]
        b: i8,
    }
    bytes(Msb { a: 0b101, b: -2 }, &[0b1011_1110]);

    #[derive(Pickle, Debug, PartialEq)]
    #[pickle(bit_order = lsb)]
    struct Lsb {
        #[pickle(bits = 3)]
        a: u8,
        #[pickle(bits = 5)]
        b: i8,
    }
    bytes(Lsb { a: 0b101, b: -2 }, &[0b1111_0101]);
}

#[test]
fn a_record_that_ends_within_a_byte() {
    #[derive(Pickle, Debug, PartialEq)]
    struct Odd {
        #[pickle(bits = 3)]
        a: u8,
    }
    const { assert!(!<Odd as Pickle<'_>>::WHOLE) };
    bytes(Odd { a: 0b101 }, &[0b1010_0000]);

    #[derive(Pickle, Debug, PartialEq)]
    struct Even {
        odd: Odd,
        #[pickle(bits = 5)]
        rest: u8,
        word: u16,
    }
    const { assert!(<Even as Pickle<'_>>::WHOLE) };
    bytes(
        Even {
            odd: Odd { a: 1 },
            rest: 2,
            word: 3,
        },
        &[0b0010_0010, 0, 3],
    );
}

#[test]
fn none() {
    #[derive(Pickle, Debug, PartialEq)]
    struct Seat(#[pickle(none = 255)] Option<u8>);
    bytes(Seat(Some(1)), &[1]);
    bytes(Seat(None), &[255]);
}

#[test]
fn count() {
    #[derive(Pickle, Debug, PartialEq)]
    struct Lists {
        #[pickle(count = u8)]
        names: Vec<u16>,
        #[pickle(count = u16, endian = little)]
        text: String,
        #[pickle(count = u32)]
        raw: ByteString,
    }
    bytes(
        Lists {
            names: vec![1, 2],
            text: "x".into(),
            raw: b"yz".into(),
        },
        b"\x02\0\x01\0\x02\x01\0x\0\0\0\x02yz",
    );
}

#[test]
fn borrowed() {
    #[derive(Pickle, Debug, PartialEq)]
    struct Borrowed<'a> {
        #[pickle(count = u8)]
        name: &'a str,
        #[pickle(count = u8)]
        raw: &'a [u8],
    }
    let value = Borrowed {
        name: "bob",
        raw: &[1],
    };
    let written = pickler::encode(&value).unwrap();
    assert_eq!(written, b"\x03bob\x01\x01");
    let read: Borrowed<'_> = pickler::decode(&written).unwrap();
    assert_eq!(read, value);
    assert!(written.as_ptr_range().contains(&read.name.as_ptr()));
}

#[test]
fn constant_and_magic() {
    #[derive(Pickle, Debug, PartialEq)]
    #[pickle(magic = b"GIF8")]
    struct Magic {
        #[pickle(constant = 0x2A_u16)]
        answer: (),
        #[pickle(constant = MARK)]
        mark: (),
    }
    const MARK: [u8; 2] = [1, 2];
    bytes(
        Magic {
            answer: (),
            mark: (),
        },
        b"GIF8\0\x2A\x01\x02",
    );

    #[derive(Pickle, Debug, PartialEq)]
    #[pickle(magic = 0x1234_u16, endian = little)]
    struct Number {}
    bytes(Number {}, &[0x34, 0x12]);
}

#[test]
fn endian_is_inherited_unless_set() {
    #[derive(Pickle, Debug, PartialEq)]
    struct Inherits(u16);
    #[derive(Pickle, Debug, PartialEq)]
    #[pickle(endian = big)]
    struct Sets(u16);
    #[derive(Pickle, Debug, PartialEq)]
    #[pickle(endian = little)]
    struct Outer {
        inherits: Inherits,
        sets: Sets,
        #[pickle(endian = big)]
        field: Inherits,
    }
    bytes(
        Outer {
            inherits: Inherits(1),
            sets: Sets(1),
            field: Inherits(1),
        },
        &[1, 0, 0, 1, 0, 1],
    );
}

#[test]
fn shown_json_row_and_names() {
    /// A row.
    #[derive(Pickle, Debug, PartialEq)]
    #[pickle(row, rename = "ROW", rename_all = camelCase)]
    struct Row {
        /// The seat
        /// at the table.
        #[pickle(none = 255, shown(null = -1, 3 = "three"))]
        the_seat: Option<u8>,
        #[pickle(shown(0 = false, 1 = true))]
        is_on: u8,
        #[pickle(count = u16, json, rename = "JSON")]
        text: ByteString,
        r#type: u8,
    }
    let row = Row {
        the_seat: None,
        is_on: 1,
        text: "[]".into(),
        r#type: 4,
    };
    let written = agree(&row);
    assert_eq!(written, b"\xFF\x01\0\x02[]\x04");
    let schema = Schema::of::<Row>();
    let value = dynamic::decode(&schema, &written).unwrap();
    assert_eq!(value.field("theSeat"), Some(&(-1).into()));
    assert_eq!(value.field("isOn"), Some(&true.into()));
    assert_eq!(value.field("type"), Some(&4_u8.into()));
    let Shape::Record(record) = root::<Row>() else {
        panic!("not a record")
    };
    assert!(record.row);
    assert_eq!(record.fields[0].doc, "The seat\nat the table.");
    assert_eq!(&*record.fields[2].name, "JSON");
    assert_eq!(schema.types()[0].doc, "A row.");
    assert_eq!(&*schema.types()[0].name, "ROW");
    assert_eq!(<Row as Pickle<'_>>::NAME, "ROW");
}

/// Examples in Rust are about the type, and not about its format.
#[test]
fn docs_tell_the_format() {
    /// A size.
    ///
    /// ```
    /// assert_eq!(Size(1), Size(1));
    /// ```
    ///
    /// ```text
    /// +---+
    /// ```
    /// ```no_run
    /// # Examples, too.
    /// ```
    /// In bytes.
    #[derive(Pickle, Debug, PartialEq)]
    struct Size(u8);
    let schema = Schema::of::<Size>();
    let expected = "A size.\n\n```text\n+---+\n```\nIn bytes.";
    assert_eq!(schema.types()[0].doc, expected);
}

#[test]
fn generics() {
    #[derive(Pickle, Debug, PartialEq)]
    #[pickle(default)]
    struct Pair<T, const N: usize, U = u8>
    where
        U: Debug,
    {
        #[pickle(count = u8)]
        many: Vec<T>,
        one: U,
        #[pickle(default = [9; N])]
        bytes: [u8; N],
    }
    bytes(
        Pair::<u16, 2> {
            many: vec![1],
            one: 2,
            bytes: [3, 4],
        },
        &[1, 0, 1, 2, 3, 4],
    );

    // Lists are empty and options none by default, whatever they are of.
    #[derive(Pickle, Debug, PartialEq)]
    #[pickle(default)]
    struct Loose<T, U> {
        #[pickle(count = u8)]
        many: Vec<T>,
        #[pickle(flag)]
        maybe: Option<T>,
        #[pickle(count = u8, default = Default::default())]
        other: std::collections::VecDeque<U>,
    }
    type NoDefault = core::num::NonZero<u8>;
    bytes(Loose::<NoDefault, NoDefault>::default(), &[0, 0, 0]);

    #[derive(Pickle, Debug, PartialEq)]
    #[pickle(bound(T: Pickle<'de> + pickler::picklers::Integer))]
    struct Maybe<T> {
        #[pickle(none = T::from_low_bits(7))]
        value: Option<T>,
    }
    bytes(Maybe::<u16> { value: None }, &[0, 7]);
}

#[test]
fn recursion() {
    #[derive(Pickle, Debug, PartialEq)]
    struct Tree {
        leaf: u8,
        #[pickle(count = u8)]
        branches: Vec<Tree>,
    }
    let leaf = |leaf| Tree {
        leaf,
        branches: vec![],
    };
    const { assert!(<Tree as Pickle<'_>>::WHOLE) };
    bytes(
        Tree {
            leaf: 1,
            branches: vec![leaf(2), leaf(3)],
        },
        &[1, 2, 2, 0, 3, 0],
    );

    // Each mentions the other, so that one has to say that it is whole.
    #[derive(Pickle, Debug, PartialEq)]
    #[pickle(whole)]
    struct Even {
        #[pickle(count = u8)]
        odd: Vec<Odd>,
    }
    #[derive(Pickle, Debug, PartialEq)]
    struct Odd {
        #[pickle(count = u8)]
        even: Vec<Even>,
    }
    bytes(
        Even {
            odd: vec![Odd { even: vec![] }],
        },
        &[1, 0],
    );
}
