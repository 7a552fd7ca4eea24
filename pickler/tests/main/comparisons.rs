//! Texts, bytes and floating-point numbers in expressions.

use std::borrow::Cow;

use pickler::dynamic::Value;
use pickler::schema::Schema;
use pickler::{ByteString, Pickle, dynamic};

use crate::agreement::{agree, agree_on_random, generated, refused, unwritable};

#[derive(Pickle, Debug, PartialEq)]
struct Request {
    #[pickle(count = u8, one_of = ["GET", "PUT"])]
    method: String,
    #[pickle(one_of = [b"IHDR", b"IEND"])]
    kind: [u8; 4],
    #[pickle(range = 0.0..=1.0)]
    ratio: f32,
    #[pickle(count = u8, range = b"\x10".., endian = little)]
    body: ByteString,
    #[pickle(if = method == "PUT" && kind != b"IEND")]
    more: Option<u8>,
}

fn request() -> Request {
    Request {
        method: "PUT".into(),
        kind: *b"IHDR",
        ratio: 0.5,
        body: "\x10\x00".into(),
        more: Some(7),
    }
}

const REQUEST: &[u8] = b"\x03PUTIHDR\x3F\0\0\0\x02\x10\0\x07";

#[test]
fn what_holds_is_read_and_written() {
    assert_eq!(agree(&request()), REQUEST);
    let end = Request {
        kind: *b"IEND",
        more: None,
        ..request()
    };
    assert_eq!(agree(&end), b"\x03PUTIEND\x3F\0\0\0\x02\x10\0");
    agree_on_random::<Request>();
    assert!(generated::<Request>().len() > 1);
}

