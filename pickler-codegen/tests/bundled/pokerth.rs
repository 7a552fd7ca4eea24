//! The network protocol of PokerTH.

use pickler::schema::{Protocol, Schema};
use pickler::{ByteString, Pickle};

/// The protocol: its messages, and what is agreed on beside them.
pub fn protocol() -> Protocol {
    Protocol::new("pokerth", Schema::of::<Message>())
        .version("5.1")
        .doc("The network protocol of PokerTH.")
}

/// A message; each is described at its type.
///
/// It is a protobuf message of two fields: the first says which one the other
/// is. Its size in four bytes comes in front.
#[derive(Pickle, Clone, Debug, PartialEq)]
#[pickle(protobuf, tag = u32, tag_key = 1, length = u32, length_first, from)]
pub enum Message {
    #[pickle(tag = 1, direction = to_client, key = 2)]
    AnnounceMessage(AnnounceMessage),
    #[pickle(tag = 2, direction = to_server, key = 3)]
    InitMessage(InitMessage),
    #[pickle(tag = 3, direction = to_client, key = 4)]
    AuthServerChallengeMessage(AuthServerChallengeMessage),
    #[pickle(tag = 4, direction = to_server, key = 5)]
    AuthClientResponseMessage(AuthClientResponseMessage),
    #[pickle(tag = 5, direction = to_client, key = 6)]
    AuthServerVerificationMessage(AuthServerVerificationMessage),
    #[pickle(tag = 6, direction = to_client, key = 7)]
    InitAckMessage(InitAckMessage),
    #[pickle(tag = 7, direction = both, key = 8)]
    AvatarRequestMessage(AvatarRequestMessage),
    #[pickle(tag = 8, direction = both, key = 9)]
    AvatarHeaderMessage(AvatarHeaderMessage),
    #[pickle(tag = 9, direction = both, key = 10)]
    AvatarDataMessage(AvatarDataMessage),
    #[pickle(tag = 10, direction = both, key = 11)]
    AvatarEndMessage(AvatarEndMessage),
    #[pickle(tag = 11, direction = both, key = 12)]
    UnknownAvatarMessage(UnknownAvatarMessage),
    #[pickle(tag = 12, direction = to_client, key = 13)]
    PlayerListMessage(PlayerListMessage),
    #[pickle(tag = 13, direction = to_client, key = 14)]
    GameListNewMessage(GameListNewMessage),
    #[pickle(tag = 14, direction = to_client, key = 15)]
    GameListUpdateMessage(GameListUpdateMessage),
    #[pickle(tag = 15, direction = to_client, key = 16)]
    GameListPlayerJoinedMessage(GameListPlayerJoinedMessage),
    #[pickle(tag = 16, direction = to_client, key = 17)]
    GameListPlayerLeftMessage(GameListPlayerLeftMessage),
    #[pickle(tag = 17, direction = to_client, key = 18)]
    GameListAdminChangedMessage(GameListAdminChangedMessage),
    #[pickle(tag = 18, direction = to_server, key = 19)]
    PlayerInfoRequestMessage(PlayerInfoRequestMessage),
    #[pickle(tag = 19, direction = to_client, key = 20)]
    PlayerInfoReplyMessage(PlayerInfoReplyMessage),
    #[pickle(tag = 20, direction = to_server, key = 21)]
    SubscriptionRequestMessage(SubscriptionRequestMessage),
    #[pickle(tag = 21, direction = to_server, key = 22)]
    JoinExistingGameMessage(JoinExistingGameMessage),
    #[pickle(tag = 22, direction = to_server, key = 23)]
    JoinNewGameMessage(JoinNewGameMessage),
    #[pickle(tag = 23, direction = to_server, key = 24)]
    RejoinExistingGameMessage(RejoinExistingGameMessage),
    #[pickle(tag = 24, direction = to_client, key = 25)]
    JoinGameAckMessage(JoinGameAckMessage),
    #[pickle(tag = 25, direction = to_client, key = 26)]
    JoinGameFailedMessage(JoinGameFailedMessage),
    #[pickle(tag = 26, direction = to_client, key = 27)]
    GamePlayerJoinedMessage(GamePlayerJoinedMessage),
    #[pickle(tag = 27, direction = to_client, key = 28)]
    GamePlayerLeftMessage(GamePlayerLeftMessage),
    #[pickle(tag = 28, direction = to_client, key = 29)]
    GameAdminChangedMessage(GameAdminChangedMessage),
    #[pickle(tag = 29, direction = to_client, key = 30)]
    RemovedFromGameMessage(RemovedFromGameMessage),
    #[pickle(tag = 30, direction = to_server, key = 31)]
    KickPlayerRequestMessage(KickPlayerRequestMessage),
    #[pickle(tag = 31, direction = to_server, key = 32)]
    LeaveGameRequestMessage(LeaveGameRequestMessage),
    #[pickle(tag = 32, direction = to_server, key = 33)]
    InvitePlayerToGameMessage(InvitePlayerToGameMessage),
    #[pickle(tag = 33, direction = to_client, key = 34)]
    InviteNotifyMessage(InviteNotifyMessage),
    #[pickle(tag = 34, direction = to_server, key = 35)]
    RejectGameInvitationMessage(RejectGameInvitationMessage),
    #[pickle(tag = 35, direction = to_client, key = 36)]
    RejectInvNotifyMessage(RejectInvNotifyMessage),
    #[pickle(tag = 36, direction = both, key = 37)]
    StartEventMessage(StartEventMessage),
    #[pickle(tag = 37, direction = to_server, key = 38)]
    StartEventAckMessage(StartEventAckMessage),
    #[pickle(tag = 38, direction = to_client, key = 39)]
    GameStartInitialMessage(GameStartInitialMessage),
    #[pickle(tag = 39, direction = to_client, key = 40)]
    GameStartRejoinMessage(GameStartRejoinMessage),
    #[pickle(tag = 40, direction = to_client, key = 41)]
    HandStartMessage(HandStartMessage),
    #[pickle(tag = 41, direction = to_client, key = 42)]
    PlayersTurnMessage(PlayersTurnMessage),
    #[pickle(tag = 42, direction = to_server, key = 43)]
    MyActionRequestMessage(MyActionRequestMessage),
    #[pickle(tag = 43, direction = to_client, key = 44)]
    YourActionRejectedMessage(YourActionRejectedMessage),
    #[pickle(tag = 44, direction = to_client, key = 45)]
    PlayersActionDoneMessage(PlayersActionDoneMessage),
    #[pickle(tag = 45, direction = to_client, key = 46)]
    DealFlopCardsMessage(DealFlopCardsMessage),
    #[pickle(tag = 46, direction = to_client, key = 47)]
    DealTurnCardMessage(DealTurnCardMessage),
    #[pickle(tag = 47, direction = to_client, key = 48)]
    DealRiverCardMessage(DealRiverCardMessage),
    #[pickle(tag = 48, direction = to_client, key = 49)]
    AllInShowCardsMessage(AllInShowCardsMessage),
    #[pickle(tag = 49, direction = to_client, key = 50)]
    EndOfHandShowCardsMessage(EndOfHandShowCardsMessage),
    #[pickle(tag = 50, direction = to_client, key = 51)]
    EndOfHandHideCardsMessage(EndOfHandHideCardsMessage),
    #[pickle(tag = 51, direction = to_server, key = 52)]
    ShowMyCardsRequestMessage(ShowMyCardsRequestMessage),
    #[pickle(tag = 52, direction = to_client, key = 53)]
    AfterHandShowCardsMessage(AfterHandShowCardsMessage),
    #[pickle(tag = 53, direction = to_client, key = 54)]
    EndOfGameMessage(EndOfGameMessage),
    #[pickle(tag = 54, direction = to_client, key = 55)]
    PlayerIdChangedMessage(PlayerIdChangedMessage),
    #[pickle(tag = 55, direction = to_server, key = 56)]
    AskKickPlayerMessage(AskKickPlayerMessage),
    #[pickle(tag = 56, direction = to_client, key = 57)]
    AskKickDeniedMessage(AskKickDeniedMessage),
    #[pickle(tag = 57, direction = to_client, key = 58)]
    StartKickPetitionMessage(StartKickPetitionMessage),
    #[pickle(tag = 58, direction = to_server, key = 59)]
    VoteKickRequestMessage(VoteKickRequestMessage),
    #[pickle(tag = 59, direction = to_client, key = 60)]
    VoteKickReplyMessage(VoteKickReplyMessage),
    #[pickle(tag = 60, direction = to_client, key = 61)]
    KickPetitionUpdateMessage(KickPetitionUpdateMessage),
    #[pickle(tag = 61, direction = to_client, key = 62)]
    EndKickPetitionMessage(EndKickPetitionMessage),
    #[pickle(tag = 62, direction = to_client, key = 63)]
    StatisticsMessage(StatisticsMessage),
    #[pickle(tag = 63, direction = to_server, key = 64)]
    ChatRequestMessage(ChatRequestMessage),
    #[pickle(tag = 64, direction = to_client, key = 65)]
    ChatMessage(ChatMessage),
    #[pickle(tag = 65, direction = to_client, key = 66)]
    ChatRejectMessage(ChatRejectMessage),
    #[pickle(tag = 66, direction = to_client, key = 67)]
    DialogMessage(DialogMessage),
    #[pickle(tag = 67, direction = to_client, key = 68)]
    TimeoutWarningMessage(TimeoutWarningMessage),
    #[pickle(tag = 68, direction = to_server, key = 69)]
    ResetTimeoutMessage(ResetTimeoutMessage),
    #[pickle(tag = 69, direction = to_server, key = 70)]
    ReportAvatarMessage(ReportAvatarMessage),
    #[pickle(tag = 70, direction = to_client, key = 71)]
    ReportAvatarAckMessage(ReportAvatarAckMessage),
    #[pickle(tag = 71, direction = to_server, key = 72)]
    ReportGameMessage(ReportGameMessage),
    #[pickle(tag = 72, direction = to_client, key = 73)]
    ReportGameAckMessage(ReportGameAckMessage),
    #[pickle(tag = 73, direction = to_client, key = 74)]
    ErrorMessage(ErrorMessage),
    #[pickle(tag = 74, direction = to_server, key = 75)]
    AdminRemoveGameMessage(AdminRemoveGameMessage),
    #[pickle(tag = 75, direction = to_client, key = 76)]
    AdminRemoveGameAckMessage(AdminRemoveGameAckMessage),
    #[pickle(tag = 76, direction = to_server, key = 77)]
    AdminBanPlayerMessage(AdminBanPlayerMessage),
    #[pickle(tag = 77, direction = to_client, key = 78)]
    AdminBanPlayerAckMessage(AdminBanPlayerAckMessage),
    #[pickle(tag = 78, direction = to_client, key = 79)]
    GameListSpectatorJoinedMessage(GameListSpectatorJoinedMessage),
    #[pickle(tag = 79, direction = to_client, key = 80)]
    GameListSpectatorLeftMessage(GameListSpectatorLeftMessage),
    #[pickle(tag = 80, direction = to_client, key = 81)]
    GameSpectatorJoinedMessage(GameSpectatorJoinedMessage),
    #[pickle(tag = 81, direction = to_client, key = 82)]
    GameSpectatorLeftMessage(GameSpectatorLeftMessage),
}

