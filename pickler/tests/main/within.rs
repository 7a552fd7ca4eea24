//! What is shared or stands elsewhere, within what is tried, looked at or
//! limited.

use pickler::picklers::{counted, limited_size, peek, share, share_by_offset};
use pickler::schema::Schema;
use pickler::{Derived, ErrorKind, Pickle};

use crate::agreement::{agree, agree_on_bytes, agree_with};

/// Names that are numbers where they were seen before, in variants that are
/// tried.
#[derive(Pickle, Debug, PartialEq)]
#[pickle(choice)]
enum Entry {
    Pair {
        #[pickle(shared = index(u8), count = u8)]
        key: String,
        #[pickle(shared = index(u8), count = u8)]
        value: String,
        #[pickle(range = 0xF0..=0xFF)]
        end: u8,
    },
    Single {
        #[pickle(shared = index(u8), count = u8)]
        name: String,
        #[pickle(range = 0xE0..=0xEF)]
        end: u8,
    },
}

#[derive(Pickle, Debug, PartialEq)]
struct Entries {
    #[pickle(count = u8)]
    list: Vec<Entry>,
    #[pickle(shared = index(u8), count = u8)]
    last: String,
}

#[test]
fn what_was_seen_in_a_try_that_failed_is_forgotten() {
    let single = |name: &str| Entry::Single {
        name: name.into(),
        end: 0xE0,
    };
    let entries = Entries {
        list: vec![
            single("a"),
            Entry::Pair {
                key: "b".into(),
                value: "a".into(),
                end: 0xF1,
            },
            single("b"),
        ],
        last: "a".into(),
    };
    let bytes = agree(&entries);
    assert_eq!(
        bytes,
        [3, 0, 1, b'a', 0xE0, 1, 1, b'b', 0, 0xF1, 1, 0xE0, 0]
    );
}

#[test]
fn a_limit_does_not_hide_what_was_seen() {
    let name = || share::<u8, _>("", counted::<u8, String>());
    let two = (limited_size::<4, _>(name()), limited_size::<4, _>(name()));
    let same = ("ab".to_owned(), "ab".to_owned());
    assert_eq!(agree_with(&two, &same), [0, 2, b'a', b'b', 0]);
    let other = ("ab".to_owned(), "c".to_owned());
    assert_eq!(agree_with(&two, &other), [0, 2, b'a', b'b', 1, 1, b'c']);

    let name = || share_by_offset::<16, _>(0xC000, counted::<u8, String>());
    let two = (limited_size::<8, _>(name()), limited_size::<2, _>(name()));
    let same = ("abc".to_owned(), "abc".to_owned());
    assert_eq!(agree_with(&two, &same), [3, b'a', b'b', b'c', 0xC0, 0]);
}

#[test]
fn a_look_ahead_leaves_what_is_seen_as_it_is() {
    let name = || share::<u8, _>("", counted::<u8, String>());
    let two = (peek(name(), name()), name());
    let value = |first: &str, second: &str| {
        let first = first.to_owned();
        ((first.clone(), first), second.to_owned())
    };
    assert_eq!(agree_with(&two, &value("ab", "ab")), [0, 2, b'a', b'b', 0]);
    assert_eq!(
        agree_with(&two, &value("ab", "c")),
        [0, 2, b'a', b'b', 1, 1, b'c']
    );
}

/// Something elsewhere, in variants that are tried.
#[derive(Pickle, Debug, PartialEq)]
#[pickle(choice)]
enum Place {
    Far {
        #[pickle(derived = offset(text))]
        at: Derived<u8>,
        #[pickle(at = at, count = u8)]
        text: String,
        #[pickle(range = 0xF0..=0xFF)]
        end: u8,
    },
    Near {
        #[pickle(derived = offset(number))]
        at: Derived<u16>,
        #[pickle(at = at, range = 0x100..=0x1FF)]
        number: u16,
        end: u8,
    },
}

#[derive(Pickle, Debug, PartialEq)]
struct Places {
    #[pickle(count = u8)]
    list: Vec<Place>,
}

#[test]
fn what_stands_elsewhere_is_found_by_the_variant_that_is_read() {
    let far = |text: &str| Place::Far {
        at: Derived::auto(),
        text: text.into(),
        end: 0xF0,
    };
    let near = |number| Place::Near {
        at: Derived::auto(),
        number,
        end: 1,
    };
    let places = Places {
        list: vec![near(0x123), far("ab"), near(0x1FF)],
    };
    let bytes = agree(&places);
    assert_eq!(
        bytes,
        [
            3, 0, 9, 1, 11, 0xF0, 0, 14, 1, 0x01, 0x23, 2, b'a', b'b', 0x01, 0xFF
        ]
    );
    let schema = Schema::of::<Places>();
    let error = agree_on_bytes::<Places>(&schema, &[1, 0, 40, 1]).unwrap_err();
    assert!(
        matches!(error.kind(), ErrorKind::OutsideInput { .. }),
        "{error}"
    );
}
