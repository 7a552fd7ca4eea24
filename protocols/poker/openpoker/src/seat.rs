//! Sitting down, leaving, pausing.

use pickler::Pickle;

use crate::types::Cents;

/// Takes a seat. A refusal is silent.
#[derive(Pickle, Clone, Debug, PartialEq, Eq)]
pub struct Join {
    /// The table.
    pub gid: u32,
    /// The seat, from 1.
    pub seat: u8,
    /// What the player brings to the table.
    pub buy_in: Cents,
}

/// Leaves the table. Only the others are told, by `NOTIFY_LEAVE`.
#[derive(Pickle, Clone, Debug, PartialEq, Eq)]
pub struct Leave {
    /// The table.
    pub gid: u32,
}

/// Pauses. There is no answer.
#[derive(Pickle, Clone, Debug, PartialEq, Eq)]
pub struct SitOut {
    /// The table.
    pub gid: u32,
}

/// Plays again. There is no answer.
#[derive(Pickle, Clone, Debug, PartialEq, Eq)]
pub struct ComeBack {
    /// The table.
    pub gid: u32,
}

/// Somebody sat down.
#[derive(Pickle, Clone, Debug, PartialEq, Eq)]
pub struct NotifyJoin {
    /// The table.
    pub gid: u32,
    /// The player.
    pub pid: u32,
    /// The seat, from 1.
    pub seat: u8,
    /// Counts what is told of the table.
    pub seq: u16,
}

/// Somebody left.
#[derive(Pickle, Clone, Debug, PartialEq, Eq)]
pub struct NotifyLeave {
    /// The table.
    pub gid: u32,
    /// The player.
    pub pid: u32,
    /// Counts what is told of the table.
    pub seq: u16,
}

/// The state of a player changed.
#[derive(Pickle, Clone, Debug, PartialEq, Eq)]
pub struct PlayerState {
    /// The table.
    pub gid: u32,
    /// The player.
    pub pid: u32,
    /// A sum: 1 plays, 2 folded, 4 waits for the big blind, 8 sits out, 16 makes
    /// up the big blind, 32 all in, 64 has bet, 128 reserved. Only 2 and 32 are
    /// told.
    pub state: u8,
    /// Counts what is told of the table.
    pub seq: u16,
}
