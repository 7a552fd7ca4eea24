//! Lists of pieces: to the end, up to an item, so many; of a size, padded,
//! terminated.

use pickler::{ByteString, Pickle};

use crate::both::{hex, reads, same, same_to_the_end};

fn bytes() -> Vec<u8> {
    hex("e8baaaaaaafa9eb8aaaaaa55555555")
}

fn pieces(pieces: [&str; 3]) -> Vec<ByteString> {
    pieces.map(|piece| hex(piece).into()).into()
}

#[test]
fn pieces_of_a_size() {
    #[derive(Pickle, Debug, PartialEq)]
    struct ToTheEnd(#[pickle(rest, item(size = 5))] Vec<ByteString>);
    #[derive(Pickle, Debug, PartialEq)]
    struct SoMany(#[pickle(count = 3, item(size = 5))] Vec<ByteString>);
    let all = || pieces(["e8baaaaaaa", "fa9eb8aaaa", "aa55555555"]);
    same_to_the_end(&bytes(), &ToTheEnd(all()));
    same(&bytes(), &SoMany(all()));
}

#[test]
fn padded_pieces_of_a_size() {
    #[derive(Pickle, Debug, PartialEq)]
    struct ToTheEnd(#[pickle(rest, item(size = 5))] Vec<Padded>);
    #[derive(Pickle, Debug, PartialEq)]
    struct SoMany(#[pickle(count = 3, item(size = 5))] Vec<Padded>);
    #[derive(Pickle, Debug, PartialEq)]
    struct UpToFive(#[pickle(last = len(item.data) == 5)] Vec<Padded>);
    #[derive(Pickle, Debug, PartialEq)]
    struct Padded {
        #[pickle(size = 5, pad = b'.')]
        data: ByteString,
    }
    let bytes = b"ab...cde..fghij";
    let all = || -> Vec<_> {
        let all = ["ab", "cde", "fghij"].map(|data| Padded { data: data.into() });
        all.into()
    };
    same_to_the_end(bytes, &ToTheEnd(all()));
    same(bytes, &SoMany(all()));
    same(bytes, &UpToFive(all()));
}

#[test]
fn records_up_to_one_of_a_mark() {
    #[derive(Pickle, Debug, PartialEq)]
    #[pickle(endian = little)]
    struct Record {
        marker: u8,
        body: u32,
    }
    #[derive(Pickle, Debug, PartialEq)]
    struct Records(#[pickle(last = item.marker == 0xAA)] Vec<Record>);
    #[derive(Pickle, Debug, PartialEq)]
    struct Sized(#[pickle(last = item.marker == 0xAA, item(size = 5))] Vec<Record>);
    let all = || -> Vec<_> {
        let all = [
            (0xE8, 0xAAAA_AABA),
            (0xFA, 0xAAAA_B89E),
            (0xAA, 0x5555_5555),
        ];
        all.map(|(marker, body)| Record { marker, body }).into()
    };
    same(&bytes(), &Records(all()));
    same(&bytes(), &Sized(all()));
}

#[test]
fn pieces_up_to_one_of_a_first_byte() {
    #[derive(Pickle, Debug, PartialEq)]
    struct Pieces(#[pickle(last = item[0] == 0xAA, item(size = 5))] Vec<ByteString>);
    let all = pieces(["e8baaaaaaa", "fa9eb8aaaa", "aa55555555"]);
    same(&bytes(), &Pieces(all));
}

#[test]
fn pieces_up_to_one_that_is_or_is_not_some_bytes() {
    #[derive(Pickle, Debug, PartialEq)]
    struct Pieces {
        #[pickle(last = len(item) == 0, item(size = until(0xAA)))]
        first: Vec<ByteString>,
        #[pickle(last = item != b"\xAA", item(size = through(0xAA)))]
        second: Vec<ByteString>,
        #[pickle(last = item == first[1], item(size = before(0x55)))]
        third: Vec<ByteString>,
        #[pickle(rest)]
        unread: ByteString,
    }
    #[derive(Pickle, Clone, Debug, PartialEq)]
    struct Piece {
        #[pickle(rest)]
        value: ByteString,
    }
    #[derive(Pickle, Debug, PartialEq)]
    struct Wrapped {
        #[pickle(last = len(item.value) == 0, item(size = until(0xAA)))]
        first: Vec<Piece>,
        #[pickle(last = item.value != b"\xAA", item(size = through(0xAA)))]
        second: Vec<Piece>,
        #[pickle(last = item.value == first[1].value, item(size = before(0x55)))]
        third: Vec<Piece>,
        #[pickle(rest)]
        unread: ByteString,
    }
    let both = |pieces: [&str; 2]| pieces.map(|piece| ByteString::from(hex(piece))).to_vec();
    let wrapped = |pieces| -> Vec<Piece> {
        let pieces = both(pieces).into_iter();
        pieces.map(|value| Piece { value }).collect()
    };
    let all = Pieces {
        first: both(["e8ba", ""]),
        second: both(["aa", "fa9eb8aa"]),
        third: both(["aaaa", ""]),
        unread: hex("55555555").into(),
    };
    same_to_the_end(&bytes(), &all);
    let all = Wrapped {
        first: wrapped(["e8ba", ""]),
        second: wrapped(["aa", "fa9eb8aa"]),
        third: wrapped(["aaaa", ""]),
        unread: hex("55555555").into(),
    };
    same_to_the_end(&bytes(), &all);
}

#[test]
fn padded_pieces_up_to_one_of_some_bytes() {
    #[derive(Pickle, Debug, PartialEq)]
    struct Pieces(#[pickle(last = item.data == b"\xAA\x55")] Vec<Padded>);
    #[derive(Pickle, Debug, PartialEq)]
    struct Padded {
        #[pickle(
            size = 5,
            pad = 0xAA,
            terminator = 0x55 | end,
            terminator_is = kept,
            leftover = ignore
        )]
        data: ByteString,
    }
    let all = ["e8ba", "fa9eb8", "aa55"].map(|piece| Padded {
        data: hex(piece).into(),
    });
    reads(&bytes(), &Pieces(all.into()));
}

#[test]
fn lists_up_to_an_empty_one() {
    #[derive(Pickle, Debug, PartialEq)]
    struct Bytes {
        count: u8,
        #[pickle(count = count)]
        values: Vec<u8>,
    }
    #[derive(Pickle, Debug, PartialEq)]
    #[pickle(endian = little)]
    struct Words {
        count: u16,
        #[pickle(count = count)]
        values: Vec<u16>,
    }
    #[derive(Pickle, Debug, PartialEq)]
    struct Lists {
        #[pickle(last = item.count == 0)]
        first: Vec<Bytes>,
        #[pickle(last = item.count == 0)]
        second: Vec<Words>,
        #[pickle(last = item == 0)]
        third: Vec<u8>,
    }
    let bytes = |count| Bytes {
        count,
        values: (1..=count).collect(),
    };
    let words = |count| Words {
        count,
        values: (1..=count).collect(),
    };
    let value = Lists {
        first: [4, 2, 0].map(bytes).into(),
        second: [6, 3, 4, 0].map(words).into(),
        third: b"foobar\0".into(),
    };
    let expected = "0401020304020102000600010002000300040005000600030001000200030004000100\
        02000300040000 00666f6f62617200";
    same(&hex(&expected.replace(' ', "")), &value);
}

#[test]
fn pieces_that_a_byte_ends() {
    #[derive(Pickle, Debug, PartialEq)]
    struct Data(#[pickle(rest)] ByteString);
    #[derive(Pickle, Debug, PartialEq)]
    struct Lists {
        #[pickle(count = 2, item(size = until(0xAA)))]
        first: Vec<ByteString>,
        #[pickle(count = 2, item(size = through(0xAA)))]
        second: Vec<ByteString>,
        #[pickle(size = 2)]
        third: ByteString,
        end: u8,
    }
    #[derive(Pickle, Debug, PartialEq)]
    struct OfRecords {
        #[pickle(count = 2, item(size = until(0xAA)))]
        first: Vec<Data>,
        #[pickle(count = 2, item(size = through(0xAA)))]
        second: Vec<Data>,
    }
    #[derive(Pickle, Debug, PartialEq)]
    struct ToTheEnd(#[pickle(rest, item(size = through(0xB2)))] Vec<ByteString>);
    let list = |items: &[&str]| -> Vec<ByteString> {
        let items = items.iter();
        items.map(|item| hex(item).into()).collect()
    };
    let value = Lists {
        first: list(&["e8ba", ""]),
        second: list(&["aa", "fa9eb8aa"]),
        third: hex("aaaa").into(),
        end: 0x55,
    };
    same(&bytes()[..12], &value);
    let records = |items: &[&str]| list(items).into_iter().map(Data).collect();
    let value = OfRecords {
        first: records(&["e8ba", ""]),
        second: records(&["aa", "fa9eb8aa"]),
    };
    same(&bytes()[..9], &value);
    let bytes = hex("09ac8d8dedba7b936323012a34b239b2");
    let items = list(&["09ac8d8dedba7b936323012a34b2", "39b2"]);
    same_to_the_end(&bytes, &ToTheEnd(items));
}

/// Parts of bytes could not be told from the padding of the last byte, so the
/// items are whole bytes.
#[test]
fn bits_to_the_end() {
    #[derive(Pickle, Debug, PartialEq)]
    struct Bits(#[pickle(item(bits = 1))] [bool; 8]);
    #[derive(Pickle, Debug, PartialEq)]
    struct Flags(#[pickle(rest)] Vec<Bits>);
    #[derive(Pickle, Debug, PartialEq)]
    struct Nibbles(#[pickle(item(bits = 4))] [u8; 2]);
    #[derive(Pickle, Debug, PartialEq)]
    struct AllNibbles(#[pickle(rest)] Vec<Nibbles>);
    let last = [false, false, false, false, false, false, false, true];
    let flags = vec![Bits([true; 8]), Bits(last)];
    same_to_the_end(&[0xFF, 0x01], &Flags(flags));
    let nibbles = vec![Nibbles([15, 15]), Nibbles([0, 1])];
    same_to_the_end(&[0xFF, 0x01], &AllNibbles(nibbles));
}

#[test]
fn numbers_to_the_end() {
    #[derive(Pickle, Debug, PartialEq)]
    struct Numbers(#[pickle(rest, endian = little)] Vec<u32>);
    let bytes = hex("00000000420000004200000015080000");
    same_to_the_end(&bytes, &Numbers(vec![0, 0x42, 0x42, 0x815]));
}

#[test]
fn what_is_there_if_anything_is_left() {
    #[derive(Pickle, Debug, PartialEq)]
    #[pickle(endian = little)]
    struct OneOrTwo {
        one: u32,
        #[pickle(rest)]
        two: Option<u32>,
    }
    #[derive(Pickle, Debug, PartialEq)]
    struct Streams {
        #[pickle(size = 4)]
        first: OneOrTwo,
        #[pickle(size = 8)]
        second: OneOrTwo,
    }
    let value = Streams {
        first: OneOrTwo {
            one: 1_262_698_832,
            two: None,
        },
        second: OneOrTwo {
            one: 4_294_914_349,
            two: Some(1_262_698_832),
        },
    };
    same(&hex("5041434b2d31ffff5041434b"), &value);
}

#[test]
fn parts_that_come_of_one_number() {
    #[derive(Pickle, Clone, Copy, Debug, PartialEq)]
    #[pickle(bits = 2, tag = u8)]
    enum Item {
        Foo = 1,
        Bar = 2,
    }
    #[derive(Pickle, Debug, PartialEq)]
    #[pickle(context(a: u8), tag = a)]
    enum Switched {
        #[pickle(tag = 2)]
        Two(i8),
    }
    #[derive(Pickle, Debug, PartialEq)]
    struct Parts {
        item: Item,
        #[pickle(bits = 3, pad_bits_after = 3, padding = ignored)]
        a: u8,
        #[pickle(size = a)]
        bytes: ByteString,
        #[pickle(count = a)]
        list: Vec<i8>,
        #[pickle(given(a))]
        switched: Switched,
        #[pickle(endian = if a == 1 { little } else { big })]
        ordered: i16,
    }
    let value = Parts {
        item: Item::Foo,
        a: 2,
        bytes: "fo".into(),
        list: vec![111, 98],
        switched: Switched::Two(97),
        ordered: 29184,
    };
    reads(&hex("53666f6f62617200"), &value);
}
