//! What all nodes are to know, and pass on to each other.

use pickler::Pickle;

use crate::{Address, ClusterId, Digest, Epoch, Name, Variable};

/// What all nodes are to know. Of two, the one of the greater epoch holds, then
/// the one of the greater serial number.
#[derive(Pickle, Clone, Debug, Default, PartialEq, Eq)]
pub struct Charter {
    /// The cluster.
    pub cluster: ClusterId,
    /// Whose word it is.
    pub epoch: Epoch,
    /// Grows with each change.
    pub serial: u64,
    /// Where the boot server listens: one address, or none yet.
    #[pickle(count = u8)]
    pub boot: Vec<Address>,
    /// Who is no longer let in.
    #[pickle(count = u16)]
    pub revoked: Vec<Revocation>,
    /// Variables of the environment; the narrower scope wins.
    #[pickle(count = u16)]
    pub environment: Vec<ScopedVariable>,
}

/// Who is no longer let in.
#[derive(Pickle, Clone, Debug, PartialEq, Eq)]
pub struct Revocation {
    /// The node or operator.
    pub name: Name,
    /// The SHA-256 hashes of its certificates that have not ended yet.
    #[pickle(count = u8)]
    pub certificates: Vec<Digest>,
    /// When, in seconds since 1970: a certificate that the name is given after
    /// that is good again.
    pub at: u64,
}

/// A variable, and for whom it is set.
#[derive(Pickle, Clone, Debug, PartialEq, Eq)]
pub struct ScopedVariable {
    /// For whom.
    pub scope: Scope,
    /// What.
    pub variable: Variable,
}

/// Some of the nodes.
#[derive(Pickle, Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[pickle(tag = u8, rename_all = SCREAMING_SNAKE_CASE)]
pub enum Scope {
    /// All nodes.
    #[default]
    #[pickle(tag = 0)]
    All,
    /// Those of a group.
    #[pickle(tag = 1)]
    Group(Name),
    /// One.
    #[pickle(tag = 2)]
    Node(Name),
}
