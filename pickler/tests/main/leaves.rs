//! Integers, numbers and texts that are something else on the wire.

use std::num::{NonZeroI16, NonZeroU8, NonZeroU32};

use pickler::dynamic::{self, Value};
use pickler::schema::{Meaning, Schema, Shape, TextEncoding};
use pickler::{ErrorKind, Pickle, PickleOwned};

use crate::agreement::{agree, agree_on_bytes};

fn refusal<T: PickleOwned + std::fmt::Debug>(bytes: &[u8]) -> ErrorKind {
    let error = agree_on_bytes::<T>(&Schema::of::<T>(), bytes).unwrap_err();
    error.kind().clone()
}

/// Both codecs refuse to write a value, in the same words.
fn unwritable<T: PickleOwned>(value: &T, shown: &Value) -> ErrorKind {
    let error = pickler::encode(value).unwrap_err();
    assert_eq!(
        dynamic::encode(&Schema::of::<T>(), shown).unwrap_err(),
        error
    );
    error.kind().clone()
}

/// Generated values are written and read alike by both codecs.
fn generated<T: PickleOwned + std::fmt::Debug>() {
    let generator = pickler::generate::Generator::new(Schema::of::<T>());
    for seed in 0..100 {
        let mut choices = pickler::generate::Seeded::new(seed);
        let value = generator.value(&mut choices).unwrap();
        let bytes = dynamic::encode(generator.schema(), &value).unwrap();
        agree_on_bytes::<T>(generator.schema(), &bytes).unwrap();
    }
}

#[derive(Pickle, Debug, PartialEq, Clone, Copy)]
#[pickle(tag = u16)]
enum Suit {
    Clubs,
    #[pickle(tag = 2)]
    Hearts,
    #[pickle(tag = 300)]
    Spades,
    #[pickle(other)]
    Other(u16),
}

#[derive(Pickle, Debug, PartialEq, Clone, Copy)]
#[pickle(tag = i8)]
enum Side {
    Left = -1,
    Middle,
    Right,
}

#[derive(Pickle, Debug, PartialEq)]
struct Fields {
    #[pickle(bits = 3)]
    suit: Suit,
    #[pickle(bits = 2)]
    side: Side,
    #[pickle(bits = 3)]
    some: NonZeroU8,
    #[pickle(bits = 9)]
    wide: Suit,
    #[pickle(bits = 7)]
    signed: NonZeroI16,
}

#[test]
fn enumerations_and_nonzeros_stand_in_bits() {
    let fields = Fields {
        suit: Suit::Hearts,
        side: Side::Left,
        some: NonZeroU8::new(5).unwrap(),
        wide: Suit::Spades,
        signed: NonZeroI16::new(-2).unwrap(),
    };
    // 010 11 101, 100101100 1111110
    assert_eq!(agree(&fields), [0b0101_1101, 0b1001_0110, 0b0111_1110]);
    assert_eq!(
        refusal::<Fields>(&[0b0101_0101, 0, 1]),
        ErrorKind::UnknownTag { found: 0b10 }
    );
    assert_eq!(refusal::<Fields>(&[0b0101_1000, 0, 1]), ErrorKind::IsZero);
    let spades = Fields {
        suit: Suit::Spades,
        ..fields
    };
    assert_eq!(
        pickler::encode(&spades).unwrap_err().to_string(),
        "Fields.suit: 300 does not fit, only 0 to 7 do"
    );
    let known = Fields {
        suit: Suit::Other(2),
        ..spades
    };
    assert!(matches!(
        pickler::encode(&known).unwrap_err().kind(),
        ErrorKind::KnownTag { tag: 2, .. }
    ));
    generated::<Fields>();
}

/// As Erlang's bit syntax has it: `<<16#ABC:12/little, 16#D:4>>` is
/// `<<16#BC, 16#AD>>`.
#[derive(Pickle, Debug, PartialEq)]
#[pickle(endian = little)]
struct Odd {
    #[pickle(bits = 24)]
    u24: u32,
    #[pickle(bits = 24, endian = big)]
    i24: i32,
    #[pickle(bits = 40)]
    u40: u64,
    #[pickle(bits = 48, endian = big)]
    u48: u64,
    #[pickle(bits = 12)]
    u12: u16,
    #[pickle(bits = 4)]
    nibble: u8,
}

