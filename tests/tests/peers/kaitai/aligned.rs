//! Bits, behind which what follows starts at the next byte.

use pickler::{ByteString, Pickle};

use crate::both::{hex, reads, refused, same};

#[test]
fn bytes_behind_bits() {
    #[derive(Pickle, Debug, PartialEq)]
    struct Inner {
        #[pickle(bits = 19, pad_bits_after = 5, padding = ignored)]
        inner: u32,
    }
    #[derive(Pickle, Debug, PartialEq)]
    struct Aligned {
        #[pickle(bits = 6)]
        one: u8,
        #[pickle(align = 1, padding = ignored)]
        byte_1: u8,
        #[pickle(bits = 3)]
        two: u8,
        #[pickle(bits = 1)]
        three: bool,
        #[pickle(align = 1, padding = ignored)]
        byte_2: [u8; 1],
        #[pickle(bits = 14)]
        four: u16,
        #[pickle(align = 1, padding = ignored, size = 3)]
        byte_3: Inner,
        #[pickle(bits = 8)]
        full_byte: u8,
        byte_4: u8,
        #[pickle(bits = 22)]
        five: u32,
        #[pickle(align = 1, padding = ignored, size = through(0x45))]
        terminated: ByteString,
        #[pickle(bits = 8)]
        six: u8,
    }
    let value = Aligned {
        one: 0b01_0100,
        byte_1: 0x41,
        two: 0b010,
        three: false,
        byte_2: [0x4B],
        four: 0b0010_1101_0011_00,
        byte_3: Inner {
            inner: 0b1111_1111_1111_1111_010,
        },
        full_byte: 0x41,
        byte_4: 0x43,
        five: 0b0100_1011_0010_1101_0101_01,
        terminated: hex("2d4445").into(),
        six: 0x46,
    };
    reads(&hex("5041434b2d31ffff5041434b2d552d444546"), &value);
}

#[test]
fn bits_at_the_end() {
    #[derive(Pickle, Debug, PartialEq)]
    struct Msb {
        before: [u8; 8],
        #[pickle(bits = 31, pad_bits_after = 1, padding = ignored)]
        bits: u32,
    }
    #[derive(Pickle, Debug, PartialEq)]
    #[pickle(endian = little, bit_order = lsb)]
    struct Lsb {
        before: [u8; 8],
        #[pickle(bits = 31, pad_bits_after = 1, padding = ignored)]
        bits: u32,
    }
    let bytes = hex("123456781234567800123456");
    let before = [0x12, 0x34, 0x56, 0x78, 0x12, 0x34, 0x56, 0x78];
    let bits = 0b0000_0000_0001_0010_0011_0100_0101_011;
    reads(&bytes, &Msb { before, bits });
    let bits = 0b101_0110_0011_0100_0001_0010_0000_0000;
    reads(&bytes, &Lsb { before, bits });
}

#[test]
fn words_off_a_byte_boundary() {
    #[derive(Pickle, Debug, PartialEq)]
    #[pickle(endian = little, bit_order = lsb)]
    struct Lsb {
        #[pickle(bits = 1)]
        a: bool,
        b: u32,
        #[pickle(bits = 7)]
        c: u8,
    }
    let value = Lsb {
        a: false,
        b: 0b0000_1010_0101_0001_1101_1101_1111_0110,
        c: 0b100_0101,
    };
    same(&hex("ecbba3148a"), &value);

    #[derive(Pickle, Debug, PartialEq)]
    struct Msb {
        #[pickle(bits = 1)]
        a: bool,
        b: u64,
        #[pickle(bits = 7)]
        c: u8,
    }
    // The nine bytes as one big-endian integer, shifted by seven bits.
    let value = Msb {
        a: true,
        b: 0xD977_4629_15A9_9869,
        c: 0b000_1110,
    };
    same(&hex("ecbba3148ad4cc348e"), &value);

    #[derive(Pickle, Debug, PartialEq)]
    #[pickle(endian = little, bit_order = lsb)]
    struct Words(#[pickle(bits = 32)] u32, #[pickle(bits = 8)] u8);
    same(&hex("ffffffff00"), &Words(u32::MAX, 0));
    #[derive(Pickle, Debug, PartialEq)]
    #[pickle(endian = little, bit_order = lsb)]
    struct Shifted(#[pickle(bits = 63)] u64, #[pickle(bits = 9)] u16);
    same(&hex("00000000000000807f"), &Shifted(0, 0xFF));
}

#[test]
fn bits_that_are_missing() {
    #[derive(Pickle, Debug, PartialEq)]
    #[pickle(endian = little, bit_order = lsb)]
    struct Lsb {
        #[pickle(bits = 7)]
        before: u8,
        #[pickle(bits = 18)]
        bits: u32,
    }
    #[derive(Pickle, Debug, PartialEq)]
    struct Whole {
        #[pickle(bits = 8)]
        before: u8,
        #[pickle(bits = 17)]
        bits: u32,
    }
    let bytes = hex("0142ff");
    assert_eq!(
        refused::<Lsb>(&bytes).to_string(),
        "Lsb.bits: needs 18 bits, 17 bits left, at byte 0 bit 7"
    );
    assert_eq!(
        refused::<Whole>(&bytes).to_string(),
        "Whole.bits: needs 17 bits, 2 bytes left, at byte 1"
    );
}
