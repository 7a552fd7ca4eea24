//! What happens to members.

use cluster_protocol::Peer;

/// What happened.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum MemberEvent {
    /// A member is there.
    Up(Peer),
    /// A member is gone: it left, or was found not to answer.
    Down(Peer),
    /// A member is there anew: it was started again, or held to be down and
    /// came back. If it was down before, `Up` follows; if it is down now,
    /// `Down` does.
    Renewed {
        /// As whom it was known.
        before: Peer,
        /// As whom it is known now.
        after: Peer,
    },
    /// This node knows of a member that is alive, after it knew of none.
    Joined,
    /// This node knows of no member that is alive.
    Alone,
    /// The others held this node to be down, so it goes on as this peer, of a
    /// later generation.
    Rejoined(Peer),
    /// This node is no longer a member: it left, or there is no later
    /// generation to rejoin with.
    Gone,
}
