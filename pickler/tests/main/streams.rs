//! Values that come in pieces.

use std::cell::Cell;
use std::fmt::Debug;

use pickler::cursor::{Align, Fault, Order, Reader, Sink, Writer};
use pickler::generate::{self, Choices, Seeded};
use pickler::schema::{Describer, Shape};
use pickler::stream::{Decoder, Prefix, decode_prefix};
use pickler::{ByteString, Derived, Error, ErrorKind, Pickle, PickleOwned, Width};

#[derive(Pickle, Debug, PartialEq)]
#[pickle(magic = b"T")]
struct Tree {
    #[pickle(bits = 4)]
    kind: u8,
    #[pickle(bits = 12, endian = little)]
    weight: u16,
    #[pickle(count = u8)]
    name: String,
    #[pickle(derived = len(leaves) + 1)]
    count: Derived<u16>,
    #[pickle(count = count - 1)]
    leaves: Vec<(u16, Leaf)>,
    #[pickle(none = 255)]
    seat: Option<u8>,
    #[pickle(count = u8)]
    branches: Vec<Tree>,
}

#[derive(Pickle, Debug, PartialEq)]
#[pickle(tag = u8)]
enum Leaf {
    Bare,
    Text {
        #[pickle(count = u16)]
        text: ByteString,
        on: bool,
    },
    Sized(Sized),
    Four([u16; 4]),
}

#[derive(Pickle, Debug, PartialEq)]
struct Sized {
    #[pickle(derived = sizeof(inner))]
    size: Derived<u8>,
    #[pickle(size = size)]
    inner: Inner,
}

#[derive(Pickle, Debug, PartialEq)]
struct Inner {
    a: u8,
    #[pickle(count = u8)]
    b: Vec<u16>,
}

/// Some values one behind the other, and where each ends.
fn stream(seed: u64) -> (Vec<Tree>, Vec<u8>, Vec<usize>) {
    let mut choices = Seeded::new(seed);
    let values: Vec<Tree> = (0..4)
        .map(|_| generate::value(&mut choices).unwrap())
        .collect();
    let mut bytes = Vec::new();
    let ends = values
        .iter()
        .map(|value| {
            pickler::encode_into(value, &mut bytes).unwrap();
            bytes.len()
        })
        .collect();
    (values, bytes, ends)
}

/// All values of a stream that comes in pieces, and what ends it.
fn all<T: PickleOwned>(
    bytes: &[u8],
    mut piece: impl FnMut() -> usize,
) -> (Vec<T>, Result<(), Error>, u64) {
    let mut decoder = Decoder::new();
    let mut values = Vec::new();
    let mut rest = bytes;
    while !rest.is_empty() {
        let (now, later) = rest.split_at(piece().clamp(1, rest.len()));
        decoder.push(now);
        rest = later;
        loop {
            match decoder.next_value() {
                Ok(Some(value)) => values.push(value),
                Ok(None) => break,
                Err(error) => return (values, Err(error), decoder.bytes_read()),
            }
        }
    }
    (values, Ok(()), decoder.bytes_read())
}

#[test]
fn what_is_short_needs_more_and_says_how_much() {
    #[track_caller]
    fn needs<T: PickleOwned + Debug>(bytes: &[u8], expected: usize) {
        match decode_prefix::<T>(bytes) {
            Ok(Prefix::Needs(needed)) => assert_eq!(needed, expected),
            other => panic!("{other:?}"),
        }
    }
    needs::<u32>(&[], 4);
    needs::<u32>(&[1], 3);
    needs::<Inner>(&[1], 1);
    // A count tells of all its items at once, at their least size.
    needs::<Inner>(&[1, 3], 6);
    needs::<Inner>(&[1, 3, 0], 5);
    needs::<Leaf>(&[1, 0, 5, b'a'], 4);
    needs::<Leaf>(&[1, 0, 2, b'a', b'b'], 1);
    // A length tells of all that it confines.
    needs::<Sized>(&[9, 1], 8);
    // Bits are asked for in whole bytes.
    needs::<Tree>(b"T\x10", 1);
    assert_eq!(
        decode_prefix::<Inner>(&[1, 1, 0, 7, 99]).unwrap(),
        Prefix::Value {
            value: Inner { a: 1, b: vec![7] },
            taken: 4
        }
    );
}

#[test]
fn what_a_length_confines_is_all_there() {
    // Two bytes, of which the list takes one; two items would need four.
    let error = decode_prefix::<Sized>(&[2, 1, 2]).unwrap_err();
    assert_eq!(
        error.to_string(),
        "Sized.inner.b: announces 2 items, but the input left holds 0 at most, at byte 3"
    );
    let error = decode_prefix::<Sized>(&[1, 1]).unwrap_err();
    assert_eq!(
        error.kind(),
        &ErrorKind::UnexpectedEnd { needed: 8, left: 0 }
    );
    // Behind the piece, the stream goes on.
    assert_eq!(
        decode_prefix::<(Sized, u16)>(&[2, 1, 0, 9]),
        Ok(Prefix::Needs(1))
    );
    let error = decode_prefix::<Leaf>(&[4]).unwrap_err();
    assert_eq!(error.kind(), &ErrorKind::UnknownTag { found: 4 });
}

