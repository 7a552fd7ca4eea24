//! The link to the boot server, and what a node does once it has been let in:
//! take up the release that it is to run.

use std::time::Duration;

use cluster_protocol::{
    Epoch, Hello, Name, PROTOCOL_VERSION, Refusal, Refused, Report, Signed, Way, Welcome,
};

use super::Output;
use super::brain::NodeBrain;
use super::restart::Restart;
use super::supervisor::Spec;
use super::sync::{Origin, Pending};
use crate::release::{Difference, Release};

/// How long the boot server may take to answer HELLO.
const WELCOME: Duration = Duration::from_secs(10);
/// How long a node waits before it connects again, doubled each time.
const FIRST_PAUSE: Duration = Duration::from_millis(500);
const LONGEST_PAUSE: Duration = Duration::from_secs(30);
/// How long a node waits before it tries again to take up the release that it
/// is to run.
const RETRY: Duration = Duration::from_secs(30);

/// How long it may take to make a link, the pause before it not counted: whoever
/// makes it gives up before that, or has forgotten it.
const CONNECT: Duration = Duration::from_secs(30);

/// How the link stands.
#[derive(Default)]
pub(super) struct LinkState {
    standing: Standing,
    /// Attempts since a WELCOME.
    attempts: u32,
    greeting_ends: Duration,
    /// Until when a link is to be made that was asked for.
    connecting_ends: Option<Duration>,
}

#[derive(Clone, Copy, Default, PartialEq, Eq)]
enum Standing {
    #[default]
    Down,
    Greeting,
    Welcome,
}

impl LinkState {
    /// Whether the node was let in on it.
    pub fn is_welcome(&self) -> bool {
        self.standing == Standing::Welcome
    }

    pub fn deadline(&self) -> Option<Duration> {
        match self.standing {
            Standing::Down => self.connecting_ends,
            Standing::Greeting => Some(self.greeting_ends),
            Standing::Welcome => None,
        }
    }
}

/// The release that the boot server wants the node to run.
pub(super) struct Desired {
    release: Signed,
    rollbacks: Vec<Signed>,
    retry_at: Option<Duration>,
}

impl Desired {
    pub fn retry_at(&self) -> Option<Duration> {
        self.retry_at
    }
}

impl NodeBrain {
    pub(super) fn link_up(&mut self) {
        self.modules.link_changed(self.context.now);
        self.link.standing = Standing::Greeting;
        self.link.greeting_ends = self.context.now + WELCOME;
        let hello = Hello {
            protocol: PROTOCOL_VERSION,
            program: self.config.program.clone(),
            program_hash: self.config.program_hash,
            peer: self.config.peer.clone(),
            groups: self.config.groups.clone(),
            release: self.release(),
            epoch: self.epoch,
            runs: self.runs.numbers(),
        };
        self.context.link(hello);
    }

    pub(super) fn link_down(&mut self) {
        // What came over the link is of no use any more: orders are answered
        // on the link that they came on.
        self.reconnect();
    }

    /// Closes the link, and makes a new one after a pause that grows, unless the
    /// node leaves.
    pub(super) fn reconnect(&mut self) {
        let doubled = FIRST_PAUSE.saturating_mul(1 << self.link.attempts.min(10));
        let after = self.context.jittered(doubled.min(LONGEST_PAUSE));
        self.reconnect_after(after);
    }

    pub(super) fn reconnect_after(&mut self, after: Duration) {
        self.link.attempts = self.link.attempts.saturating_add(1);
        self.link.standing = Standing::Down;
        self.link.connecting_ends = Some(self.context.now + after + CONNECT);
        self.modules.link_changed(self.context.now);
        self.inspections.clear();
        if !self.restart.as_ref().is_some_and(Restart::leaves) {
            self.context.outputs.push_back(Output::Connect { after });
        }
    }