/// Opens a connection: versions and kind of the server.
#[derive(Pickle, Clone, Debug, PartialEq)]
#[pickle(protobuf, rename_all = camelCase)]
pub struct AnnounceMessage {
    #[pickle(key = 1)]
    pub protocol_version: Version,
    #[pickle(key = 2)]
    pub latest_game_version: Version,
    #[pickle(key = 3)]
    pub latest_beta_revision: u32,
    #[pickle(key = 4)]
    pub server_type: ServerType,
    #[pickle(key = 5)]
    pub num_players_on_server: u32,
}

/// A version.
#[derive(Pickle, Clone, Debug, PartialEq)]
#[pickle(protobuf, rename_all = camelCase)]
pub struct Version {
    #[pickle(key = 1)]
    pub major_version: u32,
    #[pickle(key = 2)]
    pub minor_version: u32,
}

/// How players log in.
#[derive(Pickle, Clone, Copy, Debug, PartialEq, Eq)]
#[pickle(protobuf, rename_all = camelCase)]
pub enum ServerType {
    #[pickle(rename = "serverTypeLAN")]
    ServerTypeLan = 0,
    ServerTypeInternetNoAuth = 1,
    ServerTypeInternetAuth = 2,
}

/// Logs in, or asks to.
#[derive(Pickle, Clone, Debug, PartialEq)]
#[pickle(protobuf, rename_all = camelCase)]
pub struct InitMessage {
    #[pickle(key = 1)]
    pub requested_version: Version,
    #[pickle(key = 2)]
    pub build_id: u32,
    #[pickle(key = 3)]
    pub my_last_session_id: Option<ByteString>,
    #[pickle(key = 4)]
    pub auth_server_password: Option<String>,
    #[pickle(key = 5)]
    pub login: LoginType,
    #[pickle(key = 6)]
    pub nick_name: Option<String>,
    #[pickle(key = 7)]
    pub client_user_data: Option<ByteString>,
    #[pickle(key = 8)]
    pub avatar_hash: Option<ByteString>,
}

