//! What the server counts while it runs.

use std::sync::atomic::{AtomicU64, Ordering::Relaxed};

use super::reason::Reason;

/// The counters. Each is exact, but read one after the other.
#[derive(Debug, Default)]
pub(super) struct Counters {
    pub connections: AtomicU64,
    pub connections_peak: AtomicU64,
    pub connections_total: AtomicU64,
    pub messages_in: AtomicU64,
    pub messages_out: AtomicU64,
    pub bytes_in: AtomicU64,
    pub bytes_out: AtomicU64,
    pub malformed: AtomicU64,
    pub refused: AtomicU64,
    pub hands_started: AtomicU64,
    pub hands_played: AtomicU64,
    pub timeouts: AtomicU64,
    pub disconnects: [AtomicU64; Reason::ALL.len()],
}

/// What the server has counted since it started.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Stats {
    /// Connections now.
    pub connections: u64,
    /// The most connections at a time.
    pub connections_peak: u64,
    /// Connections in all.
    pub connections_total: u64,
    /// Clients that are logged in now.
    pub players: u64,
    /// Tables now.
    pub tables: u64,
    /// Messages that came, malformed ones among them.
    pub messages_in: u64,
    /// Messages for clients; a broadcast counts once for each that it is for.
    pub messages_out: u64,
    /// Bytes that came, handshakes among them.
    pub bytes_in: u64,
    /// Bytes that were sent.
    pub bytes_out: u64,
    /// Messages that could not be understood.
    pub malformed: u64,
    /// Requests that were answered by an error.
    pub refused: u64,
    /// Hands that were started.
    pub hands_started: u64,
    /// Hands that were played to their end.
    pub hands_played: u64,
    /// Decisions that did not come in time.
    pub timeouts: u64,
    /// Connections that ended, by [`Reason`], those that occurred only.
    pub disconnects: Vec<(Reason, u64)>,
}

impl Stats {
    /// How many connections ended for this reason.
    pub fn disconnects_for(&self, reason: Reason) -> u64 {
        let found = self.disconnects.iter().find(|(known, _)| *known == reason);
        found.map_or(0, |&(_, count)| count)
    }
}

impl Counters {
    pub fn connected(&self) {
        self.connections_total.fetch_add(1, Relaxed);
        let now = self.connections.fetch_add(1, Relaxed) + 1;
        self.connections_peak.fetch_max(now, Relaxed);
    }

    pub fn disconnected(&self, reason: Reason) {
        self.connections.fetch_sub(1, Relaxed);
        self.disconnects[reason as usize].fetch_add(1, Relaxed);
    }

    pub fn snapshot(&self) -> Stats {
        let read = |counter: &AtomicU64| counter.load(Relaxed);
        Stats {
            connections: read(&self.connections),
            connections_peak: read(&self.connections_peak),
            connections_total: read(&self.connections_total),
            players: 0,
            tables: 0,
            messages_in: read(&self.messages_in),
            messages_out: read(&self.messages_out),
            bytes_in: read(&self.bytes_in),
            bytes_out: read(&self.bytes_out),
            malformed: read(&self.malformed),
            refused: read(&self.refused),
            hands_started: read(&self.hands_started),
            hands_played: read(&self.hands_played),
            timeouts: read(&self.timeouts),
            disconnects: Reason::ALL
                .into_iter()
                .map(|reason| (reason, read(&self.disconnects[reason as usize])))
                .filter(|&(_, count)| count > 0)
                .collect(),
        }
    }
}

/// Adds to a counter.
pub(super) fn add(counter: &AtomicU64, count: usize) {
    counter.fetch_add(count as u64, Relaxed);
}
