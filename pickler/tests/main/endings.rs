//! What becomes of what ends a list, text, bytes or a piece.

use pickler::schema::{Leniency, Schema};
use pickler::{ByteString, ErrorKind, Pickle, dynamic};

use crate::agreement::{agree, agree_on_bytes, agree_on_random};

#[derive(Pickle, Debug, PartialEq)]
struct Lines {
    #[pickle(terminator = b"\r\n")]
    first: String,
    #[pickle(terminator = b"\r\n", terminator_is = kept)]
    second: ByteString,
    #[pickle(terminator = b"::", terminator_is = left)]
    word: String,
    #[pickle(constant = b"::")]
    colons: (),
    #[pickle(size = until(b"\r\n"))]
    numbers: Vec<u16>,
    #[pickle(size = before(b'|'))]
    pairs: Vec<(u8, u8)>,
    #[pickle(constant = b"|")]
    bar: (),
}

fn lines() -> Lines {
    Lines {
        first: "a\rb\n".into(),
        second: b"\r\r\n".into(),
        word: "c:d".into(),
        colons: (),
        numbers: vec![0x0A0D, 1],
        pairs: vec![(1, 2)],
        bar: (),
    }
}

#[test]
fn several_bytes_end_something() {
    let bytes = agree(&lines());
    assert_eq!(bytes, *b"a\rb\n\r\n\r\r\nc:d::\x0A\x0D\0\x01\r\n\x01\x02|");
    agree_on_random::<Lines>();
    let schema = Schema::of::<Lines>();
    assert_eq!(schema.canonical(), Ok(()));
    let error = agree_on_bytes::<Lines>(&schema, b"a\rb\r").unwrap_err();
    assert_eq!(
        error.to_string(),
        "Lines.first: needs 1 byte, 0 bytes left, at byte 4"
    );
}

#[test]
fn what_would_end_too_early_or_not_at_all_is_refused() {
    let refused = |change: fn(&mut Lines)| {
        let mut value = lines();
        change(&mut value);
        pickler::encode(&value).unwrap_err().to_string()
    };
    assert_eq!(
        refused(|it| it.first = "a\r\nb".into()),
        "Lines.first: unit 1 would end it"
    );
    assert_eq!(
        refused(|it| it.second = b"ab\n".into()),
        "Lines.second: does not end with the bytes 0D 0A"
    );
    assert_eq!(
        refused(|it| it.second = b"a\r\n\r\n".into()),
        "Lines.second: unit 1 would end it"
    );
    // The first of the colons that end it would be seen as its last.
    assert_eq!(
        refused(|it| it.word = "a:".into()),
        "Lines.word: unit 1 would end it"
    );
    assert_eq!(
        refused(|it| it.numbers = vec![0x0D0A]),
        "Lines.numbers: unit 0 would end it"
    );
    assert_eq!(
        refused(|it| it.pairs = vec![(1, b'|')]),
        "Lines.pairs: unit 1 would end it"
    );
}

