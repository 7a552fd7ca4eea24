//! Orders of the boot server, and the change to another release: prepared
//! first, carried out when it is told to, or as soon as it is ready if the node
//! itself wants it.

use std::collections::BTreeMap;
use std::time::Duration;

use cluster_protocol::{By, Changed, Digest, Module, Name, Outcome, Plan, Refusal};

use super::brain::NodeBrain;
use super::change::{Change, ChangeStep, End};
use super::supervisor::{Fate, Spec};
use super::{ChangeResult, HostCommand, NodeConfig, Ticket, Trial};
use crate::release::{Difference, Release};

/// How long the host may take to try applications.
const TRIAL: Duration = Duration::from_secs(60);

/// Who wants a change.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Origin {
    /// The node, which was told on WELCOME what it is to run.
    Own,
    /// The boot server, by a sync.
    Sync { sync: u64, command: u32 },
}

/// How far a change has come.
pub(super) enum Phase {
    Fetching,
    /// The host has yet to say whether these would run.
    Trying {
        waiting: BTreeMap<Ticket, usize>,
        deadline: Duration,
    },
    Ready,
    Changing(Box<Change>),
}

/// A release that the node gets ready for, or changes to.
pub(super) struct Pending {
    pub origin: Origin,
    pub release: Release,
    pub difference: Difference,
    pub needed: Vec<Module>,
    pub phase: Phase,
    pub bytes: u64,
    pub pause: u64,
}

impl Pending {
    pub fn new(
        origin: Origin,
        release: Release,
        difference: Difference,
        config: &NodeConfig,
    ) -> Self {
        let program = release
            .program()
            .filter(|program| program.hash != config.program_hash);
        let mut needed: Vec<_> = program.into_iter().cloned().collect();
        // A node that is about to become another program drops all else.
        if needed.is_empty() || origin != Origin::Own {
            let applications = release.applications_for(&config.groups);
            needed.extend(applications.flat_map(|application| application.modules.iter().cloned()));
        }
        Self {
            origin,
            difference,
            needed,
            phase: Phase::Fetching,
            bytes: 0,
            pause: 0,
            release,
        }
    }

    /// The modules that it takes.
    pub fn needed(&self) -> &[Module] {
        &self.needed
    }

    /// Whether it can no longer be called off.
    pub fn is_changing(&self) -> bool {
        matches!(self.phase, Phase::Changing(_))
    }

    pub fn is_own_for(&self, release: &Release) -> bool {
        self.origin == Origin::Own && self.release == *release
    }

    pub fn deadline(&self) -> Option<Duration> {
        match &self.phase {
            Phase::Trying { deadline, .. } => Some(*deadline),
            Phase::Changing(change) => Some(change.deadline()),
            Phase::Fetching | Phase::Ready => None,
        }
    }

    /// Whether it is what a sync has prepared.
    pub fn is_of(&self, wanted: u64) -> bool {
        matches!(self.origin, Origin::Sync { sync, .. } if sync == wanted)
    }

    /// What would change, or is ready to.
    pub fn plan(&self, sync: u64, from: u64) -> Plan {
        Plan {
            sync,
            from,
            to: self.release.version(),
            steps: self.difference.steps.clone(),
            bytes: self.bytes,
            pause: self.pause,
        }
    }
}

impl NodeBrain {
    /// Modules have come, or were there all along.
    pub(super) fn modules_came(&mut self) {
        self.runs.advance(&mut self.context, &self.modules);
        let Some(pending) = &mut self.pending else {
            return;
        };
        let complete = pending
            .needed
            .iter()
            .all(|module| self.modules.holds(module));
        if !matches!(pending.phase, Phase::Fetching) || !complete {
            return;
        }
        let own = pending.origin == Origin::Own;
        if own && pending.difference.restarts() {
            return self.begin_restart();
        }
        if own && self.current.is_none() {
            let release = pending.release.clone();
            return self.start_all(release);
        }
        let mut waiting = BTreeMap::new();
        for (index, step) in pending.difference.steps.iter().enumerate() {
            let mut applications = pending.release.applications_for(&self.config.groups);
            let application = applications.find(|application| application.name == step.application);
            let Some(application) = application else {
                continue;
            };
            let Some(modules) = self.modules.load(&application.modules) else {
                continue;
            };
            let ticket = self.context.ticket();
            let by_process = step.by == By::Process;
            let instance = self.supervisor.running(&step.application);
            self.context.host(HostCommand::Try {
                ticket,
                application: application.clone(),
                modules,
                instance: instance.filter(|_| by_process),
            });
            waiting.insert(ticket, index);
        }
        let deadline = self.context.now + TRIAL;
        pending.phase = Phase::Trying { waiting, deadline };
        self.trials_done();
    }

    /// The host has tried an application.
    pub(super) fn tried(&mut self, ticket: Ticket, result: Result<Trial, String>) {
        let Some(pending) = &mut self.pending else {
            return;
        };
        let Phase::Trying { waiting, .. } = &mut pending.phase else {
            return;
        };
        let Some(index) = waiting.remove(&ticket) else {
            return;
        };
        let step = &mut pending.difference.steps[index];
        match result {
            Ok(trial) => {
                step.members = step.members.max(trial.members);
                pending.pause = pending.pause.max(trial.pause);
                self.trials_done();
            }
            Err(why) => {
                let why = format!("application {}: {why}", step.application);
                self.give_up(&why);
            }
        }
    }

