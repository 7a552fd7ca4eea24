//! What operators ask of the boot server.

use std::collections::BTreeSet;
use std::time::Duration;

use cluster_protocol::{
    By, Name, Order, Refusal, Request, Response, Signed, Status, SyncRequest, Way,
};

use crate::identity::{least_role, may, role_name};

use super::audited::{audited_as, detail};
use super::brain::{After, ControllerBrain, Purpose};
use super::fit;
use super::load::Load;
use super::record::{RolloutPhase, RolloutState};
use super::rollout::Rollout;
use super::{OperatorId, Output, Record};
use crate::release::applies_to;

/// How many runs go on at once.
const RUNS: usize = 4;
/// How long nodes may take to answer one.
const PATIENCE: Duration = Duration::from_secs(10);

impl ControllerBrain {
    pub(super) fn request(&mut self, operator: OperatorId, request: Request) {
        let Some(known) = self.operators.get(&operator) else {
            return;
        };
        let what = audited_as(&request);
        let name = known.name.clone();
        if !may(known.role, &request) {
            let wanted = what.unwrap_or("look");
            self.note(format!("{name} may not {wanted}"));
            self.audit(&name, "refuse", format!("{wanted} {}", detail(&request)));
            let text = format!("this takes the role `{}`", role_name(least_role(&request)));
            return self.refuse(operator, Refusal::NotAuthorised, &text);
        }
        match what {
            Some(what) => {
                let sequence = self.audit(&name, what, detail(&request));
                self.audited.insert(sequence, (operator, request));
            }
            None => self.carry_out(operator, request),
        }
    }

    /// Does what an operator may ask, and what is in the audit log.
    pub(super) fn carry_out(&mut self, operator: OperatorId, request: Request) {
        match request {
            Request::Status => {
                let status = self.status();
                self.respond(operator, Response::Status(fit::status(status)));
            }
            Request::Release => {
                let newest = self
                    .releases
                    .newest()
                    .map(|release| release.signed().clone());
                self.respond(operator, Response::Release(newest.into_iter().collect()));
            }
            Request::Bots { node } => self.ask_nodes(operator, &node, &Order::Inspect),
            Request::Log { node, lines } if !node.is_empty() => {
                self.ask_nodes(operator, &node, &Order::Log { lines });
            }
            Request::Set {
                scope,
                variable,
                remove,
            } => match self.charter.set(&scope, &variable, remove) {
                Ok(signed) => {
                    self.persist(Record::Charter(signed), Some(After::PushCharter));
                    self.respond_when_kept(operator);
                }
                Err(why) => self.refuse(operator, Refusal::Invalid, &why),
            },
            Request::Publish { manifest } => self.publish(operator, &manifest),
            Request::Sync(request) => self.sync(operator, request),
            Request::Run { order } => self.run(operator, &order),
            Request::Stop => self.stop(operator),
            Request::Log { .. }
            | Request::Authorise(_)
            | Request::Revoke { .. }
            | Request::Offer { .. }
            | Request::Upload { .. }
            | Request::RotateKey => {
                self.outputs.push_back(Output::Local { operator, request });
            }
        }
    }

    pub(super) fn operator_down(&mut self, operator: OperatorId) {
        self.operators.remove(&operator);
        self.questions.forget(operator);
        // What it has begun goes on.
        if self.rollout_operator == Some(operator) {
            self.rollout_operator = None;
        }
        for (_, whose) in self.loads.values_mut() {
            if *whose == Some(operator) {
                *whose = None;
            }
        }
    }

    /// Says that it was done as soon as what was given last is kept.
    pub(super) fn respond_when_kept(&mut self, operator: OperatorId) {
        self.after_last(After::Respond(operator, Box::new(Response::Done)));
    }

    fn status(&self) -> Status {
        Status {
            cluster: self.config.facts.name.clone(),
            epoch: self.config.epoch,
            release: self.releases.base(),
            newest: self
                .releases
                .newest()
                .map_or(0, crate::release::Release::version),
            nodes: self.registry.status(self.now),
            environment: self.charter.environment().to_vec(),
            expected: self.expected.clone(),
        }
    }

    fn publish(&mut self, operator: OperatorId, manifest: &Signed) {
        let checked = self
            .releases
            .check(manifest, &self.authority, &self.library, self.wall);
        match checked {
            Err(why) => self.respond(operator, Response::Refused(why)),
            Ok(None) => self.respond(operator, Response::Done),
            Ok(Some(release)) => {
                self.library
                    .list(release.modules().map(|module| &module.hash));
                self.note(format!("release {} is published", release.version()));
                let forgotten = self.releases.publish(release);
                self.persist(Record::Release(manifest.clone()), None);
                self.respond_when_kept(operator);
                for release in forgotten {
                    self.library
                        .unlist(release.modules().map(|module| &module.hash));
                    let version = release.version();
                    self.persist(Record::Forget { version }, None);
                }
            }
        }
    }

