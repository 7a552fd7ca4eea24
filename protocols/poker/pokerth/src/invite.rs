//! Invitations to a game.

use pickler::Pickle;

/// Invites a player to a game.
#[derive(Pickle, Clone, Copy, Debug, PartialEq, Eq)]
#[pickle(protobuf, rename_all = camelCase)]
pub struct InvitePlayerToGameMessage {
    #[pickle(key = 1)]
    pub game_id: u32,
    #[pickle(key = 2)]
    pub player_id: u32,
}

/// A player is invited to a game.
#[derive(Pickle, Clone, Copy, Debug, PartialEq, Eq)]
#[pickle(protobuf, rename_all = camelCase)]
pub struct InviteNotifyMessage {
    #[pickle(key = 1)]
    pub game_id: u32,
    #[pickle(key = 2)]
    pub player_id_who: u32,
    #[pickle(key = 3)]
    pub player_id_by_whom: u32,
}

/// Declines an invitation.
#[derive(Pickle, Clone, Copy, Debug, PartialEq, Eq)]
#[pickle(protobuf, rename_all = camelCase)]
pub struct RejectGameInvitationMessage {
    #[pickle(key = 1)]
    pub game_id: u32,
    #[pickle(key = 2)]
    pub my_reject_reason: RejectGameInvReason,
}

/// Why an invitation is declined.
#[derive(Pickle, Clone, Copy, Debug, PartialEq, Eq)]
#[pickle(protobuf, rename_all = camelCase)]
pub enum RejectGameInvReason {
    RejectReasonNo,
    RejectReasonBusy,
}

/// An invitation is declined.
#[derive(Pickle, Clone, Copy, Debug, PartialEq, Eq)]
#[pickle(protobuf, rename_all = camelCase)]
pub struct RejectInvNotifyMessage {
    #[pickle(key = 1)]
    pub game_id: u32,
    #[pickle(key = 2)]
    pub player_id: u32,
    #[pickle(key = 3)]
    pub player_reject_reason: RejectGameInvReason,
}
