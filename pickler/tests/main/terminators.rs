//! Lists, texts and bytes that a unit ends.

use pickler::schema::{Count, Schema, Shape};
use pickler::{ByteString, ErrorKind, Pickle, dynamic};

use crate::agreement::{agree, agree_on_bytes};

#[derive(Pickle, Debug, PartialEq)]
struct Ended {
    #[pickle(terminator = 0)]
    name: String,
    #[pickle(terminator = b'\n')]
    line: ByteString,
    #[pickle(terminator = 0, encoding = utf16, endian = little)]
    wide: String,
    #[pickle(terminator = 0, encoding = latin1)]
    narrow: String,
    #[pickle(terminator = -1)]
    numbers: Vec<i16>,
    #[pickle(terminator = (0, 0))]
    pairs: Vec<(u8, u8)>,
}

fn ended() -> Ended {
    Ended {
        name: "caf\u{e9}".into(),
        line: b"\xFF\0".into(),
        wide: "hi".into(),
        narrow: "\u{e9}".into(),
        numbers: vec![0, -2],
        pairs: vec![(0, 1), (1, 0)],
    }
}

#[test]
fn the_unit_that_ends_is_taken_away() {
    let bytes = agree(&ended());
    assert_eq!(
        bytes,
        *b"caf\xC3\xA9\0\xFF\0\nh\0i\0\0\0\xE9\0\0\0\xFF\xFE\xFF\xFF\0\x01\x01\0\0\0"
    );
    let schema = Schema::of::<Ended>();
    let error = agree_on_bytes::<Ended>(&schema, b"cafe").unwrap_err();
    assert_eq!(
        error.to_string(),
        "Ended.name: needs 1 byte, 0 bytes left, at byte 4"
    );
    let error = agree_on_bytes::<Ended>(&schema, b"c\xFF\0").unwrap_err();
    assert_eq!(error.kind(), &ErrorKind::NotUtf8 { valid_up_to: 1 });
    let generator = pickler::generate::Generator::new(schema);
    for seed in 0..100 {
        let mut choices = pickler::generate::Seeded::new(seed);
        let Ok(value) = generator.value(&mut choices) else {
            panic!("nothing fits")
        };
        let bytes = dynamic::encode(generator.schema(), &value).unwrap();
        agree_on_bytes::<Ended>(generator.schema(), &bytes).unwrap();
    }
}

#[test]
fn a_value_that_would_end_too_early_is_refused() {
    let refused = |change: fn(&mut Ended)| {
        let mut value = ended();
        change(&mut value);
        pickler::encode(&value).unwrap_err().to_string()
    };
    assert_eq!(
        refused(|it| it.name = "a\0".into()),
        "Ended.name: unit 1 would end it"
    );
    assert_eq!(
        refused(|it| it.numbers = vec![1, 2, -1]),
        "Ended.numbers: unit 2 would end it"
    );
    assert_eq!(
        refused(|it| it.wide = "\0".into()),
        "Ended.wide: unit 0 would end it"
    );
    #[derive(Pickle)]
    struct Name(#[pickle(terminator = 0)] String);
    let error = pickler::encode(&Name("a\0".into())).unwrap_err();
    assert_eq!(
        dynamic::encode(&Schema::of::<Name>(), &"a\0".into()),
        Err(error)
    );
    #[derive(Pickle)]
    struct Numbers(#[pickle(terminator = 7)] Vec<u8>);
    let error = pickler::encode(&Numbers(vec![1, 7])).unwrap_err();
    let list = dynamic::Value::List(vec![1_u8.into(), 7_u8.into()]);
    assert_eq!(dynamic::encode(&Schema::of::<Numbers>(), &list), Err(error));
}

#[test]
fn they_stand_off_byte_boundaries() {
    #[derive(Pickle, Debug, PartialEq)]
    struct Shifted {
        #[pickle(bits = 4)]
        first: u8,
        #[pickle(terminator = 0)]
        name: String,
        #[pickle(bits = 4)]
        last: u8,
    }
    let bytes = agree(&Shifted {
        first: 1,
        name: "a".into(),
        last: 2,
    });
    assert_eq!(bytes, [0x16, 0x10, 0x02]);
}

#[test]
fn they_are_borrowed() {
    #[derive(Pickle, Debug, PartialEq)]
    struct Line<'a> {
        #[pickle(terminator = b' ')]
        key: &'a str,
        #[pickle(terminator = b'\n')]
        value: &'a [u8],
    }
    let bytes = *b"key a b\n";
    let line: Line<'_> = pickler::decode(&bytes).unwrap();
    assert_eq!((line.key, line.value), ("key", &b"a b"[..]));
    assert_eq!(line.key.as_ptr(), bytes.as_ptr());
    assert_eq!(pickler::encode(&line), Ok(bytes.to_vec()));
}

#[test]
fn the_schema_shows_the_unit() {
    let schema = Schema::of::<Ended>();
    let Shape::Record(record) = schema.resolve(schema.root()) else {
        panic!("no record")
    };
    let Shape::List { count, .. } = &record.fields[4].shape else {
        panic!("no list")
    };
    let Count::Until(until) = count else {
        panic!("no terminator")
    };
    assert_eq!(until.end, (-1_i16).into());
}