/// As whom a player logs in.
#[derive(Pickle, Clone, Copy, Debug, PartialEq, Eq)]
#[pickle(protobuf, rename_all = camelCase)]
pub enum LoginType {
    GuestLogin = 0,
    AuthenticatedLogin = 1,
    UnauthenticatedLogin = 2,
}

/// First step of the SCRAM login, from the server.
#[derive(Pickle, Clone, Debug, PartialEq)]
#[pickle(protobuf, rename_all = camelCase)]
pub struct AuthServerChallengeMessage {
    #[pickle(key = 1)]
    pub server_challenge: ByteString,
}

/// The answer to a SCRAM challenge.
#[derive(Pickle, Clone, Debug, PartialEq)]
#[pickle(protobuf, rename_all = camelCase)]
pub struct AuthClientResponseMessage {
    #[pickle(key = 1)]
    pub client_response: ByteString,
}

/// Proves that the server knows the password, too.
#[derive(Pickle, Clone, Debug, PartialEq)]
#[pickle(protobuf, rename_all = camelCase)]
pub struct AuthServerVerificationMessage {
    #[pickle(key = 1)]
    pub server_verification: ByteString,
}

/// The login is done: session and player id.
#[derive(Pickle, Clone, Debug, PartialEq)]
#[pickle(protobuf, rename_all = camelCase)]
pub struct InitAckMessage {
    #[pickle(key = 1)]
    pub your_session_id: ByteString,
    #[pickle(key = 2)]
    pub your_player_id: u32,
    #[pickle(key = 3)]
    pub your_avatar_hash: Option<ByteString>,
    #[pickle(key = 4)]
    pub rejoin_game_id: Option<u32>,
}

/// Asks for a picture by its hash.
#[derive(Pickle, Clone, Debug, PartialEq)]
#[pickle(protobuf, rename_all = camelCase)]
pub struct AvatarRequestMessage {
    #[pickle(key = 1)]
    pub request_id: u32,
    #[pickle(key = 2)]
    pub avatar_hash: ByteString,
}

