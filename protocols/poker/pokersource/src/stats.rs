//! Figures on the server and on players.

use pickler::Pickle;

use crate::types::Str16;

/// Asks for `POKER_STATS`.
#[derive(Pickle, Clone, Debug, PartialEq, Eq)]
#[pickle(default)]
pub struct PokerStatsQuery {
    /// What to look for.
    pub string: Str16,
}

/// How busy the server is.
#[derive(Pickle, Clone, Debug, PartialEq, Eq)]
#[pickle(default)]
pub struct PokerStats {
    /// How many players are connected.
    pub players: u32,
    /// How many hands were played.
    pub hands: u32,
    /// How many bytes came in.
    pub bytesin: u32,
    /// How many bytes went out.
    pub bytesout: u32,
}

/// How a player stands among the others.
#[derive(Pickle, Clone, Debug, PartialEq, Eq)]
#[pickle(default)]
pub struct PokerPlayerStats {
    /// The player.
    pub serial: u32,
    /// The table.
    pub game_id: u32,
    /// The currency in which players are compared.
    pub currency_serial: u32,
    /// The player's place, from 1.
    pub rank: u32,
    /// How that place compares with all players.
    pub percentile: u32,
}

impl PokerPlayerStats {
    /// There are no figures on the player.
    pub const NOT_FOUND: u32 = 1;
}
