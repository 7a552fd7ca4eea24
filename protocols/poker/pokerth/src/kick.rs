//! Removing a player, by an administrator or a vote.

use pickler::Pickle;

/// The administrator removes a player.
#[derive(Pickle, Clone, Copy, Debug, PartialEq, Eq)]
#[pickle(protobuf, rename_all = camelCase)]
pub struct KickPlayerRequestMessage {
    #[pickle(key = 1)]
    pub game_id: u32,
    #[pickle(key = 2)]
    pub player_id: u32,
}

/// Asks for a vote on removing a player.
#[derive(Pickle, Clone, Copy, Debug, PartialEq, Eq)]
#[pickle(protobuf, rename_all = camelCase)]
pub struct AskKickPlayerMessage {
    #[pickle(key = 1)]
    pub game_id: u32,
    #[pickle(key = 2)]
    pub player_id: u32,
}

/// There will be no vote, and why.
#[derive(Pickle, Clone, Copy, Debug, PartialEq, Eq)]
#[pickle(protobuf, rename_all = camelCase)]
pub struct AskKickDeniedMessage {
    #[pickle(key = 1)]
    pub game_id: u32,
    #[pickle(key = 2)]
    pub player_id: u32,
    #[pickle(key = 3)]
    pub kick_denied_reason: KickDeniedReason,
}

/// Why there will be no vote.
#[derive(Pickle, Clone, Copy, Debug, PartialEq, Eq)]
#[pickle(protobuf, rename_all = camelCase)]
pub enum KickDeniedReason {
    KickDeniedInvalidGameState,
    KickDeniedNotPossible,
    KickDeniedTryAgainLater,
    KickDeniedAlreadyInProgress,
    KickDeniedInvalidPlayerId,
}

/// A vote on removing a player starts.
#[derive(Pickle, Clone, Copy, Debug, PartialEq, Eq)]
#[pickle(protobuf, rename_all = camelCase)]
pub struct StartKickPetitionMessage {
    #[pickle(key = 1)]
    pub game_id: u32,
    #[pickle(key = 2)]
    pub petition_id: u32,
    #[pickle(key = 3)]
    pub proposing_player_id: u32,
    #[pickle(key = 4)]
    pub kick_player_id: u32,
    #[pickle(key = 5)]
    pub kick_timeout_sec: u32,
    #[pickle(key = 6)]
    pub num_votes_needed_to_kick: u32,
}

/// A vote.
#[derive(Pickle, Clone, Copy, Debug, PartialEq, Eq)]
#[pickle(protobuf, rename_all = camelCase)]
pub struct VoteKickRequestMessage {
    #[pickle(key = 1)]
    pub game_id: u32,
    #[pickle(key = 2)]
    pub petition_id: u32,
    #[pickle(key = 3)]
    pub vote_kick: bool,
}

/// What became of a vote.
#[derive(Pickle, Clone, Copy, Debug, PartialEq, Eq)]
#[pickle(protobuf, rename_all = camelCase)]
pub struct VoteKickReplyMessage {
    #[pickle(key = 1)]
    pub game_id: u32,
    #[pickle(key = 2)]
    pub petition_id: u32,
    #[pickle(key = 3)]
    pub vote_kick_reply_type: VoteKickReplyType,
}

/// What became of a vote.
#[derive(Pickle, Clone, Copy, Debug, PartialEq, Eq)]
#[pickle(protobuf, rename_all = camelCase)]
pub enum VoteKickReplyType {
    VoteKickAck,
    VoteKickDeniedInvalid,
    VoteKickDeniedAlreadyVoted,
}

/// How a vote stands.
#[derive(Pickle, Clone, Copy, Debug, PartialEq, Eq)]
#[pickle(protobuf, rename_all = camelCase)]
pub struct KickPetitionUpdateMessage {
    #[pickle(key = 1)]
    pub game_id: u32,
    #[pickle(key = 2)]
    pub petition_id: u32,
    #[pickle(key = 3)]
    pub num_votes_against_kicking: u32,
    #[pickle(key = 4)]
    pub num_votes_in_favour_of_kicking: u32,
    #[pickle(key = 5)]
    pub num_votes_needed_to_kick: u32,
}

/// The outcome of a vote.
#[derive(Pickle, Clone, Copy, Debug, PartialEq, Eq)]
#[pickle(protobuf, rename_all = camelCase)]
pub struct EndKickPetitionMessage {
    #[pickle(key = 1)]
    pub game_id: u32,
    #[pickle(key = 2)]
    pub petition_id: u32,
    #[pickle(key = 3)]
    pub num_votes_against_kicking: u32,
    #[pickle(key = 4)]
    pub num_votes_in_favour_of_kicking: u32,
    #[pickle(key = 5)]
    pub result_player_kicked: u32,
    #[pickle(key = 6)]
    pub petition_end_reason: PetitionEndReason,
}

/// Why a vote is over.
#[derive(Pickle, Clone, Copy, Debug, PartialEq, Eq)]
#[pickle(protobuf, rename_all = camelCase)]
pub enum PetitionEndReason {
    PetitionEndEnoughVotes,
    PetitionEndTooFewPlayers,
    PetitionEndPlayerLeft,
    PetitionEndTimeout,
}