#[test]
fn every_start_of_a_value_needs_more_and_never_too_much() {
    for seed in 0..15 {
        let (_, bytes, ends) = stream(seed);
        let bytes = &bytes[..ends[0]];
        for length in 0..bytes.len() {
            match decode_prefix::<Tree>(&bytes[..length]) {
                Ok(Prefix::Needs(needed)) => {
                    assert!(needed >= 1);
                    assert!(length + needed <= bytes.len(), "{length} + {needed}");
                }
                other => panic!("{length} of {bytes:02x?}: {other:?}"),
            }
        }
    }
}

#[test]
fn pieces_of_any_size_give_the_same_values_each_at_its_last_byte() {
    for seed in 0..20 {
        let (values, bytes, ends) = stream(seed);
        let mut decoder = Decoder::<Tree>::new();
        let mut expected = values.iter().zip(&ends).peekable();
        for (index, byte) in bytes.iter().enumerate() {
            decoder.push(&[*byte]);
            let value = decoder.next_value().unwrap();
            match expected.peek() {
                Some((due, end)) if **end == index + 1 => {
                    assert_eq!(value.as_ref(), Some(*due));
                    expected.next();
                }
                _ => assert_eq!(value, None, "at byte {index}"),
            }
        }
        assert!(expected.next().is_none());
        assert_eq!(decoder.finish(), Ok(None));

        let mut sizes = Seeded::new(seed);
        let (found, end, _) = all::<Tree>(&bytes, || sizes.up_to(40) as usize);
        assert_eq!(end, Ok(()));
        assert_eq!(found, values);
    }
}

#[test]
fn a_stream_that_is_wrong_is_wrong_at_the_same_place_in_any_pieces() {
    for seed in 0..20 {
        let (_, mut bytes, _) = stream(seed);
        let mut choices = Seeded::new(seed);
        for _ in 0..8 {
            let bit = choices.up_to(bytes.len() as u128 * 8 - 1) as usize;
            bytes[bit / 8] ^= 1 << (bit % 8);
            let (whole, end, _) = all::<Tree>(&bytes, || bytes.len());
            let (single, single_end, _) = all::<Tree>(&bytes, || 1);
            assert_eq!(single, whole);
            assert_eq!(single_end, end, "of {bytes:02x?}");
            bytes[bit / 8] ^= 1 << (bit % 8);
        }
    }
}

#[test]
fn the_work_is_linear_in_the_bytes_however_they_come() {
    let texts = |count: usize| Tree {
        kind: 1,
        weight: 2,
        name: "x".repeat(255),
        count: Derived::auto(),
        leaves: (0..count)
            .map(|index| {
                let text = "abc".repeat(index % 7).as_str().into();
                (7, Leaf::Text { text, on: true })
            })
            .collect(),
        seat: None,
        branches: Vec::new(),
    };
    let nested = (0..30).fold(texts(100), |inner, _| Tree {
        branches: vec![inner],
        ..texts(10)
    });
    for value in [texts(4000), nested] {
        let bytes = pickler::encode(&value).unwrap();
        for piece in [1, 2, 13, 1000, bytes.len()] {
            let (values, end, read) = all::<Tree>(&bytes, || piece);
            assert_eq!(end, Ok(()));
            assert_eq!(values.len(), 1);
            // Each byte twice, and at each piece the magic, counts and tags
            // that lie on the way to where it was cut: measured.
            let pieces = bytes.len().div_ceil(piece);
            let most = 2 * bytes.len() + 4 * pieces;
            assert!(
                read <= most as u64,
                "{read} bytes read for {} in pieces of {piece}",
                bytes.len()
            );
        }
    }
}

#[test]
fn items_to_an_end_are_taken_up_where_they_were() {
    #[derive(Pickle, Debug, PartialEq)]
    struct Ended {
        #[pickle(terminator = 0)]
        to_zero: Vec<u16>,
        #[pickle(last = item < 2)]
        to_last: Vec<u16>,
    }
    let value = Ended {
        to_zero: (1..3000).collect(),
        to_last: (0..3000).rev().take(2999).collect(),
    };
    let bytes = pickler::encode(&value).unwrap();
    for piece in [1, 13, 1000] {
        let (values, end, read) = all::<Ended>(&bytes, || piece);
        assert_eq!(end, Ok(()));
        assert_eq!(values.as_slice(), core::slice::from_ref(&value));
        let most = 2 * bytes.len() + 4 * bytes.len().div_ceil(piece);
        assert!(read <= most as u64, "{read} bytes read for {}", bytes.len());
    }
}

thread_local! {
    static READS: Cell<u64> = const { Cell::new(0) };
}

/// A byte that counts how often it is read.
#[derive(Debug, PartialEq)]
struct Counted(u8);

impl<'de> Pickle<'de> for Counted {
    const NAME: &'static str = "Counted";
    const WIDTH: Width = Width::fixed(8);
    const WHOLE: bool = true;

