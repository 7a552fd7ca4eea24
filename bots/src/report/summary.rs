//! The report of a run.

use std::time::Duration;

use serde_json::{Map, Value, json};

use super::timeline::Timeline;
use crate::observe::{Snapshot, Stats};
use crate::system::Usage;

/// What a run found.
#[derive(Clone, Debug)]
pub struct Report {
    /// What was run.
    pub facts: RunFacts,
    /// What the bots counted, to the end.
    pub snapshot: Snapshot,
    /// How it went, moment by moment.
    pub timeline: Timeline,
    /// What the process used.
    pub usage: Usage,
    /// Resident memory before the first bot, in bytes.
    pub resident_before: u64,
    /// How many messages the protocol has.
    pub messages_total: usize,
    /// Hands that the server played; `None` if the server is not ours to ask.
    pub server_hands: Option<u64>,
    /// Whether the money is all there; `None` if the server is not ours to ask.
    pub money: Option<Money>,
    /// The run was ended before its time.
    pub interrupted: bool,
}

/// What was run.
#[derive(Clone, Debug)]
pub struct RunFacts {
    /// How many bots were to run.
    pub bots: u64,
    /// Whom they were run against.
    pub target: String,
    /// The scripts, each with how many bots ran it.
    pub scripts: Vec<(String, u64)>,
    /// What every random choice came from.
    pub seed: u64,
    /// What bots did is counted in hands.
    pub has_hands: bool,
}

/// The money that a server has and should have.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Money {
    /// All that was ever granted.
    pub granted: u64,
    /// All that accounts and tables hold.
    pub held: u64,
    /// None has appeared or vanished, at any table either.
    pub conserved: bool,
}

impl Report {
    /// Hands played: as the server counted them, or as the bots did, each for
    /// itself, where the server is not ours to ask.
    pub fn hands_played(&self) -> u64 {
        self.server_hands.unwrap_or(self.snapshot.stats.hands)
    }

    /// The memory that came with the bots, for each of them: their end of the
    /// connections, and the server's too if it ran in this process.
    pub fn memory_per_bot(&self) -> u64 {
        let grown = self
            .usage
            .resident_peak
            .saturating_sub(self.resident_before);
        grown / self.facts.bots.max(1)
    }

    /// A quantile of the times from action to answer, in milliseconds.
    pub fn latency_ms(&self, quantile: f64) -> f64 {
        self.stats().latency.value_at_quantile(quantile) as f64 / 1_000.0
    }

    /// The longest time from action to answer, in milliseconds.
    pub fn latency_max_ms(&self) -> f64 {
        self.stats().latency.max() as f64 / 1_000.0
    }

    /// How long the run took.
    pub fn duration(&self) -> Duration {
        self.snapshot.elapsed
    }

    pub(super) fn stats(&self) -> &Stats {
        &self.snapshot.stats
    }

    /// The report for machines.
    pub fn to_json(&self) -> Value {
        let stats = self.stats();
        let errors: Map<String, Value> = stats
            .failures
            .iter()
            .map(|(failure, count)| (failure.name().to_string(), (*count).into()))
            .collect();
        let scripts: Map<String, Value> = self
            .facts
            .scripts
            .iter()
            .map(|(name, bots)| (name.clone(), (*bots).into()))
            .collect();
        let mut report = json!({
            "bots": self.facts.bots,
            "target": self.facts.target,
            "scripts": scripts,
            "seed": self.facts.seed,
            "interrupted": self.interrupted,
            "connected_peak": self.snapshot.connected_peak,
            "messages_sent": stats.messages_sent,
            "messages_received": stats.messages_received,
            "bytes_sent": stats.bytes_sent,
            "bytes_received": stats.bytes_received,
            "errors": errors,
            "latency_ms": {
                "p50": self.latency_ms(0.5),
                "p90": self.latency_ms(0.9),
                "p99": self.latency_ms(0.99),
                "p999": self.latency_ms(0.999),
                "max": self.latency_max_ms(),
                "count": stats.latency.len(),
            },
            "duration_s": self.duration().as_secs_f64(),
            "cpu_s": self.usage.cpu.as_secs_f64(),
            "rss_peak_bytes": self.usage.resident_peak,
            "memory_per_bot_bytes": self.memory_per_bot(),
            "protocol_coverage": {
                "messages_seen": stats.messages_seen(),
                "messages_total": self.messages_total,
            },
        });
        if self.facts.has_hands {
            report["hands_played"] = self.hands_played().into();
            report["bot_hands"] = stats.hands.into();
            report["chips_conserved"] = self.money.map(|money| money.conserved).into();
        }
        report
    }
}