    pub(super) fn link_timeout(&mut self) {
        let now = self.context.now;
        // The first link is asked for before there is a time.
        let connecting_ends = self.link.connecting_ends.get_or_insert(now + CONNECT);
        let connecting_ends = *connecting_ends;
        match self.link.standing {
            Standing::Down if connecting_ends <= now => {
                self.context
                    .note("no link to the boot server could be made");
                self.reconnect();
            }
            Standing::Greeting if self.link.greeting_ends <= now => {
                self.context.note("the boot server does not answer HELLO");
                self.reconnect();
            }
            Standing::Down | Standing::Greeting | Standing::Welcome => {}
        }
    }

    /// Whether an epoch is to be obeyed; if so, it is from now on.
    pub(super) fn obey(&mut self, epoch: Epoch) -> Result<(), String> {
        let own = self.epoch;
        if epoch.number < own.number {
            return Err(format!("epoch {epoch} is over: epoch {own} drives"));
        }
        if epoch.number == own.number && epoch.controller != own.controller {
            return Err(format!("another controller of epoch {own} drives"));
        }
        if epoch != own {
            self.epoch = epoch;
            self.last_sync = 0;
            self.forget_prepared();
        }
        Ok(())
    }

    pub(super) fn welcome(&mut self, welcome: Welcome) {
        if self.link.standing == Standing::Down {
            return;
        }
        if welcome.protocol != PROTOCOL_VERSION {
            let text = format!(
                "this node speaks version {PROTOCOL_VERSION} of the protocol, the boot server {}",
                welcome.protocol
            );
            return self.turn_away(Refusal::Version, text);
        }
        if let Err(text) = self.obey(welcome.epoch) {
            return self.turn_away(Refusal::Epoch, text);
        }
        if !self.link.is_welcome() {
            self.link.standing = Standing::Welcome;
            self.link.attempts = 0;
            self.runs.linked(&mut self.context);
        }
        self.take_charter(&welcome.charter);
        if !welcome.keys.is_empty() {
            self.context.outputs.push_back(Output::Keys(welcome.keys));
        }
        if !welcome.members.is_empty() {
            self.context
                .outputs
                .push_back(Output::Members(welcome.members));
        }
        if let Some(release) = welcome.release.into_iter().next() {
            self.desired = Some(Desired {
                release,
                rollbacks: welcome.rollback,
                retry_at: None,
            });
            self.take_up_desired();
        }
    }

    /// Refuses the boot server.
    fn turn_away(&mut self, reason: Refusal, text: String) {
        self.context
            .note(format!("the boot server is refused: {text}"));
        let text = text.into();
        self.context.link(Refused { reason, text });
        self.reconnect();
    }

    pub(super) fn refused(&mut self, refused: &Refused) {
        if self.link.is_welcome() {
            self.offend("the boot server refuses what nobody asked it for");
        } else {
            let text = &refused.text;
            self.context
                .note(format!("the boot server refuses: {text}"));
            let after = self.context.jittered(LONGEST_PAUSE);
            self.reconnect_after(after);
        }
    }

    /// Gets ready for the release that the node is to run, if it is another.
    pub(super) fn take_up_desired(&mut self) {
        let Some(desired) = &mut self.desired else {
            return;
        };
        desired.retry_at = None;
        if self.restart.is_some() || self.pending.as_ref().is_some_and(Pending::is_changing) {
            desired.retry_at = Some(self.context.now + RETRY);
            return;
        }
        if self
            .current
            .as_ref()
            .is_some_and(|current| *current.signed() == desired.release)
        {
            return;
        }
        let wall = self.context.wall;
        let checked =
            self.authority
                .next_release(&desired.release, &desired.rollbacks, self.floor, wall);
        match checked {
            Ok(release)
                if self
                    .current
                    .as_ref()
                    .is_some_and(|own| own.manifest() == release.manifest()) => {}
            Ok(release) => {
                if let Some(why) = self.objection(&release) {
                    return self.refuse_desired(why);
                }
                self.take_up(release);
            }
            Err(error) => self.refuse_desired(error.refusal()),
        }
    }

