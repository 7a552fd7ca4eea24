//! Values of every kind of end, from a stream that comes in pieces.

use std::fmt::Debug;
use std::time::Instant;

use pickler::generate::{Choices, Generator, Seeded};
use pickler::laws::hold_for_value_stream;
use pickler::picklers::{choice, limited_size, memo_list, of, peek, terminated};
use pickler::schema::Schema;
use pickler::stream::{Decoder, Prefix, decode_prefix};
use pickler::{ByteString, ErrorKind, Pickle, PickleOwned, dynamic};

#[derive(Pickle, Debug, PartialEq)]
struct Counted {
    #[pickle(count = u8)]
    items: Vec<u16>,
    #[pickle(count = leb128)]
    text: String,
    count: u8,
    #[pickle(count = count)]
    bytes: ByteString,
}

#[derive(Pickle, Debug, PartialEq)]
struct Ended {
    #[pickle(terminator = 0)]
    name: String,
    #[pickle(terminator = b'\n')]
    line: ByteString,
    #[pickle(terminator = 0, encoding = utf16)]
    wide: String,
    #[pickle(terminator = 0, encoding = latin1)]
    narrow: String,
    #[pickle(terminator = -1)]
    numbers: Vec<i16>,
    #[pickle(terminator = (0, 0))]
    pairs: Vec<(u8, u8)>,
}

#[derive(Pickle, Debug, PartialEq)]
struct Varints {
    #[pickle(varint = leb128)]
    a: u64,
    #[pickle(varint = quic)]
    b: u64,
    #[pickle(varint = nat)]
    c: u64,
    #[pickle(varint = vlq)]
    d: u32,
}

