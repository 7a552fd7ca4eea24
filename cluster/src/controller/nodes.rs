//! What nodes say to the boot server.

use std::time::Duration;

use cluster_protocol::{
    Epoch, Fetch, Hello, Liveness, Message, Name, Order, Outcome, PROTOCOL_VERSION, Refusal,
    Refused, Report, Revocation, Welcome,
};

use super::brain::{After, ControllerBrain, Purpose};
use super::registry::Node;
use super::{LinkId, OperatorId, Output, Record};
use crate::release::{Release, applies_to};

/// How many members a node is told of, to begin with.
const MEMBERS: usize = 64;
/// How long a node may run something else than it is to before it is told again.
const REMIND: Duration = Duration::from_secs(10);
/// How many groups a node joins.
const GROUPS: usize = 64;

impl ControllerBrain {
    pub(super) fn node_up(&mut self, link: LinkId, name: Name, groups: Vec<Name>) {
        self.registry.up(link, name, groups);
    }

    pub(super) fn node_down(&mut self, link: LinkId) {
        self.forget_link(link);
        if let Some(node) = self.registry.down(link) {
            self.node_lost(&node);
        }
    }

    fn node_lost(&mut self, node: &Name) {
        let now = self.now;
        if let Some(rollout) = &mut self.rollout {
            rollout.node_lost(now, node);
        }
        for (load, _) in self.loads.values_mut() {
            load.node_lost(now, node);
        }
        for (operator, response) in self.questions.lost(node) {
            self.respond(operator, response);
        }
    }

    fn close(&mut self, link: LinkId) {
        self.outputs.push_back(Output::CloseLink { link });
        self.node_down(link);
    }

    pub(super) fn node_message(&mut self, link: LinkId, message: Message) {
        let Some(entry) = self.registry.link(link) else {
            // It was closed, and more was under way.
            return;
        };
        let (name, welcome) = (entry.name.clone(), entry.welcome);
        match message {
            Message::Hello(hello) if !welcome => self.hello(link, &name, *hello),
            Message::Refused(refused) => {
                self.note(format!("node {name} refuses: {}", refused.text));
            }
            _ if !welcome => {
                self.note(format!("node {name} says {} before HELLO", message.name()));
                self.close(link);
            }
            Message::Answer(answer) => {
                let more = matches!(answer.outcome, Outcome::Bots { more: true, .. });
                if let Some(purpose) = self.purpose(link, answer.id, more) {
                    self.answered(&name, purpose, answer.outcome);
                }
            }
            Message::Report(report) => self.report(link, &name, *report),
            Message::Fetch(fetch) => self.fetch(link, &name, *fetch),
            other => {
                self.note(format!(
                    "node {name} says {}, which is not for it",
                    other.name()
                ));
                self.close(link);
            }
        }
    }

    fn hello(&mut self, link: LinkId, name: &Name, hello: Hello) {
        if let Err(refused) = self.check_hello(link, name, &hello) {
            self.note(format!("node {name} is refused: {}", refused.text));
            let message = refused.into();
            self.outputs.push_back(Output::ToNode { link, message });
            return self.close(link);
        }
        let before = self.registry.get(name);
        let changed_by = before.and_then(|before| before.planned.or(before.changed_by));
        let node = Node {
            peer: hello.peer,
            liveness: Liveness::Alive,
            link: None,
            program: hello.program,
            groups: hello.groups.clone(),
            release: hello.release,
            health: cluster_protocol::Health::default(),
            heard: self.now,
            told: self.now,
            planned: None,
            changed_by,
        };
        if let Some(before) = self.registry.get(name).and_then(|node| node.link) {
            self.close(before);
        }
        self.registry.welcome(link, node);
        self.say_welcome(name, link);
        let now = self.now;
        if let Some(rollout) = &mut self.rollout
            && (rollout.has(name) || applies_to(&rollout.state().request.groups, &hello.groups))
        {
            rollout.node_back(now, name, hello.release);
        }
        for (load, _) in self.loads.values_mut() {
            let run = load.run().order().run;
            load.node_back(now, name, hello.runs.contains(&run));
        }
        for run in hello.runs {
            if !self.loads.contains_key(&run) {
                // It began under a boot server that is no more.
                self.tell(name, Order::StopRun { run }, Purpose::Nothing);
            }
        }
    }

    fn check_hello(&self, link: LinkId, name: &Name, hello: &Hello) -> Result<(), Refused> {
        let refused = |reason, text: String| {
            let text = text.into();
            Err(Refused { reason, text })
        };
        if hello.protocol != PROTOCOL_VERSION {
            let text = format!(
                "the boot server speaks version {PROTOCOL_VERSION} of the protocol, the node {}",
                hello.protocol
            );
            return refused(Refusal::Version, text);
        }
        if hello.peer.name != *name {
            return refused(Refusal::NotAuthorised, "the name is another's".to_owned());
        }
        let allowed = self
            .registry
            .link(link)
            .map_or(&[][..], |link| &link.allowed);
        let foreign = hello.groups.iter().find(|group| !allowed.contains(group));
        if let Some(group) = foreign {
            return refused(
                Refusal::NotAuthorised,
                format!("it may not join the group {group}"),
            );
        }
        if hello.groups.len() > GROUPS {
            return refused(
                Refusal::Invalid,
                format!("it joins more than {GROUPS} groups"),
            );
        }
        if is_over(self.config.epoch, hello.epoch) {
            let own = self.config.epoch;
            let text = if hello.epoch.number == own.number {
                format!("another controller of epoch {own} drives")
            } else {
                format!("epoch {} drives, not {own}", hello.epoch)
            };
            return refused(Refusal::Epoch, text);
        }
        Ok(())
    }

