//! The applications that run, and what is done when one of them ends: it is
//! started anew, until it has failed too often.

use std::collections::{BTreeMap, VecDeque};
use std::time::Duration;

use cluster_protocol::{Application, ApplicationHealth, ApplicationState, Name, Variable};

use super::context::Context;
use super::{HostCommand, LoadedModule, Ticket};

/// An application and all that it takes to start it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Spec {
    pub application: Application,
    pub modules: Vec<LoadedModule>,
}

/// What has become of an instance.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Fate {
    Started,
    StartFailed(String),
    Stopped,
    Exited(String),
}

struct Supervised {
    spec: Spec,
    instance: Ticket,
    state: ApplicationState,
    restarts: u32,
    /// When it failed, within the period of its restart policy.
    failures: VecDeque<Duration>,
    /// A change sees to it: it is not started anew meanwhile.
    attended: bool,
}

/// The applications that run.
#[derive(Default)]
pub(super) struct Supervisor {
    applications: BTreeMap<Name, Supervised>,
    environment: Vec<Variable>,
}

impl Supervisor {
    /// What is run, by name.
    pub fn applications(&self) -> Vec<&Application> {
        self.applications
            .values()
            .map(|supervised| &supervised.spec.application)
            .collect()
    }

    /// The modules of all that runs, running or failed.
    pub fn specs(&self) -> impl Iterator<Item = &Spec> {
        self.applications
            .values()
            .map(|supervised| &supervised.spec)
    }

    pub fn spec(&self, name: &Name) -> Option<&Spec> {
        Some(&self.applications.get(name)?.spec)
    }

    /// The instance of an application that is known to run.
    pub fn running(&self, name: &Name) -> Option<Ticket> {
        let supervised = self.applications.get(name)?;
        (supervised.state == ApplicationState::Running).then_some(supervised.instance)
    }

    /// The instance of an application that may run: the host was told to start
    /// it, and has not said that it ended.
    pub fn instance(&self, name: &Name) -> Option<Ticket> {
        let supervised = self.applications.get(name)?;
        match supervised.state {
            ApplicationState::Failed(_) => None,
            _ => Some(supervised.instance),
        }
    }

    /// Which application an instance is of.
    pub fn name_of(&self, instance: Ticket) -> Option<&Name> {
        let mut all = self.applications.iter();
        all.find(|(_, supervised)| supervised.instance == instance)
            .map(|(name, _)| name)
    }

    pub fn environment(&self) -> &[Variable] {
        &self.environment
    }

    /// The variables that applications see from now on; those that run are told.
    pub fn set_environment(&mut self, context: &mut Context, environment: Vec<Variable>) {
        if self.environment != environment {
            self.environment = environment;
            context.host(HostCommand::Environment(self.environment.clone()));
        }
    }

    /// Starts an application, in the place of one of the same name.
    pub fn start(&mut self, context: &mut Context, spec: Spec, attended: bool) -> Ticket {
        let instance = context.ticket();
        context.host(HostCommand::Start {
            ticket: instance,
            application: spec.application.clone(),
            modules: spec.modules.clone(),
            environment: self.environment.clone(),
        });
        let supervised = Supervised {
            instance,
            state: ApplicationState::Starting,
            restarts: 0,
            failures: VecDeque::new(),
            attended,
            spec,
        };
        self.applications
            .insert(supervised.spec.application.name.clone(), supervised);
        instance
    }

    /// Tells the host to stop an application, if it may run.
    pub fn stop(&mut self, context: &mut Context, name: &Name) -> Option<Ticket> {
        let ticket = self.instance(name)?;
        let supervised = self.applications.get_mut(name)?;
        supervised.state = ApplicationState::Stopping;
        supervised.attended = true;
        let name = name.clone();
        context.host(HostCommand::Stop { ticket, name });
        Some(ticket)
    }

    /// Forgets an application.
    pub fn remove(&mut self, name: &Name) {
        self.applications.remove(name);
    }

