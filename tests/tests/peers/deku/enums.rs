//! Tags of bytes and bits, bodies, and tags that are not known.

use pickler::{ByteString, Derived, ErrorKind, Pickle};

use crate::both::{hex, refused, same, same_to_the_end};

#[test]
fn variants_of_all_kinds() {
    #[derive(Pickle, Debug, PartialEq)]
    #[pickle(tag = u8)]
    enum Variants {
        #[pickle(tag = 1)]
        Byte(u8),
        Nibbles(#[pickle(bits = 4)] u8, #[pickle(bits = 4)] u8),
        Named {
            #[pickle(derived = len(b))]
            a: Derived<u8>,
            #[pickle(count = a)]
            b: Vec<u8>,
        },
        Prefixed(#[pickle(count = u8)] Vec<u8>),
        #[pickle(other)]
        Other {
            tag: u8,
            body: ByteString,
        },
    }
    same_to_the_end(&hex("01ab"), &Variants::Byte(0xAB));
    same_to_the_end(&hex("0269"), &Variants::Nibbles(6, 9));
    let named = Variants::Named {
        a: Derived::auto(),
        b: vec![0xAA, 0xBB],
    };
    same_to_the_end(&hex("0302aabb"), &named);
    same_to_the_end(&hex("0402aabb"), &Variants::Prefixed(vec![0xAA, 0xBB]));
    let (tag, body) = (0xFF, vec![1].into());
    same_to_the_end(&hex("ff01"), &Variants::Other { tag, body });
}

#[test]
fn discriminants() {
    #[derive(Pickle, Debug, PartialEq)]
    #[pickle(tag = u8)]
    enum Abc {
        A = 0,
        B,
        C = 2,
    }
    same(&[0], &Abc::A);
    same(&[1], &Abc::B);
    same(&[2], &Abc::C);
    let error = refused::<Abc>(&[3]);
    assert_eq!(error.kind(), &ErrorKind::UnknownTag { found: 3 });
}

#[test]
fn bits_with_a_variant_for_the_rest() {
    #[derive(Pickle, Debug, PartialEq)]
    #[pickle(bits = 3)]
    enum Kind {
        A,
        B,
        #[pickle(other)]
        Other(u8),
    }
    #[derive(Pickle, Debug, PartialEq)]
    struct Byte {
        kind: Kind,
        #[pickle(bits = 5)]
        rest: u8,
    }
    let rest = 5;
    same(
        &[0b001_00101],
        &Byte {
            kind: Kind::B,
            rest,
        },
    );
    let kind = Kind::Other(0b101);
    same(&[0b101_00101], &Byte { kind, rest });
}

#[test]
fn byte_orders_of_tag_and_bodies() {
    #[derive(Pickle, Debug, PartialEq)]
    #[pickle(tag = u16)]
    enum Either {
        #[pickle(tag = 1)]
        Little(#[pickle(endian = little)] u16),
        Big {
            x: u16,
        },
    }
    same(&hex("00010100"), &Either::Little(1));
    same(&hex("00020100"), &Either::Big { x: 256 });
}

#[test]
fn byte_order_of_the_field_that_holds_it() {
    #[derive(Pickle, Debug, PartialEq)]
    #[pickle(tag = u32)]
    enum Word {
        #[pickle(tag = 0xDEAD_BEEF)]
        A(u8),
    }
    #[derive(Pickle, Debug, PartialEq)]
    #[pickle(endian = little)]
    struct Holder {
        #[pickle(endian = big)]
        big: Word,
        little: Word,
    }
    let (big, little) = (Word::A(0xFF), Word::A(0xFF));
    same(&hex("deadbeefffefbeaddeff"), &Holder { big, little });
}
