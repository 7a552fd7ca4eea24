//! A hand of Texas hold'em.

use pickler::{ByteString, Pickle};

use crate::types::{NetGameState, NetPlayerAction, NetPlayerState, PlayerResult};

/// A hand starts: own cards, small blind, seats.
#[derive(Pickle, Clone, Debug, PartialEq, Eq)]
#[pickle(protobuf, rename_all = camelCase)]
pub struct HandStartMessage {
    #[pickle(key = 1)]
    pub game_id: u32,
    #[pickle(key = 2)]
    pub plain_cards: Option<PlainCards>,
    #[pickle(key = 3)]
    pub encrypted_cards: Option<ByteString>,
    #[pickle(key = 4)]
    pub small_blind: u32,
    #[pickle(key = 5)]
    pub seat_states: Vec<NetPlayerState>,
    #[pickle(key = 6)]
    pub dealer_player_id: Option<u32>,
}

/// Two cards.
#[derive(Pickle, Clone, Copy, Debug, PartialEq, Eq)]
#[pickle(protobuf, rename_all = camelCase)]
pub struct PlainCards {
    #[pickle(key = 1)]
    pub plain_card1: u32,
    #[pickle(key = 2)]
    pub plain_card2: u32,
}

/// It is a player's turn.
#[derive(Pickle, Clone, Copy, Debug, PartialEq, Eq)]
#[pickle(protobuf, rename_all = camelCase)]
pub struct PlayersTurnMessage {
    #[pickle(key = 1)]
    pub game_id: u32,
    #[pickle(key = 2)]
    pub player_id: u32,
    #[pickle(key = 3)]
    pub game_state: NetGameState,
}

/// What the player does.
#[derive(Pickle, Clone, Copy, Debug, PartialEq, Eq)]
#[pickle(protobuf, rename_all = camelCase)]
pub struct MyActionRequestMessage {
    #[pickle(key = 1)]
    pub game_id: u32,
    #[pickle(key = 2)]
    pub hand_num: u32,
    #[pickle(key = 3)]
    pub game_state: NetGameState,
    #[pickle(key = 4)]
    pub my_action: NetPlayerAction,
    #[pickle(key = 5)]
    pub my_relative_bet: u32,
}

/// The action is not allowed, and why.
#[derive(Pickle, Clone, Copy, Debug, PartialEq, Eq)]
#[pickle(protobuf, rename_all = camelCase)]
pub struct YourActionRejectedMessage {
    #[pickle(key = 1)]
    pub game_id: u32,
    #[pickle(key = 2)]
    pub game_state: NetGameState,
    #[pickle(key = 3)]
    pub your_action: NetPlayerAction,
    #[pickle(key = 4)]
    pub your_relative_bet: u32,
    #[pickle(key = 5)]
    pub rejection_reason: RejectionReason,
}

/// Why an action is not allowed.
#[derive(Pickle, Clone, Copy, Debug, PartialEq, Eq)]
#[pickle(protobuf, rename_all = camelCase)]
pub enum RejectionReason {
    RejectedInvalidGameState = 1,
    RejectedNotYourTurn,
    RejectedActionNotAllowed,
}

/// What a player did.
#[derive(Pickle, Clone, Copy, Debug, PartialEq, Eq)]
#[pickle(protobuf, rename_all = camelCase)]
pub struct PlayersActionDoneMessage {
    #[pickle(key = 1)]
    pub game_id: u32,
    #[pickle(key = 2)]
    pub player_id: u32,
    #[pickle(key = 3)]
    pub game_state: NetGameState,
    #[pickle(key = 4)]
    pub player_action: NetPlayerAction,
    #[pickle(key = 5)]
    pub total_player_bet: u32,
    #[pickle(key = 6)]
    pub player_money: u32,
    #[pickle(key = 7)]
    pub highest_set: u32,
    #[pickle(key = 8)]
    pub minimum_raise: u32,
}

/// The flop.
#[derive(Pickle, Clone, Copy, Debug, PartialEq, Eq)]
#[pickle(protobuf, rename_all = camelCase)]
pub struct DealFlopCardsMessage {
    #[pickle(key = 1)]
    pub game_id: u32,
    #[pickle(key = 2)]
    pub flop_card1: u32,
    #[pickle(key = 3)]
    pub flop_card2: u32,
    #[pickle(key = 4)]
    pub flop_card3: u32,
}

/// The turn.
#[derive(Pickle, Clone, Copy, Debug, PartialEq, Eq)]
#[pickle(protobuf, rename_all = camelCase)]
pub struct DealTurnCardMessage {
    #[pickle(key = 1)]
    pub game_id: u32,
    #[pickle(key = 2)]
    pub turn_card: u32,
}

/// The river.
#[derive(Pickle, Clone, Copy, Debug, PartialEq, Eq)]
#[pickle(protobuf, rename_all = camelCase)]
pub struct DealRiverCardMessage {
    #[pickle(key = 1)]
    pub game_id: u32,
    #[pickle(key = 2)]
    pub river_card: u32,
}

/// The cards of players who are all in.
#[derive(Pickle, Clone, Debug, PartialEq, Eq)]
#[pickle(protobuf, rename_all = camelCase)]
pub struct AllInShowCardsMessage {
    #[pickle(key = 1)]
    pub game_id: u32,
    #[pickle(key = 2)]
    pub players_all_in: Vec<PlayerAllIn>,
}

/// The cards of a player who is all in.
#[derive(Pickle, Clone, Copy, Debug, PartialEq, Eq)]
#[pickle(protobuf, rename_all = camelCase)]
pub struct PlayerAllIn {
    #[pickle(key = 1)]
    pub player_id: u32,
    #[pickle(key = 2)]
    pub all_in_card1: u32,
    #[pickle(key = 3)]
    pub all_in_card2: u32,
}

/// The hand ends with cards shown.
#[derive(Pickle, Clone, Debug, PartialEq, Eq)]
#[pickle(protobuf, rename_all = camelCase)]
pub struct EndOfHandShowCardsMessage {
    #[pickle(key = 1)]
    pub game_id: u32,
    #[pickle(key = 2)]
    pub player_results: Vec<PlayerResult>,
}

/// The hand ends with no cards shown.
#[derive(Pickle, Clone, Copy, Debug, PartialEq, Eq)]
#[pickle(protobuf, rename_all = camelCase)]
pub struct EndOfHandHideCardsMessage {
    #[pickle(key = 1)]
    pub game_id: u32,
    #[pickle(key = 2)]
    pub player_id: u32,
    #[pickle(key = 3)]
    pub money_won: u32,
    #[pickle(key = 4)]
    pub player_money: u32,
}

/// Asks to show the cards after the hand.
#[derive(Pickle, Clone, Copy, Debug, PartialEq, Eq)]
#[pickle(protobuf, rename_all = camelCase)]
pub struct ShowMyCardsRequestMessage {}

/// A player shows cards after the hand.
#[derive(Pickle, Clone, Debug, PartialEq, Eq)]
#[pickle(protobuf, rename_all = camelCase)]
pub struct AfterHandShowCardsMessage {
    #[pickle(key = 1)]
    pub player_result: PlayerResult,
}
