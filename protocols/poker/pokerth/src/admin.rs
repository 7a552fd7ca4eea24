//! What operators do.

use pickler::Pickle;

/// An operator closes a game.
#[derive(Pickle, Clone, Copy, Debug, PartialEq, Eq)]
#[pickle(protobuf, rename_all = camelCase)]
pub struct AdminRemoveGameMessage {
    #[pickle(key = 1)]
    pub remove_game_id: u32,
}

/// What became of closing a game.
#[derive(Pickle, Clone, Copy, Debug, PartialEq, Eq)]
#[pickle(protobuf, rename_all = camelCase)]
pub struct AdminRemoveGameAckMessage {
    #[pickle(key = 1)]
    pub remove_game_id: u32,
    #[pickle(key = 2)]
    pub remove_game_result: AdminRemoveGameResult,
}

/// What became of closing the game.
#[derive(Pickle, Clone, Copy, Debug, PartialEq, Eq)]
#[pickle(protobuf, rename_all = camelCase)]
pub enum AdminRemoveGameResult {
    GameRemoveAccepted,
    GameRemoveInvalid,
}

/// An operator bans a player.
#[derive(Pickle, Clone, Copy, Debug, PartialEq, Eq)]
#[pickle(protobuf, rename_all = camelCase)]
pub struct AdminBanPlayerMessage {
    #[pickle(key = 1)]
    pub ban_player_id: u32,
}

/// What became of a ban.
#[derive(Pickle, Clone, Copy, Debug, PartialEq, Eq)]
#[pickle(protobuf, rename_all = camelCase)]
pub struct AdminBanPlayerAckMessage {
    #[pickle(key = 1)]
    pub ban_player_id: u32,
    #[pickle(key = 2)]
    pub ban_player_result: AdminBanPlayerResult,
}

/// What became of the ban.
#[derive(Pickle, Clone, Copy, Debug, PartialEq, Eq)]
#[pickle(protobuf, rename_all = camelCase)]
pub enum AdminBanPlayerResult {
    BanPlayerAccepted,
    BanPlayerPending,
    #[pickle(rename = "banPlayerNoDB")]
    BanPlayerNoDb,
    #[pickle(rename = "banPlayerDBError")]
    BanPlayerDbError,
    BanPlayerInvalid,
}
