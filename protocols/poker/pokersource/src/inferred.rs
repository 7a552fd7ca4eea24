//! What a client works out from the other messages, and what the server sends
//! ready made to a client that has asked for it by `POKER_EXPLAIN`.

use pickler::Pickle;

use crate::types::Str16;

/// A player's best hand at the showdown.
#[derive(Pickle, Clone, Debug, PartialEq, Eq)]
#[pickle(default)]
pub struct PokerBestCards {
    /// The player.
    pub serial: u32,
    /// The table.
    pub game_id: u32,
    /// The cards, 255 for each that is hidden.
    #[pickle(count = u8)]
    pub cards: Vec<u8>,
    /// Which half of the pot: `hi` or `low`.
    pub side: Str16,
    /// The hand, in words.
    pub hand: Str16,
    /// The five cards of the best hand.
    #[pickle(count = u8)]
    pub bestcards: Vec<u8>,
    /// The cards on the board.
    #[pickle(count = u8)]
    pub board: Vec<u8>,
    /// 1 if it is the best of all.
    pub besthand: u8,
}

/// How much is in a pot.
#[derive(Pickle, Clone, Debug, PartialEq, Eq)]
#[pickle(default)]
pub struct PokerPotChips {
    /// The table.
    pub game_id: u32,
    /// Which pot, from 0.
    pub index: u8,
    /// How much is in it.
    pub bet: u32,
}

/// Between what and what the player may bet.
#[derive(Pickle, Clone, Debug, PartialEq, Eq)]
#[pickle(default)]
pub struct PokerBetLimit {
    /// The player.
    pub serial: u32,
    /// The table.
    pub game_id: u32,
    /// The least raise.
    pub min: u32,
    /// The greatest raise.
    pub max: u32,
    /// In what steps.
    pub step: u32,
    /// What it takes to call.
    pub call: u32,
    /// What the player has.
    pub allin: u32,
    /// What it takes to raise by the pot.
    pub pot: u32,
}

/// The player has no cards any more.
#[derive(Pickle, Clone, Debug, PartialEq, Eq)]
#[pickle(default)]
pub struct PokerPlayerNoCards {
    /// The player.
    pub serial: u32,
    /// The table.
    pub game_id: u32,
}

/// Chips go from a player to that player's bet.
#[derive(Pickle, Clone, Debug, PartialEq, Eq)]
#[pickle(default)]
pub struct PokerChipsPlayer2bet {
    /// The player.
    pub serial: u32,
    /// The table.
    pub game_id: u32,
    /// How much.
    pub chips: u32,
}

/// Chips go from a player's bet to a pot.
#[derive(Pickle, Clone, Debug, PartialEq, Eq)]
#[pickle(default)]
pub struct PokerChipsBet2pot {
    /// The player.
    pub serial: u32,
    /// The table.
    pub game_id: u32,
    /// How much.
    pub chips: u32,
    /// Which pot, from 0, or none.
    #[pickle(none = 255, shown(null = -1))]
    pub pot: Option<u8>,
}

/// Chips go from a pot to a player.
#[derive(Pickle, Clone, Debug, PartialEq, Eq)]
#[pickle(default)]
pub struct PokerChipsPot2player {
    /// The player.
    pub serial: u32,
    /// The table.
    pub game_id: u32,
    /// How much.
    pub chips: u32,
    /// Which pot, from 0, or none.
    #[pickle(none = 255, shown(null = -1))]
    pub pot: Option<u8>,
    /// Why: `win`, ...
    pub reason: Str16,
}

/// Pots become one.
#[derive(Pickle, Clone, Debug, PartialEq, Eq)]
#[pickle(default)]
pub struct PokerChipsPotMerge {
    /// The player.
    pub serial: u32,
    /// The table.
    pub game_id: u32,
    /// The pots that are emptied.
    #[pickle(count = u8)]
    pub sources: Vec<u8>,
    /// The pot that takes them in.
    pub destination: u8,
}

/// All pots are empty.
#[derive(Pickle, Clone, Debug, PartialEq, Eq)]
#[pickle(default)]
pub struct PokerChipsPotReset {
    /// The player.
    pub serial: u32,
    /// The table.
    pub game_id: u32,
}

