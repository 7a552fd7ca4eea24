//! The shapes as this toolkit declares them.

use pickler::Pickle;

/// A bet, as all at the table hear of it.
#[derive(Pickle, Clone, Debug, PartialEq)]
#[pickle(magic = 27_u8)]
#[expect(missing_docs, reason = "the names say it")]
pub struct NotifyBet {
    pub game: u32,
    pub player: u32,
    pub amount: u32,
    pub sequence: u16,
}

/// Who sits there.
#[derive(Pickle, Clone, Debug, PartialEq)]
#[pickle(magic = 15_u8)]
#[expect(missing_docs, reason = "the names say it")]
pub struct PlayerInfo {
    pub player: u32,
    pub in_play: u32,
    #[pickle(count = u8)]
    pub nick: String,
    #[pickle(count = u8)]
    pub location: String,
}

/// The same, of which the text stays in the input.
#[derive(Pickle, Clone, Debug, PartialEq)]
#[pickle(magic = 15_u8)]
#[expect(missing_docs, reason = "the names say it")]
pub struct PlayerInfoRef<'a> {
    pub player: u32,
    pub in_play: u32,
    #[pickle(count = u8)]
    pub nick: &'a str,
    #[pickle(count = u8)]
    pub location: &'a str,
}

/// Who sits at a table.
#[derive(Pickle, Clone, Debug, PartialEq)]
#[pickle(magic = 40_u8)]
#[expect(missing_docs, reason = "the names say it")]
pub struct Seats {
    pub game: u32,
    #[pickle(count = u8)]
    pub seats: Vec<u32>,
}

/// Any of the three.
#[derive(Pickle, Clone, Debug, PartialEq)]
#[pickle(tag = u8)]
#[expect(missing_docs, reason = "the names say it")]
pub enum Message {
    #[pickle(tag = 27)]
    NotifyBet {
        game: u32,
        player: u32,
        amount: u32,
        sequence: u16,
    },
    #[pickle(tag = 15)]
    PlayerInfo {
        player: u32,
        in_play: u32,
        #[pickle(count = u8)]
        nick: String,
        #[pickle(count = u8)]
        location: String,
    },
    #[pickle(tag = 40)]
    Seats {
        game: u32,
        #[pickle(count = u8)]
        seats: Vec<u32>,
    },
}

/// Many of them.
#[derive(Pickle, Clone, Debug, PartialEq)]
#[expect(missing_docs, reason = "the names say it")]
pub struct Batch {
    #[pickle(count = u16)]
    pub messages: Vec<Message>,
}

/// The header of an IPv4 packet without options.
#[derive(Pickle, Clone, Debug, PartialEq)]
#[expect(missing_docs, reason = "the names are those of RFC 791 and 2474")]
pub struct BitHeader {
    #[pickle(bits = 4)]
    pub version: u8,
    #[pickle(bits = 4)]
    pub header_length: u8,
    #[pickle(bits = 6)]
    pub service: u8,
    #[pickle(bits = 2)]
    pub congestion: u8,
    pub total_length: u16,
    pub identification: u16,
    #[pickle(bits = 1)]
    pub reserved: bool,
    #[pickle(bits = 1)]
    pub dont_fragment: bool,
    #[pickle(bits = 1)]
    pub more_fragments: bool,
    #[pickle(bits = 13)]
    pub fragment_offset: u16,
    pub time_to_live: u8,
    pub protocol: u8,
    pub checksum: u16,
    pub source: u32,
    pub destination: u32,
}
