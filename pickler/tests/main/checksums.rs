//! Checksums over fields.

use std::fmt::Debug;

use pickler::dynamic;
use pickler::laws::Laws;
use pickler::schema::{Algorithm, Schema, Shape};
use pickler::{ByteString, Derived, ErrorKind, Pickle, PickleOwned};

use crate::agreement::{agree, agree_on_bytes, agree_on_random};

/// A chunk of a PNG: the length counts the data, the CRC covers kind and data.
#[derive(Pickle, Debug, Default, PartialEq)]
struct Chunk {
    #[pickle(derived = len(data))]
    length: Derived<u32>,
    kind: [u8; 4],
    #[pickle(count = length)]
    data: ByteString,
    #[pickle(derived = crc32(kind..=data))]
    crc: Derived<u32>,
}

#[test]
fn the_last_chunk_of_every_png() {
    let end = Chunk {
        kind: *b"IEND",
        ..Chunk::default()
    };
    let bytes = agree(&end);
    assert_eq!(bytes, b"\0\0\0\0IEND\xAE\x42\x60\x82");
    let mut wrong = bytes.clone();
    wrong[11] = 0x83;
    let error = agree_on_bytes::<Chunk>(&Schema::of::<Chunk>(), &wrong).unwrap_err();
    let (expected, found) = (0xAE42_6082, 0xAE42_6083);
    assert_eq!(*error.kind(), ErrorKind::WrongDerived { expected, found });
    assert_eq!(error.bit_offset(), 64);
    let forged = Chunk {
        crc: Derived::forge(1),
        ..end
    };
    assert_eq!(pickler::encode(&forged).unwrap(), b"\0\0\0\0IEND\0\0\0\x01");
}

/// What an aircraft says of itself (ADS-B), its parity in 24 bits.
#[derive(Pickle, Debug, Default, PartialEq)]
struct Squitter {
    #[pickle(bits = 5)]
    format: u8,
    #[pickle(bits = 3)]
    capability: u8,
    address: [u8; 3],
    message: [u8; 7],
    #[pickle(bits = 24, derived = crc24_mode_s(format..=message))]
    parity: Derived<u32>,
}

/// An example of "The 1090 Megahertz Riddle".
#[test]
fn the_parity_of_a_squitter() {
    let squitter = Squitter {
        format: 17,
        capability: 5,
        address: [0x48, 0x40, 0xD6],
        message: [0x20, 0x2C, 0xC3, 0x71, 0xC3, 0x2C, 0xE0],
        ..Squitter::default()
    };
    let bytes = agree(&squitter);
    assert_eq!(bytes[11..], [0x57, 0x60, 0x98]);
    let mut wrong = bytes;
    wrong[0] ^= 1;
    let error = agree_on_bytes::<Squitter>(&Schema::of::<Squitter>(), &wrong).unwrap_err();
    assert!(matches!(
        error.kind(),
        ErrorKind::WrongDerived {
            found: 0x57_6098,
            ..
        }
    ));
}

/// The header of IPv4, whose checksum is over the header with itself as zero.
#[derive(Pickle, Debug, Default, PartialEq)]
struct Header {
    version_and_length: u8,
    service: u8,
    size: u16,
    id: u16,
    fragment: u16,
    lifetime: u8,
    protocol: u8,
    #[pickle(derived = internet(..))]
    checksum: Derived<u16>,
    source: [u8; 4],
    destination: [u8; 4],
}

#[test]
fn a_range_may_contain_the_field_itself() {
    let header = Header {
        version_and_length: 0x45,
        size: 0x73,
        fragment: 0x4000,
        lifetime: 0x40,
        protocol: 0x11,
        source: [0xC0, 0xA8, 0, 1],
        destination: [0xC0, 0xA8, 0, 0xC7],
        ..Header::default()
    };
    let bytes = agree(&header);
    assert_eq!(bytes[10..12], [0xB8, 0x61]);
}

/// Two checksums: each takes itself and those behind it as zero.
#[derive(Pickle, Debug, Default, PartialEq)]
#[pickle(endian = little, magic = b"M")]
struct Two {
    value: u16,
    #[pickle(derived = sum8(..))]
    sum: Derived<u8>,
    #[pickle(derived = crc16_modbus(..))]
    crc: Derived<u16>,
}

