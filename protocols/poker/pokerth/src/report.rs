//! Reports to the operators.

use pickler::{ByteString, Pickle};

/// Reports an unfit picture.
#[derive(Pickle, Clone, Debug, PartialEq, Eq)]
#[pickle(protobuf, rename_all = camelCase)]
pub struct ReportAvatarMessage {
    #[pickle(key = 1)]
    pub reported_player_id: u32,
    #[pickle(key = 2)]
    pub reported_avatar_hash: ByteString,
}

/// What became of the report of a picture.
#[derive(Pickle, Clone, Copy, Debug, PartialEq, Eq)]
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
    AvatarReportAccepted,
    AvatarReportDuplicate,
    AvatarReportInvalid,
}

/// Reports an unfit name of a game.
#[derive(Pickle, Clone, Copy, Debug, PartialEq, Eq)]
#[pickle(protobuf, rename_all = camelCase)]
pub struct ReportGameMessage {
    #[pickle(key = 1)]
    pub reported_game_id: u32,
}

/// What became of the report of a game.
#[derive(Pickle, Clone, Copy, Debug, PartialEq, Eq)]
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
    GameReportAccepted,
    GameReportDuplicate,
    GameReportInvalid,
}