/// Announces a picture: its kind and size.
#[derive(Pickle, Clone, Debug, PartialEq)]
#[pickle(protobuf, rename_all = camelCase)]
pub struct AvatarHeaderMessage {
    #[pickle(key = 1)]
    pub request_id: u32,
    #[pickle(key = 2)]
    pub avatar_type: NetAvatarType,
    #[pickle(key = 3)]
    pub avatar_size: u32,
}

/// The format of a picture.
#[derive(Pickle, Clone, Copy, Debug, PartialEq, Eq)]
#[pickle(protobuf, rename_all = camelCase)]
pub enum NetAvatarType {
    NetAvatarImagePng = 1,
    NetAvatarImageJpg = 2,
    NetAvatarImageGif = 3,
}

/// A block of a picture, of 256 bytes at most.
#[derive(Pickle, Clone, Debug, PartialEq)]
#[pickle(protobuf, rename_all = camelCase)]
pub struct AvatarDataMessage {
    #[pickle(key = 1)]
    pub request_id: u32,
    #[pickle(key = 2)]
    pub avatar_block: ByteString,
}

/// The picture is complete.
#[derive(Pickle, Clone, Debug, PartialEq)]
#[pickle(protobuf, rename_all = camelCase)]
pub struct AvatarEndMessage {
    #[pickle(key = 1)]
    pub request_id: u32,
}

/// There is no such picture.
#[derive(Pickle, Clone, Debug, PartialEq)]
#[pickle(protobuf, rename_all = camelCase)]
pub struct UnknownAvatarMessage {
    #[pickle(key = 1)]
    pub request_id: u32,
}

/// A player came to the server, or left it.
#[derive(Pickle, Clone, Debug, PartialEq)]
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
    PlayerListNew = 0,
    PlayerListLeft = 1,
}

/// There is a new game.
#[derive(Pickle, Clone, Debug, PartialEq)]
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

/// How far a game is.
#[derive(Pickle, Clone, Copy, Debug, PartialEq, Eq)]
#[pickle(protobuf, rename_all = camelCase)]
pub enum NetGameMode {
    NetGameCreated = 1,
    NetGameStarted = 2,
    NetGameClosed = 3,
}

/// The rules of a game.
#[derive(Pickle, Clone, Debug, PartialEq)]
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
    RegisteredOnlyGame = 2,
    InviteOnlyGame = 3,
    RankingGame = 4,
}

/// What raises the blinds.
#[derive(Pickle, Clone, Copy, Debug, PartialEq, Eq)]
#[pickle(protobuf, rename_all = camelCase)]
pub enum RaiseIntervalMode {
    RaiseOnHandNum = 1,
    RaiseOnMinutes = 2,
}

/// How blinds go on behind the manual ones.
#[derive(Pickle, Clone, Copy, Debug, PartialEq, Eq)]
#[pickle(protobuf, rename_all = camelCase)]
pub enum EndRaiseMode {
    DoubleBlinds = 1,
    RaiseByEndValue = 2,
    KeepLastBlind = 3,
}

/// A game is created, started or closed.
#[derive(Pickle, Clone, Debug, PartialEq)]
#[pickle(protobuf, rename_all = camelCase)]
pub struct GameListUpdateMessage {
    #[pickle(key = 1)]
    pub game_id: u32,
    #[pickle(key = 2)]
    pub game_mode: NetGameMode,
}

/// A player joined a game of the list.
#[derive(Pickle, Clone, Debug, PartialEq)]
#[pickle(protobuf, rename_all = camelCase)]
pub struct GameListPlayerJoinedMessage {
    #[pickle(key = 1)]
    pub game_id: u32,
    #[pickle(key = 2)]
    pub player_id: u32,
}

/// A player left a game of the list.
#[derive(Pickle, Clone, Debug, PartialEq)]
#[pickle(protobuf, rename_all = camelCase)]
pub struct GameListPlayerLeftMessage {
    #[pickle(key = 1)]
    pub game_id: u32,
    #[pickle(key = 2)]
    pub player_id: u32,
}

/// A game of the list has another administrator.
#[derive(Pickle, Clone, Debug, PartialEq)]
#[pickle(protobuf, rename_all = camelCase)]
pub struct GameListAdminChangedMessage {
    #[pickle(key = 1)]
    pub game_id: u32,
    #[pickle(key = 2)]
    pub new_admin_player_id: u32,
}

/// Asks who some players are.
#[derive(Pickle, Clone, Debug, PartialEq)]
#[pickle(protobuf, rename_all = camelCase)]
pub struct PlayerInfoRequestMessage {
    #[pickle(key = 1, packed)]
    pub player_id: Vec<u32>,
}

/// Tells who a player is, if that is known.
#[derive(Pickle, Clone, Debug, PartialEq)]
#[pickle(protobuf, rename_all = camelCase)]
pub struct PlayerInfoReplyMessage {
    #[pickle(key = 1)]
    pub player_id: u32,
    #[pickle(key = 2)]
    pub player_info_data: Option<PlayerInfoData>,
}

/// Who a player is.
#[derive(Pickle, Clone, Debug, PartialEq)]
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