#[derive(Pickle, Debug, PartialEq)]
#[pickle(tag = u16)]
enum Union {
    Nothing,
    #[pickle(tag = 300)]
    Text(#[pickle(terminator = 0)] String),
    Sized(#[pickle(size = u8)] Vec<u16>),
    Nested(Box<Union>),
}

#[derive(Pickle, Debug, PartialEq)]
#[pickle(tag = u8, length = u8)]
enum Framed {
    All(#[pickle(rest)] Vec<u16>),
    Late {
        a: u8,
        #[pickle(rest)]
        b: Option<u16>,
    },
    #[pickle(other)]
    Other {
        tag: u8,
        body: ByteString,
    },
}

#[derive(Pickle, Debug, PartialEq)]
struct Rest {
    kind: u8,
    #[pickle(rest)]
    body: ByteString,
}

#[derive(Pickle, Debug, PartialEq)]
struct RestOfItems {
    kind: u8,
    #[pickle(rest, item(count = u8))]
    items: Vec<String>,
}

#[derive(Pickle, Debug, PartialEq)]
#[pickle(keyed(key = u8, size = u8, terminator = 255), unknown = ignore)]
struct Keyed {
    #[pickle(key = 1)]
    a: u8,
    #[pickle(key = 2)]
    b: Option<u32>,
}

#[derive(Pickle, Debug, PartialEq)]
struct Combined {
    #[pickle(with = choice((terminated::<String, _>(0_u8), terminated::<String, _>(1_u8))))]
    either: String,
    #[pickle(with = limited_size::<4, _>(terminated::<ByteString, _>(0_u8)))]
    limited: ByteString,
    #[pickle(with = memo_list::<10, u8, _>(of::<u16>()))]
    words: Vec<u16>,
    #[pickle(with = peek(of::<u8>(), of::<u16>()))]
    seen: (u8, u16),
}

/// Values one behind the other, and bytes that differ little from them.
fn hold<T: PickleOwned + PartialEq + Debug>() {
    let generator = Generator::new(Schema::of::<T>());
    for seed in 0..60 {
        let mut choices = Seeded::new(seed);
        let mut bytes = Vec::new();
        for _ in 0..=choices.index(3) {
            let value = generator.value(&mut choices).unwrap();
            dynamic::encode_into(generator.schema(), &value, &mut bytes).unwrap();
        }
        bytes.truncate(600);
        hold_for_value_stream(&Decoder::<T>::new(), &bytes, &mut choices);
        for _ in 0..6 {
            let mut changed = bytes.clone();
            let place = choices.index(bytes.len().max(1));
            if let Some(byte) = changed.get_mut(place) {
                *byte ^= 1 << choices.index(8);
            }
            if choices.once_in(3) {
                changed.truncate(place);
            }
            hold_for_value_stream(&Decoder::<T>::new(), &changed, &mut choices);
        }
    }
}

#[test]
fn every_kind_of_end() {
    hold::<Counted>();
    hold::<Ended>();
    hold::<Varints>();
    hold::<Union>();
    hold::<Framed>();
    hold::<Rest>();
    hold::<RestOfItems>();
    hold::<Keyed>();
}

#[test]
fn combinators() {
    let value = Combined {
        either: "ab".into(),
        limited: b"abc"[..].into(),
        words: vec![1, 1, 2],
        seen: (1, 0x0102),
    };
    let bytes = pickler::encode(&value).unwrap();
    for seed in 0..40 {
        let mut choices = Seeded::new(seed);
        let two = [bytes.as_slice(), &bytes].concat();
        hold_for_value_stream(&Decoder::<Combined>::new(), &two, &mut choices);
        let mut changed = two.clone();
        let place = choices.index(two.len());
        changed[place] ^= 1 << choices.index(8);
        hold_for_value_stream(&Decoder::<Combined>::new(), &changed, &mut choices);
    }
}

#[track_caller]
fn needs<T: PickleOwned + Debug>(bytes: &[u8]) {
    match decode_prefix::<T>(bytes) {
        Ok(Prefix::Needs(1..)) => {}
        other => panic!("{other:?}"),
    }
}

#[test]
fn an_end_that_may_yet_come_is_waited_for() {
    needs::<Ended>(b"");
    needs::<Ended>(b"bob");
    needs::<Ended>(b"bob\0line");
    needs::<Ended>(b"\0\n\0a\0");
    needs::<Ended>(b"\0\n\0\0\0\0\x01\0");
    needs::<Ended>(b"\0\n\0\0\0\xFF\xFF\0");
    needs::<Varints>(&[0x80]);
    needs::<Varints>(&[0, 0x40]);
    needs::<Keyed>(&[1, 1, 7]);
    // What takes all that is left ends with the stream.
    needs::<Rest>(&[1, 2, 3]);
    needs::<RestOfItems>(&[1, 0]);
    // A limit is an end, too.
    let error = decode_prefix::<Combined>(b"\0abcd").unwrap_err();
    assert_eq!(
        error.kind(),
        &ErrorKind::UnexpectedEnd { needed: 8, left: 0 }
    );
    // What was not there before is no other alternative.
    needs::<Combined>(b"a\x01");
}

#[derive(Pickle, Debug, PartialEq)]
struct Long {
    #[pickle(terminator = 0)]
    text: String,
    #[pickle(terminator = 0, encoding = latin1)]
    narrow: String,
    #[pickle(terminator = 0)]
    numbers: Vec<u32>,
}

#[test]
fn the_end_is_not_looked_for_twice_in_the_same_bytes() {
    let size = 60_000;
    let value = Long {
        text: "x".repeat(size),
        narrow: "y".repeat(size),
        numbers: vec![7; size / 4],
    };
    let bytes = pickler::encode(&value).unwrap();
    let begun = Instant::now();
    let mut decoder = Decoder::<Long>::new();
    for byte in &bytes[..bytes.len() - 1] {
        decoder.push(&[*byte]);
        assert_eq!(decoder.next_value(), Ok(None));
    }
    decoder.push(&[0]);
    assert_eq!(decoder.next_value(), Ok(Some(value)));
    // Looked for from the start each time, it would take minutes.
    assert!(begun.elapsed().as_secs() < 20, "{:?}", begun.elapsed());
}

#[derive(Pickle, Debug, PartialEq)]
struct PerhapsNothing {
    #[pickle(rest, item(count = 0))]
    empty: Vec<ByteString>,
}

#[test]
fn items_that_take_no_room_are_refused_where_only_the_end_counts_them() {
    let schema = Schema::of::<PerhapsNothing>();
    let one = PerhapsNothing {
        empty: vec![ByteString::default()],
    };
    let error = pickler::encode(&one).unwrap_err();
    assert_eq!(
        error.to_string(),
        "PerhapsNothing.empty[0]: takes no room, so that it would be read as absent, at byte 0",
    );
    let dynamic = dynamic::Value::record([(
        "empty",
        dynamic::Value::List(vec![ByteString::default().into()]),
    )]);
    assert_eq!(dynamic::encode(&schema, &dynamic), Err(error));
    let error = pickler::decode::<PerhapsNothing>(&[0]).unwrap_err();
    let limit = pickler::Limits::default().empty_items;
    assert_eq!(error.kind(), &ErrorKind::TooManyEmptyItems { limit });
    assert_eq!(dynamic::decode(&schema, &[0]), Err(error));
}
