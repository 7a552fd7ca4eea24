//! Who is at the other end: login, roles, locale.

use pickler::Pickle;

use crate::types::Str16;

/// The serial of the player that has logged in.
#[derive(Pickle, Clone, Debug, PartialEq, Eq)]
#[pickle(default)]
pub struct Serial {
    /// The player.
    pub serial: u32,
}

/// The login failed.
#[derive(Pickle, Clone, Debug, PartialEq, Eq)]
#[pickle(default)]
pub struct AuthRefused {
    /// What is wrong, in words.
    #[pickle(default = "no message")]
    pub message: Str16,
    /// What is wrong: a constant of the type that was refused.
    pub code: u32,
    /// The code of the message that was refused.
    #[pickle(default = 3)]
    pub other_type: u8,
}

/// Logs in. `AUTH_OK` and `SERIAL` answer, or `AUTH_REFUSED`.
#[derive(Pickle, Clone, Debug, PartialEq, Eq)]
#[pickle(default)]
pub struct Login {
    /// The account's name.
    #[pickle(default = "unknown")]
    pub name: Str16,
    /// The password.
    #[pickle(default = "unknown")]
    pub password: Str16,
}

impl Login {
    /// Somebody has logged in on this connection already.
    pub const LOGGED: u32 = 1;
}

/// `LOGOUT` was refused: nobody has logged in.
pub const LOGOUT_NOT_LOGGED_IN: u32 = 1;

/// What roles the player has.
#[derive(Pickle, Clone, Debug, PartialEq, Eq)]
#[pickle(default)]
pub struct PokerRoles {
    /// The player.
    pub serial: u32,
    /// The roles' names.
    pub roles: Str16,
}

impl PokerRoles {
    /// All roles.
    pub const ROLES: [&str; 2] = [Self::PLAY, Self::EDIT];
    /// Changes the account.
    pub const EDIT: &str = "EDIT";
    /// Plays at tables.
    pub const PLAY: &str = "PLAY";
}

/// Takes on a role. `POKER_ROLES` answers, or an error. Nobody takes a seat
/// without the role `PLAY`.
#[derive(Pickle, Clone, Debug, PartialEq, Eq)]
#[pickle(default)]
pub struct PokerSetRole {
    /// The player.
    pub serial: u32,
    /// The roles' names.
    pub roles: Str16,
}

impl PokerSetRole {
    /// There is no such role.
    pub const UNKNOWN_ROLE: u32 = 1;
    /// Another connection of the same player has the role.
    pub const NOT_AVAILABLE: u32 = 2;
}

/// Asks the server to work out for the client what it could work out itself;
/// see the family of the inferred messages.
#[derive(Pickle, Clone, Debug, PartialEq, Eq)]
#[pickle(default)]
pub struct PokerExplain {
    /// How much: a constant of this type.
    pub value: u32,
}

impl PokerExplain {
    /// Nothing.
    pub const NONE: u32 = 0;
    /// What is not named elsewhere.
    pub const REST: u32 = 1;
    /// Amounts as stacks of chips.
    pub const CHIPSTACKS: u32 = 4;
    /// Everything.
    pub const ALL: u32 = 5;
}

/// Sets the language of what the server says.
#[derive(Pickle, Clone, Debug, PartialEq, Eq)]
#[pickle(default)]
pub struct PokerSetLocale {
    /// The player.
    pub serial: u32,
    /// The table.
    pub game_id: u32,
    /// The language, such as `en_US`.
    #[pickle(default = "en_US")]
    pub locale: Str16,
}
