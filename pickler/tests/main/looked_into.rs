//! What expressions see of fields that may be absent, and of structs of one field.

use pickler::{ErrorKind, Pickle};

use crate::agreement::{agree, agree_on_random};

#[derive(Pickle, Debug, PartialEq)]
struct Sizes {
    size: u16,
}

/// What may be absent, in expressions; the rest where something is there.
#[derive(Pickle, Debug, PartialEq)]
struct Looked {
    short: u8,
    #[pickle(if = short == 254)]
    long: Option<u16>,
    #[pickle(flag)]
    sizes: Option<Sizes>,
    #[pickle(count = if short < 254 { short } else { if short == 254 { long } else { sizes.size } })]
    payload: Vec<u8>,
    #[pickle(if = short & 1 == 1, rest)]
    tail: Vec<u16>,
    #[pickle(rest, size = u8)]
    trailer: Option<Vec<u8>>,
}

#[test]
fn what_may_be_absent_is_seen_where_it_is_there() {
    let looked = |short, long, size: Option<u16>| Looked {
        short,
        long,
        sizes: size.map(|size| Sizes { size }),
        payload: vec![9],
        tail: Vec::new(),
        trailer: None,
    };
    assert_eq!(agree(&looked(254, Some(1), None)), [254, 0, 1, 0, 9]);
    assert_eq!(agree(&looked(255, None, Some(1))), [255, 1, 0, 1, 9]);
    let error = pickler::encode(&looked(255, None, None)).unwrap_err();
    assert!(matches!(error.kind(), ErrorKind::NoValue { .. }), "{error}");
    agree_on_random::<Looked>();
}

#[test]
fn the_rest_where_something_is_there() {
    let odd = Looked {
        short: 1,
        long: None,
        sizes: None,
        payload: vec![9],
        tail: vec![7, 8],
        trailer: None,
    };
    assert_eq!(agree(&odd), [1, 0, 9, 0, 7, 0, 8]);
    let even = Looked {
        short: 0,
        payload: Vec::new(),
        tail: Vec::new(),
        trailer: Some(vec![5]),
        ..odd
    };
    assert_eq!(agree(&even), [0, 0, 1, 5]);
    let wrong = Looked {
        tail: vec![7],
        ..even
    };
    let error = pickler::encode(&wrong).unwrap_err();
    assert_eq!(error.kind(), &ErrorKind::WrongPresence { expected: false });
}

#[derive(Pickle, Debug, PartialEq)]
struct Length(#[pickle(flags(LONG = 0x80, ..))] u8);

#[derive(Pickle, Debug, PartialEq)]
struct Name(#[pickle(count = u8)] String);

/// Structs of one number, or text, in expressions.
#[derive(Pickle, Debug, PartialEq)]
struct Named {
    length: Length,
    #[pickle(assert = name == "MQTT" || length == 0x81)]
    name: Name,
    #[pickle(count = length & 0x7F)]
    body: Vec<u8>,
}

#[test]
fn structs_of_one_number_are_that_number() {
    let named = |length, name: &str| Named {
        length: Length(length),
        name: Name(name.into()),
        body: vec![7],
    };
    assert_eq!(agree(&named(1, "MQTT")), b"\x01\x04MQTT\x07");
    assert_eq!(agree(&named(0x81, "")), b"\x81\0\x07");
    let error = pickler::encode(&named(1, "")).unwrap_err();
    assert!(
        matches!(error.kind(), ErrorKind::Unsatisfied { .. }),
        "{error}"
    );
    agree_on_random::<Named>();
}

/// What stands for nothing may be something else for people.
#[derive(Pickle, Debug, PartialEq)]
struct Shown {
    #[pickle(none = 255, shown(null = -1))]
    dealer: Option<u8>,
    #[pickle(if = present(dealer), shown(null = "none"))]
    bet: Option<u8>,
    #[pickle(if = present(bet) == false)]
    seat: Option<u8>,
}

#[test]
fn what_is_not_there_is_seen_whatever_it_is_shown_as() {
    let shown = |dealer, bet, seat| Shown { dealer, bet, seat };
    assert_eq!(agree(&shown(Some(3), Some(4), None)), [3, 4]);
    assert_eq!(agree(&shown(None, None, Some(9))), [255, 9]);
    agree_on_random::<Shown>();
}
