//! Words from players and from the server.

use pickler::Pickle;

use crate::types::Str16;

/// A text from the server to the people at a table.
#[derive(Pickle, Clone, Debug, PartialEq, Eq)]
#[pickle(default)]
pub struct PokerMessage {
    /// The player.
    pub serial: u32,
    /// The table.
    pub game_id: u32,
    /// The text.
    pub string: Str16,
}

/// Somebody says something at a table.
#[derive(Pickle, Clone, Debug, PartialEq, Eq)]
#[pickle(default)]
pub struct PokerChat {
    /// The player.
    pub serial: u32,
    /// The table.
    pub game_id: u32,
    /// What is said.
    pub message: Str16,
}

/// A text from the server to everybody at a table.
#[derive(Pickle, Clone, Debug, PartialEq, Eq)]
#[pickle(default)]
pub struct PokerGameMessage {
    /// The player.
    pub serial: u32,
    /// The table.
    pub game_id: u32,
    /// The text.
    pub string: Str16,
}

/// Whether what was said before is shown.
#[derive(Pickle, Clone, Debug, PartialEq, Eq)]
#[pickle(default)]
pub struct PokerChatHistory {
    /// `yes` or `no`.
    #[pickle(default = "no")]
    pub show: Str16,
}

/// Somebody said a word that has a meaning.
#[derive(Pickle, Clone, Debug, PartialEq, Eq)]
#[pickle(default)]
pub struct PokerChatWord {
    /// The player.
    pub serial: u32,
    /// The table.
    pub game_id: u32,
    /// The word.
    #[pickle(default = "no word")]
    pub word: Str16,
}
