//! What can be wrong with what a peer says.

use cluster_protocol::Name;

/// What is wrong with what a peer said. It was not heeded; the machine is as it
/// was, if not said otherwise.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// A datagram is longer than datagrams are.
    #[error("a datagram of {0} bytes is longer than datagrams are")]
    TooLong(usize),
    /// It is no such message.
    #[error("not a message of membership: {0}")]
    Malformed(#[from] pickler::Error),
    /// It is a message, but one that no sound peer sends.
    #[error("a message that no sound peer sends: {0}")]
    Unsound(&'static str),
    /// Somebody sends in the name of this node.
    #[error("somebody else sends as `{0}`")]
    Spoofed(Name),
    /// There are more members than are kept. Those that were known already were
    /// brought up to date, and new ones taken in as far as there was room.
    #[error("there are more than {0} members")]
    Full(usize),
    /// The engine refused.
    #[error("{0}")]
    Engine(String),
}
