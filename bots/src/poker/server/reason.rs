//! Why a connection ends.

/// Why a connection ended. All but the first three are told to the client, in
/// an `ERROR`, before the connection is closed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Reason {
    /// The client said `QUIT`.
    Quit,
    /// The client closed the connection.
    Closed,
    /// The connection broke.
    Broken,
    /// What came first was not the handshake.
    WrongHandshake,
    /// The handshake did not come in time.
    SlowHandshake,
    /// The rest of a message did not come in time.
    SlowMessage,
    /// Nothing came for too long.
    Idle,
    /// The client did not take what was sent to it.
    SlowReader,
    /// Where the next message begins could not be told.
    LostFraming,
    /// Too many messages were none.
    Malformed,
    /// The account logged in from another connection.
    Replaced,
    /// There are as many connections as the server takes.
    Full,
    /// The server stops.
    Stopping,
}

impl Reason {
    /// All of them, in the order of their numbers.
    pub const ALL: [Self; 13] = [
        Self::Quit,
        Self::Closed,
        Self::Broken,
        Self::WrongHandshake,
        Self::SlowHandshake,
        Self::SlowMessage,
        Self::Idle,
        Self::SlowReader,
        Self::LostFraming,
        Self::Malformed,
        Self::Replaced,
        Self::Full,
        Self::Stopping,
    ];

    /// The name in reports.
    pub fn name(self) -> &'static str {
        match self {
            Self::Quit => "quit",
            Self::Closed => "closed",
            Self::Broken => "broken",
            Self::WrongHandshake => "wrong_handshake",
            Self::SlowHandshake => "slow_handshake",
            Self::SlowMessage => "slow_message",
            Self::Idle => "idle",
            Self::SlowReader => "slow_reader",
            Self::LostFraming => "lost_framing",
            Self::Malformed => "malformed",
            Self::Replaced => "replaced",
            Self::Full => "full",
            Self::Stopping => "stopping",
        }
    }

    /// What the client is told; nothing if the client ended the connection.
    pub fn words(self) -> Option<&'static str> {
        Some(match self {
            Self::Quit | Self::Closed | Self::Broken => return None,
            Self::WrongHandshake => "closing: this is no poker-network 2.0.0 handshake",
            Self::SlowHandshake => "closing: the handshake did not come in time",
            Self::SlowMessage => "closing: the rest of a message did not come in time",
            Self::Idle => "closing: no message came for too long; send PING now and then",
            Self::SlowReader => "closing: what was sent was not read in time",
            Self::LostFraming => {
                "closing: a message is shorter than its header, so the next cannot be found"
            }
            Self::Malformed => "closing: too many messages could not be understood",
            Self::Replaced => "closing: this account has logged in from another connection",
            Self::Full => "closing: the server takes no more connections",
            Self::Stopping => "closing: the server stops",
        })
    }
}
