//! Finding, describing, creating and moving between tables.

use pickler::Pickle;

use crate::types::{PlayerRow, Str16};

/// Asks to watch a table. `POKER_TABLE` and the state of the table answer; a
/// `POKER_TABLE` with id 0 says that it failed.
#[derive(Pickle, Clone, Debug, PartialEq, Eq)]
#[pickle(default)]
pub struct PokerTableJoin {
    /// The player.
    pub serial: u32,
    /// The table.
    pub game_id: u32,
}

impl PokerTableJoin {
    /// There is no room at the table.
    pub const FULL: u32 = 1;
    /// It failed for another reason.
    pub const GENERAL_FAILURE: u32 = 2;
}

/// Asks for the tables that match. `POKER_TABLE_LIST` answers.
#[derive(Pickle, Clone, Debug, PartialEq, Eq)]
#[pickle(default)]
pub struct PokerTableSelect {
    /// Which: `my`, or currency, kind of poker and betting structure, parted by
    /// tabs.
    pub string: Str16,
}

/// Describes a table. From a client: create one like this.
#[derive(Pickle, Clone, Debug, PartialEq, Eq)]
#[pickle(default)]
pub struct PokerTable {
    /// The table; 0 if there is none.
    pub id: u32,
    /// How many seats.
    #[pickle(default = 10)]
    pub seats: u8,
    /// How much is won in a hand, on average.
    pub average_pot: u32,
    /// How many hands are played in an hour.
    pub hands_per_hour: u16,
    /// How many of a hundred players see the flop.
    pub percent_flop: u8,
    /// How many players have a seat.
    pub players: u8,
    /// How many watch.
    pub observers: u16,
    /// How many wait for a seat.
    pub waiting: u8,
    /// How long a player may take to act, in seconds.
    pub player_timeout: u16,
    /// How long a player may take to show or hide cards, in seconds.
    pub muck_timeout: u16,
    /// The currency.
    pub currency_serial: u32,
    /// The table's name.
    #[pickle(default = "noname")]
    pub name: Str16,
    /// The kind of poker, such as `holdem`.
    #[pickle(default = "holdem")]
    pub variant: Str16,
    /// Blinds and limits by name, such as `2-4-limit`.
    #[pickle(default = "2-4-limit")]
    pub betting_structure: Str16,
    /// What the table looks like.
    #[pickle(default = "default")]
    pub skin: Str16,
    /// Why the server describes the table: a `REASON` constant.
    pub reason: Str16,
}

impl PokerTable {
    /// For no reason in particular.
    pub const REASON_NONE: &str = "";
    /// A hand is told once more.
    pub const REASON_HAND_REPLAY: &str = "HandReplay";
    /// The client has created it.
    pub const REASON_TABLE_CREATE: &str = "TableCreate";
    /// The client has joined it.
    pub const REASON_TABLE_JOIN: &str = "TableJoin";
    /// It is one of a list.
    pub const REASON_TABLE_LIST: &str = "TableList";
    /// It was picked for the client.
    pub const REASON_TABLE_PICKER: &str = "TablePicker";
    /// A tournament moved the player to it.
    pub const REASON_TOURNEY_MOVE: &str = "TourneyMove";
    /// A tournament began at it.
    pub const REASON_TOURNEY_START: &str = "TourneyStart";
}

/// The tables that match a `POKER_TABLE_SELECT`.
#[derive(Pickle, Clone, Debug, PartialEq, Eq)]
#[pickle(default)]
pub struct PokerTableList<Message> {
    /// A `POKER_TABLE` for each.
    #[pickle(count = u16)]
    pub packets: Vec<Message>,
    /// How many players are at all tables.
    pub players: u32,
    /// How many tables there are.
    pub tables: u32,
}

/// The table is gone.
#[derive(Pickle, Clone, Debug, PartialEq, Eq)]
#[pickle(default)]
pub struct PokerTableDestroy {
    /// The player.
    pub serial: u32,
    /// The table.
    pub game_id: u32,
}

/// The player is moved to another table.
#[derive(Pickle, Clone, Debug, PartialEq, Eq)]
#[pickle(default)]
pub struct PokerTableMove {
    /// The player.
    pub serial: u32,
    /// The table.
    pub game_id: u32,
    /// The seat at the other table.
    #[pickle(none = 255, shown(null = -1))]
    pub seat: Option<u8>,
    /// The other table.
    #[pickle(default = 2_147_483_647)]
    pub to_game_id: u32,
}

/// Stops watching a table. There is no answer.
#[derive(Pickle, Clone, Debug, PartialEq, Eq)]
#[pickle(default)]
pub struct PokerTableQuit {
    /// The player.
    pub serial: u32,
    /// The table.
    pub game_id: u32,
}

/// What follows happens now; see `POKER_BATCH_MODE`.
#[derive(Pickle, Clone, Debug, PartialEq, Eq)]
#[pickle(default)]
pub struct PokerStreamMode {
    /// The player.
    pub serial: u32,
    /// The table.
    pub game_id: u32,
}

/// What follows, until `POKER_STREAM_MODE`, tells what happened before.
#[derive(Pickle, Clone, Debug, PartialEq, Eq)]
#[pickle(default)]
pub struct PokerBatchMode {
    /// The player.
    pub serial: u32,
    /// The table.
    pub game_id: u32,
}

/// Asks who is at a table. `POKER_PLAYERS_LIST` answers.
#[derive(Pickle, Clone, Debug, PartialEq, Eq)]
#[pickle(default)]
pub struct PokerTableRequestPlayersList {
    /// The player.
    pub serial: u32,
    /// The table.
    pub game_id: u32,
}

/// Who is at a table.
#[derive(Pickle, Clone, Debug, PartialEq, Eq)]
#[pickle(default)]
pub struct PokerPlayersList {
    /// The player.
    pub serial: u32,
    /// The table.
    pub game_id: u32,
    /// Who is there.
    #[pickle(count = u16)]
    pub players: Vec<PlayerRow>,
}

/// Asks to be told a hand once more.
#[derive(Pickle, Clone, Debug, PartialEq, Eq)]
#[pickle(default)]
pub struct PokerHandReplay {
    /// The hand's serial.
    pub serial: u32,
    /// The table.
    pub game_id: u32,
}

/// How much money a player can bring to a table.
#[derive(Pickle, Clone, Debug, PartialEq, Eq)]
#[pickle(default)]
pub struct PokerBuyInLimits {
    /// The table.
    pub game_id: u32,
    /// The least.
    pub min: u32,
    /// The greatest.
    pub max: u32,
    /// What is recommended.
    pub best: u32,
    /// The least for a rebuy.
    pub rebuy_min: u32,
}

/// Asks for a seat at any table that matches.
#[derive(Pickle, Clone, Debug, PartialEq, Eq)]
#[pickle(default)]
pub struct PokerTablePicker {
    /// The player.
    pub serial: u32,
    /// The table.
    pub game_id: u32,
    /// The currency, 0 for any.
    pub currency_serial: u32,
    /// How many players must be there already.
    pub min_players: u32,
    /// The kind of poker, empty for any.
    pub variant: Str16,
    /// Blinds and limits by name, empty for any.
    pub betting_structure: Str16,
    /// Blinds and antes are paid without asking.
    pub auto_blind_ante: bool,
}
