//! A boot server: its brain, links and a disk.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::Duration;

use cluster_protocol::{Charter, Epoch, Message, Response, Role, Statement};

use super::super::event::Queue;
use super::super::{Birth, Clock, Effects, Input, LinkId, Random};
use super::Flaw;
use super::actor::{Disk, Greeting};
use super::releases::{CHARTER_KEY, Releases, Shelf, facts, sign, verifier};
use crate::controller::{
    self, ControllerBrain, ControllerConfig, LinkId as NodeLink, OperatorId, Output, Record,
};

/// A boot server.
pub(super) struct Boot {
    brain: ControllerBrain,
    links: BTreeMap<LinkId, Who>,
    /// What is being written to the disk.
    writing: Queue<Writing>,
    written_at: Duration,
    random: Random,
}

/// Who is at the other side of a link.
#[derive(Clone, Copy)]
enum Who {
    /// It has not said so yet.
    Stranger,
    Node,
    Operator,
}

enum Writing {
    Record { sequence: u64, record: Record },
    Audit { sequence: u64 },
}

impl Boot {
    pub fn new(birth: &mut Birth<'_, Disk>, flaw: Flaw, releases: Arc<Releases>) -> Self {
        let mut random = Random::new(birth.seed);
        let disk = &mut *birth.disk;
        // Kept before it starts.
        disk.epoch = Epoch {
            number: disk.epoch.number + 1,
            controller: random.seed(),
        };
        match flaw {
            Flaw::EpochNotKept => disk.epoch.number = 1,
            Flaw::ReleasesNotKept => disk.stored.releases.clear(),
            _ => {}
        }
        let mut facts = facts();
        if let Some(charter) = &disk.charter {
            facts.charter = charter.clone();
        }
        let config = ControllerConfig {
            facts,
            epoch: disk.epoch,
            keys: Vec::new(),
        };
        let charter = |charter: Charter| sign(&Statement::Charter(charter), CHARTER_KEY);
        let brain = ControllerBrain::new(
            config,
            disk.stored.clone(),
            verifier(flaw),
            Box::new(charter),
            Box::new(Shelf(releases)),
            random.seed(),
        );
        Self {
            brain,
            links: BTreeMap::new(),
            writing: Queue::default(),
            written_at: Duration::ZERO,
            random,
        }
    }

    pub fn handle(&mut self, clock: Clock, input: Input, effects: &mut Effects<'_, Disk>) {
        match input {
            Input::Start | Input::Timeout | Input::Datagram { .. } | Input::Opened(_) => {}
            Input::Accepted(link) => {
                self.links.insert(link, Who::Stranger);
            }
            Input::Received { link, bytes } => self.hear(clock, link, &bytes, effects),
            Input::Closed(link) => match self.links.remove(&link) {
                Some(Who::Node) => {
                    let link = NodeLink(link.0);
                    self.feed(clock, controller::Input::NodeDown { link }, effects);
                }
                Some(Who::Operator) => {
                    let operator = OperatorId(link.0);
                    self.feed(clock, controller::Input::OperatorDown { operator }, effects);
                }
                _ => {}
            },
        }
        while let Some(writing) = self.writing.take_due(clock.now) {
            let written = match writing {
                Writing::Record { sequence, record } => {
                    keep(effects.disk, record);
                    controller::Input::Persisted { sequence }
                }
                Writing::Audit { sequence } => controller::Input::Audited { sequence },
            };
            self.feed(clock, written, effects);
        }
        self.feed(clock, controller::Input::Timeout, effects);
    }

    pub fn next_timeout(&self) -> Option<Duration> {
        [self.brain.next_timeout(), self.writing.next()]
            .into_iter()
            .flatten()
            .min()
    }

    fn hear(&mut self, clock: Clock, link: LinkId, bytes: &[u8], effects: &mut Effects<'_, Disk>) {
        let input = match self.links.get(&link) {
            None => return,
            Some(Who::Stranger) => match pickler::decode(bytes) {
                Ok(Greeting::Node(name)) => {
                    self.links.insert(link, Who::Node);
                    controller::Input::NodeUp {
                        link: NodeLink(link.0),
                        name,
                        groups: Vec::new(),
                    }
                }
                Ok(Greeting::Operator(name)) => {
                    self.links.insert(link, Who::Operator);
                    controller::Input::OperatorUp {
                        operator: OperatorId(link.0),
                        name,
                        role: Role::Root,
                    }
                }
                Err(error) => return effects.note(format!("cannot read a greeting: {error}")),
            },
            Some(who) => match (who, pickler::decode::<Message>(bytes)) {
                (Who::Operator, Ok(Message::Request(request))) => {
                    controller::Input::OperatorRequest {
                        operator: OperatorId(link.0),
                        request: *request,
                    }
                }
                (Who::Node, Ok(message)) => controller::Input::NodeMessage {
                    link: NodeLink(link.0),
                    message,
                },
                _ => return effects.note("hears something that makes no sense"),
            },
        };
        self.feed(clock, input, effects);
    }

    fn feed(&mut self, clock: Clock, input: controller::Input, effects: &mut Effects<'_, Disk>) {
        self.brain.handle(clock.now, clock.wall / 1_000, input);
        while let Some(output) = self.brain.poll_output() {
            match output {
                Output::ToNode { link, message } => say(LinkId(link.0), &message, effects),
                Output::CloseLink { link } => self.close(LinkId(link.0), effects),
                Output::ToOperator { operator, response } => {
                    say(LinkId(operator.0), &Message::from(response), effects);
                }
                Output::CloseOperator { operator } => self.close(LinkId(operator.0), effects),
                Output::Persist { sequence, record } => {
                    self.write(clock.now, Writing::Record { sequence, record });
                }
                Output::Audit { sequence, .. } => {
                    self.write(clock.now, Writing::Audit { sequence });
                }
                Output::Local { operator, .. } => {
                    // Nobody asks for such things here.
                    say(LinkId(operator.0), &Message::from(Response::Done), effects);
                }
                Output::Charter(_) => {}
                Output::Note(line) => effects.note(line),
            }
        }
    }

    fn close(&mut self, link: LinkId, effects: &mut Effects<'_, Disk>) {
        self.links.remove(&link);
        effects.close(link);
    }

    /// Writing takes a while, and keeps its order.
    fn write(&mut self, now: Duration, writing: Writing) {
        let takes = self
            .random
            .time(Duration::from_micros(50), Duration::from_millis(30));
        self.written_at = self.written_at.max(now + takes);
        self.writing.plan(self.written_at, writing);
    }
}

fn say(link: LinkId, message: &Message, effects: &mut Effects<'_, Disk>) {
    match pickler::encode(message) {
        Ok(bytes) => effects.write(link, bytes),
        Err(error) => effects.note(format!("cannot write a message: {error}")),
    }
}

fn keep(disk: &mut Disk, record: Record) {
    match record {
        Record::State(state) => disk.stored.state = state,
        Record::Release(signed) => disk.stored.releases.push(signed),
        Record::Charter(signed) => disk.charter = Some(signed),
        Record::Forget { version } => disk.stored.releases.retain(|signed| {
            !matches!(
                pickler::decode(&signed.statement),
                Ok(Statement::Manifest(manifest)) if manifest.version == version
            )
        }),
    }
}
