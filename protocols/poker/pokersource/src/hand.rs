//! One hand of poker: blinds, cards, bets, the showdown.

use pickler::Pickle;

use crate::types::Str16;

/// Whose turn it is.
#[derive(Pickle, Clone, Debug, PartialEq, Eq)]
#[pickle(default)]
pub struct PokerPosition {
    /// The table.
    pub game_id: u32,
    /// The position of the player whose turn it is, or none.
    #[pickle(none = 255, shown(null = -1))]
    pub position: Option<u8>,
}

/// The player gives up the hand.
#[derive(Pickle, Clone, Debug, PartialEq, Eq)]
#[pickle(default)]
pub struct PokerFold {
    /// The player.
    pub serial: u32,
    /// The table.
    pub game_id: u32,
}

/// The hand enters another round.
#[derive(Pickle, Clone, Debug, PartialEq, Eq)]
#[pickle(default)]
pub struct PokerState {
    /// The player.
    pub serial: u32,
    /// The table.
    pub game_id: u32,
    /// The round's name, such as `flop`, or `end`.
    pub string: Str16,
}

/// Who won the hand.
#[derive(Pickle, Clone, Debug, PartialEq, Eq)]
#[pickle(default)]
pub struct PokerWin {
    /// The player.
    pub serial: u32,
    /// The table.
    pub game_id: u32,
    /// The winners.
    #[pickle(count = u8)]
    pub serials: Vec<u32>,
}

/// The cards that a player holds: open to their owner and at the showdown, 255
/// for each card that stays hidden.
#[derive(Pickle, Clone, Debug, PartialEq, Eq)]
#[pickle(default)]
pub struct PokerPlayerCards {
    /// The player.
    pub serial: u32,
    /// The table.
    pub game_id: u32,
    /// The cards, 255 for each that is hidden.
    #[pickle(count = u8)]
    pub cards: Vec<u8>,
}

/// The cards on the board.
#[derive(Pickle, Clone, Debug, PartialEq, Eq)]
#[pickle(default)]
pub struct PokerBoardCards {
    /// The player.
    pub serial: u32,
    /// The table.
    pub game_id: u32,
    /// The cards, 255 for each that is hidden.
    #[pickle(count = u8)]
    pub cards: Vec<u8>,
}

/// Chips in front of a player, and those behind.
#[derive(Pickle, Clone, Debug, PartialEq, Eq)]
#[pickle(default)]
pub struct PokerPlayerChips {
    /// The player.
    pub serial: u32,
    /// The table.
    pub game_id: u32,
    /// How much is bet in this round.
    pub bet: u32,
    /// How much is behind the bet.
    pub money: u32,
}

/// The player passes without betting.
#[derive(Pickle, Clone, Debug, PartialEq, Eq)]
#[pickle(default)]
pub struct PokerCheck {
    /// The player.
    pub serial: u32,
    /// The table.
    pub game_id: u32,
}

/// A hand begins. From a client that owns the table: begin the next hand.
#[derive(Pickle, Clone, Debug, PartialEq, Eq)]
#[pickle(default)]
pub struct PokerStart {
    /// The player.
    pub serial: u32,
    /// The table.
    pub game_id: u32,
    /// How many hands were played at the table before.
    pub hands_count: u32,
    /// How long the table has been at play, in seconds.
    pub time: u32,
    /// The hand.
    pub hand_serial: u32,
    /// The blinds' level in a tournament.
    pub level: u8,
}

/// Who plays this hand.
#[derive(Pickle, Clone, Debug, PartialEq, Eq)]
#[pickle(default)]
pub struct PokerInGame {
    /// The player.
    pub serial: u32,
    /// The table.
    pub game_id: u32,
    /// The players of the hand.
    #[pickle(count = u8)]
    pub players: Vec<u32>,
}

/// The player matches the highest bet.
#[derive(Pickle, Clone, Debug, PartialEq, Eq)]
#[pickle(default)]
pub struct PokerCall {
    /// The player.
    pub serial: u32,
    /// The table.
    pub game_id: u32,
}

/// The player raises.
#[derive(Pickle, Clone, Debug, PartialEq, Eq)]
#[pickle(default)]
pub struct PokerRaise {
    /// The player.
    pub serial: u32,
    /// The table.
    pub game_id: u32,
    /// By how much the bet goes up; the table's limits apply.
    pub amount: u32,
}

