//! A node: its brain, a host, and a link to the boot server.

use std::sync::Arc;
use std::time::Duration;

use cluster_protocol::{Address, Digest, Epoch, Message, Name, Order, Outcome, Peer, PeerKind};

use super::super::{Birth, Clock, Effects, Input, LinkId, Place, Random};
use super::Flaw;
use super::actor::{Disk, Greeting};
use super::host::Host;
use super::releases::{Releases, facts, verifier};
use crate::node::{self, NodeBrain, NodeConfig};

/// A node.
pub(super) struct Worker {
    name: Name,
    brain: NodeBrain,
    host: Host,
    /// Where boot servers are: more than one claims to be it, perhaps.
    boots: Vec<Address>,
    random: Random,
    link: Option<LinkId>,
    linked: bool,
    connect_at: Option<Duration>,
    /// The order to change that is being carried out.
    out: Option<Out>,
    epoch: Epoch,
    violation: Option<String>,
}

/// A node that was told to change.
struct Out {
    command: u32,
    answered: bool,
    /// The link was lost before the answer was given: the node boots again, or
    /// something broke.
    lost: bool,
}

/// The name of a node.
pub(super) fn name(place: Place) -> Name {
    format!("node-{:03}", place.0).into()
}

impl Worker {
    pub fn new(
        birth: &Birth<'_, Disk>,
        boots: Vec<Address>,
        host_takes: Duration,
        releases: Arc<Releases>,
    ) -> Self {
        let mut random = Random::new(birth.seed);
        let config = NodeConfig {
            peer: Peer {
                name: name(birth.place),
                address: birth.place.address(),
                generation: birth.clock.wall,
                kind: PeerKind::Worker,
            },
            groups: Vec::new(),
            facts: facts(),
            program: "simulated".into(),
            program_hash: Digest::default(),
            release_floor: 0,
            epoch: Epoch::default(),
        };
        Self {
            name: name(birth.place),
            brain: NodeBrain::new(config, verifier(Flaw::None), random.seed()),
            host: Host::new(releases, host_takes, random.seed(), birth.clock.now),
            boots,
            random,
            link: None,
            linked: false,
            connect_at: None,
            out: None,
            epoch: Epoch::default(),
            violation: None,
        }
    }

    pub fn brain(&self) -> &NodeBrain {
        &self.brain
    }

    pub fn host(&self) -> &Host {
        &self.host
    }

    pub fn is_linked(&self) -> bool {
        self.linked
    }

    /// Whether it was told to change and has not done so yet.
    pub fn is_out(&self) -> bool {
        self.out.is_some()
    }

    /// A promise that was broken in it.
    pub fn violation(&self) -> Option<&str> {
        let own = self.violation.as_deref();
        own.or(self.host.violation.as_deref())
    }

    pub fn handle(&mut self, clock: Clock, input: Input, effects: &mut Effects<'_, Disk>) {
        match input {
            Input::Start | Input::Timeout | Input::Datagram { .. } | Input::Accepted(_) => {}
            Input::Opened(link) => {
                if self.link == Some(link) {
                    self.linked = true;
                    self.feed(clock, node::Input::LinkUp, effects);
                }
            }
            Input::Received { link, bytes } => {
                if self.link == Some(link) {
                    match pickler::decode(&bytes) {
                        Ok(message) => self.hear(clock, message, effects),
                        Err(error) => effects.note(format!("cannot read a message: {error}")),
                    }
                }
            }
            Input::Closed(link) => {
                if self.link == Some(link) {
                    self.link = None;
                    self.lost_link();
                    self.feed(clock, node::Input::LinkDown, effects);
                }
            }
        }
        while let Some(event) = self.host.poll(clock.now) {
            self.feed(clock, node::Input::Host(event), effects);
        }
        // Also at the start: it may have something to say already.
        self.feed(clock, node::Input::Timeout, effects);
        if self.connect_at.is_some_and(|at| at <= clock.now) {
            self.connect(effects);
        }
        let back = |out: &Out| (out.answered || out.lost) && !self.host.is_busy();
        if self.out.as_ref().is_some_and(back) {
            self.out = None;
        }
    }

