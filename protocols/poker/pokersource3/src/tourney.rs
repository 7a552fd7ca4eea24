//! Tournaments.

use pickler::Pickle;
use pokersource::{PlayerRow, Str16, tourney};

use crate::Message;

/// The tournaments that match a `POKER_TOURNEY_SELECT`.
pub type PokerTourneyList = tourney::PokerTourneyList<Message>;

/// Describes a tournament.
#[derive(Pickle, Clone, Debug, PartialEq, Eq)]
#[pickle(default)]
pub struct PokerTourney {
    /// The tournament.
    pub serial: u32,
    /// What it takes to enter.
    #[pickle(default = 10)]
    pub buy_in: u32,
    /// What the house takes of that.
    pub rake: u32,
    /// When it begins, in seconds since 1970.
    pub start_time: u32,
    /// How long players may still bring more money, in seconds.
    pub rebuy_time_remaining: u32,
    /// After how long a player that is away is out, in seconds.
    pub kick_timeout: u32,
    /// It begins as soon as it is full.
    #[pickle(shown(false = "n", true = "y"), default = true)]
    pub sit_n_go: bool,
    /// How many can take part.
    pub players_quota: u16,
    /// How many take part.
    pub registered: u16,
    /// The currency.
    pub currency_serial: u32,
    /// When the first break begins, in seconds after the start.
    pub breaks_first: u16,
    /// How long play lasts between breaks, in seconds.
    pub breaks_interval: u16,
    /// How long a break lasts, in seconds.
    pub breaks_duration: u16,
    /// What it is, in a line.
    #[pickle(default = "nodescription_short")]
    pub description_short: Str16,
    /// The kind of poker, such as `holdem`.
    #[pickle(default = "holdem")]
    pub variant: Str16,
    /// The state, by name.
    #[pickle(default = "announced")]
    pub state: Str16,
    /// The tournament's name.
    #[pickle(default = "noname")]
    pub name: Str16,
    /// What its tables look like.
    #[pickle(default = "default")]
    pub skin: Str16,
    /// The schedule that it belongs to, 0 if to none.
    pub schedule_serial: u32,
}

/// Describes a tournament at length.
#[derive(Pickle, Clone, Debug, PartialEq, Eq)]
#[pickle(default)]
pub struct PokerTourneyInfo {
    /// The tournament.
    pub serial: u32,
    /// What it takes to enter.
    #[pickle(default = 10)]
    pub buy_in: u32,
    /// What the house takes of that.
    pub rake: u32,
    /// When it begins, in seconds since 1970.
    pub start_time: u32,
    /// How long players may still bring more money, in seconds.
    pub rebuy_time_remaining: u32,
    /// After how long a player that is away is out, in seconds.
    pub kick_timeout: u32,
    /// It begins as soon as it is full.
    #[pickle(shown(false = "n", true = "y"), default = true)]
    pub sit_n_go: bool,
    /// How many can take part.
    pub players_quota: u16,
    /// How many take part.
    pub registered: u16,
    /// The currency.
    pub currency_serial: u32,
    /// When the first break begins, in seconds after the start.
    pub breaks_first: u16,
    /// How long play lasts between breaks, in seconds.
    pub breaks_interval: u16,
    /// How long a break lasts, in seconds.
    pub breaks_duration: u16,
    /// What it is, in a line.
    #[pickle(default = "nodescription_short")]
    pub description_short: Str16,
    /// The kind of poker, such as `holdem`.
    #[pickle(default = "holdem")]
    pub variant: Str16,
    /// The state, by name.
    #[pickle(default = "announced")]
    pub state: Str16,
    /// The tournament's name.
    #[pickle(default = "noname")]
    pub name: Str16,
    /// What its tables look like.
    #[pickle(default = "default")]
    pub skin: Str16,
    /// The schedule that it belongs to, 0 if to none.
    pub schedule_serial: u32,
    /// What it is, at length.
    #[pickle(default = "no long description")]
    pub description_long: Str16,
}

/// Asks who takes part in a tournament. `POKER_TOURNEY_PLAYERS_LIST` answers.
#[derive(Pickle, Clone, Debug, PartialEq, Eq)]
#[pickle(default)]
pub struct PokerTourneyRequestPlayersList {
    /// The player.
    pub serial: u32,
    /// The tournament.
    pub tourney_serial: u32,
}

/// Enters a tournament. The server repeats it, or answers with an error with a
/// code of [`pokersource::PokerTourneyRegister`].
#[derive(Pickle, Clone, Debug, PartialEq, Eq)]
#[pickle(default)]
pub struct PokerTourneyRegister {
    /// The player.
    pub serial: u32,
    /// The tournament.
    pub tourney_serial: u32,
}

/// Withdraws from a tournament. The server repeats it, or answers with an error
/// with a code of [`pokersource::PokerTourneyUnregister`].
#[derive(Pickle, Clone, Debug, PartialEq, Eq)]
#[pickle(default)]
pub struct PokerTourneyUnregister {
    /// The player.
    pub serial: u32,
    /// The tournament.
    pub tourney_serial: u32,
}

/// Who takes part in a tournament.
#[derive(Pickle, Clone, Debug, PartialEq, Eq)]
#[pickle(default)]
pub struct PokerTourneyPlayersList {
    /// The tournament.
    pub tourney_serial: u32,
    /// Who takes part.
    #[pickle(count = u16)]
    pub players: Vec<PlayerRow>,
}

