//! Lists and texts: of a constant count, with a count or size in an earlier
//! field, and lengths that no one sets.

use pickler::{ByteString, Derived, ErrorKind, Pickle};

use crate::both::{hex, refused, same};

#[test]
fn constant_count() {
    #[derive(Pickle, Debug, PartialEq)]
    struct Two {
        #[pickle(count = 2)]
        data: Vec<u8>,
    }
    let data = vec![0xAA, 0xBB];
    same(&[0xAA, 0xBB], &Two { data });
    let data = vec![0xAA];
    assert!(pickler::encode(&Two { data }).is_err());

    #[derive(Pickle, Debug, PartialEq)]
    struct Pair {
        #[pickle(count = 1)]
        data: Vec<(u8, u8)>,
    }
    let data = vec![(0xAA, 0xBB)];
    same(&[0xAA, 0xBB], &Pair { data });

    #[derive(Pickle, Debug, PartialEq)]
    struct Empty {
        #[pickle(count = 0)]
        data: Vec<u8>,
    }
    same(&[], &Empty { data: vec![] });
}

#[test]
fn count_in_a_field() {
    #[derive(Pickle, Debug, PartialEq)]
    struct Counted {
        count: u8,
        #[pickle(count = count)]
        data: Vec<u8>,
    }
    let (count, data) = (2, vec![0xAA, 0xBB]);
    same(&hex("02aabb"), &Counted { count, data });
    let error = refused::<Counted>(&hex("03aabb"));
    let (count, possible) = (3, 2);
    assert_eq!(error.kind(), &ErrorKind::CountTooLarge { count, possible });
}

#[test]
fn size_in_bytes() {
    #[derive(Pickle, Debug, PartialEq)]
    #[pickle(endian = little)]
    struct Sized {
        bytes: u8,
        #[pickle(size = bytes)]
        data: Vec<u16>,
    }
    let (bytes, data) = (2, vec![0xBBAA]);
    same(&hex("02aabb"), &Sized { bytes, data });
    refused::<Sized>(&hex("03aabb"));

    #[derive(Pickle, Debug, PartialEq)]
    #[pickle(endian = little)]
    struct Static {
        #[pickle(size = 2)]
        data: Vec<u16>,
    }
    let data = vec![0xBBAA];
    same(&hex("aabb"), &Static { data });
}

/// A temporary field: not to be set, but there for what comes later.
#[test]
fn count_that_no_one_sets() {
    #[derive(Pickle, Debug, PartialEq)]
    struct Counted {
        #[pickle(derived = len(b))]
        a: Derived<u8>,
        #[pickle(count = a)]
        b: Vec<u8>,
    }
    let b = vec![2];
    same(
        &[1, 2],
        &Counted {
            a: Derived::auto(),
            b,
        },
    );

    #[derive(Pickle, Debug, PartialEq)]
    #[pickle(tag = u8)]
    enum Either {
        #[pickle(tag = 0xAB)]
        Counted {
            #[pickle(derived = len(b))]
            a: Derived<u8>,
            #[pickle(count = a)]
            b: Vec<u8>,
        },
        #[pickle(tag = 0xBA)]
        Plain(u8),
    }
    let b = vec![2];
    same(
        &[0xAB, 1, 2],
        &Either::Counted {
            a: Derived::auto(),
            b,
        },
    );
    same(&[0xBA, 0x10], &Either::Plain(0x10));
}

/// What deku brings up to date when asked to is always so here, unless forged.
#[test]
fn count_is_up_to_date() {
    #[derive(Pickle, Debug, PartialEq, Default)]
    struct Counted {
        #[pickle(derived = len(data))]
        count: Derived<u8>,
        #[pickle(count = count)]
        data: Vec<u8>,
    }
    let mut value: Counted = pickler::decode(&hex("02aabb")).unwrap();
    value.data.push(0xFF);
    same(&hex("03aabbff"), &value);
}

#[test]
fn magic() {
    #[derive(Pickle, Debug, PartialEq)]
    #[pickle(magic = b"deku")]
    struct Magic {}
    same(&hex("64656b75"), &Magic {});
    for wrong in ["64656bde", "6465ad75", "64be6b75", "ef656b75"] {
        let error = refused::<Magic>(&hex(wrong));
        assert!(matches!(error.kind(), ErrorKind::WrongConstant { .. }));
    }

    #[derive(Pickle, Debug, PartialEq)]
    struct InFront {
        #[pickle(constant = *b"deku")]
        magic: (),
        byte: u8,
    }
    let byte = 0;
    same(&hex("64656b7500"), &InFront { magic: (), byte });
}

#[test]
fn text_with_a_length() {
    #[derive(Pickle, Debug, PartialEq)]
    struct Text {
        len: u8,
        #[pickle(size = len)]
        text: ByteString,
    }
    let (len, text) = (4, "test".into());
    same(b"\x04test", &Text { len, text });
}
