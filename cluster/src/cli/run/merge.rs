//! One report out of what many nodes have counted.

use std::collections::BTreeMap;
use std::time::Duration;

use bots::observe::{Snapshot, Stats};
use bots::protocol::Protocol;
use bots::report::{Report, RunFacts, Timeline};
use bots::system::Usage;
use cluster_protocol::{Name, RunOrder, RunPart, RunStats, RunSummary};
use serde_json::{Value, json};

use crate::application::add_wire;
use crate::cli::show::Table;

/// What nodes have counted so far, put together.
pub struct Merge {
    protocol: Protocol,
    order: RunOrder,
    /// The newest counts of each part.
    parts: BTreeMap<(Name, u32), RunStats>,
    timeline: Timeline,
    looked: Duration,
    connected_peak: u64,
}

/// How far apart looks at a run are: nodes report each half a second, one after
/// the other, and rates between two of them would mean nothing.
const LOOK_EVERY: Duration = Duration::from_millis(500);

impl Merge {
    /// Nothing has been counted yet.
    pub fn new(protocol: &Protocol, order: RunOrder) -> Self {
        Self {
            protocol: protocol.clone(),
            order,
            parts: BTreeMap::new(),
            timeline: Timeline::default(),
            looked: Duration::ZERO,
            connected_peak: 0,
        }
    }

    /// A node has said what it counted.
    pub fn heard(&mut self, node: &Name, stats: RunStats) {
        self.parts.insert((node.clone(), stats.part), stats);
    }

    /// All nodes' counts now.
    pub fn now(&mut self) -> (Snapshot, Usage) {
        let (mut snapshot, usage) = sum(&self.protocol, self.parts.values());
        self.connected_peak = self.connected_peak.max(snapshot.connected);
        snapshot.connected_peak = self.connected_peak;
        (snapshot, usage)
    }

    /// A node is lost, and its bots' connections with it.
    pub fn lost(&mut self, node: &Name) {
        for ((of, _), stats) in &mut self.parts {
            if of == node {
                stats.connected = 0;
            }
        }
    }

    /// Notes how the run goes, now and then.
    pub fn look(&mut self, snapshot: &Snapshot) {
        if snapshot.elapsed >= self.looked + LOOK_EVERY {
            self.looked = snapshot.elapsed;
            self.timeline.look(snapshot, snapshot.stats.hands);
        }
    }

    /// How it went so far.
    pub fn timeline(&self) -> &Timeline {
        &self.timeline
    }

    /// How much of the run is over, from 0 to 1.
    #[expect(
        clippy::cast_precision_loss,
        reason = "how far a bar has come needs no 53rd bit"
    )]
    pub fn progress(&self, snapshot: &Snapshot) -> f64 {
        if self.order.duration > 0 {
            snapshot.elapsed.as_secs_f64() * 1_000.0 / f64::from(self.order.duration)
        } else {
            snapshot.stats.hands as f64 / (self.order.hands as f64 * f64::from(self.order.bots))
        }
    }

    /// Something has been counted.
    pub fn has_begun(&self) -> bool {
        !self.parts.is_empty()
    }

    /// What would be the summary, of what has come so far: the boot server is
    /// gone, and will not say.
    pub fn so_far(&self) -> RunSummary {
        let parts = self.parts.iter().map(|((node, _), stats)| RunPart {
            node: node.clone(),
            stats: stats.clone(),
            ..RunPart::default()
        });
        RunSummary {
            run: self.order.run,
            parts: parts.collect(),
            stopped: true,
        }
    }

    /// What bots do is counted in hands.
    pub fn has_hands(&self) -> bool {
        self.protocol.has_hands
    }

    /// The report of the whole run.
    pub fn report(
        self,
        summary: &RunSummary,
        target: String,
        scripts: Vec<(String, u64)>,
    ) -> Report {
        // What nodes have said of their parts is whole; a summary of many nodes
        // is cut down to what fits into a message.
        let stats = summary.parts.iter().map(|part| {
            let heard = self.parts.get(&(part.node.clone(), part.stats.part));
            heard
                .filter(|heard| heard.elapsed >= part.stats.elapsed)
                .unwrap_or(&part.stats)
        });
        let (mut snapshot, usage) = sum(&self.protocol, stats.clone());
        // What was seen at one moment on all nodes; never less than what one of
        // them saw by itself.
        let alone = stats.map(|stats| stats.connected_peak).max().unwrap_or(0);
        snapshot.connected_peak = self.connected_peak.max(alone);
        Report {
            facts: RunFacts {
                bots: self.order.bots.into(),
                target,
                scripts,
                seed: self.order.seed,
                has_hands: self.protocol.has_hands,
            },
            snapshot,
            timeline: self.timeline.clone(),
            usage,
            resident_before: summary
                .parts
                .iter()
                .map(|part| part.stats.memory_before)
                .sum(),
            messages_total: self.protocol.catalogue.messages().len(),
            server_hands: None,
            money: None,
            interrupted: summary.stopped,
        }
    }
}

