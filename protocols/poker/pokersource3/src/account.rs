//! What the server knows of a player. Amounts have 64 bits now.

use pickler::Pickle;
use pokersource::{Str16, account, types};

/// What a player has in one currency.
pub type Money = types::Money<u64>;
/// What the server knows of a player, without what is private.
pub type PokerUserInfo = account::PokerUserInfo<u64>;
/// What the server knows of a player, with what is private. From a client:
/// change it.
pub type PokerPersonalInfo = account::PokerPersonalInfo<u64>;
/// Changes an account. `POKER_PERSONAL_INFO` answers, or an error.
pub type PokerSetAccount = account::PokerSetAccount<u64>;
/// Creates an account. `POKER_PERSONAL_INFO` answers, or an error with a code
/// of `POKER_SET_ACCOUNT`.
pub type PokerCreateAccount = account::PokerCreateAccount<u64>;

/// Name and looks of a player.
#[derive(Pickle, Clone, Debug, PartialEq, Eq)]
#[pickle(default)]
pub struct PokerPlayerInfo {
    /// The player.
    pub serial: u32,
    /// The table.
    pub game_id: u32,
    /// The player's name.
    #[pickle(default = "noname")]
    pub name: Str16,
    /// What the player wears.
    pub outfit: Str16,
    /// Where more of the looks can be fetched.
    pub url: Str16,
}

impl PokerPlayerInfo {
    /// Nobody has logged in.
    pub const NOT_LOGGED: u32 = 1;
}