/// The player is out of the tournament.
#[derive(Pickle, Clone, Debug, PartialEq, Eq)]
#[pickle(default)]
pub struct PokerTourneyRank {
    /// The player.
    pub serial: u32,
    /// The tournament.
    pub game_id: u32,
    /// How many players there were.
    pub players: u32,
    /// What the player won.
    pub money: u32,
    /// The player's place, from 1.
    pub rank: u32,
    /// The currency of that.
    pub currency_serial: u32,
}

/// A tournament begins, and the player's seat is at this table. From who answers
/// for it: it is to begin.
#[derive(Pickle, Clone, Debug, PartialEq, Eq)]
#[pickle(default)]
pub struct PokerTourneyStart {
    /// The player.
    pub serial: u32,
    /// The tournament.
    pub tourney_serial: u32,
    /// The table.
    pub table_serial: u32,
}

impl PokerTourneyStart {
    /// There is no such tournament.
    pub const DOES_NOT_EXIST: u32 = 1;
    /// It has begun, or is over.
    pub const WRONG_STATE: u32 = 2;
    /// The player does not answer for it.
    pub const NOT_BAILOR: u32 = 3;
    /// Too few take part.
    pub const NOT_ENOUGH_USERS: u32 = 4;
}

/// Creates a tournament for these players.
#[derive(Pickle, Clone, Debug, PartialEq, Eq)]
#[pickle(default)]
pub struct PokerCreateTourney {
    /// The player.
    pub serial: u32,
    /// The tournament's name.
    #[pickle(default = "noname")]
    pub name: Str16,
    /// What it is, in a line.
    #[pickle(default = "nodescription_short")]
    pub description_short: Str16,
    /// What it is, at length.
    #[pickle(default = "nodescription_long")]
    pub description_long: Str16,
    /// How many can take part.
    pub players_quota: u32,
    /// The kind of poker, such as `holdem`.
    #[pickle(default = "holdem")]
    pub variant: Str16,
    /// Blinds and limits by name, such as `2-4-limit`.
    #[pickle(default = "level-001")]
    pub betting_structure: Str16,
    /// What its tables look like.
    #[pickle(default = "default")]
    pub skin: Str16,
    /// How many seats a table has.
    #[pickle(default = 10)]
    pub seats_per_game: u32,
    /// How long a player may take to act, in seconds.
    #[pickle(default = 60)]
    pub player_timeout: u32,
    /// The currency.
    pub currency_serial: u32,
    /// The currency of prizes.
    pub prize_currency: u32,
    /// The least that is paid out as prizes.
    pub prize_min: u32,
    /// Who answers for that, 0 if nobody does.
    pub bailor_serial: u32,
    /// What it takes to enter.
    pub buy_in: u32,
    /// What the house takes of that.
    pub rake: u32,
    /// It begins as soon as it is full.
    #[pickle(shown(false = "n", true = "y"), default = true)]
    pub sit_n_go: bool,
    /// When it begins, in seconds since 1970.
    pub start_time: u32,
    /// Who takes part.
    #[pickle(count = u8)]
    pub players: Vec<u32>,
    /// How long a break lasts, in seconds.
    pub breaks_duration: u32,
    /// When the first break begins, in seconds after the start.
    #[pickle(default = 7_200)]
    pub breaks_first: u32,
    /// How long play lasts between breaks, in seconds.
    #[pickle(default = 3_600)]
    pub breaks_interval: u32,
    /// The schedule that it belongs to, 0 if to none.
    pub schedule_serial: u32,
}

impl PokerCreateTourney {
    /// A player could not enter.
    pub const REGISTRATION_FAILED: u32 = 1;
}

/// Asks for `POKER_TOURNEY_PLAYER_STATS`.
#[derive(Pickle, Clone, Debug, PartialEq, Eq)]
#[pickle(default)]
pub struct PokerGetTourneyPlayerStats {
    /// The player.
    pub serial: u32,
    /// The tournament.
    pub tourney_serial: u32,
}

impl PokerGetTourneyPlayerStats {
    /// There is no such tournament.
    pub const DOES_NOT_EXIST: u32 = 1;
    /// The player does not take part.
    pub const NOT_PARTICIPATING: u32 = 2;
}

/// Where a player stands in a tournament.
#[derive(Pickle, Clone, Debug, PartialEq, Eq)]
#[pickle(default)]
pub struct PokerTourneyPlayerStats {
    /// The player.
    pub serial: u32,
    /// The tournament.
    pub tourney_serial: u32,
    /// The player's place, from 1.
    pub rank: u16,
    /// How many players are still in.
    pub players_active: u16,
    /// How many chips a player has on average.
    pub chips_avg: u64,
    /// How many chips the player with the most has.
    pub chips_max: u64,
    /// The player with the most chips.
    pub player_chips_max_serial: u32,
    /// That player's name.
    #[pickle(default = "noname")]
    pub player_chips_max_name: Str16,
    /// How many tables are left.
    pub table_count: u32,
}

/// Calls a tournament off.
#[derive(Pickle, Clone, Debug, PartialEq, Eq)]
#[pickle(default)]
pub struct PokerTourneyCancel {
    /// The player.
    pub serial: u32,
    /// The tournament.
    pub tourney_serial: u32,
}
