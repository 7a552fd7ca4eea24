//! Sizes in front of what takes more or less room by where it starts.

use pickler::dynamic::{self, Value};
use pickler::schema::Schema;
use pickler::{ByteString, ErrorKind, Pickle};

use crate::agreement::agree_on_bytes;

#[derive(Pickle, Debug, Clone, PartialEq)]
struct Body {
    #[pickle(count = u16)]
    bytes: ByteString,
    #[pickle(align = 8)]
    last: u8,
}

impl Body {
    fn of(count: usize) -> Self {
        let bytes = vec![7; count].into();
        Self { bytes, last: 9 }
    }

    /// As it stands behind `before` bytes.
    fn behind(count: usize, before: usize) -> Vec<u8> {
        let mut bytes = vec![(count >> 8) as u8, count as u8];
        bytes.extend(vec![7; count]);
        while !(before + bytes.len()).is_multiple_of(8) {
            bytes.push(0);
        }
        bytes.push(9);
        bytes
    }
}

#[derive(Pickle, Debug, Clone, PartialEq)]
struct Leb(#[pickle(size = leb128)] Body);

#[derive(Pickle, Debug, PartialEq)]
struct Quic(#[pickle(size = quic)] Body);

#[derive(Pickle, Debug, PartialEq)]
struct Itself(#[pickle(size = leb128, size_counts = itself)] Body);

#[derive(Pickle, Debug, PartialEq)]
struct Twice(#[pickle(size = leb128)] Leb);

fn expect<T: pickler::PickleOwned + std::fmt::Debug + PartialEq>(value: T, expected: &[u8]) {
    assert_eq!(pickler::encode(&value).unwrap(), expected);
    assert_eq!(pickler::encoded_len(&value), Ok(expected.len()));
    assert_eq!(agree_on_bytes(&Schema::of::<T>(), expected), Ok(value));
}

#[test]
fn a_size_is_counted_as_it_is_written() {
    // The body ends behind a multiple of 8 bytes: with the size that is one more
    // than that, and the size is one or two less.
    expect(Leb(Body::of(5)), &[&[8][..], &Body::behind(5, 1)].concat());
    expect(
        Leb(Body::of(125)),
        &[&[0x87, 1][..], &Body::behind(125, 2)].concat(),
    );
    expect(
        Leb(Body::of(140)),
        &[&[0x8F, 1][..], &Body::behind(140, 2)].concat(),
    );
    expect(
        Quic(Body::of(61)),
        &[&[0x40, 71][..], &Body::behind(61, 2)].concat(),
    );
    expect(
        Itself(Body::of(125)),
        &[&[0x89, 1][..], &Body::behind(125, 2)].concat(),
    );
    expect(
        Twice(Leb(Body::of(125))),
        &[&[0x87, 1, 0x85, 1][..], &Body::behind(125, 4)].concat(),
    );
}

/// Behind a size of one byte it takes 128 bytes, and behind one of two 127.
#[test]
fn no_size_is_right() {
    let value = Leb(Body::of(118));
    let error = pickler::encode(&value).unwrap_err();
    let (expected, found) = (127, 128);
    assert_eq!(error.kind(), &ErrorKind::WrongDerived { expected, found });
    assert_eq!(pickler::encoded_len(&value), Err(error.clone()));
    let schema = Schema::of::<Leb>();
    // Written with a size that takes more bytes than it needs.
    let bytes = [&[0xFF, 0][..], &Body::behind(118, 2)].concat();
    assert!(agree_on_bytes::<Leb>(&schema, &bytes).is_err());
    let dynamic = Value::record([
        ("bytes", Value::Bytes(vec![7; 118].into())),
        ("last", Value::integer(9)),
    ]);
    assert_eq!(dynamic::encode(&schema, &dynamic), Err(error));
}

/// How often something is counted anew does not double with each level.
#[test]
fn nested() {
    #[derive(Pickle, Debug, PartialEq)]
    struct Nest {
        #[pickle(size = leb128)]
        level: Level,
    }
    #[derive(Pickle, Debug, PartialEq)]
    struct Level {
        #[pickle(align = 2)]
        kind: u8,
        #[pickle(flag)]
        next: Option<Box<Nest>>,
        #[pickle(rest)]
        bytes: ByteString,
    }
    let nest = |levels: usize| {
        let mut nest = Nest {
            level: Level {
                kind: 0,
                next: None,
                bytes: vec![1; 128].into(),
            },
        };
        for _ in 1..levels {
            let (next, bytes) = (Some(Box::new(nest)), ByteString::default());
            let kind = 1;
            nest = Nest {
                level: Level { kind, next, bytes },
            };
        }
        nest
    };
    let schema = Schema::of::<Nest>();
    for levels in 1..=8 {
        let value = nest(levels);
        let bytes = pickler::encode(&value).unwrap();
        assert_eq!(pickler::encoded_len(&value), Ok(bytes.len()));
        assert_eq!(agree_on_bytes(&schema, &bytes), Ok(value));
    }
    for levels in 9..=40 {
        let value = nest(levels);
        let error = pickler::encode(&value).unwrap_err();
        assert_eq!(error.kind(), &ErrorKind::TooDeep { limit: 8 });
        assert_eq!(pickler::encoded_len(&value), Err(error));
    }
}
