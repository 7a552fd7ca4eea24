//! A run of bots: how it is shared between nodes, and what becomes of it when
//! some of them are lost.

use std::collections::{BTreeMap, BTreeSet};
use std::time::Duration;

use cluster_protocol::{
    Name, OnLoss, Order, Outcome, Progress, Refusal, Refused, RunBegin, RunPart, RunPrepare,
    RunStats, RunSummary, Text,
};

use crate::release::Run;

/// How long nodes may take to get ready.
const PREPARE: Duration = Duration::from_secs(120);
/// When a run begins, in milliseconds from when nodes are told.
const START_IN: u32 = 1_000;
/// How long a node may be gone before its bots are lost.
const GRACE: Duration = Duration::from_secs(10);
/// How long nodes may take to give their last counts.
const LAST_COUNTS: Duration = Duration::from_secs(30);
/// How many parts a run has at most.
const PARTS: usize = 10_000;

/// What a run wants done.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Action {
    /// Tell a node.
    Order(Name, Order),
    /// Tell the operator.
    Progress(Progress),
}

/// How a run ended.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum End {
    /// It never began.
    Refused(Refused),
    /// It is over.
    Over(RunSummary),
}

#[derive(Clone, Debug)]
struct Part {
    node: Name,
    first_bot: u32,
    bots: u32,
    stats: RunStats,
    lost: bool,
}

impl Part {
    fn is_over(&self) -> bool {
        self.lost || self.stats.ended
    }
}

enum Stage {
    Preparing { until: Duration },
    Running { began: Duration },
    Stopping { until: Duration },
    Ended,
}

/// A run that goes on.
pub(super) struct Load {
    run: Run,
    /// The nodes that are ready, or get ready.
    nodes: BTreeSet<Name>,
    /// Those that have yet to say that they are ready.
    preparing: BTreeSet<Name>,
    /// Those that are gone, and until when they may be.
    gone: BTreeMap<Name, Duration>,
    parts: Vec<Part>,
    stage: Stage,
    stopped: bool,
    actions: Vec<Action>,
    end: Option<End>,
}

impl Load {
    /// Begins a run on some nodes.
    pub fn begin(now: Duration, run: Run, nodes: Vec<Name>) -> Self {
        let mut load = Self {
            preparing: nodes.iter().cloned().collect(),
            nodes: nodes.into_iter().collect(),
            gone: BTreeMap::new(),
            parts: Vec::new(),
            stage: Stage::Preparing {
                until: now + PREPARE,
            },
            stopped: false,
            actions: Vec::new(),
            end: None,
            run,
        };
        for node in &load.nodes {
            let order = load.run.signed().clone();
            let order = Order::PrepareRun(RunPrepare { order });
            load.actions.push(Action::Order(node.clone(), order));
        }
        load.prepared(now);
        load
    }

    /// The run.
    pub fn run(&self) -> &Run {
        &self.run
    }

    /// What is to be done.
    pub fn take_actions(&mut self) -> Vec<Action> {
        std::mem::take(&mut self.actions)
    }

    /// How it ended, if it has.
    pub fn take_end(&mut self) -> Option<End> {
        self.end.take()
    }

    /// When something is due.
    pub fn next_timeout(&self) -> Option<Duration> {
        let stage = match self.stage {
            Stage::Preparing { until } | Stage::Stopping { until, .. } => Some(until),
            Stage::Running { began } => self.must_end(began),
            Stage::Ended => None,
        };
        self.gone.values().copied().chain(stage).min()
    }

    /// A node answers that it is ready, or is not.
    pub fn answered_prepare(&mut self, now: Duration, node: &Name, outcome: Outcome) {
        if !self.preparing.remove(node) {
            return;
        }
        match outcome {
            Outcome::Done => self.prepared(now),
            Outcome::Refused(why) => {
                let node = node.clone();
                let text = format!("node {node}: {}", why.text).into();
                let reason = why.reason;
                self.actions
                    .push(Action::Progress(Progress::Failed { node, why }));
                self.refuse(Refused { reason, text });
            }
            _ => {
                let text = format!("node {node}: its answer makes no sense").into();
                let reason = Refusal::Invalid;
                self.refuse(Refused { reason, text });
            }
        }
    }

