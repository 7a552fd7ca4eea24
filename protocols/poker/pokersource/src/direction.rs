//! Who sends a message.

/// Who sends a message to whom.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Direction {
    /// Only a client sends it.
    ToServer,
    /// Only the server sends it.
    ToClient,
    /// A client asks with it, and the server answers or tells others with it.
    Both,
    /// It stays within a client, though it has a form on the wire. Those of the
    /// [`inferred`](crate::inferred) family also come from a server that was
    /// asked for them by `POKER_EXPLAIN`.
    Internal,
}

impl Direction {
    /// A server takes it from a client.
    pub const fn is_to_server(self) -> bool {
        matches!(self, Self::ToServer | Self::Both)
    }

    /// A client takes it from a server that was not asked for more.
    pub const fn is_to_client(self) -> bool {
        matches!(self, Self::ToClient | Self::Both)
    }
}
