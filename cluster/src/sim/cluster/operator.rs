//! An operator, who publishes releases and asks for syncs.

use std::sync::Arc;
use std::time::Duration;

use cluster_protocol::{Address, Message, Request, Response, SyncRequest, Synced};

use super::super::{Clock, Effects, Input, LinkId};
use super::actor::{Disk, Greeting};
use super::releases::Releases;

/// How long it waits for an answer before it asks anew.
const PATIENCE: Duration = Duration::from_secs(90);
/// How long it waits before it asks anew.
const PAUSE: Duration = Duration::from_secs(3);
/// How often it asks for something that need not succeed.
const ATTEMPTS: u32 = 3;

/// Something to be asked for.
#[derive(Clone, Debug)]
pub(super) enum Step {
    /// Publish a release; again until it was.
    Publish(u64),
    /// Publish something that nobody of weight has signed: it must be refused.
    PublishUnsigned(Box<cluster_protocol::Signed>),
    /// Sync, whatever comes of it.
    Try(Box<SyncRequest>),
    /// Sync again and again until all nodes have changed.
    Insist(Box<SyncRequest>),
}

/// An operator.
pub(super) struct Operator {
    boot: Address,
    releases: Arc<Releases>,
    steps: Vec<Step>,
    step: usize,
    attempts: u32,
    link: Option<LinkId>,
    /// When it asks next, or has waited for long enough.
    next: Option<Duration>,
    /// What comes next need not wait for this time.
    not_before: Duration,
    synced: Option<Synced>,
    violation: Option<String>,
}

impl Operator {
    /// One that begins at `start`, but insists only from `insist` on.
    pub fn new(
        boot: Address,
        releases: Arc<Releases>,
        steps: Vec<Step>,
        start: Duration,
        insist: Duration,
    ) -> Self {
        Self {
            boot,
            releases,
            steps,
            step: 0,
            attempts: 0,
            link: None,
            next: Some(start),
            not_before: insist,
            synced: None,
            violation: None,
        }
    }

    /// How many steps it has behind it.
    pub fn steps_done(&self) -> usize {
        self.step
    }

    /// How the last sync ended.
    pub fn synced(&self) -> Option<&Synced> {
        self.synced.as_ref()
    }

    /// Whether it has got what it wanted.
    pub fn is_done(&self) -> bool {
        self.step >= self.steps.len()
    }

    /// A promise that was broken towards it.
    pub fn violation(&self) -> Option<&str> {
        self.violation.as_deref()
    }

    pub fn handle(&mut self, clock: Clock, input: Input, effects: &mut Effects<'_, Disk>) {
        match input {
            Input::Received { link, bytes } if self.link == Some(link) => {
                match pickler::decode::<Message>(&bytes) {
                    Ok(Message::Response(response)) => self.answered(clock, &response, effects),
                    _ => effects.note("hears something that makes no sense"),
                }
            }
            Input::Closed(link) if self.link == Some(link) => {
                self.link = None;
                self.tried(clock);
            }
            _ => {}
        }
        if !self.is_done() && self.next.is_some_and(|at| at <= clock.now) {
            if let Some(link) = self.link.take() {
                // It has waited for long enough.
                effects.close(link);
                self.tried(clock);
            } else {
                self.ask(clock, effects);
            }
        }
    }

    pub fn next_timeout(&self) -> Option<Duration> {
        self.next.filter(|_| !self.is_done())
    }

    fn ask(&mut self, clock: Clock, effects: &mut Effects<'_, Disk>) {
        let request = match &self.steps[self.step] {
            Step::Publish(version) => Request::Publish {
                manifest: self.releases.signed[version].clone(),
            },
            Step::PublishUnsigned(signed) => Request::Publish {
                manifest: Box::as_ref(signed).clone(),
            },
            Step::Insist(_) if clock.now < self.not_before => {
                self.next = Some(self.not_before);
                return;
            }
            Step::Try(request) | Step::Insist(request) => {
                Request::Sync(Box::as_ref(request).clone())
            }
        };
        let link = effects.open(self.boot);
        effects.write(link, Greeting::Operator("ada".into()).to_bytes());
        match pickler::encode(&Message::from(request)) {
            Ok(bytes) => effects.write(link, bytes),
            Err(error) => effects.note(format!("cannot write a message: {error}")),
        }
        self.link = Some(link);
        self.next = Some(clock.now + PATIENCE);
    }

    fn answered(&mut self, clock: Clock, response: &Response, effects: &mut Effects<'_, Disk>) {
        if matches!(response, Response::Progress(_)) {
            self.next = Some(clock.now + PATIENCE);
            return;
        }
        effects.note(format!("is answered {response:?}"));
        if let Response::Synced(synced) = response {
            self.synced = Some(synced.clone());
        }
        if let Some(link) = self.link.take() {
            effects.close(link);
        }
        let good = match (&self.steps[self.step], response) {
            (Step::PublishUnsigned(_), Response::Done) => {
                self.violation = Some("a release was published that nobody has signed".to_owned());
                true
            }
            (Step::Insist(request), Response::Synced(synced)) => {
                synced.failed.is_empty() && synced.version == request.version
            }
            (Step::Publish(_), Response::Done)
            | (Step::PublishUnsigned(_), Response::Refused(_))
            | (Step::Try(_), Response::Synced(_)) => true,
            _ => false,
        };
        if good {
            self.go_on(clock);
        } else {
            self.tried(clock);
        }
    }

    /// It did not work out.
    fn tried(&mut self, clock: Clock) {
        self.attempts += 1;
        self.next = Some(clock.now + PAUSE);
        if self.attempts >= ATTEMPTS && matches!(self.steps[self.step], Step::Try(_)) {
            self.go_on(clock);
        }
    }

    fn go_on(&mut self, clock: Clock) {
        self.step += 1;
        self.attempts = 0;
        self.next = Some(clock.now + PAUSE);
    }
}