    fn refuse_desired(&mut self, refused: Refused) {
        self.context
            .note(format!("a release is refused: {}", refused.text));
        self.context.link(refused);
    }

    /// Why a release that is signed cannot be taken all the same.
    pub(super) fn objection(&self, release: &Release) -> Option<Refused> {
        let current = self.current.as_ref();
        let twin = current.is_some_and(|current| {
            current.version() == release.version() && current.manifest() != release.manifest()
        });
        let text = if twin {
            format!("there is another release of version {}", release.version())
        } else if release
            .modules()
            .any(|module| self.modules.contradicts(module))
        {
            "a module's size is wrong".to_owned()
        } else {
            return None;
        };
        Some(Refused {
            reason: Refusal::Invalid,
            text: text.into(),
        })
    }

    /// Gets ready for a release, and changes to it as soon as that is done.
    fn take_up(&mut self, release: Release) {
        let own = self
            .pending
            .as_ref()
            .is_some_and(|pending| pending.is_own_for(&release));
        if own {
            return;
        }
        let difference = self.difference(&release, Way::Cheapest);
        let pending = Pending::new(Origin::Own, release, difference, &self.config);
        self.pending = Some(pending);
        self.want_modules();
        self.modules_came();
    }

    pub(super) fn difference(&self, release: &Release, way: Way) -> Difference {
        let running = self.supervisor.applications();
        let mut difference = Difference::between(
            &running,
            release,
            &self.config.groups,
            self.config.program_hash,
            way,
        );
        for step in &mut difference.steps {
            step.members = self.members_of(&step.application);
        }
        difference
    }

    /// Starts all applications of a release, on a node that runs none. Each is
    /// on its own: one that fails is started anew or given up, and the others
    /// run.
    pub(super) fn start_all(&mut self, release: Release) {
        let environment = self.environment_of(Some(&release));
        self.supervisor
            .set_environment(&mut self.context, environment);
        for application in release.applications_for(&self.config.groups) {
            if let Some(modules) = self.modules.load(&application.modules) {
                let application = application.clone();
                let spec = Spec {
                    application,
                    modules,
                };
                self.supervisor.start(&mut self.context, spec, false);
            }
        }
        self.context
            .note(format!("boots release {}", release.version()));
        self.runs_release(release);
    }

    /// The node is wholly on a release.
    pub(super) fn runs_release(&mut self, release: Release) {
        self.floor = release.version();
        self.current = Some(release);
        self.pending = None;
        self.want_modules();
    }

    /// Tries the release that is wanted again some time.
    pub(super) fn retry_later(&mut self) {
        if let Some(desired) = &mut self.desired {
            desired.retry_at = Some(self.context.now + RETRY);
        }
    }

    pub(super) fn retry_desired(&mut self) {
        let due = self.desired.as_ref().and_then(Desired::retry_at);
        if due.is_some_and(|at| at <= self.context.now) {
            self.take_up_desired();
        }
    }

    /// The node has joined other groups: what it runs follows.
    pub(super) fn join(&mut self, groups: Vec<Name>) {
        if self.config.groups == groups {
            return;
        }
        self.config.groups = groups;
        if self.link.is_welcome() {
            self.context
                .link(Report::Groups(self.config.groups.clone()));
        }
        self.apply_environment();
        if self.restart.is_some() || self.pending.as_ref().is_some_and(Pending::is_changing) {
            self.groups_changed = true;
            return;
        }
        self.rejoin();
    }

    /// Changes to what the node's groups run in the release that it is on.
    pub(super) fn rejoin(&mut self) {
        self.groups_changed = false;
        self.pending = None;
        match self.current.clone() {
            Some(release) => self.take_up(release),
            None => self.take_up_desired(),
        }
    }
}
