//! The node's brain: who is told of what happens.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::Duration;

use cluster_protocol::{
    Application, ApplicationHealth, BotState, Changed, Epoch, Health, Message, Name, Outcome,
    Report, Signed,
};

use super::boot::{Desired, LinkState};
use super::charter::CharterKeeper;
use super::context::Context;
use super::modules::{Fetched, Modules};
use super::restart::Restart;
use super::runs::Runs;
use super::supervisor::{Fate, Supervisor};
use super::sync::Pending;
use super::{HostCommand, HostEvent, Input, NodeConfig, Output, Ticket};
use crate::release::{Authority, Release, Verify};

/// How often a node says how it fares.
const HEALTH: Duration = Duration::from_secs(1);
/// How many pieces that nobody asked for end a link.
const OFFENCES: u32 = 16;
/// How many bytes of bots go into one answer.
const BOTS_BYTES: usize = 256 << 10;

/// The node's brain.
pub struct NodeBrain {
    pub(super) config: NodeConfig,
    pub(super) authority: Authority,
    pub(super) context: Context,
    pub(super) link: LinkState,
    /// The greatest epoch that was obeyed.
    pub(super) epoch: Epoch,
    pub(super) charter: CharterKeeper,
    pub(super) modules: Modules,
    pub(super) supervisor: Supervisor,
    pub(super) runs: Runs,
    /// The release that the node is wholly on.
    pub(super) current: Option<Release>,
    /// The version below which it takes leave to go.
    pub(super) floor: u64,
    /// What the boot server said at last that the node is to run.
    pub(super) desired: Option<Desired>,
    pub(super) pending: Option<Pending>,
    pub(super) restart: Option<Restart>,
    /// What came of the last sync.
    pub(super) last: Option<Changed>,
    /// The greatest number of a sync in this epoch.
    pub(super) last_sync: u64,
    /// The node has joined other groups while it changed.
    pub(super) groups_changed: bool,
    counted: Vec<ApplicationHealth>,
    memory: u64,
    next_health: Duration,
    offences: u32,
    /// Questions that the host has yet to answer, and the orders they came from.
    pub(super) inspections: BTreeMap<Ticket, u32>,
}

impl NodeBrain {
    /// One that has just been started; its first output asks for the link.
    /// `seed` is where all its random choices come from.
    pub fn new(config: NodeConfig, verify: Arc<dyn Verify>, seed: u64) -> Self {
        let authority = Authority::new(&config.facts, verify);
        let mut context = Context::new(seed);
        context.outputs.push_back(Output::Connect {
            after: Duration::ZERO,
        });
        let charter = CharterKeeper::new(config.facts.charter.clone(), &authority);
        let environment = charter.environment(&[], &config.groups, &config.peer.name);
        let mut supervisor = Supervisor::default();
        supervisor.set_environment(&mut context, environment);
        Self {
            authority,
            context,
            link: LinkState::default(),
            epoch: config.epoch,
            charter,
            modules: Modules::default(),
            supervisor,
            runs: Runs::default(),
            current: None,
            floor: config.release_floor,
            desired: None,
            pending: None,
            restart: None,
            last: None,
            last_sync: 0,
            groups_changed: false,
            counted: Vec::new(),
            memory: 0,
            next_health: Duration::ZERO,
            offences: 0,
            inspections: BTreeMap::new(),
            config,
        }
    }

    /// Takes what happens. `now` is the time since any moment, the same for all
    /// calls; `wall` is in seconds since 1970.
    pub fn handle(&mut self, now: Duration, wall: u64, input: Input) {
        self.context.now = now;
        self.context.wall = wall;
        match input {
            Input::LinkUp => self.link_up(),
            Input::Link(message) => self.message(message),
            Input::LinkDown => self.link_down(),
            Input::Host(event) => self.host_event(event),
            Input::Charter(signed) => {
                self.take_charter(&signed);
            }
            Input::Groups(groups) => self.join(groups),
            Input::Leave => self.leave(),
            Input::Timeout => {}
        }
        self.tick();
    }

