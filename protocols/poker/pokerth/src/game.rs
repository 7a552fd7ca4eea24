//! Joining, starting and ending a game.

use pickler::Pickle;

use crate::types::NetGameInfo;

/// Joins a game.
#[derive(Pickle, Clone, Debug, PartialEq, Eq)]
#[pickle(protobuf, rename_all = camelCase)]
pub struct JoinExistingGameMessage {
    #[pickle(key = 1)]
    pub game_id: u32,
    #[pickle(key = 2)]
    pub password: Option<String>,
    /// Means false where it is missing.
    #[pickle(key = 3)]
    pub auto_leave: Option<bool>,
    /// Means false where it is missing.
    #[pickle(key = 4)]
    pub spectate_only: Option<bool>,
}

/// Creates a game and joins it.
#[derive(Pickle, Clone, Debug, PartialEq, Eq)]
#[pickle(protobuf, rename_all = camelCase)]
pub struct JoinNewGameMessage {
    #[pickle(key = 1)]
    pub game_info: NetGameInfo,
    #[pickle(key = 2)]
    pub password: Option<String>,
    #[pickle(key = 3)]
    pub auto_leave: Option<bool>,
}

/// Goes back to a game after a lost connection.
#[derive(Pickle, Clone, Copy, Debug, PartialEq, Eq)]
#[pickle(protobuf, rename_all = camelCase)]
pub struct RejoinExistingGameMessage {
    #[pickle(key = 1)]
    pub game_id: u32,
    #[pickle(key = 2)]
    pub auto_leave: Option<bool>,
}

/// The game is joined; what is played.
#[derive(Pickle, Clone, Debug, PartialEq, Eq)]
#[pickle(protobuf, rename_all = camelCase)]
pub struct JoinGameAckMessage {
    #[pickle(key = 1)]
    pub game_id: u32,
    #[pickle(key = 2)]
    pub are_you_game_admin: bool,
    #[pickle(key = 3)]
    pub game_info: NetGameInfo,
    #[pickle(key = 4)]
    pub spectate_only: Option<bool>,
}

/// The game is not joined, and why.
#[derive(Pickle, Clone, Copy, Debug, PartialEq, Eq)]
#[pickle(protobuf, rename_all = camelCase)]
pub struct JoinGameFailedMessage {
    #[pickle(key = 1)]
    pub game_id: u32,
    #[pickle(key = 2)]
    pub join_game_failure_reason: JoinGameFailureReason,
}

/// Why a game is not joined.
#[derive(Pickle, Clone, Copy, Debug, PartialEq, Eq)]
#[pickle(protobuf, rename_all = camelCase)]
pub enum JoinGameFailureReason {
    InvalidGame = 1,
    GameIsFull,
    GameIsRunning,
    InvalidPassword,
    NotAllowedAsGuest,
    NotInvited,
    GameNameInUse,
    BadGameName,
    InvalidSettings,
    IpAddressBlocked,
    RejoinFailed,
    NoSpectatorsAllowed,
}

/// A player joined the game.
#[derive(Pickle, Clone, Copy, Debug, PartialEq, Eq)]
#[pickle(protobuf, rename_all = camelCase)]
pub struct GamePlayerJoinedMessage {
    #[pickle(key = 1)]
    pub game_id: u32,
    #[pickle(key = 2)]
    pub player_id: u32,
    #[pickle(key = 3)]
    pub is_game_admin: bool,
}

/// A player left the game.
#[derive(Pickle, Clone, Copy, Debug, PartialEq, Eq)]
#[pickle(protobuf, rename_all = camelCase)]
pub struct GamePlayerLeftMessage {
    #[pickle(key = 1)]
    pub game_id: u32,
    #[pickle(key = 2)]
    pub player_id: u32,
    #[pickle(key = 3)]
    pub game_player_left_reason: GamePlayerLeftReason,
}

/// Why a player left.
#[derive(Pickle, Clone, Copy, Debug, PartialEq, Eq)]
#[pickle(protobuf, rename_all = camelCase)]
pub enum GamePlayerLeftReason {
    LeftOnRequest,
    LeftKicked,
    LeftError,
}

/// The game has another administrator.
#[derive(Pickle, Clone, Copy, Debug, PartialEq, Eq)]
#[pickle(protobuf, rename_all = camelCase)]
pub struct GameAdminChangedMessage {
    #[pickle(key = 1)]
    pub game_id: u32,
    #[pickle(key = 2)]
    pub new_admin_player_id: u32,
}