/// What a player may do.
#[derive(Pickle, Clone, Copy, Debug, PartialEq, Eq)]
#[pickle(protobuf, rename_all = camelCase)]
pub enum NetPlayerInfoRights {
    NetPlayerRightsGuest = 1,
    NetPlayerRightsNormal = 2,
    NetPlayerRightsAdmin = 3,
}

/// A player's picture.
#[derive(Pickle, Clone, Debug, PartialEq)]
#[pickle(protobuf, rename_all = camelCase)]
pub struct AvatarData {
    #[pickle(key = 1)]
    pub avatar_type: NetAvatarType,
    #[pickle(key = 2)]
    pub avatar_hash: ByteString,
}

/// Switches news of the list of games off or on.
#[derive(Pickle, Clone, Debug, PartialEq)]
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
    ResubscribeGameList = 2,
}

/// Joins a game.
#[derive(Pickle, Clone, Debug, PartialEq)]
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
#[derive(Pickle, Clone, Debug, PartialEq)]
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
#[derive(Pickle, Clone, Debug, PartialEq)]
#[pickle(protobuf, rename_all = camelCase)]
pub struct RejoinExistingGameMessage {
    #[pickle(key = 1)]
    pub game_id: u32,
    #[pickle(key = 2)]
    pub auto_leave: Option<bool>,
}

/// The game is joined; what is played.
#[derive(Pickle, Clone, Debug, PartialEq)]
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
#[derive(Pickle, Clone, Debug, PartialEq)]
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
    GameIsFull = 2,
    GameIsRunning = 3,
    InvalidPassword = 4,
    NotAllowedAsGuest = 5,
    NotInvited = 6,
    GameNameInUse = 7,
    BadGameName = 8,
    InvalidSettings = 9,
    IpAddressBlocked = 10,
    RejoinFailed = 11,
    NoSpectatorsAllowed = 12,
}

/// A player joined the game.
#[derive(Pickle, Clone, Debug, PartialEq)]
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
#[derive(Pickle, Clone, Debug, PartialEq)]
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
    LeftOnRequest = 0,
    LeftKicked = 1,
    LeftError = 2,
}

/// The game has another administrator.
#[derive(Pickle, Clone, Debug, PartialEq)]
#[pickle(protobuf, rename_all = camelCase)]
pub struct GameAdminChangedMessage {
    #[pickle(key = 1)]
    pub game_id: u32,
    #[pickle(key = 2)]
    pub new_admin_player_id: u32,
}

/// The player is no longer in the game.
#[derive(Pickle, Clone, Debug, PartialEq)]
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
    RemovedOnRequest = 0,
    KickedFromGame = 1,
    GameIsFull = 2,
    GameIsRunning = 3,
    GameTimeout = 4,
    RemovedStartFailed = 5,
    GameClosed = 6,
}

/// The administrator removes a player.
#[derive(Pickle, Clone, Debug, PartialEq)]
#[pickle(protobuf, rename_all = camelCase)]
pub struct KickPlayerRequestMessage {
    #[pickle(key = 1)]
    pub game_id: u32,
    #[pickle(key = 2)]
    pub player_id: u32,
}

/// Asks to leave the game.
#[derive(Pickle, Clone, Debug, PartialEq)]
#[pickle(protobuf, rename_all = camelCase)]
pub struct LeaveGameRequestMessage {
    #[pickle(key = 1)]
    pub game_id: u32,
}

/// Invites a player to a game.
#[derive(Pickle, Clone, Debug, PartialEq)]
#[pickle(protobuf, rename_all = camelCase)]
pub struct InvitePlayerToGameMessage {
    #[pickle(key = 1)]
    pub game_id: u32,
    #[pickle(key = 2)]
    pub player_id: u32,
}

/// A player is invited to a game.
#[derive(Pickle, Clone, Debug, PartialEq)]
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
#[derive(Pickle, Clone, Debug, PartialEq)]
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
    RejectReasonNo = 0,
    RejectReasonBusy = 1,
}

/// An invitation is declined.
#[derive(Pickle, Clone, Debug, PartialEq)]
#[pickle(protobuf, rename_all = camelCase)]
pub struct RejectInvNotifyMessage {
    #[pickle(key = 1)]
    pub game_id: u32,
    #[pickle(key = 2)]
    pub player_id: u32,
    #[pickle(key = 3)]
    pub player_reject_reason: RejectGameInvReason,
}

/// The game is about to start.
#[derive(Pickle, Clone, Debug, PartialEq)]
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
    StartEvent = 0,
    RejoinEvent = 1,
}

/// The player is ready to start.
#[derive(Pickle, Clone, Debug, PartialEq)]
#[pickle(protobuf, rename_all = camelCase)]
pub struct StartEventAckMessage {
    #[pickle(key = 1)]
    pub game_id: u32,
}

/// The game starts.
#[derive(Pickle, Clone, Debug, PartialEq)]
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
#[derive(Pickle, Clone, Debug, PartialEq)]
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
#[derive(Pickle, Clone, Debug, PartialEq)]
#[pickle(protobuf, rename_all = camelCase)]
pub struct RejoinPlayerData {
    #[pickle(key = 1)]
    pub player_id: u32,
    #[pickle(key = 2)]
    pub player_money: u32,
}

