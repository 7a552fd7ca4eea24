//! How nodes change to another release.

use pickler::Pickle;

use crate::{Digest, Name, Signed, Text};

/// How code is changed; each way is dearer than the one before.
#[derive(Pickle, Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[pickle(tag = u8, rename_all = kebab_case)]
pub enum By {
    /// Bots go on, in new code, with their state.
    #[pickle(tag = 1)]
    Process,
    /// Applications that own changed modules are stopped and started.
    #[pickle(tag = 2)]
    Application,
    /// The node drops everything and boots again, with the same process.
    #[pickle(tag = 3)]
    Restart,
}

/// How a sync is to change code.
#[derive(Pickle, Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[pickle(tag = u8, rename_all = kebab_case)]
pub enum Way {
    /// The cheapest that is safe, for each application.
    #[default]
    #[pickle(tag = 0)]
    Cheapest,
    /// This way, and no cheaper one.
    #[pickle(tag = 1)]
    By(By),
}

/// Asks a node to get ready for a release: to fetch what it lacks and to see
/// whether it would run. Nothing changes yet.
#[derive(Pickle, Clone, Debug, PartialEq, Eq)]
pub struct Prepare {
    /// Which sync.
    pub sync: u64,
    /// The release.
    pub manifest: Signed,
    /// The leave to go back, if the release is older than the node's: one, or
    /// none.
    #[pickle(count = u8)]
    pub rollback: Vec<Signed>,
    /// How code is to be changed.
    pub way: Way,
    /// Only say what would change: fetch nothing.
    pub plan_only: bool,
}

/// What a node would do, or has got ready to do.
#[derive(Pickle, Clone, Debug, Default, PartialEq, Eq)]
pub struct Plan {
    /// Which sync.
    pub sync: u64,
    /// The release that it runs; 0 if none.
    pub from: u64,
    /// The release that it would run.
    pub to: u64,
    /// What changes.
    #[pickle(count = u16)]
    pub steps: Vec<PlanStep>,
    /// Bytes that were fetched, or would have to be.
    pub bytes: u64,
    /// The pause that is expected for what runs, in microseconds.
    pub pause: u64,
}

/// What changes for one application.
#[derive(Pickle, Clone, Debug, PartialEq, Eq)]
pub struct PlanStep {
    /// Which; empty for the program itself.
    pub application: Name,
    /// How it is changed.
    pub by: By,
    /// Why no cheaper way will do, for people; else empty.
    pub reason: Text,
    /// The modules that change.
    #[pickle(count = u16)]
    pub modules: Vec<ModuleChange>,
    /// How many bots it touches.
    pub members: u32,
}

/// How a module changes.
#[derive(Pickle, Clone, Debug, PartialEq, Eq)]
pub struct ModuleChange {
    /// Which.
    pub name: Name,
    /// Its version now; empty if it is new.
    pub from: Name,
    /// Its version then; empty if it goes.
    pub to: Name,
    /// Its content then.
    pub hash: Digest,
}

/// What came of a change on one node.
#[derive(Pickle, Clone, Debug, Default, PartialEq, Eq)]
pub struct Changed {
    /// Which sync.
    pub sync: u64,
    /// The release that the node now runs.
    pub version: u64,
    /// Bots that changed their code.
    pub moved: u32,
    /// Bots that stay on the old code, and why: the first of them.
    #[pickle(count = u32)]
    pub held: Vec<HeldBot>,
    /// How many bots stay on the old code, those that are not told of by
    /// themselves included.
    pub held_in_all: u32,
    /// The pauses of those that changed: median, 99th percentile and greatest,
    /// in microseconds.
    pub pauses: [u64; 3],
    /// How long the node took, in microseconds.
    pub took: u64,
}

/// A bot that stays on the old code.
#[derive(Pickle, Clone, Debug, PartialEq, Eq)]
pub struct HeldBot {
    /// The application that it belongs to.
    pub application: Name,
    /// Its name.
    pub name: Name,
    /// The script and the line, such as `tight.luau:14`.
    pub place: Text,
    /// What it waits for, in words.
    pub waits_for: Text,
    /// Why it did not change, in words.
    pub reason: Text,
}
