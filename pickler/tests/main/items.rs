//! `item(...)`: attributes for what is inside lists, arrays, boxes, options.

use pickler::dynamic::{self, Value};
use pickler::schema::Schema;
use pickler::{ByteString, Derived, ErrorKind, Pickle};

use crate::agreement::{agree, agree_on_bytes, agree_on_random};

#[derive(Pickle, Debug, PartialEq)]
struct Odd {
    width: u8,
    #[pickle(count = u8, item(bits = 4))]
    digits: Vec<u8>,
    #[pickle(item(bits = 6))]
    cards: [u8; 4],
    #[pickle(count = u8, item(count = u8))]
    names: Vec<String>,
}

fn odd() -> Odd {
    Odd {
        width: 2,
        digits: vec![1, 2, 3],
        cards: [0b10_0001, 0, 0, 1],
        names: vec!["a".into(), "bc".into()],
    }
}

#[test]
fn each_in_its_own_way() {
    let bytes = [
        2, //
        3, 0x12, 0x38, 0x40, 0x00, 0x10, // three digits, then four cards
        0x20, 0x16, 0x10, 0x26, 0x26, 0x30, // two names, within bytes
    ];
    assert_eq!(agree(&odd()), bytes);
    agree_on_random::<Odd>();
}

#[derive(Pickle, Debug, PartialEq)]
struct Whole {
    width: u8,
    #[pickle(count = u8, item(bits = 8))]
    digits: Vec<i8>,
    #[pickle(count = u8, item(count = u8))]
    names: Vec<String>,
    #[pickle(count = 2, item(none = 255))]
    seats: Vec<Option<u8>>,
    #[pickle(count = u8, item(count = width, endian = little))]
    rows: Vec<Vec<u16>>,
    #[pickle(item(size = u8))]
    boxed: Box<(u8, u16)>,
    #[pickle(flag, item(count = u8))]
    note: Option<ByteString>,
    #[pickle(item(item(item(bits = 4))))]
    grid: [[Box<u8>; 2]; 2],
    #[pickle(rest, item(flag))]
    last: Vec<Option<u16>>,
}

fn whole() -> Whole {
    Whole {
        width: 2,
        digits: vec![-1],
        names: vec!["a".into(), "bc".into()],
        seats: vec![None, Some(3)],
        rows: vec![vec![1, 2], vec![3, 4]],
        boxed: Box::new((5, 6)),
        note: Some("x".into()),
        grid: [[Box::new(1), Box::new(2)], [Box::new(3), Box::new(4)]],
        last: vec![None, Some(7)],
    }
}

#[test]
fn all_of_them() {
    let bytes = [
        2, //
        1, 0xFF, //
        2, 1, b'a', 2, b'b', b'c', //
        255, 3, //
        2, 1, 0, 2, 0, 3, 0, 4, 0, //
        3, 5, 0, 6, //
        1, 1, b'x', //
        0x12, 0x34, //
        0, 1, 0, 7,
    ];
    assert_eq!(agree(&whole()), bytes);
    agree_on_random::<Whole>();
}

#[test]
fn an_error_says_which_item() {
    let wrong = Whole {
        rows: vec![vec![1, 2], vec![3]],
        ..whole()
    };
    let error = pickler::encode(&wrong).unwrap_err();
    assert_eq!(
        error.to_string(),
        "Whole.rows[1]: holds 1, but 2 follows from the other fields, at byte 16"
    );
    let wrong = Whole {
        grid: [[Box::new(1), Box::new(2)], [Box::new(3), Box::new(16)]],
        ..whole()
    };
    let error = pickler::encode(&wrong).unwrap_err();
    assert_eq!(
        error.to_string(),
        "Whole.grid[1][1]: 16 does not fit, only 0 to 15 do"
    );
}

#[test]
fn a_count_past_the_input_is_refused_before_anything_is_read() {
    #[derive(Pickle, Debug, PartialEq)]
    struct Many {
        #[pickle(count = u32, item(count = u16))]
        names: Vec<String>,
    }
    let schema = Schema::of::<Many>();
    let error = agree_on_bytes::<Many>(&schema, &[0xFF, 0xFF, 0xFF, 0xFF, 0, 0, 0, 0]).unwrap_err();
    let (count, possible) = (0xFFFF_FFFF, 2);
    assert_eq!(error.kind(), &ErrorKind::CountTooLarge { count, possible });
    // Items that take no room have a budget.
    #[derive(Pickle, Debug, PartialEq)]
    struct Nothing {
        #[pickle(count = u32, item(size = 0))]
        nothing: Vec<()>,
    }
    let schema = Schema::of::<Nothing>();
    let error = agree_on_bytes::<Nothing>(&schema, &[0xFF, 0xFF, 0xFF, 0xFF]).unwrap_err();
    assert!(matches!(error.kind(), ErrorKind::TooManyEmptyItems { .. }));
}

/// No more items of no room are written than are read.
#[test]
fn items_of_no_room() {
    #[derive(Pickle, Debug, Clone, PartialEq)]
    struct Nothing {}
    #[derive(Pickle, Debug, PartialEq)]
    struct Lists {
        #[pickle(count = u32)]
        first: Vec<Nothing>,
        #[pickle(count = u32, item(constant = 7_u8))]
        bytes: Vec<()>,
        #[pickle(size = leb128, item(count = u32))]
        second: Vec<Vec<Nothing>>,
    }
    let lists = |first, second| Lists {
        first: vec![Nothing {}; first],
        bytes: vec![(); 3],
        second: vec![vec![Nothing {}; second], vec![Nothing {}; second]],
    };
    let most = lists(65_534, 1);
    let bytes = pickler::encode(&most).unwrap();
    assert_eq!(pickler::encoded_len(&most), Ok(bytes.len()));
    let schema = Schema::of::<Lists>();
    assert_eq!(agree_on_bytes(&schema, &bytes), Ok(most));
    let limit = 65_536;
    for (value, path) in [
        (lists(65_535, 1), "Lists.second[1]"),
        (lists(65_537, 0), "Lists.first"),
    ] {
        let error = pickler::encode(&value).unwrap_err();
        assert_eq!(error.kind(), &ErrorKind::TooManyEmptyItems { limit });
        assert!(error.to_string().starts_with(path), "{error}");
        assert_eq!(pickler::encoded_len(&value), Err(error));
    }
    let nothing = Value::record([]);
    let value = Value::record([
        ("first", Value::List(vec![nothing.clone(); 65_535])),
        ("bytes", Value::List(vec![Value::Null; 3])),
        ("second", Value::List(vec![Value::List(vec![nothing]); 2])),
    ]);
    let error = pickler::encode(&lists(65_535, 1)).unwrap_err();
    assert_eq!(dynamic::encode(&schema, &value), Err(error));
}

#[test]
fn the_length_of_a_list_of_texts() {
    #[derive(Pickle, Debug, PartialEq)]
    struct Names {
        #[pickle(derived = len(names))]
        count: Derived<u8>,
        #[pickle(count = count, item(count = u8))]
        names: Vec<String>,
    }
    let names = Names {
        count: Derived::default(),
        names: vec!["a".into(), "bc".into()],
    };
    assert_eq!(agree(&names), b"\x02\x01a\x02bc");
}
