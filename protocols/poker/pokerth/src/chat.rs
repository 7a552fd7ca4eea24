//! Chat and texts.

use pickler::Pickle;

/// Says something.
#[derive(Pickle, Clone, Debug, PartialEq, Eq)]
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
#[derive(Pickle, Clone, Debug, PartialEq, Eq)]
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
    ChatTypeLobby,
    ChatTypeGame,
    ChatTypeBot,
    ChatTypeBroadcast,
    ChatTypePrivate,
}

/// What was said is not passed on.
#[derive(Pickle, Clone, Debug, PartialEq, Eq)]
#[pickle(protobuf, rename_all = camelCase)]
pub struct ChatRejectMessage {
    #[pickle(key = 1)]
    pub chat_text: String,
}

/// A text to be shown in a window.
#[derive(Pickle, Clone, Debug, PartialEq, Eq)]
#[pickle(protobuf, rename_all = camelCase)]
pub struct DialogMessage {
    #[pickle(key = 1)]
    pub notification_text: String,
}
