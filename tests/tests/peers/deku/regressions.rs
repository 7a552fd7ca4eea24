//! What deku had wrong once.

use pickler::{ErrorKind, Pickle};

use crate::both::{refused, same};

/// A record of 20 bits at most, with tags and bodies off byte boundaries.
#[test]
fn unions_within_bytes() {
    #[derive(Pickle, Debug, PartialEq)]
    #[pickle(bits = 2)]
    enum State {
        Start,
        Go,
        Stop,
    }
    #[derive(Pickle, Debug, PartialEq)]
    struct Short {
        #[pickle(bits = 2)]
        i: u8,
        #[pickle(bits = 4)]
        o: u8,
    }
    #[derive(Pickle, Debug, PartialEq)]
    struct Long {
        w: u8,
        #[pickle(bits = 6)]
        j: u8,
    }
    #[derive(Pickle, Debug, PartialEq)]
    #[pickle(bits = 4)]
    enum Operation {
        Put(Short),
        Store(Short),
        Load(Long),
        Allocate(Long),
    }
    #[derive(Pickle, Debug, PartialEq)]
    struct Packet {
        state: State,
        operation: Operation,
    }
    // 00 0010 00000001 000010 and four bits of padding.
    let (state, operation) = (State::Start, Operation::Load(Long { w: 1, j: 2 }));
    same(&[0x08, 0x04, 0x20], &Packet { state, operation });
    // 10 0001 11 0101 and four bits of padding.
    let (state, operation) = (State::Stop, Operation::Store(Short { i: 3, o: 5 }));
    same(&[0x87, 0x50], &Packet { state, operation });
}

#[test]
fn integers_of_three_bytes() {
    #[derive(Pickle, Debug, PartialEq)]
    struct Big {
        #[pickle(bits = 24)]
        a: u32,
        #[pickle(bits = 24, endian = little)]
        b: u32,
    }
    // 0xAC1FBD
    let (a, b) = (11_280_317, 11_280_317);
    same(&[0xAC, 0x1F, 0xBD, 0xBD, 0x1F, 0xAC], &Big { a, b });
}

#[test]
fn a_byte_over_a_byte_boundary() {
    #[derive(Pickle, Debug, PartialEq)]
    #[pickle(endian = little)]
    struct Four {
        #[pickle(bits = 4)]
        a: u8,
        b: u8,
        #[pickle(bits = 4)]
        c: u8,
    }
    let (a, b, c) = (0, 0xFF, 0);
    same(&[0x0F, 0xF0], &Four { a, b, c });

    #[derive(Pickle, Debug, PartialEq)]
    struct Two {
        #[pickle(bits = 2)]
        a: u8,
        b: u8,
        #[pickle(bits = 6)]
        c: u8,
    }
    let (a, b, c) = (3, 0, 63);
    same(&[0b1100_0000, 0b0011_1111], &Two { a, b, c });
}

#[test]
fn signed_fields_over_byte_boundaries() {
    #[derive(Pickle, Debug, PartialEq)]
    struct Signed {
        #[pickle(bits = 2)]
        a: i8,
        b: i16,
        #[pickle(bits = 6)]
        c: i8,
    }
    let (a, b, c) = (-1, 1, -31);
    same(&[0b1100_0000, 0, 0b0110_0001], &Signed { a, b, c });

    let (a, b, c) = (2, 1, -31);
    let error = pickler::encode(&Signed { a, b, c }).unwrap_err();
    let (value, min, max) = (2, -2, 1);
    assert_eq!(error.kind(), &ErrorKind::OutOfRange { value, min, max });
}

/// A tag of one bit, and what is not known of it within the same byte.
#[test]
fn a_tag_of_one_bit() {
    #[derive(Pickle, Debug, PartialEq)]
    #[pickle(bits = 1)]
    enum Bit {
        Zero,
        #[pickle(other)]
        Other(u8),
    }
    #[derive(Pickle, Debug, PartialEq)]
    struct Two(Bit, Bit);
    same(&[0b0100_0000], &Two(Bit::Zero, Bit::Other(1)));
    assert!(pickler::encode(&Two(Bit::Zero, Bit::Other(0))).is_err());
}

/// 31 bits and a flag: what takes 32 is refused, not cut.
#[test]
fn a_value_that_does_not_fit() {
    #[derive(Pickle, Debug, PartialEq)]
    struct Big {
        #[pickle(bits = 31)]
        number: u32,
        #[pickle(bits = 1)]
        flag: bool,
    }
    #[derive(Pickle, Debug, PartialEq)]
    #[pickle(endian = little, bit_order = lsb)]
    struct Little {
        #[pickle(bits = 31)]
        number: u32,
        #[pickle(bits = 1)]
        flag: bool,
    }
    let (number, flag) = (u32::MAX, true);
    let big = pickler::encode(&Big { number, flag }).unwrap_err();
    let little = pickler::encode(&Little { number, flag }).unwrap_err();
    for error in [big, little] {
        let (value, min, max) = (u32::MAX.into(), 0, 0x7FFF_FFFF);
        assert_eq!(error.kind(), &ErrorKind::OutOfRange { value, min, max });
    }
    let (number, flag) = (0x7FFF_FFFF, true);
    same(&[0xFF; 4], &Big { number, flag });
    same(&[0xFF; 4], &Little { number, flag });
    refused::<Big>(&[0xFF; 5]);
}
