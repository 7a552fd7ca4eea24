//! What values must be: `valid` and `contents` of Kaitai Struct. Of most formats
//! the bytes are wrong on purpose.

use pickler::{ErrorKind, Pickle};

use crate::both::{hex, refused, same};

fn unsatisfied<T: pickler::PickleOwned + std::fmt::Debug>(bytes: &[u8], message: &str) {
    let error = refused::<T>(bytes);
    assert!(
        matches!(error.kind(), ErrorKind::Unsatisfied { .. }),
        "{error}"
    );
    assert_eq!(error.to_string(), message);
}

#[test]
fn one_of_several() {
    #[derive(Pickle, Debug, PartialEq)]
    struct Foo {
        #[pickle(one_of = [5, 6, 7, 8, 10, 11, 12, 47])]
        value: u8,
    }
    unsatisfied::<Foo>(
        &[0x50],
        "Foo.value: `match value { 5 | 6 | 7 | 8 | 10 | 11 | 12 | 47 => true, _ => false }` does not hold, found 80, at byte 0",
    );
    same(&[47], &Foo { value: 47 });
}

#[test]
fn constants_that_are_something_else() {
    #[derive(Pickle, Debug, PartialEq)]
    struct Contents {
        #[pickle(constant = *b"QA")]
        foo: (),
    }
    #[derive(Pickle, Debug, PartialEq)]
    #[pickle(magic = 123_u8)]
    struct Integer;
    #[derive(Pickle, Debug, PartialEq)]
    #[pickle(magic = b"BACK")]
    struct Text;
    for error in [
        refused::<Contents>(b"PA"),
        refused::<Integer>(b"P"),
        refused::<Text>(b"PACK"),
    ] {
        assert!(
            matches!(error.kind(), ErrorKind::WrongConstant { .. }),
            "{error}"
        );
    }
}

#[test]
fn from_a_least_to_a_greatest() {
    #[derive(Pickle, Debug, PartialEq)]
    struct Greatest {
        #[pickle(range = ..=12)]
        value: u8,
    }
    #[derive(Pickle, Debug, PartialEq)]
    struct Least {
        #[pickle(range = 123..)]
        value: u8,
    }
    #[derive(Pickle, Debug, PartialEq)]
    struct Both {
        #[pickle(range = 5..=10)]
        value: u8,
    }
    unsatisfied::<Greatest>(
        &[0x50],
        "Greatest.value: `value <= 12` does not hold, found 80, at byte 0",
    );
    unsatisfied::<Least>(
        &[0x50],
        "Least.value: `value >= 123` does not hold, found 80, at byte 0",
    );
    unsatisfied::<Both>(
        &[0x50],
        "Both.value: `value >= 5 && value <= 10` does not hold, found 80, at byte 0",
    );
}

#[test]
fn what_an_expression_says() {
    #[derive(Pickle, Debug, PartialEq)]
    struct Expression {
        #[pickle(assert = foo == 1)]
        foo: u8,
        #[pickle(endian = little, assert = bar < -190 || bar > -190)]
        bar: i16,
    }
    let error = refused::<Expression>(&hex("0142ff"));
    assert!(
        matches!(error.kind(), ErrorKind::Unsatisfied { .. }),
        "{error}"
    );
    same(&hex("0143ff"), &Expression { foo: 1, bar: -189 });
}

#[test]
fn only_names_that_there_are() {
    #[derive(Pickle, Debug, PartialEq)]
    #[pickle(tag = u32, endian = little)]
    enum Animal {
        Dog = 4,
        Chicken = 12,
    }
    let error = refused::<Animal>(&hex("07000000"));
    assert_eq!(error.kind(), &ErrorKind::UnknownTag { found: 7 });
    same(&hex("0c000000"), &Animal::Chicken);
    same(&hex("04000000"), &Animal::Dog);
}

