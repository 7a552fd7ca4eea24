//! Magic, byte orders, and counts.

use std::num::NonZeroU8;

use pickler::{ByteString, Derived, ErrorKind, Pickle};

use crate::both::{hex, refused, same};

#[test]
fn magic_of_records_and_fields() {
    #[derive(Pickle, Debug, PartialEq)]
    #[pickle(endian = little, magic = 0x1234_5678_u32)]
    struct Magic {
        #[pickle(endian = big, constant = 0x9ABC_u16)]
        mark: (),
        #[pickle(endian = big)]
        x: u32,
        y: u16,
    }
    let (mark, x, y) = ((), 1, 3);
    same(&hex("785634129abc000000010300"), &Magic { mark, x, y });

    #[derive(Pickle, Debug, PartialEq)]
    #[pickle(magic = b"A")]
    struct Letters {
        b: u8,
        #[pickle(constant = *b"C")]
        mark: (),
        d: u8,
    }
    let (b, d) = (b'B', b'D');
    same(b"ABCD", &Letters { b, mark: (), d });
    let error = refused::<Letters>(b"ABBB");
    assert!(matches!(error.kind(), ErrorKind::WrongConstant { .. }));
}

#[test]
fn byte_orders_of_fields() {
    #[derive(Pickle, Debug, PartialEq)]
    struct Mixed {
        x: u16,
        #[pickle(endian = little)]
        y: u16,
        #[pickle(endian = big)]
        z: u32,
        #[pickle(endian = little)]
        w: u32,
    }
    let (x, y, z, w) = (1, 2, 3, 3);
    same(&hex("000102000000000303000000"), &Mixed { x, y, z, w });
}

#[test]
fn byte_orders_of_records() {
    #[derive(Pickle, Debug, PartialEq)]
    #[pickle(endian = little)]
    struct Little {
        x: u16,
        y: u32,
    }
    #[derive(Pickle, Debug, PartialEq)]
    struct Inherited {
        x: u16,
        y: u32,
    }
    #[derive(Pickle, Debug, PartialEq)]
    #[pickle(endian = big)]
    struct Both {
        #[pickle(endian = big)]
        little: Little,
        big: Inherited,
    }
    let value = Both {
        little: Little { x: 1, y: 2 },
        big: Inherited { x: 3, y: 4 },
    };
    same(&hex("010002000000000300000004"), &value);
}

#[test]
fn count_that_no_one_sets() {
    #[derive(Pickle, Debug, PartialEq)]
    struct Letters {
        #[pickle(derived = len(letters))]
        len: Derived<u32>,
        #[pickle(count = len)]
        letters: ByteString,
    }
    let value = Letters {
        len: Derived::auto(),
        letters: "ABCDE".into(),
    };
    same(b"\0\0\0\x05ABCDE", &value);
}

#[test]
fn a_count_beyond_all_bounds() {
    #[derive(Pickle, Debug, PartialEq)]
    #[pickle(endian = little)]
    struct Huge {
        count: u128,
        #[pickle(count = count)]
        items: Vec<u8>,
    }
    refused::<Huge>(&[0xFF; 16]);
    let mut bytes = u128::from(u64::MAX).to_le_bytes().to_vec();
    let error = refused::<Huge>(&bytes);
    let (count, possible) = (u64::MAX, 0);
    assert_eq!(error.kind(), &ErrorKind::CountTooLarge { count, possible });
    bytes.fill(0);
    let (count, items) = (0, vec![]);
    same(&bytes, &Huge { count, items });
}

#[test]
fn calculated_fields() {
    #[derive(Pickle, Debug, PartialEq)]
    struct Calculated {
        x: u8,
        #[pickle(derived = 2)]
        y: Derived<u16>,
        #[pickle(derived = y + 1)]
        z: Derived<u16>,
        #[pickle(derived = x + 2)]
        w: Derived<u32>,
    }
    let (y, z, w) = (Derived::auto(), Derived::auto(), Derived::auto());
    same(&[1, 0, 2, 0, 3, 0, 0, 0, 3], &Calculated { x: 1, y, z, w });
    let error = refused::<Calculated>(&[1, 0, 2, 0, 4, 0, 0, 0, 3]);
    let (expected, found) = (3, 4);
    assert_eq!(error.kind(), &ErrorKind::WrongDerived { expected, found });
}

#[test]
fn boxes_and_tuples() {
    same(&[3], &Box::new(3_u8));
    same(&[1, 2], &(1_u8, 2_u8));
    #[derive(Pickle, Debug, PartialEq)]
    struct Pair(#[pickle(endian = big)] u16, #[pickle(endian = little)] u16);
    same(&[0, 1, 2, 0], &Pair(1, 2));
}

#[test]
fn integers_of_three_bytes_and_those_that_are_not_zero() {
    #[derive(Pickle, Debug, PartialEq)]
    #[pickle(endian = little)]
    struct Words(
        #[pickle(bits = 24)] u32,
        #[pickle(bits = 24)] u32,
        NonZeroU8,
    );
    let one = NonZeroU8::MIN;
    same(&hex("000000ffffff01"), &Words(0, 0xFF_FFFF, one));
    let error = refused::<Words>(&hex("000000ffffff00"));
    assert_eq!(error.kind(), &ErrorKind::IsZero);
}
