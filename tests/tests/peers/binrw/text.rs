//! Texts that zero ends.

use pickler::{ByteString, ErrorKind, Pickle};

use crate::both::{refused, same};

#[test]
fn of_bytes() {
    #[derive(Pickle, Debug, PartialEq)]
    struct Texts(
        #[pickle(terminator = 0)] String,
        #[pickle(terminator = 0)] String,
    );
    let first = "null terminated strings? in my system's language?";
    let bytes = format!("{first}\0no thanks\0");
    same(bytes.as_bytes(), &Texts(first.into(), "no thanks".into()));

    #[derive(Pickle, Debug, PartialEq)]
    struct Text(#[pickle(terminator = 0)] String);
    same(
        "debug\u{263A}\n\0".as_bytes(),
        &Text("debug\u{263A}\n".into()),
    );
    let error = refused::<Text>(b"truncated\xE2\0");
    assert_eq!(error.kind(), &ErrorKind::NotUtf8 { valid_up_to: 9 });

    #[derive(Pickle, Debug, PartialEq)]
    struct Bytes(#[pickle(terminator = 0)] ByteString);
    let text = b"bad \xFE utf8 \xFE".to_vec();
    same(b"bad \xFE utf8 \xFE\0", &Bytes(text.into()));
}

#[test]
fn of_words_in_both_byte_orders() {
    #[derive(Pickle, Debug, PartialEq)]
    struct Wide(#[pickle(terminator = 0, encoding = utf16)] String);
    #[derive(Pickle, Debug, PartialEq)]
    struct Both {
        #[pickle(endian = little)]
        little: Wide,
        big: Wide,
    }
    let value = Both {
        little: Wide("wide strings".into()),
        big: Wide("are endian dependent".into()),
    };
    let little = b"w\0i\0d\0e\0 \0s\0t\0r\0i\0n\0g\0s\0\0\0";
    let big = b"\0a\0r\0e\0 \0e\0n\0d\0i\0a\0n\0 \0d\0e\0p\0e\0n\0d\0e\0n\0t\0\0";
    same(&[&little[..], &big[..]].concat(), &value);
    // A surrogate without its other half is refused, not replaced.
    let error = refused::<Both>(b"b\0a\0d\0 \0\0\xdc\0\0");
    assert!(matches!(error.kind(), ErrorKind::NotText { .. }), "{error}");
}