/// The player is no longer in the game.
#[derive(Pickle, Clone, Copy, Debug, PartialEq, Eq)]
#[pickle(protobuf, rename_all = camelCase)]
pub struct RemovedFromGameMessage {
    #[pickle(key = 1)]
    pub game_id: u32,
    #[pickle(key = 2)]
    pub removed_from_game_reason: RemovedFromGameReason,
}

/// Why a player is no longer in the game.
#[derive(Pickle, Clone, Copy, Debug, PartialEq, Eq)]
#[pickle(protobuf, rename_all = camelCase)]
pub enum RemovedFromGameReason {
    RemovedOnRequest,
    KickedFromGame,
    GameIsFull,
    GameIsRunning,
    GameTimeout,
    RemovedStartFailed,
    GameClosed,
}

/// Asks to leave the game.
#[derive(Pickle, Clone, Copy, Debug, PartialEq, Eq)]
#[pickle(protobuf, rename_all = camelCase)]
pub struct LeaveGameRequestMessage {
    #[pickle(key = 1)]
    pub game_id: u32,
}

/// The game is about to start.
#[derive(Pickle, Clone, Copy, Debug, PartialEq, Eq)]
#[pickle(protobuf, rename_all = camelCase)]
pub struct StartEventMessage {
    #[pickle(key = 1)]
    pub game_id: u32,
    #[pickle(key = 2)]
    pub start_event_type: StartEventType,
    #[pickle(key = 3)]
    pub fill_with_computer_players: Option<bool>,
}

/// What starts.
#[derive(Pickle, Clone, Copy, Debug, PartialEq, Eq)]
#[pickle(protobuf, rename_all = camelCase)]
pub enum StartEventType {
    StartEvent,
    RejoinEvent,
}

/// The player is ready to start.
#[derive(Pickle, Clone, Copy, Debug, PartialEq, Eq)]
#[pickle(protobuf, rename_all = camelCase)]
pub struct StartEventAckMessage {
    #[pickle(key = 1)]
    pub game_id: u32,
}

/// The game starts.
#[derive(Pickle, Clone, Debug, PartialEq, Eq)]
#[pickle(protobuf, rename_all = camelCase)]
pub struct GameStartInitialMessage {
    #[pickle(key = 1)]
    pub game_id: u32,
    #[pickle(key = 2)]
    pub start_dealer_player_id: u32,
    #[pickle(key = 3, packed)]
    pub player_seats: Vec<u32>,
}

/// The game as it stands, for a player who comes back.
#[derive(Pickle, Clone, Debug, PartialEq, Eq)]
#[pickle(protobuf, rename_all = camelCase)]
pub struct GameStartRejoinMessage {
    #[pickle(key = 1)]
    pub game_id: u32,
    #[pickle(key = 2)]
    pub start_dealer_player_id: u32,
    #[pickle(key = 3)]
    pub hand_num: u32,
    #[pickle(key = 4)]
    pub rejoin_player_data: Vec<RejoinPlayerData>,
}

/// A seat as it stands.
#[derive(Pickle, Clone, Copy, Debug, PartialEq, Eq)]
#[pickle(protobuf, rename_all = camelCase)]
pub struct RejoinPlayerData {
    #[pickle(key = 1)]
    pub player_id: u32,
    #[pickle(key = 2)]
    pub player_money: u32,
}

/// The game is over.
#[derive(Pickle, Clone, Copy, Debug, PartialEq, Eq)]
#[pickle(protobuf, rename_all = camelCase)]
pub struct EndOfGameMessage {
    #[pickle(key = 1)]
    pub game_id: u32,
    #[pickle(key = 2)]
    pub winner_player_id: u32,
}

/// A spectator joined the game.
#[derive(Pickle, Clone, Copy, Debug, PartialEq, Eq)]
#[pickle(protobuf, rename_all = camelCase)]
pub struct GameSpectatorJoinedMessage {
    #[pickle(key = 1)]
    pub game_id: u32,
    #[pickle(key = 2)]
    pub player_id: u32,
}

/// A spectator left the game.
#[derive(Pickle, Clone, Copy, Debug, PartialEq, Eq)]
#[pickle(protobuf, rename_all = camelCase)]
pub struct GameSpectatorLeftMessage {
    #[pickle(key = 1)]
    pub game_id: u32,
    #[pickle(key = 2)]
    pub player_id: u32,
    #[pickle(key = 3)]
    pub game_spectator_left_reason: GamePlayerLeftReason,
}
