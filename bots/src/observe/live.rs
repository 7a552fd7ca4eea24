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
    shards: Vec<Mutex<Stats>>,
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
        let stats = Stats::new(&catalogue);
        Self(Arc::new(Shared {
            began: Instant::now(),
            connected: AtomicU64::new(0),
            connected_peak: AtomicU64::new(0),
            shards: (0..shards).map(|_| Mutex::new(stats.clone())).collect(),
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
        for shard in &self.0.shards {
            stats.add(&shard.lock().unwrap_or_else(PoisonError::into_inner));
        }
        Snapshot {
            stats,
            connected: self.0.connected.load(Ordering::Relaxed),
            connected_peak: self.0.connected_peak.load(Ordering::Relaxed),
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
    /// Publishes what the shard has counted since the run began.
    pub fn publish(&self, stats: &Stats) {
        let slot = &self.live.0.shards[self.shard];
        slot.lock()
            .unwrap_or_else(PoisonError::into_inner)
            .clone_from(stats);
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
