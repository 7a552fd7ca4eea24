//! deku. Texts are bytes here, which are not checked.

use deku::ctx::Endian;
use deku::no_std_io::Cursor;
use deku::writer::Writer;
use deku::{DekuContainerRead, DekuError, DekuRead, DekuWrite, DekuWriter};

use crate::shapes::declared;

/// Any message.
#[derive(DekuRead, DekuWrite, Clone, Debug, PartialEq)]
#[deku(
    id_type = "u8",
    endian = "endian",
    ctx = "endian: Endian",
    ctx_default = "Endian::Big"
)]
#[expect(missing_docs, reason = "as in `declared`")]
pub enum Message {
    #[deku(id = "27")]
    NotifyBet {
        game: u32,
        player: u32,
        amount: u32,
        sequence: u16,
    },
    #[deku(id = "15")]
    PlayerInfo {
        player: u32,
        in_play: u32,
        nick_length: u8,
        #[deku(count = "nick_length")]
        nick: Vec<u8>,
        location_length: u8,
        #[deku(count = "location_length")]
        location: Vec<u8>,
    },
    #[deku(id = "40")]
    Seats {
        game: u32,
        count: u8,
        #[deku(count = "count")]
        seats: Vec<u32>,
    },
}

/// Many of them.
#[derive(DekuRead, DekuWrite, Clone, Debug, PartialEq)]
#[deku(endian = "big")]
#[expect(missing_docs, reason = "as in `declared`")]
pub struct Batch {
    pub count: u16,
    #[deku(count = "count")]
    pub messages: Vec<Message>,
}

/// The header of an IPv4 packet without options.
#[derive(DekuRead, DekuWrite, Clone, Debug, PartialEq)]
#[deku(endian = "big")]
#[expect(missing_docs, reason = "as in `declared`")]
pub struct BitHeader {
    #[deku(bits = 4)]
    pub version: u8,
    #[deku(bits = 4)]
    pub header_length: u8,
    #[deku(bits = 6)]
    pub service: u8,
    #[deku(bits = 2)]
    pub congestion: u8,
    pub total_length: u16,
    pub identification: u16,
    #[deku(bits = 1)]
    pub reserved: bool,
    #[deku(bits = 1)]
    pub dont_fragment: bool,
    #[deku(bits = 1)]
    pub more_fragments: bool,
    #[deku(bits = 13)]
    pub fragment_offset: u16,
    pub time_to_live: u8,
    pub protocol: u8,
    pub checksum: u16,
    pub source: u32,
    pub destination: u32,
}

impl From<&declared::Message> for Message {
    fn from(message: &declared::Message) -> Self {
        match message.clone() {
            declared::Message::NotifyBet {
                game,
                player,
                amount,
                sequence,
            } => Self::NotifyBet {
                game,
                player,
                amount,
                sequence,
            },
            declared::Message::PlayerInfo {
                player,
                in_play,
                nick,
                location,
            } => Self::PlayerInfo {
                player,
                in_play,
                nick_length: nick.len() as u8,
                nick: nick.into(),
                location_length: location.len() as u8,
                location: location.into(),
            },
            declared::Message::Seats { game, seats } => Self::Seats {
                game,
                count: seats.len() as u8,
                seats,
            },
        }
    }
}

impl From<&declared::Batch> for Batch {
    fn from(batch: &declared::Batch) -> Self {
        Self {
            count: batch.messages.len() as u16,
            messages: batch.messages.iter().map(Message::from).collect(),
        }
    }
}

super::header_from_declared!();

/// Appends a value.
#[inline(always)]
pub fn encode<T: DekuWriter<()>>(value: &T, out: &mut Vec<u8>) -> Result<(), DekuError> {
    let mut cursor = Cursor::new(out);
    let mut writer = Writer::new(&mut cursor);
    value.to_writer(&mut writer, ())?;
    writer.finalize()
}

/// Reads a value.
#[inline(always)]
pub fn decode<'a, T: DekuContainerRead<'a>>(bytes: &'a [u8]) -> Result<T, DekuError> {
    T::from_bytes((bytes, 0)).map(|(_, value)| value)
}
