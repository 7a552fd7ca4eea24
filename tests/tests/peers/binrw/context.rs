//! Arguments.

use pickler::{Derived, ErrorKind, Pickle};

use crate::both::{hex, refused, same};

#[test]
fn copies_of_arguments() {
    #[derive(Pickle, Debug, PartialEq)]
    #[pickle(context(x: u32, y: u8))]
    struct Inner {
        #[pickle(derived = x)]
        copy_of_x: Derived<u32>,
        #[pickle(derived = y)]
        copy_of_y: Derived<u8>,
    }
    #[derive(Pickle, Debug, PartialEq)]
    struct Outer {
        #[pickle(given(x = 1, y = 2))]
        inner: Inner,
    }
    let inner = Inner {
        copy_of_x: Derived::auto(),
        copy_of_y: Derived::auto(),
    };
    same(&hex("0000000102"), &Outer { inner });
    let error = refused::<Outer>(&hex("0000000202"));
    let (expected, found) = (1, 2);
    assert_eq!(error.kind(), &ErrorKind::WrongDerived { expected, found });
}

#[test]
fn a_default_in_place_of_what_is_not_read() {
    #[derive(Pickle, Debug, PartialEq)]
    #[pickle(context(try_read: bool))]
    struct Attempt {
        #[pickle(if = try_read, default = 10)]
        a: u8,
    }
    #[derive(Pickle, Debug, PartialEq)]
    struct Attempts {
        #[pickle(given(try_read = true))]
        one: Attempt,
        #[pickle(given(try_read = false))]
        two: Attempt,
    }
    let (one, two) = (Attempt { a: 1 }, Attempt { a: 10 });
    same(&[1], &Attempts { one, two });
}

#[test]
fn a_byte_order_that_a_field_decides() {
    #[derive(Pickle, Debug, PartialEq)]
    struct Number {
        big: bool,
        #[pickle(endian = if big { big } else { little })]
        value: (u16, u32),
    }
    let value = (0x0102, 3);
    same(&hex("01010200000003"), &Number { big: true, value });
    same(&hex("00020103000000"), &Number { big: false, value });
}