#[test]
fn odd_integers_take_their_bytes_in_both_orders() {
    let bytes = agree(&Odd {
        u24: 0x01_02_03,
        i24: -2,
        u40: 0x01_02_03_04_05,
        u48: 0x01_02_03_04_05_06,
        u12: 0xABC,
        nibble: 0xD,
    });
    assert_eq!(
        bytes,
        [
            3, 2, 1, 0xFF, 0xFF, 0xFE, 5, 4, 3, 2, 1, 1, 2, 3, 4, 5, 6, 0xBC, 0xAD
        ]
    );
    let error = pickler::encode(&Odd {
        u24: 1 << 24,
        i24: 0,
        u40: 0,
        u48: 0,
        u12: 0,
        nibble: 0,
    });
    assert_eq!(
        error.unwrap_err().to_string(),
        "Odd.u24: 16777216 does not fit, only 0 to 16777215 do"
    );
}

#[test]
fn bits_from_the_least_cross_bytes_in_both_byte_orders() {
    #[derive(Pickle, Debug, PartialEq)]
    #[pickle(bit_order = lsb, endian = little)]
    struct Little {
        #[pickle(bits = 3)]
        low: u8,
        #[pickle(bits = 10)]
        middle: u16,
        #[pickle(bits = 3)]
        high: u8,
    }
    #[derive(Pickle, Debug, PartialEq)]
    #[pickle(bit_order = lsb)]
    struct Big {
        #[pickle(bits = 3)]
        low: u8,
        #[pickle(bits = 10)]
        middle: u16,
        #[pickle(bits = 3)]
        high: u8,
    }
    // Plain concatenation from the least bit: C's bit fields on x86.
    // 0b101 | 0x2AB << 3 | 0b011 << 13
    let bytes = agree(&Little {
        low: 0b101,
        middle: 0x2AB,
        high: 0b011,
    });
    assert_eq!(bytes, 0x755D_u16.to_le_bytes());
    // The most significant byte of `middle`, 0b10, comes before its 0xAB.
    // 0b101 | 0b10 << 3 | 0xAB << 5 | 0b011 << 13
    let bytes = agree(&Big {
        low: 0b101,
        middle: 0x2AB,
        high: 0b011,
    });
    assert_eq!(bytes, 0x7575_u16.to_le_bytes());
}

#[derive(Pickle, Debug, PartialEq)]
struct Coded {
    #[pickle(bits = 12, zigzag)]
    offset: i16,
    #[pickle(bits = 12, bcd)]
    year: u16,
    #[pickle(bcd, endian = little)]
    date: u32,
    #[pickle(zigzag)]
    plain: i8,
    #[pickle(half)]
    half: f32,
    #[pickle(half, endian = little)]
    other: f32,
    character: char,
    id: NonZeroU32,
}

#[test]
fn codes_other_than_binary() {
    let coded = Coded {
        offset: -2048,
        year: 987,
        date: 20_261_122,
        plain: 1,
        half: 1.5,
        other: -65_504.0,
        character: '\u{20AC}',
        id: NonZeroU32::new(7).unwrap(),
    };
    let bytes = agree(&coded);
    assert_eq!(
        bytes,
        [
            0xFF, 0xF9, 0x87, 0x22, 0x11, 0x26, 0x20, 2, 0x3E, 0, 0xFF, 0xFB, 0, 0, 0x20, 0xAC, 0,
            0, 0, 7
        ]
    );
    let unfit = |change: fn(&mut Coded)| {
        let mut coded = Coded { ..coded };
        change(&mut coded);
        pickler::encode(&coded).unwrap_err().to_string()
    };
    assert_eq!(
        unfit(|coded| coded.offset = 2048),
        "Coded.offset: 2048 does not fit, only -2048 to 2047 do"
    );
    assert_eq!(
        unfit(|coded| coded.year = 1000),
        "Coded.year: 1000 does not fit, only 0 to 999 do"
    );
    assert_eq!(
        unfit(|coded| coded.half = 65_520.0),
        "Coded.half: 65520 is past the greatest floating-point number of 16 bits"
    );
    let mut wrong = bytes.clone();
    wrong[1] = 0xFA;
    assert_eq!(refusal::<Coded>(&wrong), ErrorKind::NotDigit { found: 10 });
    let mut wrong = bytes.clone();
    wrong[12..16].copy_from_slice(&[0, 0, 0xD8, 0]);
    assert_eq!(
        refusal::<Coded>(&wrong),
        ErrorKind::NotCharacter { found: 0xD800 }
    );
    generated::<Coded>();
}

