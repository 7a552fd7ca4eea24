//! A sync: how a release spreads over the nodes, wave after wave, and goes back
//! when it does not do them good.
//!
//! All nodes get ready before the first changes. What is about to be told to
//! whom is kept before it is told, so that a boot server that dies in between
//! knows afterwards what each node is to run. One that is started again takes
//! the sync up: the nodes that were told follow what was kept as soon as they
//! say HELLO; after a while for that the others get ready, and waves go on.

mod participant;
#[cfg(test)]
mod tests;
mod waves;

use std::collections::BTreeMap;
use std::time::Duration;

use cluster_protocol::{
    ApplicationHealth, ApplicationState, Health, Name, NodeFailure, Order, Outcome, Progress,
    Refusal, Refused, SyncRequest, Synced,
};

use participant::{NEVER, Participant, Standing};

use super::record::{RolloutPhase, RolloutState};

/// How long nodes may take to get ready or to change when nothing is said.
const DEADLINE: Duration = Duration::from_secs(120);
/// How long a boot server that was started again waits for nodes.
const GATHER: Duration = Duration::from_secs(10);

/// What a rollout wants done.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Action {
    /// Tell a node to get ready for a version.
    Prepare { node: Name, sync: u64, version: u64 },
    /// Tell a node something else.
    Order(Name, Order),
    /// From now on a node is to run a version.
    Pin(Name, u64),
    /// Keep the state and the pins, then say so.
    Persist,
    /// Tell the operator.
    Progress(Progress),
}

/// How a rollout ended.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum End {
    /// All nodes are to run the release now.
    Done,
    /// Nothing more is done; some nodes may run the release.
    Stopped,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Stage {
    /// The boot server was started again: nodes come back.
    Gathering(Duration),
    Preparing(Duration),
    /// What is about to be told is being kept.
    Keeping,
    Changing,
    /// The nodes that changed have to fare well until then; none: that time is
    /// over, and some have yet to come back.
    Watching(Option<Duration>),
    /// What is about to be taken back is being kept.
    KeepingBack,
    /// Nodes go back, and have to be ready for that until then.
    Back(Option<Duration>),
    Ended,
}

/// A sync that goes on.
pub(super) struct Rollout {
    state: RolloutState,
    nodes: BTreeMap<Name, Participant>,
    stage: Stage,
    actions: Vec<Action>,
    stopped: bool,
    gate: Option<(Name, String)>,
    began: Option<Duration>,
    finished: Duration,
    end: Option<End>,
    /// Whether there is leave to go from the release back to a version.
    may_go_back: Box<dyn Fn(u64) -> bool + Send>,
}

impl Rollout {
    /// Begins a sync of `nodes`, each with the release that it runs. A sync
    /// whose state was kept is taken up again, in which case nodes come by
    /// [`node_back`](Self::node_back).
    pub fn begin(
        now: Duration,
        state: RolloutState,
        nodes: Vec<(Name, u64)>,
        resumed: bool,
        may_go_back: Box<dyn Fn(u64) -> bool + Send>,
    ) -> Self {
        let mut rollout = Self {
            nodes: BTreeMap::new(),
            stage: Stage::Gathering(now + GATHER),
            actions: Vec::new(),
            stopped: false,
            gate: None,
            began: None,
            finished: now,
            end: None,
            may_go_back,
            state,
        };
        for (node, from) in nodes {
            rollout.nodes.insert(node, Participant::new(from, true));
        }
        for pin in &rollout.state.told {
            let mut told = Participant::new(pin.version, false);
            told.went = true;
            told.standing = Standing::Told(now + GATHER + deadline(&rollout.state.request));
            rollout.nodes.insert(pin.node.clone(), told);
        }
        if !resumed {
            rollout.prepare_all(now);
        }
        rollout
    }

    /// What is to be done.
    pub fn take_actions(&mut self) -> Vec<Action> {
        std::mem::take(&mut self.actions)
    }

    /// As it is to be kept.
    pub fn state(&self) -> &RolloutState {
        &self.state
    }

