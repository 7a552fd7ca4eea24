//! Fields behind conditions.

use pickler::{ErrorKind, Pickle};

use crate::both::{hex, same};

#[test]
fn by_the_value_of_a_field() {
    #[derive(Pickle, Debug, PartialEq)]
    struct Either {
        a: u8,
        #[pickle(if = a == 1)]
        b: Option<u8>,
    }
    same(&[1, 2], &Either { a: 1, b: Some(2) });
    same(&[2], &Either { a: 2, b: None });
    for (a, b) in [(1, None), (2, Some(2))] {
        let error = pickler::encode(&Either { a, b }).unwrap_err();
        assert!(matches!(error.kind(), ErrorKind::WrongPresence { .. }));
    }
}

/// A byte of flags, of which the last says that there is another.
#[test]
fn by_flags_that_may_be_absent_themselves() {
    #[derive(Pickle, Debug, PartialEq, Default, Clone, Copy)]
    struct Flags {
        #[pickle(bits = 5, constant = 0_u8)]
        spare: (),
        #[pickle(bits = 1)]
        first: bool,
        #[pickle(bits = 1)]
        second: bool,
        #[pickle(bits = 1)]
        more: bool,
    }
    #[derive(Pickle, Debug, PartialEq)]
    struct Record {
        one: Flags,
        #[pickle(if = one.more)]
        two: Flags,
        #[pickle(if = one.first)]
        a: Option<u32>,
        #[pickle(if = one.second)]
        b: Option<u32>,
        #[pickle(if = two.first)]
        c: Option<u32>,
        #[pickle(if = two.second)]
        d: Option<u32>,
    }
    let record = |a: Option<u32>, b: Option<u32>, c: Option<u32>, d: Option<u32>| {
        let flags = |first, second, more| Flags {
            spare: (),
            first,
            second,
            more,
        };
        let more = c.is_some() || d.is_some();
        let one = flags(a.is_some(), b.is_some(), more);
        let two = flags(c.is_some(), d.is_some(), false);
        Record {
            one,
            two,
            a,
            b,
            c,
            d,
        }
    };
    let all = record(Some(1), Some(2), Some(3), Some(4));
    same(&hex("070600000001000000020000000300000004"), &all);
    same(&hex("0200000002"), &record(None, Some(2), None, None));
    same(&hex("010200000004"), &record(None, None, None, Some(4)));
    same(&hex("010400000003"), &record(None, None, Some(3), None));
    let two = record(None, Some(2), Some(3), None);
    same(&hex("03040000000200000003"), &two);
}
