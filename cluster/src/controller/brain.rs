//! The boot server's brain: who is told of what happens.

use std::collections::{BTreeMap, VecDeque};
use std::sync::Arc;
use std::time::Duration;

use cluster_protocol::{
    Command, Name, Order, Outcome, Refusal, Refused, Request, Response, Role, Signed,
};

use super::audited::cut;
use super::charter::CharterOffice;
use super::library::Library;
use super::load::Load;
use super::questions::Questions;
use super::registry::Registry;
use super::releases::Releases;
use super::rollout::Rollout;
use super::{
    ControllerConfig, Input, LinkId, ModuleSource, OperatorId, Output, Record, SignCharter, Stored,
};
use crate::release::{Authority, Verify};

/// How many orders a node may leave unanswered before the oldest are forgotten.
const UNANSWERED: usize = 256;

/// What an order was given for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Purpose {
    Sync { sync: u64 },
    PrepareRun { run: u64 },
    BeginRun { run: u64, part: u32 },
    Question { question: u64 },
    Nothing,
}

/// What is done once something is kept.
pub(super) enum After {
    Respond(OperatorId, Box<Response>),
    Rollout { sync: u64 },
    PushCharter,
}

pub(super) struct Operator {
    pub name: Name,
    pub role: Role,
}

/// The boot server's brain.
pub struct ControllerBrain {
    pub(super) config: ControllerConfig,
    pub(super) authority: Authority,
    pub(super) now: Duration,
    pub(super) wall: u64,
    pub(super) outputs: VecDeque<Output>,
    pub(super) registry: Registry,
    pub(super) library: Library,
    pub(super) releases: Releases,
    pub(super) charter: CharterOffice,
    pub(super) rollout: Option<Rollout>,
    /// Who is told how the sync goes on.
    pub(super) rollout_operator: Option<OperatorId>,
    pub(super) loads: BTreeMap<u64, (Load, Option<OperatorId>)>,
    pub(super) operators: BTreeMap<OperatorId, Operator>,
    /// Requests that are being put into the audit log.
    pub(super) audited: BTreeMap<u64, (OperatorId, Request)>,
    pub(super) questions: Questions,
    pub(super) expected: Vec<Name>,
    last_audit: u64,
    last_persist: u64,
    after: BTreeMap<u64, Vec<After>>,
    last_command: u32,
    commands: BTreeMap<LinkId, BTreeMap<u32, Purpose>>,
}

impl ControllerBrain {
    /// One that has just been started, and what it kept before. A sync that was
    /// going on is taken up again with the first input, for which
    /// [`Input::Timeout`] will do. `seed` is where all its random choices come
    /// from.
    pub fn new(
        config: ControllerConfig,
        stored: Stored,
        verify: Arc<dyn Verify>,
        sign: Box<dyn SignCharter>,
        modules: Box<dyn ModuleSource>,
        seed: u64,
    ) -> Self {
        // Nothing here is chosen at random yet.
        let _ = seed;
        let authority = Authority::new(&config.facts, verify);
        let (releases, notes) = Releases::restore(stored.state, &stored.releases, &authority);
        let mut library = Library::new(modules);
        for release in releases.all() {
            library.list(release.modules().map(|module| &module.hash));
        }
        let facts = &config.facts;
        let charter = CharterOffice::new(
            facts.charter.clone(),
            &authority,
            config.epoch,
            facts.boot,
            sign,
        );
        let mut brain = Self {
            now: Duration::ZERO,
            wall: 0,
            outputs: notes.into_iter().map(Output::Note).collect(),
            registry: Registry::default(),
            library,
            releases,
            rollout: None,
            rollout_operator: None,
            loads: BTreeMap::new(),
            operators: BTreeMap::new(),
            audited: BTreeMap::new(),
            questions: Questions::default(),
            expected: Vec::new(),
            last_audit: 0,
            last_persist: 0,
            after: BTreeMap::new(),
            last_command: 0,
            commands: BTreeMap::new(),
            authority,
            charter,
            config,
        };
        if *brain.charter.signed() != brain.config.facts.charter {
            let signed = brain.charter.signed().clone();
            brain.persist(Record::Charter(signed.clone()), None);
            brain.outputs.push_back(Output::Charter(signed));
        }
        brain
    }

