//! Fields that stand elsewhere.

use pickler::schema::{Leniency, Schema};
use pickler::{ByteString, Derived, ErrorKind, Limits, Pickle};

use crate::agreement::{agree, agree_on_bytes, agree_on_random};

/// The head of a WAD: where its directory is.
#[derive(Pickle, Debug, Default, PartialEq, Clone)]
#[pickle(endian = little, magic = b"PWAD")]
struct Wad {
    #[pickle(derived = len(lumps))]
    count: Derived<u32>,
    #[pickle(derived = offset(lumps))]
    directory: Derived<u32>,
    #[pickle(at = directory, count = count)]
    lumps: Vec<Lump>,
}

/// An entry of the directory, with its data.
#[derive(Pickle, Debug, Default, PartialEq, Clone)]
struct Lump {
    #[pickle(derived = offset(data))]
    offset: Derived<u32>,
    #[pickle(derived = len(data))]
    size: Derived<u32>,
    name: [u8; 8],
    #[pickle(at = offset, count = size)]
    data: ByteString,
}

fn lump(name: [u8; 8], data: &str) -> Lump {
    Lump {
        name,
        data: data.into(),
        ..Lump::default()
    }
}

#[test]
fn entries_that_each_lead_to_their_data() {
    let wad = Wad {
        lumps: vec![lump(*b"MAP01\0\0\0", "abc"), lump(*b"THINGS\0\0", "de")],
        ..Wad::default()
    };
    let bytes = agree(&wad);
    let mut expected = b"PWAD\x02\0\0\0\x0C\0\0\0".to_vec();
    expected.extend(b"\x2C\0\0\0\x03\0\0\0MAP01\0\0\0");
    expected.extend(b"\x2F\0\0\0\x02\0\0\0THINGS\0\0");
    expected.extend(b"abcde");
    assert_eq!(bytes, expected);
    agree_on_random::<Wad>();
}

/// As the tools of the game write it: the directory comes last.
#[test]
fn any_order_is_read_and_one_is_written() {
    let mut bytes = b"PWAD\x01\0\0\0\x0F\0\0\0abc".to_vec();
    bytes.extend(b"\x0C\0\0\0\x03\0\0\0MAP01\0\0\0");
    let schema = Schema::of::<Wad>();
    let wad = agree_on_bytes::<Wad>(&schema, &bytes).unwrap();
    assert_eq!(wad.lumps, [lump(*b"MAP01\0\0\0", "abc")]);
    let written = pickler::encode(&wad).unwrap();
    assert_ne!(written, bytes);
    assert_eq!(pickler::decode::<Wad>(&written), Ok(wad));
    let reasons = schema.canonical().unwrap_err();
    assert!(reasons.contains(&Leniency::Elsewhere {
        path: "Lump.data".into()
    }));
}

/// TIFF: the header, and a chain of directories.
#[derive(Pickle, Debug, Default, PartialEq)]
#[pickle(magic = b"II*\0", endian = little)]
struct Tiff {
    #[pickle(derived = offset(first))]
    offset: Derived<u32>,
    #[pickle(at = offset, align = 2)]
    first: Directory,
}

#[derive(Pickle, Debug, Default, PartialEq)]
struct Directory {
    #[pickle(count = u16)]
    entries: Vec<Entry>,
    #[pickle(derived = offset(next))]
    next_offset: Derived<u32>,
    #[pickle(at = next_offset, none = 0, align = 2)]
    next: Option<Box<Directory>>,
}

#[derive(Pickle, Debug, Default, PartialEq)]
struct Entry {
    tag: u16,
    kind: u16,
    #[pickle(derived = len(text))]
    count: Derived<u32>,
    #[pickle(derived = offset(text))]
    offset: Derived<u32>,
    #[pickle(at = offset, count = count, align = 2)]
    text: ByteString,
}

fn entry(tag: u16, text: &str) -> Entry {
    Entry {
        tag,
        kind: 2,
        text: text.into(),
        ..Entry::default()
    }
}