/// A hand starts: own cards, small blind, seats.
#[derive(Pickle, Clone, Debug, PartialEq)]
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
#[derive(Pickle, Clone, Debug, PartialEq)]
#[pickle(protobuf, rename_all = camelCase)]
pub struct PlainCards {
    #[pickle(key = 1)]
    pub plain_card1: u32,
    #[pickle(key = 2)]
    pub plain_card2: u32,
}

/// How a player is.
#[derive(Pickle, Clone, Copy, Debug, PartialEq, Eq)]
#[pickle(protobuf, rename_all = camelCase)]
pub enum NetPlayerState {
    NetPlayerStateNormal = 0,
    NetPlayerStateSessionInactive = 1,
    NetPlayerStateNoMoney = 2,
}

/// It is a player's turn.
#[derive(Pickle, Clone, Debug, PartialEq)]
#[pickle(protobuf, rename_all = camelCase)]
pub struct PlayersTurnMessage {
    #[pickle(key = 1)]
    pub game_id: u32,
    #[pickle(key = 2)]
    pub player_id: u32,
    #[pickle(key = 3)]
    pub game_state: NetGameState,
}

/// The betting round.
#[derive(Pickle, Clone, Copy, Debug, PartialEq, Eq)]
#[pickle(protobuf, rename_all = camelCase)]
pub enum NetGameState {
    NetStatePreflop = 0,
    NetStateFlop = 1,
    NetStateTurn = 2,
    NetStateRiver = 3,
    NetStatePreflopSmallBlind = 4,
    NetStatePreflopBigBlind = 5,
}

/// What the player does.
#[derive(Pickle, Clone, Debug, PartialEq)]
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

/// What a player does.
#[derive(Pickle, Clone, Copy, Debug, PartialEq, Eq)]
#[pickle(protobuf, rename_all = camelCase)]
pub enum NetPlayerAction {
    NetActionNone = 0,
    NetActionFold = 1,
    NetActionCheck = 2,
    NetActionCall = 3,
    NetActionBet = 4,
    NetActionRaise = 5,
    NetActionAllIn = 6,
}

/// The action is not allowed, and why.
#[derive(Pickle, Clone, Debug, PartialEq)]
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
    RejectedNotYourTurn = 2,
    RejectedActionNotAllowed = 3,
}

/// What a player did.
#[derive(Pickle, Clone, Debug, PartialEq)]
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
#[derive(Pickle, Clone, Debug, PartialEq)]
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
#[derive(Pickle, Clone, Debug, PartialEq)]
#[pickle(protobuf, rename_all = camelCase)]
pub struct DealTurnCardMessage {
    #[pickle(key = 1)]
    pub game_id: u32,
    #[pickle(key = 2)]
    pub turn_card: u32,
}

/// The river.
#[derive(Pickle, Clone, Debug, PartialEq)]
#[pickle(protobuf, rename_all = camelCase)]
pub struct DealRiverCardMessage {
    #[pickle(key = 1)]
    pub game_id: u32,
    #[pickle(key = 2)]
    pub river_card: u32,
}

/// The cards of players who are all in.
#[derive(Pickle, Clone, Debug, PartialEq)]
#[pickle(protobuf, rename_all = camelCase)]
pub struct AllInShowCardsMessage {
    #[pickle(key = 1)]
    pub game_id: u32,
    #[pickle(key = 2)]
    pub players_all_in: Vec<PlayerAllIn>,
}

/// The cards of a player who is all in.
#[derive(Pickle, Clone, Debug, PartialEq)]
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
#[derive(Pickle, Clone, Debug, PartialEq)]
#[pickle(protobuf, rename_all = camelCase)]
pub struct EndOfHandShowCardsMessage {
    #[pickle(key = 1)]
    pub game_id: u32,
    #[pickle(key = 2)]
    pub player_results: Vec<PlayerResult>,
}

/// How a hand ends for a player.
#[derive(Pickle, Clone, Debug, PartialEq)]
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

/// The hand ends with no cards shown.
#[derive(Pickle, Clone, Debug, PartialEq)]
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
#[derive(Pickle, Clone, Debug, PartialEq)]
#[pickle(protobuf)]
pub struct ShowMyCardsRequestMessage {}

/// A player shows cards after the hand.
#[derive(Pickle, Clone, Debug, PartialEq)]
#[pickle(protobuf, rename_all = camelCase)]
pub struct AfterHandShowCardsMessage {
    #[pickle(key = 1)]
    pub player_result: PlayerResult,
}

/// The game is over.
#[derive(Pickle, Clone, Debug, PartialEq)]
#[pickle(protobuf, rename_all = camelCase)]
pub struct EndOfGameMessage {
    #[pickle(key = 1)]
    pub game_id: u32,
    #[pickle(key = 2)]
    pub winner_player_id: u32,
}

/// A player has another id.
#[derive(Pickle, Clone, Debug, PartialEq)]
#[pickle(protobuf, rename_all = camelCase)]
pub struct PlayerIdChangedMessage {
    #[pickle(key = 1)]
    pub old_player_id: u32,
    #[pickle(key = 2)]
    pub new_player_id: u32,
}

