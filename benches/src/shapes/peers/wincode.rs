//! wincode, with a configuration for big-endian integers and short lengths.

use wincode::config::{self, Configuration};
use wincode::len::FixIntLen;
use wincode::{ReadResult, SchemaRead, SchemaWrite, WriteResult, containers};

use super::from_declared;
use crate::shapes::declared;

/// Any message.
#[derive(SchemaWrite, SchemaRead, Clone, Debug, PartialEq)]
#[wincode(tag_encoding = "u8")]
#[expect(missing_docs, reason = "as in `declared`")]
pub enum Message {
    #[wincode(tag = 27)]
    NotifyBet {
        game: u32,
        player: u32,
        amount: u32,
        sequence: u16,
    },
    #[wincode(tag = 15)]
    PlayerInfo {
        player: u32,
        in_play: u32,
        nick: String,
        location: String,
    },
    #[wincode(tag = 40)]
    Seats { game: u32, seats: Vec<u32> },
}

/// Many of them.
#[derive(SchemaWrite, SchemaRead, Clone, Debug, PartialEq)]
#[expect(missing_docs, reason = "as in `declared`")]
pub struct Batch {
    #[wincode(with = "containers::Vec<Message, FixIntLen<u16>>")]
    pub messages: Vec<Message>,
}

from_declared!();

macro_rules! config {
    () => {
        Configuration::default()
            .with_big_endian()
            .with_length_encoding::<FixIntLen<u8>>()
    };
}

macro_rules! codec {
    ($encode:ident $decode:ident $type:ident) => {
        /// Appends a value.
        #[inline(always)]
        pub fn $encode(value: &$type, out: &mut Vec<u8>) -> WriteResult<()> {
            config::serialize_into(out, value, config!())
        }

        /// Reads a value.
        #[inline(always)]
        pub fn $decode(bytes: &[u8]) -> ReadResult<$type> {
            config::deserialize_exact(bytes, config!())
        }
    };
}
codec!(encode decode Message);
codec!(encode_batch decode_batch Batch);
