//! Integers in as many bytes as they need.

use pickler::dynamic::{self, Value};
use pickler::picklers::{
    Integer, Varint, decode_with, encode_with, leb128, lenient_varint, mqtt, quic, sleb128, vlq,
    zigzag,
};
use pickler::schema::{Schema, Shape, VarintEncoding, VarintFormat};
use pickler::{Derived, ErrorKind, Pickle};

use crate::agreement::{agree, agree_on_bytes};

fn both<E: pickler::picklers::Encoding, T: Integer + std::fmt::Debug>(
    varint: Varint<E, T>,
    value: T,
    bytes: &[u8],
) {
    assert_eq!(encode_with(&varint, &value).unwrap(), bytes, "of {value:?}");
    assert_eq!(decode_with(&varint, bytes).unwrap(), value);
}

#[test]
fn leb128_is_as_in_protobuf_and_dwarf() {
    both(leb128(), 0_u8, &[0]);
    both(leb128(), 127_u8, &[0x7F]);
    both(leb128(), 150_u32, &[0x96, 0x01]);
    both(leb128(), 624_485_u32, &[0xE5, 0x8E, 0x26]);
    both(leb128(), u32::MAX, &[0xFF, 0xFF, 0xFF, 0xFF, 0x0F]);
    let mut most = [0xFF; 10];
    most[9] = 1;
    both(leb128(), u64::MAX, &most);
    // protobuf's int32: ten bytes below zero.
    both(leb128(), -1_i32, &most);
    both(leb128(), -1_i8, &most);
    both(
        leb128(),
        i64::MIN,
        &[0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x01],
    );
    let mut most = [0xFF; 19];
    most[18] = 3;
    both(leb128(), u128::MAX, &most);
    both(leb128(), -1_i128, &most);
}

#[test]
fn sleb128_is_as_in_dwarf() {
    // DWARF 5, table 7.8.
    both(sleb128(), 2_i32, &[2]);
    both(sleb128(), -2_i32, &[0x7E]);
    both(sleb128(), 127_i32, &[0xFF, 0x00]);
    both(sleb128(), -127_i32, &[0x81, 0x7F]);
    both(sleb128(), 128_i32, &[0x80, 0x01]);
    both(sleb128(), -128_i32, &[0x80, 0x7F]);
    both(sleb128(), 129_i32, &[0x81, 0x01]);
    both(sleb128(), -129_i32, &[0xFF, 0x7E]);
    both(sleb128(), -123_456_i32, &[0xC0, 0xBB, 0x78]);
    both(sleb128(), 64_u8, &[0xC0, 0x00]);
    both(
        sleb128(),
        i64::MIN,
        &[0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x7F],
    );
    let mut most = [0xFF; 19];
    most[18] = 3;
    both(sleb128(), u128::MAX, &most);
    most[18] = 1;
    both(sleb128(), i128::MAX, &most);
    let mut least = [0x80; 19];
    least[18] = 0x7E;
    both(sleb128(), i128::MIN, &least);
}

#[test]
fn zigzag_is_as_in_protobuf() {
    both(zigzag(), 0_i32, &[0]);
    both(zigzag(), -1_i32, &[1]);
    both(zigzag(), 1_i32, &[2]);
    both(zigzag(), -2_i32, &[3]);
    both(zigzag(), i32::MAX, &[0xFE, 0xFF, 0xFF, 0xFF, 0x0F]);
    both(zigzag(), i32::MIN, &[0xFF, 0xFF, 0xFF, 0xFF, 0x0F]);
    both(zigzag(), 100_u8, &[0xC8, 0x01]);
    let mut most = [0xFF; 19];
    most[18] = 3;
    both(zigzag(), i128::MIN, &most);
}