    /// Takes what happens. `now` is the time since any moment, the same for all
    /// calls; `wall` is in seconds since 1970.
    pub fn handle(&mut self, now: Duration, wall: u64, input: Input) {
        self.now = now;
        self.wall = wall;
        self.resume_rollout();
        match input {
            Input::NodeUp { link, name, groups } => self.node_up(link, name, groups),
            Input::NodeMessage { link, message } => self.node_message(link, message),
            Input::NodeDown { link } => self.node_down(link),
            Input::OperatorUp {
                operator,
                name,
                role,
            } => {
                self.operators.insert(operator, Operator { name, role });
            }
            Input::OperatorRequest { operator, request } => self.request(operator, request),
            Input::OperatorDown { operator } => self.operator_down(operator),
            Input::Member(member) => self.registry.member(now, member),
            Input::Respond { operator, response } => self.respond(operator, response),
            Input::Revoked {
                operator,
                revocation,
            } => self.revoke(operator, revocation),
            Input::Keys(keys) => {
                self.config.keys.clone_from(&keys);
                self.tell_all(&Order::Keys(keys));
            }
            Input::Expected(names) => self.expected = names,
            Input::Persisted { sequence } => self.persisted(sequence),
            Input::Audited { sequence } => {
                let later = self.audited.split_off(&(sequence + 1));
                for (_, (operator, request)) in std::mem::replace(&mut self.audited, later) {
                    self.carry_out(operator, request);
                }
            }
            Input::Timeout => {}
        }
        self.tick();
    }

    /// What is to be done next, if anything. Pieces of modules are read only
    /// when they are taken here, from each link in turn: a caller that takes
    /// no more than it can send is never flooded.
    pub fn poll_output(&mut self) -> Option<Output> {
        if let Some(output) = self.outputs.pop_front() {
            return Some(output);
        }
        let (link, message) = self.library.next()?;
        Some(Output::ToNode { link, message })
    }

    /// When it wants [`Input::Timeout`], at the latest.
    pub fn next_timeout(&self) -> Option<Duration> {
        let rollout = self.rollout.as_ref().and_then(Rollout::next_timeout);
        let loads = self
            .loads
            .values()
            .filter_map(|(load, _)| load.next_timeout());
        loads
            .chain(rollout)
            .chain(self.questions.next_timeout())
            .min()
    }

    /// The charter in force.
    pub fn charter(&self) -> &Signed {
        self.charter.signed()
    }

    /// The version that a node of some groups is to run; 0 if none.
    pub fn desired(&self, node: &Name, groups: &[Name]) -> u64 {
        self.releases.desired(node, groups)
    }

    pub(super) fn note(&mut self, note: impl Into<String>) {
        self.outputs.push_back(Output::Note(note.into()));
    }

    pub(super) fn respond(&mut self, operator: OperatorId, response: Response) {
        if self.operators.contains_key(&operator) {
            self.outputs
                .push_back(Output::ToOperator { operator, response });
        }
    }

    pub(super) fn refuse(&mut self, operator: OperatorId, reason: Refusal, text: &str) {
        let text = text.into();
        self.respond(operator, Response::Refused(Refused { reason, text }));
    }

    pub(super) fn audit(&mut self, who: &Name, what: &'static str, detail: String) -> u64 {
        self.last_audit += 1;
        self.outputs.push_back(Output::Audit {
            sequence: self.last_audit,
            who: who.clone(),
            what,
            detail: cut(detail),
        });
        self.last_audit
    }

    pub(super) fn persist(&mut self, record: Record, after: Option<After>) {
        self.last_persist += 1;
        let sequence = self.last_persist;
        if let Some(after) = after {
            self.after.entry(sequence).or_default().push(after);
        }
        self.outputs.push_back(Output::Persist { sequence, record });
    }

    /// Does something once all that was given so far is kept.
    pub(super) fn after_last(&mut self, after: After) {
        self.after.entry(self.last_persist).or_default().push(after);
    }

