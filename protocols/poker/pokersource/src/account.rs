//! What the server knows of a player.
//!
//! Amounts have 32 bits in this version of the protocol and 64 in the next, so
//! they are a parameter of the types that have some. The crate's root has the
//! types of this version.

use pickler::Pickle;

use crate::types::{Money, Str16};

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
    #[pickle(default = "random")]
    pub outfit: Str16,
    /// Where more of the looks can be fetched.
    #[pickle(default = "random")]
    pub url: Str16,
}

impl PokerPlayerInfo {
    /// Nobody has logged in.
    pub const NOT_LOGGED: u32 = 1;
}

/// What the server knows of a player, without what is private.
#[derive(Pickle, Clone, Debug, PartialEq, Eq)]
#[pickle(default)]
pub struct PokerUserInfo<Amount: Default> {
    /// The player.
    pub serial: u32,
    /// How strong the player is.
    #[pickle(default = 1_500)]
    pub rating: u32,
    /// Who brought the player to the server.
    pub affiliate: u32,
    /// The player's name.
    #[pickle(default = "unknown")]
    pub name: Str16,
    /// The password; empty where the server tells it.
    pub password: Str16,
    /// The mail address.
    pub email: Str16,
    /// What the player has, in each currency.
    #[pickle(count = u16)]
    pub money: Vec<Money<Amount>>,
}

impl<Amount: Default> PokerUserInfo<Amount> {
    /// Nobody has logged in.
    pub const NOT_LOGGED: u32 = 1;
}

/// Asks for `POKER_USER_INFO`.
#[derive(Pickle, Clone, Debug, PartialEq, Eq)]
#[pickle(default)]
pub struct PokerGetUserInfo {
    /// The player.
    pub serial: u32,
}

/// What the server knows of a player, with what is private. From a client:
/// change it.
#[derive(Pickle, Clone, Debug, PartialEq, Eq)]
#[pickle(default)]
pub struct PokerPersonalInfo<Amount: Default> {
    /// The player.
    pub serial: u32,
    /// How strong the player is.
    #[pickle(default = 1_500)]
    pub rating: u32,
    /// Who brought the player to the server.
    pub affiliate: u32,
    /// The player's name.
    #[pickle(default = "unknown")]
    pub name: Str16,
    /// The password; empty where the server tells it.
    pub password: Str16,
    /// The mail address.
    pub email: Str16,
    /// What the player has, in each currency.
    #[pickle(count = u16)]
    pub money: Vec<Money<Amount>>,
    /// First name.
    pub firstname: Str16,
    /// Last name.
    pub lastname: Str16,
    /// Street.
    pub addr_street: Str16,
    /// Street, second line.
    pub addr_street2: Str16,
    /// Postal code.
    pub addr_zip: Str16,
    /// Town.
    pub addr_town: Str16,
    /// State.
    pub addr_state: Str16,
    /// Country.
    pub addr_country: Str16,
    /// Telephone.
    pub phone: Str16,
    /// Gender.
    pub gender: Str16,
    /// Date of birth.
    pub birthdate: Str16,
}

/// Asks for `POKER_PERSONAL_INFO`.
#[derive(Pickle, Clone, Debug, PartialEq, Eq)]
#[pickle(default)]
pub struct PokerGetPersonalInfo {
    /// The player.
    pub serial: u32,
}

impl PokerGetPersonalInfo {
    /// Nobody has logged in.
    pub const NOT_LOGGED: u32 = 1;
}

/// Changes an account. `POKER_PERSONAL_INFO` answers, or an error.
#[derive(Pickle, Clone, Debug, PartialEq, Eq)]
#[pickle(default)]
pub struct PokerSetAccount<Amount: Default> {
    /// The player.
    pub serial: u32,
    /// How strong the player is.
    #[pickle(default = 1_500)]
    pub rating: u32,
    /// Who brought the player to the server.
    pub affiliate: u32,
    /// The player's name.
    #[pickle(default = "unknown")]
    pub name: Str16,
    /// The new password; empty to keep the old one.
    pub password: Str16,
    /// The mail address.
    pub email: Str16,
    /// Not looked at.
    #[pickle(count = u16)]
    pub money: Vec<Money<Amount>>,
    /// First name.
    pub firstname: Str16,
    /// Last name.
    pub lastname: Str16,
    /// Street.
    pub addr_street: Str16,
    /// Street, second line.
    pub addr_street2: Str16,
    /// Postal code.
    pub addr_zip: Str16,
    /// Town.
    pub addr_town: Str16,
    /// State.
    pub addr_state: Str16,
    /// Country.
    pub addr_country: Str16,
    /// Telephone.
    pub phone: Str16,
    /// Gender.
    pub gender: Str16,
    /// Date of birth.
    pub birthdate: Str16,
}

