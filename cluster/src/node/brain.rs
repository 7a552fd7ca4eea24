//! The node's brain.

use std::collections::VecDeque;
use std::sync::Arc;
use std::time::Duration;

use cluster_protocol::{
    ClusterFacts, Digest, Epoch, GossipKey, MemberState, Message, Name, Peer, Signed, Text,
};

use super::{HostCommand, HostEvent};
use crate::release::{Authority, Verify};

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
    /// Close the link, if there is one, and make a new one after so long.
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

/// The node's brain.
pub struct NodeBrain {
    config: NodeConfig,
    authority: Authority,
    outputs: VecDeque<Output>,
}

impl NodeBrain {
    /// One that has just been started; its first output asks for the link.
    /// `seed` is where all its random choices come from.
    pub fn new(config: NodeConfig, verify: Arc<dyn Verify>, seed: u64) -> Self {
        let authority = Authority::new(&config.facts, verify);
        let _ = seed;
        Self {
            config,
            authority,
            outputs: VecDeque::new(),
        }
    }

    /// Takes what happens. `now` is the time since any moment, the same for all
    /// calls; `wall` is in seconds since 1970.
    pub fn handle(&mut self, now: Duration, wall: u64, input: Input) {
        let _ = (now, wall, input, &self.config, &self.authority);
    }

    /// What is to be done next, if anything.
    pub fn poll_output(&mut self) -> Option<Output> {
        self.outputs.pop_front()
    }

    /// When it wants [`Input::Timeout`], at the latest.
    pub fn next_timeout(&self) -> Option<Duration> {
        None
    }

    /// The version of the release that it runs; 0 if none.
    pub fn release(&self) -> u64 {
        0
    }

    /// The greatest epoch that it has obeyed.
    pub fn epoch(&self) -> Epoch {
        Epoch::default()
    }

    /// The charter in force.
    pub fn charter(&self) -> &Signed {
        &self.config.facts.charter
    }
}