    /// A node answers that it begins a part, or does not.
    pub fn answered_begin(&mut self, now: Duration, node: &Name, part: u32, outcome: &Outcome) {
        if let Outcome::Refused(why) = outcome {
            let part = self.parts.get(part as usize);
            if part.is_some_and(|part| part.node == *node && !part.is_over()) {
                let progress = Progress::Failed {
                    node: node.clone(),
                    why: why.clone(),
                };
                self.actions.push(Action::Progress(progress));
                self.lose(now, node);
            }
        }
    }

    /// A node has counted.
    pub fn counted(&mut self, node: &Name, stats: RunStats) {
        let part = self.parts.get_mut(stats.part as usize);
        let Some(part) = part.filter(|part| part.node == *node && !part.stats.ended) else {
            return;
        };
        part.stats = stats.clone();
        let node = node.clone();
        self.actions
            .push(Action::Progress(Progress::Run { node, stats }));
        self.check_over();
    }

    /// A node's link is gone.
    pub fn node_lost(&mut self, now: Duration, node: &Name) {
        if self.nodes.contains(node) {
            if matches!(self.stage, Stage::Preparing { .. }) {
                self.nodes.remove(node);
                self.preparing.remove(node);
                self.prepared(now);
            } else {
                self.gone.insert(node.clone(), now + GRACE);
            }
        }
    }

    /// A node's link stands again; whether it still takes part in the run.
    pub fn node_back(&mut self, now: Duration, node: &Name, takes_part: bool) {
        self.gone.remove(node);
        match (self.nodes.contains(node), takes_part) {
            (true, true) if matches!(self.stage, Stage::Stopping { .. }) => self.tell_stop(node),
            (true, false) => self.lose(now, node),
            // Its bots have been counted as lost, or started elsewhere.
            (false, true) => self.tell_stop(node),
            (true, true) | (false, false) => {}
        }
    }

    /// Ends the run early.
    pub fn stop(&mut self, now: Duration) {
        self.stopped = true;
        match self.stage {
            Stage::Preparing { .. } => self.refuse(Refused {
                reason: Refusal::Failed,
                text: "the run was stopped before it began".into(),
            }),
            Stage::Running { .. } => self.stop_all(now),
            Stage::Stopping { .. } | Stage::Ended => {}
        }
    }

    /// Time has passed.
    pub fn timeout(&mut self, now: Duration) {
        let gone = self.gone.iter().filter(|(_, until)| **until <= now);
        let gone: Vec<_> = gone.map(|(node, _)| node.clone()).collect();
        for node in gone {
            self.lose(now, &node);
        }
        match self.stage {
            Stage::Preparing { until } if until <= now => {
                let late: Vec<&str> = self.preparing.iter().map(|node| &**node).collect();
                let text: Text = format!("not ready in time: {}", late.join(", ")).into();
                let reason = Refusal::Failed;
                self.refuse(Refused { reason, text });
            }
            Stage::Running { began } if self.must_end(began).is_some_and(|end| end <= now) => {
                self.stop_all(now);
            }
            Stage::Stopping { until, .. } if until <= now => self.over(),
            _ => {}
        }
    }

    /// When a run that has a duration has to be over, with time to spare.
    fn must_end(&self, began: Duration) -> Option<Duration> {
        let order = self.run.order();
        let time = u64::from(order.duration) + u64::from(START_IN);
        (order.duration > 0).then(|| began + Duration::from_millis(time) + LAST_COUNTS)
    }

    fn refuse(&mut self, why: Refused) {
        if self.end.is_none() && !matches!(self.stage, Stage::Ended) {
            for node in self.nodes.clone() {
                self.tell_stop(&node);
            }
            self.stage = Stage::Ended;
            self.end = Some(End::Refused(why));
        }
    }

    fn tell_stop(&mut self, node: &Name) {
        let run = self.run.order().run;
        self.actions
            .push(Action::Order(node.clone(), Order::StopRun { run }));
    }

    /// Begins as soon as all nodes are ready.
    fn prepared(&mut self, now: Duration) {
        if !matches!(self.stage, Stage::Preparing { .. }) || !self.preparing.is_empty() {
            return;
        }
        if self.nodes.is_empty() {
            return self.refuse(Refused {
                reason: Refusal::Failed,
                text: "no node of these groups is there".into(),
            });
        }
        self.stage = Stage::Running { began: now };
        let nodes: Vec<_> = self.nodes.iter().cloned().collect();
        let mut first_bot = 0;
        for (node, bots) in nodes.iter().zip(shares(self.run.order().bots, nodes.len())) {
            if bots > 0 {
                self.give(node.clone(), first_bot, bots, 0);
                first_bot += bots;
            }
        }
    }

