//! Within a client: what is to be shown.

use pickler::Pickle;

use crate::types::Str16;

/// Whether the client offers an action to the player.
#[derive(Pickle, Clone, Debug, PartialEq, Eq)]
#[pickle(default)]
pub struct PokerClientAction {
    /// The player.
    pub serial: u32,
    /// The table.
    pub game_id: u32,
    /// 1 if it is shown.
    pub display: u8,
    /// Which action.
    pub action: Str16,
}

/// A part of the screen changes.
#[derive(Pickle, Clone, Debug, PartialEq, Eq)]
#[pickle(default)]
pub struct PokerDisplayNode {
    /// The table.
    pub game_id: u32,
    /// The part's name.
    pub name: Str16,
    /// What becomes of it.
    pub state: u32,
    /// In what manner.
    pub style: Str16,
}

/// Which cards are shown.
#[derive(Pickle, Clone, Debug, PartialEq, Eq)]
#[pickle(default)]
pub struct PokerDisplayCard {
    /// The player.
    pub serial: u32,
    /// The table.
    pub game_id: u32,
    /// Which cards, from 0.
    #[pickle(count = u8)]
    pub index: Vec<u8>,
    /// 1 if it is shown.
    pub display: u8,
}

/// What the renderer is doing.
#[derive(Pickle, Clone, Debug, PartialEq, Eq)]
#[pickle(default)]
pub struct PokerRendererState {
    /// The state, by name.
    #[pickle(default = "idle")]
    pub state: Str16,
}

/// The client's own player looks at the cards.
#[derive(Pickle, Clone, Debug, PartialEq, Eq)]
#[pickle(default)]
pub struct PokerPlayerMeLookCards {
    /// The player.
    pub serial: u32,
    /// The table.
    pub game_id: u32,
    /// The state, by name.
    #[pickle(default = "UNKNOWN")]
    pub state: Str16,
    /// `now`, or when.
    #[pickle(default = "now")]
    pub when: Str16,
}

/// The view changes between the player's eyes and the room.
#[derive(Pickle, Clone, Debug, PartialEq, Eq)]
#[pickle(default)]
pub struct PokerPlayerMeInFirstPerson {
    /// The player.
    pub serial: u32,
    /// The table.
    pub game_id: u32,
    /// The state, by name.
    #[pickle(default = "UNKNOWN")]
    pub state: Str16,
}
