//! Kennedy's and scodec's combinators, against the dynamic codec.

use std::fmt::Debug;

use pickler::picklers::{
    Pickler, Recursive, alt, bits, byte_aligned, case, checksummed, choice, constant,
    constant_lenient, counted, decode_with, discriminated, either, either_by, encode_with,
    fallback, filtered, fixed_size, ignore, lazily, lift, limited_size, list, list_multiplexed,
    list_to_end, little_endian, lookahead, lsb_first, memo_list, nat, of, pair, peek, provide,
    quad, recover, rest, sequ, terminated, tokenize, triple, unit, use_state, variable_size, wrap,
    zero_to, zigzag,
};
use pickler::schema::{Algorithm, Padding, Schema};
use pickler::types::Either;
use pickler::{ByteString, Pickle, dynamic};

use crate::agreement::{agree, agree_on_bytes_with, agree_with};

fn message<P, T>(pickler: &P, value: &T) -> String
where
    P: for<'de> Pickler<'de, Value = T>,
{
    encode_with(pickler, value).unwrap_err().to_string()
}

fn refusal<P, T: Debug>(pickler: &P, bytes: &[u8]) -> String
where
    P: for<'de> Pickler<'de, Value = T>,
{
    let schema = Schema::of_pickler(pickler);
    let error = agree_on_bytes_with(pickler, &schema, bytes).unwrap_err();
    error.to_string()
}

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

#[test]
fn the_first_that_reads() {
    let any = wrap(
        pair(constant(0xFF_u8, of()), of::<u32>()),
        "any",
        |((), n)| n,
        |n| ((), *n),
    );
    let number = choice((zero_to::<0xFE, u32>(), any));
    assert_eq!(agree_with(&number, &7), [7]);
    assert_eq!(agree_with(&number, &300), [0xFF, 0, 0, 1, 44]);
    // The last says why.
    assert_eq!(
        refusal(&number, &[0xFF, 0]),
        "1: needs 4 bytes, 1 byte left, at byte 1"
    );
    assert_eq!(
        refusal(&number, &[]),
        "0: needs 1 byte, 0 bytes left, at byte 0"
    );
    let many = list::<u8, _>(number);
    assert_eq!(
        agree_with(&many, &vec![7, 300, 8]),
        [3, 7, 0xFF, 0, 0, 1, 44, 8]
    );
    let odd = pair(bits::<3, u8>(), choice((zero_to::<0xFE, u32>(), any)));
    let _ = agree_with(&odd, &(5, 300));
    let _ = agree_with(&little_endian(lsb_first(odd)), &(5, 300));

    // Both read a byte; the second would never be seen.
    let twice = choice((
        zero_to::<10, u8>(),
        wrap(of::<u8>(), "less", |n| n / 2, |n: &u8| n * 2),
    ));
    assert_eq!(agree_with(&twice, &10), [10]);
    assert_eq!(agree_with(&twice, &100), [200]);
    let hidden = choice((pair(of::<u8>(), lift(1_u8)), pair(of::<u8>(), lift(2_u8))));
    assert_eq!(
        message(&hidden, &(7, 2)),
        "would be read as something else that is tried before, at byte 1",
    );
}

#[test]
fn the_right_or_the_left() {
    let flag = fallback(of::<u16>(), of::<bool>());
    assert_eq!(agree_with(&flag, &Either::Right(true)), [1]);
    assert_eq!(agree_with(&flag, &Either::Left(0x0203)), [2, 3]);
    assert_eq!(
        message(&flag, &Either::Left(0x0103)),
        "would be read as something else that is tried before, at byte 2",
    );
    let marked = pair(recover(constant(0xFE_u8, of())), of::<u8>());
    assert_eq!(agree_with(&marked, &(true, 7)), [0xFE, 7]);
    assert_eq!(agree_with(&marked, &(false, 7)), [7]);
}

#[test]
fn what_is_seen_before() {
    let tagged = peek(of::<u16>(), rest::<ByteString>());
    assert_eq!(
        agree_with(&tagged, &(7, [0, 7, 1].as_slice().into())),
        [0, 7, 1]
    );
    assert_eq!(
        refusal(&tagged, &[0]),
        "0: needs 2 bytes, 1 byte left, at byte 0"
    );
    assert_eq!(
        message(&tagged, &(8, [0, 7].as_slice().into())),
        "0: not what would be seen of what follows, at byte 2",
    );
    let odd = pair(bits::<5, u8>(), peek(bits::<3, u8>(), of::<u16>()));
    assert_eq!(agree_with(&odd, &(1, (0b111, 0xE000))), [0b0000_1111, 0, 0]);
    let number = lookahead(constant(0_u8, of()), of::<u16>());
    assert_eq!(agree_with(&number, &(true, 7)), [0, 7]);
    assert_eq!(agree_with(&number, &(false, 0x0107)), [1, 7]);
    assert!(encode_with(&number, &(true, 0x0107)).is_err());
    // It sees no more than what it looks at.
    let past = pair(
        lookahead(constant(0x0102_u16, of()), of::<u8>()),
        of::<u8>(),
    );
    assert_eq!(agree_with(&past, &((false, 1), 2)), [1, 2]);
}

