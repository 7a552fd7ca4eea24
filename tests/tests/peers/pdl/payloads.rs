//! Payloads with a size, with a size that differs from their own, and to the
//! end; packets that derive from others.

use pickler::{ByteString, Derived, Pickle};

use crate::both::{hex, same};

#[test]
fn payload_with_a_size() {
    #[derive(Pickle, Debug, PartialEq)]
    #[pickle(endian = little, bit_order = lsb)]
    struct Packet {
        #[pickle(bits = 3, derived = sizeof(payload))]
        size: Derived<u8>,
        #[pickle(bits = 5, constant = 0_u8)]
        reserved: (),
        #[pickle(size = size)]
        payload: ByteString,
    }
    let packet = |payload: Vec<u8>| Packet {
        size: Derived::auto(),
        reserved: (),
        payload: payload.into(),
    };
    same(&hex("00"), &packet(vec![]));
    let payload = hex("43444546474049");
    same(&hex("0743444546474049"), &packet(payload));
}

#[test]
fn payload_with_a_size_that_counts_two_more() {
    #[derive(Pickle, Debug, PartialEq)]
    #[pickle(endian = little, bit_order = lsb)]
    struct Packet {
        #[pickle(bits = 3, derived = sizeof(payload) + 2)]
        size: Derived<u8>,
        #[pickle(bits = 5, constant = 0_u8)]
        reserved: (),
        #[pickle(size = size - 2)]
        payload: ByteString,
    }
    let packet = |payload: Vec<u8>| Packet {
        size: Derived::auto(),
        reserved: (),
        payload: payload.into(),
    };
    same(&hex("02"), &packet(vec![]));
    same(&hex("074a4b4c4d4e"), &packet(hex("4a4b4c4d4e")));
}

#[test]
fn packets_that_derive_from_one() {
    #[derive(Pickle, Debug, PartialEq)]
    #[pickle(endian = little, tag = u8, length = u8)]
    enum Packet {
        #[pickle(tag = 0)]
        ScalarA {
            b: u8,
        },
        ScalarB {
            c: u16,
        },
        AliasedA {
            b: u8,
        },
        AliasedB {
            c: u16,
        },
    }
    same(&hex("000100"), &Packet::ScalarA { b: 0 });
    same(&hex("000102"), &Packet::ScalarA { b: 2 });
    same(&hex("03023784"), &Packet::AliasedB { c: 33847 });
}

#[test]
fn packets_that_derive_by_an_enumeration() {
    #[derive(Pickle, Debug, PartialEq)]
    #[pickle(endian = little, tag = u16, length = u8)]
    enum Packet {
        #[pickle(tag = 0xAABB)]
        A { b: u8 },
        #[pickle(tag = 0xCCDD)]
        B { c: u16 },
    }
    same(&hex("bbaa0100"), &Packet::A { b: 0 });
    same(&hex("ddcc021c84"), &Packet::B { c: 33820 });
}