    /// What is to be done next, if anything.
    pub fn poll_output(&mut self) -> Option<Output> {
        self.context.outputs.pop_front()
    }

    /// When it wants [`Input::Timeout`], at the latest.
    pub fn next_timeout(&self) -> Option<Duration> {
        let linked = self.link.is_welcome();
        let times = [
            self.link.deadline(),
            linked.then_some(self.next_health),
            self.modules.next_timeout(linked),
            self.pending.as_ref().and_then(Pending::deadline),
            self.restart.as_ref().and_then(Restart::deadline),
            self.desired.as_ref().and_then(Desired::retry_at),
        ];
        times.into_iter().flatten().min()
    }

    /// The version of the release that it runs; 0 if none.
    pub fn release(&self) -> u64 {
        self.current.as_ref().map_or(0, Release::version)
    }

    /// The greatest epoch that it has obeyed.
    pub fn epoch(&self) -> Epoch {
        self.epoch
    }

    /// The charter in force.
    pub fn charter(&self) -> &Signed {
        self.charter.signed()
    }

    /// The applications that it runs, or tries to.
    pub fn applications(&self) -> Vec<&Application> {
        self.supervisor.applications()
    }

    fn message(&mut self, message: Message) {
        match message {
            Message::Welcome(welcome) => self.welcome(*welcome),
            Message::Refused(refused) => self.refused(&refused),
            _ if !self.link.is_welcome() => {
                let name = message.name();
                self.context
                    .note(format!("{name} came before WELCOME, and is ignored"));
            }
            Message::Command(command) => self.command(*command),
            Message::Piece(piece) => {
                let fetched = self.modules.piece(self.context.now, &piece);
                self.fetched(fetched);
            }
            Message::Missing(missing) => {
                let fetched = self.modules.missing(self.context.now, &missing);
                self.fetched(fetched);
            }
            other => {
                let name = other.name();
                self.offend(&format!(
                    "the boot server says {name}, which makes no sense here"
                ));
            }
        }
    }

    fn fetched(&mut self, fetched: Fetched) {
        match fetched {
            Fetched::Part => {}
            Fetched::Whole(_) => self.modules_came(),
            Fetched::Failed {
                hash,
                why,
                hopeless,
            } => {
                self.context.note(format!(
                    "the boot server is to blame: module {hash:.12}: {why}"
                ));
                if hopeless {
                    self.module_failed(hash, &why);
                }
            }
            Fetched::Unasked => self.offend("the boot server sends what nobody asked for"),
        }
    }

    /// Takes note of nonsense; enough of it ends the link.
    pub(super) fn offend(&mut self, what: &str) {
        self.offences += 1;
        if self.offences == 1 {
            self.context.note(what);
        }
        if self.offences >= OFFENCES {
            self.offences = 0;
            self.context
                .note(format!("{what}, again and again; the link is made anew"));
            self.reconnect();
        }
    }

    fn host_event(&mut self, event: HostEvent) {
        match event {
            HostEvent::Tried { ticket, result } => self.tried(ticket, result),
            HostEvent::Started { ticket } => self.fate(ticket, &Fate::Started),
            HostEvent::StartFailed { ticket, why } => self.fate(ticket, &Fate::StartFailed(why)),
            HostEvent::Stopped { ticket } => self.fate(ticket, &Fate::Stopped),
            HostEvent::Exited { ticket, why } => self.fate(ticket, &Fate::Exited(why)),
            HostEvent::Changed { ticket, result } => self.changed(ticket, result),
            HostEvent::Bots { ticket, bots } => {
                if let Some(command) = self.inspections.remove(&ticket) {
                    self.answer_bots(command, bots);
                }
            }
            HostEvent::Health {
                applications,
                memory,
            } => {
                self.counted = applications;
                self.memory = memory;
            }
            HostEvent::RunPrepared { ticket, result } => {
                self.runs.prepared(&mut self.context, ticket, result);
                self.want_modules();
            }
            HostEvent::RunStats(stats) => {
                let linked = self.link.is_welcome();
                self.runs.counted(&mut self.context, stats, linked);
            }
            HostEvent::ExecFailed { why } => self.exec_failed(&why),
        }
    }

