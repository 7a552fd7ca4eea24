//! What a description can say.

use pickler::ByteString;
use pickler::picklers::{
    Pickler, Recursive, alt, bits, byte_aligned, case, checksummed, constant_lenient, counted,
    decode_with, discriminated, either, either_by, encode_with, fixed_size, ignore, lazily, lift,
    limited_size, list, list_to_end, little_endian, lsb_first, nat, of, pair, provide, quad, rest,
    terminated, triple, unit, wrap, zero_to,
};
use pickler::schema::{Algorithm, Padding, Schema};
use pickler::types::Either;

use super::{message, refusal};
use crate::agreement::{agree_on_bytes_with, agree_with};

#[test]
fn what_takes_no_room() {
    assert!(agree_with(&unit(), &()).is_empty());
    assert!(agree_with(&lift(7_u8), &7).is_empty());
    assert!(agree_with(&provide(|| 7_u8), &7).is_empty());
    assert_eq!(
        message(&lift(7_u8), &8),
        "expected the constant 7, found 8, at byte 0"
    );
    assert_eq!(
        message(&provide(|| "x"), &"y"),
        "expected the constant \"x\", found \"y\", at byte 0"
    );
    assert_eq!(
        agree_with(&pair(ignore::<3>(), bits::<5, u8>()), &((), 9)),
        [9]
    );
    assert_eq!(
        decode_with(&pair(ignore::<3>(), bits::<5, u8>()), &[0xE9]),
        Ok(((), 9))
    );
}

#[test]
fn tuples_by_other_names() {
    let three = triple(of::<u8>(), bits::<3, u8>(), bits::<5, u8>());
    assert_eq!(agree_with(&three, &(1, 2, 3)), [1, 0b010_00011]);
    let four = quad(of::<u8>(), unit(), lift(2_u8), of::<u8>());
    assert_eq!(agree_with(&four, &(1, (), 2, 3)), [1, 3]);
}

#[test]
fn integers_to_a_greatest() {
    for (value, expected) in [(0, [0, 0]), (256, [1, 0]), (365, [1, 109])] {
        assert_eq!(agree_with(&zero_to::<365, u16>(), &value), expected);
    }
    assert_eq!(
        agree_with(&little_endian(zero_to::<0x01_FFFF, u32>()), &0x01_0203),
        [3, 2, 1]
    );
    assert_eq!(agree_with(&zero_to::<255, u8>(), &255), [255]);
    assert_eq!(agree_with(&zero_to::<256, u16>(), &255), [0, 255]);
    assert!(agree_with(&zero_to::<0, u8>(), &0).is_empty());
    assert_eq!(
        agree_with(&zero_to::<{ u64::MAX }, u64>(), &u64::MAX),
        [0xFF; 8]
    );
    assert_eq!(
        message(&zero_to::<365, u16>(), &366),
        "366 does not fit, only 0 to 365 do"
    );
    assert_eq!(
        message(&zero_to::<100, i8>(), &-1),
        "-1 does not fit, only 0 to 100 do"
    );
    assert_eq!(
        message(&zero_to::<0, u8>(), &1),
        "1 does not fit, only 0 to 0 do"
    );
    // At any bit, in both bit orders.
    let odd = pair(bits::<3, u8>(), zero_to::<300, u16>());
    assert_eq!(agree_with(&odd, &(1, 300)), [0x20, 0x25, 0x80]);
    assert_eq!(
        agree_with(&little_endian(lsb_first(odd)), &(1, 300)),
        [0x61, 0x09, 0x00]
    );
}

#[test]
fn kennedys_natural_numbers() {
    // The first of each length, and the last before.
    for (value, expected) in [
        (0, &[0][..]),
        (127, &[127]),
        (128, &[128, 0]),
        (300, &[172, 1]),
        (16_511, &[255, 127]),
        (16_512, &[128, 128, 0]),
        (u64::MAX, &[255, 254, 254, 254, 254, 254, 254, 254, 254, 0]),
    ] {
        assert_eq!(agree_with(&nat::<u64>(), &value), expected);
    }
    assert_eq!(
        message(&nat::<i8>(), &-1),
        "-1 does not fit, only 0 to 127 do"
    );
    assert_eq!(
        refusal(&nat::<u8>(), &[255, 1]),
        "383 does not fit, only 0 to 255 do"
    );
    assert_eq!(
        refusal(&nat::<u64>(), &[0xFF; 11]),
        "an integer goes on past 10 bytes, at byte 0"
    );
    let most = encode_with(&nat::<u128>(), &u128::MAX).unwrap();
    assert_eq!(decode_with(&nat::<u128>(), &most), Ok(u128::MAX));
    let _ = agree_with(&nat::<u128>(), &u128::MAX);
    assert_eq!(
        agree_with(&list::<Nat, _>(of::<u8>()), &vec![7; 130])[..3],
        [130, 0, 7]
    );
}

