//! Bit-sized integers in both bit orders.

use pickler::{ErrorKind, Pickle};

use crate::both::{hex, refused, same};

/// The first 28 bytes, of which both bit orders read the same fields.
fn bytes() -> Vec<u8> {
    hex("5041434b2d31ffff5041434b2d552d444546ffffffffffffffffffff")
}

#[test]
fn from_the_most_significant_bit() {
    #[derive(Pickle, Debug, PartialEq)]
    struct Simple {
        byte_1: u8,
        byte_2: u8,
        #[pickle(bits = 1)]
        a: bool,
        #[pickle(bits = 3)]
        b: u8,
        #[pickle(bits = 4)]
        c: u8,
        #[pickle(bits = 10)]
        large_1: u16,
        #[pickle(bits = 3)]
        spacer: u8,
        #[pickle(bits = 11)]
        large_2: u16,
        normal: i16,
        #[pickle(bits = 24)]
        three: u32,
        four: u32,
        #[pickle(bits = 40)]
        five: u64,
        eight: u64,
    }
    let value = Simple {
        byte_1: 0x50,
        byte_2: 0x41,
        a: false,
        b: 0b100,
        c: 0b0011,
        large_1: 0b01_0010_1100,
        spacer: 0b101,
        large_2: 0b101_0011_0001,
        normal: -1,
        three: 0x50_4143,
        four: 0x4B2D_552D,
        five: 0x44_4546_FFFF,
        eight: u64::MAX,
    };
    same(&bytes(), &value);
}

#[test]
fn from_the_least_significant_bit() {
    #[derive(Pickle, Debug, PartialEq)]
    #[pickle(endian = little, bit_order = lsb)]
    struct Simple {
        byte_1: u8,
        byte_2: u8,
        #[pickle(bits = 1)]
        a: bool,
        #[pickle(bits = 3)]
        b: u8,
        #[pickle(bits = 4)]
        c: u8,
        #[pickle(bits = 10)]
        large_1: u16,
        #[pickle(bits = 3)]
        spacer: u8,
        #[pickle(bits = 11)]
        large_2: u16,
        #[pickle(endian = big)]
        normal: i16,
        #[pickle(bits = 24)]
        three: u32,
        four: u32,
        #[pickle(bits = 40)]
        five: u64,
        eight: u64,
    }
    let value = Simple {
        byte_1: 0x50,
        byte_2: 0x41,
        a: true,
        b: 0b001,
        c: 0b0100,
        large_1: 0b01_0100_1011,
        spacer: 0b011,
        large_2: 0b001_1000_1001,
        normal: -1,
        three: 0x43_4150,
        four: 0x2D55_2D4B,
        five: 0xFF_FF46_4544,
        eight: u64::MAX,
    };
    same(&bytes(), &value);
}

#[test]
fn thirty_two_bits_off_a_byte_boundary() {
    #[derive(Pickle, Debug, PartialEq)]
    struct Msb {
        #[pickle(bits = 1)]
        a: bool,
        b: u32,
        #[pickle(bits = 7)]
        c: u8,
    }
    // 1 1101100 10111011 10100011 00010100 1 0001010
    let value = Msb {
        a: true,
        b: 0b1101_1001_0111_0111_0100_0110_0010_1001,
        c: 0b000_1010,
    };
    same(&hex("ecbba3148a"), &value);
}

#[test]
fn sixty_four_bits_off_a_byte_boundary() {
    #[derive(Pickle, Debug, PartialEq)]
    #[pickle(endian = little, bit_order = lsb)]
    struct Lsb {
        #[pickle(bits = 1)]
        a: bool,
        b: u64,
        #[pickle(bits = 7)]
        c: u8,
    }
    // The nine bytes as one little-endian integer, shifted by a bit.
    let value = Lsb {
        a: false,
        b: 0x1A66_6A45_0A51_DDF6,
        c: 0b100_0111,
    };
    same(&hex("ecbba3148ad4cc348e"), &value);
}

