//! Integers in front of bodies of many sizes: what a union has in front is what
//! stands in front of a piece.

use pickler::dynamic::{self, Value, VariantValue};
use pickler::picklers::{
    Leb128, Mqtt, Nat, Pickler, Prefix, Quic, Sleb128, Varint, Vlq, ZigZag, counted, encode_with,
    of, rest, variable_size, variable_size_with_itself,
};
use pickler::schema::{
    Count, Describer, Doc, Length, LengthCounts, Other, Schema, Shape, TagSource, Union, Variant,
};
use pickler::{ByteString, Error, ErrorKind};

use crate::agreement::agree_on_bytes_with;

const SIZES: [usize; 10] = [0, 1, 126, 127, 128, 129, 16_382, 16_383, 16_384, 70_000];

/// A tag of a byte and the bytes of a piece, behind a length of that kind.
fn union(length: Shape, counts: LengthCounts, first: bool) -> Schema {
    let bytes = Variant {
        name: "Bytes".into(),
        doc: Doc::default(),
        tag: 1,
        also: Vec::new(),
        condition: None,
        direction: None,
        body: Shape::Bytes { count: Count::Rest },
    };
    let union = Union {
        tag: Shape::Integer {
            bits: 8,
            signed: false,
        },
        source: TagSource::Wire,
        length: Some(Length {
            shape: length,
            counts,
            first,
        }),
        variants: vec![bytes].into(),
        other: Some(Other {
            name: "Other".into(),
        }),
    };
    Schema::new(Shape::Union(Box::new(union)), Vec::new()).unwrap()
}

fn variant(name: &str, tag: u128, body: &[u8]) -> Value {
    Value::Variant(Box::new(VariantValue {
        name: name.into(),
        tag,
        body: Value::Bytes(body.into()),
    }))
}

/// What was written, or why it was not.
fn kind_of<T>(result: Result<T, Error>) -> Result<T, ErrorKind> {
    result.map_err(|error| error.kind().clone())
}

/// How a length in front of a union is written is how one in front of a piece is.
fn check<P: for<'de> Prefix<'de>>() {
    let length = P::describe_prefix(&mut Describer::default());
    for size in SIZES {
        let body = vec![0xA5; size];
        let piece = ByteString::from(body.clone());
        let with_tag = ByteString::from([&[1][..], &body].concat());
        for (counts, first, expected) in [
            (
                LengthCounts::Body,
                false,
                encode_with(
                    &(of::<u8>(), variable_size::<P, _>(rest())),
                    &(1, piece.clone()),
                ),
            ),
            (
                LengthCounts::Rest,
                false,
                encode_with(
                    &(of::<u8>(), variable_size_with_itself::<P, _>(rest())),
                    &(1, piece.clone()),
                ),
            ),
            (
                LengthCounts::Body,
                true,
                encode_with(&variable_size::<P, _>(rest()), &with_tag),
            ),
            (
                LengthCounts::Rest,
                true,
                encode_with(&variable_size_with_itself::<P, _>(rest()), &with_tag),
            ),
            // The length is the same wherever the tag that it counts is.
            (
                LengthCounts::Message,
                false,
                encode_with(&variable_size_with_itself::<P, _>(rest()), &with_tag).map(|bytes| {
                    let (length, rest) = bytes.split_at(bytes.len() - with_tag.len());
                    [&rest[..1], length, &rest[1..]].concat()
                }),
            ),
        ] {
            let schema = union(length.clone(), counts, first);
            let case = format!("{length:?} {counts:?} {first} {size}");
            for (name, tag) in [("Bytes", 1), ("Other", 7)] {
                let value = variant(name, tag, &body);
                let mut expected = kind_of(expected.clone());
                if let Ok(bytes) = &mut expected {
                    let at = if first { bytes.len() - size - 1 } else { 0 };
                    bytes[at] = tag as u8;
                }
                let written = kind_of(dynamic::encode(&schema, &value));
                assert!(written == expected, "{case}");
                if let Ok(bytes) = written {
                    assert!(
                        dynamic::decode(&schema, &bytes) == Ok(value.clone()),
                        "{case}"
                    );
                    let longer = [&bytes[..], &[0]].concat();
                    assert!(dynamic::decode(&schema, &longer).is_err(), "{case}");
                }
            }
        }
        same_both_ways(&counted::<P, ByteString>(), &piece);
        same_both_ways(&variable_size::<P, _>(rest::<ByteString>()), &piece);
        same_both_ways(
            &variable_size_with_itself::<P, _>(rest::<ByteString>()),
            &piece,
        );
    }
}

/// Both codecs make the same of a value.
fn same_both_ways<P: for<'de> Pickler<'de, Value = ByteString>>(pickler: &P, value: &ByteString) {
    let schema = Schema::of_pickler(pickler);
    let written = encode_with(pickler, value);
    let dynamic = Value::Bytes(value.clone());
    assert!(
        kind_of(dynamic::encode(&schema, &dynamic)) == kind_of(written.clone()),
        "{schema:?} of {}",
        value.len()
    );
    if let Ok(bytes) = written {
        let read = agree_on_bytes_with(pickler, &schema, &bytes);
        assert!(read.as_ref() == Ok(value));
    }
}

#[test]
fn bodies_behind_integers_in_as_many_bytes_as_they_need() {
    check::<Varint<Leb128, u64>>();
    check::<Varint<Leb128, u16>>();
    check::<Varint<Sleb128, i64>>();
    check::<Varint<ZigZag, i32>>();
    check::<Varint<Quic, u64>>();
    check::<Varint<Vlq, u64>>();
    check::<Varint<Mqtt, u32>>();
    check::<Varint<Nat, u64>>();
}

#[test]
fn bodies_behind_integers_of_whole_bytes() {
    check::<u8>();
    check::<i8>();
    check::<u16>();
    check::<i16>();
    check::<u32>();
    check::<i64>();
    check::<u128>();
}

#[test]
fn a_length_below_zero_is_refused() {
    let mut described = Describer::default();
    let prefix = <i16 as Prefix>::describe_prefix(&mut described);
    for (counts, first) in [
        (LengthCounts::Body, false),
        (LengthCounts::Rest, true),
        (LengthCounts::Message, false),
    ] {
        let schema = union(prefix.clone(), counts, first);
        let bytes = [&[0xFF; 2][..], &vec![1; 70_000]].concat();
        let (bytes, at) = if first {
            (bytes, 0)
        } else {
            ([&[1][..], &bytes].concat(), 8)
        };
        let refusal = dynamic::decode(&schema, &bytes).unwrap_err();
        let (value, min, max) = (-1, 0, 0x7FFF);
        assert_eq!(*refusal.kind(), ErrorKind::OutOfRange { value, min, max });
        assert_eq!(refusal.bit_offset(), at);
    }
    let zigzag = Varint::<ZigZag, i32>::describe_prefix(&mut described);
    let refusal = dynamic::decode(&union(zigzag, LengthCounts::Body, false), &[1, 1, 0]);
    assert_eq!(
        refusal.unwrap_err().to_string(),
        "Bytes: -1 does not fit, only 0 to 2147483647 do"
    );
}
