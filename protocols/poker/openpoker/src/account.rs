//! Players and their money.

use pickler::Pickle;

use crate::types::{Cents, Str8};

/// Asks who a player is. The answer is `PLAYER_INFO`, or nothing.
#[derive(Pickle, Clone, Debug, PartialEq, Eq)]
pub struct PlayerInfoRequest {
    /// The player.
    pub pid: u32,
}

/// Who a player is.
#[derive(Pickle, Clone, Debug, PartialEq, Eq)]
pub struct PlayerInfo {
    /// The player.
    pub pid: u32,
    /// What the player has on tables.
    pub in_play: Cents,
    /// The player's nick.
    pub nick: Str8,
    /// Where the player says to be.
    pub location: Str8,
}

/// What the player has.
#[derive(Pickle, Clone, Debug, PartialEq, Eq)]
pub struct BalanceInfo {
    /// What the player has in all.
    pub balance: Cents,
    /// What of it is on tables.
    pub in_play: Cents,
}