/// Chips go from a player's bet back to the player.
#[derive(Pickle, Clone, Debug, PartialEq, Eq)]
#[pickle(default)]
pub struct PokerChipsBet2player {
    /// The player.
    pub serial: u32,
    /// The table.
    pub game_id: u32,
    /// How much.
    pub chips: u32,
}

/// A betting round is over, and another follows.
#[derive(Pickle, Clone, Debug, PartialEq, Eq)]
#[pickle(default)]
pub struct PokerEndRound {
    /// The player.
    pub serial: u32,
    /// The table.
    pub game_id: u32,
}

/// Cards are dealt to players.
#[derive(Pickle, Clone, Debug, PartialEq, Eq)]
#[pickle(default)]
pub struct PokerDealCards {
    /// The player.
    pub serial: u32,
    /// The table.
    pub game_id: u32,
    /// How many to each.
    #[pickle(rename = "numberOfCards", default = 2)]
    pub number_of_cards: u8,
    /// The players that get them.
    #[pickle(count = u8)]
    pub serials: Vec<u32>,
}

/// It is the turn of the client's own player.
#[derive(Pickle, Clone, Debug, PartialEq, Eq)]
#[pickle(default)]
pub struct PokerSelfInPosition {
    /// The table.
    pub game_id: u32,
    /// The position of the player whose turn it is, or none.
    #[pickle(none = 255, shown(null = -1))]
    pub position: Option<u8>,
}

/// It is no longer the turn of the client's own player.
#[derive(Pickle, Clone, Debug, PartialEq, Eq)]
#[pickle(default)]
pub struct PokerSelfLostPosition {
    /// The table.
    pub game_id: u32,
    /// The position of the player whose turn it is, or none.
    #[pickle(none = 255, shown(null = -1))]
    pub position: Option<u8>,
}

/// The highest bet went up.
#[derive(Pickle, Clone, Debug, PartialEq, Eq)]
#[pickle(default)]
pub struct PokerHighestBetIncrease {
    /// The player.
    pub serial: u32,
    /// The table.
    pub game_id: u32,
}

/// The player won.
#[derive(Pickle, Clone, Debug, PartialEq, Eq)]
#[pickle(default)]
pub struct PokerPlayerWin {
    /// The player.
    pub serial: u32,
    /// The table.
    pub game_id: u32,
}

/// A betting round begins.
#[derive(Pickle, Clone, Debug, PartialEq, Eq)]
#[pickle(default)]
pub struct PokerBeginRound {
    /// The player.
    pub serial: u32,
    /// The table.
    pub game_id: u32,
}

/// The tables that the client is at.
#[derive(Pickle, Clone, Debug, PartialEq, Eq)]
#[pickle(default)]
pub struct PokerCurrentGames {
    /// The tables.
    #[pickle(count = u8)]
    pub game_ids: Vec<u32>,
    /// How many there are.
    pub count: u8,
}

/// The last betting round is over.
#[derive(Pickle, Clone, Debug, PartialEq, Eq)]
#[pickle(default)]
pub struct PokerEndRoundLast {
    /// The player.
    pub serial: u32,
    /// The table.
    pub game_id: u32,
}

/// What is shown at the showdown.
#[derive(Pickle, Clone, Debug, PartialEq, Eq)]
#[pickle(default)]
pub struct PokerShowdown {
    /// The player.
    pub serial: u32,
    /// The table.
    pub game_id: u32,
    /// What is shown to whom, as a JSON text.
    #[pickle(json, default = "{}")]
    pub showdown_stack: Str16,
}

/// Chips in front of a player and behind, as stacks.
#[derive(Pickle, Clone, Debug, PartialEq, Eq)]
#[pickle(default)]
pub struct PokerClientPlayerChips {
    /// The table.
    pub game_id: u32,
    /// The player.
    pub serial: u32,
    /// How much is bet in this round.
    pub bet: u32,
    /// How much is behind the bet.
    pub money: u32,
}

/// All players are all-in and show their cards.
#[derive(Pickle, Clone, Debug, PartialEq, Eq)]
#[pickle(default)]
pub struct PokerAllinShowdown {
    /// The table.
    pub game_id: u32,
}

/// What the cards of the client's own player are worth.
#[derive(Pickle, Clone, Debug, PartialEq, Eq)]
#[pickle(default)]
pub struct PokerPlayerHandStrength {
    /// The player.
    pub serial: u32,
    /// The table.
    pub game_id: u32,
    /// The hand, in words.
    pub hand: Str16,
}
