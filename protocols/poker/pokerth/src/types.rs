//! What several messages hold.

use pickler::Pickle;

/// The rules of a game.
#[derive(Pickle, Clone, Debug, PartialEq, Eq)]
#[pickle(protobuf, rename_all = camelCase)]
pub struct NetGameInfo {
    #[pickle(key = 1)]
    pub game_name: String,
    #[pickle(key = 2)]
    pub net_game_type: NetGameType,
    #[pickle(key = 3)]
    pub max_num_players: u32,
    #[pickle(key = 4)]
    pub raise_interval_mode: RaiseIntervalMode,
    #[pickle(key = 5)]
    pub raise_every_hands: Option<u32>,
    #[pickle(key = 6)]
    pub raise_every_minutes: Option<u32>,
    #[pickle(key = 7)]
    pub end_raise_mode: EndRaiseMode,
    #[pickle(key = 8)]
    pub end_raise_small_blind_value: Option<u32>,
    #[pickle(key = 9)]
    pub proposed_gui_speed: u32,
    #[pickle(key = 10)]
    pub delay_between_hands: u32,
    #[pickle(key = 11)]
    pub player_action_timeout: u32,
    #[pickle(key = 12)]
    pub first_small_blind: u32,
    #[pickle(key = 13)]
    pub start_money: u32,
    #[pickle(key = 14, packed)]
    pub manual_blinds: Vec<u32>,
    /// Means true where it is missing.
    #[pickle(key = 15)]
    pub allow_spectators: Option<bool>,
}

/// Who may join a game.
#[derive(Pickle, Clone, Copy, Debug, PartialEq, Eq)]
#[pickle(protobuf, rename_all = camelCase)]
pub enum NetGameType {
    NormalGame = 1,
    RegisteredOnlyGame,
    InviteOnlyGame,
    RankingGame,
}

/// What raises the blinds.
#[derive(Pickle, Clone, Copy, Debug, PartialEq, Eq)]
#[pickle(protobuf, rename_all = camelCase)]
pub enum RaiseIntervalMode {
    RaiseOnHandNum = 1,
    RaiseOnMinutes,
}

/// How blinds go on behind the manual ones.
#[derive(Pickle, Clone, Copy, Debug, PartialEq, Eq)]
#[pickle(protobuf, rename_all = camelCase)]
pub enum EndRaiseMode {
    DoubleBlinds = 1,
    RaiseByEndValue,
    KeepLastBlind,
}

/// How a hand ends for a player.
#[derive(Pickle, Clone, Debug, PartialEq, Eq)]
#[pickle(protobuf, rename_all = camelCase)]
pub struct PlayerResult {
    #[pickle(key = 1)]
    pub player_id: u32,
    #[pickle(key = 2)]
    pub result_card1: u32,
    #[pickle(key = 3)]
    pub result_card2: u32,
    #[pickle(key = 4, packed)]
    pub best_hand_position: Vec<u32>,
    #[pickle(key = 5)]
    pub money_won: u32,
    #[pickle(key = 6)]
    pub player_money: u32,
    #[pickle(key = 7)]
    pub cards_value: Option<u32>,
}

/// The format of a picture.
#[derive(Pickle, Clone, Copy, Debug, PartialEq, Eq)]
#[pickle(protobuf, rename_all = camelCase)]
pub enum NetAvatarType {
    NetAvatarImagePng = 1,
    NetAvatarImageJpg,
    NetAvatarImageGif,
}

/// How far a game is.
#[derive(Pickle, Clone, Copy, Debug, PartialEq, Eq)]
#[pickle(protobuf, rename_all = camelCase)]
pub enum NetGameMode {
    NetGameCreated = 1,
    NetGameStarted,
    NetGameClosed,
}

/// What a player may do.
#[derive(Pickle, Clone, Copy, Debug, PartialEq, Eq)]
#[pickle(protobuf, rename_all = camelCase)]
pub enum NetPlayerInfoRights {
    NetPlayerRightsGuest = 1,
    NetPlayerRightsNormal,
    NetPlayerRightsAdmin,
}

/// How a player is.
#[derive(Pickle, Clone, Copy, Debug, PartialEq, Eq)]
#[pickle(protobuf, rename_all = camelCase)]
pub enum NetPlayerState {
    NetPlayerStateNormal,
    NetPlayerStateSessionInactive,
    NetPlayerStateNoMoney,
}

/// The betting round.
#[derive(Pickle, Clone, Copy, Debug, PartialEq, Eq)]
#[pickle(protobuf, rename_all = camelCase)]
pub enum NetGameState {
    NetStatePreflop,
    NetStateFlop,
    NetStateTurn,
    NetStateRiver,
    NetStatePreflopSmallBlind,
    NetStatePreflopBigBlind,
}

/// What a player does.
#[derive(Pickle, Clone, Copy, Debug, PartialEq, Eq)]
#[pickle(protobuf, rename_all = camelCase)]
pub enum NetPlayerAction {
    NetActionNone,
    NetActionFold,
    NetActionCheck,
    NetActionCall,
    NetActionBet,
    NetActionRaise,
    NetActionAllIn,
}
