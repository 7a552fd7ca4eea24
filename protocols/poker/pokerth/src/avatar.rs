//! Pictures of players.

use pickler::{ByteString, Pickle};

use crate::types::NetAvatarType;

/// Asks for a picture by its hash.
#[derive(Pickle, Clone, Debug, PartialEq, Eq)]
#[pickle(protobuf, rename_all = camelCase)]
pub struct AvatarRequestMessage {
    #[pickle(key = 1)]
    pub request_id: u32,
    #[pickle(key = 2)]
    pub avatar_hash: ByteString,
}

/// Announces a picture: its kind and size.
#[derive(Pickle, Clone, Copy, Debug, PartialEq, Eq)]
#[pickle(protobuf, rename_all = camelCase)]
pub struct AvatarHeaderMessage {
    #[pickle(key = 1)]
    pub request_id: u32,
    #[pickle(key = 2)]
    pub avatar_type: NetAvatarType,
    #[pickle(key = 3)]
    pub avatar_size: u32,
}

/// A block of a picture, of 256 bytes at most.
#[derive(Pickle, Clone, Debug, PartialEq, Eq)]
#[pickle(protobuf, rename_all = camelCase)]
pub struct AvatarDataMessage {
    #[pickle(key = 1)]
    pub request_id: u32,
    #[pickle(key = 2)]
    pub avatar_block: ByteString,
}

/// The picture is complete.
#[derive(Pickle, Clone, Copy, Debug, PartialEq, Eq)]
#[pickle(protobuf, rename_all = camelCase)]
pub struct AvatarEndMessage {
    #[pickle(key = 1)]
    pub request_id: u32,
}

/// There is no such picture.
#[derive(Pickle, Clone, Copy, Debug, PartialEq, Eq)]
#[pickle(protobuf, rename_all = camelCase)]
pub struct UnknownAvatarMessage {
    #[pickle(key = 1)]
    pub request_id: u32,
}