    /// Lets a node in, or tells it anew what it is to run.
    fn say_welcome(&mut self, name: &Name, link: LinkId) {
        let Some(node) = self.registry.get(name) else {
            return;
        };
        let version = self.releases.desired(name, &node.groups);
        let release = self.releases.get(version).map(Release::signed);
        let welcome = Welcome {
            protocol: PROTOCOL_VERSION,
            epoch: self.config.epoch,
            charter: self.charter.signed().clone(),
            keys: self.config.keys.clone(),
            release: release.into_iter().cloned().collect(),
            rollback: self.releases.rollbacks_to(&self.authority, version),
            members: self.registry.members(MEMBERS),
        };
        let message = welcome.into();
        self.outputs.push_back(Output::ToNode { link, message });
        self.registry.told(self.now, name);
    }

    /// Tells a node again what it is to run, if it says that it runs something
    /// else: one that stood still while a sync went on without it does at last
    /// what it was told in that.
    fn remind(&mut self, name: &Name, link: LinkId) {
        let Some(node) = self.registry.get(name) else {
            return;
        };
        let desired = self.releases.desired(name, &node.groups);
        let strays = desired != 0 && desired != node.release;
        if strays && self.rollout.is_none() && node.told + REMIND <= self.now {
            self.say_welcome(name, link);
        }
    }

    /// Tells nodes that run something else what they are to run.
    pub(super) fn nudge_all(&mut self) {
        let strays: Vec<_> = self
            .registry
            .linked()
            .filter(|(name, node, _)| {
                let desired = self.releases.desired(name, &node.groups);
                desired != 0 && desired != node.release
            })
            .map(|(name, _, link)| (name.clone(), link))
            .collect();
        for (name, link) in strays {
            self.say_welcome(&name, link);
        }
    }

    fn report(&mut self, link: LinkId, name: &Name, report: Report) {
        let now = self.now;
        let Some((_, node)) = self.registry.node_on(link) else {
            return;
        };
        node.heard = now;
        match report {
            Report::Health(health) => {
                node.release = health.release;
                node.health = health.clone();
                if let Some(rollout) = &mut self.rollout {
                    rollout.health(now, name, &health);
                }
                self.remind(name, link);
            }
            Report::Run(stats) => {
                if let Some((load, _)) = self.loads.get_mut(&stats.run) {
                    load.counted(name, stats);
                }
            }
            Report::Groups(groups) => {
                let allowed = self
                    .registry
                    .link(link)
                    .map_or(&[][..], |link| &link.allowed);
                if groups.iter().any(|group| !allowed.contains(group)) || groups.len() > GROUPS {
                    self.note(format!("node {name} joins a group that it may not"));
                    return self.close(link);
                }
                if let Some((_, node)) = self.registry.node_on(link) {
                    node.groups = groups;
                }
                self.say_welcome(name, link);
            }
            Report::Leaving => {
                self.note(format!("node {name} leaves"));
                self.close(link);
                self.registry.leave(name);
            }
        }
    }

    fn fetch(&mut self, link: LinkId, name: &Name, fetch: Fetch) {
        if self.library.ask(link, fetch).is_err() {
            self.note(format!(
                "node {name} asks for more than it takes; its link is closed"
            ));
            self.close(link);
        }
    }

    /// Somebody is not to be let in any more: all are told, links are closed.
    pub(super) fn revoke(&mut self, operator: Option<OperatorId>, revocation: Revocation) {
        let name = revocation.name.clone();
        match self.charter.revoke(revocation, self.wall) {
            Ok(signed) => {
                self.persist(Record::Charter(signed), Some(After::PushCharter));
                if let Some(operator) = operator {
                    self.respond_when_kept(operator);
                }
            }
            Err(why) => {
                if let Some(operator) = operator {
                    self.refuse(operator, Refusal::Failed, &why);
                }
            }
        }
        for link in self.registry.links_of(&name) {
            self.close(link);
        }
        let operators = self.operators.iter().filter(|(_, own)| own.name == name);
        let operators: Vec<_> = operators.map(|(id, _)| *id).collect();
        for operator in operators {
            self.outputs.push_back(Output::CloseOperator { operator });
            self.operator_down(operator);
        }
    }
}

/// Whether an epoch has been followed by another.
fn is_over(own: Epoch, obeyed: Epoch) -> bool {
    obeyed.number > own.number
        || (obeyed.number == own.number && obeyed.controller != own.controller)
}
