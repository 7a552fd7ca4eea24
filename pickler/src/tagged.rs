//! Enums, as far as their tags tell.

/// An enum whose variants a tag tells apart; `#[derive(Pickle)]` of an enum
/// writes this, too.
///
/// ```
/// use pickler::{Direction, Pickle, Tagged};
///
/// #[derive(Pickle)]
/// #[pickle(tag = u8, rename_all = SCREAMING_SNAKE_CASE)]
/// enum Message {
///     #[pickle(tag = 7, direction = to_server)]
///     JoinGame { game: u32 },
///     #[pickle(tag = 8, direction = to_client)]
///     Joined,
/// }
///
/// let message = Message::JoinGame { game: 1 };
/// assert_eq!((message.name(), message.tag()), ("JOIN_GAME", 7));
/// assert_eq!(message.direction(), Some(Direction::ToServer));
/// ```
#[diagnostic::on_unimplemented(
    message = "`{Self}` has no variants with tags",
    note = "`#[derive(Pickle)]` of an enum gives `Tagged`"
)]
pub trait Tagged {
    /// The variant's name, as in descriptions and errors.
    fn name(&self) -> &'static str;

    /// The tag on the wire.
    fn tag(&self) -> i128;

    /// Who sends it, if the declaration says so.
    fn direction(&self) -> Option<Direction> {
        None
    }
}

/// Who sends a message to whom: `direction = to_server`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Direction {
    /// Only a client sends it.
    ToServer,
    /// Only a server sends it.
    ToClient,
    /// Both send it.
    Both,
    /// It stays within one side, though it has a form on the wire.
    Internal,
}

impl Direction {
    /// A server takes it from a client.
    pub const fn is_to_server(self) -> bool {
        matches!(self, Self::ToServer | Self::Both)
    }

    /// A client takes it from a server.
    pub const fn is_to_client(self) -> bool {
        matches!(self, Self::ToClient | Self::Both)
    }
}