#[test]
fn directories_of_tiff() {
    let tiff = Tiff {
        first: Directory {
            entries: vec![entry(0x010E, "Image"), entry(0x0131, "Maker")],
            next: Some(Box::new(Directory {
                entries: vec![entry(0x010E, "Thumbnail")],
                ..Directory::default()
            })),
            ..Directory::default()
        },
        ..Tiff::default()
    };
    let bytes = agree(&tiff);
    let mut expected = b"II*\0\x08\0\0\0".to_vec();
    // The first directory, up to byte 38.
    expected.extend(b"\x02\0\x0E\x01\x02\0\x05\0\0\0\x42\0\0\0");
    expected.extend(b"\x31\x01\x02\0\x05\0\0\0\x48\0\0\0\x26\0\0\0");
    // What it has elsewhere itself: the next one, with what that has.
    expected.extend(b"\x01\0\x0E\x01\x02\0\x09\0\0\0\x38\0\0\0\0\0\0\0Thumbnail\0");
    // What its entries have, at even bytes.
    expected.extend(b"Image\0Maker");
    assert_eq!(bytes, expected);
    agree_on_random::<Tiff>();
}

#[test]
fn circles_end() {
    // A directory without entries, whose next one is itself.
    let bytes = b"II*\0\x08\0\0\0\0\0\x08\0\0\0";
    let error = agree_on_bytes::<Tiff>(&Schema::of::<Tiff>(), bytes).unwrap_err();
    // Through a box as well as an offset.
    assert_eq!(*error.kind(), ErrorKind::TooDeep { limit: 64 });
    assert!(error.to_string().starts_with("Tiff.first.next.next."));
}

#[test]
fn offsets_that_lead_out_of_the_input() {
    let schema = Schema::of::<Tiff>();
    for (offset, fits) in [(14_u32, false), (15, true), (u32::MAX, true)] {
        let mut bytes = b"II*\0\0\0\0\0\0\0\0\0\0\0".to_vec();
        bytes[4..8].copy_from_slice(&offset.to_le_bytes());
        let error = agree_on_bytes::<Tiff>(&schema, &bytes).unwrap_err();
        let outside = ErrorKind::OutsideInput {
            offset: offset.into(),
            start: 0,
            end: 14,
        };
        assert_eq!(*error.kind() == outside, fits, "{offset}");
        assert!(error.to_string().starts_with("Tiff.first"));
        assert_eq!(error.bit_offset(), if fits { 64 } else { 112 });
    }
}

#[test]
fn offsets_past_all_inputs() {
    #[derive(Pickle, Debug, PartialEq)]
    struct Far {
        at: i128,
        #[pickle(at = at)]
        there: u8,
        from_record: i128,
        #[pickle(at = from_record, at_from = record)]
        behind: u8,
    }
    let schema = Schema::of::<Far>();
    for at in [i128::MIN, -1, 33, u64::MAX.into(), i128::MAX] {
        for offsets in [[at, 0], [0, at]] {
            let mut bytes = offsets.map(i128::to_be_bytes).concat();
            bytes.push(1);
            let error = agree_on_bytes::<Far>(&schema, &bytes).unwrap_err();
            let (offset, start, end) = (at, 0, 33);
            if !(0..=33).contains(&at) {
                assert_eq!(
                    *error.kind(),
                    ErrorKind::OutsideInput { offset, start, end }
                );
            }
            let [at, from_record] = offsets;
            let (there, behind) = (1, 1);
            let far = Far {
                at,
                there,
                from_record,
                behind,
            };
            let error = pickler::encode(&far).unwrap_err();
            assert!(
                matches!(error.kind(), ErrorKind::Misplaced { .. }),
                "{error}"
            );
        }
    }
}

/// Many entries may lead to the same bytes, but not without bound.
#[test]
fn what_is_read_elsewhere_is_bounded() {
    let mut bytes = b"PWAD\0\x02\0\0\x0C\0\0\0".to_vec();
    for _ in 0..512 {
        bytes.extend(b"\0\0\0\0\x0C\x20\0\0SAME\0\0\0\0");
    }
    let error = pickler::decode::<Wad>(&bytes).unwrap_err();
    let limit = (1 << 20) + 64 * bytes.len() as u64;
    assert_eq!(*error.kind(), ErrorKind::TooMuchElsewhere { limit });
    let dynamic = pickler::dynamic::decode(&Schema::of::<Wad>(), &bytes).unwrap_err();
    assert_eq!(dynamic, error);
    assert!(
        error
            .to_string()
            .starts_with("Wad.lumps[192].data: offsets")
    );
    let mut limits = Limits::default();
    limits.elsewhere = 512;
    assert!(pickler::decode_with_limits::<Wad>(&bytes, limits).is_ok());
}

