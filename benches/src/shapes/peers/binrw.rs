//! binrw, over `std::io::Cursor`.

use std::io::Cursor;

use binrw::{BinRead, BinResult, BinWrite, binrw};

use super::from_declared;
use crate::shapes::declared;

/// Any message.
#[binrw]
#[brw(big)]
#[derive(Clone, Debug, PartialEq)]
#[expect(missing_docs, reason = "as in `declared`")]
pub enum Message {
    #[brw(magic = 27u8)]
    NotifyBet {
        game: u32,
        player: u32,
        amount: u32,
        sequence: u16,
    },
    #[brw(magic = 15u8)]
    PlayerInfo {
        player: u32,
        in_play: u32,
        #[br(temp)]
        #[bw(calc = nick.len() as u8)]
        nick_length: u8,
        #[br(count = nick_length, try_map = String::from_utf8)]
        #[bw(map = String::as_bytes)]
        nick: String,
        #[br(temp)]
        #[bw(calc = location.len() as u8)]
        location_length: u8,
        #[br(count = location_length, try_map = String::from_utf8)]
        #[bw(map = String::as_bytes)]
        location: String,
    },
    #[brw(magic = 40u8)]
    Seats {
        game: u32,
        #[br(temp)]
        #[bw(calc = seats.len() as u8)]
        count: u8,
        #[br(count = count)]
        seats: Vec<u32>,
    },
}

/// Many of them.
#[binrw]
#[brw(big)]
#[derive(Clone, Debug, PartialEq)]
#[expect(missing_docs, reason = "as in `declared`")]
pub struct Batch {
    #[br(temp)]
    #[bw(calc = messages.len() as u16)]
    count: u16,
    #[br(count = count)]
    pub messages: Vec<Message>,
}

from_declared!();

macro_rules! codec {
    ($encode:ident $decode:ident $type:ident) => {
        /// Appends a value.
        #[inline(always)]
        pub fn $encode(value: &$type, out: &mut Vec<u8>) -> BinResult<()> {
            value.write(&mut Cursor::new(out))
        }

        /// Reads a value.
        #[inline(always)]
        pub fn $decode(bytes: &[u8]) -> BinResult<$type> {
            $type::read(&mut Cursor::new(bytes))
        }
    };
}
codec!(encode decode Message);
codec!(encode_batch decode_batch Batch);