#[test]
fn what_is_read_as_the_first_says() {
    let cells = |count: &u8| {
        let count = *count;
        wrap(
            fixed(count),
            "cells",
            move |cells| (count, cells),
            |(_, cells): &(u8, Vec<u16>)| cells.clone(),
        )
    };
    let counted_by_first = sequ(
        "cells",
        bits::<4, u8>(),
        |(n, _): &(u8, Vec<u16>)| *n,
        cells,
    );
    assert_eq!(
        agree_with(&counted_by_first, &(2, vec![1, 2])),
        [0x20, 0, 0x10, 0, 0x20]
    );
    let odd = pair(bits::<3, u8>(), counted_by_first);
    let _ = agree_with(&odd, &(1, (1, vec![0x8001])));
    let _ = agree_with(&little_endian(lsb_first(odd)), &(1, (1, vec![0x8001])));
}

fn fixed(count: u8) -> impl for<'de> Pickler<'de, Value = Vec<u16>> {
    let expr = || pickler::schema::Expr::Integer(0);
    pickler::picklers::list_by(Some(count.into()), expr, of::<u16>())
}

#[test]
fn lists_with_a_state() {
    let times = use_state::<u8, _, _, _, _, _, _>(
        "times",
        || 0_i64,
        |last: &i64| {
            let last = *last;
            let since = move |since: i64| last.wrapping_add(since);
            wrap(zigzag::<i64>(), "since", since, move |time: &i64| {
                time.wrapping_sub(last)
            })
        },
        |last: &mut i64, time: &i64| *last = *time,
    );
    assert_eq!(
        agree_with(&times, &vec![1000, 1001, 999]),
        [3, 0xD0, 0x0F, 2, 3]
    );
    let _ = agree_with(&pair(bits::<1, bool>(), times), &(true, vec![5, 6]));
}

#[test]
fn numbers_of_a_dictionary() {
    let header = tokenize(["host", "via"].map(String::from), counted::<u8, String>());
    assert_eq!(agree_with(&header, &"via".into()), [2]);
    assert_eq!(encode_with(&header, &"x".into()).unwrap(), b"\0\x01x");
    assert_eq!(refusal(&header, b"\x03"), "3 does not fit, only 0 to 2 do");
    assert_eq!(
        refusal(&header, b"\0\x02x"),
        "0: needs 2 bytes, 1 byte left, at byte 2"
    );

    let words = memo_list::<2, u8, _>(counted::<u8, String>());
    let list = |words: &[&str]| words.iter().map(ToString::to_string).collect::<Vec<_>>();
    assert_eq!(
        agree_with(&words, &list(&["a", "b", "a", "c", "c", "b"])),
        b"\x06\x01a\0\x01b\x01\0\x01c\0\x01c\x02",
    );
    assert_eq!(agree_with(&words, &list(&[])), [0]);
    assert_eq!(
        refusal(&words, b"\x02\x01a\0\x01a"),
        "[1].0: is written out, but has the number 1, at byte 4",
    );
    let _ = agree_with(&pair(bits::<3, u8>(), words), &(1, list(&["ab", "ab"])));
}

