//! Declarations with most attributes that there are.

use std::collections::BTreeMap;
use std::num::NonZeroU16;

use pickler::picklers::{big_endian, constant_lenient, of, peek, rest, share, zero_to};
use pickler::schema::{Protocol, Schema};
use pickler::types::UnknownField;
use pickler::{ByteString, Derived, Pickle};

use crate::codecs;

/// What there is.
#[derive(Pickle, Clone, Debug, PartialEq)]
#[pickle(tag = u8, length = u16, length_counts = rest, rename_all = SCREAMING_SNAKE_CASE)]
pub enum Message {
    /// Said first.
    #[pickle(tag = 9)]
    LeafWords(Leaves),
    #[pickle(tag = 3 | 5..=7, direction = both)]
    Several { #[pickle(tag)] which: u8, rest: u8 },
    #[pickle(tag = 1, rename = "list-words")]
    Lists(Box<Lists>),
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

/// Kinds.
#[derive(Pickle, Clone, Copy, Debug, Default, PartialEq, Eq)]
#[pickle(bits = 4, rename_all = kebab_case)]
pub enum Kind {
    #[default]
    #[pickle(tag = 1)]
    PlainText,
    #[pickle(tag = 4)]
    Image,
    #[pickle(other)]
    Other(u8),
}

#[derive(Pickle, Clone, Debug, PartialEq)]
#[pickle(default)]
pub struct Leaves {
    kind: Kind,
    #[pickle(bits = 12, zigzag)]
    delta: i16,
    #[pickle(bcd)]
    year: u16,
    #[pickle(half)]
    weight: f32,
    #[pickle(scale = 100, unit = "EUR", default = 250)]
    price: u32,
    #[pickle(flags(ACK = 0x01, SYN = 0x02, ..))]
    flags: u16,
    #[pickle(varint = zigzag, lenient)]
    moved: i32,
    #[pickle(none = 255, shown(null = -1))]
    seat: Option<u8>,
    #[pickle(constant = 0x2A_u16)]
    answer: (),
    #[pickle(with = constant_lenient(7, of::<u8>()))]
    seven: (),
    #[pickle(with = zero_to::<365, u16>())]
    day: u16,
    letter: char,
    #[pickle(size = 8, pad = b' ', encoding = latin1)]
    name: String,
    #[pickle(bytes)]
    hash: [u8; 4],
    #[pickle(json, count = u8)]
    settings: String,
    #[pickle(with = share::<u8, _>("names", of::<u32>()))]
    shared: u32,
    #[pickle(one_of = [1, 2, 3])]
    few: u8,
}

#[derive(Pickle, Clone, Debug, PartialEq)]
pub struct Lists {
    rows: u8,
    columns: u8,
    #[pickle(count = rows * columns, item(bits = 24))]
    cells: Vec<u32>,
    #[pickle(count = u8, item(count = leb128))]
    words: Vec<String>,
    #[pickle(count = bits(16))]
    map: BTreeMap<u8, u16>,
    #[pickle(last = item == 0)]
    ended: Vec<u8>,
    #[pickle(terminator = 0)]
    line: String,
    #[pickle(flag, item(item(varint = leb128)))]
    maybe: Option<[u32; 2]>,
    #[pickle(item(none = 9))]
    fixed: [Option<u8>; 3],
    #[pickle(with = peek(of::<u8>(), of::<(u8, u16)>()))]
    seen: (u8, (u8, u16)),
    port: NonZeroU16,
    nested: Option_,
    #[pickle(count = u8, item(assert = item > index))]
    rising: Vec<u64>,
}

/// Its name is taken.
#[derive(Pickle, Clone, Debug, PartialEq)]
#[pickle(rename = "Option")]
pub struct Option_ {
    #[pickle(flag = bits(1), bits = 7)]
    few: Option<u8>,
}

#[derive(Pickle, Clone, Debug, PartialEq)]
#[pickle(pad_to = 64, padding = ignored)]
pub struct Sizes {
    #[pickle(derived = sizeof(body))]
    size: Derived<u16>,
    #[pickle(size = size)]
    body: Lists,
    #[pickle(size = u8, size_counts = itself, leftover = ignore)]
    small: u16,
    #[pickle(size = until(b'|'))]
    upto: String,
    #[pickle(pad_before = 2, align = 4)]
    aligned: u32,
    #[pickle(derived = internet(size..=aligned))]
    sum: Derived<u16>,
    #[pickle(size = remaining - 2, xor = [0x5A, 7])]
    hidden: ByteString,
    last: u16,
}

#[derive(Pickle, Clone, Debug, PartialEq)]
pub struct Versions {
    version: u8,
    #[pickle(since = 3, until = 5)]
    there: Option<u16>,
    #[pickle(if = version == 2 || present(there), default = 5)]
    five: u8,
    #[pickle(flag, skip_if_default)]
    skipped: u32,
    tag: u8,
    #[pickle(given(tag, version = version + 1))]
    body: Body,
}

#[derive(Pickle, Clone, Debug, Default, PartialEq)]
#[pickle(context(tag: u8, version: u8), tag = tag)]
pub enum Body {
    #[default]
    Empty,
    #[pickle(tag = 4, since = 2)]
    Long { #[pickle(count = version)] bytes: ByteString },
    #[pickle(tag = 5)]
    Pair(u8, #[pickle(bits = 8)] bool),
}

#[derive(Pickle, Clone, Debug, PartialEq)]
#[pickle(endian = little, bit_order = lsb, rename_all = camelCase)]
pub struct Orders {
    byte_order: u16,
    #[pickle(endian = if byte_order == 0x4949 { little } else { big })]
    by_order: u32,
    #[pickle(endian = big)]
    network_order: u64,
    #[pickle(rest, endian = big, bit_order = msb)]
    others: Option<Tried>,
}

#[derive(Pickle, Clone, Debug, PartialEq)]
#[pickle(choice)]
pub enum Tried {
    Short(#[pickle(assert = item < 10)] u8),
    Long(u16),
}

#[derive(Pickle, Clone, Debug, PartialEq)]
#[pickle(keyed(key = u8, size = leb128, terminator = 255, pad = 0, order = fixed))]
pub struct Options {
    #[pickle(key = 12)]
    host_name: Option<String>,
    #[pickle(key = 53, default = 10)]
    limit: u16,
    #[pickle(key = 60, repeated)]
    servers: Vec<[u8; 4]>,
    #[pickle(unknown)]
    unknown: Vec<UnknownField>,
}

/// A protobuf message.
#[derive(Pickle, Clone, Debug, PartialEq)]
#[pickle(protobuf, unknown = ignore)]
pub struct Person {
    #[pickle(key = 1)]
    name: String,
    #[pickle(key = 2, zigzag)]
    debt: i32,
    #[pickle(key = 3, fixed)]
    id: u64,
    #[pickle(key = 4, packed)]
    scores: Vec<u32>,
    #[pickle(key = 5)]
    friends: Vec<Person>,
    #[pickle(key = 6)]
    gender: Option<Sort>,
    #[pickle(key = 7, with = rest::<ByteString>())]
    picture: ByteString,
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
    #[pickle(bits = 4)]
    kind: Kind,
    #[pickle(bits = 3)]
    other: Kind,
    #[pickle(bits = 17)]
    wide: bool,
    #[pickle(bits = 32)]
    wider: bool,
    header: Header,
    level: Level,
    #[pickle(if = level == Level::High)]
    more: Option<u8>,
    both: (Header, [Suit; 2]),
}

#[derive(Pickle, Clone, Debug, PartialEq)]
#[pickle(inline, magic = b"H")]
pub struct Header {
    #[pickle(count = leb128(u16))]
    lines: Vec<Suit>,
    #[pickle(default = 3)]
    level: u8,
}

#[derive(Pickle, Clone, Copy, Debug, PartialEq, Eq)]
#[pickle(inline, tag = u8)]
pub enum Level {
    Low,
    High = 7,
}

#[derive(Pickle, Clone, Debug, PartialEq)]
#[pickle(inline, tag = zigzag(i16))]
pub enum Suit {
    #[pickle(tag = -3)]
    Plain,
    #[pickle(tag = 3)]
    Counted { size: u8, #[pickle(count = size)] bytes: ByteString },
}

/// What only code can say.
#[derive(Pickle, Clone, Debug, PartialEq)]
pub struct Coded {
    #[pickle(with = codecs::milliseconds(of::<u16>()))]
    wait: codecs::Milliseconds,
    #[pickle(with = codecs::a_number())]
    number: codecs::ANumber,
    #[pickle(count = u8, item(with = codecs::a_number()))]
    numbers: Vec<codecs::ANumber>,
    #[pickle(flag, with = codecs::milliseconds(big_endian(of::<u16>())))]
    longer: Option<codecs::Milliseconds>,
}

/// Most attributes.
pub fn protocol() -> &'static Protocol {
    static PROTOCOL: std::sync::LazyLock<Protocol> = std::sync::LazyLock::new(|| {
        Protocol::new("words", Schema::of::<Message>()).keep_alive("PING", 1000)
    });
    &PROTOCOL
}