    fn trials_done(&mut self) {
        let from = self.release();
        let Some(pending) = &mut self.pending else {
            return;
        };
        match &pending.phase {
            Phase::Trying { waiting, .. } if waiting.is_empty() => pending.phase = Phase::Ready,
            _ => return,
        }
        match pending.origin {
            Origin::Own => self.begin_change(),
            Origin::Sync { sync, command } => {
                let plan = pending.plan(sync, from);
                self.context.answer(command, Outcome::Plan(plan));
            }
        }
    }

    /// A module cannot be had: what takes it is given up, unless the node has
    /// nothing else to run.
    pub(super) fn module_failed(&mut self, hash: Digest, why: &str) {
        self.runs.module_failed(&mut self.context, &hash, why);
        let needs = self.pending.as_ref().and_then(|pending| {
            let module = pending.needed.iter().find(|module| module.hash == hash)?;
            (pending.origin != Origin::Own).then(|| module.name.clone())
        });
        match needs {
            Some(name) => self.give_up(&format!("the module {name}: {why}")),
            None => self.want_modules(),
        }
    }

    /// Gives up what is pending: the node stays on the release that it runs.
    pub(super) fn give_up(&mut self, why: &str) {
        let Some(pending) = self.pending.take() else {
            return;
        };
        let version = pending.release.version();
        self.context
            .note(format!("does not change to release {version}: {why}"));
        if let Origin::Sync { command, .. } = pending.origin {
            self.context.refuse(command, Refusal::Failed, why);
        }
        self.want_modules();
        self.retry_later();
        if self.groups_changed {
            self.rejoin();
        }
    }

    pub(super) fn begin_change(&mut self) {
        let Some(pending) = &self.pending else {
            return;
        };
        let release = pending.release.clone();
        let environment = self.environment_of(Some(&release));
        let mut steps = Vec::new();
        for step in &pending.difference.steps {
            let name = &step.application;
            let new = self.spec_of(&release, name);
            let old = self.supervisor.spec(name).cloned();
            steps.push(ChangeStep::new(name.clone(), step.by, old, new));
        }
        let change = Change::begin(&mut self.context, &mut self.supervisor, steps, environment);
        if let Some(pending) = &mut self.pending {
            pending.phase = Phase::Changing(Box::new(change));
        }
        self.change_done();
    }

    fn spec_of(&self, release: &Release, name: &Name) -> Option<Spec> {
        let mut applications = release.applications_for(&self.config.groups);
        let application = applications.find(|application| application.name == *name)?;
        Some(Spec {
            application: application.clone(),
            modules: self.modules.load(&application.modules)?,
        })
    }

    pub(super) fn changed(&mut self, ticket: Ticket, result: Result<ChangeResult, String>) {
        if let Some(pending) = &mut self.pending
            && let Phase::Changing(change) = &mut pending.phase
        {
            change.changed(&mut self.context, &mut self.supervisor, ticket, result);
            self.change_done();
        }
    }

    pub(super) fn change_heard(&mut self, name: &Name, instance: Ticket, fate: &Fate) {
        if let Some(pending) = &mut self.pending
            && let Phase::Changing(change) = &mut pending.phase
        {
            change.heard(
                &mut self.context,
                &mut self.supervisor,
                name,
                instance,
                fate,
            );
            self.change_done();
        }
    }

    pub(super) fn pending_timeout(&mut self) {
        let now = self.context.now;
        let Some(pending) = &mut self.pending else {
            return;
        };
        match &mut pending.phase {
            Phase::Trying { deadline, .. } if *deadline <= now => {
                self.give_up("the host takes too long to try it");
            }
            Phase::Changing(change) => {
                change.timeout(&mut self.context, &mut self.supervisor);
                self.change_done();
            }
            _ => {}
        }
    }

    fn change_done(&mut self) {
        let Some(pending) = &mut self.pending else {
            return;
        };
        let Phase::Changing(change) = &mut pending.phase else {
            return;
        };
        match change.end(self.context.now) {
            None => {}
            Some(End::TakenBack(why)) => self.give_up(&why),
            Some(End::Changed(changed)) => {
                let (release, origin) = (pending.release.clone(), pending.origin);
                self.finish(release, origin, changed);
            }
        }
    }

    fn finish(&mut self, release: Release, origin: Origin, changed: Changed) {
        let names: Vec<_> = self
            .supervisor
            .applications()
            .iter()
            .map(|a| a.name.clone())
            .collect();
        // Those that did not change for what runs may have for the node: their
        // restart policy, their groups.
        for name in names {
            if let Some(spec) = self.spec_of(&release, &name) {
                self.supervisor.replace_spec(spec);
            }
        }
        let version = release.version();
        self.context
            .note(format!("has changed to release {version}"));
        self.runs_release(release);
        self.apply_environment();
        if let Origin::Sync { sync, command } = origin {
            self.desired = None;
            let changed = Changed {
                sync,
                version,
                ..changed
            };
            self.last = Some(changed.clone());
            self.context.answer(command, Outcome::Changed(changed));
        }
        if self.groups_changed {
            self.rejoin();
        }
    }

    /// Forgets what a sync has prepared, and goes back to what the node itself
    /// is about.
    pub(super) fn forget_prepared(&mut self) {
        let prepared = self
            .pending
            .as_ref()
            .is_some_and(|pending| pending.origin != Origin::Own && !pending.is_changing());
        if prepared {
            self.pending = None;
            self.want_modules();
            self.take_up_desired();
        }
    }

    /// What the restart that begins now is about: the release, its program if
    /// that is another, and whom to answer. Nothing is pending any more.
    pub(super) fn take_pending(&mut self) -> Option<(Release, Origin)> {
        let pending = self.pending.take()?;
        Some((pending.release, pending.origin))
    }
}
