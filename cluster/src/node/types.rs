//! What the node's brain takes and gives.

use std::time::Duration;

use cluster_protocol::{
    ClusterFacts, Digest, Epoch, GossipKey, MemberState, Message, Name, Peer, Signed, Text,
};

use super::{HostCommand, HostEvent};

/// What a node is from its start.
#[derive(Clone, Debug)]
pub struct NodeConfig {
    /// Who it is; its name is that of its certificate.
    pub peer: Peer,
    /// The groups that it has joined.
    pub groups: Vec<Name>,
    /// What it knows of its cluster.
    pub facts: ClusterFacts,
    /// The program's own version, for people.
    pub program: Text,
    /// The hash of the program's file.
    pub program_hash: Digest,
    /// The greatest version of a release that the process has run before it
    /// became this program; 0 if it was started afresh.
    pub release_floor: u64,
    /// The greatest epoch that the process has obeyed before it became this
    /// program.
    pub epoch: Epoch,
}

/// What happens to a node.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Input {
    /// The link to the boot server stands; the peer has proved to be it.
    LinkUp,
    /// The boot server says something.
    Link(Message),
    /// The link is gone, or could not be made.
    LinkDown,
    /// The host says something.
    Host(HostEvent),
    /// A member has passed on a charter.
    Charter(Signed),
    /// The node has joined these groups, and no others, from now on.
    Groups(Vec<Name>),
    /// The node is to leave: it tells the boot server and stops everything.
    Leave,
    /// Time has passed.
    Timeout,
}

/// What a node's brain wants done.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Output {
    /// Say this to the boot server.
    Link(Message),
    /// Close the link, if there is one, and make a new one after so long; a
    /// later such output takes the place of an earlier one. For a link that is
    /// closed by this, [`Input::LinkDown`] is not expected; it is for a new one
    /// that cannot be made.
    Connect {
        /// How long to wait first.
        after: Duration,
    },
    /// For the host.
    Host(HostCommand),
    /// Seal datagrams with these keys, the newest first.
    Keys(Vec<GossipKey>),
    /// These members are known, to begin with.
    Members(Vec<MemberState>),
    /// This charter is in force: refuse whom it revokes, pass it on.
    Charter(Signed),
    /// Everything has stopped, as [`Input::Leave`] asked.
    Left,
    /// For the node's own log.
    Note(String),
}
