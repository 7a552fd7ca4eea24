//! Events for who watches over the server.

use pickler::Pickle;

/// Something happened at the server.
#[derive(Pickle, Clone, Debug, PartialEq, Eq)]
#[pickle(default)]
pub struct PokerMonitorEvent {
    /// What happened: a constant of this type.
    pub event: u32,
    /// Depends on the event.
    pub param1: u32,
    /// Depends on the event.
    pub param2: u32,
    /// Depends on the event.
    pub param3: u32,
}

impl PokerMonitorEvent {
    /// A hand was played.
    pub const HAND: u32 = 1;
    /// A tournament changed its state.
    pub const TOURNEY: u32 = 2;
    /// A player brought money to a table.
    pub const BUY_IN: u32 = 3;
    /// A player's money was filled up.
    pub const REFILL: u32 = 4;
    /// A player won a prize.
    pub const PRIZE: u32 = 5;
    /// A player entered a tournament.
    pub const REGISTER: u32 = 6;
    /// A player withdrew from a tournament.
    pub const UNREGISTER: u32 = 7;
    /// A player left a table.
    pub const LEAVE: u32 = 8;
    /// A player took a seat.
    pub const SEAT: u32 = 9;
    /// A tournament began.
    pub const TOURNEY_START: u32 = 10;
}
