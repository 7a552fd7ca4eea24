//! Fields that follow from others, looked at from around the records that they are in.

use pickler::dynamic::{self, Value};
use pickler::schema::Schema;
use pickler::{ByteString, Derived, ErrorKind, Pickle};

use crate::agreement::{agree, agree_on_bytes, agree_on_random};

/// As that of IPv4: it says how long it is.
#[derive(Pickle, Clone, Debug, PartialEq)]
struct Header {
    #[pickle(bits = 4)]
    kind: u8,
    #[pickle(bits = 4, derived = sizeof(self) / 2)]
    words: Derived<u8>,
    total: u8,
    #[pickle(derived = if kind > 2 { kind * 2 } else { len(options) })]
    follows: Derived<u8>,
    #[pickle(count = words * 2 - 3)]
    options: ByteString,
}

fn header(kind: u8, total: u8, options: &str) -> Header {
    Header {
        kind,
        words: Derived::auto(),
        total,
        follows: Derived::auto(),
        options: options.into(),
    }
}

/// In front of it, behind it, in conditions, compared, matched, counted.
#[derive(Pickle, Clone, Debug, PartialEq)]
struct Packet {
    #[pickle(derived = header.follows + 1)]
    before: Derived<u8>,
    header: Header,
    #[pickle(size = header.total - header.words * 2)]
    body: ByteString,
    #[pickle(if = header.follows > 4, assert = header.words < 8)]
    more: Option<u8>,
    #[pickle(derived = match header.words { 2 => 7, 3..=4 => before, _ => 0 })]
    matched: Derived<u8>,
    #[pickle(if = header.words == header.follows)]
    same: Option<u8>,
}

fn packet() -> Packet {
    Packet {
        before: Derived::auto(),
        header: header(1, 6, "x"),
        body: "ab".into(),
        more: None,
        matched: Derived::auto(),
        same: None,
    }
}

#[test]
fn a_header_says_how_long_it_is() {
    assert_eq!(agree(&packet()), [2, 0x12, 6, 1, b'x', b'a', b'b', 7]);
    let long = Packet {
        header: header(3, 9, "xyz"),
        body: "abc".into(),
        more: Some(1),
        ..packet()
    };
    assert_eq!(agree(&long), b"\x07\x33\x09\x06xyzabc\x01\x07");
    let same = Packet {
        header: header(3, 12, "123456789"),
        body: ByteString::default(),
        more: Some(1),
        same: Some(5),
        ..packet()
    };
    assert_eq!(agree(&same), b"\x07\x36\x0c\x06123456789\x01\0\x05");
    agree_on_random::<Packet>();
}

#[test]
fn what_is_written_follows_anew() {
    let mut read: Packet = pickler::decode(&agree(&packet())).unwrap();
    assert_eq!(read, packet(), "what was read counts for nothing");
    read.header.options = "xyz".into();
    read.header.total = 8;
    read.same = Some(5);
    assert_eq!(agree(&read), b"\x04\x13\x08\x03xyzab\x04\x05");
    let forged = Packet {
        header: Header {
            follows: Derived::forge(9),
            ..header(1, 6, "x")
        },
        ..packet()
    };
    let bytes = pickler::encode(&forged).unwrap();
    assert_eq!(bytes, [2, 0x12, 6, 9, b'x', b'a', b'b', 7], "that alone");
}

#[test]
fn wrong_ones_are_refused() {
    let schema = Schema::of::<Packet>();
    let wrong = [3, 0x12, 6, 1, b'x', b'a', b'b', 7];
    let error = agree_on_bytes::<Packet>(&schema, &wrong).unwrap_err();
    let kind = ErrorKind::WrongDerived {
        expected: 2,
        found: 3,
    };
    assert_eq!(error.kind(), &kind);
    let Value::Record(right) = dynamic::decode(&schema, &agree(&packet())).unwrap() else {
        panic!("a packet is a record");
    };
    let wrong = right.iter().map(|(name, value)| match name {
        "before" => (name, Value::Unsigned(3)),
        _ => (name, value.clone()),
    });
    let error = dynamic::encode(&schema, &Value::record(wrong)).unwrap_err();
    assert_eq!(error.kind(), &kind);
}

/// The same of what borrows from the input.
#[derive(Pickle, Debug, PartialEq)]
struct Borrowed<'a> {
    inner: BorrowedText<'a>,
    #[pickle(count = inner.size)]
    body: &'a [u8],
}

#[derive(Pickle, Debug, PartialEq)]
struct BorrowedText<'a> {
    #[pickle(derived = sizeof(text))]
    size: Derived<u8>,
    #[pickle(size = size)]
    text: &'a str,
}