#[test]
fn filters_and_separators() {
    let flip = |bytes: &[u8]| Ok::<_, &str>(bytes.iter().map(|byte| !byte).collect::<Vec<u8>>());
    let secret = variable_size::<u8, _>(filtered("flipped", flip, flip, of::<(u8, u16)>()));
    assert_eq!(agree_with(&secret, &(7, 1)), [3, 0xF8, 0xFF, 0xFE]);
    assert_eq!(
        refusal(&secret, &[1, 0xF8]),
        "1: needs 2 bytes, 0 bytes left, at byte 1"
    );
    let refused = filtered(
        "no",
        |_: &[u8]| Err::<Vec<u8>, _>("never"),
        flip,
        of::<u8>(),
    );
    assert_eq!(refusal(&refused, &[1]), "never, at byte 0");

    let words = list_multiplexed(
        "words",
        |bytes: &[u8]| {
            let end = bytes
                .iter()
                .position(|byte| *byte == b' ')
                .unwrap_or(bytes.len());
            (&bytes[..end], bytes.get(end + 1..).unwrap_or_default())
        },
        |before: &mut Vec<u8>, item: &[u8]| {
            if !before.is_empty() {
                before.push(b' ');
            }
            before.extend_from_slice(item);
        },
        rest::<String>(),
    );
    let list = |words: &[&str]| words.iter().map(ToString::to_string).collect::<Vec<_>>();
    assert_eq!(agree_with(&words, &list(&["to", "be"])), b"to be");
    assert!(agree_with(&words, &list(&[])).is_empty());
    for wrong in [&["to be"][..], &["to", ""], &[""]] {
        assert!(
            message(&words, &list(wrong)).contains("other items"),
            "{wrong:?}"
        );
    }
    let odd = pair(bits::<3, u8>(), filtered("flipped", flip, flip, of::<u8>()));
    assert_eq!(
        refusal(&odd, &[0, 0]),
        "1: must start on a byte boundary, at byte 0 bit 3"
    );
}

#[derive(Pickle, Debug, PartialEq)]
struct Fields {
    #[pickle(with = either(of::<u8>(), of::<u16>()))]
    either: Either<u8, u16>,
    #[pickle(with = zero_to::<365, u16>())]
    day: u16,
    #[pickle(with = constant_lenient(0_u8, of()))]
    reserved: (),
    #[pickle(with = byte_aligned(Padding::Zero, bits::<3, u8>()))]
    bits: u8,
    #[pickle(with = checksummed(Algorithm::Xor8, counted::<u8, String>(), of::<u8>()))]
    text: String,
    #[pickle(with = memo_list::<10, u8, _>(counted::<u8, String>()))]
    words: Vec<String>,
    #[pickle(with = lookahead(constant(0_u8, of()), of::<u16>()))]
    seen: (bool, u16),
    #[pickle(with = choice((zero_to::<9, u16>(), zero_to::<400, u16>())))]
    choice: u16,
    #[pickle(varint = nat)]
    nat: u32,
    #[pickle(count = nat)]
    bytes: ByteString,
    #[pickle(with = limited_size::<5, _>(rest::<ByteString>()))]
    rest: ByteString,
}

#[test]
fn with_takes_any_of_them() {
    let value = Fields {
        either: Either::Right(0x0102),
        day: 300,
        reserved: (),
        bits: 0b101,
        text: "a".into(),
        words: vec!["x".into(), "x".into()],
        seen: (true, 5),
        choice: 7,
        nat: 128,
        bytes: b"B"[..].into(),
        rest: b"R"[..].into(),
    };
    let expected = [
        &[1, 1, 2, 1, 44, 0, 0b1010_0000, 1, b'a', 1 ^ b'a'][..],
        &[2, 1, b'x', 1, 0, 5, 7, 128, 0, 1, b'B', b'R'],
    ];
    assert_eq!(agree(&value), expected.concat());
    let schema = Schema::of::<Fields>();
    let dynamic = dynamic::decode(&schema, &expected.concat()).unwrap();
    assert_eq!(dynamic.field("choice"), Some(&7_u8.into()));
}

#[cfg(feature = "json")]
#[test]
fn values_as_json_and_back() {
    use pickler::dynamic::json::{from_json, to_json};

    let format = triple(
        fallback(of::<u16>(), of::<bool>()),
        peek(of::<u8>(), of::<u16>()),
        quad(
            choice((zero_to::<9, u16>(), of::<u16>())),
            constant_lenient(7_u8, of()),
            either(of::<u8>(), counted::<u8, String>()),
            recover(constant(0xFE_u8, of())),
        ),
    );
    let schema = Schema::of_pickler(&format);
    let right = Either::Right("x".to_string());
    let value = (Either::Right(true), (1, 0x0102), (2604, (), right, true));
    let bytes = encode_with(&format, &value).unwrap();
    let dynamic = dynamic::decode(&schema, &bytes).unwrap();
    let json = to_json(&dynamic, &schema);
    assert_eq!(json[0]["name"], "Right");
    assert_eq!(json[0]["fields"], true);
    assert_eq!(json[1].to_string(), "[1,258]");
    assert_eq!(json[2][0], 2604);
    assert!(json[2][1].is_null());
    assert_eq!(json[2][2]["fields"], "x");
    assert_eq!(json[2][3], true);
    let again = from_json(&json, &schema).unwrap();
    assert_eq!(dynamic::encode(&schema, &again), Ok(bytes));
}
