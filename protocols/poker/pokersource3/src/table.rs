//! Describing and moving between tables.

use pickler::Pickle;
use pokersource::{PlayerRow, Str16, table};

use crate::Message;

/// `POKER_TABLE_JOIN` was refused: there is no such table.
pub const POKER_TABLE_JOIN_DOES_NOT_EXIST: u32 = 3;
/// `POKER_TABLE_JOIN` was refused: the player has not come to the table.
pub const POKER_TABLE_JOIN_NOT_JOINED: u32 = 1001;

/// The tables that match a `POKER_TABLE_SELECT`.
pub type PokerTableList = table::PokerTableList<Message>;

/// Describes a table. From a client: create one like this.
#[derive(Pickle, Clone, Debug, PartialEq, Eq)]
#[pickle(default)]
pub struct PokerTable {
    /// The table; 0 if there is none.
    pub id: u32,
    /// How many seats.
    #[pickle(default = 10)]
    pub seats: u8,
    /// How much is won in a hand, on average.
    pub average_pot: u32,
    /// How many hands are played in an hour.
    pub hands_per_hour: u16,
    /// How many of a hundred players see the flop.
    pub percent_flop: u8,
    /// How many players have a seat.
    pub players: u8,
    /// How many watch.
    pub observers: u16,
    /// How many wait for a seat.
    pub waiting: u8,
    /// How long a player may take to act, in seconds.
    pub player_timeout: u16,
    /// How long a player may take to show or hide cards, in seconds.
    pub muck_timeout: u16,
    /// The currency.
    pub currency_serial: u32,
    /// The table's name.
    #[pickle(default = "noname")]
    pub name: Str16,
    /// The kind of poker, such as `holdem`.
    #[pickle(default = "holdem")]
    pub variant: Str16,
    /// Blinds, buy-in and limits by name.
    #[pickle(default = "1-2_20-200_limit")]
    pub betting_structure: Str16,
    /// What the table looks like.
    #[pickle(default = "default")]
    pub skin: Str16,
    /// Why the server describes the table: a `REASON` constant of
    /// [`pokersource::PokerTable`].
    pub reason: Str16,
    /// The tournament that the table belongs to, 0 if to none.
    pub tourney_serial: u32,
}

/// The player is moved to another table.
#[derive(Pickle, Clone, Debug, PartialEq, Eq)]
#[pickle(default)]
pub struct PokerTableMove {
    /// The player.
    pub serial: u32,
    /// The table.
    pub game_id: u32,
    /// The seat at the other table.
    #[pickle(none = 255, shown(null = -1))]
    pub seat: Option<u8>,
    /// The other table.
    pub to_game_id: u32,
}

/// Who is at a table.
#[derive(Pickle, Clone, Debug, PartialEq, Eq)]
#[pickle(default)]
pub struct PokerPlayersList {
    /// The table.
    pub game_id: u32,
    /// Who is there.
    #[pickle(count = u16)]
    pub players: Vec<PlayerRow>,
}
