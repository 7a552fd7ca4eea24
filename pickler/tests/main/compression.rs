//! Pieces that are compressed.

use pickler::dynamic::{self, Value};
use pickler::schema::{Leniency, Schema};
use pickler::{Derived, ErrorKind, Limits, Pickle};

use crate::agreement::{agree, agree_on_bytes, agree_on_random};

#[derive(Pickle, Debug, PartialEq)]
struct Archive {
    #[pickle(derived = sizeof(text))]
    size: Derived<u16>,
    #[pickle(size = size, compression = zlib)]
    text: String,
    #[pickle(size = u8, compression = deflate)]
    numbers: Vec<u16>,
    #[pickle(count = 2, item(size = u16, compression = gzip))]
    files: Vec<(u8, bool)>,
}

fn archive() -> Archive {
    Archive {
        size: Derived::auto(),
        text: "na".repeat(100),
        numbers: vec![1, 2, 3],
        files: vec![(7, true), (8, false)],
    }
}

#[test]
fn it_is_smaller_on_the_wire() {
    let bytes = agree(&archive());
    assert!(bytes.len() < 100, "{} bytes", bytes.len());
    // A window of 32 KiB, and the level that is usual.
    assert_eq!(bytes[2..4], [0x78, 0x9C]);
    assert_eq!(pickler::encoded_len(&archive()), Ok(bytes.len()));
    agree_on_random::<Archive>();
    let paths = ["Archive.text", "Archive.numbers", "Archive.files"];
    let reasons = paths.map(|path| Leniency::Compressed { path: path.into() });
    assert_eq!(
        Schema::of::<Archive>().canonical(),
        Err(reasons.into_iter().collect())
    );
}

