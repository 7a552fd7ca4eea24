//! The kinds of things that go wrong for a bot.

use std::fmt;
use std::io;

/// What went wrong for a bot, as it is counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Failure {
    /// Nobody listens at the target.
    ConnectRefused,
    /// The target did not answer in time.
    ConnectTimeout,
    /// No connection for another reason, such as too many open files.
    ConnectFailed,
    /// The server greeted with something else, or not in time.
    Handshake,
    /// The server closed the connection.
    Closed,
    /// The connection was reset, or failed otherwise.
    Reset,
    /// The next message could not be found in the stream.
    Framing,
    /// A message could not be read.
    Decode,
    /// The server does not read what the bot sends.
    Stalled,
    /// What a script waited for did not come in time.
    Timeout,
    /// The mailbox was full and what the script waited for was not in it.
    MailboxFull,
    /// The script ran for too long without waiting.
    Runaway,
    /// The script took too much memory.
    Memory,
    /// The script failed otherwise.
    Script,
}

impl Failure {
    /// All kinds.
    pub const ALL: [Self; 14] = [
        Self::ConnectRefused,
        Self::ConnectTimeout,
        Self::ConnectFailed,
        Self::Handshake,
        Self::Closed,
        Self::Reset,
        Self::Framing,
        Self::Decode,
        Self::Stalled,
        Self::Timeout,
        Self::MailboxFull,
        Self::Runaway,
        Self::Memory,
        Self::Script,
    ];

    /// The kind's name in reports.
    pub fn name(self) -> &'static str {
        match self {
            Self::ConnectRefused => "connect_refused",
            Self::ConnectTimeout => "connect_timeout",
            Self::ConnectFailed => "connect_failed",
            Self::Handshake => "handshake",
            Self::Closed => "closed",
            Self::Reset => "reset",
            Self::Framing => "framing",
            Self::Decode => "decode",
            Self::Stalled => "stalled",
            Self::Timeout => "timeout",
            Self::MailboxFull => "mailbox_full",
            Self::Runaway => "runaway",
            Self::Memory => "memory",
            Self::Script => "script",
        }
    }

    /// The kind of an error in connecting.
    pub fn of_connect(error: &io::Error) -> Self {
        match error.kind() {
            io::ErrorKind::ConnectionRefused => Self::ConnectRefused,
            io::ErrorKind::TimedOut => Self::ConnectTimeout,
            _ => Self::ConnectFailed,
        }
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}
