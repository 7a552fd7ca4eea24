//! Types that another field decides.

use pickler::{ByteString, Pickle};

use crate::both::{hex, same, same_to_the_end};

#[test]
fn integers_of_the_width_that_a_code_says() {
    #[derive(Pickle, Debug, PartialEq)]
    #[pickle(tag = u8, endian = little)]
    enum Opcode {
        #[pickle(tag = 1)]
        One(u8),
        #[pickle(tag = 2)]
        Two(u16),
        #[pickle(tag = 4)]
        Four(u32),
        #[pickle(tag = 8)]
        Eight(u64),
    }
    #[derive(Pickle, Debug, PartialEq)]
    struct Opcodes(#[pickle(rest)] Vec<Opcode>);
    let opcodes = vec![
        Opcode::One(7),
        Opcode::Two(0x4040),
        Opcode::Four(4919),
        Opcode::Eight(4919),
    ];
    let bytes = hex("01070240400437130000083713000000000000");
    same_to_the_end(&bytes, &Opcodes(opcodes));
}

#[test]
fn a_chain_of_records() {
    #[derive(Pickle, Debug, PartialEq)]
    #[pickle(bits = 2)]
    enum Next {
        Zero(Box<One>),
        One(Box<One>),
        Two(Box<One>),
        End(#[pickle(endian = little)] u16),
    }
    #[derive(Pickle, Debug, PartialEq)]
    #[pickle(whole)]
    struct One {
        #[pickle(bits = 6)]
        one: u8,
        next: Next,
    }
    // 010100 00, 010000 01, 010000 11, and the end.
    let value = One {
        one: 0x14,
        next: Next::Zero(Box::new(One {
            one: 0x10,
            next: Next::One(Box::new(One {
                one: 0x10,
                next: Next::End(0x2D4B),
            })),
        })),
    };
    same(&hex("5041434b2d"), &value);
}

#[test]
fn chunks_with_a_length() {
    #[derive(Pickle, Debug, PartialEq)]
    #[pickle(tag = u8, length = u32, endian = little)]
    enum Chunk {
        #[pickle(tag = 0x22)]
        Directory(#[pickle(rest)] Vec<[u8; 4]>),
        #[pickle(other)]
        Unknown { code: u8, body: ByteString },
    }
    #[derive(Pickle, Debug, PartialEq)]
    struct Chunks(#[pickle(rest)] Vec<Chunk>);
    let unknown = |code, body: Vec<u8>| Chunk::Unknown {
        code,
        body: body.into(),
    };
    let chunks = vec![
        unknown(0x11, b"Stuff\0Me\0".to_vec()),
        Chunk::Directory(vec![*b"AAAA", *b"BBBB", *b"CCCC"]),
        unknown(0x33, hex("1020304050607080")),
        unknown(0xFF, vec![]),
    ];
    let bytes = hex(
        "11090000005374756666004d6500220c00000041414141424242424343434333080000001020\
         304050607080ff00000000"
            .replace(' ', "")
            .as_str(),
    );
    same_to_the_end(&bytes, &Chunks(chunks));
}
