//! Texts in several encodings.

use pickler::{Derived, ErrorKind, Pickle};

use crate::both::{hex, refused, same};

#[test]
fn ascii_and_utf8_with_a_length() {
    #[derive(Pickle, Debug, PartialEq)]
    #[pickle(endian = little)]
    struct Texts {
        #[pickle(count = u16, encoding = ascii)]
        ascii: String,
        #[pickle(count = u16)]
        utf8: String,
    }
    let value = Texts {
        ascii: "Some ASCII".into(),
        utf8: "こんにちは".into(),
    };
    let bytes = hex("0a00536f6d652041534349490f00e38193e38293e381abe381a1e381af");
    same(&bytes, &value);
    let mut wrong = bytes.clone();
    wrong[3] = 0xE9;
    let error = refused::<Texts>(&wrong);
    assert!(matches!(error.kind(), ErrorKind::NotText { .. }), "{error}");
}

#[test]
fn utf16_in_both_byte_orders_behind_a_mark() {
    #[derive(Pickle, Debug, PartialEq)]
    #[pickle(magic = 0xFEFF_u16)]
    struct Marked {
        #[pickle(rest, encoding = utf16)]
        text: String,
    }
    #[derive(Pickle, Debug, PartialEq)]
    #[pickle(endian = little)]
    struct Both {
        #[pickle(derived = sizeof(big))]
        big_size: Derived<u32>,
        #[pickle(size = big_size, endian = big)]
        big: Marked,
        #[pickle(derived = sizeof(little))]
        little_size: Derived<u32>,
        #[pickle(size = little_size)]
        little: Marked,
    }
    let text = || Marked {
        text: "こんにちは".into(),
    };
    let value = Both {
        big_size: Derived::auto(),
        big: text(),
        little_size: Derived::auto(),
        little: text(),
    };
    let bytes = "0c000000feff30533093306b3061306f0c000000fffe533093306b3061306f30";
    same(&hex(bytes), &value);
}

#[test]
fn four_encodings() {
    #[derive(Pickle, Debug, PartialEq)]
    #[pickle(endian = little)]
    struct Texts {
        #[pickle(size = u16, encoding = ascii)]
        ascii: String,
        #[pickle(size = u16)]
        utf8: String,
        #[pickle(size = u16, encoding = shift_jis)]
        shift_jis: String,
        #[pickle(size = u16, encoding = cp437)]
        cp437: String,
    }
    let value = Texts {
        ascii: "Some ASCII".into(),
        utf8: "こんにちは".into(),
        shift_jis: "こんにちは".into(),
        cp437: "░▒▓".into(),
    };
    let bytes = "0a00536f6d652041534349490f00e38193e38293e381abe381a1e381af\
                 0a0082b182f182c982bf82cd0300b0b1b2"
        .replace(' ', "");
    same(&hex(&bytes), &value);

    #[derive(Pickle, Debug, PartialEq)]
    #[pickle(endian = little)]
    struct Nested {
        #[pickle(size = u16)]
        utf8: String,
        rest: Rest,
    }
    #[derive(Pickle, Debug, PartialEq)]
    struct Rest {
        #[pickle(size = u16)]
        utf8: String,
        #[pickle(size = u16, encoding = shift_jis)]
        shift_jis: String,
        #[pickle(size = u16, encoding = cp437)]
        cp437: String,
    }
    let value = Nested {
        utf8: value.ascii,
        rest: Rest {
            utf8: value.utf8,
            shift_jis: value.shift_jis,
            cp437: value.cp437,
        },
    };
    same(&hex(&bytes), &value);
}
