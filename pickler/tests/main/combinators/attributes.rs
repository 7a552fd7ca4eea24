//! `with = ...` takes any of them.

use pickler::picklers::{
    bits, byte_aligned, checksummed, choice, constant, constant_lenient, counted, either,
    limited_size, lookahead, memo_list, of, rest, zero_to,
};
use pickler::schema::{Algorithm, Padding, Schema};
use pickler::types::Either;
use pickler::{ByteString, Pickle, dynamic};

use crate::agreement::agree;

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
