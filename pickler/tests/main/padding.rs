//! Room that holds no value: padding and alignment.

use pickler::schema::{Fill, Origin, Padding, Schema, Shape};
use pickler::{ErrorKind, Pickle};

use crate::agreement::{agree, agree_on_bytes, agree_on_random};

#[derive(Pickle, Debug, PartialEq)]
struct Padded {
    #[pickle(pad_before = 1, pad_after = 2)]
    around: u8,
    #[pickle(pad_bits_before = 3, bits = 3, pad_bits_after = 2)]
    middle: u8,
    #[pickle(pad_to = 4, count = u8)]
    name: String,
    #[pickle(pad_before = 1, padding = ignored)]
    loose: u8,
    #[pickle(flag, pad_before = 1)]
    there: Option<u8>,
}

fn padded() -> Padded {
    Padded {
        around: 7,
        middle: 0b101,
        name: "ab".into(),
        loose: 8,
        there: Some(9),
    }
}

#[test]
fn around_fields() {
    let bytes = [0, 7, 0, 0, 0b0001_0100, 2, b'a', b'b', 0, 0, 8, 1, 0, 9];
    assert_eq!(agree(&padded()), bytes);
    // What is absent has no padding.
    let absent = Padded {
        there: None,
        ..padded()
    };
    assert_eq!(agree(&absent)[11..], [0]);
    agree_on_random::<Padded>();
    let schema = Schema::of::<Padded>();
    for at in [0, 2, 3, 8, 12] {
        let mut wrong = bytes;
        wrong[at] = 1;
        let error = agree_on_bytes::<Padded>(&schema, &wrong).unwrap_err();
        assert_eq!(error.kind(), &ErrorKind::NonZeroPadding, "at {at}");
    }
    let mut loose = bytes;
    loose[9] = 0xFF;
    assert_eq!(agree_on_bytes::<Padded>(&schema, &loose), Ok(padded()));
    assert!(schema.canonical().is_err());
    const { assert!(<Padded as Pickle<'_>>::WHOLE) };
}

#[test]
fn what_is_wider_than_its_room_is_refused() {
    let wide = Padded {
        name: "abcd".into(),
        ..padded()
    };
    let error = pickler::encode(&wide).unwrap_err();
    assert_eq!(
        error.to_string(),
        "Padded.name: takes 5 bytes, but has room for 4 bytes"
    );
}

#[derive(Pickle, Debug, PartialEq)]
struct Inner {
    kind: u8,
    #[pickle(align = 2, align_from = record, endian = little)]
    in_record: u16,
    #[pickle(align = 4)]
    in_message: u8,
}

#[derive(Pickle, Debug, PartialEq)]
struct Outer {
    first: u8,
    #[pickle(count = 1)]
    inner: Vec<Inner>,
    #[pickle(count = 1, item(align = 4))]
    items: Vec<u8>,
}

#[test]
fn aligned_to_message_and_record() {
    let outer = Outer {
        first: 1,
        inner: vec![Inner {
            kind: 2,
            in_record: 3,
            in_message: 4,
        }],
        items: vec![5],
    };
    // The inner record starts at byte 1, so that its 2 is the message's 3.
    let bytes = [1, 2, 0, 3, 0, 0, 0, 0, 4, 0, 0, 0, 5];
    assert_eq!(agree(&outer), bytes);
    agree_on_random::<Outer>();
    let schema = Schema::of::<Outer>();
    let mut wrong = bytes;
    wrong[2] = 1;
    let error = agree_on_bytes::<Outer>(&schema, &wrong).unwrap_err();
    assert_eq!(
        error.to_string(),
        "Outer.inner[0].in_record: padding is not zero, at byte 2"
    );
}

#[test]
fn records_with_room_behind_them() {
    #[derive(Pickle, Debug, PartialEq)]
    #[pickle(pad_to = 4)]
    struct Fixed {
        #[pickle(bits = 12)]
        odd: u16,
    }
    #[derive(Pickle, Debug, PartialEq)]
    #[pickle(align = 4, align_from = record)]
    struct Words {
        #[pickle(count = u8)]
        text: String,
    }
    #[derive(Pickle, Debug, PartialEq)]
    #[pickle(align = 4, padding = ignored)]
    struct All {
        first: u8,
        fixed: Fixed,
        words: Words,
        last: u8,
    }
    const { assert!(<Fixed as Pickle<'_>>::WHOLE) };
    let all = All {
        first: 1,
        fixed: Fixed { odd: 0xABC },
        words: Words {
            text: "hello".into(),
        },
        last: 2,
    };
    let mut bytes = vec![1, 0xAB, 0xC0, 0, 0, 5];
    bytes.extend(b"hello\0\0\x02\0\0");
    assert_eq!(agree(&all), bytes);
    agree_on_random::<All>();
    let schema = Schema::of::<All>();
    bytes[15] = 9;
    assert_eq!(agree_on_bytes::<All>(&schema, &bytes), Ok(all));
    bytes[3] = 9;
    assert!(agree_on_bytes::<All>(&schema, &bytes).is_err());

    let Shape::Filled { fill, padding, .. } = schema.resolve(schema.root()) else {
        panic!("not filled")
    };
    let (bytes, from) = (4, Origin::Message);
    assert_eq!(*fill, Fill::AlignEnd { bytes, from });
    assert_eq!(*padding, Padding::Ignored);
}