type Nat = pickler::picklers::Varint<pickler::picklers::Nat, u32>;

#[test]
fn one_of_two() {
    let id = either(of::<u16>(), counted::<u8, String>());
    assert_eq!(agree_with(&id, &Either::Left(7)), [0, 0, 7]);
    assert_eq!(agree_with(&id, &Either::Right("ab".into())), b"\x01\x02ab");
    assert_eq!(
        refusal(&id, &[2, 0, 7]),
        "expected 0 or 1, found 2, at byte 0"
    );
    assert_eq!(
        refusal(&id, &[0, 0]),
        "Left: needs 2 bytes, 1 byte left, at byte 1"
    );
    let small = either_by(bits::<1, bool>(), bits::<7, u8>(), bits::<15, u16>());
    assert_eq!(agree_with(&small, &Either::Left(7)), [7]);
    assert_eq!(
        agree_with(&little_endian(lsb_first(small)), &Either::Right(300)),
        [0x59, 2]
    );
    // Each alone ends within a byte, and so do both.
    let odd = list::<u8, _>(either_by(bits::<1, bool>(), bits::<2, u8>(), unit()));
    let value = vec![Either::Left(3), Either::Right(()), Either::Left(0)];
    assert_eq!(agree_with(&odd, &value), [3, 0b0111_0000]);
}

#[derive(Clone, Debug, PartialEq)]
enum Id {
    Number(u32),
    Name(String),
    None,
}

#[test]
fn one_of_several() {
    let id = discriminated(
        of::<i8>(),
        (
            case(1, "Number", of::<u32>(), Id::Number, |id: &Id| match id {
                Id::Number(number) => Some(number),
                _ => None,
            }),
            case(
                -2,
                "Name",
                counted::<u8, String>(),
                Id::Name,
                |id: &Id| match id {
                    Id::Name(name) => Some(name),
                    _ => None,
                },
            ),
        ),
    );
    assert_eq!(agree_with(&id, &Id::Number(7)), [1, 0, 0, 0, 7]);
    assert_eq!(agree_with(&id, &Id::Name("a".into())), b"\xFE\x01a");
    assert_eq!(message(&id, &Id::None), "of none of the cases, at byte 0");
    assert_eq!(refusal(&id, &[0x80]), "unknown tag 128 (0x80), at byte 0");

    let place = |id: &Id| match id {
        Id::None => 0,
        Id::Number(_) => 1,
        Id::Name(_) => 2,
    };
    let number = |id: &Id| match id {
        Id::Number(number) => *number,
        _ => 0,
    };
    let id = alt(
        place,
        (
            lift(Id::None),
            wrap(of::<u32>(), "number", Id::Number, number),
        ),
    );
    assert_eq!(agree_with(&id, &Id::None), [0]);
    assert_eq!(agree_with(&id, &Id::Number(7)), [1, 0, 0, 0, 7]);
    assert_eq!(
        message(&id, &Id::Name(String::new())),
        "unknown tag 2 (0x02), at byte 0"
    );
    assert_eq!(refusal(&id, &[2]), "2 does not fit, only 0 to 1 do");
    // One alone needs no tag.
    assert_eq!(agree_with(&alt(|_: &u8| 0, (of::<u8>(),)), &7), [7]);
}

#[test]
fn constants_that_are_not_looked_at() {
    let reserved = pair(constant_lenient(0xABCD_u16, of()), of::<u8>());
    assert_eq!(agree_with(&reserved, &((), 7)), [0xAB, 0xCD, 7]);
    let schema = Schema::of_pickler(&reserved);
    assert_eq!(
        agree_on_bytes_with(&reserved, &schema, &[1, 2, 7]),
        Ok(((), 7))
    );
    let reasons = schema.canonical().unwrap_err();
    assert_eq!(
        reasons[0].to_string(),
        ".0: a constant that is not looked at"
    );
}

