//! Watching a table, and what is said at it.

use pickler::Pickle;

use crate::types::Str8;

/// The client wants to know what happens at the table from now on. There is no
/// answer.
#[derive(Pickle, Clone, Debug, PartialEq, Eq)]
pub struct Watch {
    /// The table.
    pub gid: u32,
}

/// The client wants to know no more. There is no answer.
#[derive(Pickle, Clone, Debug, PartialEq, Eq)]
pub struct Unwatch {
    /// The table.
    pub gid: u32,
}

/// Asks for the state of each seat. The answers are `SEAT_STATE`, one a seat.
#[derive(Pickle, Clone, Debug, PartialEq, Eq)]
pub struct SeatQuery {
    /// The table.
    pub gid: u32,
}

/// The state of a seat.
#[derive(Pickle, Clone, Debug, PartialEq, Eq)]
pub struct SeatState {
    /// The table.
    pub gid: u32,
    /// The seat, from 1.
    pub seat: u8,
    /// 0 empty, 1 reserved, 2 taken.
    pub state: u8,
    /// The player, 0 if nobody sits there.
    pub pid: u32,
}

/// Says something to all at the table, oneself included.
#[derive(Pickle, Clone, Debug, PartialEq, Eq)]
pub struct Chat {
    /// The table.
    pub gid: u32,
    /// What is said.
    pub message: Str8,
}

/// Somebody said something.
#[derive(Pickle, Clone, Debug, PartialEq, Eq)]
pub struct NotifyChat {
    /// The table.
    pub gid: u32,
    /// The player, 0 for the server.
    pub pid: u32,
    /// Counts what is told of the table.
    pub seq: u16,
    /// What was said.
    pub message: Str8,
}
