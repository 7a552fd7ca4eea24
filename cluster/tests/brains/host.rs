//! A host that pretends.

use std::collections::{BTreeMap, BTreeSet, VecDeque};

use cluster::node::{ChangeResult, HostCommand, HostEvent, LoadedModule, Ticket, Trial};
use cluster_protocol::{ApplicationHealth, ApplicationState, BotState, Digest, RunStats, Variable};

/// What runs.
#[derive(Clone, Debug)]
pub struct Running {
    pub name: String,
    pub modules: Vec<Digest>,
}

/// A host that answers at once, as it is told to.
#[derive(Default)]
pub struct Host {
    pub running: BTreeMap<Ticket, Running>,
    pub events: VecDeque<HostEvent>,
    pub commands: Vec<String>,
    pub environment: Vec<Variable>,
    /// Applications that cannot be tried, started or changed.
    pub fails_to_try: BTreeSet<String>,
    pub fails_to_start: BTreeSet<String>,
    pub fails_to_change: BTreeSet<String>,
    /// Answers nothing.
    pub is_stuck: bool,
    pub errors: u64,
    pub latency: u64,
    pub run_parts: Vec<cluster_protocol::RunBegin>,
    pub stopped_runs: Vec<u64>,
    pub executed: Vec<Digest>,
}

impl Host {
    /// The names of what runs, with the first digits of their modules' hashes.
    pub fn shows(&self) -> Vec<String> {
        let line = |running: &Running| {
            let hashes = running.modules.iter().map(|hash| format!("{hash:.4}"));
            format!("{} {}", running.name, hashes.collect::<Vec<_>>().join(" "))
        };
        let mut lines: Vec<_> = self.running.values().map(line).collect();
        lines.sort();
        lines
    }

    pub fn ticket_of(&self, name: &str) -> Ticket {
        let found = self
            .running
            .iter()
            .find(|(_, running)| running.name == name);
        *found.expect("it runs").0
    }

    /// An application ends by itself.
    pub fn crash(&mut self, name: &str) {
        let ticket = self.ticket_of(name);
        self.running.remove(&ticket);
        let why = "it crashed".to_owned();
        self.events.push_back(HostEvent::Exited { ticket, why });
    }

    pub fn health(&self) -> HostEvent {
        let applications = self.running.values().map(|running| ApplicationHealth {
            name: running.name.as_str().into(),
            state: ApplicationState::Running,
            restarts: 0,
            members: 10,
            behind: 0,
            errors: self.errors,
            latency_p99: self.latency,
            work: 1,
        });
        HostEvent::Health {
            applications: applications.collect(),
            memory: 1 << 20,
        }
    }

    pub fn take(&mut self, command: HostCommand) {
        self.commands.push(describe(&command));
        if self.is_stuck {
            return;
        }
        let event = match command {
            HostCommand::Try {
                ticket,
                application,
                modules,
                ..
            } => {
                check(&modules);
                let fails = self.fails_to_try.contains(&*application.name);
                let trial = Trial {
                    members: 10,
                    pause: 250,
                };
                let result = if fails {
                    Err("it would not run".to_owned())
                } else {
                    Ok(trial)
                };
                HostEvent::Tried { ticket, result }
            }
            HostCommand::Start {
                ticket,
                application,
                modules,
                environment,
            } => {
                check(&modules);
                self.environment = environment;
                if self.fails_to_start.contains(&*application.name) {
                    let why = "it does not start".to_owned();
                    HostEvent::StartFailed { ticket, why }
                } else {
                    let name = application.name.to_string();
                    let modules = modules.iter().map(|module| module.hash).collect();
                    self.running.insert(ticket, Running { name, modules });
                    HostEvent::Started { ticket }
                }
            }
            HostCommand::Stop { ticket, .. } => {
                self.running.remove(&ticket);
                HostEvent::Stopped { ticket }
            }
            HostCommand::Change {
                ticket,
                instance,
                application,
                modules,
                revert,
            } => {
                check(&modules);
                if !revert && self.fails_to_change.contains(&*application.name) {
                    let result = Err("its bots will not".to_owned());
                    HostEvent::Changed { ticket, result }
                } else {
                    let running = self.running.get_mut(&instance).expect("it runs");
                    running.modules = modules.iter().map(|module| module.hash).collect();
                    let result = Ok(ChangeResult {
                        moved: 10,
                        held: Vec::new(),
                        pauses: (1..=100).rev().collect(),
                    });
                    HostEvent::Changed { ticket, result }
                }
            }
            HostCommand::Environment(environment) => {
                self.environment = environment;
                return;
            }
            HostCommand::Inspect { ticket } => {
                let bot = |id| BotState {
                    application: "swarm".into(),
                    id,
                    name: format!("bot {id}").into(),
                    script: "a.luau".into(),
                    version: "1".into(),
                    generation: 1,
                    line: 3,
                    waits_for: "x".repeat(200).into(),
                    mailbox: 0,
                    connected: true,
                };
                let bots = (0..3_000).map(bot).collect();
                HostEvent::Bots { ticket, bots }
            }
            HostCommand::PrepareRun {
                ticket,
                order,
                modules,
            } => {
                check(&modules);
                let fails = self.fails_to_try.contains(&*order.protocol);
                let result = if fails {
                    Err("no such protocol".to_owned())
                } else {
                    Ok(())
                };
                HostEvent::RunPrepared { ticket, result }
            }
            HostCommand::BeginRun(begin) => {
                self.run_parts.push(begin);
                return;
            }
            HostCommand::StopRun { run } => {
                self.stopped_runs.push(run);
                for begin in std::mem::take(&mut self.run_parts) {
                    if begin.run == run {
                        self.count(&begin, true);
                    }
                }
                return;
            }
            HostCommand::Exec { hash, .. } => {
                self.executed.push(hash);
                return;
            }
        };
        self.events.push_back(event);
    }

    /// A part of a run has counted.
    pub fn count(&mut self, begin: &cluster_protocol::RunBegin, ended: bool) {
        self.events.push_back(HostEvent::RunStats(RunStats {
            run: begin.run,
            part: begin.part,
            ended,
            messages_sent: begin.bots.into(),
            ..RunStats::default()
        }));
    }
}

/// What is loaded has the hash that it is said to have.
fn check(modules: &[LoadedModule]) {
    for module in modules {
        assert_eq!(cluster::identity::sha256(&module.bytes), module.hash);
    }
}

fn describe(command: &HostCommand) -> String {
    match command {
        HostCommand::Try { application, .. } => format!("try {}", application.name),
        HostCommand::Start { application, .. } => format!("start {}", application.name),
        HostCommand::Stop { name, .. } => format!("stop {name}"),
        HostCommand::Change {
            application,
            revert: false,
            ..
        } => {
            format!("change {}", application.name)
        }
        HostCommand::Change { application, .. } => format!("change back {}", application.name),
        HostCommand::Environment(_) => "environment".to_owned(),
        HostCommand::Inspect { .. } => "inspect".to_owned(),
        HostCommand::PrepareRun { .. } => "prepare run".to_owned(),
        HostCommand::BeginRun(begin) => format!("begin part {}", begin.part),
        HostCommand::StopRun { .. } => "stop run".to_owned(),
        HostCommand::Exec { .. } => "exec".to_owned(),
    }
}