/// The dealer button moves.
#[derive(Pickle, Clone, Debug, PartialEq, Eq)]
#[pickle(default)]
pub struct PokerDealer {
    /// The table.
    pub game_id: u32,
    /// The seat with the button, or none.
    #[pickle(none = 255, shown(null = -1))]
    pub dealer: Option<u8>,
    /// The seat that had it, or none.
    #[pickle(none = 255, shown(null = -1))]
    pub previous_dealer: Option<u8>,
}

/// The player takes long to act.
#[derive(Pickle, Clone, Debug, PartialEq, Eq)]
#[pickle(default)]
pub struct PokerTimeoutWarning {
    /// The player.
    pub serial: u32,
    /// The table.
    pub game_id: u32,
    /// How long the player still has, in seconds.
    #[pickle(default = 2_147_483_647)]
    pub timeout: u32,
}

/// The player took too long to act.
#[derive(Pickle, Clone, Debug, PartialEq, Eq)]
#[pickle(default)]
pub struct PokerTimeoutNotice {
    /// The player.
    pub serial: u32,
    /// The table.
    pub game_id: u32,
}

/// The player pays the ante.
#[derive(Pickle, Clone, Debug, PartialEq, Eq)]
#[pickle(default)]
pub struct PokerAnte {
    /// The player.
    pub serial: u32,
    /// The table.
    pub game_id: u32,
    /// How much, in chips.
    pub amount: u32,
}

/// The player pays a blind.
#[derive(Pickle, Clone, Debug, PartialEq, Eq)]
#[pickle(default)]
pub struct PokerBlind {
    /// The player.
    pub serial: u32,
    /// The table.
    pub game_id: u32,
    /// How much, in chips.
    pub amount: u32,
    /// How much of it is dead money, which does not count as a bet.
    pub dead: u32,
}

/// The hand is off: too few players paid.
#[derive(Pickle, Clone, Debug, PartialEq, Eq)]
#[pickle(default)]
pub struct PokerCanceled {
    /// The player that gets money back, if there is one.
    pub serial: u32,
    /// The table.
    pub game_id: u32,
    /// How much that player gets back, in chips.
    pub amount: u32,
}

/// Asks the player to pay a blind.
#[derive(Pickle, Clone, Debug, PartialEq, Eq)]
#[pickle(default)]
pub struct PokerBlindRequest {
    /// The player.
    pub serial: u32,
    /// The table.
    pub game_id: u32,
    /// How much, in chips.
    pub amount: u32,
    /// How much of it is dead money, which does not count as a bet.
    pub dead: u32,
    /// Which blind: `small`, `big`, `late`, ...
    #[pickle(default = "unknown")]
    pub state: Str16,
}

/// Asks the player to pay the ante.
#[derive(Pickle, Clone, Debug, PartialEq, Eq)]
#[pickle(default)]
pub struct PokerAnteRequest {
    /// The player.
    pub serial: u32,
    /// The table.
    pub game_id: u32,
    /// How much, in chips.
    pub amount: u32,
}

/// The player looks at their cards.
#[derive(Pickle, Clone, Debug, PartialEq, Eq)]
#[pickle(default)]
pub struct PokerLookCards {
    /// The player.
    pub serial: u32,
    /// The table.
    pub game_id: u32,
}

/// Who may hide their cards at the end of the hand.
#[derive(Pickle, Clone, Debug, PartialEq, Eq)]
#[pickle(default)]
pub struct PokerMuckRequest {
    /// The player.
    pub serial: u32,
    /// The table.
    pub game_id: u32,
    /// The players that may hide their cards.
    #[pickle(count = u8)]
    pub muckable_serials: Vec<u32>,
}

/// The player hides the cards.
#[derive(Pickle, Clone, Debug, PartialEq, Eq)]
#[pickle(default)]
pub struct PokerMuckAccept {
    /// The player.
    pub serial: u32,
    /// The table.
    pub game_id: u32,
}

/// The player shows the cards.
#[derive(Pickle, Clone, Debug, PartialEq, Eq)]
#[pickle(default)]
pub struct PokerMuckDeny {
    /// The player.
    pub serial: u32,
    /// The table.
    pub game_id: u32,
}

/// What the house takes from the pot.
#[derive(Pickle, Clone, Debug, PartialEq, Eq)]
#[pickle(default)]
pub struct PokerRake {
    /// How much the house takes.
    pub value: u32,
    /// The table.
    pub game_id: u32,
}
