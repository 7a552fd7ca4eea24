//! Hands that were played.

use pickler::Pickle;

use crate::types::Str16;

/// Asks for the serials of hands that match. `POKER_HAND_LIST` answers.
#[derive(Pickle, Clone, Debug, PartialEq, Eq)]
#[pickle(default)]
pub struct PokerHandSelect {
    /// What to look for.
    pub string: Str16,
    /// How many of the matching to leave out.
    pub start: u32,
    /// How many to tell at most.
    #[pickle(default = 50)]
    pub count: u8,
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
    #[pickle(default = 2_147_483_647)]
    pub total: u32,
}

/// Asks for the serials of all hands that match. `POKER_HAND_LIST` answers.
#[derive(Pickle, Clone, Debug, PartialEq, Eq)]
#[pickle(default)]
pub struct PokerHandSelectAll {
    /// What to look for.
    pub string: Str16,
}

/// Asks for the record of a hand. The server answers with the same, filled in.
#[derive(Pickle, Clone, Debug, PartialEq, Eq)]
#[pickle(default)]
pub struct PokerHandHistory {
    /// The player.
    pub serial: u32,
    /// The hand's serial.
    pub game_id: u32,
    /// What happened, as the server keeps it.
    pub history: Str16,
    /// The players' names by serial, as the server keeps them.
    pub serial2name: Str16,
}

impl PokerHandHistory {
    /// There is no such hand.
    pub const NOT_FOUND: u32 = 1;
    /// The player took no part in it.
    pub const FORBIDDEN: u32 = 2;
}
