//! What becomes of what syncs and runs want done.

use cluster_protocol::{Name, Order, Prepare, Response, Synced};

use super::brain::{After, ControllerBrain, Purpose};
use super::rollout::{self, Rollout};
use super::{fit, load};
use crate::release::applies_to;

impl ControllerBrain {
    /// Takes up a sync that was going on when the boot server died. At the
    /// first input, since time begins with it.
    pub(super) fn resume_rollout(&mut self) {
        if self.rollout.is_some() {
            return;
        }
        let Some(state) = self.releases.state().rollout.first().cloned() else {
            return;
        };
        if self.releases.get(state.version).is_none() {
            self.note("the sync that was going on is given up: its release is gone");
            return self.persist_state(None);
        }
        self.note(format!("takes up sync {} again", state.sync));
        let may_go_back = self.leaves_from(state.version);
        self.rollout = Some(Rollout::begin(
            self.now,
            state,
            Vec::new(),
            true,
            may_go_back,
        ));
    }

    /// Whether there is leave to go from a version back to another.
    pub(super) fn leaves_from(&self, from: u64) -> Box<dyn Fn(u64) -> bool + Send> {
        let rollbacks = self.releases.state().rollbacks.iter();
        let rollbacks = rollbacks.filter_map(|signed| self.authority.rollback(signed).ok());
        let wall = self.wall;
        let to = rollbacks.filter(|leave| leave.from == from && leave.expires > wall);
        let to: Vec<u64> = to.map(|leave| leave.to).collect();
        Box::new(move |version| version >= from || to.contains(&version))
    }

    pub(super) fn drive_rollout(&mut self) {
        while let Some(rollout) = &mut self.rollout {
            let sync = rollout.state().sync;
            let actions = rollout.take_actions();
            let end = rollout.end();
            if actions.is_empty() && end.is_none() {
                return;
            }
            for action in actions {
                self.rollout_action(sync, action);
            }
            if let Some((end, synced)) = end {
                self.end_rollout(&end, synced);
            }
        }
    }

    fn rollout_action(&mut self, sync: u64, action: rollout::Action) {
        match action {
            rollout::Action::Prepare {
                node,
                sync,
                version,
            } => {
                let Some(rollout) = &self.rollout else { return };
                let request = rollout.state().request.clone();
                let Some(release) = self.releases.get(version) else {
                    return;
                };
                let prepare = Prepare {
                    sync,
                    manifest: release.signed().clone(),
                    rollback: self.releases.rollbacks_to(&self.authority, version),
                    way: request.way,
                    plan_only: request.plan_only,
                };
                self.tell(&node, Order::Prepare(prepare), Purpose::Sync { sync });
            }
            rollout::Action::Order(node, order) => {
                let purpose = match order {
                    Order::Commit { sync } => Purpose::Sync { sync },
                    _ => Purpose::Nothing,
                };
                self.tell(&node, order, purpose);
            }
            rollout::Action::Pin(node, version) => self.releases.pin(&node, version),
            rollout::Action::Persist => self.persist_state(Some(After::Rollout { sync })),
            rollout::Action::Progress(progress) => {
                if let Some(operator) = self.rollout_operator {
                    self.respond(operator, Response::Progress(progress));
                }
            }
        }
    }

    fn end_rollout(&mut self, end: &rollout::End, synced: Synced) {
        let Some(rollout) = self.rollout.take() else {
            return;
        };
        let state = rollout.state();
        let groups = &state.request.groups;
        if *end == rollout::End::Done {
            let registry = &self.registry;
            let covered = |node: &Name| {
                let known = registry.get(node);
                rollout.has(node) || known.is_some_and(|node| applies_to(groups, &node.groups))
            };
            self.releases.assign(groups, state.version, covered);
        }
        self.persist_state(None);
        let version = match end {
            rollout::End::Done => state.version,
            rollout::End::Stopped => self.releases.base(),
        };
        let changed = synced.nodes;
        self.note(format!(
            "sync {} is over: {changed} nodes have changed",
            synced.sync
        ));
        if let Some(operator) = self.rollout_operator.take() {
            let synced = Synced { version, ..synced };
            self.respond(operator, Response::Synced(synced));
        }
        if *end == rollout::End::Done {
            self.nudge_all();
        }
    }

    pub(super) fn drive_loads(&mut self) {
        let runs: Vec<u64> = self.loads.keys().copied().collect();
        for run in runs {
            let Some((load, operator)) = self.loads.get_mut(&run) else {
                continue;
            };
            let operator = *operator;
            let actions = load.take_actions();
            let end = load.take_end();
            for action in actions {
                match action {
                    load::Action::Order(node, order) => {
                        let purpose = match &order {
                            Order::PrepareRun(_) => Purpose::PrepareRun { run },
                            Order::BeginRun(begin) => Purpose::BeginRun {
                                run,
                                part: begin.part,
                            },
                            _ => Purpose::Nothing,
                        };
                        self.tell(&node, order, purpose);
                    }
                    load::Action::Progress(progress) => {
                        if let Some(operator) = operator {
                            self.respond(operator, Response::Progress(progress));
                        }
                    }
                }
            }
            let Some(end) = end else { continue };
            if let Some((load, _)) = self.loads.remove(&run) {
                let hashes: Vec<_> = load.run().modules().map(|module| module.hash).collect();
                self.library.unlist(&hashes);
            }
            let response = match end {
                load::End::Refused(why) => Response::Refused(why),
                load::End::Over(summary) => Response::RunEnded(fit::summary(summary)),
            };
            if let Some(operator) = operator {
                self.respond(operator, response);
            }
        }
    }
}