#[test]
fn what_follows_the_message() {
    let wad = Wad {
        lumps: vec![lump(*b"MAP01\0\0\0", "abc")],
        ..Wad::default()
    };
    let mut bytes = pickler::encode(&wad).unwrap();
    let size = bytes.len();
    bytes.push(7);
    assert_eq!(pickler::decode_prefix::<Wad>(&bytes), Ok((wad, size)));
    let error = agree_on_bytes::<Wad>(&Schema::of::<Wad>(), &bytes).unwrap_err();
    assert_eq!(*error.kind(), ErrorKind::Trailing { bits: 8 });
    assert_eq!(error.bit_offset(), size as u64 * 8);
}

/// A stream tells how much is missing.
#[test]
fn streams_wait_for_what_stands_elsewhere() {
    let wad = Wad {
        lumps: vec![lump(*b"MAP01\0\0\0", "abc"), lump(*b"THINGS\0\0", "de")],
        ..Wad::default()
    };
    let bytes = [pickler::encode(&wad).unwrap(), b"PW".to_vec()].concat();
    for piece in 1..bytes.len() {
        let mut stream = pickler::stream::Decoder::<Wad>::new();
        let mut found = Vec::new();
        for piece in bytes.chunks(piece) {
            stream.push(piece);
            found.extend(stream.next_value().unwrap());
        }
        assert_eq!(found, vec![wad.clone()], "in pieces of {piece}");
        assert_eq!(stream.pending(), b"PW");
    }
}

/// A piece keeps what belongs to it.
#[derive(Pickle, Debug, Default, PartialEq)]
struct Embedding {
    #[pickle(size = u16)]
    image: Tiff,
    #[pickle(size = leb128)]
    archive: Wad,
    behind: u8,
}

#[test]
fn pieces_keep_what_is_elsewhere_in_them() {
    let value = Embedding {
        image: Tiff {
            first: Directory {
                entries: vec![entry(1, "a")],
                ..Directory::default()
            },
            ..Tiff::default()
        },
        archive: Wad {
            lumps: vec![lump(*b"MAP01\0\0\0", "abc")],
            ..Wad::default()
        },
        behind: 9,
    };
    let bytes = agree(&value);
    assert_eq!(bytes[..10], *b"\0\x1BII*\0\x0A\0\0\0");
    assert_eq!(bytes[27..29], *b"\0a");
    // The offsets count from the start of the message.
    assert_eq!(bytes[29..42], *b"\x1FPWAD\x01\0\0\0\x2A\0\0\0");
    assert_eq!(bytes.last(), Some(&9));
    agree_on_random::<Embedding>();

    let mut wrong = bytes.clone();
    wrong[6] = 30;
    let error = agree_on_bytes::<Embedding>(&Schema::of::<Embedding>(), &wrong).unwrap_err();
    assert_eq!(
        *error.kind(),
        ErrorKind::OutsideInput {
            offset: 30,
            start: 2,
            end: 29
        }
    );
}

/// Offsets that count otherwise: from the record, in units of four bytes.
#[derive(Pickle, Debug, Default, PartialEq)]
struct Units {
    first: u8,
    table: Table,
}

#[derive(Pickle, Debug, Default, PartialEq)]
struct Table {
    #[pickle(derived = (offset(words) - 3) / 4)]
    quarter: Derived<u8>,
    #[pickle(at = 3 + 4 * quarter, at_from = record, align = 4)]
    words: [u16; 2],
    #[pickle(derived = offset(text) - 1)]
    distance: Derived<u8>,
    #[pickle(at = distance + 1, count = 2)]
    text: ByteString,
    #[pickle(bits = 12)]
    odd: u16,
}

#[test]
fn offsets_that_count_otherwise() {
    let value = Units {
        first: 1,
        table: Table {
            words: [0x0203, 0x0405],
            text: "ab".into(),
            odd: 0x678,
            ..Table::default()
        },
    };
    let bytes = agree(&value);
    // The record starts at byte 1, the words at byte 8.
    assert_eq!(
        bytes,
        [1, 1, 11, 0x67, 0x80, 0, 0, 0, 2, 3, 4, 5, b'a', b'b']
    );
}

/// A page whose cells are put from its end on.
#[derive(Pickle, Debug, Default, PartialEq)]
struct Page {
    first: u8,
    second: u8,
    third: u8,
    #[pickle(at = first, count = u8)]
    one: ByteString,
    #[pickle(at = second)]
    two: Cell,
    #[pickle(at = third, count = u8)]
    three: ByteString,
}

#[derive(Pickle, Debug, Default, PartialEq)]
struct Cell {
    #[pickle(derived = offset(data))]
    offset: Derived<u8>,
    #[pickle(at = offset, count = u8)]
    data: ByteString,
}

