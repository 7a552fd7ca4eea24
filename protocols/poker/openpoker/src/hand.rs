//! A hand: bets, cards, stages.

use pickler::Pickle;

use crate::types::Cents;

/// Calls; also checks, with amount 0, and posts the blind that was asked for.
#[derive(Pickle, Clone, Debug, PartialEq, Eq)]
pub struct Call {
    /// The table.
    pub gid: u32,
    /// More than was asked for is a fold.
    pub amount: Cents,
}

/// Raises.
#[derive(Pickle, Clone, Debug, PartialEq, Eq)]
pub struct Raise {
    /// The table.
    pub gid: u32,
    /// By how much, on top of the call.
    pub amount: Cents,
}

/// Folds; also declines a blind and sits out.
#[derive(Pickle, Clone, Debug, PartialEq, Eq)]
pub struct Fold {
    /// The table.
    pub gid: u32,
}

/// It is the player's turn; nobody else is told.
#[derive(Pickle, Clone, Debug, PartialEq, Eq)]
pub struct BetRequest {
    /// The table.
    pub gid: u32,
    /// What a call costs.
    pub call: Cents,
    /// The least raise; 0, with the greatest, where a blind is asked for.
    pub raise_min: Cents,
    /// The greatest raise.
    pub raise_max: Cents,
}

/// The player was dealt a card; nobody else is told. It carries the number that
/// the `NOTIFY_PRIVATE` behind it has.
#[derive(Pickle, Clone, Debug, PartialEq, Eq)]
pub struct NotifyDraw {
    /// The table.
    pub gid: u32,
    /// 1 is a two, 13 an ace.
    #[pickle(range = 1..=13)]
    pub rank: u8,
    /// 1 clubs, 2 diamonds, 3 hearts, 4 spades.
    #[pickle(range = 1..=4)]
    pub suit: u8,
    /// Counts what is told of the table.
    pub seq: u16,
}

/// Somebody was dealt a card.
#[derive(Pickle, Clone, Debug, PartialEq, Eq)]
pub struct NotifyPrivate {
    /// The table.
    pub gid: u32,
    /// The player.
    pub pid: u32,
    /// Counts what is told of the table.
    pub seq: u16,
}

/// A card on the board.
#[derive(Pickle, Clone, Debug, PartialEq, Eq)]
pub struct NotifyShared {
    /// The table.
    pub gid: u32,
    /// 1 is a two, 13 an ace.
    #[pickle(range = 1..=13)]
    pub rank: u8,
    /// 1 clubs, 2 diamonds, 3 hearts, 4 spades.
    #[pickle(range = 1..=4)]
    pub suit: u8,
    /// Counts what is told of the table.
    pub seq: u16,
}

/// A hand begins.
#[derive(Pickle, Clone, Debug, PartialEq, Eq)]
pub struct NotifyStartGame {
    /// The table.
    pub gid: u32,
    /// Counts what is told of the table.
    pub seq: u16,
}

/// A hand is over.
#[derive(Pickle, Clone, Debug, PartialEq, Eq)]
pub struct NotifyEndGame {
    /// The table.
    pub gid: u32,
    /// Counts what is told of the table.
    pub seq: u16,
}

/// There are not players enough for a hand.
#[derive(Pickle, Clone, Debug, PartialEq, Eq)]
pub struct NotifyCancelGame {
    /// The table.
    pub gid: u32,
    /// Counts what is told of the table.
    pub seq: u16,
}

/// Somebody won.
#[derive(Pickle, Clone, Debug, PartialEq, Eq)]
pub struct NotifyWin {
    /// The table.
    pub gid: u32,
    /// The player.
    pub pid: u32,
    /// How much. Of a pot that is shared, a fraction of a cent is lost.
    pub amount: Cents,
    /// Counts what is told of the table.
    pub seq: u16,
}

/// Somebody bet.
#[derive(Pickle, Clone, Debug, PartialEq, Eq)]
pub struct NotifyBet {
    /// The table.
    pub gid: u32,
    /// The player.
    pub pid: u32,
    /// How much.
    pub amount: Cents,
    /// Counts what is told of the table.
    pub seq: u16,
}

/// Somebody raised.
#[derive(Pickle, Clone, Debug, PartialEq, Eq)]
pub struct NotifyRaise {
    /// The table.
    pub gid: u32,
    /// The player.
    pub pid: u32,
    /// By how much.
    pub amount: Cents,
    /// Counts what is told of the table.
    pub seq: u16,
}

/// Somebody called.
#[derive(Pickle, Clone, Debug, PartialEq, Eq)]
pub struct NotifyCall {
    /// The table.
    pub gid: u32,
    /// The player.
    pub pid: u32,
    /// How much it cost.
    pub amount: Cents,
    /// Counts what is told of the table.
    pub seq: u16,
}

/// The hand goes on.
#[derive(Pickle, Clone, Debug, PartialEq, Eq)]
pub struct GameStage {
    /// The table.
    pub gid: u32,
    /// 1 before the flop, 2 flop, 3 turn, 4 river.
    pub stage: u8,
    /// Counts what is told of the table.
    pub seq: u16,
}

/// Who deals.
#[derive(Pickle, Clone, Debug, PartialEq, Eq)]
pub struct NotifyButton {
    /// The table.
    pub gid: u32,
    /// The seat, from 1.
    pub seat: u8,
    /// Counts what is told of the table.
    pub seq: u16,
}

/// Who posts the small blind.
#[derive(Pickle, Clone, Debug, PartialEq, Eq)]
pub struct NotifySmallBlind {
    /// The table.
    pub gid: u32,
    /// The seat, from 1.
    pub seat: u8,
    /// Counts what is told of the table.
    pub seq: u16,
}

/// Who posts the big blind.
#[derive(Pickle, Clone, Debug, PartialEq, Eq)]
pub struct NotifyBigBlind {
    /// The table.
    pub gid: u32,
    /// The seat, from 1.
    pub seat: u8,
    /// Counts what is told of the table.
    pub seq: u16,
}
