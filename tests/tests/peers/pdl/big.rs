//! The layouts that differ in big-endian files: runs of bit fields, least
//! significant field first.

use pickler::{ByteString, Derived, Pickle};

use crate::both::{hex, same};

#[test]
fn scalars_over_bytes() {
    #[derive(Pickle, Debug, PartialEq)]
    struct Reserved {
        #[pickle(bits = 55)]
        c: u64,
        #[pickle(bits = 2, constant = 0_u8)]
        reserved: (),
        #[pickle(bits = 7)]
        a: u8,
    }
    let value = Reserved {
        a: 7,
        reserved: (),
        c: 2_261_184_477_268_630,
    };
    same(&hex("1011121314152c07"), &value);
}

#[test]
fn size_at_the_end_of_its_run() {
    #[derive(Pickle, Debug, PartialEq)]
    struct Sized {
        #[pickle(bits = 61)]
        a: u64,
        #[pickle(bits = 3, derived = sizeof(b))]
        size: Derived<u8>,
        #[pickle(size = size)]
        b: ByteString,
    }
    let value = Sized {
        size: Derived::auto(),
        a: 104_006_728_889_254_366,
        b: vec![31, 16, 33, 34, 35, 36, 37].into(),
    };
    same(&hex("0b8c0c8d0d8e0ef71f102122232425"), &value);
}
