//! Opening a connection, logging in, and losing it.

use pickler::{ByteString, Pickle};

/// Opens a connection: versions and kind of the server.
#[derive(Pickle, Clone, Debug, PartialEq, Eq)]
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
#[derive(Pickle, Clone, Copy, Debug, PartialEq, Eq)]
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
    ServerTypeLan,
    ServerTypeInternetNoAuth,
    ServerTypeInternetAuth,
}

/// Logs in, or asks to.
#[derive(Pickle, Clone, Debug, PartialEq, Eq)]
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
    GuestLogin,
    AuthenticatedLogin,
    UnauthenticatedLogin,
}

/// First step of the SCRAM login, from the server.
#[derive(Pickle, Clone, Debug, PartialEq, Eq)]
#[pickle(protobuf, rename_all = camelCase)]
pub struct AuthServerChallengeMessage {
    #[pickle(key = 1)]
    pub server_challenge: ByteString,
}

/// The answer to a SCRAM challenge.
#[derive(Pickle, Clone, Debug, PartialEq, Eq)]
#[pickle(protobuf, rename_all = camelCase)]
pub struct AuthClientResponseMessage {
    #[pickle(key = 1)]
    pub client_response: ByteString,
}

/// Proves that the server knows the password, too.
#[derive(Pickle, Clone, Debug, PartialEq, Eq)]
#[pickle(protobuf, rename_all = camelCase)]
pub struct AuthServerVerificationMessage {
    #[pickle(key = 1)]
    pub server_verification: ByteString,
}

/// The login is done: session and player id.
#[derive(Pickle, Clone, Debug, PartialEq, Eq)]
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

/// A player has another id.
#[derive(Pickle, Clone, Copy, Debug, PartialEq, Eq)]
#[pickle(protobuf, rename_all = camelCase)]
pub struct PlayerIdChangedMessage {
    #[pickle(key = 1)]
    pub old_player_id: u32,
    #[pickle(key = 2)]
    pub new_player_id: u32,
}

/// The connection is closed, and why.
#[derive(Pickle, Clone, Copy, Debug, PartialEq, Eq)]
#[pickle(protobuf, rename_all = camelCase)]
pub struct ErrorMessage {
    #[pickle(key = 1)]
    pub error_reason: ErrorReason,
}

/// Why the connection is closed.
#[derive(Pickle, Clone, Copy, Debug, PartialEq, Eq)]
#[pickle(protobuf, rename_all = camelCase)]
pub enum ErrorReason {
    CustReserved,
    InitVersionNotSupported,
    InitServerFull,
    InitAuthFailure,
    InitPlayerNameInUse,
    InitInvalidPlayerName,
    InitServerMaintenance,
    InitBlocked,
    AvatarTooLarge,
    InvalidPacket,
    InvalidState,
    KickedFromServer,
    BannedFromServer,
    BlockedByServer,
    SessionTimeout,
}
