//! Hot paths, each in a function of its own, whose assembly the tests look at.

use pickler::{Error, Pickle};

/// A bet: a record of fixed size.
#[derive(Pickle)]
#[pickle(magic = 27_u8, view)]
#[expect(missing_docs, reason = "the names say it")]
pub struct NotifyBet {
    pub game: u32,
    pub player: u32,
    pub amount: u32,
    pub sequence: u16,
}

/// Who sits there; the texts stay in the input.
#[derive(Pickle)]
#[pickle(magic = 15_u8)]
#[expect(missing_docs, reason = "the names say it")]
pub struct PlayerInfo<'a> {
    pub player: u32,
    pub in_play: u32,
    #[pickle(count = u8)]
    pub nick: &'a str,
    #[pickle(count = u8)]
    pub location: &'a str,
}

/// Who sits at a table.
#[derive(Pickle)]
#[pickle(magic = 40_u8)]
#[expect(missing_docs, reason = "the names say it")]
pub struct Seats {
    pub game: u32,
    #[pickle(count = u8)]
    pub seats: Vec<u32>,
}

/// The header of an IPv4 packet without options.
#[derive(Pickle)]
#[pickle(view)]
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

/// Appends a bet.
#[inline(never)]
pub fn encode_notify_bet(value: &NotifyBet, out: &mut Vec<u8>) -> Result<(), Error> {
    pickler::encode_into(value, out)
}

/// Reads a bet.
#[inline(never)]
pub fn decode_notify_bet(bytes: &[u8]) -> Result<NotifyBet, Error> {
    pickler::decode(bytes)
}

/// Appends a player.
#[inline(never)]
pub fn encode_player_info(value: &PlayerInfo<'_>, out: &mut Vec<u8>) -> Result<(), Error> {
    pickler::encode_into(value, out)
}

/// Reads a player.
#[inline(never)]
pub fn decode_player_info(bytes: &[u8]) -> Result<PlayerInfo<'_>, Error> {
    pickler::decode(bytes)
}

/// Appends a table.
#[inline(never)]
pub fn encode_seats(value: &Seats, out: &mut Vec<u8>) -> Result<(), Error> {
    pickler::encode_into(value, out)
}

/// Appends a header.
#[inline(never)]
pub fn encode_bit_header(value: &BitHeader, out: &mut Vec<u8>) -> Result<(), Error> {
    pickler::encode_into(value, out)
}

/// Reads a header.
#[inline(never)]
pub fn decode_bit_header(bytes: &[u8]) -> Result<BitHeader, Error> {
    pickler::decode(bytes)
}

/// The amount of a bet.
#[inline(never)]
pub fn amount_in_view(view: &NotifyBetView<'_>) -> u32 {
    view.amount()
}

/// Where a fragment belongs.
#[inline(never)]
pub fn offset_in_view(view: &BitHeaderView<'_>) -> u16 {
    view.fragment_offset()
}
