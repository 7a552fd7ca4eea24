//! Fields that stand elsewhere: at an offset, in front of the end, in a table.

use pickler::{ByteString, Derived, Pickle};

use crate::both::{hex, reads, refused, same};

#[test]
fn a_record_at_an_offset() {
    #[derive(Pickle, Debug, PartialEq)]
    struct Index {
        #[pickle(terminator = 0)]
        entry: String,
    }
    #[derive(Pickle, Debug, PartialEq)]
    #[pickle(endian = little)]
    struct File {
        index_offset: u32,
        #[pickle(at = index_offset)]
        index: Index,
    }
    let index = Index {
        entry: "foo".into(),
    };
    let value = File {
        index_offset: 0x20,
        index,
    };
    same(
        &hex(&format!("20000000{}666f6f00", "00".repeat(28))),
        &value,
    );
    reads(
        &hex(&format!("20000000{}666f6f00", "ff".repeat(28))),
        &value,
    );
}

#[test]
fn a_count_that_stands_behind_what_it_counts() {
    #[derive(Pickle, Debug, PartialEq)]
    #[pickle(endian = little)]
    struct Numbers {
        #[pickle(at = 0x10)]
        quantity: u32,
        #[pickle(count = quantity)]
        numbers: Vec<u8>,
    }
    let value = Numbers {
        quantity: 3,
        numbers: vec![1, 2, 3],
    };
    reads(&hex("010203ffffffffffffffffffffffffff03000000"), &value);

    #[derive(Pickle, Debug, PartialEq)]
    #[pickle(endian = little)]
    struct Chunks {
        #[pickle(at = 16)]
        count: u32,
        #[pickle(count = count)]
        chunks: Vec<(u32, u32)>,
    }
    let value = Chunks {
        count: 2,
        chunks: vec![(0x10, 0x2078), (0x2088, 15)],
    };
    same(&hex("1000000078200000882000000f00000002000000"), &value);
}

#[test]
fn a_list_that_ends_with_a_value_that_stands_behind_it() {
    #[derive(Pickle, Debug, PartialEq)]
    #[pickle(endian = little)]
    struct Entries {
        #[pickle(at = 14)]
        last: i16,
        #[pickle(last = item == last)]
        entries: Vec<i16>,
    }
    // The first -1 is the fifth of them.
    let value = Entries {
        last: -1,
        entries: vec![0x42, 0, 0x1337, 0, -1],
    };
    reads(&hex("4200000037130000fffffff0ffffffff"), &value);
}

#[test]
fn a_record_in_front_of_the_end() {
    #[derive(Pickle, Debug, PartialEq)]
    #[pickle(endian = little)]
    struct Index {
        foo: u32,
        bar: u32,
    }
    #[derive(Pickle, Debug, PartialEq)]
    struct File {
        #[pickle(size = remaining - 8)]
        data: ByteString,
        index: Index,
    }
    let value = File {
        data: (1..=13).collect::<Vec<u8>>().into(),
        index: Index {
            foo: 0x42,
            bar: 0x1234,
        },
    };
    let bytes = hex("0102030405060708090a0b0c0d4200000034120000");
    crate::both::same_to_the_end(&bytes, &value);
    refused::<File>(&bytes[..7]);
}

#[test]
fn a_text_at_a_place() {
    #[derive(Pickle, Debug, PartialEq)]
    struct Header {
        #[pickle(at = 2, count = 5, encoding = ascii)]
        header: String,
    }
    let header = "Some ".into();
    reads(b"\x0A\0Some ", &Header { header });
}

#[test]
fn lists_at_an_offset() {
    #[derive(Pickle, Debug, PartialEq)]
    #[pickle(endian = little)]
    struct Texts {
        offset: u32,
        entry_size: u32,
        count: u32,
        #[pickle(at = offset, count = count, item(size = entry_size))]
        entries: Vec<ByteString>,
    }
    let bytes = hex("100000000400000003000000ffffffff111111112222222233333333");
    let entries = [0x11, 0x22, 0x33].map(|byte| ByteString::from(vec![byte; 4]));
    let value = Texts {
        offset: 16,
        entry_size: 4,
        count: 3,
        entries: entries.into(),
    };
    reads(&bytes, &value);

    #[derive(Pickle, Debug, PartialEq)]
    #[pickle(endian = little)]
    struct Entry(u16, u16);
    #[derive(Pickle, Debug, PartialEq)]
    #[pickle(endian = little)]
    struct Records {
        offset: u32,
        entry_size: u32,
        count: u32,
        #[pickle(at = offset, none = 0, count = count, item(size = entry_size))]
        entries: Option<Vec<Entry>>,
    }
    let entries = [0x1111, 0x2222, 0x3333].map(|word| Entry(word, word));
    let value = Records {
        offset: 16,
        entry_size: 4,
        count: 3,
        entries: Some(entries.into()),
    };
    reads(&bytes, &value);
}

