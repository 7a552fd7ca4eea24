//! Finding tables and making them.

use pickler::{ByteString, Pickle};

use crate::types::Cents;

/// Asks for tables. The answers are `GAME_INFO`, one a table, or nothing.
///
/// An operator is 0 for any number, 1 for this one, 2 for less, 3 for more; any
/// other finds nothing.
#[derive(Pickle, Clone, Debug, PartialEq, Eq)]
pub struct GameQuery {
    /// 1 Texas hold'em, 2 the same by the rules of IRC.
    pub game_type: u8,
    /// 1, a fixed limit.
    pub limit_type: u8,
    /// How the seats are compared.
    pub seats_op: u8,
    /// How many seats.
    pub seats: u8,
    /// How the players are compared.
    pub joined_op: u8,
    /// How many players.
    pub joined: u8,
    /// How those who wait are compared.
    pub waiting_op: u8,
    /// How many wait.
    pub waiting: u8,
}

/// A table that was asked for.
#[derive(Pickle, Clone, Debug, PartialEq, Eq)]
pub struct GameInfo {
    /// The table.
    pub gid: u32,
    /// 1 Texas hold'em, 2 the same by the rules of IRC.
    pub game_type: u8,
    /// How many seats it has.
    pub seats: u8,
    /// How many are taken.
    pub joined: u8,
    /// How many wait: always 0.
    pub waiting: u8,
    /// 1, a fixed limit: there is no other.
    #[pickle(range = 1..=1)]
    pub limit_type: u8,
    /// The lower limit.
    pub low: Cents,
    /// The higher limit.
    pub high: Cents,
}

/// Makes a table. The answer is `GOOD` with the table's number, or `BAD`.
#[derive(Pickle, Clone, Debug, PartialEq, Eq)]
pub struct NewGameRequest {
    /// 1 Texas hold'em, 2 the same by the rules of IRC.
    pub game_type: u8,
    /// How many seats it has.
    pub seats: u8,
    /// 1, a fixed limit: there is no other.
    #[pickle(range = 1..=1)]
    pub limit_type: u8,
    /// The lower limit.
    pub low: Cents,
    /// The higher limit.
    pub high: Cents,
}

/// Makes a table with a stacked deck, on a server that was started for tests.
#[derive(Pickle, Clone, Debug, PartialEq, Eq)]
pub struct MakeTestGame {
    /// What the table is like, as an Erlang external term.
    #[pickle(rest)]
    pub body: ByteString,
}