#[test]
fn checksums_over_checksums() {
    let two = Two {
        value: 0x0102,
        ..Two::default()
    };
    let bytes = agree(&two);
    assert_eq!(bytes[..4], [b'M', 2, 1, b'M' + 3]);
    let crc = Algorithm::Crc16Modbus.of(&[b'M', 2, 1, b'M' + 3, 0, 0]);
    assert_eq!(bytes[4..], (crc as u16).to_le_bytes());
    let schema = Schema::of::<Two>();
    let mut values = dynamic::decode(&schema, &bytes).unwrap();
    assert!(dynamic::encode(&schema, &values).is_ok());
    values = dynamic::Value::record([("value", 1_u8.into()), ("sum", 9_u8.into())]);
    let error = dynamic::encode(&schema, &values).unwrap_err();
    assert!(matches!(
        error.kind(),
        ErrorKind::WrongDerived { found: 9, .. }
    ));
}

#[derive(Pickle, Debug, Default, PartialEq)]
struct Half(#[pickle(bits = 4)] u8);

#[derive(Pickle, Debug, Default, PartialEq)]
struct Odd {
    half: Half,
    #[pickle(derived = xor8(half))]
    sum: Derived<u8>,
    rest: Half,
}

/// Where the sum itself stands is not on a boundary.
#[derive(Pickle, Debug, Default, PartialEq)]
struct Between {
    byte: u8,
    half: Half,
    #[pickle(derived = xor8(byte))]
    sum: Derived<u8>,
    rest: Half,
}

#[test]
fn ranges_within_a_byte_are_refused() {
    let error = pickler::encode(&Odd::default()).unwrap_err();
    assert_eq!(*error.kind(), ErrorKind::NotOnByteBoundary);
    let error = agree_on_bytes::<Odd>(&Schema::of::<Odd>(), &[0, 0]).unwrap_err();
    assert_eq!(*error.kind(), ErrorKind::NotOnByteBoundary);

    let between = Between {
        byte: 0x12,
        half: Half(3),
        rest: Half(4),
        ..Between::default()
    };
    let error = pickler::encode(&between).unwrap_err();
    assert_eq!(*error.kind(), ErrorKind::NotOnByteBoundary);
    let schema = Schema::of::<Between>();
    let value = dynamic::Value::record([
        ("byte", 0x12_u8.into()),
        ("half", 3_u8.into()),
        ("rest", 4_u8.into()),
    ]);
    assert_eq!(dynamic::encode(&schema, &value), Err(error));
    let error = agree_on_bytes::<Between>(&schema, &[0x12, 0x31, 0x24]).unwrap_err();
    assert_eq!(*error.kind(), ErrorKind::NotOnByteBoundary);
}

/// Checksums with room around them, in an order of their own.
#[derive(Pickle, Debug, Default, PartialEq)]
struct Around {
    order: u8,
    #[pickle(derived = xor8(order), align = 4)]
    aligned: Derived<u16>,
    #[pickle(derived = xor8(order), pad_to = 20)]
    wide: Derived<u8>,
    #[pickle(derived = crc16_modbus(order), endian = if order == 1 { little } else { big })]
    ordered: Derived<u16>,
    last: u8,
}

#[test]
fn where_the_field_is_and_not_its_padding() {
    for (order, crc) in [(0, [0x40, 0xBF]), (1, [0x7E, 0x80])] {
        let around = Around {
            order,
            last: 0xEE,
            ..Around::default()
        };
        let mut expected = vec![order, 0, 0, 0, 0, order, order];
        expected.extend([0; 19]);
        expected.extend(crc);
        expected.push(0xEE);
        assert_eq!(agree(&around), expected);
    }
    agree_on_random::<Around>();
}

/// Parts that have something elsewhere, below one checksum.
#[derive(Pickle, Debug, Default, PartialEq)]
struct Parts {
    #[pickle(size = u8)]
    first: Part,
    #[pickle(size = u8)]
    second: Part,
    #[pickle(derived = crc16_xmodem(first..=second))]
    sum: Derived<u16>,
}

#[derive(Pickle, Debug, Default, PartialEq)]
struct Part {
    #[pickle(derived = offset(text))]
    at: Derived<u8>,
    #[pickle(at = at, count = u8)]
    text: String,
}

#[test]
fn over_offsets() {
    let part = |text: &str| Part {
        text: text.into(),
        ..Part::default()
    };
    let parts = Parts {
        first: part("ab"),
        second: part(""),
        ..Parts::default()
    };
    let covered = b"\x04\x02\x02ab\x02\x07\0";
    let sum = Algorithm::Crc16Xmodem.of(covered) as u16;
    let expected = [&covered[..], &sum.to_be_bytes()].concat();
    assert_eq!(agree(&parts), expected);
}

#[test]
fn the_description_of_a_checksum() {
    let schema = Schema::of::<Chunk>();
    let Shape::Record(chunk) = schema.resolve(schema.root()) else {
        panic!("{schema:?}")
    };
    let checksum = chunk.field("crc").and_then(|field| field.checksum).unwrap();
    assert_eq!(checksum.algorithm.name(), "crc32");
    assert_eq!(checksum.fields, Some((1, 2)));
}

/// What is read in one form may be written in another, and then has another
/// checksum.
#[test]
fn of_what_is_written_otherwise() {
    #[derive(Pickle, Debug, PartialEq)]
    struct Note {
        #[pickle(varint = leb128, lenient)]
        number: u32,
        #[pickle(derived = xor8(number))]
        sum: Derived<u8>,
    }
    #[derive(Pickle, Debug, PartialEq)]
    struct Led {
        #[pickle(derived = offset(far))]
        offset: Derived<u8>,
        #[pickle(derived = xor8(offset))]
        sum: Derived<u8>,
        #[pickle(at = offset)]
        far: u8,
    }
    fn rewritten<T: PickleOwned + PartialEq + Debug>(read: &[u8], written: &[u8]) {
        let laws = Laws::<T>::new();
        for bytes in [read, written] {
            let value = dynamic::decode(laws.schema(), bytes).unwrap();
            assert_eq!(
                dynamic::encode(laws.schema(), &value).as_deref(),
                Ok(written)
            );
            assert_eq!(
                laws.hold_for(&pickler::decode::<T>(bytes).unwrap()),
                written
            );
            laws.hold_near(bytes);
        }
    }
    rewritten::<Note>(&[0x87, 0, 0x87], &[7, 7]);
    rewritten::<Led>(&[3, 3, 0, 9], &[2, 2, 9]);
}

/// A file with its digests.
#[cfg(feature = "digest")]
#[derive(Pickle, Debug, Default, PartialEq)]
struct Signed {
    kind: u8,
    #[pickle(count = u8)]
    text: ByteString,
    #[pickle(derived = md5(text))]
    md5: Derived<[u8; 16]>,
    #[pickle(derived = sha1(kind..=text), bytes)]
    sha1: Derived<[u8; 20]>,
    #[pickle(derived = sha256(..))]
    sha256: Derived<[u8; 32]>,
}

#[cfg(feature = "digest")]
#[test]
fn digests() {
    let signed = Signed {
        kind: 7,
        text: "abc".into(),
        ..Signed::default()
    };
    let bytes = agree(&signed);
    assert_eq!(bytes.len(), 5 + 16 + 20 + 32);
    let digest = |algorithm: Algorithm, bytes: &[u8]| algorithm.digest(bytes).unwrap();
    assert_eq!(bytes[5..21], digest(Algorithm::Md5, b"\x03abc"));
    assert_eq!(bytes[21..41], digest(Algorithm::Sha1, b"\x07\x03abc"));
    let mut zeroed = bytes.clone();
    zeroed[41..].fill(0);
    assert_eq!(bytes[41..], digest(Algorithm::Sha256, &zeroed));
    let mut wrong = bytes.clone();
    wrong[5] ^= 1;
    let error = agree_on_bytes::<Signed>(&Schema::of::<Signed>(), &wrong).unwrap_err();
    assert!(matches!(error.kind(), ErrorKind::WrongDigest { .. }));
    assert_eq!(error.bit_offset(), 40);
    let forged = Signed {
        md5: Derived::forge([9; 16]),
        ..signed
    };
    assert_eq!(pickler::encode(&forged).unwrap()[5..21], [9; 16]);
    agree_on_random::<Signed>();
}

#[cfg(feature = "digest")]
#[test]
fn a_digest_with_padding_in_front() {
    #[derive(Pickle, Debug, Default, PartialEq)]
    struct Padded {
        kind: u8,
        #[pickle(derived = md5(kind), pad_before = 2)]
        plain: Derived<[u8; 16]>,
        #[pickle(derived = md5(kind), bytes, align = 4)]
        bytes: Derived<[u8; 16]>,
    }
    let padded = Padded {
        kind: 7,
        ..Padded::default()
    };
    let digest = Algorithm::Md5.digest(&[7]).unwrap();
    let expected = [&[7, 0, 0], &*digest, &[0], &digest].concat();
    assert_eq!(agree(&padded), expected);
}
