//! What is tried, and what is looked at before it is read.

use pickler::picklers::{
    bits, choice, constant, constant_lenient, counted, either, encode_with, fallback, lift, list,
    little_endian, lookahead, lsb_first, of, pair, peek, quad, recover, rest, triple, wrap,
    zero_to,
};
use pickler::schema::Schema;
use pickler::types::Either;
use pickler::{ByteString, dynamic};

use super::{message, refusal};
use crate::agreement::agree_with;

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
    // The one that came furthest says why.
    assert_eq!(
        refusal(&number, &[0xFF, 0]),
        "1: needs 4 bytes, 1 byte left, at byte 1"
    );
    assert_eq!(
        refusal(&number, &[]),
        "needs 1 byte, 0 bytes left, at byte 0"
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
