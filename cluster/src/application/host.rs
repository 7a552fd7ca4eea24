//! Runs applications, as the node's brain asks.

use std::collections::{BTreeMap, HashMap};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use cluster_protocol::{
    Application as Entry, ApplicationHealth, ApplicationKind, ApplicationState, RunBegin, RunOrder,
    RunStats, Variable,
};
use tokio::sync::mpsc::{UnboundedReceiver, UnboundedSender, unbounded_channel};
use tokio::sync::watch;
use tokio::task::spawn_blocking;

use super::instance::{Beginning, Instance, Task};
use super::{Environment, RunPart, try_out, try_scripts};
use crate::node::{HostCommand, HostEvent, LoadedModule, Ticket, Trial};

/// How often counts of a run are reported.
const REPORT_EVERY: Duration = Duration::from_millis(500);
/// What a bot's pause is taken to be before one was measured, in microseconds.
const USUAL_PAUSE: u64 = 300;

/// Runs applications and parts of runs.
pub struct Host {
    node: String,
    instances: BTreeMap<Ticket, Instance>,
    environment: Environment,
    prepared: HashMap<u64, (RunOrder, Vec<LoadedModule>)>,
    runs: HashMap<(u64, u32), Arc<Part>>,
    events: UnboundedSender<HostEvent>,
}

/// A part of a run, from its beginning to its end.
struct Part {
    /// None before it begins and after it has ended.
    running: Mutex<Option<RunPart>>,
    stop: watch::Sender<bool>,
}

impl Host {
    /// A host that runs nothing, on the node of that name, and what it says.
    pub fn new(node: &str) -> (Self, UnboundedReceiver<HostEvent>) {
        let (events, said) = unbounded_channel();
        let host = Self {
            node: node.to_owned(),
            instances: BTreeMap::new(),
            environment: Environment::new(),
            prepared: HashMap::new(),
            runs: HashMap::new(),
            events,
        };
        (host, said)
    }

    /// Does what the brain asks; events tell what came of it. `Exec` is for
    /// whoever owns the process.
    pub fn handle(&mut self, command: HostCommand) {
        match command {
            HostCommand::Try {
                ticket,
                application,
                modules,
                instance,
            } => self.try_out(ticket, application, modules, instance),
            HostCommand::Start {
                ticket,
                application,
                modules,
                environment,
            } => {
                let beginning = Beginning {
                    ticket,
                    entry: application,
                    modules,
                    environment: by_name(environment),
                    node: self.node.clone(),
                };
                let instance = Instance::start(beginning, self.events.clone());
                self.instances.insert(ticket, instance);
            }
            HostCommand::Stop { ticket, .. } => match self.instances.remove(&ticket) {
                Some(instance) => instance.tell(Task::Stop),
                None => self.say(HostEvent::Stopped { ticket }),
            },
            HostCommand::Change {
                ticket,
                instance,
                modules,
                ..
            } => match self.instances.get(&instance) {
                Some(instance) => instance.tell(Task::Change(ticket, modules)),
                None => self.say(HostEvent::Changed {
                    ticket,
                    result: Err("it does not run".into()),
                }),
            },
            HostCommand::Environment(variables) => {
                self.environment = by_name(variables);
                for instance in self.instances.values() {
                    instance.set_environment(&self.environment);
                }
                for part in self.runs.values() {
                    if let Some(run) = &*part.lock() {
                        run.set_environment(&self.environment);
                    }
                }
            }
            HostCommand::Inspect { ticket } => self.inspect(ticket),
            HostCommand::PrepareRun {
                ticket,
                order,
                modules,
            } => self.prepare_run(ticket, order, modules),
            HostCommand::BeginRun(begin) => self.begin_run(begin),
            HostCommand::StopRun { run } => {
                self.prepared.remove(&run);
                for (_, part) in self.runs.iter().filter(|((of, _), _)| *of == run) {
                    part.stop.send_replace(true);
                }
            }
            HostCommand::Exec { .. } => self.say(HostEvent::ExecFailed {
                why: "this host does not own its process".into(),
            }),
        }
    }

    /// Says how everything fares; to be called each second.
    pub fn report(&mut self) {
        let mut applications = Vec::new();
        let mut exited = Vec::new();
        for (ticket, instance) in &self.instances {
            let Some(health) = instance.health() else {
                continue;
            };
            if let Some(why) = health.ended {
                exited.push((*ticket, why));
                continue;
            }
            applications.push(ApplicationHealth {
                name: instance.name.clone(),
                state: ApplicationState::Running,
                restarts: 0,
                members: health.members,
                behind: health.behind,
                errors: health.errors,
                latency_p99: health.latency_p99,
                work: health.work,
            });
        }
        for (ticket, why) in exited {
            self.instances.remove(&ticket);
            self.say(HostEvent::Exited { ticket, why });
        }
        self.runs.retain(|_, part| !part.stop.is_closed());
        let memory = bots::system::usage().resident;
        self.say(HostEvent::Health {
            applications,
            memory,
        });
    }

    fn say(&self, event: HostEvent) {
        // One who no longer listens has ended.
        let _ = self.events.send(event);
    }

