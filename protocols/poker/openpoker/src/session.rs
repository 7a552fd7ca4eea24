//! Logging in and out, answers, and finding a server.

use pickler::Pickle;

use crate::types::Str8;

/// A request was carried out.
#[derive(Pickle, Clone, Debug, PartialEq, Eq)]
pub struct Good {
    /// The code of the request.
    pub cmd: u8,
    /// The table that was made, for a request that makes one; else 0.
    pub extra: u32,
}

/// A request was refused.
#[derive(Pickle, Clone, Debug, PartialEq, Eq)]
pub struct Bad {
    /// The code of the request.
    pub cmd: u8,
    /// Why: 0 unknown, 1 wrong nick or password, 2 the account is disabled, 3
    /// new tables are disabled.
    pub error: u8,
}

/// Logs a player in. The answer is `PID`, or `BAD` with code 1.
#[derive(Pickle, Clone, Debug, PartialEq, Eq)]
pub struct Login {
    /// Who.
    pub nick: Str8,
    /// The password, as it was typed.
    pub password: Str8,
}

/// The login succeeded.
#[derive(Pickle, Clone, Debug, PartialEq, Eq)]
pub struct PlayerId {
    /// The player.
    pub pid: u32,
}

/// Play is elsewhere: what a gateway says to who connects, before it hangs up.
#[derive(Pickle, Clone, Debug, PartialEq, Eq)]
pub struct Handoff {
    /// The port there.
    pub port: u16,
    /// The machine.
    pub host: Str8,
}
