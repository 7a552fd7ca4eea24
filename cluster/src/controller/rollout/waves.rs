//! The waves of a sync: who gets ready, who is told next, and what becomes of
//! them when the gate fails.

use std::time::Duration;

use cluster_protocol::{ApplicationState, Name, Order, Plan, Progress, Refusal, Refused};

use super::super::record::{Pin, RolloutPhase};
use super::participant::{NEVER, Participant, Standing};
use super::{Action, End, Rollout, Stage, deadline};

impl Rollout {
    pub(super) fn prepare_all(&mut self, now: Duration) {
        self.stage = Stage::Preparing(now + deadline(&self.state.request));
        let (sync, version) = (self.state.sync, self.state.version);
        for (name, node) in &mut self.nodes {
            if node.standing != Standing::Preparing {
                continue;
            }
            if !node.linked {
                node.standing = Standing::LeftOut;
                continue;
            }
            self.actions.push(Action::Prepare {
                node: name.clone(),
                sync,
                version,
            });
        }
        self.advance(now);
    }

    pub(super) fn planned(&mut self, name: &Name, plan: Plan) {
        let node = name.clone();
        self.progress(Progress::Planned { node, plan });
    }

    pub(super) fn failed(&mut self, name: &Name, why: Refused) {
        let Some(node) = self.nodes.get_mut(name) else {
            return;
        };
        let text = why.text.to_string();
        let was_told = matches!(node.standing, Standing::Told(_) | Standing::Changed);
        if was_told && self.state.phase == RolloutPhase::Forward {
            self.gate.get_or_insert((name.clone(), text));
        }
        // Refused: it goes on with what it ran.
        if was_told && why.reason != Refusal::Unknown && node.linked && !node.went {
            let stays = match self.state.phase {
                RolloutPhase::Forward => node.from,
                RolloutPhase::Back => self.state.version,
            };
            if stays != 0 {
                self.actions.push(Action::Pin(name.clone(), stays));
            }
        }
        node.standing = Standing::Failed(why.clone());
        let node = name.clone();
        self.progress(Progress::Failed { node, why });
    }

    pub(super) fn fail_all(&mut self, standing: &Standing, text: &str) {
        let names = self
            .nodes
            .iter()
            .filter(|(_, node)| node.standing == *standing);
        let names: Vec<_> = names.map(|(name, _)| name.clone()).collect();
        for name in names {
            let reason = Refusal::Failed;
            let text = text.into();
            self.failed(&name, Refused { reason, text });
        }
    }

    pub(super) fn progress(&mut self, progress: Progress) {
        self.actions.push(Action::Progress(progress));
    }

    fn any(&self, is: impl Fn(&Participant) -> bool) -> bool {
        self.nodes.values().any(is)
    }

    pub(super) fn advance(&mut self, now: Duration) {
        match self.stage {
            Stage::Preparing(_) => {
                if self.gate.is_some() {
                    self.gate_failed();
                } else if self.any(|node| matches!(node.standing, Standing::Failed(_))) {
                    self.abort_rest();
                    self.finish(End::Stopped);
                } else if !self.any(|node| node.standing == Standing::Preparing) {
                    if self.state.request.plan_only {
                        return self.finish(End::Stopped);
                    }
                    self.stage = Stage::Changing;
                    self.advance(now);
                }
            }
            // A gate that has failed waits too: who changes just now cannot go
            // back yet.
            Stage::Changing if self.any(|node| matches!(node.standing, Standing::Told(_))) => {}
            Stage::Changing => {
                self.check_gate();
                if self.gate.is_some() {
                    return self.gate_failed();
                }
                let time = self.state.request.min_healthy_time;
                if time > 0 && !self.state.told.is_empty() {
                    self.progress(Progress::Watching { time });
                }
                let until = now + Duration::from_millis(time.into());
                self.stage = Stage::Watching(Some(until));
                self.advance(now);
            }
            Stage::Watching(until) => {
                self.check_gate();
                if self.gate.is_some() {
                    self.gate_failed();
                } else if until.is_none_or(|until| until <= now) {
                    self.stage = Stage::Watching(None);
                    if !self.any(|node| node.back_by.is_some()) {
                        self.next_wave();
                    }
                }
            }
            Stage::Back(_) => self.advance_back(now),
            Stage::Gathering(_) | Stage::Keeping | Stage::KeepingBack | Stage::Ended => {}
        }
    }

    /// Finds a node that has changed and does not fare well.
    fn check_gate(&mut self) {
        let request = &self.state.request;
        let failing = self.nodes.iter().find_map(|(name, node)| {
            if node.standing != Standing::Changed {
                return None;
            }
            let applications = &node.health.as_ref()?.applications;
            let why = applications.iter().find_map(|application| {
                let before = node.errors.get(&application.name).copied().unwrap_or(0);
                // The count begins at 0 again when an application is started.
                let new = application
                    .errors
                    .checked_sub(before)
                    .unwrap_or(application.errors);
                let latency = application.latency_p99;
                let which = &application.name;
                if let ApplicationState::Failed(why) = &application.state {
                    Some(format!("application {which} has failed: {why}"))
                } else if new > request.max_errors {
                    Some(format!("application {which} has {new} new errors"))
                } else if request.max_latency > 0 && latency > request.max_latency {
                    Some(format!("application {which} has latencies of {latency} µs"))
                } else {
                    None
                }
            });
            Some((name.clone(), why?))
        });
        if self.gate.is_none() {
            self.gate = failing;
        }
    }