#[test]
fn digits_fit_their_type() {
    #[derive(Pickle, Debug, PartialEq)]
    struct Small(#[pickle(bits = 12, bcd)] u8);
    assert_eq!(agree(&Small(255)), [0x25, 0x50]);
    assert_eq!(
        refusal::<Small>(&[0x25, 0x60]),
        ErrorKind::OutOfRange {
            value: 256,
            min: 0,
            max: 255
        }
    );
}

#[test]
fn both_codecs_refuse_to_write_the_same() {
    #[derive(Pickle)]
    struct Digits(#[pickle(bcd)] u8);
    unwritable(&Digits(100), &100_u8.into());
    #[derive(Pickle)]
    struct ZigZag(#[pickle(bits = 4, zigzag)] i8);
    unwritable(&ZigZag(-9), &(-9_i8).into());
    #[derive(Pickle)]
    struct Half(#[pickle(half)] f32);
    unwritable(&Half(1e9), &1e9_f32.into());
    #[derive(Pickle)]
    struct Ascii(#[pickle(encoding = ascii, count = u8)] String);
    unwritable(&Ascii("\u{E9}".into()), &"\u{E9}".into());
    #[derive(Pickle)]
    struct Latin1(#[pickle(encoding = latin1, rest)] String);
    unwritable(&Latin1("\u{100}".into()), &"\u{100}".into());
    let zero = dynamic::encode(&Schema::of::<NonZeroU8>(), &0_u8.into()).unwrap_err();
    assert_eq!(zero.kind(), &ErrorKind::IsZero);
}

/// Errors show what is past `i128` as the greatest.
#[test]
fn integers_past_the_greatest_that_is_shown() {
    #[derive(Pickle, Debug, PartialEq)]
    struct Listed(#[pickle(count = u128)] Vec<u8>);
    #[derive(Pickle, Debug, PartialEq)]
    struct Items(#[pickle(count = u128, item(bits = 8))] Vec<u8>);
    #[derive(Pickle, Debug, PartialEq)]
    struct Sized(#[pickle(size = u128)] u8);
    #[derive(Pickle, Debug, PartialEq)]
    struct Shared(#[pickle(shared = index(u128))] u8);
    let out_of_range = |max| ErrorKind::OutOfRange {
        value: i128::MAX,
        min: 0,
        max,
    };
    for kind in [
        refusal::<Listed>(&[0xFF; 17]),
        refusal::<Items>(&[0xFF; 17]),
        refusal::<Sized>(&[0xFF; 17]),
        refusal::<Shared>(&[0xFF; 17]),
    ] {
        assert_eq!(kind, out_of_range(u64::MAX.into()));
    }
    #[derive(Pickle)]
    struct Few(#[pickle(bits = 127)] u128);
    let kind = unwritable(&Few(u128::MAX), &Value::Unsigned(u128::MAX));
    assert_eq!(kind, out_of_range(i128::MAX));
    #[derive(Pickle)]
    struct Sentinel(#[pickle(none = 0xFFFF_FFFF_FFFF_FFFF_FFFF_FFFF_FFFF_FFFF)] Option<u128>);
    let kind = unwritable(&Sentinel(Some(u128::MAX)), &Value::Unsigned(u128::MAX));
    assert_eq!(kind, ErrorKind::IsSentinel { value: i128::MAX });
}

#[derive(Pickle, Debug, PartialEq)]
struct Texts {
    #[pickle(encoding = ascii, count = u8)]
    ascii: String,
    #[pickle(encoding = latin1, count = leb128)]
    latin1: String,
    #[pickle(encoding = utf16, count = u8, endian = little)]
    utf16: String,
    #[pickle(encoding = utf16, size = 4)]
    sized: String,
    #[pickle(encoding = utf8, count = u8)]
    utf8: String,
}

#[test]
fn texts_in_all_encodings() {
    let bytes = agree(&Texts {
        ascii: "abc".into(),
        latin1: "\u{E9}".into(),
        utf16: "\u{1F0A1}".into(),
        sized: "hi".into(),
        utf8: "\u{E9}".into(),
    });
    assert_eq!(
        bytes,
        *b"\x03abc\x01\xE9\x02\x3C\xD8\xA1\xDC\0h\0i\x02\xC3\xA9"
    );
    assert_eq!(
        refusal::<Texts>(b"\x03ab\xFF"),
        ErrorKind::NotText {
            encoding: TextEncoding::Ascii,
            valid_up_to: 2
        }
    );
    // A half of a pair, behind a character of one unit.
    assert_eq!(
        refusal::<Texts>(b"\0\0\x02a\0\xA1\xDC\0h\0i\0"),
        ErrorKind::NotText {
            encoding: TextEncoding::Utf16,
            valid_up_to: 2
        }
    );
    generated::<Texts>();
}

#[test]
fn ascii_is_borrowed() {
    #[derive(Pickle, Debug, PartialEq)]
    struct Name<'a>(#[pickle(encoding = ascii, count = u8)] &'a str);
    let bytes = *b"\x03bob";
    let name: Name<'_> = pickler::decode(&bytes).unwrap();
    assert_eq!(name.0.as_ptr(), bytes[1..].as_ptr());
    assert_eq!(pickler::encode(&name), Ok(bytes.to_vec()));
    assert!(pickler::decode::<Name<'_>>(b"\x01\x80").is_err());
}

#[derive(Pickle, Debug, PartialEq)]
struct Hand {
    #[pickle(scale = 100, unit = "EUR")]
    pot: u32,
    #[pickle(scale = 1_000, varint = sleb128, none = -1)]
    change: Option<i64>,
    #[pickle(flags(DEALER = 0x01, ALL_IN = 0x82))]
    flags: u8,
    #[pickle(bits = 4, flags(LOW = 1, ..))]
    more: i8,
    #[pickle(bits = 4)]
    last: u8,
}

#[test]
fn amounts_and_flags_are_told() {
    let hand = Hand {
        pot: 1_005,
        change: Some(-7),
        flags: 0x83,
        more: -7,
        last: 0,
    };
    let bytes = agree(&hand);
    assert_eq!(bytes, [0, 0, 3, 0xED, 0x79, 0x83, 0x90]);
    assert_eq!(
        refusal::<Hand>(&[0, 0, 0, 0, 0, 0x45, 0]),
        ErrorKind::UnknownFlags { bits: 0x44 }
    );
    let schema = Schema::of::<Hand>();
    let Shape::Record(record) = schema.resolve(schema.root()) else {
        panic!("no record")
    };
    assert_eq!(
        record.fields[0].shape,
        Meaning::Scaled {
            scale: 100,
            unit: "EUR".into()
        }
        .of(Shape::Integer {
            bits: 32,
            signed: false
        })
    );
    // The value stays the integer.
    let value = dynamic::decode(&schema, &bytes).unwrap();
    assert_eq!(value.field("pot"), Some(&Value::Unsigned(1_005)));
    assert_eq!(value.field("flags"), Some(&Value::Unsigned(0x83)));
    generated::<Hand>();
}

#[cfg(feature = "json")]
#[test]
fn json_says_amounts_as_decimals_and_flags_by_name() {
    use pickler::dynamic::json::{from_json, to_json};
    let schema = Schema::of::<Hand>();
    let value = dynamic::decode(&schema, &[0, 0, 3, 0xED, 0x79, 0x83, 0x90]).unwrap();
    let json = to_json(&value, &schema);
    assert_eq!(
        json,
        serde_json::json!({
            "pot": "10.05", "change": "-0.007", "flags": ["DEALER", "ALL_IN"],
            "more": ["LOW", 8], "last": 0,
        })
    );
    assert_eq!(from_json(&json, &schema), Ok(value.clone()));
    // Parts are numbers, units are texts.
    let parts = serde_json::json!({
        "pot": 1005, "change": -7, "flags": 0x83, "more": -7, "last": 0,
    });
    assert_eq!(from_json(&parts, &schema), Ok(value));
    let misspelt = serde_json::json!({ "flags": ["DEALR"] });
    assert_eq!(
        from_json(&misspelt, &schema).unwrap_err().to_string(),
        "Hand.flags: there is no `DEALR`; did you mean `DEALER`?"
    );
    let rounded = serde_json::json!({ "pot": "1.005" });
    assert!(from_json(&rounded, &schema).is_err());
}
