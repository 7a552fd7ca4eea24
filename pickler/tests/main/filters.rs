//! Pieces whose bytes go through a filter.

use pickler::dynamic::{self, Value};
use pickler::schema::{Schema, Shape};
use pickler::{ByteString, Derived, ErrorKind, Pickle};

use crate::agreement::{agree, agree_on_bytes, agree_on_random};

#[derive(Pickle, Debug, PartialEq)]
#[pickle(endian = little)]
struct Block {
    number: u32,
    #[pickle(bits = 3)]
    kind: u8,
    #[pickle(bits = 5)]
    flags: u8,
}

#[derive(Pickle, Debug, PartialEq)]
struct Secret {
    key: u8,
    #[pickle(size = u8, xor = key)]
    text: String,
    #[pickle(size = 5, xor = [0x9E, key ^ 1])]
    block: Block,
    #[pickle(size = 2, rotate_left = 3)]
    left: u16,
    #[pickle(count = 2, item(size = 2, rotate_right = key & 7))]
    right: Vec<u16>,
    #[pickle(xor = b"\x80\x40")]
    rest: Vec<u8>,
}

fn secret() -> Secret {
    Secret {
        key: 0x0F,
        text: "hi".into(),
        block: Block {
            number: 0x0403_0201,
            kind: 5,
            flags: 1,
        },
        left: 0x0102,
        right: vec![0x0102, 0xFF80],
        rest: vec![0, 1, 2],
    }
}

#[test]
fn bytes_are_others_on_the_wire() {
    let block = [0x01 ^ 0x9E, 0x02 ^ 0x0E, 0x03 ^ 0x9E, 0x04 ^ 0x0E];
    let mut expected = vec![0x0F, 2, b'h' ^ 0x0F, b'i' ^ 0x0F];
    expected.extend(block);
    expected.push(0b101_00001 ^ 0x9E);
    // What is read with its bits to the left stands with its bits to the right.
    expected.extend([0b0010_0000, 0b0100_0000]);
    // To the right by 7 is to the left by 1, and back.
    expected.extend([0x80, 0x01, 0xFF, 0x40]);
    expected.extend([0x80, 0x41, 0x82]);
    assert_eq!(agree(&secret()), expected);
    agree_on_random::<Secret>();
}

#[test]
fn what_is_wrong_behind_a_filter_is_told_where_it_stands() {
    let schema = Schema::of::<Secret>();
    let error = agree_on_bytes::<Secret>(&schema, &[0x0F, 2, b'h' ^ 0x0F, 0xFF ^ 0x0F]);
    let error = error.unwrap_err();
    assert_eq!(error.kind(), &ErrorKind::NotUtf8 { valid_up_to: 1 });

    #[derive(Pickle, Debug, PartialEq)]
    struct Flags {
        before: u16,
        #[pickle(size = 3, xor = 0xFF)]
        flags: [bool; 3],
    }
    let schema = Schema::of::<Flags>();
    let error = agree_on_bytes::<Flags>(&schema, &[0, 0, 0xFF, 0xFD, 0xFF]).unwrap_err();
    assert_eq!(
        error.to_string(),
        "Flags.flags[1]: expected 0 or 1, found 2, at byte 3"
    );
}

