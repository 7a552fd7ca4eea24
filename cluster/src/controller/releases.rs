//! The releases that were published, and which of them each node is to run.

use std::collections::BTreeMap;

use cluster_protocol::{Name, Refusal, Refused, Signed};

use super::library::Library;
use super::record::{Assignment, ControllerState, Pin, RolloutState};
use crate::release::{Authority, Release, applies_to};

/// How many releases are kept.
const RELEASES: usize = 64;
/// How many leaves to go back are kept.
const ROLLBACKS: usize = 64;
/// How many of them, to one version, a node is given: the newest.
const ROLLBACKS_OF_ONE: usize = 16;

/// The releases, and who is to run which.
pub(super) struct Releases {
    published: BTreeMap<u64, Release>,
    state: ControllerState,
}

impl Releases {
    /// What was kept. Releases that do not hold any more are left out, and
    /// named.
    pub fn restore(
        state: ControllerState,
        releases: &[Signed],
        authority: &Authority,
    ) -> (Self, Vec<String>) {
        let mut published = BTreeMap::new();
        let mut notes = Vec::new();
        for signed in releases {
            match authority.stored_release(signed) {
                Ok(release) => {
                    published.insert(release.version(), release);
                }
                Err(error) => notes.push(format!("a release that was kept is left out: {error}")),
            }
        }
        (Self { published, state }, notes)
    }

    pub fn state(&self) -> &ControllerState {
        &self.state
    }

    pub fn all(&self) -> impl Iterator<Item = &Release> {
        self.published.values()
    }

    pub fn get(&self, version: u64) -> Option<&Release> {
        self.published.get(&version)
    }

    pub fn newest(&self) -> Option<&Release> {
        self.published.values().next_back()
    }

    /// Whether a release may be published; none if it has been already.
    pub fn check(
        &self,
        signed: &Signed,
        authority: &Authority,
        library: &Library,
        wall: u64,
    ) -> Result<Option<Release>, Refused> {
        let release = authority
            .release(signed, wall)
            .map_err(|error| error.refusal())?;
        let refused = |reason, text: String| Refused {
            reason,
            text: text.into(),
        };
        if let Some(newest) = self.newest()
            && release.version() <= newest.version()
        {
            let twin = self.get(release.version());
            if twin.is_some_and(|twin| twin.manifest() == release.manifest()) {
                return Ok(None);
            }
            let text = format!(
                "release {} was published: versions only grow",
                newest.version()
            );
            return Err(refused(Refusal::Stale, text));
        }
        for module in release.modules() {
            match library.size(&module.hash) {
                Some(size) if size == module.size => {}
                Some(size) => {
                    let text = format!("the module {} has {size} bytes", module.name);
                    return Err(refused(Refusal::Invalid, text));
                }
                None => {
                    let text = format!("the module {} was not uploaded", module.name);
                    return Err(refused(Refusal::Unknown, text));
                }
            }
        }
        Ok(Some(release))
    }

    /// Publishes a release that was checked; gives those that are forgotten for
    /// it.
    pub fn publish(&mut self, release: Release) -> Vec<Release> {
        self.published.insert(release.version(), release);
        let mut forgotten = Vec::new();
        while self.published.len() > RELEASES {
            let used = |version: &u64| self.is_used(*version);
            let Some(oldest) = self
                .published
                .keys()
                .copied()
                .find(|version| !used(version))
            else {
                break;
            };
            forgotten.extend(self.published.remove(&oldest));
        }
        forgotten
    }

    fn is_used(&self, version: u64) -> bool {
        let state = &self.state;
        let rollout = state.rollout.iter().flat_map(|rollout| {
            let told = rollout.told.iter().map(|pin| pin.version);
            told.chain([rollout.version])
        });
        let pins = state.pins.iter().map(|pin| pin.version);
        let assigned = state
            .assignments
            .iter()
            .map(|assignment| assignment.version);
        rollout
            .chain(pins)
            .chain(assigned)
            .any(|used| used == version)
    }

    /// The version that a node is to run; 0 if none.
    pub fn desired(&self, node: &Name, groups: &[Name]) -> u64 {
        let pin = self.state.pins.iter().find(|pin| pin.node == *node);
        pin.map_or_else(|| self.assigned(groups), |pin| pin.version)
    }

    fn assigned(&self, groups: &[Name]) -> u64 {
        let mut newest_first = self.state.assignments.iter().rev();
        let assignment = newest_first.find(|assignment| applies_to(&assignment.groups, groups));
        assignment.map_or(0, |assignment| assignment.version)
    }

    /// The version that all nodes are to run that no sync of groups has
    /// changed; 0 if none.
    pub fn base(&self) -> u64 {
        let all = self
            .state
            .assignments
            .iter()
            .rev()
            .find(|one| one.groups.is_empty());
        all.or(self.state.assignments.last())
            .map_or(0, |one| one.version)
    }

    /// Leaves to go back to a version.
    pub fn rollbacks_to(&self, authority: &Authority, version: u64) -> Vec<Signed> {
        let leaves = self.state.rollbacks.iter().rev().filter(|signed| {
            authority
                .rollback(signed)
                .is_ok_and(|rollback| rollback.to == version)
        });
        leaves.take(ROLLBACKS_OF_ONE).cloned().collect()
    }

    /// Takes leaves to go back that hold; the oldest are forgotten.
    pub fn take_rollbacks(&mut self, rollbacks: &[Signed]) {
        for signed in rollbacks {
            self.state.rollbacks.retain(|own| own != signed);
            self.state.rollbacks.push(signed.clone());
        }
        let extra = self.state.rollbacks.len().saturating_sub(ROLLBACKS);
        self.state.rollbacks.drain(..extra);
    }

    /// The numbers of the next sync: forward, and one more for the way back.
    pub fn next_sync(&mut self) -> u64 {
        let sync = self.state.sync + 1;
        self.state.sync += 2;
        sync
    }

    /// How far a sync has come; none: there is none.
    pub fn set_rollout(&mut self, rollout: Option<RolloutState>) {
        self.state.rollout = rollout.into_iter().collect();
    }

    /// One node is to run a version, whatever its groups are to.
    pub fn pin(&mut self, node: &Name, version: u64) {
        self.state.pins.retain(|pin| pin.node != *node);
        self.state.pins.push(Pin {
            node: node.clone(),
            version,
        });
    }

    /// Nodes of these groups, none for all, are to run a version. Single nodes
    /// that were `covered` follow their groups again.
    pub fn assign(&mut self, groups: &[Name], version: u64, covered: impl Fn(&Name) -> bool) {
        let all = groups.is_empty();
        self.state
            .assignments
            .retain(|assignment| !all && assignment.groups != groups);
        self.state.assignments.push(Assignment {
            groups: groups.to_vec(),
            version,
        });
        self.state.pins.retain(|pin| !all && !covered(&pin.node));
    }
}