    /// How it ended, if it has, and what to tell of it but the version.
    pub fn end(&self) -> Option<(End, Synced)> {
        let end = self.end.clone()?;
        let failed = self.nodes.iter().filter_map(|(node, participant)| {
            let Standing::Failed(why) = &participant.standing else {
                return None;
            };
            Some(NodeFailure {
                node: node.clone(),
                why: why.clone(),
            })
        });
        let changed = self
            .nodes
            .values()
            .filter(|node| node.standing == Standing::Changed);
        let took = self
            .began
            .map_or(Duration::ZERO, |began| self.finished.saturating_sub(began));
        let synced = Synced {
            sync: self.state.sync,
            version: 0,
            reverted: self.state.phase == RolloutPhase::Back,
            nodes: u32::try_from(changed.count()).unwrap_or(u32::MAX),
            failed: failed.collect(),
            took: u64::try_from(took.as_micros()).unwrap_or(u64::MAX),
        };
        Some((end, synced))
    }

    /// Whether a node takes part.
    pub fn has(&self, node: &Name) -> bool {
        self.nodes.contains_key(node)
    }

    /// When something is due.
    pub fn next_timeout(&self) -> Option<Duration> {
        let stage = match self.stage {
            Stage::Gathering(at) | Stage::Preparing(at) => Some(at),
            Stage::Watching(at) | Stage::Back(at) => at,
            _ => None,
        };
        let nodes = self.nodes.values().flat_map(|node| {
            let told = match node.standing {
                Standing::Told(at) if at != NEVER => Some(at),
                _ => None,
            };
            [told, node.back_by]
        });
        nodes.chain([stage]).flatten().min()
    }

    /// No further waves.
    pub fn stop(&mut self, now: Duration) {
        self.stopped = true;
        if matches!(self.stage, Stage::Preparing(_) | Stage::Gathering(_)) {
            self.abort_rest();
            self.finish(End::Stopped);
        }
        self.advance(now);
    }

    /// What was asked to be kept is kept.
    pub fn persisted(&mut self, now: Duration) {
        match self.stage {
            Stage::Keeping => self.tell_wave(now),
            Stage::KeepingBack => self.prepare_back(now),
            _ => {}
        }
        self.advance(now);
    }

    /// A node answers what it was told in the sync of that number.
    pub fn answered(&mut self, now: Duration, name: &Name, sync: u64, outcome: Outcome) {
        let forward = sync == self.state.sync && self.state.phase == RolloutPhase::Forward;
        let back = sync == self.state.sync + 1 && self.state.phase == RolloutPhase::Back;
        let goal = self.goal_of(name);
        let Some(node) = self.nodes.get_mut(name).filter(|_| forward || back) else {
            return;
        };
        match (&node.standing, outcome) {
            (Standing::Preparing, Outcome::Plan(plan)) if plan.sync == sync => {
                node.standing = Standing::Ready;
                if forward {
                    node.from = plan.from;
                    self.planned(name, plan);
                }
            }
            (Standing::Told(_), Outcome::Changed(changed)) if changed.sync == sync => {
                if changed.version == goal {
                    node.standing = Standing::Changed;
                    self.finished = now;
                    self.progress(Progress::Changed {
                        node: name.clone(),
                        changed,
                    });
                } else {
                    let text = format!("it says that it runs release {}", changed.version);
                    self.failed(name, invalid(text));
                }
            }
            (Standing::Preparing | Standing::Told(_), Outcome::Refused(why)) => {
                self.failed(name, why);
            }
            (Standing::Preparing | Standing::Told(_), _) => {
                self.failed(name, invalid("its answer makes no sense".to_owned()));
            }
            // Nobody asked it.
            _ => {}
        }
        self.advance(now);
    }