#[test]
fn a_piece_is_taken_up() {
    #[derive(Pickle, Debug, PartialEq)]
    struct Wide(#[pickle(size = 3, xor = 1)] u16);
    let schema = Schema::of::<Wide>();
    let error = agree_on_bytes::<Wide>(&schema, &[0, 0, 0]).unwrap_err();
    assert_eq!(error.kind(), &ErrorKind::Trailing { bits: 8 });
    assert_eq!(error.bit_offset(), 16);

    #[derive(Pickle, Debug, PartialEq)]
    struct Narrow(#[pickle(size = 2, leftover = ignore, xor = 0xFF)] u8);
    let error = agree_on_bytes::<Narrow>(&Schema::of::<Narrow>(), &[0, 0]).unwrap_err();
    assert_eq!(error.kind(), &ErrorKind::Trailing { bits: 8 });
}

#[test]
fn a_key_that_is_no_byte_is_refused() {
    #[derive(Pickle, Debug, PartialEq)]
    struct Keyed {
        key: u16,
        #[pickle(xor = key + 1)]
        data: ByteString,
    }
    let keyed = |key| Keyed {
        key,
        data: "a".into(),
    };
    assert_eq!(agree(&keyed(254)), [0, 254, b'a' ^ 0xFF]);
    let schema = Schema::of::<Keyed>();
    for key in [255, u16::MAX] {
        let out_of_range = ErrorKind::OutOfRange {
            value: i128::from(key) + 1,
            min: 0,
            max: 255,
        };
        let [high, low] = key.to_be_bytes();
        let error = agree_on_bytes::<Keyed>(&schema, &[high, low, 1]).unwrap_err();
        assert_eq!(error.kind(), &out_of_range);
        let error = pickler::encode(&keyed(key)).unwrap_err();
        assert_eq!(error.kind(), &out_of_range);
    }

    #[derive(Pickle, Debug, PartialEq)]
    struct Rotated {
        by: i8,
        #[pickle(size = 1, rotate_left = by)]
        data: u8,
    }
    assert_eq!(agree(&Rotated { by: 0, data: 5 }), [0, 5]);
    assert_eq!(agree(&Rotated { by: 7, data: 0x81 }), [7, 0x03]);
    for by in [-1, 8] {
        let error = pickler::encode(&Rotated { by, data: 5 }).unwrap_err();
        let (value, min, max) = (by.into(), 0, 7);
        assert_eq!(error.kind(), &ErrorKind::OutOfRange { value, min, max });
    }
}

#[test]
fn sizes_and_checksums_are_of_what_stands_there() {
    #[derive(Pickle, Debug, Default, PartialEq)]
    struct Inner {
        #[pickle(derived = len(items))]
        count: Derived<u8>,
        #[pickle(count = count)]
        items: Vec<u16>,
        /// From where the filter begins.
        #[pickle(align = 4)]
        last: u8,
    }
    #[derive(Pickle, Debug, Default, PartialEq)]
    struct Frame {
        #[pickle(derived = sizeof(inner))]
        size: Derived<u8>,
        #[pickle(size = size, xor = size)]
        inner: Inner,
        #[pickle(derived = sizeof(self))]
        total: Derived<u16>,
    }
    let inner = Inner {
        items: vec![1],
        last: 7,
        ..Inner::default()
    };
    let frame = Frame {
        inner,
        ..Frame::default()
    };
    let inner = [1, 0, 1, 0, 7].map(|byte| byte ^ 5);
    let mut expected = vec![5];
    expected.extend(inner);
    expected.extend([0, 8]);
    assert_eq!(agree(&frame), expected);
}

#[test]
fn filters_within_filters_end() {
    #[derive(Pickle, Debug, PartialEq)]
    struct Nest {
        more: bool,
        #[pickle(if = more, xor = 1)]
        nest: Option<Box<Nest>>,
    }
    let schema = Schema::of::<Nest>();
    let two = Nest {
        more: true,
        nest: Some(Box::new(Nest {
            more: false,
            nest: None,
        })),
    };
    assert_eq!(agree(&two), [1, 1]);
    let deep: Vec<u8> = (0..200).map(|level| u8::from(level % 2 == 0)).collect();
    let error = agree_on_bytes::<Nest>(&schema, &deep).unwrap_err();
    assert!(
        matches!(error.kind(), ErrorKind::TooDeep { .. }),
        "{}",
        error.kind()
    );
}

#[test]
fn a_description_tells_the_filter() {
    #[derive(Pickle)]
    struct Data(#[pickle(xor = 5)] ByteString);
    let schema = Schema::of::<Data>();
    let definition = schema.resolve(schema.root());
    assert!(
        matches!(definition, Shape::Filtered { .. }),
        "{definition:?}"
    );
}

/// What goes through a filter is apart: what stands elsewhere in it is read, and
/// cannot be written.
#[test]
fn nothing_is_put_elsewhere_behind_a_filter() {
    #[derive(Pickle, Debug, PartialEq)]
    struct Directory {
        offset: u8,
        #[pickle(at = offset)]
        there: u8,
    }
    #[derive(Pickle, Debug, PartialEq)]
    struct Filtered(#[pickle(size = u8, xor = 1)] Directory);
    let (offset, there) = (1, 7);
    let directory = Directory { offset, there };
    let error = pickler::encode(&Filtered(directory)).unwrap_err();
    assert_eq!(error.kind(), &ErrorKind::Unplaced);
    let value = Value::record([("offset", 1_u8.into()), ("there", 7_u8.into())]);
    let schema = Schema::of::<Filtered>();
    assert_eq!(dynamic::encode(&schema, &value), Err(error));
    let directory = Directory { offset, there };
    let read = agree_on_bytes(&schema, &[2, 0, 6]);
    assert_eq!(read, Ok(Filtered(directory)));
}
