//! One change from a release to another: all of it, or none.
//!
//! What can fail without harm comes first: changes by process, then stops, then
//! starts. When something fails, what was done is taken back in the same order,
//! and the old release goes on.

use std::collections::BTreeMap;
use std::time::Duration;

use cluster_protocol::{By, Changed, Name, Variable};

use super::context::Context;
use super::held::Held;
use super::supervisor::{Fate, Spec, Supervisor};
use super::{ChangeResult, HostCommand, Ticket};

/// How long the host may take for one phase.
const PHASE: Duration = Duration::from_secs(30);

/// One application's part.
pub(super) struct ChangeStep {
    name: Name,
    by: By,
    /// What is run; none: it is new.
    old: Option<Spec>,
    /// What is to be run; none: it goes.
    new: Option<Spec>,
    done: Done,
}

impl ChangeStep {
    pub fn new(name: Name, by: By, old: Option<Spec>, new: Option<Spec>) -> Self {
        Self {
            name,
            by,
            old,
            new,
            done: Done::Nothing,
        }
    }
}

/// How far an application's part has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Done {
    /// It is as it was.
    Nothing,
    /// Its bots run the new code.
    Moved,
    /// Nobody knows: its instance has to go.
    Unclear,
    /// The old one has stopped.
    Stopped,
    /// The new one has been started.
    Started,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Phase {
    Move,
    Stop,
    Start,
    Finished,
    MoveBack,
    StopNew,
    StartOld,
    TakenBack,
}

/// How a change ended.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum End {
    /// All of it was done.
    Changed(Changed),
    /// None of it was done: why.
    TakenBack(String),
}

/// A change that goes on.
pub(super) struct Change {
    steps: Vec<ChangeStep>,
    phase: Phase,
    /// What the host has yet to answer, and for which step.
    waiting: BTreeMap<Ticket, usize>,
    environment: Vec<Variable>,
    old_environment: Vec<Variable>,
    began: Duration,
    deadline: Duration,
    moved: u32,
    held: Held,
    pauses: Vec<u64>,
    failure: Option<String>,
}

impl Change {
    /// Begins; `environment` is that of the new release.
    pub fn begin(
        context: &mut Context,
        supervisor: &mut Supervisor,
        mut steps: Vec<ChangeStep>,
        environment: Vec<Variable>,
    ) -> Self {
        for step in &mut steps {
            supervisor.attend(&step.name, true);
            // What does not run has no bots that could go on.
            if step.by == By::Process && supervisor.running(&step.name).is_none() {
                step.by = By::Application;
            }
        }
        let mut change = Self {
            steps,
            phase: Phase::Move,
            waiting: BTreeMap::new(),
            environment,
            old_environment: supervisor.environment().to_vec(),
            began: context.now,
            deadline: context.now + PHASE,
            moved: 0,
            held: Held::default(),
            pauses: Vec::new(),
            failure: None,
        };
        change.enter(context, supervisor, Phase::Move);
        change.advance(context, supervisor);
        change
    }

    /// How it ended, if it has.
    pub fn end(&mut self, now: Duration) -> Option<End> {
        match self.phase {
            Phase::Finished => {
                self.pauses.sort_unstable();
                let pause = |percent: usize| {
                    let last = self.pauses.len().checked_sub(1);
                    last.map_or(0, |last| self.pauses[last * percent / 100])
                };
                Some(End::Changed(Changed {
                    sync: 0,
                    version: 0,
                    moved: self.moved,
                    held: std::mem::take(&mut self.held.first),
                    held_in_all: self.held.count,
                    pauses: [pause(50), pause(99), pause(100)],
                    took: micros(now.saturating_sub(self.began)),
                }))
            }
            Phase::TakenBack => {
                let why = self.failure.take();
                Some(End::TakenBack(why.unwrap_or_default()))
            }
            _ => None,
        }
    }

    /// Until when the host may take.
    pub fn deadline(&self) -> Duration {
        self.deadline
    }

    /// What came of a change by process.
    pub fn changed(
        &mut self,
        context: &mut Context,
        supervisor: &mut Supervisor,
        ticket: Ticket,
        result: Result<ChangeResult, String>,
    ) {
        let Some(index) = self.waiting.remove(&ticket) else {
            return;
        };
        let step = &mut self.steps[index];
        match (self.phase, result) {
            (Phase::Move, Ok(result)) => {
                step.done = Done::Moved;
                self.moved = self.moved.saturating_add(result.moved);
                self.held.extend(result.held);
                self.pauses.extend(result.pauses);
                if let Some(new) = step.new.clone() {
                    supervisor.replace_spec(new);
                }
            }
            (Phase::MoveBack, Ok(_)) => {
                step.done = Done::Nothing;
                if let Some(old) = step.old.clone() {
                    supervisor.replace_spec(old);
                }
            }
            (Phase::MoveBack, Err(_)) => step.done = Done::Unclear,
            (_, Ok(_)) => {}
            (_, Err(why)) => {
                let name = step.name.clone();
                self.fail(&name, &why);
            }
        }
        self.advance(context, supervisor);
    }

