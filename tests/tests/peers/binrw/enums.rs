//! Enumerations and unions by magic.

use pickler::{ErrorKind, Pickle};

use crate::both::{hex, refused, same};

#[test]
fn integers_as_enumerations() {
    #[derive(Pickle, Debug, PartialEq)]
    #[pickle(tag = i16)]
    enum Signed {
        Negative = -1,
        Zero,
        Two = 2,
    }
    same(&[0xFF, 0xFF], &Signed::Negative);
    same(&[0, 0], &Signed::Zero);
    same(&[0, 2], &Signed::Two);
    let error = refused::<Signed>(&[0, 1]);
    assert_eq!(error.kind(), &ErrorKind::UnknownTag { found: 1 });
}

#[test]
fn a_magic_in_front_of_the_tag() {
    #[derive(Pickle, Debug, PartialEq)]
    #[pickle(tag = u8)]
    enum Either {
        Zero { a: u16 },
        One { a: u16 },
    }
    #[derive(Pickle, Debug, PartialEq)]
    #[pickle(magic = 0x1234_u16)]
    struct Marked {
        either: Either,
    }
    same(
        &hex("1234010203"),
        &Marked {
            either: Either::One { a: 515 },
        },
    );
    let error = refused::<Marked>(&hex("1234020203"));
    assert_eq!(error.kind(), &ErrorKind::UnknownTag { found: 2 });
}

#[test]
fn variants_with_and_without_fields() {
    #[derive(Pickle, Debug, PartialEq)]
    #[pickle(tag = u8)]
    enum Mixed {
        Zero,
        #[pickle(tag = 2)]
        Two {
            a: u16,
            b: u16,
        },
    }
    same(&[0], &Mixed::Zero);
    let error = refused::<Mixed>(&[1]);
    assert_eq!(error.kind(), &ErrorKind::UnknownTag { found: 1 });
    same(&hex("0200030004"), &Mixed::Two { a: 3, b: 4 });
}
