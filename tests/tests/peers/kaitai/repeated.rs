//! Lists and texts with counts and sizes, records in records, and records of a
//! size.

use pickler::{ByteString, Derived, ErrorKind, Pickle};

use crate::both::{hex, refused, same, same_to_the_end};

#[derive(Pickle, Debug, PartialEq)]
#[pickle(endian = little)]
struct Chunk {
    offset: u32,
    length: u32,
}

#[test]
fn records_with_a_count() {
    #[derive(Pickle, Debug, PartialEq)]
    struct Chunks(#[pickle(count = u32, endian = little)] Vec<Chunk>);
    let chunks = [(0x10, 0x2078), (0x2088, 15)];
    let chunks = chunks.map(|(offset, length)| Chunk { offset, length });
    let bytes = hex("020000001000000078200000882000000f000000");
    same(&bytes, &Chunks(chunks.into()));
}

#[test]
fn records_to_the_end() {
    #[derive(Pickle, Debug, PartialEq)]
    struct Chunks(#[pickle(rest)] Vec<Chunk>);
    let chunks = [(0, 0x42), (0x42, 0x815)];
    let chunks = chunks.map(|(offset, length)| Chunk { offset, length });
    let bytes = hex("00000000420000004200000015080000");
    same_to_the_end(&bytes, &Chunks(chunks.into()));
    let error = refused::<Chunks>(&bytes[..9]);
    let (needed, left) = (32, 8);
    assert_eq!(error.kind(), &ErrorKind::UnexpectedEnd { needed, left });
}

#[test]
fn a_record_and_three_more() {
    #[derive(Pickle, Debug, PartialEq)]
    struct Cat {
        meow: u8,
    }
    #[derive(Pickle, Debug, PartialEq)]
    struct Cats {
        one: Cat,
        #[pickle(count = 3)]
        more: Vec<Cat>,
    }
    let one = Cat { meow: 0x50 };
    let more = [0x41, 0x43, 0x4B].map(|meow| Cat { meow }).into();
    same(&hex("5041434b"), &Cats { one, more });
}

#[test]
fn records_of_the_same_name_in_different_ones() {
    #[derive(Pickle, Debug, PartialEq)]
    #[pickle(endian = little)]
    struct Sized {
        #[pickle(derived = sizeof(data) / 2)]
        half: Derived<i32>,
        #[pickle(size = half * 2)]
        data: ByteString,
    }
    #[derive(Pickle, Debug, PartialEq)]
    #[pickle(endian = little)]
    struct Outer {
        version: u32,
        main: Sized,
        dummy: Sized,
    }
    let sized = |data: Vec<u8>| Sized {
        half: Derived::auto(),
        data: data.into(),
    };
    let value = Outer {
        version: 0x42,
        main: sized(vec![0x11; 4]),
        dummy: sized(vec![0x22; 6]),
    };
    let bytes = hex("42000000020000001111111103000000222222222222");
    same(&bytes, &value);
    // A size that is negative is an error, not a very large one.
    refused::<Sized>(&hex("ffffffff2222"));
}

#[test]
fn record_of_a_size_exactly_its_own() {
    #[derive(Pickle, Debug, PartialEq)]
    #[pickle(endian = little)]
    struct Block(u32, u32);
    #[derive(Pickle, Debug, PartialEq)]
    #[pickle(endian = little)]
    struct Buffered {
        #[pickle(derived = sizeof(block))]
        size: Derived<u32>,
        #[pickle(size = size)]
        block: Block,
        finisher: u32,
    }
    let value = Buffered {
        size: Derived::auto(),
        block: Block(0x44, 0x45),
        finisher: 0xEE,
    };
    same(&hex("080000004400000045000000ee000000"), &value);
}

#[test]
fn sizes_of_parts() {
    #[derive(Pickle, Debug, PartialEq)]
    struct Block {
        a: u8,
        b: u32,
        c: [u8; 2],
    }
    #[derive(Pickle, Debug, PartialEq)]
    struct Sizes {
        block: Block,
        more: u16,
        #[pickle(derived = sizeof(block))]
        of_block: Derived<u8>,
        #[pickle(derived = sizeof(self) - 2)]
        of_both: Derived<u8>,
    }
    let value = Sizes {
        block: Block {
            a: 1,
            b: 2,
            c: [3, 4],
        },
        more: 5,
        of_block: Derived::auto(),
        of_both: Derived::auto(),
    };
    same(
        &hex("010000000203040005")
            .into_iter()
            .chain([7, 9])
            .collect::<Vec<_>>(),
        &value,
    );
}