    /// From now on, the application is the one of `spec`: it has changed, or
    /// only what does not show while it runs.
    pub fn replace_spec(&mut self, spec: Spec) {
        if let Some(supervised) = self.applications.get_mut(&spec.application.name) {
            supervised.spec = spec;
        }
    }

    /// A change sees to the application, or no longer does.
    pub fn attend(&mut self, name: &Name, attended: bool) {
        if let Some(supervised) = self.applications.get_mut(name) {
            supervised.attended = attended;
        }
    }

    /// No change sees to any application any more: those that ended meanwhile
    /// are started anew, or given up.
    pub fn release_all(&mut self, context: &mut Context) {
        let names: Vec<_> = self.applications.keys().cloned().collect();
        for name in names {
            let Some(supervised) = self.applications.get_mut(&name) else {
                continue;
            };
            if !std::mem::take(&mut supervised.attended) {
                continue;
            }
            if let ApplicationState::Failed(why) = &supervised.state {
                let why = why.to_string();
                self.restart(context, &name, &why);
            }
        }
    }

    /// What the host says of an instance. Of one that is not known any more it
    /// says nothing of interest.
    pub fn heard(&mut self, context: &mut Context, instance: Ticket, fate: &Fate) -> Option<Name> {
        let name = self.name_of(instance)?.clone();
        let supervised = self.applications.get_mut(&name)?;
        let why = match fate {
            Fate::Started => {
                if supervised.state == ApplicationState::Starting {
                    supervised.state = ApplicationState::Running;
                }
                return Some(name);
            }
            Fate::Stopped => "it was stopped".to_owned(),
            Fate::StartFailed(why) | Fate::Exited(why) => why.clone(),
        };
        supervised.state = ApplicationState::Failed(why.as_str().into());
        if !supervised.attended {
            self.restart(context, &name, &why);
        }
        Some(name)
    }

    /// Starts an application anew, unless it has failed too often.
    fn restart(&mut self, context: &mut Context, name: &Name, why: &str) {
        let Some(supervised) = self.applications.get_mut(name) else {
            return;
        };
        let policy = supervised.spec.application.restart;
        let period = Duration::from_secs(policy.period.into());
        let now = context.now;
        supervised.failures.push_back(now);
        while supervised
            .failures
            .front()
            .is_some_and(|first| *first + period < now)
        {
            supervised.failures.pop_front();
        }
        if supervised.failures.len() > usize::from(policy.intensity) {
            let count = supervised.failures.len();
            let why = format!("{why}; failed {count} times within {} s", policy.period);
            context.note(format!("application {name} is given up: {why}"));
            supervised.state = ApplicationState::Failed(why.into());
            return;
        }
        context.note(format!(
            "application {name} has ended, and is started anew: {why}"
        ));
        let (restarts, failures) = (
            supervised.restarts,
            std::mem::take(&mut supervised.failures),
        );
        let spec = supervised.spec.clone();
        self.start(context, spec, false);
        if let Some(supervised) = self.applications.get_mut(name) {
            supervised.restarts = restarts.saturating_add(1);
            supervised.failures = failures;
        }
    }

    /// How each application fares: what the host counts, and what is known here.
    pub fn health(&self, counted: &[ApplicationHealth]) -> Vec<ApplicationHealth> {
        let fares = |(name, supervised): (&Name, &Supervised)| {
            let counted = counted.iter().find(|health| health.name == *name);
            let zero = ApplicationHealth {
                name: name.clone(),
                state: ApplicationState::Starting,
                restarts: 0,
                members: 0,
                behind: 0,
                errors: 0,
                latency_p99: 0,
                work: 0,
            };
            ApplicationHealth {
                state: supervised.state.clone(),
                restarts: supervised.restarts,
                ..counted.cloned().unwrap_or(zero)
            }
        };
        self.applications.iter().map(fares).collect()
    }
}
