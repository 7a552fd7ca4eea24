//! What every message family builds on: errors, acknowledgements, keep-alive, lists.

use pickler::Pickle;

use crate::types::Str16;

/// A text.
#[derive(Pickle, Clone, Debug, PartialEq, Eq)]
#[pickle(default)]
pub struct Text {
    /// The text.
    pub string: Str16,
}

/// A number.
#[derive(Pickle, Clone, Debug, PartialEq, Eq)]
#[pickle(default)]
pub struct Integer {
    /// The number.
    pub value: u32,
}

/// A request was refused.
#[derive(Pickle, Clone, Debug, PartialEq, Eq)]
#[pickle(default)]
pub struct ErrorReply {
    /// What is wrong, in words.
    #[pickle(default = "no message")]
    pub message: Str16,
    /// What is wrong: a constant of the type that was refused.
    pub code: u32,
    /// The code of the message that was refused.
    #[pickle(default = 3)]
    pub other_type: u8,
}

/// Messages in one, lists among them.
#[derive(Pickle, Clone, Debug, PartialEq, Eq)]
#[pickle(default)]
pub struct MessageList<Message> {
    /// The messages.
    #[pickle(count = u16)]
    pub packets: Vec<Message>,
}

/// The other end speaks another version of the protocol.
#[derive(Pickle, Clone, Debug, PartialEq, Eq)]
#[pickle(default)]
pub struct ProtocolError {
    /// What is wrong, in words.
    #[pickle(default = "no message")]
    pub message: Str16,
    /// What is wrong: a constant of the type that was refused.
    pub code: u32,
    /// The code of the message that was refused.
    #[pickle(default = 3)]
    pub other_type: u8,
}

/// A text from the server to the person at the client.
#[derive(Pickle, Clone, Debug, PartialEq, Eq)]
#[pickle(default)]
pub struct ServerMessage {
    /// The text.
    pub string: Str16,
}

/// A player at a table.
#[derive(Pickle, Clone, Debug, PartialEq, Eq)]
#[pickle(default)]
pub struct PokerId {
    /// The player.
    pub serial: u32,
    /// The table.
    pub game_id: u32,
}

/// A request that concerns a table was refused.
#[derive(Pickle, Clone, Debug, PartialEq, Eq)]
#[pickle(default)]
pub struct PokerError {
    /// The player.
    pub serial: u32,
    /// The table, 0 if none is concerned.
    pub game_id: u32,
    /// What is wrong, in words.
    #[pickle(default = "no message")]
    pub message: Str16,
    /// What is wrong: a constant of the type that was refused.
    pub code: u32,
    /// The code of the message that was refused.
    #[pickle(default = 53)]
    pub other_type: u8,
}

/// An amount that concerns a player at a table.
#[derive(Pickle, Clone, Debug, PartialEq, Eq)]
#[pickle(default)]
pub struct PokerInt {
    /// The player.
    pub serial: u32,
    /// The table.
    pub game_id: u32,
    /// How much, in chips.
    pub amount: u32,
}

/// An amount that a player bets.
#[derive(Pickle, Clone, Debug, PartialEq, Eq)]
#[pickle(default)]
pub struct PokerBet {
    /// The player.
    pub serial: u32,
    /// The table.
    pub game_id: u32,
    /// How much, in chips.
    pub amount: u32,
}

/// Cards of a player at a table.
#[derive(Pickle, Clone, Debug, PartialEq, Eq)]
#[pickle(default)]
pub struct PokerCards {
    /// The player.
    pub serial: u32,
    /// The table.
    pub game_id: u32,
    /// The cards, 255 for each that is hidden.
    #[pickle(count = u8)]
    pub cards: Vec<u8>,
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
    pub bet: u32,
}
