//! What has no parts.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};
use std::num::{NonZeroI16, NonZeroU8};
use std::time::Duration;

use pickler::{ByteString, Pickle};

/// Numbers of all kinds.
#[derive(Pickle, Clone, Debug, PartialEq)]
pub struct Leaves {
    #[pickle(varint = leb128)]
    leb128: u64,
    #[pickle(varint = leb128)]
    signed: i32,
    #[pickle(varint = sleb128)]
    sleb128: i64,
    #[pickle(varint = zigzag)]
    zigzag: i16,
    #[pickle(varint = quic)]
    quic: u64,
    #[pickle(varint = vlq)]
    vlq: u32,
    #[pickle(varint = mqtt)]
    mqtt: u32,
    #[pickle(varint = leb128, lenient)]
    lenient: u8,
    #[pickle(bits = 5, zigzag)]
    small: i8,
    #[pickle(bits = 12, bcd)]
    digits: u16,
    #[pickle(bits = 4)]
    seat: NonZeroU8,
    #[pickle(bits = 3)]
    filler: u8,
    #[pickle(bcd)]
    date: u32,
    #[pickle(half)]
    ratio: f32,
    single: f32,
    double: f64,
    other: NonZeroI16,
    #[pickle(scale = 100, unit = "EUR")]
    cents: i64,
    #[pickle(flags(A = 0x01, B = 0x06))]
    few: u8,
    #[pickle(flags(A = 0x01, B = 0x8000, ..))]
    many: u16,
    letter: char,
    v4: Ipv4Addr,
    v6: Ipv6Addr,
    #[pickle(count = 2)]
    addresses: Vec<IpAddr>,
    wait: Duration,
    #[pickle(bytes)]
    key: [u8; 3],
}

/// Text and bytes.
#[derive(Pickle, Clone, Debug, PartialEq)]
pub struct Texts {
    #[pickle(count = u8)]
    utf8: String,
    #[pickle(count = u8, encoding = ascii)]
    ascii: String,
    #[pickle(count = leb128, encoding = latin1)]
    latin1: String,
    #[pickle(count = u8, encoding = utf16, endian = little)]
    utf16: String,
    #[pickle(size = u8, encoding = utf16)]
    sized: String,
    #[pickle(size = 6, pad = 0)]
    padded: String,
    #[pickle(size = 6, pad = b' ', padding = ignored)]
    spaced: String,
    #[pickle(terminator = 0)]
    ended: String,
    #[pickle(terminator = 0, encoding = utf16)]
    ended_utf16: String,
    #[pickle(terminator = 0xFFFF, endian = little)]
    numbers: Vec<u16>,
    #[pickle(bits = 4)]
    shift: u8,
    #[pickle(count = bits(4))]
    shifted: ByteString,
    #[pickle(rest, encoding = latin1)]
    rest: String,
}
