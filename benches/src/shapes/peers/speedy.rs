//! speedy, into a slice of the size that it says it needs.

use speedy::{Endianness, Error, Readable, Writable};

use super::from_declared;
use crate::shapes::declared;

/// Any message.
#[derive(Readable, Writable, Clone, Debug, PartialEq)]
#[speedy(tag_type = u8)]
#[expect(missing_docs, reason = "as in `declared`")]
pub enum Message {
    #[speedy(tag = 27)]
    NotifyBet {
        game: u32,
        player: u32,
        amount: u32,
        sequence: u16,
    },
    #[speedy(tag = 15)]
    PlayerInfo {
        player: u32,
        in_play: u32,
        #[speedy(length_type = u8)]
        nick: String,
        #[speedy(length_type = u8)]
        location: String,
    },
    #[speedy(tag = 40)]
    Seats {
        game: u32,
        #[speedy(length_type = u8)]
        seats: Vec<u32>,
    },
}

/// Many of them.
#[derive(Readable, Writable, Clone, Debug, PartialEq)]
#[expect(missing_docs, reason = "as in `declared`")]
pub struct Batch {
    #[speedy(length_type = u16)]
    pub messages: Vec<Message>,
}

from_declared!();

/// Appends a value.
#[inline(always)]
pub fn encode<T: Writable<Endianness>>(value: &T, out: &mut Vec<u8>) -> Result<(), Error> {
    let size = value.bytes_needed()?;
    let start = out.len();
    out.resize(start + size, 0);
    value.write_to_buffer_with_ctx(Endianness::BigEndian, &mut out[start..])
}

/// Reads a value.
#[inline(always)]
pub fn decode<'a, T: Readable<'a, Endianness>>(bytes: &'a [u8]) -> Result<T, Error> {
    T::read_from_buffer_with_ctx(Endianness::BigEndian, bytes)
}