    fn sync(&mut self, operator: OperatorId, request: SyncRequest) {
        if self.rollout.is_some() {
            return self.refuse(operator, Refusal::Busy, "another sync goes on");
        }
        let release = match request.version {
            0 => self.releases.newest(),
            version => self.releases.get(version),
        };
        let Some(release) = release else {
            return self.refuse(operator, Refusal::Unknown, "no such release was published");
        };
        let version = release.version();
        let signed = release.signed().clone();
        if let Err(error) = self.authority.release(&signed, self.wall) {
            return self.respond(operator, Response::Refused(error.refusal()));
        }
        for rollback in &request.rollbacks {
            if let Err(error) = self.authority.rollback(rollback) {
                return self.respond(operator, Response::Refused(error.refusal()));
            }
        }
        self.releases.take_rollbacks(&request.rollbacks);
        let again = request.plan_only || request.way == Way::By(By::Restart);
        let targets = self.registry.linked().filter(|(_, node, _)| {
            applies_to(&request.groups, &node.groups) && (again || node.release != version)
        });
        let targets: Vec<_> = targets
            .map(|(name, node, _)| (name.clone(), node.release))
            .collect();
        let name = self.operators.get(&operator).map(|own| own.name.clone());
        let state = RolloutState {
            sync: self.releases.next_sync(),
            operator: name.unwrap_or_default(),
            request: SyncRequest {
                // They are kept by themselves.
                rollbacks: Vec::new(),
                ..request
            },
            version,
            phase: RolloutPhase::Forward,
            told: Vec::new(),
        };
        let may_go_back = self.leaves_from(version);
        self.rollout = Some(Rollout::begin(self.now, state, targets, false, may_go_back));
        self.rollout_operator = Some(operator);
        self.drive_rollout();
    }

    fn run(&mut self, operator: OperatorId, order: &Signed) {
        let run = match self.authority.run(order, self.wall) {
            Ok(run) => run,
            Err(error) => return self.respond(operator, Response::Refused(error.refusal())),
        };
        let number = run.order().run;
        if self.loads.contains_key(&number) {
            return self.refuse(operator, Refusal::Busy, "this run goes on already");
        }
        if self.loads.len() == RUNS {
            return self.refuse(operator, Refusal::Busy, "four runs go on already");
        }
        let lacking = run
            .modules()
            .find(|module| self.library.size(&module.hash) != Some(module.size));
        if let Some(module) = lacking {
            let text = format!("the script {} was not uploaded", module.name);
            return self.refuse(operator, Refusal::Unknown, &text);
        }
        self.library.list(run.modules().map(|module| &module.hash));
        let groups = &run.order().groups;
        let nodes = self
            .registry
            .linked()
            .filter(|(_, node, _)| applies_to(groups, &node.groups));
        let nodes = nodes.map(|(name, ..)| name.clone()).collect();
        let load = Load::begin(self.now, run, nodes);
        self.loads.insert(number, (load, Some(operator)));
        self.drive_loads();
    }

    /// Ends what this connection has begun; that it has ended is said as ever.
    fn stop(&mut self, operator: OperatorId) {
        let now = self.now;
        let mut found = false;
        if self.rollout_operator == Some(operator)
            && let Some(rollout) = &mut self.rollout
        {
            rollout.stop(now);
            found = true;
        }
        for (load, whose) in self.loads.values_mut() {
            if *whose == Some(operator) {
                load.stop(now);
                found = true;
            }
        }
        if !found {
            self.refuse(
                operator,
                Refusal::Unknown,
                "this connection has begun nothing",
            );
        }
    }

    /// Asks one node, or all of them if `node` is empty.
    fn ask_nodes(&mut self, operator: OperatorId, node: &Name, order: &Order) {
        let asked = self
            .registry
            .linked()
            .filter(|(name, ..)| node.is_empty() || *name == node);
        let asked: BTreeSet<_> = asked.map(|(name, ..)| name.clone()).collect();
        if asked.is_empty() && !node.is_empty() {
            return self.refuse(
                operator,
                Refusal::Unknown,
                "this node's link does not stand",
            );
        }
        if asked.is_empty() {
            let response = Response::Bots {
                more: false,
                node: Name::default(),
                bots: Vec::new(),
            };
            return self.respond(operator, response);
        }
        let until = self.now + PATIENCE;
        let Some(question) = self.questions.ask(operator, asked.clone(), until) else {
            return self.refuse(operator, Refusal::Busy, "too much is asked at once");
        };
        for node in asked {
            self.tell(&node, order.clone(), Purpose::Question { question });
        }
    }
}
