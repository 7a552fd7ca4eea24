//! Enums without a tag, whose variants are tried in order.

use std::fmt::Debug;

use pickler::dynamic::{self, Value, VariantValue, trace};
use pickler::picklers::{decode_with, encode_with, given};
use pickler::schema::Schema;
use pickler::{ByteString, ErrorKind, Limits, Pickle, PickleOwned, Step, Tagged};

use crate::agreement::{agree, agree_on_bytes, agree_on_random};

fn bytes<T: PickleOwned + Debug + PartialEq>(value: T, bytes: &[u8]) {
    assert_eq!(agree(&value), bytes, "{value:?}");
}

fn read_error<T: PickleOwned + Debug>(bytes: &[u8]) -> String {
    let schema = Schema::of::<T>();
    agree_on_bytes::<T>(&schema, bytes).unwrap_err().to_string()
}

/// Image files, by what they begin with.
#[derive(Pickle, Debug, PartialEq)]
#[pickle(choice)]
enum Image {
    #[pickle(magic = b"GIF8")]
    Gif { version: u8, letter: u8 },
    #[pickle(magic = b"BM")]
    Bitmap(u32),
    #[pickle(magic = 0x8950_u16)]
    Png,
    #[pickle(magic = 0xFFD8_FF_u32)]
    Pair(u8, u8),
}

#[test]
fn by_constants_of_any_length() {
    let gif = Image::Gif {
        version: b'9',
        letter: b'a',
    };
    bytes(gif, b"GIF89a");
    bytes(Image::Bitmap(1), b"BM\0\0\0\x01");
    bytes(Image::Png, b"\x89P");
    bytes(Image::Pair(1, 2), b"\0\xFF\xD8\xFF\x01\x02");
    assert_eq!((Image::Png.name(), Image::Png.tag()), ("Png", 2));
    let schema = Schema::of::<Image>();
    assert_eq!(schema.canonical(), Ok(()));
    agree_on_random::<Image>();
}

#[test]
fn the_error_of_the_attempt_that_came_furthest() {
    // None of the constants: the first attempt is told.
    assert_eq!(
        read_error::<Image>(b"XYZ!"),
        "Image.Gif.magic: expected the constant [71, 73, 70, 56], found [88, 89, 90, 33], at byte 0"
    );
    assert_eq!(
        read_error::<Image>(b"BM\0\0"),
        "Image.Bitmap: needs 4 bytes, 2 bytes left, at byte 2"
    );
    assert_eq!(
        read_error::<Image>(b"GIF8"),
        "Image.Gif.version: needs 1 byte, 0 bytes left, at byte 4"
    );
}

