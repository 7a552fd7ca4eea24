//! What follows from other fields.

use pickler::{ByteString, Derived, Pickle};

use super::Message;

#[derive(Pickle, Clone, Copy, Debug, PartialEq)]
#[pickle(tag = u8)]
pub enum Form {
    Short = 1,
    Long = 4,
}

/// Types that are given something, and a byte order that a field decides.
#[derive(Pickle, Clone, Debug, PartialEq)]
pub struct Packet {
    order: u16,
    version: u8,
    form: Form,
    #[pickle(given(version, form = form), endian = if order == 0x4949 { little } else { big })]
    body: Body,
}

#[derive(Pickle, Clone, Debug, PartialEq)]
#[pickle(context(version: u8, form: Form))]
pub struct Body {
    #[pickle(count = if form == Form::Long { 3 } else { 1 })]
    words: Vec<u16>,
    #[pickle(since = 2)]
    more: Option<u8>,
    #[pickle(given(version))]
    end: End,
}

#[derive(Pickle, Clone, Debug, PartialEq)]
#[pickle(context(version: u8), tag = u8)]
pub enum End {
    Nothing,
    Text {
        #[pickle(count = version * 2)]
        text: ByteString,
    },
}

/// Checksums that depend on each other.
#[derive(Pickle, Clone, Debug, PartialEq)]
#[pickle(magic = b"S")]
pub struct Summed {
    #[pickle(derived = crc32(..))]
    all: Derived<u32>,
    #[pickle(derived = internet(size..=body))]
    internet: Derived<u16>,
    #[pickle(derived = len(body))]
    size: Derived<u8>,
    #[pickle(count = size)]
    body: Vec<u16>,
    #[pickle(derived = xor8(size..=body))]
    xor: Derived<u8>,
    #[pickle(derived = crc16_modbus(body), endian = little)]
    modbus: Derived<u16>,
}

/// What the values of fields must be.
#[derive(Pickle, Clone, Debug, PartialEq)]
pub struct Expressions {
    #[pickle(range = 1..=10)]
    low: u8,
    #[pickle(assert = high >= low)]
    high: u8,
    #[pickle(one_of = [1, 2, 3])]
    chosen: i16,
    #[pickle(derived = match chosen { 1 => len(items) as u8, 2 | 3 => low, _ => 0 })]
    matched: Derived<u8>,
    #[pickle(count = if low > 5 && high > 5 { low - 5 } else { high % 4 })]
    items: Vec<u32>,
    message: Message,
    #[pickle(derived = tag(message))]
    tag: Derived<u8>,
    #[pickle(derived = sizeof(message) + sizeof(self) * 2)]
    sizes: Derived<u16>,
    #[pickle(if = (low << 2 | high) & !3 != 0)]
    there: Option<i8>,
}

/// Digests of what is in front, of all, and of what a length leads to.
#[derive(Pickle, Clone, Debug, PartialEq)]
pub struct Digested {
    kind: u8,
    #[pickle(derived = sizeof(body))]
    size: Derived<u8>,
    #[pickle(size = size)]
    body: Vec<u16>,
    #[pickle(derived = md5(kind..=body))]
    md5: Derived<[u8; 16]>,
    #[pickle(derived = sha1(body))]
    sha1: Derived<[u8; 20]>,
    #[pickle(derived = crc32c(..))]
    crc: Derived<u32>,
    #[pickle(derived = sha256(..))]
    sha256: Derived<[u8; 32]>,
}

/// Numbers that say how large something is that may be written otherwise than
/// it was read: given, or following.
#[derive(Pickle, Clone, Debug, PartialEq)]
pub struct Measured {
    given: u8,
    #[pickle(size = given)]
    first: Overlong,
    #[pickle(derived = sizeof(second))]
    follows: Derived<u8>,
    #[pickle(size = follows)]
    second: Overlong,
    #[pickle(derived = sizeof(self))]
    all: Derived<u16>,
}

#[derive(Pickle, Clone, Debug, PartialEq)]
pub struct Overlong {
    #[pickle(varint = leb128, lenient)]
    number: u64,
    #[pickle(rest)]
    rest: ByteString,
}