    fn fate(&mut self, instance: Ticket, fate: &Fate) {
        let name = self.supervisor.heard(&mut self.context, instance, fate);
        if let Some(name) = name {
            self.change_heard(&name, instance, fate);
        }
        self.restart_heard(instance, fate);
    }

    fn answer_bots(&mut self, command: u32, bots: Vec<BotState>) {
        let mut bots = bots.into_iter().peekable();
        loop {
            let mut chunk = Vec::new();
            let mut bytes = 0;
            while bytes < BOTS_BYTES
                && chunk.len() < usize::from(u16::MAX)
                && let Some(bot) = bots.next()
            {
                bytes += 64 + bot.name.len() + bot.script.len() + bot.waits_for.len();
                chunk.push(bot);
            }
            let more = bots.peek().is_some();
            self.context
                .answer(command, Outcome::Bots { more, bots: chunk });
            if !more {
                return;
            }
        }
    }

    /// Takes a charter if it is newer, and says whether it holds.
    pub(super) fn take_charter(&mut self, signed: &Signed) -> bool {
        match self.charter.offer(signed, &self.authority) {
            Ok(true) => {
                self.context
                    .outputs
                    .push_back(Output::Charter(signed.clone()));
                self.apply_environment();
                true
            }
            Ok(false) => true,
            Err(error) => {
                self.context.note(format!("a charter is refused: {error}"));
                false
            }
        }
    }

    /// The variables that applications of a release see here.
    pub(super) fn environment_of(
        &self,
        release: Option<&Release>,
    ) -> Vec<cluster_protocol::Variable> {
        let variables = release.map_or(&[][..], |release| &release.manifest().environment);
        self.charter
            .environment(variables, &self.config.groups, &self.config.peer.name)
    }

    pub(super) fn apply_environment(&mut self) {
        let environment = self.environment_of(self.current.as_ref());
        self.supervisor
            .set_environment(&mut self.context, environment);
    }

    /// How many bots an application has, as far as the host has said.
    pub(super) fn members_of(&self, name: &Name) -> u32 {
        let mut counted = self.counted.iter();
        counted
            .find(|health| health.name == *name)
            .map_or(0, |health| health.members)
    }

    /// Keeps the modules that run, are to run, or belong to runs; asks for those
    /// that lack.
    pub(super) fn want_modules(&mut self) {
        let running = self
            .supervisor
            .specs()
            .flat_map(|spec| &spec.application.modules);
        let pending = self.pending.iter().flat_map(Pending::needed);
        let wanted: Vec<_> = running.chain(pending).chain(self.runs.modules()).collect();
        self.modules.want(wanted);
    }

    fn tick(&mut self) {
        let now = self.context.now;
        self.link_timeout();
        self.pending_timeout();
        self.restart_timeout();
        self.retry_desired();
        if !self.link.is_welcome() {
            return;
        }
        if self.modules.stalled(now) {
            self.context
                .note("the boot server does not answer; the link is made anew");
            return self.reconnect();
        }
        for fetch in self.modules.ask(now) {
            self.context.link(fetch);
        }
        if self.next_health <= now {
            self.next_health = now + HEALTH;
            let health = Health {
                release: self.release(),
                applications: self.supervisor.health(&self.counted),
                memory: self.memory,
            };
            self.context.link(Report::Health(health));
        }
    }

    /// Orders of the boot server that ask for what the host knows.
    pub(super) fn inspect(&mut self, command: u32) {
        let ticket = self.context.ticket();
        if self.inspections.len() >= 64 {
            self.inspections.pop_first();
        }
        self.inspections.insert(ticket, command);
        self.context.host(HostCommand::Inspect { ticket });
    }
}