    fn give(&mut self, node: Name, first_bot: u32, bots: u32, elapsed: u32) {
        let run = self.run.order().run;
        let Ok(part) = u32::try_from(self.parts.len()) else {
            return;
        };
        let begin = RunBegin {
            run,
            part,
            first_bot,
            bots,
            start_in: START_IN,
            elapsed,
        };
        self.actions
            .push(Action::Order(node.clone(), Order::BeginRun(begin)));
        self.parts.push(Part {
            node,
            first_bot,
            bots,
            stats: RunStats {
                run,
                part,
                ..RunStats::default()
            },
            lost: false,
        });
    }

    /// A node's bots are lost: they are counted as that, or started elsewhere.
    fn lose(&mut self, now: Duration, node: &Name) {
        self.gone.remove(node);
        self.nodes.remove(node);
        let mut lost = Vec::new();
        for part in self
            .parts
            .iter_mut()
            .filter(|part| part.node == *node && !part.is_over())
        {
            part.lost = true;
            lost.push((part.first_bot, part.bots));
        }
        let began = match self.stage {
            Stage::Running { began } => Some(began),
            _ => None,
        };
        let bots = lost.iter().map(|(_, bots)| bots).sum();
        let then = self.run.order().on_loss;
        let progress = Progress::Lost {
            node: node.clone(),
            bots,
            then,
        };
        if bots > 0 {
            self.actions.push(Action::Progress(progress));
        }
        if let Some(began) = began.filter(|_| then == OnLoss::Restart) {
            let begins = now + Duration::from_millis(START_IN.into());
            let elapsed = begins.saturating_sub(began + Duration::from_millis(START_IN.into()));
            let elapsed = u32::try_from(elapsed.as_millis()).unwrap_or(u32::MAX);
            let duration = self.run.order().duration;
            for (first_bot, bots) in lost {
                let late = duration > 0 && elapsed >= duration;
                if let Some(heir) = self.least_loaded()
                    && !late
                    && self.parts.len() < PARTS
                {
                    self.give(heir, first_bot, bots, elapsed);
                }
            }
        }
        self.check_over();
    }

    fn least_loaded(&self) -> Option<Name> {
        let there = self
            .nodes
            .iter()
            .filter(|node| !self.gone.contains_key(*node));
        let load = |node: &Name| -> u64 {
            let parts = self
                .parts
                .iter()
                .filter(|part| part.node == *node && !part.is_over());
            parts.map(|part| u64::from(part.bots)).sum()
        };
        there.min_by_key(|node| load(node)).cloned()
    }

    fn stop_all(&mut self, now: Duration) {
        let until = now + LAST_COUNTS;
        self.stage = Stage::Stopping { until };
        for node in self.nodes.clone() {
            self.tell_stop(&node);
        }
        self.check_over();
    }

    fn check_over(&mut self) {
        let begun = matches!(self.stage, Stage::Running { .. } | Stage::Stopping { .. });
        if begun && self.parts.iter().all(Part::is_over) {
            self.over();
        }
    }

    fn over(&mut self) {
        if matches!(self.stage, Stage::Running { .. }) {
            for node in self.nodes.clone() {
                self.tell_stop(&node);
            }
        }
        self.stage = Stage::Ended;
        let parts = self.parts.iter().map(|part| RunPart {
            node: part.node.clone(),
            first_bot: part.first_bot,
            bots: part.bots,
            lost: !part.stats.ended,
            stats: part.stats.clone(),
        });
        self.end = Some(End::Over(RunSummary {
            run: self.run.order().run,
            parts: parts.collect(),
            stopped: self.stopped,
        }));
    }
}

/// Even shares of `bots`, which differ by 1 at most.
fn shares(bots: u32, nodes: usize) -> impl Iterator<Item = u32> {
    let nodes = u32::try_from(nodes).unwrap_or(u32::MAX).max(1);
    (0..nodes).map(move |node| bots / nodes + u32::from(node < bots % nodes))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::shares;

    proptest! {
        #[test]
        fn shares_are_even_and_add_up(bots: u32, nodes in 1_usize..2_000) {
            let shares: Vec<_> = shares(bots, nodes).collect();
            prop_assert_eq!(shares.len(), nodes);
            prop_assert_eq!(shares.iter().map(|share| u64::from(*share)).sum::<u64>(), u64::from(bots));
            let least = shares.iter().min().copied().unwrap_or(0);
            prop_assert!(shares.iter().all(|share| share - least <= 1));
        }
    }
}
