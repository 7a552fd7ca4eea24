//! What broke a law once.

use pickler::laws::Laws;
use pickler::{ErrorKind, Pickle};

/// The padding of the last byte was looked for at the wrong end.
#[test]
fn what_ends_within_a_byte_that_starts_with_the_least_bit() {
    #[derive(Pickle, Debug, PartialEq)]
    #[pickle(bit_order = lsb)]
    struct Three {
        #[pickle(bits = 3)]
        three: u8,
    }

    let laws = Laws::<Three>::new();
    for three in 0..8 {
        assert_eq!(laws.hold_for(&Three { three }), [three]);
    }
    for byte in 8..=0xFF {
        let error = laws.hold_for_bytes(&[byte]).unwrap_err();
        assert_eq!(error.kind(), &ErrorKind::Trailing { bits: 5 });
    }
}

/// The same bits were written and read twice.
#[test]
fn a_byte_filled_from_both_ends() {
    #[derive(Pickle, Debug, PartialEq)]
    struct Both {
        #[pickle(bits = 4)]
        msb: u8,
        #[pickle(bits = 4, bit_order = lsb)]
        lsb: u8,
    }

    let error = pickler::encode(&Both { msb: 1, lsb: 2 }).unwrap_err();
    assert_eq!(error.kind(), &ErrorKind::NotOnByteBoundary);
    let error = Laws::<Both>::new().hold_for_bytes(&[0x12]).unwrap_err();
    assert_eq!(error.kind(), &ErrorKind::NotOnByteBoundary);
}