    fn read<O: Order, A: Align>(r: &mut Reader<'de, O, A>) -> Result<Self, Fault> {
        READS.set(READS.get() + 1);
        u8::read(r).map(Self)
    }

    fn write<S: Sink, O: Order, A: Align>(&self, w: &mut Writer<S, O, A>) -> Result<(), Fault> {
        self.0.write(w)
    }

    fn describe(d: &mut Describer) -> Shape {
        u8::describe(d)
    }
}

#[derive(Pickle, Debug, PartialEq)]
struct Row {
    #[pickle(count = u8)]
    cells: Vec<Counted>,
}

#[derive(Pickle, Debug, PartialEq)]
struct Table {
    #[pickle(count = u16)]
    rows: Vec<Row>,
}

#[test]
fn compiled_code_reads_each_item_once() {
    let rows = (0..500_u16).map(|row| Row {
        cells: (0..(row % 5) as u8).map(Counted).collect(),
    });
    let table = Table {
        rows: rows.collect(),
    };
    let bytes = pickler::encode(&table).unwrap();
    READS.set(0);
    let (values, end, _) = all::<Table>(&bytes, || 1);
    assert_eq!((values.as_slice(), end), ([table].as_slice(), Ok(())));
    assert_eq!(READS.get(), 1000);
}

#[test]
fn a_lost_stream_stays_lost_and_keeps_nothing() {
    let mut decoder = Decoder::<Leaf>::new();
    decoder.push(&[0, 9, 0]);
    assert_eq!(decoder.next_value(), Ok(Some(Leaf::Bare)));
    let error = decoder.next_value().unwrap_err();
    assert_eq!(error.to_string(), "Leaf: unknown tag 9 (0x09), at byte 0");
    decoder.push(&[0]);
    assert_eq!(decoder.next_value(), Err(error.clone()));
    assert!(decoder.pending().is_empty());
    assert_eq!(decoder.finish(), Err(error));
}

#[test]
fn a_value_past_the_greatest_is_refused_before_it_comes() {
    let mut decoder = Decoder::<Leaf>::new().with_max(100);
    decoder.push(&[1, 0, 96]);
    assert_eq!(decoder.next_value(), Ok(None));
    assert_eq!(decoder.missing(), 96);
    let mut decoder = Decoder::<Leaf>::new().with_max(100);
    decoder.push(&[1, 0, 98]);
    assert_eq!(
        decoder.next_value().unwrap_err().to_string(),
        "takes 101 bytes or more, 100 are accepted at most"
    );
    // The least that it needs was within the limit, the whole is not.
    let mut decoder = Decoder::<Leaf>::new().with_max(100);
    decoder.push(&[&[1, 0, 97][..], &[0; 98]].concat());
    assert_eq!(
        decoder.next_value().unwrap_err().kind(),
        &ErrorKind::TooLarge {
            bytes: 101,
            max: 100
        }
    );
}

#[derive(Pickle, Debug, PartialEq)]
#[pickle(tag = u8)]
enum Open {
    Known(u8),
    #[pickle(other)]
    Other {
        tag: u8,
        body: ByteString,
    },
}

#[test]
fn what_takes_all_that_is_left_ends_with_the_stream() {
    let mut decoder = Decoder::<Open>::new();
    decoder.push(&[0, 7, 5, 1, 2]);
    assert_eq!(decoder.next_value(), Ok(Some(Open::Known(7))));
    assert_eq!(decoder.next_value(), Ok(None));
    decoder.push(&[3]);
    assert_eq!(decoder.next_value(), Ok(None));
    assert_eq!(
        decoder.finish(),
        Ok(Some(Open::Other {
            tag: 5,
            body: [1, 2, 3][..].into()
        }))
    );
    assert_eq!(decode_prefix::<Open>(&[5, 1]), Ok(Prefix::Needs(1)));
}

#[derive(Pickle, Debug, PartialEq)]
struct Late {
    a: u8,
    #[pickle(rest)]
    b: Option<u16>,
}

#[derive(Pickle, Debug, PartialEq)]
#[pickle(protobuf)]
struct Keyed {
    #[pickle(key = 1)]
    a: u32,
}

#[test]
fn whether_something_comes_is_known_when_it_has_come_or_the_stream_has_ended() {
    let late = Late { a: 1, b: Some(2) };
    assert_eq!(decode_prefix::<Late>(&[1]), Ok(Prefix::Needs(1)));
    assert_eq!(decode_prefix::<Late>(&[1, 0]), Ok(Prefix::Needs(1)));
    let taken = 3;
    assert_eq!(
        decode_prefix::<Late>(&[1, 0, 2]),
        Ok(Prefix::Value { value: late, taken })
    );
    let mut decoder = Decoder::<Late>::new();
    decoder.push(&[1]);
    assert_eq!(decoder.next_value(), Ok(None));
    assert_eq!(decoder.finish(), Ok(Some(Late { a: 1, b: None })));

    let mut decoder = Decoder::<Keyed>::new();
    decoder.push(&[8, 5]);
    assert_eq!(decoder.next_value(), Ok(None));
    assert_eq!(decoder.finish(), Ok(Some(Keyed { a: 5 })));
}