#[test]
fn both_codecs_refuse_alike() {
    fn refused<T: pickler::PickleOwned>(value: &T, shown: dynamic::Value) {
        let error = pickler::encode(value).unwrap_err();
        assert_eq!(dynamic::encode(&Schema::of::<T>(), &shown), Err(error));
    }
    #[derive(Pickle)]
    struct Kept(#[pickle(terminator = b"\r\n", terminator_is = kept)] String);
    refused(&Kept("a".into()), "a".into());
    refused(&Kept("\r\n\r\n".into()), "\r\n\r\n".into());
    #[derive(Pickle)]
    struct Left(#[pickle(size = before(b"::"))] String);
    refused(&Left("a:".into()), "a:".into());
    #[derive(Pickle)]
    struct Numbers(
        #[pickle(terminator = -1, terminator_is = kept, item(varint = sleb128))] Vec<i32>,
    );
    let list = |items: &[i32]| {
        let items = items.iter().map(|item| (*item).into());
        dynamic::Value::List(items.collect())
    };
    refused(&Numbers(vec![1]), list(&[1]));
    refused(&Numbers(vec![-1, 1]), list(&[-1, 1]));
    refused(&Numbers(vec![-1, -1]), list(&[-1, -1]));
}

#[derive(Pickle, Debug, PartialEq)]
struct Loose {
    #[pickle(terminator = 0 | end)]
    name: String,
    #[pickle(rest, item(size = through(b"\r\n" | end)))]
    lines: Vec<String>,
}

#[test]
fn the_end_of_the_input_may_end_it() {
    let loose = |name: &str, lines: &[&str]| Loose {
        name: name.into(),
        lines: lines.iter().map(|line| (*line).into()).collect(),
    };
    let value = loose("bob", &["a\r\n", "b\r"]);
    assert_eq!(agree(&value), *b"bob\0a\r\nb\r");
    agree_on_random::<Loose>();
    let schema = Schema::of::<Loose>();
    assert_eq!(
        agree_on_bytes::<Loose>(&schema, b"bob"),
        Ok(loose("bob", &[]))
    );
    // What lacks is written.
    assert_eq!(agree(&loose("bob", &[])), *b"bob\0");
    assert_eq!(
        schema.canonical(),
        Err(vec![Leniency::Terminator {
            path: "Loose.name".into()
        }])
    );
    let early = loose("", &["a\r\nb"]);
    let error = pickler::encode(&early).unwrap_err();
    assert_eq!(error.to_string(), "Loose.lines[0]: unit 1 would end it");
}

#[test]
fn there_is_room_for_it_or_not() {
    #[derive(Pickle, Debug, PartialEq)]
    struct Names {
        width: u8,
        #[pickle(size = width, terminator = 0 | end)]
        name: String,
        #[pickle(size = 4, pad = b' ', terminator = b"\r\n" | end)]
        line: String,
        #[pickle(size = 5, leftover = ignore, encoding = utf16, terminator = 0 | end)]
        wide: String,
        #[pickle(size = 3, terminator = 0 | end)]
        numbers: Vec<u8>,
    }
    let names = |width, name: &str, line: &str, wide: &str, numbers: &[u8]| Names {
        width,
        name: name.into(),
        line: line.into(),
        wide: wide.into(),
        numbers: numbers.into(),
    };
    let value = names(4, "bob", "ab", "hi", &[1, 2]);
    assert_eq!(agree(&value), *b"\x04bob\0ab\r\n\0h\0i\0\x01\x02\0");
    let value = names(3, "bob", "abc", "h", &[1, 2, 3]);
    assert_eq!(agree(&value), *b"\x03bobabc \0h\0\0\0\x01\x02\x03");
    agree_on_random::<Names>();

    let long = names(2, "bob", "", "", &[1, 2]);
    let error = pickler::encode(&long).unwrap_err();
    assert!(matches!(
        error.kind(),
        ErrorKind::WrongDerived {
            expected: 2,
            found: 3
        }
    ));
    let short = names(3, "b", "", "", &[1, 2]);
    assert!(pickler::encode(&short).is_err());
}

#[derive(Pickle, Debug, PartialEq)]
#[pickle(endian = little)]
struct Numbers {
    #[pickle(terminator = -1, item(varint = sleb128))]
    taken: Vec<i32>,
    #[pickle(terminator = 0, terminator_is = kept, item(bits = 12))]
    kept: Vec<u16>,
    #[pickle(bits = 4)]
    four: u8,
    #[pickle(terminator = 0x0100, terminator_is = left)]
    left: Vec<u16>,
    #[pickle(constant = 0x0100_u16)]
    behind: (),
    #[pickle(terminator = None, item(none = 255))]
    seats: Vec<Option<u8>>,
    #[pickle(terminator = 7 | end)]
    last: Vec<u16>,
}

#[test]
fn items_end_lists() {
    let numbers = || Numbers {
        taken: vec![1, -2],
        kept: vec![0x123, 0x456, 0],
        four: 7,
        left: vec![1, 2],
        behind: (),
        seats: vec![Some(1)],
        last: vec![3],
    };
    let bytes = agree(&numbers());
    assert_eq!(bytes[..3], [1, 0x7E, 0x7F]);
    assert_eq!(bytes[8..], [1, 0, 2, 0, 0, 1, 1, 255, 3, 0, 7, 0]);
    agree_on_random::<Numbers>();
    let schema = Schema::of::<Numbers>();
    assert_eq!(
        agree_on_bytes::<Numbers>(&schema, &bytes[..bytes.len() - 2]),
        Ok(numbers())
    );
    let error = agree_on_bytes::<Numbers>(&schema, &bytes[..bytes.len() - 1]).unwrap_err();
    assert_eq!(error.to_string(), "Numbers: 1 byte left over, at byte 18");
    let lacks = Numbers {
        kept: vec![1],
        ..numbers()
    };
    assert_eq!(
        pickler::encode(&lacks).unwrap_err().to_string(),
        "Numbers.kept: does not end with the item that ends it"
    );
    let holds = Numbers {
        left: vec![1, 0x100],
        ..numbers()
    };
    assert_eq!(
        pickler::encode(&holds).unwrap_err().to_string(),
        "Numbers.left: unit 1 would end it"
    );
}

#[test]
fn endings_stand_off_byte_boundaries() {
    #[derive(Pickle, Debug, PartialEq)]
    struct Shifted {
        #[pickle(bits = 4)]
        first: u8,
        #[pickle(terminator = b"ab", terminator_is = left)]
        left: String,
        #[pickle(terminator = b"b", terminator_is = kept)]
        kept: String,
        #[pickle(terminator = 0 | end)]
        name: String,
    }
    let shifted = |name: &str| Shifted {
        first: 1,
        left: "a".into(),
        kept: "ab".into(),
        name: name.into(),
    };
    assert_eq!(agree(&shifted("")), [0x16, 0x16, 0x16, 0x20, 0x00]);
    agree_on_random::<Shifted>();
    let schema = Schema::of::<Shifted>();
    assert_eq!(
        agree_on_bytes::<Shifted>(&schema, &[0x16, 0x16, 0x16, 0x26, 0x30]),
        Ok(shifted("c"))
    );
}

#[test]
fn they_are_borrowed() {
    #[derive(Pickle, Debug, PartialEq)]
    struct Line<'a> {
        #[pickle(terminator = b"= ", terminator_is = left)]
        key: &'a str,
        #[pickle(terminator = b"\n" | end, terminator_is = kept)]
        value: &'a [u8],
    }
    let bytes = *b"key= a b\n";
    let line: Line<'_> = pickler::decode(&bytes).unwrap();
    assert_eq!((line.key, line.value), ("key", &b"= a b\n"[..]));
    assert_eq!(pickler::encode(&line), Ok(bytes.to_vec()));
    let line: Line<'_> = pickler::decode(&bytes[..7]).unwrap();
    assert_eq!((line.key, line.value), ("key", &b"= a "[..]));
}

#[test]
fn padding_is_of_any_byte_and_stands_behind_a_terminator() {
    #[derive(Pickle, Debug, PartialEq)]
    #[pickle(endian = little)]
    struct Padded {
        #[pickle(size = 4, pad = 255)]
        bytes: ByteString,
        #[pickle(count = 3, item(size = 3, pad = 0xAA, terminator = 0x55 | end, terminator_is = kept))]
        items: Vec<ByteString>,
        #[pickle(size = 9, pad = b'+', terminator = 0 | end, encoding = utf16)]
        odd: String,
        #[pickle(size = 5, pad = 0, encoding = utf16)]
        with_nuls: String,
        #[pickle(size = 3, pad = 0xFF)]
        numbers: Vec<u8>,
    }
    let value = Padded {
        bytes: b"\xFF\xFE".into(),
        items: vec![b"\x55".into(), b"".into(), b"\xAA\x01\x55".into()],
        odd: "a\u{200}b".into(),
        with_nuls: "hi".into(),
        numbers: vec![1],
    };
    let bytes = agree(&value);
    assert_eq!(bytes[..4], [0xFF, 0xFE, 0xFF, 0xFF]);
    let items = [0x55, 0xAA, 0xAA, 0xAA, 0xAA, 0xAA, 0xAA, 1, 0x55];
    assert_eq!(bytes[4..13], items);
    assert_eq!(bytes[13..22], *b"a\0\0\x02b\0\0\0+");
    assert_eq!(bytes[22..], *b"h\0i\0\0\x01\xFF\xFF");
    agree_on_random::<Padded>();
    let full = Padded {
        odd: "abcd".into(),
        ..value
    };
    assert_eq!(agree(&full)[13..22], *b"a\0b\0c\0d\0+");
    let long = Padded {
        odd: "abcde".into(),
        ..full
    };
    let error = pickler::encode(&long).unwrap_err();
    assert_eq!(
        error.to_string(),
        "Padded.odd: 10 long, but its count can say 9 at most"
    );
    let like_padding = Padded {
        odd: String::new(),
        bytes: b"a\xFF".into(),
        ..long
    };
    let error = pickler::encode(&like_padding).unwrap_err();
    assert_eq!(error.to_string(), "Padded.bytes: unit 1 would end it");
}

#[test]
fn what_stands_behind_a_terminator_may_be_ignored() {
    #[derive(Pickle, Debug, PartialEq)]
    struct Padded {
        #[pickle(size = 6, pad = b'+', terminator = b'|' | end, leftover = ignore)]
        name: String,
    }
    let name = |name: &str| Padded { name: name.into() };
    assert_eq!(agree(&name("bob")), *b"bob|++");
    let schema = Schema::of::<Padded>();
    let read = |bytes: &[u8]| agree_on_bytes::<Padded>(&schema, bytes).unwrap();
    assert_eq!(read(b"bob|x+"), name("bob"));
    assert_eq!(read(b"bob+++"), name("bob"));
    assert_eq!(read(b"b+ob++"), name("b+ob"));
    agree_on_random::<Padded>();
}