/// Asks for a vote on removing a player.
#[derive(Pickle, Clone, Debug, PartialEq)]
#[pickle(protobuf, rename_all = camelCase)]
pub struct AskKickPlayerMessage {
    #[pickle(key = 1)]
    pub game_id: u32,
    #[pickle(key = 2)]
    pub player_id: u32,
}

/// There will be no vote, and why.
#[derive(Pickle, Clone, Debug, PartialEq)]
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
    KickDeniedInvalidGameState = 0,
    KickDeniedNotPossible = 1,
    KickDeniedTryAgainLater = 2,
    KickDeniedAlreadyInProgress = 3,
    KickDeniedInvalidPlayerId = 4,
}

/// A vote on removing a player starts.
#[derive(Pickle, Clone, Debug, PartialEq)]
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
#[derive(Pickle, Clone, Debug, PartialEq)]
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
#[derive(Pickle, Clone, Debug, PartialEq)]
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
    VoteKickAck = 0,
    VoteKickDeniedInvalid = 1,
    VoteKickDeniedAlreadyVoted = 2,
}

/// How a vote stands.
#[derive(Pickle, Clone, Debug, PartialEq)]
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
#[derive(Pickle, Clone, Debug, PartialEq)]
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
    PetitionEndEnoughVotes = 0,
    PetitionEndTooFewPlayers = 1,
    PetitionEndPlayerLeft = 2,
    PetitionEndTimeout = 3,
}

/// Figures of the server.
#[derive(Pickle, Clone, Debug, PartialEq)]
#[pickle(protobuf, rename_all = camelCase)]
pub struct StatisticsMessage {
    #[pickle(key = 1)]
    pub statistics_data: Vec<StatisticsData>,
}

/// A figure.
#[derive(Pickle, Clone, Debug, PartialEq)]
#[pickle(protobuf, rename_all = camelCase)]
pub struct StatisticsData {
    #[pickle(key = 1)]
    pub statistics_type: StatisticsType,
    #[pickle(key = 2)]
    pub statistics_value: u32,
}

/// What a figure counts.
#[derive(Pickle, Clone, Copy, Debug, PartialEq, Eq)]
#[pickle(protobuf, rename_all = camelCase)]
pub enum StatisticsType {
    StatNumberOfPlayers = 1,
}

/// Says something.
#[derive(Pickle, Clone, Debug, PartialEq)]
#[pickle(protobuf, rename_all = camelCase)]
pub struct ChatRequestMessage {
    #[pickle(key = 1)]
    pub target_game_id: Option<u32>,
    #[pickle(key = 2)]
    pub target_player_id: Option<u32>,
    #[pickle(key = 3)]
    pub chat_text: String,
}

/// What somebody says.
#[derive(Pickle, Clone, Debug, PartialEq)]
#[pickle(protobuf, rename_all = camelCase)]
pub struct ChatMessage {
    #[pickle(key = 1)]
    pub game_id: Option<u32>,
    #[pickle(key = 2)]
    pub player_id: Option<u32>,
    #[pickle(key = 3)]
    pub chat_type: ChatType,
    #[pickle(key = 4)]
    pub chat_text: String,
}

/// Who is spoken to.
#[derive(Pickle, Clone, Copy, Debug, PartialEq, Eq)]
#[pickle(protobuf, rename_all = camelCase)]
pub enum ChatType {
    ChatTypeLobby = 0,
    ChatTypeGame = 1,
    ChatTypeBot = 2,
    ChatTypeBroadcast = 3,
    ChatTypePrivate = 4,
}

/// What was said is not passed on.
#[derive(Pickle, Clone, Debug, PartialEq)]
#[pickle(protobuf, rename_all = camelCase)]
pub struct ChatRejectMessage {
    #[pickle(key = 1)]
    pub chat_text: String,
}

/// A text to be shown in a window.
#[derive(Pickle, Clone, Debug, PartialEq)]
#[pickle(protobuf, rename_all = camelCase)]
pub struct DialogMessage {
    #[pickle(key = 1)]
    pub notification_text: String,
}

/// The connection will be closed unless something happens.
#[derive(Pickle, Clone, Debug, PartialEq)]
#[pickle(protobuf, rename_all = camelCase)]
pub struct TimeoutWarningMessage {
    #[pickle(key = 1)]
    pub timeout_reason: TimeoutReason,
    #[pickle(key = 2)]
    pub remaining_seconds: u32,
}

/// What does not happen.
#[derive(Pickle, Clone, Copy, Debug, PartialEq, Eq)]
#[pickle(protobuf, rename_all = camelCase)]
pub enum TimeoutReason {
    TimeoutNoDataReceived = 0,
    TimeoutInactiveGame = 1,
    TimeoutKickAfterAutofold = 2,
}

/// Somebody is there.
#[derive(Pickle, Clone, Debug, PartialEq)]
#[pickle(protobuf)]
pub struct ResetTimeoutMessage {}

/// Reports an unfit picture.
#[derive(Pickle, Clone, Debug, PartialEq)]
#[pickle(protobuf, rename_all = camelCase)]
pub struct ReportAvatarMessage {
    #[pickle(key = 1)]
    pub reported_player_id: u32,
    #[pickle(key = 2)]
    pub reported_avatar_hash: ByteString,
}