fn sum<'a>(protocol: &Protocol, parts: impl Iterator<Item = &'a RunStats>) -> (Snapshot, Usage) {
    let mut snapshot = Snapshot {
        stats: Stats::new(&protocol.catalogue),
        connected: 0,
        connected_peak: 0,
        behind: 0,
        elapsed: Duration::ZERO,
    };
    let mut usage = Usage::default();
    for stats in parts {
        add_wire(&mut snapshot.stats, stats);
        snapshot.connected += stats.connected;
        snapshot.elapsed = snapshot.elapsed.max(Duration::from_micros(stats.elapsed));
        usage.cpu += Duration::from_micros(stats.cpu);
        usage.resident += stats.memory_peak;
        usage.resident_peak += stats.memory_peak;
    }
    (snapshot, usage)
}

fn lost_bots(summary: &RunSummary) -> u64 {
    let lost = summary.parts.iter().filter(|part| part.lost);
    lost.map(|part| u64::from(part.bots)).sum()
}

/// No node has failed, and not all are lost: that one is lost is what the run
/// was told to bear.
pub fn is_whole(summary: &RunSummary) -> bool {
    let failed = |part: &RunPart| !part.stats.failure.is_empty();
    let parts = &summary.parts;
    !parts.iter().any(failed) && !parts.iter().all(|part| part.lost)
}

/// Which node ran what, for people.
pub fn nodes(summary: &RunSummary) -> String {
    let mut table = Table::new(["NODE", "BOTS", "FROM", "RECEIVED", "ERRORS", ""]);
    for part in &summary.parts {
        let errors: u64 = part.stats.failures.iter().map(|it| it.count).sum();
        table.row([
            part.node.to_string(),
            part.bots.to_string(),
            part.first_bot.to_string(),
            part.stats.messages_received.to_string(),
            errors.to_string(),
            note(part),
        ]);
    }
    format!("\n{table}")
}

fn note(part: &RunPart) -> String {
    match (part.lost, &*part.stats.failure) {
        (true, _) => "lost".into(),
        (false, "") => String::new(),
        (false, why) => why.to_owned(),
    }
}

/// The report for machines: that of one machine, and which node ran what.
pub fn to_json(report: &Report, summary: &RunSummary) -> Value {
    let mut json = report.to_json();
    let nodes: Vec<Value> = summary
        .parts
        .iter()
        .map(|part| {
            json!({
                "node": part.node.0,
                "part": part.stats.part,
                "first_bot": part.first_bot,
                "bots": part.bots,
                "lost": part.lost,
                "messages_received": part.stats.messages_received,
                "failure": part.stats.failure.0,
            })
        })
        .collect();
    json["nodes"] = nodes.into();
    json["bots_lost"] = lost_bots(summary).into();
    json
}