#[test]
fn what_is_borrowed_is_looked_at() {
    let bytes = b"\x02abcd";
    let read: Borrowed<'_> = pickler::decode(bytes).unwrap();
    assert_eq!((read.inner.text, read.body), ("ab", &b"cd"[..]));
    assert_eq!(pickler::encode(&read).unwrap(), bytes);
    let value = dynamic::decode(&Schema::of::<Borrowed<'_>>(), bytes).unwrap();
    let encoded = dynamic::encode(&Schema::of::<Borrowed<'_>>(), &value);
    assert_eq!(encoded.unwrap(), bytes);
}

/// Within a byte, in a list, in what may be absent, further in.
#[derive(Pickle, Clone, Debug, PartialEq)]
struct Deep {
    #[pickle(bits = 4)]
    nibble: u8,
    short: Short,
    #[pickle(count = short.size)]
    rows: Vec<Row>,
    #[pickle(if = rows[0].short.size == 1)]
    row: Option<Row>,
    #[pickle(derived = if present(row) { row.short.size } else { rows[0].next })]
    last: Derived<u8>,
    #[pickle(last = item.short.size == 2)]
    until: Vec<Row>,
}

#[derive(Pickle, Clone, Debug, PartialEq)]
struct Short {
    #[pickle(bits = 4, derived = sizeof(text))]
    size: Derived<u8>,
    #[pickle(size = size)]
    text: ByteString,
}

#[derive(Pickle, Clone, Debug, PartialEq)]
struct Row {
    #[pickle(bits = 4)]
    nibble: u8,
    short: Short,
    #[pickle(derived = short.size + nibble)]
    next: Derived<u8>,
}

fn row(nibble: u8, text: &str) -> Row {
    Row {
        nibble,
        short: Short {
            size: Derived::auto(),
            text: text.into(),
        },
        next: Derived::auto(),
    }
}

#[test]
fn wherever_it_is() {
    let deep = Deep {
        nibble: 15,
        short: row(0, "a").short,
        rows: vec![row(1, "b")],
        row: Some(row(2, "cde")),
        last: Derived::auto(),
        until: vec![row(3, ""), row(4, "fg")],
    };
    assert_eq!(
        agree(&deep),
        b"\xF1a\x11b\x02\x23cde\x05\x03\x30\x03\x42fg\x06"
    );
    agree_on_random::<Deep>();
}

/// Records in records of the same type.
#[derive(Pickle, Clone, Debug, PartialEq)]
struct Chain {
    #[pickle(derived = if present(next) { next.length + 1 } else { 0 })]
    length: Derived<u8>,
    #[pickle(flag)]
    next: Option<Box<Chain>>,
}

#[test]
fn a_chain_says_how_long_it_is() {
    let end = Chain {
        length: Derived::auto(),
        next: None,
    };
    let around = |next: Chain| Chain {
        next: Some(Box::new(next)),
        ..end.clone()
    };
    assert_eq!(agree(&around(around(end.clone()))), [2, 1, 1, 1, 0, 0]);
    agree_on_random::<Chain>();
    let deep = |levels| (0..levels).fold(end.clone(), |next, _| around(next));
    assert_eq!(agree(&deep(4))[0], 4);
    // That is as deep as looks go: the work would grow with each level.
    let too_deep = [9, 8, 7, 6, 5, 4, 3, 2, 1, 0].map(|length| [length, u8::from(length > 0)]);
    let schema = Schema::of::<Chain>();
    let read: Chain = pickler::decode(too_deep.as_flattened()).unwrap();
    let value = dynamic::decode(&schema, too_deep.as_flattened()).unwrap();
    let error = pickler::encode(&read).unwrap_err();
    assert!(matches!(error.kind(), ErrorKind::NoValue { .. }), "{error}");
    assert_eq!(dynamic::encode(&schema, &value), Err(error));
    let value = (0..5_000).fold(Value::Null, |next, _| Value::record([("next", next)]));
    let error = dynamic::encode(&schema, &value).unwrap_err();
    assert!(matches!(error.kind(), ErrorKind::NoValue { .. }), "{error}");
}

/// What looks twice, and more, at each level.
#[derive(Pickle, Clone, Debug, PartialEq)]
struct Tree {
    #[pickle(derived = if present(next) { (next.size + next.height + next.size) % 251 } else { 1 })]
    height: Derived<u8>,
    #[pickle(derived = sizeof(next) % 251)]
    size: Derived<u8>,
    #[pickle(flag)]
    next: Option<Box<Tree>>,
}

#[test]
fn looks_at_many_levels_come_to_an_end() {
    let end = Tree {
        height: Derived::auto(),
        size: Derived::auto(),
        next: None,
    };
    let deep = |levels| {
        (0..levels).fold(end.clone(), |next, _| Tree {
            next: Some(Box::new(next)),
            ..end.clone()
        })
    };
    agree(&deep(4));
    let error = pickler::encode(&deep(60)).unwrap_err();
    assert!(matches!(error.kind(), ErrorKind::NoValue { .. }), "{error}");
}

/// How many bytes it takes depends on where it is, or on what is in front of it.
#[derive(Pickle, Clone, Debug, PartialEq)]
struct Aligned {
    #[pickle(derived = sizeof(self))]
    size: Derived<u8>,
    #[pickle(align = 4)]
    word: u16,
}

#[derive(Pickle, Clone, Debug, PartialEq)]
struct AlignedIn {
    lead: u8,
    #[pickle(derived = inner.size)]
    size: Derived<u8>,
    inner: Aligned,
}

#[derive(Pickle, Clone, Debug, PartialEq)]
struct Table {
    #[pickle(derived = sizeof(name))]
    size: Derived<u8>,
    #[pickle(shared = index(u8, names), count = u8)]
    name: String,
}

#[derive(Pickle, Clone, Debug, PartialEq)]
struct TableIn {
    #[pickle(shared = index(u8, names), count = u8)]
    name: String,
    inner: Table,
    #[pickle(derived = inner.size)]
    size: Derived<u8>,
}

#[test]
fn what_depends_on_its_place_is_known_on_read_only() {
    let bytes = [1, 4, 4, 0, 0, 1];
    let read: AlignedIn = agree_on_bytes(&Schema::of::<AlignedIn>(), &bytes).unwrap();
    let error = pickler::encode(&read).unwrap_err();
    assert!(matches!(error.kind(), ErrorKind::NoValue { .. }), "{error}");
    let bytes = [0, 1, b'a', 1, 0, 1];
    let read: TableIn = agree_on_bytes(&Schema::of::<TableIn>(), &bytes).unwrap();
    let error = pickler::encode(&read).unwrap_err();
    assert!(matches!(error.kind(), ErrorKind::NoValue { .. }), "{error}");
}

/// What is known only when it is written: it can be looked at on read.
#[derive(Pickle, Clone, Debug, PartialEq)]
struct Placed {
    inner: Offset,
    #[pickle(count = inner.at)]
    body: ByteString,
}

#[derive(Pickle, Clone, Debug, PartialEq)]
struct Offset {
    #[pickle(derived = offset(text))]
    at: Derived<u8>,
    text: u8,
}

#[derive(Pickle, Clone, Debug, PartialEq)]
struct Told {
    #[pickle(given(version = 2))]
    inner: Given,
    #[pickle(count = inner.twice)]
    body: ByteString,
}

#[derive(Pickle, Clone, Debug, PartialEq)]
#[pickle(context(version: u8))]
struct Given {
    #[pickle(derived = version * 2)]
    twice: Derived<u8>,
}

#[test]
fn what_is_known_late_is_looked_at_on_read() {
    let placed: Placed = agree_on_bytes(&Schema::of::<Placed>(), &[1, 0, 5]).unwrap();
    assert_eq!(placed.body, ByteString::from([5]));
    let error = pickler::encode(&placed).unwrap_err();
    assert!(matches!(error.kind(), ErrorKind::NoValue { .. }), "{error}");
    agree_on_bytes::<Told>(&Schema::of::<Told>(), &[4, 1, 2, 3, 4]).unwrap();
    assert!(agree_on_bytes::<Told>(&Schema::of::<Told>(), &[3, 1, 2, 3]).is_err());
}

/// Something further in that is written in another form than it was read in.
#[derive(Pickle, Clone, Debug, PartialEq)]
struct Forms {
    #[pickle(derived = inner.size)]
    size: Derived<u8>,
    inner: Measured,
}

#[derive(Pickle, Clone, Debug, PartialEq)]
struct Measured {
    #[pickle(derived = sizeof(number))]
    size: Derived<u8>,
    #[pickle(varint = leb128, lenient)]
    number: u32,
}

#[test]
fn what_was_read_in_one_form_follows_in_another() {
    let (schema, bytes) = (Schema::of::<Forms>(), [2, 2, 0x81, 0]);
    let forms: Forms = pickler::decode(&bytes).unwrap();
    let value = dynamic::decode(&schema, &bytes).unwrap();
    assert_eq!(pickler::encode(&forms).unwrap(), [1, 1, 1]);
    assert_eq!(dynamic::encode(&schema, &value).unwrap(), [1, 1, 1]);
}

#[test]
fn values_with_gaps_and_rows_are_looked_into() {
    #[derive(Pickle, Debug, PartialEq)]
    #[pickle(default)]
    struct Inner {
        #[pickle(default = 2)]
        count: u8,
        #[pickle(derived = count)]
        again: Derived<u8>,
    }
    #[derive(Pickle, Debug, PartialEq)]
    struct Outer {
        inner: Inner,
        #[pickle(count = inner.count)]
        body: ByteString,
        #[pickle(count = inner.again)]
        more: ByteString,
    }
    let schema = Schema::of::<Outer>();
    let inner = [
        Value::record([]),
        Value::List(vec![Value::Unsigned(2), Value::Unsigned(2)]),
    ];
    for inner in inner {
        let value = Value::record([
            ("inner", inner),
            ("body", "ab".into()),
            ("more", "cd".into()),
        ]);
        assert_eq!(dynamic::encode(&schema, &value).unwrap(), b"\x02\x02abcd");
    }
}
