//! How one node fares in a sync.

use std::collections::BTreeMap;
use std::time::Duration;

use cluster_protocol::{Health, Name, Refused};

/// The end of a time that has not begun yet.
pub(super) const NEVER: Duration = Duration::MAX;

/// How far a node has come.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Standing {
    /// Gets ready.
    Preparing,
    /// Is ready.
    Ready,
    /// Was told to change, or is as soon as that is kept, and has until then.
    Told(Duration),
    /// Has changed.
    Changed,
    /// Has not done what it was told.
    Failed(Refused),
    /// Was lost before it was told anything: it boots into what it is to run.
    LeftOut,
}

/// A node that takes part in a sync.
pub(super) struct Participant {
    /// The release that it ran.
    pub from: u64,
    pub standing: Standing,
    pub linked: bool,
    /// It was gone since it was told to change.
    pub went: bool,
    /// Until when it has to be back.
    pub back_by: Option<Duration>,
    /// The errors of its applications before it changed.
    pub errors: BTreeMap<Name, u64>,
    pub health: Option<Health>,
}

impl Participant {
    pub fn new(from: u64, linked: bool) -> Self {
        Self {
            from,
            standing: Standing::Preparing,
            linked,
            went: false,
            back_by: None,
            errors: BTreeMap::new(),
            health: None,
        }
    }

    /// It is told to change: what it has counted so far is not held against the
    /// release.
    pub fn told(&mut self, until: Duration) {
        self.standing = Standing::Told(until);
        self.went = false;
        let applications = self.health.iter().flat_map(|health| &health.applications);
        self.errors = applications
            .map(|one| (one.name.clone(), one.errors))
            .collect();
        self.health = None;
    }
}
