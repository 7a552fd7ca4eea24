//! What stands elsewhere, and what was seen before.

use pickler::{ByteString, Derived, Pickle};

/// A directory that comes anywhere, and what its entries lead to.
#[derive(Pickle, Clone, Debug, PartialEq)]
#[pickle(endian = little, magic = b"PWAD")]
pub struct Archive {
    #[pickle(derived = len(lumps))]
    count: Derived<u16>,
    #[pickle(derived = offset(lumps))]
    directory: Derived<u16>,
    #[pickle(at = directory, count = count)]
    lumps: Vec<Lump>,
}

#[derive(Pickle, Clone, Debug, PartialEq)]
pub struct Lump {
    #[pickle(derived = offset(data))]
    offset: Derived<u16>,
    #[pickle(derived = sizeof(data))]
    size: Derived<u8>,
    name: [u8; 2],
    #[pickle(at = offset, size = size)]
    data: ByteString,
}

/// Offsets in words of four bytes, and from the record; a chain that ends, in a
/// piece and behind the message.
#[derive(Pickle, Clone, Debug, PartialEq)]
pub struct Chained {
    kind: u8,
    #[pickle(size = u16)]
    first: Link,
    #[pickle(derived = offset(last))]
    last_offset: Derived<u8>,
    #[pickle(at = last_offset, none = 0, align = 2)]
    last: Option<Link>,
    behind: u8,
}

#[derive(Pickle, Clone, Debug, PartialEq)]
pub struct Link {
    #[pickle(derived = offset(words) / 4)]
    quarter: Derived<u8>,
    #[pickle(at = 4 * quarter, align = 4)]
    words: [u16; 2],
    #[pickle(bits = 12)]
    odd: u16,
    #[pickle(bits = 4)]
    filler: u8,
    #[pickle(derived = offset(next))]
    next_offset: Derived<u16>,
    #[pickle(at = next_offset, at_from = record, none = 0)]
    next: Option<Box<Link>>,
}

/// Places that are given, and may be taken.
#[derive(Pickle, Clone, Debug, PartialEq)]
pub struct Fixed {
    offset: u8,
    #[pickle(at = 4)]
    head: u16,
    #[pickle(at = offset)]
    body: u8,
}

/// Domain names: labels, and where the rest was seen; and words by their number
/// in two tables.
#[derive(Pickle, Clone, Debug, PartialEq)]
pub struct Shared {
    #[pickle(count = u8, item(shared = offset(0xC000_u16)))]
    names: Vec<Name>,
    #[pickle(count = u8, item(shared = index(u8), count = u8))]
    words: Vec<String>,
    #[pickle(shared = index(leb128, pairs))]
    first: (u8, u16),
    #[pickle(count = u8, item(shared = index(leb128, pairs)))]
    others: Vec<(u8, u16)>,
}

#[derive(Pickle, Clone, Debug, PartialEq)]
pub struct Name {
    #[pickle(count = u8, assert = len(label) <= 63)]
    label: ByteString,
    #[pickle(if = len(label) > 0, shared = offset(0xC000_u16))]
    rest: Option<Box<Name>>,
}
