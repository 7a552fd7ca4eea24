//! What is tried, and what is known by its end.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet, VecDeque};

use pickler::{ByteString, Pickle};

/// The first that can be read: by a constant, by what its fields must be, or
/// whatever it is.
#[derive(Pickle, Clone, Debug, PartialEq)]
#[pickle(choice, endian = little)]
pub enum Tried {
    #[pickle(magic = b"GIF8")]
    Gif {
        version: u8,
        letter: u8,
    },
    Exact {
        #[pickle(range = 1..=9)]
        small: u16,
        #[pickle(count = u8)]
        items: Vec<Tried>,
    },
    #[pickle(magic = 0xFFD8_FF_u32)]
    Pair(u8, Box<Tried>),
    Nibble {
        #[pickle(bits = 4, range = 2..=3)]
        high: u8,
        #[pickle(bits = 4)]
        low: u8,
    },
    Flag(bool),
    Raw(#[pickle(count = u8)] ByteString),
}

/// Ends of all kinds.
#[derive(Pickle, Clone, Debug, PartialEq)]
pub struct Ended {
    #[pickle(last = item.more == false)]
    blocks: Vec<Block>,
    #[pickle(last = item == 0x0102, endian = little)]
    numbers: Vec<u16>,
    #[pickle(size = until(b'|'), endian = little)]
    words: Vec<u16>,
    #[pickle(size = through(b'@'))]
    text: String,
    #[pickle(size = until(0), leftover = ignore)]
    first: u8,
    #[pickle(terminator = (0, 0))]
    pairs: Vec<(u8, u8)>,
    #[pickle(terminator = b"\r\n")]
    line: String,
    #[pickle(terminator = -1, terminator_is = kept, item(varint = sleb128))]
    signed: Vec<i32>,
    #[pickle(terminator = b"::", terminator_is = left)]
    word: ByteString,
    #[pickle(constant = b"::")]
    colons: (),
    #[pickle(size = 5, leftover = ignore, terminator = 0 | end)]
    name: String,
    #[pickle(size = remaining - 3)]
    tried: Vec<Tried>,
    trailer: [u8; 3],
}

#[derive(Pickle, Clone, Debug, PartialEq)]
pub struct Block {
    #[pickle(bits = 1)]
    more: bool,
    #[pickle(bits = 7)]
    size: u8,
    #[pickle(count = size % 4)]
    bytes: ByteString,
}

/// What the standard library collects things in.
#[derive(Pickle, Clone, Debug, PartialEq)]
pub struct Collections {
    #[pickle(count = u8)]
    by_number: BTreeMap<u16, bool>,
    #[pickle(count = u8)]
    numbers: BTreeSet<i8>,
    #[pickle(count = leb128, endian = little)]
    by_hash: HashMap<u16, Block>,
    #[pickle(count = bits(4))]
    hashed: HashSet<u8>,
    #[pickle(bits = 4)]
    behind: u8,
    #[pickle(size = u8)]
    sized: BTreeMap<u8, (u8, bool)>,
    result: Result<u16, Block>,
    #[pickle(rest)]
    queue: VecDeque<u16>,
}
