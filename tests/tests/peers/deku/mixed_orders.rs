//! Byte order and bit order that do not go together, where the two toolkits
//! differ in part.

use pickler::Pickle;

use crate::both::same;

/// The byte order is little, but the most significant bit comes first: of 15
/// bits the first eight are the low byte.
#[test]
fn little_endian_from_the_most_significant_bit() {
    #[derive(Pickle, Debug, PartialEq)]
    #[pickle(endian = little)]
    struct Tail {
        #[pickle(bits = 1)]
        flag: bool,
        #[pickle(bits = 15)]
        value: u16,
    }
    let (flag, value) = (true, 0x7F01);
    same(&[0x80, 0xFF], &Tail { flag, value });
    let (flag, value) = (false, 0x7F01);
    same(&[0x00, 0xFF], &Tail { flag, value });
}

/// deku reads `10 81` as 0x1001: the eight bits that come first as if they were
/// a whole byte above the other five, which makes 16 bits of 13, of which most
/// values cannot be written. Here the most significant byte is the one that is
/// not whole, as in Erlang's bit syntax, and each 13 bits are a value.
#[test]
fn big_endian_from_the_least_significant_bit() {
    #[derive(Pickle, Debug, PartialEq)]
    #[pickle(endian = big, bit_order = lsb)]
    struct Fragment {
        #[pickle(bits = 13)]
        offset: u16,
        #[pickle(bits = 3)]
        kind: u8,
    }
    let (offset, kind) = (0x1008, 4);
    same(&[0x10, 0x81], &Fragment { offset, kind });

    #[derive(Pickle, Debug, PartialEq)]
    #[pickle(endian = big, bit_order = lsb)]
    struct Byte {
        #[pickle(bits = 8)]
        value: u16,
    }
    same(&[1], &Byte { value: 1 });
}