#[test]
fn pieces_of_a_size() {
    let name = pair(fixed_size::<4, _>(counted::<u8, String>()), of::<u8>());
    assert_eq!(agree_with(&name, &("ab".into(), 7)), b"\x02ab\0\x07");
    assert_eq!(
        message(&name, &("abcd".into(), 7)),
        "0: takes 5 bytes, but has room for 4 bytes"
    );

    let line = pair(
        limited_size::<4, _>(terminated::<String, _>(b'\n')),
        of::<u8>(),
    );
    assert_eq!(agree_with(&line, &("ab".into(), 7)), b"ab\n\x07");
    assert_eq!(agree_with(&line, &("abc".into(), 7)), b"abc\n\x07");
    assert_eq!(
        message(&line, &("abcd".into(), 7)),
        "0: takes 5 bytes, but has room for 4 bytes"
    );
    assert_eq!(
        refusal(&line, b"abcd\n\x07"),
        "0: needs 1 byte, 0 bytes left, at byte 4"
    );
    assert_eq!(
        refusal(&line, b"ab"),
        "0: needs 1 byte, 0 bytes left, at byte 2"
    );
    // What takes all takes no more than the limit.
    let words = pair(
        limited_size::<4, _>(list_to_end(of::<u16>())),
        rest::<ByteString>(),
    );
    assert_eq!(
        agree_with(&words, &(vec![1, 2], [3].as_slice().into())),
        [0, 1, 0, 2, 3]
    );
    // It ends within a byte, where the next goes on.
    let odd = pair(limited_size::<1, _>(bits::<3, u8>()), bits::<13, u16>());
    assert_eq!(agree_with(&odd, &(0b101, 0x1000)), [0b1011_0000, 0]);
    let within = pair(bits::<4, u8>(), limited_size::<1, _>(bits::<4, u8>()));
    assert_eq!(
        refusal(&within, &[0]),
        "1: must start on a byte boundary, at byte 0 bit 4"
    );
}

#[test]
fn to_the_end_of_a_byte() {
    let record = triple(
        bits::<2, u8>(),
        byte_aligned(Padding::Zero, bits::<3, u8>()),
        of::<u8>(),
    );
    assert_eq!(agree_with(&record, &(1, 0b101, 7)), [0b0110_1000, 7]);
    assert_eq!(
        agree_with(&lsb_first(record), &(1, 0b101, 7)),
        [0b0001_0101, 7]
    );
    assert_eq!(
        refusal(&record, &[0b0110_1001, 7]),
        "1: padding is not zero, at byte 0 bit 5"
    );
    let ignored = byte_aligned(Padding::Ignored, bits::<3, u8>());
    assert_eq!(decode_with(&ignored, &[0xFF]), Ok(7));
}

#[test]
fn checksums_behind() {
    let text = pair(
        of::<u8>(),
        checksummed(Algorithm::Fletcher16, counted::<u8, String>(), of::<u16>()),
    );
    let bytes = agree_with(&text, &(9, "abc".into()));
    assert_eq!(bytes[..5], *b"\x09\x03abc");
    assert_eq!(bytes[5..], [0x58, 0x2A]);
    assert_eq!(
        agree_with(&little_endian(text), &(9, "abc".into()))[5..],
        [0x2A, 0x58]
    );
    let narrow = checksummed(Algorithm::Adler32, of::<u8>(), of::<u16>());
    assert_eq!(
        message(&narrow, &7),
        "checksum: 524296 does not fit, only 0 to 65535 do",
    );
    let within = pair(
        bits::<4, u8>(),
        checksummed(Algorithm::Xor8, bits::<4, u8>(), of::<u8>()),
    );
    assert_eq!(
        message(&within, &(0, 0)),
        "1.checksum: must start on a byte boundary, at byte 1",
    );
}

impl Recursive for Id {
    const NAME: &'static str = "Nested";
    type Value = Nested;

    fn pickler() -> impl for<'de> Pickler<'de, Value = Nested> {
        let inner = list::<u8, _>(lazily::<Self>());
        wrap(inner, "nested", Nested, |nested: &Nested| nested.0.clone())
    }
}

#[derive(Clone, Debug, PartialEq)]
struct Nested(Vec<Nested>);

#[test]
fn formats_that_hold_themselves() {
    let leaf = || Nested(Vec::new());
    let value = Nested(vec![leaf(), Nested(vec![leaf()])]);
    assert_eq!(agree_with(&lazily::<Id>(), &value), [2, 0, 1, 0]);
    // Each level counts twice: the mention, and the list.
    let deep = refusal(&lazily::<Id>(), &[1; 100]);
    assert!(
        deep.ends_with("nested deeper than 64 levels, at byte 32"),
        "{deep}"
    );
}
