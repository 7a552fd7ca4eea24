//! Players and games of the server.

use pickler::{ByteString, Pickle};

use crate::types::{NetAvatarType, NetGameInfo, NetGameMode, NetPlayerInfoRights};

/// A player came to the server, or left it.
#[derive(Pickle, Clone, Copy, Debug, PartialEq, Eq)]
#[pickle(protobuf, rename_all = camelCase)]
pub struct PlayerListMessage {
    #[pickle(key = 1)]
    pub player_id: u32,
    #[pickle(key = 2)]
    pub player_list_notification: PlayerListNotification,
}

/// Whether a player came or left.
#[derive(Pickle, Clone, Copy, Debug, PartialEq, Eq)]
#[pickle(protobuf, rename_all = camelCase)]
pub enum PlayerListNotification {
    PlayerListNew,
    PlayerListLeft,
}

/// There is a new game.
#[derive(Pickle, Clone, Debug, PartialEq, Eq)]
#[pickle(protobuf, rename_all = camelCase)]
pub struct GameListNewMessage {
    #[pickle(key = 1)]
    pub game_id: u32,
    #[pickle(key = 2)]
    pub game_mode: NetGameMode,
    #[pickle(key = 3)]
    pub is_private: bool,
    #[pickle(key = 4, packed)]
    pub player_ids: Vec<u32>,
    #[pickle(key = 5)]
    pub admin_player_id: u32,
    #[pickle(key = 6)]
    pub game_info: NetGameInfo,
    #[pickle(key = 7, packed)]
    pub spectator_ids: Vec<u32>,
}

/// A game is created, started or closed.
#[derive(Pickle, Clone, Copy, Debug, PartialEq, Eq)]
#[pickle(protobuf, rename_all = camelCase)]
pub struct GameListUpdateMessage {
    #[pickle(key = 1)]
    pub game_id: u32,
    #[pickle(key = 2)]
    pub game_mode: NetGameMode,
}

/// A player joined a game of the list.
#[derive(Pickle, Clone, Copy, Debug, PartialEq, Eq)]
#[pickle(protobuf, rename_all = camelCase)]
pub struct GameListPlayerJoinedMessage {
    #[pickle(key = 1)]
    pub game_id: u32,
    #[pickle(key = 2)]
    pub player_id: u32,
}

/// A player left a game of the list.
#[derive(Pickle, Clone, Copy, Debug, PartialEq, Eq)]
#[pickle(protobuf, rename_all = camelCase)]
pub struct GameListPlayerLeftMessage {
    #[pickle(key = 1)]
    pub game_id: u32,
    #[pickle(key = 2)]
    pub player_id: u32,
}

/// A game of the list has another administrator.
#[derive(Pickle, Clone, Copy, Debug, PartialEq, Eq)]
#[pickle(protobuf, rename_all = camelCase)]
pub struct GameListAdminChangedMessage {
    #[pickle(key = 1)]
    pub game_id: u32,
    #[pickle(key = 2)]
    pub new_admin_player_id: u32,
}

/// Asks who some players are.
#[derive(Pickle, Clone, Debug, PartialEq, Eq)]
#[pickle(protobuf, rename_all = camelCase)]
pub struct PlayerInfoRequestMessage {
    #[pickle(key = 1, packed)]
    pub player_id: Vec<u32>,
}

/// Tells who a player is, if that is known.
#[derive(Pickle, Clone, Debug, PartialEq, Eq)]
#[pickle(protobuf, rename_all = camelCase)]
pub struct PlayerInfoReplyMessage {
    #[pickle(key = 1)]
    pub player_id: u32,
    #[pickle(key = 2)]
    pub player_info_data: Option<PlayerInfoData>,
}

/// Who a player is.
#[derive(Pickle, Clone, Debug, PartialEq, Eq)]
#[pickle(protobuf, rename_all = camelCase)]
pub struct PlayerInfoData {
    #[pickle(key = 1)]
    pub player_name: String,
    #[pickle(key = 2)]
    pub is_human: bool,
    #[pickle(key = 3)]
    pub player_rights: NetPlayerInfoRights,
    #[pickle(key = 4)]
    pub country_code: Option<String>,
    #[pickle(key = 5)]
    pub avatar_data: Option<AvatarData>,
}

/// A player's picture.
#[derive(Pickle, Clone, Debug, PartialEq, Eq)]
#[pickle(protobuf, rename_all = camelCase)]
pub struct AvatarData {
    #[pickle(key = 1)]
    pub avatar_type: NetAvatarType,
    #[pickle(key = 2)]
    pub avatar_hash: ByteString,
}

/// Switches news of the list of games off or on.
#[derive(Pickle, Clone, Copy, Debug, PartialEq, Eq)]
#[pickle(protobuf, rename_all = camelCase)]
pub struct SubscriptionRequestMessage {
    #[pickle(key = 1)]
    pub subscription_action: SubscriptionAction,
}

/// Whether news are wanted.
#[derive(Pickle, Clone, Copy, Debug, PartialEq, Eq)]
#[pickle(protobuf, rename_all = camelCase)]
pub enum SubscriptionAction {
    UnsubscribeGameList = 1,
    ResubscribeGameList,
}

/// A spectator joined a game of the list.
#[derive(Pickle, Clone, Copy, Debug, PartialEq, Eq)]
#[pickle(protobuf, rename_all = camelCase)]
pub struct GameListSpectatorJoinedMessage {
    #[pickle(key = 1)]
    pub game_id: u32,
    #[pickle(key = 2)]
    pub player_id: u32,
}

/// A spectator left a game of the list.
#[derive(Pickle, Clone, Copy, Debug, PartialEq, Eq)]
#[pickle(protobuf, rename_all = camelCase)]
pub struct GameListSpectatorLeftMessage {
    #[pickle(key = 1)]
    pub game_id: u32,
    #[pickle(key = 2)]
    pub player_id: u32,
}
