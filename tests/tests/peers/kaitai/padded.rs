//! Texts and bytes of a width, padded, terminated, both, with the same unit for
//! both, empty, and of no width at all.

use pickler::{ByteString, ErrorKind, Pickle};

use crate::both::{hex, reads, refused, same, same_to_the_end};

const PADDED: &[u8] =
    b"str1@@@@@@@@@@@@@@@@str2foo@++++++++++++str+++3bar+++@++++++str4baz@............";

#[test]
fn of_a_width() {
    #[derive(Pickle, Debug, PartialEq)]
    struct Bytes {
        #[pickle(size = 20, pad = b'@')]
        padded: ByteString,
        #[pickle(size = 20, leftover = ignore, terminator = b'@')]
        terminated: ByteString,
        #[pickle(size = 20, terminator = b'@', pad = b'+')]
        both: ByteString,
        #[pickle(size = 20, pad = b'.')]
        kept: Kept,
    }
    #[derive(Pickle, Debug, PartialEq)]
    struct Kept(#[pickle(size = through(b'@'))] ByteString);
    let value = Bytes {
        padded: "str1".into(),
        terminated: "str2foo".into(),
        both: "str+++3bar+++".into(),
        kept: Kept("str4baz@".into()),
    };
    reads(PADDED, &value);
    let empty = Bytes {
        padded: "".into(),
        terminated: "".into(),
        both: "".into(),
        kept: Kept("@".into()),
    };
    let mut bytes = [b'@'; 80];
    bytes[41..60].fill(b'+');
    bytes[61..].fill(b'.');
    reads(&bytes, &empty);
}

#[test]
fn padded_with_what_ends_them() {
    #[derive(Pickle, Debug, PartialEq)]
    struct Bytes {
        #[pickle(size = 20, pad = b'@')]
        same: ByteString,
        #[pickle(size = 20, pad = b'+')]
        kept: Kept,
        #[pickle(size = 20, leftover = ignore, terminator = b'+')]
        early: ByteString,
        #[pickle(size = 20, leftover = ignore)]
        dot: ToDot,
    }
    #[derive(Pickle, Debug, PartialEq)]
    struct Kept(#[pickle(size = through(b'@'))] ByteString);
    #[derive(Pickle, Debug, PartialEq)]
    struct ToDot(#[pickle(size = through(b'.'))] ByteString);
    let value = Bytes {
        same: "str1".into(),
        kept: Kept("str2foo@".into()),
        early: "str".into(),
        dot: ToDot("str4baz@.".into()),
    };
    let mut bytes = PADDED.to_vec();
    bytes[28..40].fill(b'+');
    reads(&bytes, &value);
}

#[test]
fn of_no_width() {
    #[derive(Pickle, Debug, PartialEq)]
    struct Empty {
        #[pickle(size = 0, pad = b'@')]
        padded: ByteString,
        #[pickle(size = 0)]
        bytes: ByteString,
        #[pickle(size = 0)]
        text: String,
        end: u16,
    }
    let value = Empty {
        padded: "".into(),
        bytes: "".into(),
        text: String::new(),
        end: 0xFF01,
    };
    same(&[0xFF, 1], &value);
}

#[test]
fn units_of_utf16() {
    #[derive(Pickle, Debug, PartialEq)]
    #[pickle(endian = little)]
    struct Texts {
        #[pickle(size = 10, pad = 0, padding = ignored, encoding = utf16)]
        first: String,
        #[pickle(size = 10, leftover = ignore, terminator = 0, encoding = utf16)]
        second: String,
        #[pickle(size = 9, leftover = ignore, terminator = 0, encoding = utf16)]
        third: String,
    }
    let value = Texts {
        first: "a\u{200}b".into(),
        second: "c\u{200}d".into(),
        third: "e\u{200}f".into(),
    };
    let bytes = "6100000262000000c0d86300000264000000c0d86500000266002b2b2b";
    let error = refused::<Texts>(&hex(bytes));
    assert!(
        matches!(error.kind(), ErrorKind::UnexpectedEnd { .. }),
        "the third has no room for its terminator: {error}"
    );
    let bytes = "6100000262000000c0d86300000264000000c0d865000002660000002b";
    reads(&hex(bytes), &value);

    #[derive(Pickle, Debug, PartialEq)]
    #[pickle(endian = little)]
    struct Terminated {
        #[pickle(terminator = 0, encoding = utf16)]
        texts: String,
        #[pickle(count = 2, item(terminator = 0, encoding = utf16))]
        more: Vec<String>,
    }
    let value = Terminated {
        texts: "a\u{200}b".into(),
        more: vec!["c\u{200}d".into(), "e\u{200}f".into()],
    };
    same(
        &hex("610000026200000063000002640000006500000266000000"),
        &value,
    );
}

#[test]
fn texts_of_a_width_with_something_between() {
    #[derive(Pickle, Debug, PartialEq)]
    struct Texts {
        #[pickle(size = 3, pad = b'|')]
        first: String,
        skip_first: u8,
        #[pickle(size = 3, pad = b'|')]
        second: ByteString,
        skip_second: u8,
        #[pickle(size = 3)]
        third: String,
        end: u8,
    }
    let value = Texts {
        first: "foo".into(),
        skip_first: b'|',
        second: "bar".into(),
        skip_second: b'|',
        third: "baz".into(),
        end: b'@',
    };
    same(b"foo|bar|baz@", &value);

    #[derive(Pickle, Debug, PartialEq)]
    #[pickle(endian = little)]
    struct Wide {
        #[pickle(size = 6, encoding = utf16)]
        first: String,
        #[pickle(pad_before = 2, size = 6, encoding = utf16)]
        second: String,
        #[pickle(pad_before = 2, size = 6, encoding = utf16)]
        third: String,
        end: u16,
    }
    let value = Wide {
        first: "a\u{200}b".into(),
        second: "c\u{200}d".into(),
        third: "e\u{200}f".into(),
        end: 0,
    };
    same(
        &hex("610000026200000063000002640000006500000266000000"),
        &value,
    );
}

#[test]
fn of_several_ends() {
    #[derive(Pickle, Debug, PartialEq)]
    struct Bytes {
        #[pickle(terminator = b'|')]
        terminated: ByteString,
        #[pickle(size = 4)]
        limited: ByteString,
        #[pickle(rest)]
        to_the_end: ByteString,
    }
    let value = Bytes {
        terminated: "foo".into(),
        limited: "bar|".into(),
        to_the_end: "baz@".into(),
    };
    same_to_the_end(b"foo|bar|baz@", &value);

    #[derive(Pickle, Debug, PartialEq)]
    struct Texts {
        #[pickle(terminator = b'|', encoding = ascii)]
        terminated: String,
        #[pickle(size = 4, encoding = ascii)]
        limited: String,
        #[pickle(rest, encoding = ascii)]
        to_the_end: String,
    }
    let value = Texts {
        terminated: "foo".into(),
        limited: "bar|".into(),
        to_the_end: "baz@".into(),
    };
    same_to_the_end(b"foo|bar|baz@", &value);

    #[derive(Pickle, Debug, PartialEq)]
    struct Whole(#[pickle(rest)] String);
    same_to_the_end(b"foo|bar|baz@", &Whole("foo|bar|baz@".into()));
}

#[test]
fn ends_that_are_missing() {
    #[derive(Pickle, Debug)]
    struct Bytes {
        #[pickle(size = 13)]
        data: ByteString,
    }
    #[derive(Pickle, Debug)]
    struct Data {
        #[pickle(size = 7)]
        data: ByteString,
    }
    #[derive(Pickle, Debug)]
    struct Envelope {
        #[pickle(size = 6)]
        data: Data,
        rest: [u8; 6],
    }
    #[derive(Pickle, Debug)]
    struct Integer {
        before: [u8; 9],
        number: u32,
    }
    let foo = b"foo|bar|baz@";
    let short = |needed, left| ErrorKind::UnexpectedEnd { needed, left };
    assert_eq!(refused::<Bytes>(foo).kind(), &short(13 * 8, 12 * 8));
    assert_eq!(refused::<Envelope>(foo).kind(), &short(7 * 8, 6 * 8));
    assert_eq!(refused::<Integer>(foo).kind(), &short(32, 24));
}
