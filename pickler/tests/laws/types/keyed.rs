//! Records whose fields say which they are.

use pickler::types::UnknownField;
use pickler::{ByteString, Pickle};

/// Keys and sizes of one byte, a terminator, pads.
#[derive(Pickle, Clone, Debug, PartialEq)]
#[pickle(keyed(key = u8, size = u8, terminator = 255, pad = 0))]
pub struct Options {
    #[pickle(key = 53)]
    message_type: u8,
    #[pickle(key = 1)]
    mask: Option<[u8; 4]>,
    #[pickle(key = 3)]
    routers: Vec<[u8; 2]>,
    #[pickle(key = 4, repeated)]
    servers: Vec<u16>,
    #[pickle(key = 12)]
    name: Option<String>,
    #[pickle(key = 51, default = 3600_u32)]
    lease: u32,
    #[pickle(key = 60)]
    inner: Option<Box<Ordered>>,
    #[pickle(unknown)]
    unknown: Vec<UnknownField>,
}

/// Varints, a count, and an order.
#[derive(Pickle, Clone, Debug, PartialEq)]
#[pickle(keyed(key = leb128, size = quic, count = u8, order = fixed), unknown = ignore)]
pub struct Ordered {
    #[pickle(key = 1)]
    first: u32,
    #[pickle(key = 200, repeated)]
    words: Vec<String>,
    #[pickle(key = 300)]
    inner: Option<Box<Ordered>>,
}

/// Protobuf's kinds of fields.
#[derive(Pickle, Clone, Debug, PartialEq)]
#[pickle(protobuf)]
pub struct Protobuf {
    #[pickle(key = 1)]
    int32: i32,
    #[pickle(key = 2, zigzag)]
    sint64: Option<i64>,
    #[pickle(key = 3, fixed)]
    fixed32: Option<u32>,
    #[pickle(key = 4)]
    truth: Option<bool>,
    #[pickle(key = 5)]
    suit: Option<Suit>,
    #[pickle(key = 6, default)]
    text: String,
    #[pickle(key = 7)]
    bytes: Option<ByteString>,
    #[pickle(key = 8, packed)]
    packed: Vec<i32>,
    #[pickle(key = 9)]
    single: Vec<u64>,
    #[pickle(key = 16)]
    inner: Option<Box<Protobuf>>,
    #[pickle(key = 17)]
    more: Vec<Protobuf>,
    #[pickle(unknown)]
    unknown: Vec<UnknownField>,
}

#[derive(Pickle, Clone, Copy, Debug, PartialEq)]
#[pickle(protobuf)]
pub enum Suit {
    Clubs,
    Spades = 3,
    None = -1,
}
