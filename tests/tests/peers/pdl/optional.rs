//! Fields that a flag of the same packet makes present, or absent.

use pickler::{Derived, ErrorKind, Pickle};

use crate::both::{hex, refused, same};

#[test]
fn scalars() {
    #[derive(Pickle, Debug, PartialEq)]
    #[pickle(endian = little, bit_order = lsb)]
    struct Scalars {
        #[pickle(bits = 1)]
        c0: bool,
        #[pickle(bits = 1)]
        c1: bool,
        #[pickle(bits = 6, constant = 0_u8)]
        reserved: (),
        #[pickle(if = !c0, bits = 24)]
        a: Option<u32>,
        #[pickle(if = c1)]
        b: Option<u32>,
    }
    let scalars = |c0, c1, a, b| Scalars {
        c0,
        c1,
        reserved: (),
        a,
        b,
    };
    same(&hex("01"), &scalars(true, false, None, None));
    let (a, b) = (8_125_441, 2_215_910_437);
    let both = scalars(false, true, Some(a), Some(b));
    same(&hex("0201fc7b251c1484"), &both);
    same(&hex("03251c1484"), &scalars(true, true, None, Some(b)));
    let wrong = pickler::encode(&scalars(true, false, Some(a), None)).unwrap_err();
    assert!(matches!(wrong.kind(), ErrorKind::WrongPresence { .. }));
}

#[test]
fn enumerations() {
    #[derive(Pickle, Debug, PartialEq)]
    #[pickle(tag = u16)]
    enum Word {
        A = 0xAABB,
        B = 0xCCDD,
    }
    #[derive(Pickle, Debug, PartialEq)]
    #[pickle(endian = little, bit_order = lsb)]
    struct Words {
        #[pickle(bits = 1)]
        c0: bool,
        #[pickle(bits = 1)]
        c1: bool,
        #[pickle(bits = 6, constant = 0_u8)]
        reserved: (),
        #[pickle(if = !c0)]
        a: Option<Word>,
        #[pickle(if = c1)]
        b: Option<Word>,
    }
    let value = Words {
        c0: false,
        c1: true,
        reserved: (),
        a: Some(Word::B),
        b: Some(Word::B),
    };
    same(&hex("02ddccddcc"), &value);
    let error = refused::<Words>(&hex("02ddccddcc00"));
    assert_eq!(error.kind(), &ErrorKind::Trailing { bits: 8 });
    let value = Words {
        c0: false,
        c1: false,
        reserved: (),
        a: Some(Word::A),
        b: None,
    };
    same(&hex("00bbaa"), &value);
}

#[test]
fn records() {
    #[derive(Pickle, Debug, PartialEq)]
    struct Byte {
        a: u8,
    }
    #[derive(Pickle, Debug, PartialEq)]
    struct Chunk {
        #[pickle(bits = 2, derived = sizeof(array))]
        size: Derived<u8>,
        #[pickle(bits = 6, constant = 0_u8)]
        reserved: (),
        #[pickle(size = size)]
        array: Vec<u8>,
    }
    #[derive(Pickle, Debug, PartialEq)]
    #[pickle(endian = little, bit_order = lsb)]
    struct Records {
        #[pickle(bits = 1)]
        c0: bool,
        #[pickle(bits = 1)]
        c1: bool,
        #[pickle(bits = 6, constant = 0_u8)]
        reserved: (),
        #[pickle(if = !c0)]
        a: Option<Byte>,
        #[pickle(if = c1)]
        b: Option<Chunk>,
    }
    let chunk = Chunk {
        size: Derived::auto(),
        reserved: (),
        array: vec![135, 128, 137],
    };
    let value = Records {
        c0: false,
        c1: true,
        reserved: (),
        a: Some(Byte { a: 134 }),
        b: Some(chunk),
    };
    same(&hex("028603878089"), &value);
}
