//! Scalars, enumerations and lengths that share bytes, little-endian.

use pickler::{ByteString, Derived, ErrorKind, Pickle};

use crate::both::{hex, refused, same};

#[test]
fn scalars_over_bytes() {
    #[derive(Pickle, Debug, PartialEq)]
    #[pickle(endian = little, bit_order = lsb)]
    struct Scalars {
        #[pickle(bits = 7)]
        a: u8,
        #[pickle(bits = 57)]
        c: u64,
    }
    same(&hex("0000000000000000"), &Scalars { a: 0, c: 0 });
    let c = (1 << 57) - 1;
    same(&hex("80ffffffffffffff"), &Scalars { a: 0, c });
    let c = 283_686_952_306_183;
    same(&hex("8003830282018100"), &Scalars { a: 0, c });
    let error = refused::<Scalars>(&hex("000000000000000000"));
    assert!(matches!(error.kind(), ErrorKind::Trailing { bits: 8 }));
}

#[test]
fn enumeration_of_seven_bits() {
    #[derive(Pickle, Debug, PartialEq)]
    #[pickle(bits = 7)]
    enum Letter {
        A = 1,
        B = 2,
    }
    #[derive(Pickle, Debug, PartialEq)]
    #[pickle(endian = little, bit_order = lsb)]
    struct Lettered {
        a: Letter,
        #[pickle(bits = 57)]
        c: u64,
    }
    let a = Letter::A;
    same(&hex("0100000000000000"), &Lettered { a, c: 0 });
    let (a, c) = (Letter::B, (1 << 57) - 1);
    same(&hex("82ffffffffffffff"), &Lettered { a, c });
    let error = refused::<Lettered>(&hex("7e00000000000000"));
    assert_eq!(error.kind(), &ErrorKind::UnknownTag { found: 0x7E });
}

#[test]
fn reserved_bits() {
    #[derive(Pickle, Debug, PartialEq)]
    #[pickle(endian = little, bit_order = lsb)]
    struct Reserved {
        #[pickle(bits = 7)]
        a: u8,
        #[pickle(bits = 2, constant = 0_u8)]
        reserved: (),
        #[pickle(bits = 55)]
        c: u64,
    }
    let c = 2_261_184_477_268_630;
    let value = Reserved {
        a: 7,
        reserved: (),
        c,
    };
    same(&hex("072c151413121110"), &value);
}

#[test]
fn size_of_three_bits() {
    #[derive(Pickle, Debug, PartialEq)]
    #[pickle(endian = little, bit_order = lsb)]
    struct Sized {
        #[pickle(bits = 3, derived = sizeof(b))]
        size: Derived<u8>,
        #[pickle(bits = 61)]
        a: u64,
        #[pickle(size = size)]
        b: ByteString,
    }
    let value = Sized {
        size: Derived::auto(),
        a: 104_006_728_889_254_366,
        b: vec![31, 16, 33, 34, 35, 36, 37].into(),
    };
    same(&hex("f70e8e0d8d0c8c0b1f102122232425"), &value);
    let value = Sized {
        size: Derived::auto(),
        a: 0,
        b: vec![0; 8].into(),
    };
    let error = pickler::encode(&value).unwrap_err();
    let (value, min, max) = (8, 0, 7);
    assert_eq!(error.kind(), &ErrorKind::OutOfRange { value, min, max });
}

#[test]
fn count_of_three_bits() {
    #[derive(Pickle, Debug, PartialEq)]
    #[pickle(endian = little, bit_order = lsb)]
    struct Counted {
        #[pickle(bits = 3, derived = len(b))]
        count: Derived<u8>,
        #[pickle(bits = 61)]
        a: u64,
        #[pickle(count = count)]
        b: Vec<u8>,
    }
    let value = Counted {
        count: Derived::auto(),
        a: 309_708_581_267_330_649,
        b: vec![44, 47, 46, 49, 48, 51, 50],
    };
    same(&hex("cfb2a292827262222c2f2e31303332"), &value);
}

#[test]
fn fixed_scalar() {
    #[derive(Pickle, Debug, PartialEq)]
    #[pickle(endian = little, bit_order = lsb)]
    struct Fixed {
        #[pickle(bits = 7, constant = 7_u8)]
        seven: (),
        #[pickle(bits = 57)]
        b: u64,
    }
    same(&hex("0700000000000000"), &Fixed { seven: (), b: 0 });
    let error = refused::<Fixed>(&hex("0600000000000000"));
    assert!(matches!(error.kind(), ErrorKind::WrongConstant { .. }));
}

#[test]
fn a_record_in_bits_of_another() {
    #[derive(Pickle, Debug, PartialEq)]
    struct Byte {
        a: u8,
    }
    #[derive(Pickle, Debug, PartialEq)]
    struct Unsized {
        #[pickle(bits = 2, derived = sizeof(array))]
        size: Derived<u8>,
        #[pickle(bits = 6, constant = 0_u8)]
        reserved: (),
        #[pickle(size = size)]
        array: Vec<u8>,
    }
    #[derive(Pickle, Debug, PartialEq)]
    #[pickle(endian = little, bit_order = lsb)]
    struct Both {
        a: Byte,
        b: Unsized,
    }
    let b = Unsized {
        size: Derived::auto(),
        reserved: (),
        array: vec![120, 129, 130],
    };
    let a = Byte { a: 127 };
    same(&hex("7f03788182"), &Both { a, b });
}