#[test]
fn quic_is_as_in_rfc_9000() {
    // Appendix A.1.
    let long = [0xC2, 0x19, 0x7C, 0x5E, 0xFF, 0x14, 0xE8, 0x8C];
    both(quic(), 151_288_809_941_952_652_u64, &long);
    both(quic(), 494_878_333_u64, &[0x9D, 0x7F, 0x3E, 0x7D]);
    both(quic(), 15_293_u16, &[0x7B, 0xBD]);
    both(quic(), 37_i8, &[0x25]);
    both(quic(), (1_u64 << 62) - 1, &[0xFF; 8]);
    assert_eq!(
        decode_with(&quic::<u64>(), &[0x40, 0x25])
            .unwrap_err()
            .kind(),
        &ErrorKind::OverlongVarint {
            length: 2,
            least: 1
        }
    );
    let lenient = lenient_varint(quic::<u64>());
    assert_eq!(decode_with(&lenient, &[0x40, 0x25]), Ok(37));
    assert_eq!(
        encode_with(&quic(), &(1_u64 << 62)).unwrap_err().kind(),
        &ErrorKind::OutOfRange {
            value: 1 << 62,
            min: 0,
            max: (1 << 62) - 1
        }
    );
}

#[test]
fn vlq_is_as_in_midi() {
    // Standard MIDI Files 1.0.
    both(vlq(), 0_u32, &[0]);
    both(vlq(), 0x40_u32, &[0x40]);
    both(vlq(), 0x80_u32, &[0x81, 0x00]);
    both(vlq(), 0x2000_u32, &[0xC0, 0x00]);
    both(vlq(), 0x3FFF_u32, &[0xFF, 0x7F]);
    both(vlq(), 0x4000_u32, &[0x81, 0x80, 0x00]);
    both(vlq(), 0x0FFF_FFFF_i32, &[0xFF, 0xFF, 0xFF, 0x7F]);
    let mut most = [0xFF; 19];
    most[0] = 0x83;
    most[18] = 0x7F;
    both(vlq(), u128::MAX, &most);
    most[0] = 0x87;
    assert!(decode_with(&vlq::<u128>(), &most).is_err());
    assert_eq!(
        encode_with(&vlq(), &-1_i8).unwrap_err().to_string(),
        "-1 does not fit, only 0 to 127 do"
    );
    assert!(decode_with(&vlq::<u32>(), &[0x80, 0x01]).is_err());
    assert_eq!(
        decode_with(&lenient_varint(vlq::<u32>()), &[0x80, 0x01]),
        Ok(1)
    );
}

#[test]
fn mqtt_is_as_in_its_standard() {
    // MQTT 5, table 1-1.
    both(mqtt(), 127_u32, &[0x7F]);
    both(mqtt(), 128_u32, &[0x80, 0x01]);
    both(mqtt(), 16_383_u32, &[0xFF, 0x7F]);
    both(mqtt(), 16_384_u32, &[0x80, 0x80, 0x01]);
    both(mqtt(), 268_435_455_u32, &[0xFF, 0xFF, 0xFF, 0x7F]);
    assert_eq!(
        encode_with(&mqtt(), &268_435_456_u32)
            .unwrap_err()
            .to_string(),
        "268435456 does not fit, only 0 to 268435455 do"
    );
    assert_eq!(
        decode_with(&mqtt::<u32>(), &[0x80, 0x80, 0x80, 0x80, 0x01])
            .unwrap_err()
            .to_string(),
        "an integer goes on past 4 bytes, at byte 0"
    );
}

