//! Releases: what a node runs.

use pickler::Pickle;

use crate::{ClusterId, Digest, Name, Text, Variable};

/// A release: everything that nodes run, by content.
#[derive(Pickle, Clone, Debug, Default, PartialEq, Eq)]
pub struct Manifest {
    /// The cluster that it is for.
    pub cluster: ClusterId,
    /// Its name, for people.
    pub name: Name,
    /// Grows with each release.
    pub version: u64,
    /// When it was made, in seconds since 1970.
    pub created: u64,
    /// When it is no longer to be started, in seconds since 1970.
    pub expires: u64,
    /// The program `node` itself; none: whatever runs goes on.
    #[pickle(count = u8)]
    pub program: Vec<Module>,
    /// Variables that applications see.
    #[pickle(count = u16)]
    pub environment: Vec<Variable>,
    /// What is run.
    #[pickle(count = u16)]
    pub applications: Vec<Application>,
}

/// A piece of code or data.
#[derive(Pickle, Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Module {
    /// Its name: the file name of a script.
    pub name: Name,
    /// Declared, or the first digits of the hash.
    pub version: Name,
    /// Its content.
    pub hash: Digest,
    /// How many bytes it has.
    pub size: u64,
}

/// Something that nodes run.
#[derive(Pickle, Clone, Debug, PartialEq, Eq)]
pub struct Application {
    /// Its name.
    pub name: Name,
    /// What it is.
    pub kind: ApplicationKind,
    /// The groups whose nodes run it; none: all nodes.
    #[pickle(count = u8)]
    pub groups: Vec<Name>,
    /// Its code and data.
    #[pickle(count = u16)]
    pub modules: Vec<Module>,
    /// What it is told; what there can be depends on its kind.
    #[pickle(count = u8)]
    pub settings: Vec<Variable>,
    /// What is done when it fails.
    pub restart: RestartPolicy,
}

/// What an application is.
#[derive(Pickle, Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[pickle(tag = u8, rename_all = kebab_case)]
pub enum ApplicationKind {
    /// Scripted bots.
    #[default]
    #[pickle(tag = 1)]
    Swarm,
    /// The embedded poker server.
    #[pickle(tag = 2)]
    PokerServer,
    /// One script that runs by itself.
    #[pickle(tag = 3)]
    Service,
}

/// How often an application may fail: more than `intensity` times within
/// `period`, and it is given up.
#[derive(Pickle, Clone, Copy, Debug, PartialEq, Eq)]
pub struct RestartPolicy {
    /// How many restarts.
    pub intensity: u8,
    /// In how many seconds.
    pub period: u16,
}

impl Default for RestartPolicy {
    /// Three restarts in a minute.
    fn default() -> Self {
        Self {
            intensity: 3,
            period: 60,
        }
    }
}

/// The leave to go back from a release to an older one.
#[derive(Pickle, Clone, Debug, PartialEq, Eq)]
pub struct Rollback {
    /// The cluster.
    pub cluster: ClusterId,
    /// The version that is left.
    pub from: u64,
    /// The version that is taken up again.
    pub to: u64,
    /// When the leave ends, in seconds since 1970.
    pub expires: u64,
    /// Why, for people.
    pub reason: Text,
}
