//! What the boot server keeps over its own death.

use cluster_protocol::{Name, Signed};
use pickler::Pickle;

/// What is to be kept. Of each kind the newest counts, of releases all.
#[derive(Pickle, Clone, Debug, PartialEq, Eq)]
#[pickle(tag = u8, rename_all = SCREAMING_SNAKE_CASE)]
pub enum Record {
    /// What nodes are to run, and how far a sync has come.
    #[pickle(tag = 1)]
    State(ControllerState),
    /// A release was published.
    #[pickle(tag = 2)]
    Release(Signed),
    /// The charter has changed.
    #[pickle(tag = 3)]
    Charter(Signed),
    /// A release is forgotten.
    #[pickle(tag = 4)]
    Forget {
        /// Its version.
        version: u64,
    },
}

/// What was kept.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Stored {
    /// The newest state, if there is one.
    pub state: ControllerState,
    /// All releases that were published and not forgotten.
    pub releases: Vec<Signed>,
}

/// What nodes are to run, and how far a sync has come.
#[derive(Pickle, Clone, Debug, Default, PartialEq, Eq)]
pub struct ControllerState {
    /// The number of the last sync.
    pub sync: u64,
    /// What nodes of some groups are to run; the last that applies to a node
    /// holds.
    #[pickle(count = u16)]
    pub assignments: Vec<Assignment>,
    /// What single nodes are to run, whatever their groups are to: those that a
    /// sync has changed before it ended.
    #[pickle(count = u16)]
    pub pins: Vec<Pin>,
    /// Leaves to go back that are still of use.
    #[pickle(count = u16)]
    pub rollbacks: Vec<Signed>,
    /// The sync that goes on: one, or none.
    #[pickle(count = u8)]
    pub rollout: Vec<RolloutState>,
}

/// What nodes of some groups are to run.
#[derive(Pickle, Clone, Debug, Default, PartialEq, Eq)]
pub struct Assignment {
    /// The groups; none: all nodes.
    #[pickle(count = u8)]
    pub groups: Vec<Name>,
    /// The release's version.
    pub version: u64,
}

/// What one node is to run.
#[derive(Pickle, Clone, Debug, Default, PartialEq, Eq)]
pub struct Pin {
    /// The node.
    pub node: Name,
    /// The release's version.
    pub version: u64,
}

/// How far a sync has come.
#[derive(Pickle, Clone, Debug, PartialEq, Eq)]
pub struct RolloutState {
    /// Which.
    pub sync: u64,
    /// Who asked for it.
    pub operator: Name,
    /// What was asked for.
    pub request: cluster_protocol::SyncRequest,
    /// The release's version.
    pub version: u64,
    /// What it is about.
    pub phase: RolloutPhase,
    /// The nodes that were told to change, in that order, and what each ran.
    #[pickle(count = u16)]
    pub told: Vec<Pin>,
}

/// What a sync is about.
#[derive(Pickle, Clone, Copy, Debug, Default, PartialEq, Eq)]
#[pickle(tag = u8, rename_all = kebab_case)]
pub enum RolloutPhase {
    /// Nodes change to the release.
    #[default]
    #[pickle(tag = 1)]
    Forward,
    /// Nodes that changed change back.
    #[pickle(tag = 2)]
    Back,
}