    pub(super) fn next_wave(&mut self) {
        let ready: Vec<_> = self
            .nodes
            .iter()
            .filter(|(_, node)| node.standing == Standing::Ready)
            .map(|(name, node)| (name.clone(), node.from))
            .collect();
        if ready.is_empty() {
            return self.finish(End::Done);
        }
        if self.stopped {
            self.abort_rest();
            return self.finish(End::Stopped);
        }
        let canary = self.is_canary();
        let width = if canary {
            self.state.request.canary
        } else {
            self.width()
        };
        let wave: Vec<_> = ready.into_iter().take(width as usize).collect();
        for (name, from) in wave {
            if let Some(node) = self.nodes.get_mut(&name) {
                node.told(NEVER);
            }
            self.actions
                .push(Action::Pin(name.clone(), self.state.version));
            let (node, version) = (name, from);
            self.state.told.push(Pin { node, version });
        }
        self.stage = Stage::Keeping;
        self.actions.push(Action::Persist);
    }

    fn is_canary(&self) -> bool {
        self.state.told.is_empty() && self.state.request.canary > 0
    }

    /// How many nodes may be out at once.
    fn width(&self) -> u32 {
        match self.state.request.max_parallel {
            0 => u32::MAX,
            width => width,
        }
    }

    pub(super) fn tell_wave(&mut self, now: Duration) {
        self.stage = Stage::Changing;
        self.began.get_or_insert(now);
        let sync = self.state.sync;
        let until = now + deadline(&self.state.request);
        let mut names = Vec::new();
        for (name, node) in &mut self.nodes {
            if node.standing == Standing::Told(NEVER) {
                node.standing = Standing::Told(until);
            }
            // Those that were lost meanwhile follow what was kept.
            if matches!(node.standing, Standing::Told(_)) && node.linked && !node.went {
                names.push(name.clone());
            }
        }
        let canary = self.state.request.canary > 0 && names.len() == self.state.told.len();
        for name in &names {
            self.actions
                .push(Action::Order(name.clone(), Order::Commit { sync }));
        }
        let nodes = names;
        self.progress(Progress::Changing { nodes, canary });
    }

    pub(super) fn abort_rest(&mut self) {
        let sync = self.state.sync;
        for (name, node) in &self.nodes {
            if node.linked && matches!(node.standing, Standing::Preparing | Standing::Ready) {
                self.actions
                    .push(Action::Order(name.clone(), Order::Abort { sync }));
            }
        }
    }

    pub(super) fn finish(&mut self, end: End) {
        self.stage = Stage::Ended;
        self.end = Some(end);
    }

    fn gate_failed(&mut self) {
        if let Some((node, why)) = self.gate.clone() {
            let why = why.into();
            self.progress(Progress::GateFailed { node, why });
        }
        self.abort_rest();
        let request = &self.state.request;
        let told = &self.state.told;
        let can = told
            .iter()
            .all(|pin| pin.version != 0 && (self.may_go_back)(pin.version));
        if !request.auto_revert || !can {
            return self.finish(End::Stopped);
        }
        for node in self.nodes.values_mut() {
            if matches!(node.standing, Standing::Preparing | Standing::Ready) {
                node.standing = Standing::LeftOut;
            }
        }
        self.state.phase = RolloutPhase::Back;
        self.stage = Stage::KeepingBack;
        let mut to = 0;
        for pin in &self.state.told {
            to = pin.version;
            self.actions
                .push(Action::Pin(pin.node.clone(), pin.version));
        }
        self.progress(Progress::Reverting { to });
        self.actions.push(Action::Persist);
    }

    pub(super) fn prepare_back(&mut self, now: Duration) {
        let limit = deadline(&self.state.request);
        let resumed = matches!(self.stage, Stage::Gathering(_));
        self.stage = Stage::Back(Some(now + limit * 2));
        let sync = self.state.sync + 1;
        for pin in &self.state.told {
            let Some(node) = self.nodes.get_mut(&pin.node) else {
                continue;
            };
            if resumed && node.standing == Standing::Changed {
                // It has said that it is back already.
                continue;
            }
            if !node.linked {
                // It boots into what it ran before.
                node.standing = Standing::LeftOut;
                continue;
            }
            node.standing = Standing::Preparing;
            node.back_by = None;
            self.actions.push(Action::Prepare {
                node: pin.node.clone(),
                sync,
                version: pin.version,
            });
        }
        self.advance(now);
    }

    fn advance_back(&mut self, now: Duration) {
        let out = self
            .nodes
            .values()
            .filter(|node| matches!(node.standing, Standing::Told(_)));
        let width = self.width().max(self.state.request.canary) as usize;
        let room = width.saturating_sub(out.count());
        let sync = self.state.sync + 1;
        let until = now + deadline(&self.state.request);
        let ready = self
            .nodes
            .iter_mut()
            .filter(|(_, node)| node.standing == Standing::Ready);
        for (name, node) in ready.take(room) {
            node.told(until);
            self.actions
                .push(Action::Order(name.clone(), Order::Commit { sync }));
        }
        if let Stage::Back(Some(until)) = self.stage
            && until <= now
        {
            self.stage = Stage::Back(None);
            self.fail_all(&Standing::Preparing, "it takes too long to get ready");
        }
        let busy = |node: &Participant| {
            matches!(
                node.standing,
                Standing::Preparing | Standing::Ready | Standing::Told(_)
            )
        };
        if !self.any(busy) {
            self.finish(End::Stopped);
        }
    }
}