#[test]
fn names_in_a_table_behind_the_entries() {
    #[derive(Pickle, Debug, PartialEq)]
    #[pickle(endian = little, context(table: u32))]
    struct Entry {
        #[pickle(derived = offset(name) - table)]
        name_offset: Derived<u32>,
        value: u32,
        #[pickle(at = table + name_offset, terminator = 0)]
        name: String,
    }
    #[derive(Pickle, Debug, PartialEq)]
    #[pickle(endian = little)]
    struct Names {
        count: u32,
        #[pickle(count = count, item(given(table = 4 + 8 * count)))]
        entries: Vec<Entry>,
    }
    let entry = |value, name: &str| Entry {
        name_offset: Derived::auto(),
        value,
        name: name.into(),
    };
    let value = Names {
        count: 3,
        entries: vec![
            entry(0xFFFF_FFFF, "the"),
            entry(0xFEFF_FFFF, "rainy"),
            entry(0xFDFF_FFFF, "day it is"),
        ],
    };
    let bytes = "0300000000000000ffffffff04000000fffffffe0a000000fffffffd\
        746865007261696e790064617920697420697300";
    same(&hex(bytes), &value);
}

#[test]
fn bodies_at_offsets_by_the_kind_of_their_entry() {
    #[derive(Pickle, Debug, PartialEq)]
    #[pickle(context(name: u32, count: u32), tag = name)]
    enum Content {
        #[pickle(tag = 0x5241_4843)]
        Text(#[pickle(count = count, encoding = ascii)] String),
    }
    #[derive(Pickle, Debug, PartialEq)]
    #[pickle(endian = little)]
    struct Tag {
        #[pickle(endian = big)]
        name: u32,
        #[pickle(derived = offset(content))]
        offset: Derived<u32>,
        count: u32,
        #[pickle(at = offset, given(name, count))]
        content: Content,
    }
    #[derive(Pickle, Debug, PartialEq)]
    #[pickle(endian = little)]
    struct InFront {
        offset: u32,
        count: u32,
        #[pickle(count = count)]
        tags: Vec<Tag>,
    }
    #[derive(Pickle, Debug, PartialEq)]
    #[pickle(endian = little)]
    struct Elsewhere {
        #[pickle(derived = offset(tags))]
        offset: Derived<u32>,
        count: u32,
        #[pickle(at = offset, count = count)]
        tags: Vec<Tag>,
    }
    let tag = |text: &str| Tag {
        name: u32::from_be_bytes(*b"RAHC"),
        offset: Derived::auto(),
        count: u32::try_from(text.len()).unwrap(),
        content: Content::Text(text.into()),
    };
    let bytes = hex(
        "080000000200000052414843200000000300000052414843230000000600000066\
                     6f6f62617262617a",
    );
    let value = InFront {
        offset: 8,
        count: 2,
        tags: vec![tag("foo"), tag("barbaz")],
    };
    same(&bytes, &value);
    let value = Elsewhere {
        offset: Derived::auto(),
        count: 2,
        tags: vec![tag("foo"), tag("barbaz")],
    };
    same(&bytes, &value);
}

#[test]
fn a_size_that_is_what_is_left_but_for_a_number() {
    #[derive(Pickle, Debug, PartialEq)]
    #[pickle(endian = little)]
    struct AndNumber {
        #[pickle(terminator = 0)]
        text: String,
        #[pickle(size = remaining - 2)]
        body: ByteString,
        number: u16,
    }
    #[derive(Pickle, Debug, PartialEq)]
    struct Both {
        #[pickle(size = 16)]
        first: AndNumber,
        #[pickle(size = 14)]
        second: AndNumber,
    }
    let and_number = |text: &str, body: &[u8], number| AndNumber {
        text: text.into(),
        body: body.into(),
        number,
    };
    let value = Both {
        first: and_number("CURIOSITY", &[0x11, 0x22, 0x33, 0x44], 0x42),
        second: and_number("KILLED", b"a cat", 0x67),
    };
    let bytes = "435552494f53495459001122334442004b494c4c45440061206361746700";
    same(&hex(bytes), &value);
}
