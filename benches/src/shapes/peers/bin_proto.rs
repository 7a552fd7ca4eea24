//! bin-proto.

use bin_proto::{BigEndian, BitCodec, BitDecode, BitEncode, BitWrite, Result};
use bitstream_io::BitWriter;

use super::from_declared;
use crate::shapes::declared;

/// Any message.
#[derive(BitDecode, BitEncode, Clone, Debug, PartialEq)]
#[bin_proto(discriminant_type = u8)]
#[expect(missing_docs, reason = "as in `declared`")]
pub enum Message {
    #[bin_proto(discriminant = 27)]
    NotifyBet {
        game: u32,
        player: u32,
        amount: u32,
        sequence: u16,
    },
    #[bin_proto(discriminant = 15)]
    PlayerInfo {
        player: u32,
        in_play: u32,
        #[bin_proto(tag_type = u8, tag_value = nick.len() as u8)]
        nick: String,
        #[bin_proto(tag_type = u8, tag_value = location.len() as u8)]
        location: String,
    },
    #[bin_proto(discriminant = 40)]
    Seats {
        game: u32,
        #[bin_proto(tag_type = u8, tag_value = seats.len() as u8)]
        seats: Vec<u32>,
    },
}

/// Many of them.
#[derive(BitDecode, BitEncode, Clone, Debug, PartialEq)]
#[expect(missing_docs, reason = "as in `declared`")]
pub struct Batch {
    #[bin_proto(tag_type = u16, tag_value = self.messages.len() as u16)]
    pub messages: Vec<Message>,
}

/// The header of an IPv4 packet without options.
#[derive(BitDecode, BitEncode, Clone, Debug, PartialEq)]
#[expect(missing_docs, reason = "as in `declared`")]
pub struct BitHeader {
    #[bin_proto(bits = 4)]
    pub version: u8,
    #[bin_proto(bits = 4)]
    pub header_length: u8,
    #[bin_proto(bits = 6)]
    pub service: u8,
    #[bin_proto(bits = 2)]
    pub congestion: u8,
    pub total_length: u16,
    pub identification: u16,
    #[bin_proto(bits = 1)]
    pub reserved: bool,
    #[bin_proto(bits = 1)]
    pub dont_fragment: bool,
    #[bin_proto(bits = 1)]
    pub more_fragments: bool,
    #[bin_proto(bits = 13)]
    pub fragment_offset: u16,
    pub time_to_live: u8,
    pub protocol: u8,
    pub checksum: u16,
    pub source: u32,
    pub destination: u32,
}

from_declared!();
super::header_from_declared!();

/// Appends a value.
#[inline(always)]
pub fn encode<T: BitEncode>(value: &T, out: &mut Vec<u8>) -> Result<()> {
    let mut writer = BitWriter::endian(out, BigEndian);
    value.encode::<_, BigEndian>(&mut writer, &mut (), ())?;
    writer.byte_align()?;
    Ok(())
}

/// Reads a value.
#[inline(always)]
pub fn decode<T: BitCodec>(bytes: &[u8]) -> Result<T> {
    T::decode_all_bytes(bytes, BigEndian)
}
