//! Counts that another thread can read while the run goes on.

use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Instant;

use super::{Snapshot, Stats};
use crate::protocol::Catalogue;

/// The counts of a running run; cheap to clone.
///
/// Shards publish theirs every tenth of a second and once at their end, so that
/// the last snapshot is exact.
#[derive(Clone)]
pub struct Live(Arc<Shared>);

struct Shared {
    catalogue: Arc<Catalogue>,
    began: Instant,
    connected: AtomicU64,
    connected_peak: AtomicU64,
    shards: Vec<Mutex<Published>>,
}

/// What one shard has said last.
#[derive(Clone)]
struct Published {
    stats: Stats,
    behind: u64,
}

/// Where one shard publishes its counts.
#[derive(Clone)]
pub struct Publisher {
    live: Live,
    shard: usize,
}

impl Live {
    /// Nothing counted yet, for so many shards.
    pub fn new(catalogue: Arc<Catalogue>, shards: usize) -> Self {
        let nothing = Published {
            stats: Stats::new(&catalogue),
            behind: 0,
        };
        Self(Arc::new(Shared {
            began: Instant::now(),
            connected: AtomicU64::new(0),
            connected_peak: AtomicU64::new(0),
            shards: (0..shards).map(|_| Mutex::new(nothing.clone())).collect(),
            catalogue,
        }))
    }

    /// The messages that are counted.
    pub fn catalogue(&self) -> &Arc<Catalogue> {
        &self.0.catalogue
    }

    /// The whole run's counts now.
    pub fn snapshot(&self) -> Snapshot {
        let mut stats = Stats::new(&self.0.catalogue);
        let mut behind = 0;
        for shard in &self.0.shards {
            let published = shard.lock().unwrap_or_else(PoisonError::into_inner);
            stats.add(&published.stats);
            behind += published.behind;
        }
        Snapshot {
            stats,
            connected: self.0.connected.load(Ordering::Relaxed),
            connected_peak: self.0.connected_peak.load(Ordering::Relaxed),
            behind,
            elapsed: self.0.began.elapsed(),
        }
    }

    /// Where shard `shard` publishes.
    pub fn publisher(&self, shard: usize) -> Publisher {
        Publisher {
            live: self.clone(),
            shard,
        }
    }
}

impl Publisher {
    /// Publishes what the shard has counted since the run began, and how many
    /// of its bots run older code.
    pub fn publish(&self, stats: &Stats, behind: usize) {
        let slot = &self.live.0.shards[self.shard];
        let mut published = slot.lock().unwrap_or_else(PoisonError::into_inner);
        published.stats.clone_from(stats);
        published.behind = behind as u64;
    }

    /// A bot has connected.
    pub fn connected(&self) {
        let shared = &self.live.0;
        let now = shared.connected.fetch_add(1, Ordering::Relaxed) + 1;
        shared.connected_peak.fetch_max(now, Ordering::Relaxed);
    }

    /// A bot's connection has ended.
    pub fn disconnected(&self) {
        self.live.0.connected.fetch_sub(1, Ordering::Relaxed);
    }
}
