//! Rollouts against nodes that answer, refuse, fall silent, die and come back
//! as it happens.

use std::collections::{BTreeMap, BTreeSet};
use std::time::Duration;

use cluster_protocol::{
    ApplicationHealth, ApplicationState, Changed, Health, Name, Order, Outcome, Plan, Refusal,
    Refused, SyncRequest,
};
use proptest::prelude::*;
use rand_chacha::ChaCha8Rng;
use rand_chacha::rand_core::{Rng, SeedableRng};

use super::super::record::{RolloutPhase, RolloutState};
use super::{Action, End, Rollout};

const OLD: u64 = 1;
const NEW: u64 = 2;
const SYNC: u64 = 7;

/// A node as it really is.
#[derive(Default)]
struct Real {
    release: u64,
    prepared: Option<u64>,
    linked: bool,
    /// It was told to change, and has neither answered nor been given up.
    out_until: Option<Duration>,
}

struct Model {
    rng: ChaCha8Rng,
    now: Duration,
    rollout: Rollout,
    nodes: BTreeMap<Name, Real>,
    pins: BTreeMap<Name, u64>,
    kept: BTreeMap<Name, u64>,
    persisting: bool,
    /// Who is about to change, in which sync.
    later: Vec<(Name, u64)>,
    width: usize,
    deadline: Duration,
    /// How likely mishaps are, of 100.
    mishaps: u32,
    over: bool,
    finished: Option<End>,
    stopped: bool,
}

fn refused(text: &str) -> Outcome {
    Outcome::Refused(Refused {
        reason: Refusal::Failed,
        text: text.into(),
    })
}

impl Model {
    fn new(seed: u64, mishaps: u32) -> Self {
        let mut rng = ChaCha8Rng::seed_from_u64(seed);
        let count = 1 + rng.next_u32() % 7;
        let request = SyncRequest {
            max_parallel: rng.next_u32() % 4,
            canary: rng.next_u32() % 3,
            min_healthy_time: rng.next_u32() % 3_000,
            deadline: 1_000 + rng.next_u32() % 5_000,
            max_errors: 3,
            auto_revert: rng.next_u32() % 2 == 0,
            ..SyncRequest::default()
        };
        let width = match request.max_parallel {
            0 => usize::MAX,
            width => width.max(request.canary) as usize,
        };
        let deadline = Duration::from_millis(request.deadline.into());
        let nodes: BTreeMap<_, _> = (0..count)
            .map(|number| {
                let real = Real {
                    release: OLD,
                    linked: true,
                    ..Real::default()
                };
                (Name::from(format!("node-{number}")), real)
            })
            .collect();
        let state = RolloutState {
            sync: SYNC,
            operator: "somebody".into(),
            request,
            version: NEW,
            phase: RolloutPhase::Forward,
            told: Vec::new(),
        };
        let targets = nodes.keys().map(|name| (name.clone(), OLD)).collect();
        let leave = rng.next_u32() % 4 > 0;
        let may_go_back = Box::new(move |_| leave);
        let rollout = Rollout::begin(Duration::ZERO, state, targets, false, may_go_back);
        Self {
            rng,
            now: Duration::ZERO,
            rollout,
            nodes,
            pins: BTreeMap::new(),
            kept: BTreeMap::new(),
            persisting: false,
            later: Vec::new(),
            width,
            deadline,
            mishaps,
            over: false,
            finished: None,
            stopped: false,
        }
    }

    fn chance(&mut self, of_100: u32) -> bool {
        self.rng.next_u32() % 100 < of_100
    }

    fn check(&mut self) {
        for action in self.rollout.take_actions() {
            assert!(!self.over, "{action:?} after the end");
            match action {
                Action::Prepare {
                    node,
                    sync,
                    version,
                } => {
                    let mishap = self.chance(self.mishaps);
                    let linked = self.nodes[&node].linked;
                    assert!(linked, "{node} is not there to get ready");
                    if mishap {
                        if self.chance(50) {
                            self.rollout.answered(self.now, &node, sync, refused("no"));
                        }
                        continue;
                    }
                    self.real(&node).prepared = Some(version);
                    let plan = Plan {
                        sync,
                        to: version,
                        ..Plan::default()
                    };
                    self.rollout
                        .answered(self.now, &node, sync, Outcome::Plan(plan));
                }
                Action::Order(node, Order::Commit { sync }) => self.commit(&node, sync),
                Action::Order(node, Order::Abort { .. }) => self.real(&node).prepared = None,
                Action::Order(_, order) => panic!("{order:?}"),
                Action::Pin(node, version) => {
                    self.pins.insert(node, version);
                }
                Action::Persist => self.persisting = true,
                Action::Progress(_) => {}
            }
            let out = self
                .nodes
                .values()
                .filter(|node| node.out_until.is_some())
                .count();
            assert!(out <= self.width, "{out} are out, of {}", self.width);
        }
    }

    fn real(&mut self, node: &Name) -> &mut Real {
        self.nodes.get_mut(node).expect("it is one of them")
    }