#[test]
fn what_is_put_into_gaps() {
    let page = |[first, second, third]: [u8; 3]| Page {
        first,
        second,
        third,
        one: "one".into(),
        two: Cell {
            data: "two".into(),
            ..Cell::default()
        },
        three: "three".into(),
    };
    // The second, with what stands behind it, takes 5 bytes.
    assert_eq!(
        agree(&page([14, 9, 3])),
        *b"\x0E\x09\x03\x05three\x0A\x03two\x03one"
    );
    assert_eq!(
        agree(&page([20, 4, 10])),
        *b"\x14\x04\x0A\0\x05\x03two\0\x05three\0\0\0\0\x03one"
    );
    for ([first, second, third], found) in [
        // Into the first, over the second, and not enough room.
        ([14, 10, 3], 10),
        ([14, 9, 4], 4),
        ([14, 9, 9], 9),
        ([14, 9, 13], 13),
        ([14, 9, 2], 2),
    ] {
        let error = pickler::encode(&page([first, second, third])).unwrap_err();
        let expected = 18;
        assert_eq!(*error.kind(), ErrorKind::Misplaced { expected, found });
    }
}

/// A place that is given.
#[derive(Pickle, Debug, Default, PartialEq)]
struct Given {
    offset: u8,
    #[pickle(at = 4)]
    fixed: u16,
    #[pickle(at = offset)]
    body: u8,
}

#[test]
fn places_that_are_given() {
    let mut value = Given {
        offset: 8,
        fixed: 0x0102,
        body: 3,
    };
    assert_eq!(agree(&value), [8, 0, 0, 0, 1, 2, 0, 0, 3]);
    value.offset = 6;
    assert_eq!(agree(&value), [6, 0, 0, 0, 1, 2, 3]);
    for (offset, bytes) in [
        (1, [1, 3, 0, 0, 1, 2]),
        (2, [2, 0, 3, 0, 1, 2]),
        (3, [3, 0, 0, 3, 1, 2]),
    ] {
        value.offset = offset;
        assert_eq!(agree(&value), bytes);
    }
    let schema = Schema::of::<Given>();
    for offset in [0, 4, 5] {
        value.offset = offset;
        let error = pickler::encode(&value).unwrap_err();
        let (expected, found) = (6, offset.into());
        assert_eq!(*error.kind(), ErrorKind::Misplaced { expected, found });
        let dynamic = [&[offset][..], &[0, 0, 0, 1, 2, 3]].concat();
        let _ = agree_on_bytes::<Given>(&schema, &dynamic);
    }
    let value = agree_on_bytes::<Given>(&schema, &[4, 0, 0, 0, 1, 2]).unwrap();
    assert_eq!(value.body, 1);
}

/// A forged offset is written as it is.
#[test]
fn offsets_can_be_forged() {
    let wad = Wad {
        directory: Derived::forge(0xFFFF),
        ..Wad::default()
    };
    let bytes = pickler::encode(&wad).unwrap();
    assert_eq!(bytes, b"PWAD\0\0\0\0\xFF\xFF\0\0");
}

/// An offset too narrow for where it must lead.
#[derive(Pickle, Debug, PartialEq)]
struct Narrow {
    #[pickle(derived = offset(far))]
    offset: Derived<u8>,
    near: [u8; 300],
    #[pickle(at = offset)]
    far: u8,
}

#[test]
fn offsets_that_do_not_fit() {
    let value = Narrow {
        offset: Derived::auto(),
        near: [0; 300],
        far: 1,
    };
    let error = pickler::encode(&value).unwrap_err();
    assert_eq!(
        error.to_string(),
        "Narrow.offset: 301 does not fit, only 0 to 255 do"
    );
}

/// The place of a field that stands where it is mentioned, and the size of one
/// that does not.
#[derive(Pickle, Debug, Default, PartialEq)]
struct Both {
    #[pickle(derived = offset(body))]
    start: Derived<u8>,
    #[pickle(derived = sizeof(table))]
    room: Derived<u8>,
    #[pickle(derived = offset(table))]
    table_start: Derived<u8>,
    #[pickle(count = u8)]
    body: Vec<u16>,
    #[pickle(at = table_start, item(count = u8), count = u8)]
    table: Vec<ByteString>,
}

#[test]
fn where_fields_start_and_how_large_they_are() {
    let value = Both {
        body: vec![0x0102],
        table: vec!["ab".into(), "c".into()],
        ..Both::default()
    };
    let bytes = agree(&value);
    assert_eq!(bytes, [3, 6, 6, 1, 1, 2, 2, 2, b'a', b'b', 1, b'c']);
    agree_on_random::<Both>();
}