#[test]
fn both_bit_orders_by_turns() {
    #[derive(Pickle, Debug, PartialEq)]
    struct Big {
        #[pickle(bits = 6)]
        a: u8,
        #[pickle(bits = 10)]
        b: u16,
    }
    #[derive(Pickle, Debug, PartialEq)]
    #[pickle(endian = little, bit_order = lsb)]
    struct Little {
        #[pickle(bits = 5)]
        a: u8,
        #[pickle(bits = 6)]
        b: u8,
        #[pickle(bits = 5)]
        c: u8,
    }
    #[derive(Pickle, Debug, PartialEq)]
    struct Combined {
        one: Big,
        two: u8,
        three: u8,
        four: Little,
        #[pickle(bits = 1)]
        five: bool,
    }
    let value = Combined {
        one: Big {
            a: 0b11_1011,
            b: 0b00_1011_1011,
        },
        two: 0xA3,
        three: 0x14,
        four: Little {
            a: 0b0_1010,
            b: 0b10_0100,
            c: 0b1_1010,
        },
        five: true,
    };
    same(&hex("ecbba3148ad480"), &value);
}

#[test]
fn shifts_by_whole_words() {
    #[derive(Pickle, Debug, PartialEq)]
    #[pickle(endian = little, bit_order = lsb)]
    struct Signed {
        #[pickle(bits = 31)]
        a: u32,
        #[pickle(bits = 9)]
        b: u16,
    }
    same(&hex("000000807f"), &Signed { a: 0, b: 0xFF });

    #[derive(Pickle, Debug, PartialEq)]
    #[pickle(endian = little, bit_order = lsb)]
    struct Whole {
        #[pickle(bits = 64)]
        a: u64,
        #[pickle(bits = 8)]
        b: u8,
    }
    let (a, b) = (u64::MAX, 0);
    same(&hex("ffffffffffffffff00"), &Whole { a, b });
}

#[test]
fn an_end_within_a_field() {
    #[derive(Pickle, Debug, PartialEq)]
    struct Bits {
        #[pickle(bits = 7)]
        a: u8,
        #[pickle(bits = 18)]
        b: u32,
    }
    let error = refused::<Bits>(&[1, 2, 3]);
    let (needed, left) = (18, 17);
    assert_eq!(error.kind(), &ErrorKind::UnexpectedEnd { needed, left });
}

#[test]
fn enumerations_of_bits() {
    macro_rules! animal {
        ($name:ident, $bits:literal) => {
            #[derive(Pickle, Debug, PartialEq)]
            #[pickle(bits = $bits, tag = u8)]
            enum $name {
                Cat = 0,
                Dog = 1,
                Horse = 4,
                Platypus = 5,
            }
        };
    }
    animal!(Nibble, 4);
    animal!(Byte, 8);
    #[derive(Pickle, Debug, PartialEq)]
    #[pickle(bits = 1)]
    enum Bit {
        Cat,
        Dog,
    }
    #[derive(Pickle, Debug, PartialEq)]
    struct Animals {
        one: Nibble,
        two: Byte,
        three: Bit,
        #[pickle(bits = 3)]
        rest: u8,
    }
    let value = Animals {
        one: Nibble::Platypus,
        two: Byte::Horse,
        three: Bit::Cat,
        rest: 1,
    };
    same(&hex("5041"), &value);
}

#[test]
fn header_of_a_transport_stream() {
    #[derive(Pickle, Debug, PartialEq)]
    #[pickle(bits = 2)]
    enum Adaptation {
        Reserved,
        PayloadOnly,
        AdaptationOnly,
        AdaptationAndPayload,
    }
    #[derive(Pickle, Debug, PartialEq)]
    #[pickle(magic = 0x47_u8)]
    struct Header {
        #[pickle(bits = 1)]
        transport_error: bool,
        #[pickle(bits = 1)]
        payload_unit_start: bool,
        #[pickle(bits = 1)]
        priority: bool,
        #[pickle(bits = 13)]
        pid: u16,
        #[pickle(bits = 2)]
        scrambling: u8,
        adaptation: Adaptation,
        #[pickle(bits = 4)]
        continuity: u8,
        payload: [u8; 184],
    }
    let value = Header {
        transport_error: false,
        payload_unit_start: false,
        priority: true,
        pid: 33,
        scrambling: 0,
        adaptation: Adaptation::PayloadOnly,
        continuity: 11,
        payload: [0xFF; 184],
    };
    let mut bytes = hex("4720211b");
    bytes.extend([0xFF; 184]);
    same(&bytes, &value);
}
