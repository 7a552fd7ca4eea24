//! One hand of poker, and what a client works out of it.

use pickler::Pickle;
use pokersource::Str16;

/// Whose turn it is.
#[derive(Pickle, Clone, Debug, PartialEq, Eq)]
#[pickle(default)]
pub struct PokerPosition {
    /// The table.
    pub game_id: u32,
    /// The position of the player whose turn it is, or none.
    #[pickle(none = 255, shown(null = -1))]
    pub position: Option<u8>,
    /// That player.
    pub serial: u32,
}

/// Chips in front of a player.
#[derive(Pickle, Clone, Debug, PartialEq, Eq)]
#[pickle(default)]
pub struct PokerChips {
    /// The player.
    pub serial: u32,
    /// The table.
    pub game_id: u32,
    /// How much is bet in this round.
    pub bet: u64,
}

/// Chips in front of a player, and those behind.
#[derive(Pickle, Clone, Debug, PartialEq, Eq)]
#[pickle(default)]
pub struct PokerPlayerChips {
    /// The player.
    pub serial: u32,
    /// The table.
    pub game_id: u32,
    /// How much is bet in this round.
    pub bet: u64,
    /// How much is behind the bet.
    pub money: u64,
}

/// The player takes long to act.
#[derive(Pickle, Clone, Debug, PartialEq, Eq)]
#[pickle(default)]
pub struct PokerTimeoutWarning {
    /// The player.
    pub serial: u32,
    /// The table.
    pub game_id: u32,
    /// How long the player still has, in seconds.
    pub timeout: u32,
}

/// Between what and what the player may bet.
#[derive(Pickle, Clone, Debug, PartialEq, Eq)]
#[pickle(default)]
pub struct PokerBetLimits {
    /// The player.
    pub serial: u32,
    /// The table.
    pub game_id: u32,
    /// The least raise.
    pub min: u32,
    /// The greatest raise.
    pub max: u32,
    /// In what steps.
    pub step: u32,
    /// How often may be raised in a round.
    pub cap: u8,
    /// How bets are limited: a constant of this type.
    pub limit: u8,
}

impl PokerBetLimits {
    /// To fixed amounts.
    pub const LIMIT: u8 = 0;
    /// By nothing.
    pub const NO_LIMIT: u8 = 1;
    /// To what is in the pot.
    pub const POT_LIMIT: u8 = 2;
}

/// The hands that match a `POKER_HAND_SELECT`.
#[derive(Pickle, Clone, Debug, PartialEq, Eq)]
#[pickle(default)]
pub struct PokerHandList {
    /// What to look for.
    pub string: Str16,
    /// How many of the matching to leave out.
    pub start: u32,
    /// How many to tell at most.
    #[pickle(default = 50)]
    pub count: u8,
    /// The hands' serials.
    #[pickle(count = u8)]
    pub hands: Vec<u32>,
    /// How many match in all.
    pub total: u32,
}

/// It is the turn of the client's own player.
#[derive(Pickle, Clone, Debug, PartialEq, Eq)]
#[pickle(default)]
pub struct PokerSelfInPosition {
    /// The table.
    pub game_id: u32,
    /// The position of the player whose turn it is, or none.
    #[pickle(none = 255, shown(null = -1))]
    pub position: Option<u8>,
    /// That player.
    pub serial: u32,
}

/// It is no longer the turn of the client's own player.
#[derive(Pickle, Clone, Debug, PartialEq, Eq)]
#[pickle(default)]
pub struct PokerSelfLostPosition {
    /// The table.
    pub game_id: u32,
    /// The position of the player whose turn it is, or none.
    #[pickle(none = 255, shown(null = -1))]
    pub position: Option<u8>,
    /// That player.
    pub serial: u32,
}
