//! What is there or not, and where.

use pickler::{ByteString, Pickle};

use super::Odd;

/// Fields that may be absent.
#[derive(Pickle, Clone, Debug, PartialEq)]
pub struct Conditional {
    version: u8,
    #[pickle(flag)]
    flagged: Option<u16>,
    #[pickle(flag = bits(1), bits = 7)]
    bits: Option<u8>,
    #[pickle(flag = u16, endian = little)]
    wide: Option<Box<Conditional>>,
    #[pickle(flag, skip_if_default)]
    skipped: u32,
    #[pickle(if = version & 1 == 1)]
    odd: Option<u8>,
    #[pickle(if = version > 3, default = 7)]
    later: u8,
    #[pickle(since = 2, count = u8)]
    since: ByteString,
    #[pickle(until = 5)]
    until: Option<u16>,
    #[pickle(rest)]
    rest: Option<u32>,
}

/// Counts and sizes of all kinds, of what is inside, too.
#[derive(Pickle, Clone, Debug, PartialEq)]
pub struct Chosen {
    columns: u8,
    #[pickle(count = leb128, item(count = columns))]
    rows: Vec<Vec<u8>>,
    #[pickle(count = quic, item(count = u8, item(flag)))]
    seats: Vec<Vec<Option<u8>>>,
    #[pickle(size = u16)]
    names: Vec<(u8, bool)>,
    #[pickle(size = u8, size_counts = itself)]
    text: String,
    #[pickle(size = leb128, leftover = ignore)]
    open: Odd,
    #[pickle(size = columns, leftover = ignore)]
    sized: Vec<u16>,
    #[pickle(item(bits = 4))]
    nibbles: [u8; 4],
    #[pickle(item(count = u8))]
    boxed: Box<ByteString>,
    #[pickle(rest, item(count = u8))]
    rest: Vec<String>,
}

/// Padding and alignment.
#[derive(Pickle, Clone, Debug, PartialEq)]
#[pickle(pad_to = 64)]
pub struct Padded {
    kind: u8,
    #[pickle(align = 4)]
    offset: u32,
    #[pickle(pad_bits_before = 3, bits = 4, pad_bits_after = 1)]
    flags: u8,
    #[pickle(pad_before = 2, padding = ignored)]
    ignored: u8,
    #[pickle(count = u8, pad_to = 8)]
    name: String,
    #[pickle(align = 4, align_from = record)]
    aligned: Aligned,
    #[pickle(pad_after = 1, flag)]
    there: Option<u8>,
}

#[derive(Pickle, Clone, Debug, PartialEq)]
#[pickle(align = 4, align_from = record, padding = ignored)]
pub struct Aligned {
    #[pickle(count = u8)]
    items: Vec<u8>,
}
