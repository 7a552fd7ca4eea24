//! Within a client: what is to move.

use pickler::Pickle;

use crate::types::Str16;

/// A player is to be heard.
#[derive(Pickle, Clone, Debug, PartialEq, Eq)]
#[pickle(default)]
pub struct PokerAnimationPlayerNoise {
    /// The player.
    pub serial: u32,
    /// The table.
    pub game_id: u32,
    /// `start` or `stop`.
    #[pickle(default = "start")]
    pub action: Str16,
}

/// A player is to throw cards away.
#[derive(Pickle, Clone, Debug, PartialEq, Eq)]
#[pickle(default)]
pub struct PokerAnimationPlayerFold {
    /// The player.
    pub serial: u32,
    /// The table.
    pub game_id: u32,
    /// Which movement.
    #[pickle(default = "UNKNOWN")]
    pub animation: Str16,
}

/// A player is to put chips forward.
#[derive(Pickle, Clone, Debug, PartialEq, Eq)]
#[pickle(default)]
pub struct PokerAnimationPlayerBet {
    /// The player.
    pub serial: u32,
    /// The table.
    pub game_id: u32,
    /// Which movement.
    pub animation: Str16,
    /// How much, as chips.
    pub chips: u32,
    /// How much, as a number.
    pub amount: u32,
}

/// A player is to handle chips.
#[derive(Pickle, Clone, Debug, PartialEq, Eq)]
#[pickle(default)]
pub struct PokerAnimationPlayerChips {
    /// The player.
    pub serial: u32,
    /// The table.
    pub game_id: u32,
    /// Which movement.
    pub animation: Str16,
    /// How much, as chips.
    pub chips: u32,
    /// The state, by name.
    pub state: Str16,
    /// How much, as a number.
    pub amount: u32,
}

/// The dealer button is to move.
#[derive(Pickle, Clone, Debug, PartialEq, Eq)]
#[pickle(default)]
pub struct PokerAnimationDealerChange {
    /// The player.
    pub serial: u32,
    /// The table.
    pub game_id: u32,
    /// The state, by name.
    #[pickle(default = "UNKNOWN")]
    pub state: Str16,
}

/// The dealer button is to be shown.
#[derive(Pickle, Clone, Debug, PartialEq, Eq)]
#[pickle(default)]
pub struct PokerAnimationDealerButton {
    /// The player.
    pub serial: u32,
    /// The table.
    pub game_id: u32,
    /// The state, by name.
    #[pickle(default = "UNKNOWN")]
    pub state: Str16,
}

/// A named animation is to run.
#[derive(Pickle, Clone, Debug, PartialEq, Eq)]
#[pickle(default)]
pub struct PokerPythonAnimation {
    /// The player.
    pub serial: u32,
    /// The table.
    pub game_id: u32,
    /// Which movement.
    #[pickle(default = "none")]
    pub animation: Str16,
}