#[test]
fn what_does_not_fit_is_refused_with_the_range() {
    let refused = |value, min, max| ErrorKind::OutOfRange { value, min, max };
    let error = decode_with(&leb128::<u8>(), &[0x80, 0x02]).unwrap_err();
    assert_eq!(error.kind(), &refused(256, 0, 255));
    let error = decode_with(&sleb128::<i8>(), &[0xFF, 0x7E]).unwrap_err();
    assert_eq!(error.kind(), &refused(-129, -128, 127));
    let error = decode_with(&sleb128::<u8>(), &[0x7F]).unwrap_err();
    assert_eq!(error.kind(), &refused(-1, 0, 255));
    let error = decode_with(&zigzag::<i8>(), &[0x80, 0x02]).unwrap_err();
    assert_eq!(error.kind(), &refused(128, -128, 127));
    let error = decode_with(&leb128::<i32>(), &[0x80, 0x80, 0x80, 0x80, 0x08]).unwrap_err();
    assert_eq!(
        error.kind(),
        &refused(1 << 31, i32::MIN.into(), i32::MAX.into())
    );
    // Past 64 bits, in a form that is long enough to say so.
    let mut past = [0xFF; 10];
    past[9] = 2;
    let error = decode_with(&leb128::<i64>(), &past).unwrap_err();
    assert!(matches!(error.kind(), ErrorKind::OutOfRange { .. }));
    past[9] = 0x80;
    let error = decode_with(&leb128::<u32>(), &past).unwrap_err();
    assert_eq!(error.kind(), &ErrorKind::EndlessVarint { most: 10 });
    // Past 128 bits.
    let mut past = [0xFF; 19];
    past[18] = 4;
    let error = decode_with(&leb128::<u128>(), &past).unwrap_err();
    assert_eq!(error.kind(), &refused(i128::MAX, 0, i128::MAX));
    past[18] = 0x7D;
    let error = decode_with(&sleb128::<i128>(), &past).unwrap_err();
    assert_eq!(error.kind(), &refused(i128::MIN, i128::MIN, i128::MAX));
}

#[test]
fn over_long_forms_are_refused_unless_lenient() {
    for (bytes, length, least) in [
        (&[0x80_u8, 0][..], 2, 1),
        (&[0x81, 0x80, 0], 3, 1),
        (&[0x80, 0x81, 0], 3, 2),
    ] {
        let error = decode_with(&leb128::<u32>(), bytes).unwrap_err();
        assert_eq!(error.kind(), &ErrorKind::OverlongVarint { length, least });
        assert!(decode_with(&lenient_varint(leb128::<u32>()), bytes).is_ok());
    }
    let error = decode_with(&sleb128::<i32>(), &[0xFF, 0x7F]).unwrap_err();
    assert_eq!(
        error.kind(),
        &ErrorKind::OverlongVarint {
            length: 2,
            least: 1
        }
    );
    let lenient = lenient_varint(sleb128::<i32>());
    assert_eq!(decode_with(&lenient, &[0xFF, 0xFF, 0x7F]), Ok(-1));
    assert_eq!(decode_with(&lenient, &[0x80, 0x80, 0x00]), Ok(0));
    let mut endless = vec![0x80; 10];
    endless.push(0);
    let error = decode_with(&lenient_varint(leb128::<u32>()), &endless).unwrap_err();
    assert_eq!(error.kind(), &ErrorKind::EndlessVarint { most: 10 });
}

#[derive(Pickle, Debug, PartialEq)]
struct Numbers {
    #[pickle(varint = leb128)]
    unsigned: u32,
    #[pickle(varint = sleb128)]
    signed: i16,
    #[pickle(bits = 4)]
    nibble: u8,
    #[pickle(varint = zigzag)]
    zigzag: i64,
    #[pickle(varint = quic, endian = little)]
    quic: u64,
    #[pickle(varint = vlq)]
    vlq: u16,
    #[pickle(varint = mqtt, lenient)]
    mqtt: i32,
    #[pickle(varint = leb128, none = 300)]
    seat: Option<u16>,
    #[pickle(varint = leb128, constant = 300_u16)]
    version: (),
    #[pickle(varint = leb128, derived = len(items))]
    count: Derived<u8>,
    #[pickle(count = count)]
    items: Vec<u8>,
    #[pickle(count = vlq)]
    more: Vec<u16>,
}