    pub fn next_timeout(&self) -> Option<Duration> {
        let times = [
            self.brain.next_timeout(),
            Some(self.host.next_timeout()),
            self.connect_at,
        ];
        times.into_iter().flatten().min()
    }

    fn connect(&mut self, effects: &mut Effects<'_, Disk>) {
        self.connect_at = None;
        let boot = self.boots[self.random.below(self.boots.len())];
        let link = effects.open(boot);
        effects.write(link, Greeting::Node(self.name.clone()).to_bytes());
        self.link = Some(link);
    }

    fn lost_link(&mut self) {
        self.linked = false;
        if let Some(out) = &mut self.out {
            out.lost = true;
        }
    }

    /// Gives the brain a message, and sees whether what comes of it may.
    fn hear(&mut self, clock: Clock, message: Message, effects: &mut Effects<'_, Disk>) {
        let known = self.brain.epoch();
        let order = match &message {
            Message::Command(command) => Some((command.id, command.epoch)),
            _ => None,
        };
        if let Message::Command(command) = &message
            && matches!(command.order, Order::Commit { .. })
        {
            self.out = Some(Out {
                command: command.id,
                answered: false,
                lost: false,
            });
        }
        let answers = self.feed(clock, node::Input::Link(message), effects);
        if let Some((id, epoch)) = order {
            let stale = epoch.number < known.number
                || (epoch.number == known.number && epoch.controller != known.controller);
            let refused = answers
                .iter()
                .all(|(answer, refused)| *answer != id || *refused);
            if stale && !refused {
                self.violation = Some(format!(
                    "an order of epoch {epoch} was obeyed, which is over"
                ));
            }
        }
    }

    /// Gives the brain an input and does what it says; gives the numbers of the
    /// answers, and whether each was a refusal.
    fn feed(
        &mut self,
        clock: Clock,
        input: node::Input,
        effects: &mut Effects<'_, Disk>,
    ) -> Vec<(u32, bool)> {
        let mut answers = Vec::new();
        self.brain.handle(clock.now, clock.wall / 1_000, input);
        while let Some(output) = self.brain.poll_output() {
            match output {
                node::Output::Link(message) => {
                    if let Message::Answer(answer) = &message {
                        let refused = matches!(answer.outcome, Outcome::Refused(_));
                        answers.push((answer.id, refused));
                        if let Some(out) = &mut self.out
                            && out.command == answer.id
                        {
                            out.answered = true;
                        }
                    }
                    self.say(&message, effects);
                }
                node::Output::Connect { after } => {
                    if let Some(link) = self.link.take() {
                        effects.close(link);
                    }
                    self.lost_link();
                    self.connect_at = Some(clock.now + after);
                }
                node::Output::Host(command) => self.host.command(clock.now, command),
                node::Output::Note(line) => effects.note(line),
                node::Output::Keys(_)
                | node::Output::Members(_)
                | node::Output::Charter(_)
                | node::Output::Left => {}
            }
        }
        let epoch = self.brain.epoch();
        if epoch.number < self.epoch.number
            || (epoch.number == self.epoch.number
                && epoch.controller != self.epoch.controller
                && self.epoch != Epoch::default())
        {
            let before = self.epoch;
            self.violation = Some(format!("went from epoch {before:?} to {epoch:?}"));
        }
        self.epoch = epoch;
        answers
    }

    fn say(&mut self, message: &Message, effects: &mut Effects<'_, Disk>) {
        if let Some(link) = self.link {
            match pickler::encode(message) {
                Ok(bytes) => effects.write(link, bytes),
                Err(error) => effects.note(format!("cannot write a message: {error}")),
            }
        }
    }
}
