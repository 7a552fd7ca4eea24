//! What types are given by what they are in.

use pickler::Pickle;

use crate::both::{hex, same};

#[test]
fn conditions_on_parameters() {
    #[derive(Pickle, Debug, PartialEq)]
    #[pickle(context(with_a: u8, with_b: u8))]
    struct Given {
        #[pickle(if = with_a == 1)]
        a: Option<u8>,
        #[pickle(if = with_b == 1)]
        b: Option<u8>,
    }
    #[derive(Pickle, Debug, PartialEq)]
    struct Fixed {
        #[pickle(given(with_a = 1, with_b = 2))]
        given: Given,
    }
    let given = Given {
        a: Some(0xFF),
        b: None,
    };
    same(&[0xFF], &Fixed { given });
}

#[test]
fn a_sum_of_fields_and_a_parameter() {
    #[derive(Pickle, Debug, PartialEq)]
    #[pickle(context(first: u8, second: u8))]
    struct Given {
        #[pickle(count = first + second)]
        bytes: Vec<u8>,
    }
    #[derive(Pickle, Debug, PartialEq)]
    struct Fields {
        a: u8,
        b: u8,
        #[pickle(given(first = a + 1, second = b))]
        given: Given,
    }
    let given = Given {
        bytes: vec![3, 4, 5, 6],
    };
    same(&hex("010203040506"), &Fields { a: 1, b: 2, given });
}

/// The bits of a parameter come from a record that ends within a byte.
#[test]
fn parameters_off_a_byte_boundary() {
    #[derive(Pickle, Debug, PartialEq)]
    #[pickle(context(is_wide: bool))]
    struct Value {
        #[pickle(if = !is_wide, bits = 7)]
        narrow: Option<u8>,
        #[pickle(if = is_wide, bits = 15)]
        wide: Option<u16>,
    }
    #[derive(Pickle, Debug, PartialEq)]
    #[pickle(endian = little, bit_order = lsb)]
    struct Bits {
        #[pickle(bits = 1)]
        wide: bool,
        #[pickle(given(is_wide = wide))]
        value: Value,
    }
    let value = Value {
        narrow: None,
        wide: Some(0x7F80),
    };
    same(&[0x01, 0xFF], &Bits { wide: true, value });
    let value = Value {
        narrow: Some(0x7F),
        wide: None,
    };
    same(&[0xFE], &Bits { wide: false, value });
}
