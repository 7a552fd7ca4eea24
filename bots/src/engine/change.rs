//! A change of code while it goes through the shards.

use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use hdrhistogram::Histogram;

use crate::script::{Holder, LoadError};

/// How long shards may take to say what has become of a change.
const SETTLE_WITHIN: Duration = Duration::from_secs(10);

/// A change that did not begin: nothing has changed anywhere.
#[derive(Debug, thiserror::Error)]
pub enum ChangeError {
    /// A script cannot be loaded.
    #[error(transparent)]
    Script(#[from] LoadError),
    /// The run has no script of that file name.
    #[error("no script of the run is called {0}")]
    Unknown(String),
    /// Two texts are given for one script.
    #[error("{0} is given twice")]
    Twice(String),
    /// Bots run two generations of a script, and these the older one.
    #[error("{} bots still run the code from before the last change: {}", .0.len(), Few(.0))]
    Held(Vec<Holder>),
    /// The change before is still under way.
    #[error("another change of code is still under way")]
    UnderWay,
    /// A thread of the run did not answer in time.
    #[error("the run did not answer in time")]
    NoAnswer,
    /// The run has ended.
    #[error("the run has ended")]
    Ended,
}

/// The first of a list.
struct Few<'a>(&'a [Holder]);

impl std::fmt::Display for Few<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        const SHOWN: usize = 3;
        for (index, holder) in self.0.iter().take(SHOWN).enumerate() {
            let comma = if index == 0 { "" } else { "; " };
            write!(f, "{comma}{holder}")?;
        }
        match self.0.len().saturating_sub(SHOWN) {
            0 => Ok(()),
            more => write!(f, "; and {more} more"),
        }
    }
}

/// A change of code that is under way.
///
/// Bots change by themselves, each when it can. To be done with it is to
/// [`wait`](Self::wait); dropping it is to [`cancel`](Self::cancel) it.
pub struct Change(Arc<Ledger>);

/// How far a change has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ChangeProgress {
    /// Bots that run other code than they are to run, as of its beginning.
    pub affected: u32,
    /// Of these, those that have changed.
    pub changed: u32,
    /// Of these, those whose new code failed, and which keep the old one.
    pub refused: u32,
    /// Of these, those that have ended.
    pub ended: u32,
    /// Nothing more will come.
    pub finished: bool,
}

/// What a change has come to.
#[derive(Clone, Debug)]
pub struct ChangeOutcome {
    /// Bots that run the new code.
    pub changed: u32,
    /// Bots of these scripts that ran the right code already, or had not begun.
    pub unaffected: u32,
    /// Bots that were at no safe point in time, and stay on the old code.
    pub held: Vec<Holder>,
    /// Bots whose new code failed before it had done anything, and which stay
    /// on the old code.
    pub refused: Vec<Holder>,
    /// Bots that ended meanwhile.
    pub ended: u32,
    /// How long bots that changed were out of service, in microseconds.
    pub pauses: Histogram<u64>,
    /// Threads of the run that did not say in time what has become of their
    /// bots.
    pub unknown_shards: usize,
}

/// What has become of a change so far, in all shards.
pub(super) struct Ledger {
    entries: Mutex<Entries>,
    shard_finished: Condvar,
    withdrawn: AtomicBool,
}

#[derive(Debug)]
pub(super) struct Entries {
    pub(super) affected: u32,
    pub(super) ended: u32,
    pub(super) outcome: ChangeOutcome,
    shards_left: usize,
}

impl Ledger {
    /// Of a change that goes to so many shards.
    pub(super) fn new(shards: usize) -> Arc<Self> {
        Arc::new(Self {
            entries: Mutex::new(Entries {
                affected: 0,
                ended: 0,
                outcome: ChangeOutcome {
                    changed: 0,
                    unaffected: 0,
                    held: Vec::new(),
                    refused: Vec::new(),
                    ended: 0,
                    pauses: no_pauses(),
                    unknown_shards: 0,
                },
                shards_left: shards,
            }),
            shard_finished: Condvar::new(),
            withdrawn: AtomicBool::new(false),
        })
    }

    pub(super) fn entries(&self) -> MutexGuard<'_, Entries> {
        self.entries.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Bots that have not changed are to keep their code.
    pub(super) fn withdraw(&self) {
        self.withdrawn.store(true, Ordering::Release);
    }

    pub(super) fn is_withdrawn(&self) -> bool {
        self.withdrawn.load(Ordering::Acquire)
    }

    pub(super) fn is_finished(&self) -> bool {
        self.entries().shards_left == 0
    }

    /// Waits at most so long for the shards.
    fn wait(&self, patience: Duration) -> MutexGuard<'_, Entries> {
        let began = Instant::now();
        let mut entries = self.entries();
        while entries.shards_left > 0 {
            let left = patience.saturating_sub(began.elapsed());
            if left.is_zero() {
                break;
            }
            entries = self
                .shard_finished
                .wait_timeout(entries, left)
                .unwrap_or_else(PoisonError::into_inner)
                .0;
        }
        entries
    }
}

/// One shard's part of a change, which is over when this is dropped.
pub(super) struct Part(pub(super) Arc<Ledger>);

impl Drop for Part {
    fn drop(&mut self) {
        self.0.entries().shards_left -= 1;
        self.0.shard_finished.notify_all();
    }
}

impl Change {
    pub(super) fn new(ledger: Arc<Ledger>) -> Self {
        Self(ledger)
    }

    /// How far it has come.
    pub fn progress(&self) -> ChangeProgress {
        let entries = self.0.entries();
        let count = |list: &[Holder]| u32::try_from(list.len()).unwrap_or(u32::MAX);
        ChangeProgress {
            affected: entries.affected,
            changed: entries.outcome.changed,
            refused: count(&entries.outcome.refused),
            ended: entries.ended,
            finished: entries.shards_left == 0,
        }
    }

    /// Waits until all bots have changed, but at most so long; those that could
    /// not by then keep their code, and are named. Blocks the thread.
    pub fn wait(self, patience: Duration) -> ChangeOutcome {
        drop(self.0.wait(patience));
        self.0.withdraw();
        let entries = self.0.wait(SETTLE_WITHIN);
        ChangeOutcome {
            ended: entries.ended,
            unknown_shards: entries.shards_left,
            ..entries.outcome.clone()
        }
    }

    /// Has bots that have not changed yet keep their code.
    pub fn cancel(self) -> ChangeOutcome {
        self.wait(Duration::ZERO)
    }
}

impl Drop for Change {
    fn drop(&mut self) {
        self.0.withdraw();
    }
}

/// Pauses from a microsecond to a minute, with two digits.
#[allow(clippy::unwrap_used)]
fn no_pauses() -> Histogram<u64> {
    // The bounds are fixed and valid: 1 <= low, 2 * low <= high, 2 <= 5.
    Histogram::new_with_bounds(1, 60_000_000, 2).unwrap()
}