#[test]
fn what_does_not_is_refused() {
    let read = |at: usize, byte| {
        let mut bytes = REQUEST.to_vec();
        bytes[at] = byte;
        refused::<Request>(&bytes)
    };
    assert_eq!(
        read(1, b'p'),
        "Request.method: `match method { \"GET\" | \"PUT\" => true, _ => false }` does not hold, \
         at byte 0"
    );
    assert!(read(4, b'i').contains(r#"b"IHDR" | b"IEND""#));
    // NaN is in no range.
    assert_eq!(
        refused::<Request>(b"\x03PUTIHDR\x7F\xC0\0\0\x02\x10\0\x07"),
        "Request.ratio: `ratio >= 0.0 && ratio <= 1.0` does not hold, at byte 8"
    );
    assert!(read(8, 0x40).starts_with("Request.ratio: "));
    assert_eq!(
        read(13, 0x0F),
        r#"Request.body: `body >= b"\x10"` does not hold, at byte 12"#
    );
    for (wrong, field) in [
        (
            Request {
                method: "GETS".into(),
                ..request()
            },
            "method",
        ),
        (
            Request {
                kind: *b"IDAT",
                ..request()
            },
            "kind",
        ),
        (
            Request {
                ratio: f32::NAN,
                ..request()
            },
            "ratio",
        ),
        (
            Request {
                ratio: -0.1,
                ..request()
            },
            "ratio",
        ),
        (
            Request {
                body: "".into(),
                ..request()
            },
            "body",
        ),
    ] {
        let text = unwritable(&wrong);
        assert!(text.starts_with(&format!("Request.{field}: `")), "{text}");
    }
}

#[test]
fn fields_are_compared_with_each_other() {
    #[derive(Pickle, Debug, PartialEq)]
    #[pickle(assert = first < second && low <= high)]
    struct Pair {
        #[pickle(count = u8)]
        first: String,
        #[pickle(count = u8)]
        second: ByteString,
        low: f32,
        #[pickle(endian = little)]
        high: f64,
        #[pickle(count = u8, assert = bytes == first)]
        bytes: Vec<u8>,
    }
    let pair = |first: &str, second: &str, low, high| Pair {
        first: first.into(),
        second: second.into(),
        low,
        high,
        bytes: first.into(),
    };
    agree(&pair("a", "ab", 1.5, 1.5));
    agree(&pair("", "\u{7F}", f32::NEG_INFINITY, -0.0));
    let whole = "Pair: `first < second && low <= high` does not hold, at byte 0";
    assert_eq!(unwritable(&pair("b", "ab", 0.0, 0.0)), whole);
    assert_eq!(unwritable(&pair("a", "a", 0.0, 0.0)), whole);
    assert_eq!(unwritable(&pair("a", "b", 0.0, f64::NAN)), whole);
    // What is nearest to 0.1 is a little more in 32 bits.
    assert_eq!(unwritable(&pair("a", "b", 0.1, 0.1)), whole);
    let other = Pair {
        bytes: vec![0xFF],
        ..pair("a", "b", 0.0, 0.0)
    };
    assert_eq!(
        unwritable(&other),
        "Pair.bytes: `bytes == first` does not hold, at byte 16"
    );
    agree_on_random::<Pair>();
}

#[test]
fn nan_is_only_different() {
    #[derive(Pickle, Debug)]
    struct Number {
        it: f64,
        #[pickle(if = it == it)]
        equal: Option<u8>,
        #[pickle(if = it != it)]
        different: Option<u8>,
        #[pickle(if = it < 1.0 || it >= 1.0 || it > 1.0 || it <= 1.0)]
        ordered: Option<u8>,
        #[pickle(count = match it { 0.5 => 1, -2.0 => 2, _ => 0 })]
        many: Vec<u8>,
    }
    let schema = Schema::of::<Number>();
    let read = |it: f64, behind: &[u8]| {
        let bytes = [&it.to_be_bytes(), behind].concat();
        let value = dynamic::decode(&schema, &bytes).unwrap();
        assert_eq!(dynamic::encode(&schema, &value).unwrap(), bytes);
        let number: Number = pickler::decode(&bytes).unwrap();
        assert_eq!(pickler::encode(&number).unwrap(), bytes);
        (
            number.equal,
            number.different,
            number.ordered,
            number.many.len(),
        )
    };
    assert_eq!(read(f64::NAN, &[3]), (None, Some(3), None, 0));
    assert_eq!(read(0.5, &[3, 4, 9]), (Some(3), None, Some(4), 1));
    assert_eq!(read(-2.0, &[3, 4, 9, 9]), (Some(3), None, Some(4), 2));
    assert_eq!(read(-0.0, &[3, 4]), (Some(3), None, Some(4), 0));
}

#[test]
fn lists_end_with_a_text_or_bytes() {
    #[derive(Pickle, Debug, PartialEq)]
    struct Ended {
        #[pickle(last = item == "END", item(count = u8))]
        lines: Vec<String>,
        #[pickle(last = item == b"\xFF\x00", item(bytes))]
        pairs: Vec<[u8; 2]>,
        #[pickle(last = item < 0.0)]
        floats: Vec<f32>,
        #[pickle(last = item != b"ab")]
        arrays: Vec<[u8; 2]>,
    }
    let lines = Ended {
        lines: vec!["a".into(), "END".into()],
        pairs: vec![[0xFF, 1], [0xFF, 0]],
        floats: vec![0.0, -0.0, -1.0],
        arrays: vec![*b"ab", *b"AB"],
    };
    let bytes = agree(&lines);
    assert_eq!(&bytes[..10], b"\x01a\x03END\xFF\x01\xFF\0");
    let open = Ended {
        lines: vec!["a".into()],
        ..lines
    };
    assert_eq!(
        unwritable(&open),
        "Ended.lines: `item == \"END\"` does not hold, at byte 0"
    );
    agree_on_random::<Ended>();
}

#[test]
fn values_in_items_options_and_newtypes() {
    #[derive(Pickle, Debug, PartialEq)]
    struct Method(#[pickle(size = 4, pad = 0, one_of = ["GET", "POST"])] String);
    #[derive(Pickle, Debug, PartialEq)]
    struct Call {
        #[pickle(count = u8)]
        methods: Vec<Method>,
        #[pickle(flag, range = -1.5_f32..0.1_f32)]
        ratio: Option<f32>,
        #[pickle(count = u8, item(bits = 4), assert = digits != b"\x01\x02")]
        digits: Vec<u8>,
        #[pickle(count = 1, item(count = u8, range = "b".."d"))]
        names: Vec<String>,
    }
    let methods = Call {
        methods: vec![Method("GET".into()), Method("POST".into())],
        ratio: Some(-1.5),
        digits: vec![1, 2, 3, 4],
        names: vec!["cz".into()],
    };
    assert_eq!(
        agree(&methods),
        b"\x02GET\0POST\x01\xBF\xC0\0\0\x04\x12\x34\x02cz"
    );
    assert_eq!(
        refused::<Call>(b"\x01GOT\0"),
        "Call.methods[0]: `match item { \"GET\" | \"POST\" => true, _ => false }` does not \
         hold, at byte 1"
    );
    assert_eq!(
        unwritable(&Call {
            names: vec!["d".into()],
            ..methods
        }),
        "Call.names[0]: `item >= \"b\" && item < \"d\"` does not hold, at byte 17"
    );
    assert!(generated::<Method>().len() > 1);
    assert!(generated::<Call>().len() > 1);
    // The nearest `f32` to 0.1 is not less than itself.
    let ratio = |ratio| Call {
        methods: Vec::new(),
        ratio: Some(ratio),
        digits: Vec::new(),
        names: vec!["c".into()],
    };
    agree(&ratio(0.099));
    assert!(unwritable(&ratio(0.1)).starts_with("Call.ratio: "));
}

#[test]
fn encoded_and_borrowed_texts_and_constants() {
    const END: &str = "z\u{e9}";
    #[derive(Pickle, Debug, PartialEq)]
    struct Texts<'a> {
        #[pickle(encoding = latin1, count = u8, assert = latin >= "\u{e9}")]
        latin: String,
        #[pickle(encoding = utf16, count = u8, endian = little, assert = wide != END)]
        wide: String,
        #[pickle(count = u8, assert = borrowed == latin || borrowed == "x")]
        borrowed: &'a str,
        #[pickle(count = u8, one_of = ["x", "y"])]
        either: Cow<'a, str>,
        #[pickle(count = match borrowed { "x" | "X" => 1, _ => 2 })]
        bytes: &'a [u8],
    }
    let texts = Texts {
        latin: "\u{e9}".into(),
        wide: "z\u{1F0A1}".into(),
        borrowed: "x",
        either: "y".into(),
        bytes: b"b",
    };
    let bytes = pickler::encode(&texts).unwrap();
    assert_eq!(bytes, b"\x01\xE9\x03z\0\x3C\xD8\xA1\xDC\x01x\x01yb");
    assert_eq!(pickler::decode::<Texts<'_>>(&bytes).unwrap(), texts);
    let schema = Schema::of::<Texts<'_>>();
    let value = dynamic::decode(&schema, &bytes).unwrap();
    assert_eq!(dynamic::encode(&schema, &value).unwrap(), bytes);
    let end = Texts {
        wide: END.into(),
        ..texts
    };
    assert_eq!(
        pickler::encode(&end).unwrap_err().to_string(),
        "Texts.wide: `wide != \"z\u{e9}\"` does not hold, at byte 2"
    );
    let wrong = b"\x01\xE9\x02z\0\xE9\0\x01x\x01yb";
    let error = pickler::decode::<Texts<'_>>(wrong).unwrap_err();
    assert_eq!(dynamic::decode(&schema, wrong).unwrap_err(), error);
}

#[test]
fn values_that_scripts_give() {
    #[derive(Pickle, Debug, PartialEq)]
    struct Point {
        #[pickle(range = 0.0..=0.1_f32)]
        x: f32,
        #[pickle(range = 1.0..)]
        y: f64,
    }
    let schema = Schema::of::<Point>();
    let point = |x: f64, y: Value| Value::record([("x", Value::Float(x.into())), ("y", y)]);
    // As it is written: rounded to 32 bits.
    let nearest = dynamic::encode(&schema, &point(0.1, Value::Float(2.0.into()))).unwrap();
    assert_eq!(nearest, pickler::encode(&Point { x: 0.1, y: 2.0 }).unwrap());
    agree_on_random::<Point>();
    assert!(generated::<Point>().len() > 1);
}
