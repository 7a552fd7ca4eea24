//! Events for who watches over the server.

/// A `POKER_MONITOR_EVENT`: a tournament was called off.
pub const POKER_MONITOR_EVENT_TOURNEY_CANCELED: u32 = 11;
/// A `POKER_MONITOR_EVENT`: a player is out of a tournament.
pub const POKER_MONITOR_EVENT_RANK: u32 = 12;
