//! Integers, floating-point numbers and constants in both byte orders.

use pickler::{ErrorKind, Pickle};

use crate::both::{hex, refused, same};

#[test]
fn integers_between_constants() {
    #[derive(Pickle, Debug, PartialEq)]
    #[pickle(magic = b"PACK-S-BE")]
    struct Signed {
        values: (i16, i32, i64),
    }
    #[derive(Pickle, Debug, PartialEq)]
    #[pickle(magic = b"PACK-U-BE")]
    struct Unsigned {
        values: (u16, u32, u64),
    }
    #[derive(Pickle, Debug, PartialEq)]
    #[pickle(endian = little, magic = b"PACK-S-LE")]
    struct SignedLittle {
        values: (i16, i32, i64),
    }
    #[derive(Pickle, Debug, PartialEq)]
    #[pickle(endian = little, magic = b"PACK-U-LE")]
    struct UnsignedLittle {
        values: (u16, u32, u64),
    }
    #[derive(Pickle, Debug, PartialEq)]
    #[pickle(endian = little, magic = b"PACK-1")]
    struct Packed {
        byte: u8,
        signed_byte: i8,
        #[pickle(constant = *b"PACK-U-DEF")]
        unsigned_mark: (),
        unsigned: (u16, u32, u64),
        #[pickle(constant = *b"PACK-S-DEF")]
        signed_mark: (),
        signed: (i16, i32, i64),
        unsigned_little: UnsignedLittle,
        signed_little: SignedLittle,
        #[pickle(endian = big)]
        unsigned_big: Unsigned,
        #[pickle(endian = big)]
        signed_big: Signed,
    }
    let value = Packed {
        byte: 255,
        signed_byte: -1,
        unsigned_mark: (),
        unsigned: (u16::MAX, u32::MAX, u64::MAX),
        signed_mark: (),
        signed: (-1, -1, -1),
        unsigned_little: UnsignedLittle {
            values: (66, 66, 66),
        },
        signed_little: SignedLittle {
            values: (-66, -66, -66),
        },
        unsigned_big: Unsigned {
            values: (66, 66, 66),
        },
        signed_big: Signed {
            values: (-66, -66, -66),
        },
    };
    let bytes = "5041434b2d31ffff\
        5041434b2d552d444546ffffffffffffffffffffffffffff\
        5041434b2d532d444546ffffffffffffffffffffffffffff\
        5041434b2d552d4c4542004200000042000000000000005041434b2d532d4c45beffbeffffff\
        beffffffffffffff\
        5041434b2d552d424500420000004200000000000000425041434b2d532d4245ffbeffffffbe\
        ffffffffffffffbe";
    same(&hex(bytes), &value);
}

#[test]
fn floats_in_both_byte_orders() {
    #[derive(Pickle, Debug, PartialEq)]
    #[pickle(endian = little)]
    struct Floats {
        single: f32,
        double: f64,
        #[pickle(endian = big)]
        single_big: f32,
        #[pickle(endian = big)]
        double_big: f64,
        approximate: f32,
    }
    let value = Floats {
        single: 0.5,
        double: 0.25,
        single_big: 0.5,
        double_big: 0.25,
        approximate: 1.2345,
    };
    let bytes = "0000003f000000000000d03f3f0000003fd000000000000019049e3f";
    same(&hex(bytes), &value);
}

#[test]
fn enumerations() {
    #[derive(Pickle, Debug, PartialEq)]
    #[pickle(tag = u32)]
    enum Animal {
        Dog = 4,
        Cat = 7,
        Chicken = 12,
    }
    #[derive(Pickle, Debug, PartialEq)]
    #[pickle(endian = little)]
    struct Pets(Animal, Animal);
    same(
        &hex("070000000c000000"),
        &Pets(Animal::Cat, Animal::Chicken),
    );
    let error = refused::<Pets>(&hex("080000000c000000"));
    assert_eq!(error.kind(), &ErrorKind::UnknownTag { found: 8 });
}

#[test]
fn an_enumeration_with_a_negative_value() {
    #[derive(Pickle, Debug, PartialEq)]
    #[pickle(tag = i8)]
    enum Constant {
        Negative = -1,
        Positive = 1,
    }
    #[derive(Pickle, Debug, PartialEq)]
    struct Two(Constant, Constant);
    same(&[0xFF, 1], &Two(Constant::Negative, Constant::Positive));
}

#[test]
fn least_and_greatest_integers() {
    #[derive(Pickle, Debug, PartialEq)]
    struct Integers {
        u8: u8,
        #[pickle(endian = little)]
        little: (u16, u32, u64),
        big: (u16, u32, u64),
    }
    #[derive(Pickle, Debug, PartialEq)]
    struct Signed {
        i8: i8,
        #[pickle(endian = little)]
        little: (i16, i32, i64),
        big: (i16, i32, i64),
    }
    #[derive(Pickle, Debug, PartialEq)]
    struct Bounds {
        unsigned: (Integers, Integers),
        signed: (Signed, Signed),
    }
    let unsigned = |u8, u16, u32, u64| Integers {
        u8,
        little: (u16, u32, u64),
        big: (u16, u32, u64),
    };
    let signed = |i8, i16, i32, i64| Signed {
        i8,
        little: (i16, i32, i64),
        big: (i16, i32, i64),
    };
    let value = Bounds {
        unsigned: (
            unsigned(0, 0, 0, 0),
            unsigned(u8::MAX, u16::MAX, u32::MAX, u64::MAX),
        ),
        signed: (
            signed(i8::MIN, i16::MIN, i32::MIN, i64::MIN),
            signed(i8::MAX, i16::MAX, i32::MAX, i64::MAX),
        ),
    };
    let bytes = format!(
        "{}{}80008000000080000000000000008080008000000080000000000000007fff7fffffff7f\
         ffffffffffffff7f7fff7fffffff7fffffffffffffff",
        "00".repeat(29),
        "ff".repeat(29),
    );
    let bytes = hex(&bytes.replace(' ', ""));
    same(&bytes, &value);
}

#[test]
fn decimal_digits() {
    #[derive(Pickle, Debug, PartialEq)]
    #[pickle(endian = little)]
    struct Digits {
        #[pickle(bcd)]
        all: u32,
        #[pickle(bcd, endian = big)]
        big: u32,
        #[pickle(bcd)]
        leading_zeros: u32,
    }
    let value = Digits {
        all: 12_345_678,
        big: 78_563_412,
        leading_zeros: 123_456,
    };
    same(&hex("785634127856341256341200"), &value);
    let error = refused::<Digits>(&hex("7A5634127856341256341200"));
    assert!(
        matches!(error.kind(), ErrorKind::NotDigit { .. }),
        "{error}"
    );
}