    pub(super) fn persist_state(&mut self, after: Option<After>) {
        let rollout = self.rollout.as_ref().map(|rollout| rollout.state().clone());
        self.releases.set_rollout(rollout);
        let state = self.releases.state().clone();
        self.persist(Record::State(state), after);
    }

    fn persisted(&mut self, sequence: u64) {
        let later = self.after.split_off(&(sequence + 1));
        for after in std::mem::replace(&mut self.after, later)
            .into_values()
            .flatten()
        {
            match after {
                After::Respond(operator, response) => self.respond(operator, *response),
                After::PushCharter => {
                    let signed = self.charter.signed().clone();
                    self.outputs.push_back(Output::Charter(signed.clone()));
                    self.tell_all(&Order::Charter(signed));
                }
                After::Rollout { sync } => {
                    let rollout = self.rollout.as_mut();
                    if let Some(rollout) = rollout.filter(|own| own.state().sync == sync) {
                        rollout.persisted(self.now);
                    }
                }
            }
        }
    }

    /// Gives a node an order; says whether its link stands.
    pub(super) fn tell(&mut self, node: &Name, order: Order, purpose: Purpose) -> bool {
        let Some(link) = self.registry.get(node).and_then(|node| node.link) else {
            return false;
        };
        self.last_command = self.last_command.wrapping_add(1).max(1);
        let id = self.last_command;
        let commands = self.commands.entry(link).or_default();
        if commands.len() == UNANSWERED {
            commands.pop_first();
        }
        commands.insert(id, purpose);
        let epoch = self.config.epoch;
        let message = Command { id, epoch, order }.into();
        self.outputs.push_back(Output::ToNode { link, message });
        true
    }

    fn tell_all(&mut self, order: &Order) {
        let nodes: Vec<_> = self
            .registry
            .linked()
            .map(|(name, ..)| name.clone())
            .collect();
        for node in nodes {
            self.tell(&node, order.clone(), Purpose::Nothing);
        }
    }

    /// What the order was for that a node answers; none: there was no such.
    pub(super) fn purpose(&mut self, link: LinkId, id: u32, more: bool) -> Option<Purpose> {
        let commands = self.commands.get_mut(&link)?;
        if more {
            commands.get(&id).copied()
        } else {
            commands.remove(&id)
        }
    }

    pub(super) fn forget_link(&mut self, link: LinkId) {
        self.commands.remove(&link);
        self.library.forget(link);
    }

    /// A node has answered an order.
    pub(super) fn answered(&mut self, node: &Name, purpose: Purpose, outcome: Outcome) {
        let now = self.now;
        match purpose {
            Purpose::Nothing => {
                if let Outcome::Refused(why) = outcome {
                    self.note(format!("node {node} refuses: {}", why.text));
                }
            }
            Purpose::Sync { sync } => {
                match &outcome {
                    Outcome::Plan(plan) => self.registry.planned(node, plan),
                    Outcome::Changed(changed) => self.registry.changed(node, changed.version),
                    _ => {}
                }
                if let Some(rollout) = &mut self.rollout {
                    rollout.answered(now, node, sync, outcome);
                }
            }
            Purpose::PrepareRun { run } => {
                if let Some((load, _)) = self.loads.get_mut(&run) {
                    load.answered_prepare(now, node, outcome);
                }
            }
            Purpose::BeginRun { run, part } => {
                if let Some((load, _)) = self.loads.get_mut(&run) {
                    load.answered_begin(now, node, part, &outcome);
                }
            }
            Purpose::Question { question } => {
                for (operator, response) in self.questions.answered(question, node, outcome) {
                    self.respond(operator, response);
                }
            }
        }
    }

    fn tick(&mut self) {
        let now = self.now;
        if let Some(rollout) = &mut self.rollout {
            rollout.timeout(now);
        }
        self.drive_rollout();
        for (load, _) in self.loads.values_mut() {
            load.timeout(now);
        }
        self.drive_loads();
        for (operator, response) in self.questions.timeout(now) {
            self.respond(operator, response);
        }
    }
}
