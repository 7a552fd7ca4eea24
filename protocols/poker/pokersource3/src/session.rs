//! Who is at the other end: login, options, waiting.

use pickler::Pickle;
use pokersource::Str16;

/// Logs in by a token instead of name and password. `AUTH_OK` and `SERIAL`
/// answer, or `AUTH_REFUSED`.
#[derive(Pickle, Clone, Debug, PartialEq, Eq)]
#[pickle(default)]
pub struct Auth {
    /// The token.
    #[pickle(default = "unknown")]
    pub auth: Str16,
}

impl Auth {
    /// Somebody has logged in on this connection already.
    pub const LOGGED: u32 = 1;
}

/// Sets an option of the player at a table.
#[derive(Pickle, Clone, Debug, PartialEq, Eq)]
#[pickle(default)]
pub struct SetOption {
    /// The player.
    pub serial: u32,
    /// The table.
    pub game_id: u32,
    /// Which: a constant of this type.
    pub option_id: u8,
    /// Its value: a constant of this type that begins with the option's name,
    /// or [`ON`](Self::ON) or [`OFF`](Self::OFF).
    pub value: u8,
}

impl SetOption {
    /// The option does not hold.
    pub const OFF: u8 = 0;
    /// The option holds.
    pub const ON: u8 = 1;

    /// Blinds and antes are paid without asking.
    pub const AUTO_BLIND_ANTE: u8 = 1;
    /// The player folds without being asked.
    pub const AUTO_FOLD: u8 = 2;
    /// When the player hides cards without being asked.
    pub const AUTO_MUCK: u8 = 3;
    /// How much money the player brings when all is lost.
    pub const AUTO_REBUY: u8 = 4;
    /// Up to how much the player's money is filled up.
    pub const AUTO_REFILL: u8 = 5;
    /// The player takes part in the next hands without being asked.
    pub const AUTO_PLAY: u8 = 6;

    /// After a win.
    pub const AUTO_MUCK_WIN: u8 = 1;
    /// After a loss.
    pub const AUTO_MUCK_LOSE: u8 = 2;
    /// Always.
    pub const AUTO_MUCK_ALWAYS: u8 = 3;
    /// The least.
    pub const AUTO_REBUY_MIN: u8 = 1;
    /// What is recommended.
    pub const AUTO_REBUY_BEST: u8 = 2;
    /// The greatest.
    pub const AUTO_REBUY_MAX: u8 = 3;
    /// The least.
    pub const AUTO_REFILL_MIN: u8 = 1;
    /// What is recommended.
    pub const AUTO_REFILL_BEST: u8 = 2;
    /// The greatest.
    pub const AUTO_REFILL_MAX: u8 = 3;

    /// There is no such option.
    pub const ERROR_UNKNOWN_NAME: u32 = 1;
    /// The option does not take that value.
    pub const ERROR_WRONG_VALUE: u32 = 2;
    /// There is no such table, or the player is not at it.
    pub const ERROR_TABLE_NOT_FOUND: u32 = 3;
}

/// Waits for messages.
#[derive(Pickle, Clone, Debug, PartialEq, Eq)]
#[pickle(default)]
pub struct PokerLongPoll {
    /// The player.
    pub serial: u32,
    /// The table.
    pub game_id: u32,
}