    fn try_out(
        &self,
        ticket: Ticket,
        entry: Entry,
        modules: Vec<LoadedModule>,
        instance: Option<Ticket>,
    ) {
        let instance = instance.and_then(|instance| self.instances.get(&instance));
        let members = instance
            .and_then(Instance::health)
            .map_or(0, |health| health.members);
        let trial = Trial {
            members: if entry.kind == ApplicationKind::PokerServer {
                0
            } else {
                members
            },
            pause: USUAL_PAUSE,
        };
        let events = self.events.clone();
        spawn_blocking(move || {
            let result = try_out(&entry, &modules);
            let result = result.map(|()| trial).map_err(|error| error.to_string());
            let _ = events.send(HostEvent::Tried { ticket, result });
        });
    }

    fn inspect(&self, ticket: Ticket) {
        let instances = self.instances.values().map(Instance::inspector);
        let instances: Vec<_> = instances.collect();
        let parts: Vec<_> = self.runs.values().cloned().collect();
        let events = self.events.clone();
        spawn_blocking(move || {
            let applications = instances.iter().flat_map(|inspect| inspect());
            let mut bots: Vec<_> = applications.collect();
            for part in parts {
                if let Some(run) = &*part.lock() {
                    bots.extend(run.inspect());
                }
            }
            let _ = events.send(HostEvent::Bots { ticket, bots });
        });
    }

    fn prepare_run(&mut self, ticket: Ticket, order: RunOrder, modules: Vec<LoadedModule>) {
        let scripts = modules.clone();
        let speaks = order.protocol.clone();
        self.prepared.insert(order.run, (order, modules));
        let events = self.events.clone();
        spawn_blocking(move || {
            let tried = try_scripts(&speaks, &scripts);
            let result = tried.map_err(|error| error.to_string());
            let _ = events.send(HostEvent::RunPrepared { ticket, result });
        });
    }

    fn begin_run(&mut self, begin: RunBegin) {
        let Some((order, modules)) = self.prepared.get(&begin.run).cloned() else {
            self.say(HostEvent::RunStats(failed(begin, "it was not prepared")));
            return;
        };
        let (stop, stopped) = watch::channel(false);
        let part = Arc::new(Part {
            running: Mutex::new(None),
            stop,
        });
        self.runs.insert((begin.run, begin.part), part.clone());
        let environment = self.environment.clone();
        let events = self.events.clone();
        tokio::spawn(run_part(
            part,
            order,
            modules,
            begin,
            environment,
            stopped,
            events,
        ));
    }
}

impl Part {
    fn lock(&self) -> MutexGuard<'_, Option<RunPart>> {
        let lock = self.running.lock();
        lock.unwrap_or_else(PoisonError::into_inner)
    }
}

/// A part of a run that came to nothing.
fn failed(begin: RunBegin, why: &str) -> RunStats {
    RunStats {
        run: begin.run,
        part: begin.part,
        ended: true,
        failure: why.into(),
        ..RunStats::default()
    }
}

async fn run_part(
    part: Arc<Part>,
    order: RunOrder,
    modules: Vec<LoadedModule>,
    begin: RunBegin,
    environment: Environment,
    mut stopped: watch::Receiver<bool>,
    events: UnboundedSender<HostEvent>,
) {
    let wait = Duration::from_millis(begin.start_in.into());
    tokio::select! {
        () = tokio::time::sleep(wait) => {}
        _ = stopped.wait_for(|stop| *stop) => {
            let _ = events.send(HostEvent::RunStats(failed(begin, "")));
            return;
        }
    }
    let begun = spawn_blocking(move || RunPart::begin(&order, &modules, begin, &environment));
    match begun.await {
        Ok(Ok(run)) => *part.lock() = Some(run),
        Ok(Err(error)) => {
            let _ = events.send(HostEvent::RunStats(failed(begin, &error.to_string())));
            return;
        }
        Err(panic) => {
            let _ = events.send(HostEvent::RunStats(failed(begin, &panic.to_string())));
            return;
        }
    }
    let mut told = false;
    loop {
        tokio::select! {
            () = tokio::time::sleep(REPORT_EVERY) => {}
            _ = stopped.wait_for(|stop| *stop), if !told => {
                told = true;
                if let Some(run) = &*part.lock() {
                    run.stop();
                }
            }
        }
        let (stats, ended) = match &*part.lock() {
            Some(run) => (run.stats(), run.has_ended()),
            None => (None, true),
        };
        if ended {
            break;
        }
        if let Some(stats) = stats {
            let _ = events.send(HostEvent::RunStats(stats));
        }
    }
    let run = part.lock().take();
    if let Some(run) = run {
        let finished = spawn_blocking(move || run.finish()).await;
        let stats = finished.unwrap_or_else(|panic| failed(begin, &panic.to_string()));
        let _ = events.send(HostEvent::RunStats(stats));
    }
}

fn by_name(variables: Vec<Variable>) -> Environment {
    let pairs = variables.into_iter();
    pairs
        .map(|variable| (variable.name.0, variable.value.0))
        .collect()
}