#[derive(Pickle, Debug, PartialEq)]
#[pickle(choice, endian = little)]
enum Lenient {
    Exact {
        #[pickle(range = 1..=9)]
        small: u16,
        #[pickle(count = u8)]
        items: Vec<u8>,
    },
    Flag(bool),
    Raw(#[pickle(rest)] ByteString),
}

#[test]
fn the_first_that_can_be_read() {
    bytes(
        Lenient::Exact {
            small: 3,
            items: vec![7],
        },
        &[3, 0, 1, 7],
    );
    bytes(Lenient::Raw("xyz".into()), b"xyz");
    bytes(Lenient::Flag(true), &[1]);
    let schema = Schema::of::<Lenient>();
    // What is behind a variant that can be read is not looked at.
    let error = agree_on_bytes::<Lenient>(&schema, &[3, 0, 0, 9]).unwrap_err();
    assert_eq!(error.kind(), &ErrorKind::Trailing { bits: 8 });
    agree_on_random::<Lenient>();
}

#[test]
fn within_a_byte() {
    #[derive(Pickle, Debug, PartialEq)]
    #[pickle(choice)]
    enum Nibbles {
        Small {
            #[pickle(bits = 4, range = 0..=9)]
            digit: u8,
        },
        Large {
            #[pickle(bits = 12)]
            wide: u16,
        },
    }
    #[derive(Pickle, Debug, PartialEq)]
    struct Three {
        #[pickle(bits = 4)]
        first: u8,
        second: Nibbles,
        third: Nibbles,
        #[pickle(bits = 4)]
        last: u8,
    }
    let value = Three {
        first: 0xA,
        second: Nibbles::Small { digit: 5 },
        third: Nibbles::Large { wide: 0xFBC },
        last: 1,
    };
    assert_eq!(pickler::encode(&value).unwrap(), [0xA5, 0xFB, 0xC1]);
    bytes(value, &[0xA5, 0xFB, 0xC1]);
}

#[test]
fn the_parts_of_a_choice() {
    let schema = Schema::of::<Image>();
    let (spans, value) = trace(&schema, b"BM\0\0\0\x01");
    assert!(value.is_ok());
    let found: Vec<_> = spans.iter().map(|span| span.bits.clone()).collect();
    assert_eq!(found.last(), Some(&(16..48)));
    assert_eq!(spans.last().unwrap().value, Value::Unsigned(1));
    assert_eq!(spans.last().unwrap().path, [Step::Variant("Bitmap".into())]);
}

/// Brackets that are told by how they end: each level may be read twice.
#[derive(Pickle, Debug, PartialEq)]
#[pickle(choice)]
enum Brackets {
    #[pickle(magic = b"(")]
    Round(Box<Brackets>, #[pickle(constant = b')')] ()),
    #[pickle(magic = b"(")]
    Mixed(Box<Brackets>, #[pickle(constant = b']')] ()),
    #[pickle(magic = b"x")]
    End,
}

#[test]
fn attempts_within_attempts_end() {
    let mixed = Brackets::Mixed(Box::new(Brackets::End), ());
    bytes(Brackets::Round(Box::new(mixed), ()), b"((x])");
    // What would take 2^30 attempts.
    let hostile = [b'('; 30];
    let mut limits = Limits::default();
    limits.items = 10_000;
    let error = pickler::decode_with_limits::<Brackets>(&hostile, limits).unwrap_err();
    assert_eq!(error.kind(), &ErrorKind::TooManyItems { limit: 10_000 });
    let schema = Schema::of::<Brackets>();
    let dynamic = dynamic::decode_with_limits(&schema, &hostile, limits).unwrap_err();
    assert_eq!(dynamic.kind(), error.kind());
}

#[test]
fn variants_of_some_versions() {
    #[derive(Pickle, Debug, PartialEq)]
    #[pickle(context(version: u8), choice)]
    enum Number {
        #[pickle(since = 2)]
        Wide(u32),
        #[pickle(until = 3)]
        Narrow(u16),
    }
    let version = |version| given::<Number>(NumberContext { version });
    let wide = [0, 0, 0, 7];
    assert_eq!(decode_with(&version(2), &wide).unwrap(), Number::Wide(7));
    assert_eq!(
        decode_with(&version(1), &[0, 7]).unwrap(),
        Number::Narrow(7)
    );
    assert_eq!(
        encode_with(&version(1), &Number::Wide(7))
            .unwrap_err()
            .to_string(),
        "Wide: `version >= 2` does not hold, found 1, at byte 0"
    );
    #[derive(Pickle, Debug, PartialEq)]
    struct Versioned {
        version: u8,
        #[pickle(given(version))]
        number: Number,
    }
    let versioned = |version, number| Versioned { version, number };
    bytes(versioned(1, Number::Narrow(7)), &[1, 0, 7]);
    bytes(versioned(3, Number::Wide(7)), &[3, 0, 0, 0, 7]);
    agree_on_random::<Versioned>();
}

#[test]
fn a_choice_that_comes_in_pieces() {
    let schema = Schema::of::<Image>();
    let whole = b"GIF89a";
    for length in 0..whole.len() {
        // What is missing may still make it the first variant.
        let error = agree_on_bytes::<Image>(&schema, &whole[..length]).unwrap_err();
        assert!(matches!(
            error.kind(),
            ErrorKind::UnexpectedEnd { .. } | ErrorKind::WrongConstant { .. }
        ));
    }
}

#[test]
fn what_would_be_read_as_an_earlier_variant_is_refused() {
    #[derive(Pickle, Debug, PartialEq)]
    #[pickle(choice)]
    enum Shadowed<'a> {
        #[pickle(magic = b"A")]
        First(#[pickle(bits = 4)] u8, #[pickle(bits = 4)] u8),
        Second {
            #[pickle(range = 0x40..=0x4F)]
            low: u8,
            rest: u8,
        },
        Last(#[pickle(rest)] &'a [u8]),
    }

    let second = |low| Shadowed::Second { low, rest: 1 };
    assert_eq!(pickler::encode(&second(0x42)).unwrap(), [0x42, 1]);
    let message = "would be read as something else that is tried before, at byte 2";
    let schema = Schema::of::<Shadowed<'_>>();
    for (value, variant) in [
        (second(0x41), "Second"),
        (Shadowed::Last(&[0x41, 7]), "Last"),
        (Shadowed::Last(&[0x4F, 7]), "Last"),
    ] {
        let error = pickler::encode(&value).unwrap_err();
        assert_eq!(error.to_string(), format!("Shadowed.{variant}: {message}"));
        // It is the same by the description.
        let own = match value {
            Shadowed::Last(bytes) => Value::Bytes(bytes.into()),
            _ => Value::record([("low", Value::Unsigned(0x41)), ("rest", Value::Unsigned(1))]),
        };
        let tag = if variant == "Last" { 2 } else { 1 };
        let (name, body) = (variant.into(), own);
        let value = Value::Variant(VariantValue { name, tag, body }.into());
        assert_eq!(dynamic::encode(&schema, &value).unwrap_err(), error);
    }
    // What is too short or too wrong for them is not.
    for bytes in [&[0x41][..], &[0x50, 7], &[]] {
        assert_eq!(pickler::encode(&Shadowed::Last(bytes)).unwrap(), bytes);
    }
}

/// The code of a generic type looks for variants that are tried before, as that
/// of any other.
#[test]
fn generic_choices() {
    #[derive(Pickle, Debug, PartialEq)]
    #[pickle(choice)]
    enum Any<T> {
        Small {
            #[pickle(range = 0..=9)]
            digit: u8,
        },
        Other(T),
    }
    #[derive(Pickle, Debug, PartialEq)]
    #[pickle(bound(T: PickleOwned))]
    struct Pair<T> {
        first: Any<T>,
        second: u8,
    }
    assert_eq!(agree(&Any::<u16>::Other(0x0A01)), [10, 1]);
    assert_eq!(agree(&Any::<u16>::Small { digit: 9 }), [9]);
    let pair = Pair {
        first: Any::Other(0x0A01_u16),
        second: 2,
    };
    assert_eq!(agree(&pair), [10, 1, 2]);
    let error = pickler::encode(&Any::<u16>::Other(0x0901)).unwrap_err();
    let why = "Any.Other: would be read as something else that is tried before, at byte 2";
    assert_eq!(error.to_string(), why);
    let value = Value::variant("Other", Value::integer(0x0901));
    assert_eq!(
        dynamic::encode(&Schema::of::<Any<u16>>(), &value),
        Err(error)
    );
}