impl<Amount: Default> PokerSetAccount<Amount> {
    /// The name is too short.
    pub const NAME_TOO_SHORT: u32 = 1;
    /// The name is too long.
    pub const NAME_TOO_LONG: u32 = 2;
    /// The name does not begin with a letter.
    pub const NAME_MUST_START_WITH_LETTER: u32 = 3;
    /// The name has other characters than letters and digits.
    pub const NAME_NOT_ALNUM: u32 = 4;
    /// The password is too short.
    pub const PASSWORD_TOO_SHORT: u32 = 5;
    /// The password is too long.
    pub const PASSWORD_TOO_LONG: u32 = 6;
    /// The password has other characters than letters and digits.
    pub const PASSWORD_NOT_ALNUM: u32 = 7;
    /// The mail address is none.
    pub const INVALID_EMAIL: u32 = 8;
    /// Another account has the name.
    pub const NAME_ALREADY_EXISTS: u32 = 9;
    /// Another account has the mail address.
    pub const EMAIL_ALREADY_EXISTS: u32 = 10;
    /// The server failed.
    pub const SERVER_ERROR: u32 = 11;
}

/// Creates an account. `POKER_PERSONAL_INFO` answers, or an error with a code
/// of `POKER_SET_ACCOUNT`.
#[derive(Pickle, Clone, Debug, PartialEq, Eq)]
#[pickle(default)]
pub struct PokerCreateAccount<Amount: Default> {
    /// The player.
    pub serial: u32,
    /// How strong the player is.
    #[pickle(default = 1_500)]
    pub rating: u32,
    /// Who brought the player to the server.
    pub affiliate: u32,
    /// The player's name.
    #[pickle(default = "unknown")]
    pub name: Str16,
    /// The password.
    pub password: Str16,
    /// The mail address.
    pub email: Str16,
    /// Not looked at.
    #[pickle(count = u16)]
    pub money: Vec<Money<Amount>>,
    /// First name.
    pub firstname: Str16,
    /// Last name.
    pub lastname: Str16,
    /// Street.
    pub addr_street: Str16,
    /// Street, second line.
    pub addr_street2: Str16,
    /// Postal code.
    pub addr_zip: Str16,
    /// Town.
    pub addr_town: Str16,
    /// State.
    pub addr_state: Str16,
    /// Country.
    pub addr_country: Str16,
    /// Telephone.
    pub phone: Str16,
    /// Gender.
    pub gender: Str16,
    /// Date of birth.
    pub birthdate: Str16,
}

/// `POKER_GET_PLAYER_INFO` was refused: nobody has logged in.
pub const POKER_GET_PLAYER_INFO_NOT_LOGGED: u32 = 1;

/// A player's picture. From a client: change it.
#[derive(Pickle, Clone, Debug, PartialEq, Eq)]
#[pickle(default)]
pub struct PokerPlayerImage {
    /// The player.
    pub serial: u32,
    /// The picture, as text.
    pub image: Str16,
    /// Its media type.
    #[pickle(default = "image/png")]
    pub image_type: Str16,
}

/// Asks for `POKER_PLAYER_IMAGE`.
#[derive(Pickle, Clone, Debug, PartialEq, Eq)]
#[pickle(default)]
pub struct PokerGetPlayerImage {
    /// The player.
    pub serial: u32,
}

/// Asks where a player is, by serial or by name. `POKER_PLAYER_PLACES` answers.
#[derive(Pickle, Clone, Debug, PartialEq, Eq)]
#[pickle(default)]
pub struct PokerGetPlayerPlaces {
    /// The player.
    pub serial: u32,
    /// The player's name, where the serial is 0.
    pub name: Str16,
}

/// Where a player is.
#[derive(Pickle, Clone, Debug, PartialEq, Eq)]
#[pickle(default)]
pub struct PokerPlayerPlaces {
    /// The player.
    pub serial: u32,
    /// The tables that the player is at.
    #[pickle(count = u8)]
    pub tables: Vec<u32>,
    /// The tournaments that the player is in.
    #[pickle(count = u8)]
    pub tourneys: Vec<u32>,
}
