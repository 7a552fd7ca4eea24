//! Enumerations of few bits: closed, open, and whole.

use pickler::{ErrorKind, Pickle};

use crate::both::{hex, refused, same};

#[derive(Pickle, Debug, PartialEq)]
#[pickle(bit_order = lsb)]
struct Field<T> {
    e: T,
    #[pickle(bits = 5, constant = 0_u8)]
    reserved: (),
}

fn field<T>(e: T) -> Field<T> {
    Field { e, reserved: () }
}

#[test]
fn closed() {
    #[derive(Pickle, Debug, PartialEq)]
    #[pickle(bits = 3)]
    enum Closed {
        A = 0,
        B = 1,
    }
    same(&hex("00"), &field(Closed::A));
    same(&hex("01"), &field(Closed::B));
    for found in 2..8 {
        let error = refused::<Field<Closed>>(&[found]);
        let found = found.into();
        assert_eq!(error.kind(), &ErrorKind::UnknownTag { found });
    }
}

#[test]
fn open() {
    #[derive(Pickle, Debug, PartialEq)]
    #[pickle(bits = 3)]
    enum Open {
        A,
        B,
        #[pickle(other)]
        Unknown(u8),
    }
    same(&hex("00"), &field(Open::A));
    same(&hex("01"), &field(Open::B));
    same(&hex("02"), &field(Open::Unknown(2)));
    same(&hex("07"), &field(Open::Unknown(7)));
    assert!(pickler::encode(&field(Open::Unknown(8))).is_err());
    assert!(pickler::encode(&field(Open::Unknown(1))).is_err());
}

#[test]
fn whole() {
    #[derive(Pickle, Debug, PartialEq)]
    #[pickle(bits = 3)]
    enum Whole {
        A,
        B,
        C,
        D,
        E,
        F,
        G,
        H,
    }
    use Whole::{A, B, C, D, E, F, G, H};
    for (byte, e) in (0..).zip([A, B, C, D, E, F, G, H]) {
        same(&[byte], &field(e));
    }
}
