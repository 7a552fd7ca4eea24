//! Tournaments.

use pickler::Pickle;

use crate::types::{PlayerRow, Str16};

/// Asks for the tournaments that match. `POKER_TOURNEY_LIST` answers.
#[derive(Pickle, Clone, Debug, PartialEq, Eq)]
#[pickle(default)]
pub struct PokerTourneySelect {
    /// What to look for.
    pub string: Str16,
}

/// Describes a tournament.
#[derive(Pickle, Clone, Debug, PartialEq, Eq)]
#[pickle(default)]
pub struct PokerTourney {
    /// The tournament.
    pub serial: u32,
    /// What it takes to enter.
    #[pickle(default = 10)]
    pub buy_in: u32,
    /// When it begins, in seconds since 1970.
    pub start_time: u32,
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
}

/// Describes a tournament at length. Nobody sends it any more; its name went to
/// `POKER_TOURNEY_INFO`.
#[derive(Pickle, Clone, Debug, PartialEq, Eq)]
#[pickle(default)]
pub struct PokerTourneyInfoOld {
    /// The tournament.
    pub serial: u32,
    /// What it takes to enter.
    #[pickle(default = 10)]
    pub buy_in: u32,
    /// When it begins, in seconds since 1970.
    pub start_time: u32,
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
    /// What it is, at length.
    #[pickle(default = "no long description")]
    pub description_long: Str16,
}

/// The tournaments that match a `POKER_TOURNEY_SELECT`.
#[derive(Pickle, Clone, Debug, PartialEq, Eq)]
#[pickle(default)]
pub struct PokerTourneyList<Message> {
    /// A `POKER_TOURNEY` for each.
    #[pickle(count = u16)]
    pub packets: Vec<Message>,
    /// How many players are in tournaments.
    pub players: u32,
    /// How many tournaments there are.
    pub tourneys: u32,
}

/// Asks who takes part in a tournament. `POKER_TOURNEY_PLAYERS_LIST` answers.
#[derive(Pickle, Clone, Debug, PartialEq, Eq)]
#[pickle(default)]
pub struct PokerTourneyRequestPlayersList {
    /// The player.
    pub serial: u32,
    /// The tournament.
    pub game_id: u32,
}

/// Enters a tournament. The server repeats it, or answers with an error.
#[derive(Pickle, Clone, Debug, PartialEq, Eq)]
#[pickle(default)]
pub struct PokerTourneyRegister {
    /// The player.
    pub serial: u32,
    /// The tournament.
    pub game_id: u32,
}

impl PokerTourneyRegister {
    /// There is no such tournament.
    pub const DOES_NOT_EXIST: u32 = 1;
    /// The player takes part already.
    pub const ALREADY_REGISTERED: u32 = 2;
    /// The tournament takes nobody any more.
    pub const REGISTRATION_REFUSED: u32 = 3;
    /// The player cannot pay.
    pub const NOT_ENOUGH_MONEY: u32 = 4;
    /// The server failed.
    pub const SERVER_ERROR: u32 = 5;
    /// One enters by winning another tournament.
    pub const VIA_SATELLITE: u32 = 6;
}

/// Withdraws from a tournament. The server repeats it, or answers with an
/// error.
#[derive(Pickle, Clone, Debug, PartialEq, Eq)]
#[pickle(default)]
pub struct PokerTourneyUnregister {
    /// The player.
    pub serial: u32,
    /// The tournament.
    pub game_id: u32,
}

impl PokerTourneyUnregister {
    /// There is no such tournament.
    pub const DOES_NOT_EXIST: u32 = 1;
    /// The player does not take part.
    pub const NOT_REGISTERED: u32 = 2;
    /// The tournament has begun.
    pub const TOO_LATE: u32 = 3;
    /// The server failed.
    pub const SERVER_ERROR: u32 = 4;
}

/// Who takes part in a tournament.
#[derive(Pickle, Clone, Debug, PartialEq, Eq)]
#[pickle(default)]
pub struct PokerTourneyPlayersList {
    /// The player.
    pub serial: u32,
    /// The tournament.
    pub game_id: u32,
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
    #[pickle(default = 2_147_483_647)]
    pub rank: u32,
}

/// Asks for `POKER_TOURNEY_MANAGER`.
#[derive(Pickle, Clone, Debug, PartialEq, Eq)]
#[pickle(default)]
pub struct PokerGetTourneyManager {
    /// The tournament.
    pub tourney_serial: u32,
}

impl PokerGetTourneyManager {
    /// There is no such tournament.
    pub const DOES_NOT_EXIST: u32 = 1;
}

/// A tournament's break begins.
#[derive(Pickle, Clone, Debug, PartialEq, Eq)]
#[pickle(default)]
pub struct PokerTableTourneyBreakBegin {
    /// The table.
    pub game_id: u32,
    /// When it is over, in seconds since 1970.
    pub resume_time: u32,
}

/// A tournament's break is over.
#[derive(Pickle, Clone, Debug, PartialEq, Eq)]
#[pickle(default)]
pub struct PokerTableTourneyBreakDone {
    /// The table.
    pub game_id: u32,
}

/// A tournament begins, and the player's seat is at this table.
#[derive(Pickle, Clone, Debug, PartialEq, Eq)]
#[pickle(default)]
pub struct PokerTourneyStart {
    /// The tournament.
    pub tourney_serial: u32,
    /// The table.
    pub table_serial: u32,
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
    /// The kind of poker, such as `holdem`.
    #[pickle(default = "holdem")]
    pub variant: Str16,
    /// Blinds and limits by name, such as `2-4-limit`.
    #[pickle(default = "level-001")]
    pub betting_structure: Str16,
    /// How many seats a table has.
    #[pickle(default = 10)]
    pub seats_per_game: u32,
    /// How long a player may take to act, in seconds.
    #[pickle(default = 60)]
    pub player_timeout: u32,
    /// The currency.
    pub currency_serial: u32,
    /// What it takes to enter.
    pub buy_in: u32,
    /// Who takes part.
    #[pickle(count = u8)]
    pub players: Vec<u32>,
}

impl PokerCreateTourney {
    /// A player could not enter.
    pub const REGISTRATION_FAILED: u32 = 1;
}
