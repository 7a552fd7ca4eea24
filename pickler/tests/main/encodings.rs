//! Text in encodings that a table tells.

use pickler::schema::{Leniency, Schema, TextEncoding};
use pickler::{ErrorKind, Pickle, dynamic};

use crate::agreement::{agree, agree_on_bytes, agree_on_random};

#[derive(Pickle, Debug, PartialEq)]
struct Texts {
    #[pickle(count = u8, encoding = cp437)]
    shades: String,
    #[pickle(terminator = 0, encoding = shift_jis)]
    japanese: String,
    #[pickle(size = 4, pad = b' ', encoding = iso8859_15)]
    price: String,
    #[pickle(terminator = b"\r\n" | end, encoding = windows_1251)]
    russian: String,
}

fn texts() -> Texts {
    Texts {
        shades: "\u{2591}\u{A0}A".into(),
        japanese: "\u{3053}\u{FF8A}a".into(),
        price: "\u{20AC} 5".into(),
        russian: "\u{416}".into(),
    }
}

#[test]
fn characters_become_bytes_and_back() {
    let bytes = agree(&texts());
    assert_eq!(bytes, *b"\x03\xB0\xFFA\x82\xB1\xCAa\0\xA4 5 \xC6\r\n");
    agree_on_random::<Texts>();
}

#[test]
fn each_byte_of_a_code_page_is_another_character() {
    #[derive(Pickle, Debug, PartialEq)]
    struct Dos(#[pickle(rest, encoding = cp437)] String);
    #[derive(Pickle, Debug, PartialEq)]
    struct Western(#[pickle(rest, encoding = windows_1252)] String);
    let all: Vec<u8> = (0..=255).collect();
    let text: Dos = pickler::decode(&all).unwrap();
    assert_eq!(text.0.chars().nth(0xE1), Some('\u{DF}'));
    assert_eq!(pickler::encode(&text).as_ref(), Ok(&all));
    let text: Western = pickler::decode(&all).unwrap();
    assert_eq!(text.0.chars().nth(0x80), Some('\u{20AC}'));
    assert_eq!(pickler::encode(&text).as_ref(), Ok(&all));
}

#[test]
fn what_an_encoding_lacks_is_refused() {
    let refused = |change: fn(&mut Texts)| {
        let mut value = texts();
        change(&mut value);
        pickler::encode(&value).unwrap_err().to_string()
    };
    assert_eq!(
        refused(|it| it.shades = "\u{20AC}".into()),
        "Texts.shades: '\u{20AC}' is no character of code page 437"
    );
    // It would become a backslash.
    assert_eq!(
        refused(|it| it.japanese = "a\u{A5}".into()),
        "Texts.japanese: '\u{A5}' is no character of Shift JIS"
    );
    assert_eq!(
        refused(|it| it.price = "\u{A4}".into()),
        "Texts.price: '\u{A4}' is no character of ISO 8859-15"
    );
    assert_eq!(
        refused(|it| it.russian = "\u{E9}".into()),
        "Texts.russian: '\u{E9}' is no character of Windows 1251"
    );
    // Nor are bytes of a character padding, or an end.
    assert_eq!(
        refused(|it| it.price = "a ".into()),
        "Texts.price: unit 1 would end it"
    );
    #[derive(Pickle)]
    struct Name(#[pickle(rest, encoding = shift_jis)] String);
    let error = pickler::encode(&Name("\u{203E}".into())).unwrap_err();
    let dynamic = dynamic::encode(&Schema::of::<Name>(), &"\u{203E}".into());
    assert_eq!(dynamic, Err(error));
}

#[test]
fn bytes_that_are_no_text_are_refused() {
    #[derive(Pickle, Debug, PartialEq)]
    struct Name(#[pickle(rest, encoding = shift_jis)] String);
    let schema = Schema::of::<Name>();
    let refused = |bytes: &[u8]| {
        let error = agree_on_bytes::<Name>(&schema, bytes).unwrap_err();
        let ErrorKind::NotText {
            encoding: TextEncoding::ShiftJis,
            valid_up_to,
        } = error.kind()
        else {
            panic!("{error}")
        };
        *valid_up_to
    };
    assert_eq!(refused(b"\x82\xB1\x82"), 2);
    assert_eq!(refused(b"a\xA0b"), 1);
    assert_eq!(refused(b"a\x82\x20b"), 1);
    // The same character in two ways.
    for bytes in [b"\x81\xE0", b"\x87\x90"] {
        let name = agree_on_bytes::<Name>(&schema, bytes);
        assert_eq!(name, Ok(Name("\u{2252}".into())));
    }
    let path = String::from("Name");
    assert_eq!(schema.canonical(), Err(vec![Leniency::Encoding { path }]));
}
