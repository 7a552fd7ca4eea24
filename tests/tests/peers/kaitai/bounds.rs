//! The least and the greatest numbers, sizes that are computed, and ends that
//! come too early.

use pickler::{ErrorKind, Pickle};

use crate::both::{hex, refused, same};

#[test]
fn numbers_past_those_that_floats_hold() {
    #[derive(Pickle, Debug, PartialEq)]
    struct Pair {
        big: i64,
        #[pickle(endian = little)]
        little: i64,
    }
    let pairs = [
        -9_007_199_254_740_991,
        9_007_199_254_740_991,
        -9_007_199_254_740_993,
        9_007_199_254_740_993,
    ];
    let bytes = "ffe0000000000001010000000000e0ff001fffffffffffffffffffffffff1f00\
        ffdfffffffffffffffffffffffffdfff00200000000000010100000000002000";
    let pairs = pairs.map(|number| Pair {
        big: number,
        little: number,
    });
    same(&hex(bytes), &pairs);
}

#[test]
fn names_of_the_least_and_the_greatest() {
    #[derive(Pickle, Debug, PartialEq)]
    #[pickle(tag = i32)]
    enum Signed {
        #[pickle(tag = -2_147_483_648)]
        Least,
        #[pickle(tag = 0)]
        Zero,
        #[pickle(tag = 2_147_483_647)]
        Greatest,
    }
    let signed = [Signed::Least, Signed::Zero, Signed::Greatest];
    same(&hex("80000000000000007fffffff"), &signed);

    #[derive(Pickle, Debug, PartialEq)]
    #[pickle(tag = u32)]
    enum Unsigned {
        #[pickle(tag = 0)]
        Zero,
        #[pickle(tag = 4_294_967_295)]
        Greatest,
    }
    let unsigned = [Unsigned::Zero, Unsigned::Greatest];
    same(&hex("00000000ffffffff"), &unsigned);

    #[derive(Pickle, Debug, PartialEq)]
    #[pickle(tag = i64)]
    enum Long {
        #[pickle(tag = -9_223_372_036_854_775_808)]
        Least,
        #[pickle(tag = -2_147_483_649)]
        BelowInt,
        #[pickle(tag = 0)]
        Zero,
        #[pickle(tag = 2_147_483_648)]
        AboveInt,
        #[pickle(tag = 9_223_372_036_854_775_807)]
        Greatest,
    }
    let long = [
        Long::Least,
        Long::BelowInt,
        Long::Zero,
        Long::AboveInt,
        Long::Greatest,
    ];
    let bytes = "8000000000000000ffffffff7fffffff000000000000000000000000800000007fffffffffffffff";
    same(&hex(bytes), &long);

    #[derive(Pickle, Debug, PartialEq)]
    #[pickle(tag = u64)]
    enum UnsignedLong {
        #[pickle(tag = 0)]
        Zero,
        #[pickle(tag = 4_294_967_296)]
        AboveInt,
        #[pickle(tag = 18_446_744_073_709_551_615)]
        Greatest,
    }
    let long = [
        UnsignedLong::Zero,
        UnsignedLong::AboveInt,
        UnsignedLong::Greatest,
    ];
    let bytes = "00000000000000000000000100000000ffffffffffffffff";
    same(&hex(bytes), &long);
}

#[test]
fn a_length_that_counts_two_more() {
    #[derive(Pickle, Debug, PartialEq)]
    #[pickle(endian = little)]
    struct Text {
        length: u16,
        #[pickle(count = length - 2, encoding = ascii)]
        text: String,
    }
    let value = Text {
        length: 10,
        text: "Some ASC".into(),
    };
    same(b"\x0A\0Some ASC", &value);
}

#[test]
fn a_piece_larger_than_what_is_in_it() {
    #[derive(Pickle, Debug, PartialEq)]
    #[pickle(endian = little)]
    struct Block {
        a: u8,
        b: u32,
        c: [u8; 2],
    }
    #[derive(Pickle, Debug, PartialEq)]
    #[pickle(endian = little)]
    struct Sized {
        #[pickle(size = 12, leftover = ignore)]
        block: Block,
        more: u16,
    }
    let value = Sized {
        block: Block {
            a: 0x50,
            b: 0x2D4B_4341,
            c: [0x31, 0xFF],
        },
        more: 0x2D4B,
    };
    crate::both::reads(&hex("5041434b2d31ffff5041434b4b2d"), &value);
}

#[test]
fn records_that_are_cut_off() {
    #[derive(Pickle, Debug)]
    struct Nothing {}
    #[derive(Pickle, Debug)]
    #[allow(dead_code, reason = "it cannot be read")]
    struct Sized {
        #[pickle(size = 13, leftover = ignore)]
        nothing: Nothing,
    }
    #[derive(Pickle, Debug)]
    #[allow(dead_code, reason = "it cannot be read")]
    struct Inner {
        #[pickle(size = 7, leftover = ignore)]
        nothing: Nothing,
    }
    #[derive(Pickle, Debug)]
    #[allow(dead_code, reason = "it cannot be read")]
    struct Envelope {
        #[pickle(size = 6)]
        inner: Inner,
    }
    #[derive(Pickle, Debug)]
    #[allow(dead_code, reason = "it cannot be read")]
    #[pickle(tag = u16, endian = little)]
    enum Switched {
        #[pickle(tag = 0x1FF)]
        One(i16),
        #[pickle(tag = 2)]
        Two(u16),
    }
    let short = |needed, left| ErrorKind::UnexpectedEnd { needed, left };
    let bytes = b"foo|bar|baz@";
    assert_eq!(refused::<Sized>(bytes).kind(), &short(13 * 8, 12 * 8));
    assert_eq!(refused::<Envelope>(bytes).kind(), &short(7 * 8, 6 * 8));
    assert_eq!(refused::<Switched>(&[0xFF, 1]).kind(), &short(16, 0));
}

#[test]
fn a_header_of_two_numbers() {
    #[derive(Pickle, Debug, PartialEq)]
    #[pickle(endian = little)]
    struct Header {
        width: u32,
        height: u32,
    }
    let header = Header {
        width: 0x42,
        height: 0x1337,
    };
    same(&hex("4200000037130000"), &header);
}

#[test]
fn an_indicator_that_there_is_not() {
    #[derive(Pickle, Debug, PartialEq)]
    struct Document {
        #[pickle(one_of = [0x4949, 0x4D4D])]
        indicator: u16,
        #[pickle(endian = if indicator == 0x4949 { little } else { big })]
        number: u32,
    }
    let error = refused::<Document>(&hex("585800000042"));
    assert!(
        matches!(error.kind(), ErrorKind::Unsatisfied { .. }),
        "{error}"
    );
    let value = Document {
        indicator: 0x4D4D,
        number: 0x42,
    };
    same(&hex("4d4d00000042"), &value);
}