#[derive(Pickle, Debug, PartialEq)]
struct Zlib(#[pickle(compression = zlib)] (u8, bool));

/// `[7, 1]` as it is, in a block of two bytes, with the checksum that `checksum`
/// ends with.
fn stored(checksum: u8) -> Vec<u8> {
    let mut bytes = vec![0x78, 0x01, 1, 2, 0, 0xFD, 0xFF, 7, 1];
    // Adler-32: the sum is 1 + 7 + 1, the sum of sums 8 + 9.
    bytes.extend([0, 17, 0, checksum]);
    bytes
}

#[test]
fn bytes_from_elsewhere_are_read() {
    let schema = Schema::of::<Zlib>();
    assert_eq!(
        agree_on_bytes::<Zlib>(&schema, &stored(9)),
        Ok(Zlib((7, true)))
    );
    let refused = |bytes: &[u8]| {
        let error = agree_on_bytes::<Zlib>(&schema, bytes).unwrap_err();
        error.to_string()
    };
    assert_eq!(
        refused(&stored(8)),
        "Zlib: not compressed as it should be, at byte 0"
    );
    for length in 0..13 {
        assert_eq!(
            refused(&stored(9)[..length]),
            "Zlib: ends before what is compressed does, at byte 0"
        );
    }
    let mut more = stored(9);
    more.push(0);
    assert_eq!(refused(&more), "Zlib: 1 byte left over, at byte 13");
    // 2 is no boolean, and its place is none of the input.
    let mut no_bool = stored(9);
    (no_bool[8], no_bool[10], no_bool[12]) = (2, 18, 10);
    assert_eq!(
        refused(&no_bool),
        "Zlib.1: expected 0 or 1, found 2, at byte 0"
    );
}

#[test]
fn of_gzip_the_header_and_the_end_are_checked() {
    #[derive(Pickle, Debug, PartialEq)]
    struct Gzip(#[pickle(compression = gzip)] u8);
    let schema = Schema::of::<Gzip>();
    let bytes = agree(&Gzip(7));
    for length in 0..bytes.len() {
        let error = agree_on_bytes::<Gzip>(&schema, &bytes[..length]).unwrap_err();
        assert!(matches!(error.kind(), ErrorKind::Refused(_)), "{error}");
    }
    // Of two members, the second is left over.
    let error = agree_on_bytes::<Gzip>(&schema, &bytes.repeat(2)).unwrap_err();
    assert_eq!(
        error.to_string(),
        format!("Gzip: {0} bytes left over, at byte {0}", bytes.len())
    );
}

#[test]
fn what_becomes_large_is_taken_from_the_budget() {
    #[derive(Pickle, Debug, PartialEq)]
    struct Bomb(#[pickle(compression = deflate)] Vec<u8>);
    let bomb = Bomb(vec![0; 1 << 20]);
    let bytes = pickler::encode(&bomb).unwrap();
    assert!(bytes.len() < 1100, "{} bytes", bytes.len());
    assert_eq!(pickler::decode::<Bomb>(&bytes), Ok(bomb));
    let mut limits = Limits::default();
    limits.memory = 100_000;
    let error = pickler::decode_with_limits::<Bomb>(&bytes, limits).unwrap_err();
    let dynamic = dynamic::decode_with_limits(&Schema::of::<Bomb>(), &bytes, limits);
    assert_eq!(dynamic, Err(error.clone()));
    assert!(
        matches!(error.kind(), ErrorKind::TooMuchMemory { .. }),
        "{error:?}"
    );
}

#[test]
fn what_is_compressed_may_hold_the_same() {
    #[derive(Pickle, Debug, PartialEq)]
    struct Nested {
        level: u8,
        #[pickle(flag, size = u16, compression = zlib)]
        inner: Option<Box<Nested>>,
    }
    let nested = (0..5).fold(None, |inner, level| Some(Box::new(Nested { level, inner })));
    agree(&*nested.unwrap());
}

/// Zeros behind what is compressed would be read as part of it.
#[test]
fn nothing_fills_up_behind_it() {
    #[derive(Pickle, Debug, PartialEq)]
    struct Roomy(#[pickle(size = 60, leftover = ignore)] Zlib);

    let value = Roomy(Zlib((7, true)));
    let error = pickler::encode(&value).unwrap_err();
    assert!(matches!(error.kind(), ErrorKind::Refused(_)), "{error:?}");
    let dynamic = Value::List(vec![Value::integer(7), Value::Bool(true)]);
    assert_eq!(
        dynamic::encode(&Schema::of::<Roomy>(), &dynamic),
        Err(error)
    );
}

#[derive(Pickle, Debug, PartialEq)]
struct Once(#[pickle(rest, compression = zlib)] Vec<u8>);

#[derive(Pickle, Debug, PartialEq)]
struct Twice(#[pickle(compression = zlib)] Once);

/// Types and descriptions refuse what grows past the budget, however it is made.
#[test]
fn little_does_not_become_much() {
    #[track_caller]
    fn refused<T: for<'a> Pickle<'a> + PartialEq + std::fmt::Debug>(bytes: &[u8], limits: Limits) {
        let limit = limits.decompressed;
        let too_much = ErrorKind::TooMuchDecompressed { limit };
        let error = pickler::decode_with_limits::<T>(bytes, limits).unwrap_err();
        assert_eq!(error.kind(), &too_much);
        let schema = Schema::of::<T>();
        let error = dynamic::decode_with_limits(&schema, bytes, limits).unwrap_err();
        assert_eq!(error.kind(), &too_much);
    }
    let zeros = |size: usize| Once(vec![0; size]);
    let bomb = pickler::encode(&zeros(20 << 20)).unwrap();
    refused::<Once>(&bomb, Limits::default());
    let twice = pickler::encode(&Twice(zeros(20 << 20))).unwrap();
    assert!(twice.len() < 500, "{} bytes", twice.len());
    refused::<Twice>(&twice, Limits::default());

    let mut limits = Limits::default();
    limits.decompressed = 32 << 20;
    assert_eq!(
        pickler::decode_with_limits(&bomb, limits),
        Ok(zeros(20 << 20))
    );
    limits.expansion = 2000;
    limits.decompressed = 0;
    assert_eq!(
        pickler::decode_with_limits(&bomb, limits),
        Ok(zeros(20 << 20))
    );
    limits.expansion = 2;
    let short = pickler::encode(&zeros(1000)).unwrap();
    refused::<Once>(&short, limits);
    let random: Vec<u8> = (0..999_u32).map(|it| ((it * it) >> 3) as u8).collect();
    let random = Once(random);
    let bytes = pickler::encode(&random).unwrap();
    assert_eq!(pickler::decode_with_limits(&bytes, limits), Ok(random));
}
