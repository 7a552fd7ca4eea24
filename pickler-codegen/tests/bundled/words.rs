//! words.

use std::collections::BTreeMap;
use std::num::NonZeroU16;
use pickler::picklers;
use pickler::schema::{Protocol, Schema};
use pickler::types::UnknownField;
use pickler::{ByteString, Derived, Pickle};

// What only code can say is in a module that is written by hand. Its types are
// `Clone`, `Debug` and `PartialEq`, and `Default` or `Ord` where that is asked for.
//
// pub mod codecs {
//     /// `mapped "milliseconds"`
//     pub type Milliseconds = ...;
//     pub fn milliseconds<'de, P>(wire: P) -> impl Pickler<'de, Value = Milliseconds>
//     where
//         P: Pickler<'de, Value = u16>,
//     { ... }
//
//     /// `opaque "a number"`
//     pub type ANumber = ...;
//     pub fn a_number<'de>() -> impl Pickler<'de, Value = ANumber> { ... }
// }
use crate::codecs;

/// The protocol: its messages, and what is agreed on beside them.
pub fn protocol() -> Protocol {
    Protocol::new("words", Schema::of::<Message>()).keep_alive("PING", 1000)
}

/// What there is.
#[derive(Pickle, Clone, Debug, PartialEq)]
#[pickle(tag = u8, length = u16, length_counts = rest, from, rename_all = SCREAMING_SNAKE_CASE)]
pub enum Message {
    #[pickle(tag = 3 | 5..=7, direction = both)]
    Several { #[pickle(tag)] tag: u8, rest: u8 },
    /// Said first.
    #[pickle(tag = 9)]
    LeafWords(Leaves),
    #[pickle(tag = 1, rename = "list-words")]
    ListWords(Box<Lists>),
    #[pickle(tag = 2, magic = b"GO")]
    Sizes(Sizes),
    #[pickle(tag = 10, assert = low <= high)]
    Conditions { low: u8, high: u8, #[pickle(range = 1..=10)] r#type: u8 },
    #[pickle(tag = 11)]
    Versions(Versions),
    #[pickle(tag = 12)]
    Orders(Orders),
    #[pickle(tag = 13)]
    Protobuf(#[pickle(rest)] ByteString),
    #[pickle(tag = 14)]
    Keyed(Options),
    #[pickle(tag = 15)]
    Person(Person),
    #[pickle(tag = 16)]
    InPlace(InPlace),
    #[pickle(tag = 17)]
    Coded(Coded),
    #[pickle(other)]
    Unknown { tag: u8, body: ByteString },
}

#[derive(Pickle, Clone, Debug, PartialEq)]
#[pickle(default)]
pub struct Leaves {
    #[pickle(default = Kind::PlainText)]
    pub kind: Kind,
    #[pickle(bits = 12, zigzag)]
    pub delta: i16,
    #[pickle(bcd)]
    pub year: u16,
    #[pickle(half)]
    pub weight: f32,
    #[pickle(scale = 100, unit = "EUR", default = 250)]
    pub price: u32,
    #[pickle(flags(ACK = 0x01, SYN = 0x02, ..))]
    pub flags: u16,
    #[pickle(varint = zigzag, lenient)]
    pub moved: i32,
    #[pickle(none = 255, shown(null = -1))]
    pub seat: Option<u8>,
    #[pickle(constant = 42_u16)]
    pub answer: (),
    #[pickle(
        with = picklers::constant_lenient(
            {
                let written: u8 = 7;
                written
            },
            picklers::of::<u8>(),
        ),
    )]
    pub seven: (),
    #[pickle(with = picklers::zero_to::<365, u16>())]
    pub day: u16,
    pub letter: char,
    #[pickle(size = 8, pad = b' ', encoding = latin1)]
    pub name: String,
    #[pickle(bytes)]
    pub hash: [u8; 4],
    #[pickle(count = u8, json)]
    pub settings: String,
    #[pickle(shared = index(u8, names))]
    pub shared: u32,
    #[pickle(one_of = [1, 2, 3])]
    pub few: u8,
}

/// Kinds.
#[derive(Pickle, Clone, Copy, Debug, PartialEq, Eq)]
#[pickle(tag = bits(4), rename_all = kebab_case)]
pub enum Kind {
    #[pickle(tag = 1)]
    PlainText,
    #[pickle(tag = 4)]
    Image,
    #[pickle(other)]
    Other(u8),
}

#[derive(Pickle, Clone, Debug, PartialEq)]
pub struct Lists {
    pub rows: u8,
    pub columns: u8,
    #[pickle(count = rows * columns, item(bits = 24))]
    pub cells: Vec<u32>,
    #[pickle(count = u8, item(count = leb128))]
    pub words: Vec<String>,
    #[pickle(count = u16)]
    pub map: BTreeMap<u8, u16>,
    #[pickle(last = item == 0)]
    pub ended: Vec<u8>,
    #[pickle(terminator = 0)]
    pub line: String,
    #[pickle(flag, item(item(varint = leb128)))]
    pub maybe: Option<[u32; 2]>,
    #[pickle(item(none = 9))]
    pub fixed: [Option<u8>; 3],
    #[pickle(with = picklers::peek(picklers::of::<u8>(), picklers::of::<(u8, u16)>()))]
    pub seen: (u8, (u8, u16)),
    pub port: NonZeroU16,
    pub nested: Option2,
    #[pickle(count = u8, item(assert = item > index))]
    pub rising: Vec<u64>,
}

/// Its name is taken.
#[derive(Pickle, Clone, Debug, PartialEq)]
#[pickle(rename = "Option")]
pub struct Option2 {
    #[pickle(flag = bits(1), bits = 7)]
    pub few: Option<u8>,
}

#[derive(Pickle, Clone, Debug, PartialEq)]
#[pickle(pad_to = 64, padding = ignored)]
pub struct Sizes {
    #[pickle(derived = sizeof(body))]
    pub size: Derived<u16>,
    #[pickle(size = size)]
    pub body: Lists,
    #[pickle(size = u8, size_counts = itself, leftover = ignore)]
    pub small: u16,
    #[pickle(size = until(b'|'))]
    pub upto: String,
    #[pickle(align = 4, pad_before = 2)]
    pub aligned: u32,
    #[pickle(derived = internet(size..=aligned))]
    pub sum: Derived<u16>,
    #[pickle(size = remaining - 2, xor = [90, 7])]
    pub hidden: ByteString,
    pub last: u16,
}

#[derive(Pickle, Clone, Debug, PartialEq)]
pub struct Versions {
    pub version: u8,
    #[pickle(since = 3, until = 5)]
    pub there: Option<u16>,
    #[pickle(if = version == 2 || present(there), default = 5)]
    pub five: u8,
    #[pickle(flag, skip_if_default)]
    pub skipped: u32,
    pub tag: u8,
    #[pickle(given(tag, version = version + 1))]
    pub body: Body,
}

#[derive(Pickle, Clone, Debug, Default, PartialEq)]
#[pickle(context(tag: u8, version: u8), tag = tag)]
pub enum Body {
    #[default]
    #[pickle(tag = 0)]
    Empty,
    #[pickle(tag = 4, since = 2)]
    Long { #[pickle(count = version)] bytes: ByteString },
    #[pickle(tag = 5)]
    Pair(u8, bool),
}

#[derive(Pickle, Clone, Debug, PartialEq)]
#[pickle(rename_all = camelCase, endian = little, bit_order = lsb)]
pub struct Orders {
    pub byte_order: u16,
    #[pickle(endian = if byte_order == 18761 { little } else { big })]
    pub by_order: u32,
    #[pickle(endian = big)]
    pub network_order: u64,
    #[pickle(rest, bit_order = msb, endian = big)]
    pub others: Option<Tried>,
}

#[derive(Pickle, Clone, Debug, PartialEq)]
#[pickle(choice)]
pub enum Tried {
    Short(#[pickle(range = ..10)] u8),
    Long(u16),
}

#[derive(Pickle, Clone, Debug, PartialEq)]
#[pickle(keyed(key = u8, size = leb128, terminator = 255, pad = 0, order = fixed))]
pub struct Options {
    #[pickle(key = 12)]
    pub host_name: Option<String>,
    #[pickle(key = 53, default = 10)]
    pub limit: u16,
    #[pickle(key = 60, repeated)]
    pub servers: Vec<[u8; 4]>,
    #[pickle(unknown)]
    pub unknown: Vec<UnknownField>,
}

/// A protobuf message.
#[derive(Pickle, Clone, Debug, PartialEq)]
#[pickle(protobuf, unknown = ignore)]
pub struct Person {
    #[pickle(key = 1)]
    pub name: String,
    #[pickle(key = 2, zigzag)]
    pub debt: i32,
    #[pickle(key = 3, fixed)]
    pub id: u64,
    #[pickle(key = 4, packed)]
    pub scores: Vec<u32>,
    #[pickle(key = 5)]
    pub friends: Vec<Person>,
    #[pickle(key = 6)]
    pub gender: Option<Sort>,
    #[pickle(key = 7)]
    pub picture: ByteString,
}

#[derive(Pickle, Clone, Copy, Debug, PartialEq, Eq)]
#[pickle(protobuf)]
pub enum Sort {
    One = 1,
    Two = -2,
}

/// What has no name in a description.
#[derive(Pickle, Clone, Debug, PartialEq)]
pub struct InPlace {
    pub kind: InPlaceKind,
    pub other: InPlaceOther,
    #[pickle(bits = 17)]
    pub wide: bool,
    #[pickle(bits = 32)]
    pub wider: bool,
    pub header: InPlaceHeader,
    pub level: InPlaceLevel,
    #[pickle(if = level == 7)]
    pub more: Option<u8>,
    pub both: (InPlaceHeader, [InPlaceHeaderLines; 2]),
}

#[derive(Pickle, Clone, Copy, Debug, PartialEq, Eq)]
#[pickle(inline, tag = bits(4), rename_all = kebab_case)]
pub enum InPlaceKind {
    #[pickle(tag = 1)]
    PlainText,
    #[pickle(tag = 4)]
    Image,
    #[pickle(other)]
    Other(u8),
}

#[derive(Pickle, Clone, Copy, Debug, PartialEq, Eq)]
#[pickle(inline, tag = bits(3), rename_all = kebab_case)]
pub enum InPlaceOther {
    #[pickle(tag = 1)]
    PlainText,
    #[pickle(tag = 4)]
    Image,
    #[pickle(other)]
    Other(u8),
}

#[derive(Pickle, Clone, Debug, PartialEq)]
#[pickle(inline, magic = b"H")]
pub struct InPlaceHeader {
    #[pickle(count = leb128(u16))]
    pub lines: Vec<InPlaceHeaderLines>,
    #[pickle(default = 3)]
    pub level: u8,
}

#[derive(Pickle, Clone, Debug, PartialEq)]
#[pickle(inline, tag = zigzag(i16))]
pub enum InPlaceHeaderLines {
    #[pickle(tag = 3)]
    Counted { size: u8, #[pickle(count = size)] bytes: ByteString },
    #[pickle(tag = -3)]
    Plain,
}

#[derive(Pickle, Clone, Copy, Debug, PartialEq, Eq)]
#[pickle(inline, tag = u8)]
pub enum InPlaceLevel {
    Low = 0,
    High = 7,
}

/// What only code can say.
#[derive(Pickle, Clone, Debug, PartialEq)]
pub struct Coded {
    #[pickle(with = codecs::milliseconds(picklers::of::<u16>()))]
    pub wait: codecs::Milliseconds,
    #[pickle(with = codecs::a_number())]
    pub number: codecs::ANumber,
    #[pickle(count = u8, item(with = codecs::a_number()))]
    pub numbers: Vec<codecs::ANumber>,
    #[pickle(flag, with = codecs::milliseconds(picklers::big_endian(picklers::of::<u16>())))]
    pub longer: Option<codecs::Milliseconds>,
}
