//! Words from the server.

use pickler::Pickle;
use pokersource::Str16;

/// The server, or a part of it, is in a state that players should know of.
#[derive(Pickle, Clone, Debug, PartialEq, Eq)]
#[pickle(default)]
pub struct PokerStateInformation {
    /// The player.
    pub serial: u32,
    /// The table.
    pub game_id: u32,
    /// Which state: a constant of this type.
    pub code: u32,
    /// The same in words.
    #[pickle(default = "no message")]
    pub message: Str16,
}

impl PokerStateInformation {
    /// The connection to the server behind this one is lost.
    pub const REMOTE_CONNECTION_LOST: u32 = 1;
    /// A table at the server behind this one is about to go.
    pub const REMOTE_TABLE_EPHEMERAL: u32 = 2;
    /// A table at this server is about to go.
    pub const LOCAL_TABLE_EPHEMERAL: u32 = 3;
    /// The server shuts down.
    pub const SHUTTING_DOWN: u32 = 4;
}
