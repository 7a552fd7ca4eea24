//! Coming to a table, sitting, paying in, leaving.

use pickler::Pickle;
use pokersource::Str16;

/// A player takes a seat.
#[derive(Pickle, Clone, Debug, PartialEq, Eq)]
#[pickle(default)]
pub struct PokerPlayerArrive {
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
    /// What the player owes: `late`, `big`, ..., or whether anything.
    #[pickle(shown("_TRUE" = true, "_FALSE" = false), default = "late")]
    pub blind: Str16,
    /// The player leaves once the hand is over.
    pub remove_next_turn: bool,
    /// The player sits out.
    #[pickle(default = true)]
    pub sit_out: bool,
    /// The player sits out once the hand is over.
    pub sit_out_next_turn: bool,
    /// The player is away, and the server acts in their place.
    pub auto: bool,
    /// Blinds and antes are paid without asking.
    pub auto_blind_ante: bool,
    /// The player waits before taking part.
    pub wait_for: bool,
    /// The player has brought money to the table.
    pub buy_in_payed: bool,
    /// The seat, from 0.
    #[pickle(none = 255)]
    pub seat: Option<u8>,
}

/// The player waits before taking part.
#[derive(Pickle, Clone, Debug, PartialEq, Eq)]
#[pickle(default)]
pub struct PokerWaitFor {
    /// The player.
    pub serial: u32,
    /// The table.
    pub game_id: u32,
    /// For what: `late`, `big`, ..., or whether at all.
    #[pickle(shown("_TRUE" = true, "_FALSE" = false))]
    pub reason: Str16,
}

/// Whether the player takes part in the next hands without being asked.
#[derive(Pickle, Clone, Debug, PartialEq, Eq)]
#[pickle(default)]
pub struct PokerAutoPlay {
    /// The player.
    pub serial: u32,
    /// The table.
    pub game_id: u32,
    /// 1 if so.
    pub auto_play: u8,
}

/// Brings more money to a tournament. The server tells everybody once it
/// counts.
#[derive(Pickle, Clone, Debug, PartialEq, Eq)]
#[pickle(default)]
pub struct PokerTourneyRebuy {
    /// The player.
    pub serial: u32,
    /// The table.
    pub game_id: u32,
    /// The tournament.
    pub tourney_serial: u32,
}

impl PokerTourneyRebuy {
    /// The player cannot pay.
    pub const NOT_ENOUGH_MONEY: u32 = 1;
    /// The time for it is over.
    pub const REBUY_TIMEOUT_EXEEDED: u32 = 2;
    /// The player has done so too often.
    pub const REBUY_LIMIT_EXEEDED: u32 = 4;
    /// It failed for another reason.
    pub const OTHER_ERROR: u32 = 8;
}

/// The money of players at a table was changed by an administrator.
#[derive(Pickle, Clone, Debug, PartialEq, Eq)]
#[pickle(default)]
pub struct PokerUpdateMoney {
    /// The table.
    pub game_id: u32,
    /// The players.
    #[pickle(count = u8)]
    pub serials: Vec<u32>,
    /// How many chips, for each of them.
    #[pickle(count = u8)]
    pub chips: Vec<i32>,
    /// That is what they have now; else it is what is added.
    #[pickle(default = true)]
    pub absolute: bool,
}

impl PokerUpdateMoney {
    /// Who asked for it is no administrator.
    pub const NO_ADMIN: u32 = 1;
    /// There is no such table.
    pub const NO_TABLE: u32 = 2;
    /// There are not as many amounts as players.
    pub const SERIALS_MONEY_MISMATCH: u32 = 3;
    /// It failed for another reason.
    pub const OTHER_ERROR: u32 = 9;
}