    /// What has become of an application's instance, of which the supervisor
    /// has been told.
    pub fn heard(
        &mut self,
        context: &mut Context,
        supervisor: &mut Supervisor,
        name: &Name,
        instance: Ticket,
        fate: &Fate,
    ) {
        let Some(index) = self.steps.iter().position(|step| step.name == *name) else {
            return;
        };
        let stops = matches!(self.phase, Phase::Stop | Phase::StopNew);
        if stops && *fate == Fate::Started {
            // It had only just been started when it was told to stop.
            return;
        }
        let waited_for = self.waiting.remove(&instance).is_some();
        match (self.phase, fate) {
            (Phase::Stop, _) if waited_for => self.steps[index].done = Done::Stopped,
            (
                Phase::Move | Phase::Stop | Phase::Start,
                Fate::StartFailed(why) | Fate::Exited(why),
            ) => {
                // Whoever was to change in it, or was just started, is gone.
                self.waiting.retain(|_, waiting| *waiting != index);
                let step = &mut self.steps[index];
                if self.phase != Phase::Start || step.done == Done::Moved {
                    step.done = Done::Unclear;
                }
                self.fail(name, why);
            }
            (Phase::MoveBack, Fate::StartFailed(_) | Fate::Exited(_)) => {
                self.waiting.retain(|_, waiting| *waiting != index);
                self.steps[index].done = Done::Unclear;
            }
            _ => {}
        }
        self.advance(context, supervisor);
    }

    /// Time has passed.
    pub fn timeout(&mut self, context: &mut Context, supervisor: &mut Supervisor) {
        if self.waiting.is_empty() || context.now < self.deadline {
            return;
        }
        let late: Vec<usize> = std::mem::take(&mut self.waiting).into_values().collect();
        for index in late {
            let step = &mut self.steps[index];
            match self.phase {
                Phase::Move | Phase::MoveBack => step.done = Done::Unclear,
                Phase::Stop => step.done = Done::Stopped,
                _ => {}
            }
            let name = step.name.clone();
            self.fail(&name, "the host takes too long");
        }
        self.advance(context, supervisor);
    }

    fn fail(&mut self, name: &Name, why: &str) {
        if self.phase < Phase::Finished && self.failure.is_none() {
            self.failure = Some(format!("application {name}: {why}"));
        }
    }

    fn advance(&mut self, context: &mut Context, supervisor: &mut Supervisor) {
        while self.waiting.is_empty() && !matches!(self.phase, Phase::Finished | Phase::TakenBack) {
            let next = match self.phase {
                Phase::Move | Phase::Stop | Phase::Start if self.failure.is_some() => {
                    Phase::MoveBack
                }
                Phase::Move => Phase::Stop,
                Phase::Stop => Phase::Start,
                Phase::MoveBack => Phase::StopNew,
                Phase::StopNew => Phase::StartOld,
                Phase::Start | Phase::Finished => Phase::Finished,
                Phase::StartOld | Phase::TakenBack => Phase::TakenBack,
            };
            self.enter(context, supervisor, next);
        }
    }

    fn enter(&mut self, context: &mut Context, supervisor: &mut Supervisor, phase: Phase) {
        self.phase = phase;
        self.deadline = context.now + PHASE;
        match phase {
            Phase::Start => supervisor.set_environment(context, self.environment.clone()),
            Phase::StartOld => supervisor.set_environment(context, self.old_environment.clone()),
            _ => {}
        }
        for (index, step) in self.steps.iter_mut().enumerate() {
            let name = &step.name;
            let waits_for = match phase {
                Phase::Move if step.by == By::Process => {
                    change(context, supervisor, name, step.new.as_ref(), false)
                }
                Phase::MoveBack if step.done == Done::Moved => {
                    let ticket = change(context, supervisor, name, step.old.as_ref(), true);
                    if ticket.is_none() {
                        step.done = Done::Unclear;
                    }
                    ticket
                }
                Phase::Stop if step.by != By::Process => {
                    let ticket = supervisor.stop(context, name);
                    if ticket.is_none() {
                        step.done = Done::Stopped;
                    }
                    ticket
                }
                Phase::StopNew if matches!(step.done, Done::Unclear | Done::Started) => {
                    step.done = Done::Stopped;
                    supervisor.stop(context, name)
                }
                Phase::Start if step.done == Done::Stopped => {
                    step.done = Done::Started;
                    step.new
                        .clone()
                        .map(|new| supervisor.start(context, new, true))
                }
                Phase::StartOld if step.done == Done::Stopped => {
                    step.done = Done::Nothing;
                    if step.old.is_none() {
                        supervisor.remove(name);
                    }
                    let old = step.old.clone();
                    old.map(|old| supervisor.start(context, old, true))
                }
                Phase::Finished if step.new.is_none() => {
                    supervisor.remove(name);
                    None
                }
                _ => None,
            };
            self.waiting.extend(waits_for.map(|ticket| (ticket, index)));
        }
        if matches!(phase, Phase::Finished | Phase::TakenBack) {
            supervisor.release_all(context);
        }
    }
}

fn change(
    context: &mut Context,
    supervisor: &Supervisor,
    name: &Name,
    spec: Option<&Spec>,
    revert: bool,
) -> Option<Ticket> {
    let instance = supervisor.running(name)?;
    let spec = spec?;
    let ticket = context.ticket();
    context.host(HostCommand::Change {
        ticket,
        instance,
        application: spec.application.clone(),
        modules: spec.modules.clone(),
        revert,
    });
    Some(ticket)
}

fn micros(time: Duration) -> u64 {
    u64::try_from(time.as_micros()).unwrap_or(u64::MAX)
}