#[test]
fn each_item_of_a_list() {
    #[derive(Pickle, Debug, PartialEq)]
    struct Known {
        #[pickle(one_of = [0, 1, 0x41])]
        value: u8,
    }
    #[derive(Pickle, Debug, PartialEq)]
    struct AllKnown(#[pickle(rest)] Vec<Known>);
    unsatisfied::<AllKnown>(
        &hex("004141414101e8e8e8e8"),
        "AllKnown[6].value: `match value { 0 | 1 | 65 => true, _ => false }` does not hold, found 232, at byte 6",
    );

    #[derive(Pickle, Debug, PartialEq)]
    struct Bounded {
        #[pickle(range = ..=0xFE)]
        value: u8,
    }
    #[derive(Pickle, Debug, PartialEq)]
    struct AllBounded(#[pickle(rest)] Vec<Bounded>);
    unsatisfied::<AllBounded>(
        &hex("0142ff"),
        "AllBounded[2].value: `value <= 254` does not hold, found 255, at byte 2",
    );

    #[derive(Pickle, Debug, PartialEq)]
    struct Positive {
        #[pickle(range = 0..)]
        value: i8,
    }
    #[derive(Pickle, Debug, PartialEq)]
    struct AllPositive(#[pickle(rest)] Vec<Positive>);
    unsatisfied::<AllPositive>(
        &hex("004141414101e8e8e8e8"),
        "AllPositive[6].value: `value >= 0` does not hold, found -24, at byte 6",
    );

    #[derive(Pickle, Debug, PartialEq)]
    #[pickle(magic = 0x1234_5678_u32)]
    struct Magic;
    #[derive(Pickle, Debug, PartialEq)]
    struct AllMagic(#[pickle(rest)] Vec<Magic>);
    let error = refused::<AllMagic>(&hex("123456781234567800123456"));
    assert!(
        matches!(error.kind(), ErrorKind::WrongConstant { .. }),
        "{error}"
    );
    assert_eq!(error.bit_offset(), 64);
}

#[test]
fn constants_of_many_kinds() {
    #[derive(Pickle, Debug, PartialEq)]
    #[pickle(endian = little, magic = b"PACK-1")]
    struct Valid {
        #[pickle(constant = 255_u8)]
        uint8: (),
        #[pickle(constant = -1_i8)]
        sint8: (),
        #[pickle(constant = *b"PACK-U-DEF")]
        magic_unsigned: (),
        #[pickle(constant = 65535_u16)]
        uint16: (),
        #[pickle(constant = 4_294_967_295_u32)]
        uint32: (),
        #[pickle(constant = u64::MAX)]
        uint64: (),
        #[pickle(constant = *b"PACK-S-DEF")]
        magic_signed: (),
        #[pickle(constant = -1_i16)]
        sint16: (),
        #[pickle(constant = -1_i32)]
        sint32: (),
        #[pickle(constant = -1_i64)]
        sint64: (),
    }
    let value = Valid {
        uint8: (),
        sint8: (),
        magic_unsigned: (),
        uint16: (),
        uint32: (),
        uint64: (),
        magic_signed: (),
        sint16: (),
        sint32: (),
        sint64: (),
    };
    let bytes = "5041434b2d31ffff5041434b2d552d444546ffffffffffffffffffffffffffff\
        5041434b2d532d444546ffffffffffffffffffffffffffff";
    same(&hex(bytes), &value);
}

#[test]
fn only_what_is_there_must_be_valid() {
    #[derive(Pickle, Debug, PartialEq)]
    struct Answer {
        #[pickle(one_of = [42])]
        value: u8,
    }
    #[derive(Pickle, Debug, PartialEq)]
    struct Letter {
        #[pickle(one_of = [0x50])]
        value: u8,
    }
    #[derive(Pickle, Debug, PartialEq)]
    struct Parsed {
        #[pickle(if = false)]
        not_parsed: Option<Answer>,
        #[pickle(if = true)]
        parsed: Option<Letter>,
    }
    let value = Parsed {
        not_parsed: None,
        parsed: Some(Letter { value: 0x50 }),
    };
    same(&[0x50], &value);
    unsatisfied::<Parsed>(
        &[0x51],
        "Parsed.parsed.value: `match value { 80 => true, _ => false }` does not hold, found 81, at byte 0",
    );
}

#[test]
fn an_order_of_bytes_that_a_code_says() {
    #[derive(Pickle, Debug, PartialEq)]
    struct Switched {
        #[pickle(one_of = [0x50])]
        a: u8,
        #[pickle(endian = if a == 0x50 { little } else { big }, one_of = [0x4341])]
        b: u16,
    }
    same(&hex("504143"), &Switched { a: 0x50, b: 0x4341 });
}

#[test]
fn a_value_elsewhere_that_is_wrong() {
    #[derive(Pickle, Debug, PartialEq)]
    struct Instance {
        #[pickle(at = 5, one_of = [0x50])]
        inst: u8,
        #[pickle(if = inst >= 0)]
        a: Option<u8>,
    }
    let error = refused::<Instance>(&hex("5041434b2d31"));
    assert!(
        matches!(error.kind(), ErrorKind::Unsatisfied { .. }),
        "{error}"
    );
}

#[test]
fn texts_bytes_and_floats_in_a_range() {
    #[derive(Pickle, Debug, PartialEq)]
    struct Bytes {
        #[pickle(range = b"P"..=b"P1")]
        foo: [u8; 2],
    }
    #[derive(Pickle, Debug, PartialEq)]
    struct Text {
        #[pickle(size = 2, encoding = ascii, range = "P"..="P1")]
        foo: String,
    }
    #[derive(Pickle, Debug, PartialEq)]
    struct Float {
        #[pickle(endian = little, range = 0.25..=0.375)]
        foo: f32,
    }
    unsatisfied::<Bytes>(
        b"PA",
        r#"Bytes.foo: `foo >= b"P" && foo <= b"P1"` does not hold, at byte 0"#,
    );
    unsatisfied::<Text>(
        b"PA",
        r#"Text.foo: `foo >= "P" && foo <= "P1"` does not hold, at byte 0"#,
    );
    unsatisfied::<Float>(
        &hex("0000003f"),
        "Float.foo: `foo >= 0.25 && foo <= 0.375` does not hold, at byte 0",
    );
    same(b"P1", &Bytes { foo: *b"P1" });
    same(b"P0", &Text { foo: "P0".into() });
    same(&hex("0000c03e"), &Float { foo: 0.375 });
}

#[test]
fn items_that_are_not_some_bytes() {
    #[derive(Pickle, Debug, PartialEq)]
    struct Items(#[pickle(rest, item(assert = item != b"\x00\x12\x34\x56"))] Vec<[u8; 4]>);
    unsatisfied::<Items>(
        &hex("123456781234567800123456"),
        r#"Items[2]: `item != b"\x00\x124V"` does not hold, at byte 8"#,
    );
}

#[test]
fn texts_that_are_known() {
    #[derive(Pickle, Debug, PartialEq)]
    #[pickle(endian = little)]
    struct Texts {
        #[pickle(size = u16, encoding = ascii, assert = ascii == "Some ASCII")]
        ascii: String,
        #[pickle(size = u16, assert = utf8 == "こんにちは")]
        utf8: String,
        #[pickle(size = u16, encoding = shift_jis, assert = shift_jis == "こんにちは")]
        shift_jis: String,
        #[pickle(size = u16, encoding = cp437, assert = cp437 == "░▒▓")]
        cp437: String,
    }
    let value = Texts {
        ascii: "Some ASCII".into(),
        utf8: "こんにちは".into(),
        shift_jis: "こんにちは".into(),
        cp437: "░▒▓".into(),
    };
    let bytes = "0a00536f6d652041534349490f00e38193e38293e381abe381a1e381af\
                 0a0082b182f182c982bf82cd0300b0b1b2";
    same(&hex(bytes), &value);
    unsatisfied::<Texts>(
        &hex(&bytes.replace("b0b1b2", "b0b1b1")),
        "Texts.cp437: `cp437 == \"░▒▓\"` does not hold, at byte 41",
    );
}