/// What became of the report of a picture.
#[derive(Pickle, Clone, Debug, PartialEq)]
#[pickle(protobuf, rename_all = camelCase)]
pub struct ReportAvatarAckMessage {
    #[pickle(key = 1)]
    pub reported_player_id: u32,
    #[pickle(key = 2)]
    pub report_avatar_result: ReportAvatarResult,
}

/// What became of the report.
#[derive(Pickle, Clone, Copy, Debug, PartialEq, Eq)]
#[pickle(protobuf, rename_all = camelCase)]
pub enum ReportAvatarResult {
    AvatarReportAccepted = 0,
    AvatarReportDuplicate = 1,
    AvatarReportInvalid = 2,
}

/// Reports an unfit name of a game.
#[derive(Pickle, Clone, Debug, PartialEq)]
#[pickle(protobuf, rename_all = camelCase)]
pub struct ReportGameMessage {
    #[pickle(key = 1)]
    pub reported_game_id: u32,
}

/// What became of the report of a game.
#[derive(Pickle, Clone, Debug, PartialEq)]
#[pickle(protobuf, rename_all = camelCase)]
pub struct ReportGameAckMessage {
    #[pickle(key = 1)]
    pub reported_game_id: u32,
    #[pickle(key = 2)]
    pub report_game_result: ReportGameResult,
}

/// What became of the report.
#[derive(Pickle, Clone, Copy, Debug, PartialEq, Eq)]
#[pickle(protobuf, rename_all = camelCase)]
pub enum ReportGameResult {
    GameReportAccepted = 0,
    GameReportDuplicate = 1,
    GameReportInvalid = 2,
}

/// The connection is closed, and why.
#[derive(Pickle, Clone, Debug, PartialEq)]
#[pickle(protobuf, rename_all = camelCase)]
pub struct ErrorMessage {
    #[pickle(key = 1)]
    pub error_reason: ErrorReason,
}

/// Why the connection is closed.
#[derive(Pickle, Clone, Copy, Debug, PartialEq, Eq)]
#[pickle(protobuf, rename_all = camelCase)]
pub enum ErrorReason {
    CustReserved = 0,
    InitVersionNotSupported = 1,
    InitServerFull = 2,
    InitAuthFailure = 3,
    InitPlayerNameInUse = 4,
    InitInvalidPlayerName = 5,
    InitServerMaintenance = 6,
    InitBlocked = 7,
    AvatarTooLarge = 8,
    InvalidPacket = 9,
    InvalidState = 10,
    KickedFromServer = 11,
    BannedFromServer = 12,
    BlockedByServer = 13,
    SessionTimeout = 14,
}

/// An operator closes a game.
#[derive(Pickle, Clone, Debug, PartialEq)]
#[pickle(protobuf, rename_all = camelCase)]
pub struct AdminRemoveGameMessage {
    #[pickle(key = 1)]
    pub remove_game_id: u32,
}

/// What became of closing a game.
#[derive(Pickle, Clone, Debug, PartialEq)]
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
    GameRemoveAccepted = 0,
    GameRemoveInvalid = 1,
}

/// An operator bans a player.
#[derive(Pickle, Clone, Debug, PartialEq)]
#[pickle(protobuf, rename_all = camelCase)]
pub struct AdminBanPlayerMessage {
    #[pickle(key = 1)]
    pub ban_player_id: u32,
}

/// What became of a ban.
#[derive(Pickle, Clone, Debug, PartialEq)]
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
    BanPlayerAccepted = 0,
    BanPlayerPending = 1,
    #[pickle(rename = "banPlayerNoDB")]
    BanPlayerNoDb = 2,
    #[pickle(rename = "banPlayerDBError")]
    BanPlayerDbError = 3,
    BanPlayerInvalid = 4,
}

/// A spectator joined a game of the list.
#[derive(Pickle, Clone, Debug, PartialEq)]
#[pickle(protobuf, rename_all = camelCase)]
pub struct GameListSpectatorJoinedMessage {
    #[pickle(key = 1)]
    pub game_id: u32,
    #[pickle(key = 2)]
    pub player_id: u32,
}

/// A spectator left a game of the list.
#[derive(Pickle, Clone, Debug, PartialEq)]
#[pickle(protobuf, rename_all = camelCase)]
pub struct GameListSpectatorLeftMessage {
    #[pickle(key = 1)]
    pub game_id: u32,
    #[pickle(key = 2)]
    pub player_id: u32,
}

/// A spectator joined the game.
#[derive(Pickle, Clone, Debug, PartialEq)]
#[pickle(protobuf, rename_all = camelCase)]
pub struct GameSpectatorJoinedMessage {
    #[pickle(key = 1)]
    pub game_id: u32,
    #[pickle(key = 2)]
    pub player_id: u32,
}

/// A spectator left the game.
#[derive(Pickle, Clone, Debug, PartialEq)]
#[pickle(protobuf, rename_all = camelCase)]
pub struct GameSpectatorLeftMessage {
    #[pickle(key = 1)]
    pub game_id: u32,
    #[pickle(key = 2)]
    pub player_id: u32,
    #[pickle(key = 3)]
    pub game_spectator_left_reason: GamePlayerLeftReason,
}
