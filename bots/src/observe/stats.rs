//! Counts and latencies.

use std::collections::BTreeMap;
use std::time::Duration;

use hdrhistogram::Histogram;

use super::Failure;
use crate::protocol::{Catalogue, MessageId};

/// What one shard has counted since the run began; added up, the whole run's.
#[derive(Clone, Debug)]
pub struct Stats {
    /// Bots that have begun to connect.
    pub started: u64,
    /// Bots that have ended.
    pub ended: u64,
    /// Messages sent.
    pub messages_sent: u64,
    /// Messages received.
    pub messages_received: u64,
    /// Bytes sent.
    pub bytes_sent: u64,
    /// Bytes received.
    pub bytes_received: u64,
    /// Hands that bots have finished, each bot's counted.
    pub hands: u64,
    /// Messages that no script wanted.
    pub messages_ignored: u64,
    /// What went wrong, by kind.
    pub failures: BTreeMap<Failure, u64>,
    /// From an action to the server's answer, in microseconds.
    pub latency: Histogram<u64>,
    /// Messages sent, by message.
    pub sent_by_message: Vec<u64>,
    /// Messages received, by message.
    pub received_by_message: Vec<u64>,
}

/// The whole run's counts at one moment.
#[derive(Clone, Debug)]
pub struct Snapshot {
    /// All shards' counts.
    pub stats: Stats,
    /// Bots connected now.
    pub connected: u64,
    /// The most that were connected at one moment.
    pub connected_peak: u64,
    /// Bots that run the code from before the last change.
    pub behind: u64,
    /// Time since the run began.
    pub elapsed: Duration,
}

impl Stats {
    /// Nothing counted yet.
    pub fn new(catalogue: &Catalogue) -> Self {
        let messages = catalogue.messages().len();
        Self {
            started: 0,
            ended: 0,
            messages_sent: 0,
            messages_received: 0,
            bytes_sent: 0,
            bytes_received: 0,
            hands: 0,
            messages_ignored: 0,
            failures: BTreeMap::new(),
            latency: Self::no_latencies(),
            sent_by_message: vec![0; messages],
            received_by_message: vec![0; messages],
        }
    }

    /// Latencies from a microsecond to ten minutes, with three digits.
    #[allow(clippy::unwrap_used)]
    fn no_latencies() -> Histogram<u64> {
        // The bounds are fixed and valid: 1 <= low, 2 * low <= high, 3 <= 5.
        Histogram::new_with_bounds(1, 600_000_000, 3).unwrap()
    }

    /// Counts something that went wrong.
    pub fn failed(&mut self, failure: Failure) {
        *self.failures.entry(failure).or_default() += 1;
    }

    /// Counts a message that was sent.
    pub fn sent(&mut self, id: MessageId, bytes: usize) {
        self.messages_sent += 1;
        self.bytes_sent += bytes as u64;
        self.sent_by_message[id.index()] += 1;
    }

    /// Counts a message that came.
    pub fn received(&mut self, id: Option<MessageId>, bytes: usize) {
        self.messages_received += 1;
        self.bytes_received += bytes as u64;
        if let Some(id) = id {
            self.received_by_message[id.index()] += 1;
        }
    }

    /// Counts the time from an action to the server's answer.
    pub fn answered(&mut self, after: Duration) {
        let micros = u64::try_from(after.as_micros()).unwrap_or(u64::MAX);
        self.latency.saturating_record(micros.max(1));
    }

    /// All that went wrong.
    pub fn failures_total(&self) -> u64 {
        self.failures.values().sum()
    }

    /// How many different messages were sent or received.
    pub fn messages_seen(&self) -> usize {
        let both = self.sent_by_message.iter().zip(&self.received_by_message);
        both.filter(|(sent, received)| **sent + **received > 0)
            .count()
    }

    /// Adds another shard's counts, of the same protocol.
    pub fn add(&mut self, other: &Self) {
        let Self {
            started,
            ended,
            messages_sent,
            messages_received,
            bytes_sent,
            bytes_received,
            hands,
            messages_ignored,
            failures,
            latency,
            sent_by_message,
            received_by_message,
        } = other;
        self.started += started;
        self.ended += ended;
        self.messages_sent += messages_sent;
        self.messages_received += messages_received;
        self.bytes_sent += bytes_sent;
        self.bytes_received += bytes_received;
        self.hands += hands;
        self.messages_ignored += messages_ignored;
        for (failure, count) in failures {
            *self.failures.entry(*failure).or_default() += count;
        }
        // Cannot fail: both have the same bounds.
        let added = self.latency.add(latency);
        debug_assert!(added.is_ok());
        for (sum, count) in self.sent_by_message.iter_mut().zip(sent_by_message) {
            *sum += count;
        }
        for (sum, count) in self.received_by_message.iter_mut().zip(received_by_message) {
            *sum += count;
        }
    }
}