    /// A node's link is gone.
    pub fn node_lost(&mut self, now: Duration, name: &Name) {
        let until = now + deadline(&self.state.request);
        let Some(node) = self.nodes.get_mut(name) else {
            return;
        };
        node.linked = false;
        node.went = true;
        node.health = None;
        match node.standing {
            Standing::Preparing | Standing::Ready if self.state.phase == RolloutPhase::Forward => {
                node.standing = Standing::LeftOut;
            }
            // On its way back it follows what was kept.
            Standing::Preparing | Standing::Ready => node.standing = Standing::Told(until),
            Standing::Changed => node.back_by = Some(until),
            _ => {}
        }
        self.advance(now);
    }

    /// A node's link stands again, and it says what it runs.
    pub fn node_back(&mut self, now: Duration, name: &Name, release: u64) {
        if matches!(self.stage, Stage::Gathering(_)) {
            let node = self.nodes.entry(name.clone());
            node.or_insert_with(|| Participant::new(release, true))
                .linked = true;
        }
        if let Some(node) = self.nodes.get_mut(name) {
            node.linked = true;
        }
        // What it runs by now, and whether all of that runs, it says next.
        self.advance(now);
    }

    /// A node says how it fares.
    pub fn health(&mut self, now: Duration, name: &Name, health: &Health) {
        if let Some(node) = self.nodes.get_mut(name) {
            node.health = Some(health.clone());
        }
        // One whose applications have yet to start is still out.
        let starts = |one: &ApplicationHealth| one.state == ApplicationState::Starting;
        if !health.applications.iter().any(starts) {
            self.runs(now, name, health.release);
        }
        self.advance(now);
    }

    /// Time has passed.
    pub fn timeout(&mut self, now: Duration) {
        if let Stage::Gathering(until) = self.stage
            && until <= now
        {
            match self.state.phase {
                RolloutPhase::Forward => self.prepare_all(now),
                RolloutPhase::Back => self.prepare_back(now),
            }
        }
        if let Stage::Preparing(until) = self.stage
            && until <= now
        {
            self.fail_all(&Standing::Preparing, "it takes too long to get ready");
        }
        let late = |node: &Participant| {
            let told = matches!(node.standing, Standing::Told(until) if until <= now);
            told || node.back_by.is_some_and(|until| until <= now)
        };
        let late: Vec<_> = self
            .nodes
            .iter()
            .filter(|(_, node)| late(node))
            .map(|(name, _)| name.clone())
            .collect();
        for name in late {
            if let Some(node) = self.nodes.get_mut(&name) {
                node.back_by = None;
            }
            let text = "it was not back in time".into();
            let reason = Refusal::Failed;
            self.failed(&name, Refused { reason, text });
        }
        self.advance(now);
    }

    /// What a node that is done runs.
    fn goal_of(&self, name: &Name) -> u64 {
        match self.state.phase {
            RolloutPhase::Forward => self.state.version,
            RolloutPhase::Back => self.nodes.get(name).map_or(0, |node| node.from),
        }
    }

    /// A node that was told to change, and runs what it was to, has changed: it
    /// booted again, or its answer was lost.
    fn runs(&mut self, now: Duration, name: &Name, release: u64) {
        let goal = self.goal_of(name);
        let Some(node) = self.nodes.get_mut(name) else {
            return;
        };
        let told = matches!(node.standing, Standing::Told(_));
        let was = match self.state.phase {
            RolloutPhase::Forward => node.from,
            RolloutPhase::Back => self.state.version,
        };
        if node.linked && release == goal && release != 0 {
            node.back_by = None;
            if told && (node.went || was != goal) {
                node.standing = Standing::Changed;
                self.finished = now;
                let changed = cluster_protocol::Changed {
                    sync: self.state.sync,
                    version: release,
                    ..cluster_protocol::Changed::default()
                };
                let node = name.clone();
                self.progress(Progress::Changed { node, changed });
            }
        }
    }
}

fn invalid(text: String) -> Refused {
    Refused {
        reason: Refusal::Invalid,
        text: text.into(),
    }
}

fn deadline(request: &SyncRequest) -> Duration {
    match request.deadline {
        0 => DEADLINE,
        millis => Duration::from_millis(millis.into()),
    }
}