#[test]
fn declared_varints_stand_off_byte_boundaries() {
    let bytes = agree(&Numbers {
        unsigned: 300,
        signed: -129,
        nibble: 0xA,
        zigzag: -65,
        quic: 15_293,
        vlq: 0x80,
        mqtt: 128,
        seat: None,
        version: (),
        count: Derived::auto(),
        items: vec![1, 2],
        more: vec![0x1234],
    });
    let shifted = [
        0x81_u8, 0x01, // -65 is 129
        0x7B, 0xBD, 0x81, 0x00, 0x80, 0x01, 0xAC, 0x02, 0xAC, 0x02, 2, 1, 2, 1, 0x12, 0x34,
    ];
    let mut expected = vec![0xAC, 0x02, 0xFF, 0x7E, 0xA0];
    for byte in shifted {
        *expected.last_mut().unwrap() |= byte >> 4;
        expected.push(byte << 4);
    }
    assert_eq!(bytes, expected);
}

#[test]
fn both_codecs_agree_on_every_two_bytes() {
    #[derive(Pickle, Debug, PartialEq)]
    struct Narrow {
        #[pickle(varint = sleb128)]
        first: i8,
        #[pickle(varint = leb128, lenient)]
        second: u8,
    }
    let schema = Schema::of::<Narrow>();
    for bits in 0..=u16::MAX {
        let [first, second] = bits.to_be_bytes();
        let _ = agree_on_bytes::<Narrow>(&schema, &[first, second]);
        let _ = agree_on_bytes::<Narrow>(&schema, &[0x7F, first, second]);
    }
}

#[test]
fn the_schema_says_how_and_what() {
    #[derive(Pickle)]
    struct Length(#[pickle(varint = quic, lenient)] u32);
    let schema = Schema::of::<Length>();
    assert_eq!(
        schema.resolve(schema.root()),
        &Shape::Varint(VarintFormat {
            encoding: VarintEncoding::Quic,
            bits: 32,
            signed: false,
            lenient: true,
        })
    );
    let reasons = schema.canonical().unwrap_err();
    assert_eq!(
        reasons[0].to_string(),
        "Length: an integer may take more bytes than it needs"
    );
    let encode = |value: Value| dynamic::encode(&schema, &value);
    assert_eq!(encode(15_293_u16.into()), Ok(vec![0x7B, 0xBD]));
    assert_eq!(
        encode((1_u64 << 32).into()).unwrap_err().kind(),
        &ErrorKind::OutOfRange {
            value: 1 << 32,
            min: 0,
            max: u32::MAX.into()
        }
    );
    assert!(matches!(
        encode("1".into()).unwrap_err().kind(),
        ErrorKind::WrongType { .. }
    ));
}

#[test]
fn a_count_that_the_input_cannot_hold_is_refused() {
    #[derive(Pickle, Debug, PartialEq)]
    struct Bytes(#[pickle(count = mqtt)] Vec<u32>);
    let schema = Schema::of::<Bytes>();
    let error = agree_on_bytes::<Bytes>(&schema, &[0xFF, 0xFF, 0xFF, 0x7F, 0]).unwrap_err();
    assert_eq!(
        error.kind(),
        &ErrorKind::CountTooLarge {
            count: 268_435_455,
            possible: 0
        }
    );
    let error = agree_on_bytes::<Bytes>(&schema, &[0x80, 0]).unwrap_err();
    assert!(matches!(error.kind(), ErrorKind::OverlongVarint { .. }));
}

#[test]
fn generated_values_fit() {
    let generator = pickler::generate::Generator::new(Schema::of::<Numbers>());
    for seed in 0..200 {
        let value = generator
            .value(&mut pickler::generate::Seeded::new(seed))
            .unwrap();
        let bytes = dynamic::encode(generator.schema(), &value).unwrap();
        agree_on_bytes::<Numbers>(generator.schema(), &bytes).unwrap();
    }
}
