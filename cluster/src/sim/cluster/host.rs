//! A host that runs nothing, but takes its time for it, and looks at what it
//! is given.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::Duration;

use cluster_protocol::{Application, ApplicationHealth, ApplicationState};

use super::super::Random;
use super::super::event::Queue;
use super::releases::{Releases, hash};
use crate::node::{ChangeResult, HostCommand, HostEvent, LoadedModule, Ticket, Trial};

/// Each so often it says how all fare.
const HEALTH: Duration = Duration::from_secs(1);

/// What runs.
pub(super) struct Instance {
    pub application: Application,
    faulty: bool,
    errors: u64,
}

/// A host that runs nothing.
pub(super) struct Host {
    releases: Arc<Releases>,
    takes: Duration,
    random: Random,
    instances: BTreeMap<Ticket, Instance>,
    later: Queue<HostEvent>,
    /// How many starts, stops and changes go on.
    busy: u32,
    next_health: Duration,
    /// What should not have been asked for.
    pub violation: Option<String>,
}

impl Host {
    /// One that takes that long for anything, at the most.
    pub fn new(releases: Arc<Releases>, takes: Duration, seed: u64, now: Duration) -> Self {
        Self {
            releases,
            takes,
            random: Random::new(seed),
            instances: BTreeMap::new(),
            later: Queue::default(),
            busy: 0,
            next_health: now + HEALTH,
            violation: None,
        }
    }

    /// What runs.
    pub fn running(&self) -> impl Iterator<Item = &Application> {
        self.instances.values().map(|it| &it.application)
    }

    /// Whether something is about to start, stop or change.
    pub fn is_busy(&self) -> bool {
        self.busy > 0
    }

    pub fn next_timeout(&self) -> Duration {
        self.next_health
            .min(self.later.next().unwrap_or(Duration::MAX))
    }

    /// What it says now, if anything.
    pub fn poll(&mut self, now: Duration) -> Option<HostEvent> {
        if let Some(event) = self.later.take_due(now) {
            match &event {
                HostEvent::Stopped { ticket } | HostEvent::StartFailed { ticket, .. } => {
                    self.instances.remove(ticket);
                    self.busy = self.busy.saturating_sub(1);
                }
                HostEvent::Started { .. } | HostEvent::Changed { .. } => {
                    self.busy = self.busy.saturating_sub(1);
                }
                _ => {}
            }
            return Some(event);
        }
        if now < self.next_health {
            return None;
        }
        self.next_health = now + HEALTH;
        for instance in self.instances.values_mut() {
            instance.errors += u64::from(instance.faulty) * 5;
        }
        let health = |instance: &Instance| ApplicationHealth {
            name: instance.application.name.clone(),
            state: ApplicationState::Running,
            restarts: 0,
            members: 10,
            behind: 0,
            errors: instance.errors,
            latency_p99: 1_000,
            work: 1,
        };
        Some(HostEvent::Health {
            applications: self.instances.values().map(health).collect(),
            memory: 1 << 20,
        })
    }

    /// Does what it is told, later on.
    pub fn command(&mut self, now: Duration, command: HostCommand) {
        let at = now + self.random.time(Duration::ZERO, self.takes);
        let event = match command {
            HostCommand::Try {
                ticket, modules, ..
            } => {
                self.inspect(&modules);
                let result = if holds(&modules, "unfit") {
                    Err("it would not run".to_owned())
                } else {
                    Ok(Trial::default())
                };
                HostEvent::Tried { ticket, result }
            }
            HostCommand::Start {
                ticket,
                application,
                modules,
                ..
            } => {
                self.inspect(&modules);
                self.busy += 1;
                let faulty = holds(&modules, "faulty");
                let instance = Instance {
                    application,
                    faulty,
                    errors: 0,
                };
                self.instances.insert(ticket, instance);
                if holds(&modules, "unstartable") {
                    let why = "it does not start".to_owned();
                    HostEvent::StartFailed { ticket, why }
                } else {
                    HostEvent::Started { ticket }
                }
            }
            HostCommand::Stop { ticket, .. } => {
                self.busy += 1;
                HostEvent::Stopped { ticket }
            }
            HostCommand::Change {
                ticket,
                instance,
                application,
                modules,
                ..
            } => {
                self.inspect(&modules);
                self.busy += 1;
                let result = match self.instances.get_mut(&instance) {
                    Some(_) if holds(&modules, "unstartable") => Err("it cannot".to_owned()),
                    Some(running) => {
                        running.application = application;
                        running.faulty = holds(&modules, "faulty");
                        Ok(ChangeResult {
                            moved: 10,
                            held: Vec::new(),
                            pauses: vec![100; 10],
                        })
                    }
                    None => Err("it does not run".to_owned()),
                };
                HostEvent::Changed { ticket, result }
            }
            HostCommand::Inspect { ticket } => HostEvent::Bots {
                ticket,
                bots: Vec::new(),
            },
            HostCommand::PrepareRun { ticket, .. } => HostEvent::RunPrepared {
                ticket,
                result: Ok(()),
            },
            HostCommand::Exec { .. } => HostEvent::ExecFailed {
                why: "there is no other program".to_owned(),
            },
            HostCommand::Environment(_)
            | HostCommand::BeginRun(_)
            | HostCommand::StopRun { .. } => return,
        };
        self.later.plan(at, event);
    }

    /// Nothing runs that was not signed for.
    fn inspect(&mut self, modules: &[LoadedModule]) {
        for module in modules {
            let name = &module.name;
            if hash(&module.bytes) != module.hash {
                self.violation = Some(format!("module {name} has not the hash that was signed"));
            } else if !self.releases.lists(&module.hash) {
                self.violation = Some(format!("module {name} is in no signed release"));
            }
        }
    }
}

fn holds(modules: &[LoadedModule], word: &str) -> bool {
    modules
        .iter()
        .any(|module| module.bytes.starts_with(word.as_bytes()))
}
