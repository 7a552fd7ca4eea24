//! Coming to a table, sitting, paying in, leaving.

use pickler::Pickle;

use crate::types::Str16;

/// Who sits where.
#[derive(Pickle, Clone, Debug, PartialEq, Eq)]
#[pickle(default)]
pub struct PokerSeats {
    /// The player on each seat, 0 where nobody sits.
    #[pickle(count = u8)]
    pub seats: Vec<u32>,
    /// The table.
    pub game_id: u32,
}

/// The player takes part in the next hands.
#[derive(Pickle, Clone, Debug, PartialEq, Eq)]
#[pickle(default)]
pub struct PokerSit {
    /// The player.
    pub serial: u32,
    /// The table.
    pub game_id: u32,
}

/// Takes a seat. The server answers with the seat given, or none if it refuses.
#[derive(Pickle, Clone, Debug, PartialEq, Eq)]
#[pickle(default)]
pub struct PokerSeat {
    /// The player.
    pub serial: u32,
    /// The table.
    pub game_id: u32,
    /// The seat; from a client, none is any seat; from the server, none is a
    /// refusal.
    #[pickle(none = 255, shown(null = -1))]
    pub seat: Option<u8>,
}

impl PokerSeat {
    /// The role `PLAY` is lacking.
    pub const ROLE_PLAY: u32 = 1;
}

/// The player leaves the table.
#[derive(Pickle, Clone, Debug, PartialEq, Eq)]
#[pickle(default)]
pub struct PokerPlayerLeave {
    /// The player.
    pub serial: u32,
    /// The table.
    pub game_id: u32,
    /// The seat, from 0.
    #[pickle(none = 255, shown(null = -1))]
    pub seat: Option<u8>,
}

impl PokerPlayerLeave {
    /// Nobody leaves a tournament's table.
    pub const TOURNEY: u32 = 1;
}

/// The player stays at the table, but takes no part in the next hands.
#[derive(Pickle, Clone, Debug, PartialEq, Eq)]
#[pickle(default)]
pub struct PokerSitOut {
    /// The player.
    pub serial: u32,
    /// The table.
    pub game_id: u32,
}

/// Brings money to the table. What is below the table's minimum is raised to
/// it.
#[derive(Pickle, Clone, Debug, PartialEq, Eq)]
#[pickle(default)]
pub struct PokerBuyIn {
    /// The player.
    pub serial: u32,
    /// The table.
    pub game_id: u32,
    /// How much, in chips.
    pub amount: u32,
}

/// Brings more money to the table. The server tells everybody once it counts.
#[derive(Pickle, Clone, Debug, PartialEq, Eq)]
#[pickle(default)]
pub struct PokerRebuy {
    /// The player.
    pub serial: u32,
    /// The table.
    pub game_id: u32,
    /// How much, in chips.
    pub amount: u32,
}

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
    #[pickle(default = "random")]
    pub outfit: Str16,
    /// Where more of the looks can be fetched.
    #[pickle(default = "random")]
    pub url: Str16,
    /// What the player owes: `late`, `big`, ..., `None`, or `False`.
    #[pickle(shown("None" = null, "False" = false), default = "late")]
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

/// The player waits for the big blind instead of paying a blind now.
#[derive(Pickle, Clone, Debug, PartialEq, Eq)]
#[pickle(default)]
pub struct PokerWaitBigBlind {
    /// The player.
    pub serial: u32,
    /// The table.
    pub game_id: u32,
}

/// Blinds and antes are paid without asking. The server repeats what is in
/// force.
#[derive(Pickle, Clone, Debug, PartialEq, Eq)]
#[pickle(default)]
pub struct PokerAutoBlindAnte {
    /// The player.
    pub serial: u32,
    /// The table.
    pub game_id: u32,
}

/// Blinds and antes are asked for each time. The server repeats what is in
/// force.
#[derive(Pickle, Clone, Debug, PartialEq, Eq)]
#[pickle(default)]
pub struct PokerNoautoBlindAnte {
    /// The player.
    pub serial: u32,
    /// The table.
    pub game_id: u32,
}

/// The player is away and folds without being asked.
#[derive(Pickle, Clone, Debug, PartialEq, Eq)]
#[pickle(default)]
pub struct PokerAutoFold {
    /// The player.
    pub serial: u32,
    /// The table.
    pub game_id: u32,
}

/// The player waits before taking part.
#[derive(Pickle, Clone, Debug, PartialEq, Eq)]
#[pickle(default)]
pub struct PokerWaitFor {
    /// The player.
    pub serial: u32,
    /// The table.
    pub game_id: u32,
    /// For what: `late`, `big`, ...
    pub reason: Str16,
}

/// The client's own player is about to be told of.
#[derive(Pickle, Clone, Debug, PartialEq, Eq)]
#[pickle(default)]
pub struct PokerPlayerSelf {
    /// The player.
    pub serial: u32,
    /// The table.
    pub game_id: u32,
}

/// The client has shown the last hand and is ready for the next.
#[derive(Pickle, Clone, Debug, PartialEq, Eq)]
#[pickle(default)]
pub struct PokerReadyToPlay {
    /// The player.
    pub serial: u32,
    /// The table.
    pub game_id: u32,
}

/// The client is still busy showing the last hand.
#[derive(Pickle, Clone, Debug, PartialEq, Eq)]
#[pickle(default)]
pub struct PokerProcessingHand {
    /// The player.
    pub serial: u32,
    /// The table.
    pub game_id: u32,
}

impl PokerProcessingHand {
    /// The request makes no sense at this time.
    pub const BUGOUS: u32 = 0;
}

/// When the player hides cards without being asked.
#[derive(Pickle, Clone, Debug, PartialEq, Eq)]
#[pickle(default)]
pub struct PokerAutoMuck {
    /// The player.
    pub serial: u32,
    /// The table.
    pub game_id: u32,
    /// In which cases, one bit for each.
    #[pickle(default = 255)]
    pub auto_muck: u8,
}

/// The player asked to sit.
#[derive(Pickle, Clone, Debug, PartialEq, Eq)]
#[pickle(default)]
pub struct PokerSitRequest {
    /// The player.
    pub serial: u32,
    /// The table.
    pub game_id: u32,
}

/// The player sits out once this hand is over.
#[derive(Pickle, Clone, Debug, PartialEq, Eq)]
#[pickle(default)]
pub struct PokerSitOutNextTurn {
    /// The player.
    pub serial: u32,
    /// The table.
    pub game_id: u32,
}