    fn commit(&mut self, node: &Name, sync: u64) {
        let version = if sync == SYNC { NEW } else { OLD };
        assert_eq!(
            self.nodes[node].prepared,
            Some(version),
            "{node} is not ready"
        );
        assert_eq!(self.kept.get(node), Some(&version), "that is not kept");
        assert!(!self.stopped || sync != SYNC, "it was stopped");
        let until = self.now + self.deadline;
        self.real(node).out_until = Some(until);
        let out = self
            .nodes
            .values()
            .filter(|node| node.out_until.is_some())
            .count();
        assert!(out <= self.width, "{out} are out, of {}", self.width);
        let now = self.now;
        let mishap = self.chance(self.mishaps);
        match self.rng.next_u32() % 4 {
            0 if mishap => {
                self.real(node).out_until = None;
                self.rollout.answered(now, node, sync, refused("cannot"));
            }
            1 if mishap => self.lose(node),
            2 if mishap => {}
            _ if self.mishaps > 0 && self.chance(50) => self.later.push((node.clone(), sync)),
            _ => self.change(node, sync),
        }
    }

    fn change(&mut self, node: &Name, sync: u64) {
        let now = self.now;
        let version = if sync == SYNC { NEW } else { OLD };
        let real = self.real(node);
        if !real.linked {
            return;
        }
        real.release = version;
        real.out_until = None;
        let changed = Changed {
            sync,
            version,
            ..Changed::default()
        };
        self.rollout
            .answered(now, node, sync, Outcome::Changed(changed));
    }

    fn lose(&mut self, node: &Name) {
        let now = self.now;
        let real = self.real(node);
        if real.linked {
            real.linked = false;
            real.prepared = None;
            self.rollout.node_lost(now, node);
            self.later.retain(|(later, _)| later != node);
        }
    }

    /// Something happens.
    fn happen(&mut self) {
        for (node, sync) in std::mem::take(&mut self.later) {
            if self.chance(30) {
                self.change(&node, sync);
                self.check();
            } else {
                self.later.push((node, sync));
            }
        }
        let names: Vec<_> = self.nodes.keys().cloned().collect();
        for name in names {
            if self.nodes[&name].linked {
                if self.chance(self.mishaps / 10) {
                    self.lose(&name);
                    continue;
                }
                let errors = if self.chance(self.mishaps / 10) {
                    10
                } else {
                    0
                };
                let health = Health {
                    release: self.nodes[&name].release,
                    applications: vec![ApplicationHealth {
                        name: "swarm".into(),
                        state: ApplicationState::Running,
                        restarts: 0,
                        members: 1,
                        behind: 0,
                        errors,
                        latency_p99: 0,
                        work: 0,
                    }],
                    memory: 0,
                };
                self.rollout.health(self.now, &name, &health);
            } else if self.chance(40) {
                // It boots into what was kept for it.
                let release = self.kept.get(&name).copied().unwrap_or(OLD);
                let real = self.real(&name);
                real.linked = true;
                real.release = release;
                real.out_until = None;
                self.rollout.node_back(self.now, &name, release);
            }
            self.check();
        }
        if self.persisting && self.chance(60) {
            self.persisting = false;
            self.kept = self.pins.clone();
            self.rollout.persisted(self.now);
        }
        self.check();
        if self.chance(self.mishaps / 20) {
            // A wave that is just being kept is still told.
            self.stopped |= !self.persisting;
            self.rollout.stop(self.now);
        }
        self.check();
    }

    fn run(&mut self) {
        for _ in 0..2_000 {
            self.check();
            if let Some((end, _)) = self.rollout.end() {
                self.check();
                self.finished = Some(end);
                return;
            }
            self.happen();
            let step = Duration::from_millis(u64::from(self.rng.next_u32() % 400));
            let next = self.rollout.next_timeout().unwrap_or(self.now + step);
            assert!(next + self.deadline > self.now, "what was due was not done");
            self.now = next.clamp(
                self.now + Duration::from_millis(1),
                self.now + step.max(Duration::from_millis(2)),
            );
            let now = self.now;
            for real in self.nodes.values_mut() {
                // The rollout gives it up by then.
                if real.out_until.is_some_and(|until| until <= now) {
                    real.out_until = None;
                }
            }
            self.rollout.timeout(now);
        }
        panic!("it does not end");
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2_000))]

    #[test]
    fn any_rollout_ends_and_keeps_its_bounds(seed: u64, mishaps in 0_u32..60) {
        let mut model = Model::new(seed, mishaps);
        model.run();
        let (_, synced) = model.rollout.end().expect("it has ended");
        let failed: BTreeSet<_> = synced.failed.iter().map(|failure| &failure.node).collect();
        let done = model.finished == Some(End::Done);
        if done {
            prop_assert!(failed.is_empty());
        }
        for (name, real) in &model.nodes {
            // What a node boots into is what it runs, if it did as it was told.
            let desired = if done { NEW } else { model.pins.get(name).copied().unwrap_or(OLD) };
            if real.linked && !failed.contains(name) && !(done && real.release == OLD) {
                prop_assert_eq!(desired, real.release, "{}", name);
            }
        }
        if mishaps == 0 {
            prop_assert!(done);
            prop_assert!(model.nodes.values().all(|real| real.release == NEW));
        }
    }
}
