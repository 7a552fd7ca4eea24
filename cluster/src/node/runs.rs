//! The runs of bots that a node takes part in.

use std::collections::BTreeMap;
use std::ops::Range;

use cluster_protocol::{Module, Outcome, Refusal, Report, RunBegin, RunPrepare, RunStats};

use super::context::Context;
use super::modules::Modules;
use super::{HostCommand, Ticket};
use crate::release::{Authority, Run};

/// How many runs a node takes part in at once.
const RUNS: usize = 8;
/// How many parts of one run a node is given.
const PARTS: usize = 1_000;
/// How many runs a node remembers that were stopped.
const STOPPED: usize = 1_000;

enum Phase {
    Fetching { command: u32 },
    Trying { command: u32, ticket: Ticket },
    Ready,
}

struct Known {
    run: Run,
    phase: Phase,
    /// The parts that have begun.
    parts: BTreeMap<u32, Part>,
}

struct Part {
    bots: Range<u32>,
    /// What it last counted.
    stats: RunStats,
}

/// The runs that a node takes part in, until it is told to end them.
#[derive(Default)]
pub(super) struct Runs {
    runs: BTreeMap<u64, Known>,
    /// Runs that had begun and were stopped, and when their orders expire:
    /// until then nobody can have their bots begin again.
    stopped: BTreeMap<u64, u64>,
}

impl Runs {
    /// Their numbers.
    pub fn numbers(&self) -> Vec<u64> {
        self.runs.keys().copied().collect()
    }

    /// The modules that they take.
    pub fn modules(&self) -> impl Iterator<Item = &Module> {
        self.runs.values().flat_map(|known| known.run.modules())
    }

    /// Gets ready for a run; the caller then fetches what is lacking.
    pub fn prepare(
        &mut self,
        context: &mut Context,
        authority: &Authority,
        modules: &Modules,
        command: u32,
        prepare: &RunPrepare,
    ) {
        let run = match authority.run(&prepare.order, context.wall) {
            Ok(run) => run,
            Err(error) => return context.answer(command, Outcome::Refused(error.refusal())),
        };
        if run.modules().any(|module| modules.contradicts(module)) {
            return context.refuse(command, Refusal::Invalid, "a script's size is wrong");
        }
        let number = run.order().run;
        if let Some(known) = self.runs.get_mut(&number) {
            if known.run != run {
                return context.refuse(command, Refusal::Busy, "another run has this number");
            }
            match &mut known.phase {
                Phase::Ready => context.answer(command, Outcome::Done),
                Phase::Fetching { command: latest }
                | Phase::Trying {
                    command: latest, ..
                } => {
                    *latest = command;
                }
            }
            return;
        }
        self.stopped.retain(|_, expires| *expires > context.wall);
        if self.stopped.contains_key(&number) {
            return context.refuse(command, Refusal::Stale, "this run was stopped");
        }
        if self.stopped.len() + self.runs.len() >= STOPPED {
            return context.refuse(command, Refusal::Busy, "too many runs were stopped");
        }
        if self.runs.len() == RUNS {
            let over = self.runs.iter().find(|(_, known)| known.is_over());
            let Some((&over, _)) = over else {
                return context.refuse(command, Refusal::Busy, "it takes part in eight runs");
            };
            self.stop(context, over);
        }
        let known = Known {
            run,
            phase: Phase::Fetching { command },
            parts: BTreeMap::new(),
        };
        self.runs.insert(number, known);
    }

    /// Modules have come: runs that have all of theirs are tried.
    pub fn advance(&mut self, context: &mut Context, modules: &Modules) {
        for known in self.runs.values_mut() {
            let Phase::Fetching { command } = known.phase else {
                continue;
            };
            let scripts: Vec<_> = known.run.modules().cloned().collect();
            if let Some(modules) = modules.load(&scripts) {
                let ticket = context.ticket();
                known.phase = Phase::Trying { command, ticket };
                let order = known.run.order().clone();
                context.host(HostCommand::PrepareRun {
                    ticket,
                    order,
                    modules,
                });
            }
        }
    }

    /// A module cannot be had: the runs that wait for it are given up.
    pub fn module_failed(
        &mut self,
        context: &mut Context,
        hash: &cluster_protocol::Digest,
        why: &str,
    ) {
        self.runs.retain(|_, known| {
            let Phase::Fetching { command } = known.phase else {
                return true;
            };
            let script = known.run.modules().find(|module| module.hash == *hash);
            if let Some(script) = script {
                let why = format!("the script {}: {why}", script.name);
                context.refuse(command, Refusal::Failed, why);
            }
            script.is_none()
        });
    }

    /// The host has tried a run.
    pub fn prepared(&mut self, context: &mut Context, ticket: Ticket, result: Result<(), String>) {
        let tried = self
            .runs
            .iter_mut()
            .find_map(|(number, known)| match known.phase {
                Phase::Trying {
                    command,
                    ticket: own,
                } if own == ticket => Some((*number, command)),
                _ => None,
            });
        let Some((number, command)) = tried else {
            return;
        };
        match result {
            Ok(()) => {
                if let Some(known) = self.runs.get_mut(&number) {
                    known.phase = Phase::Ready;
                }
                context.answer(command, Outcome::Done);
            }
            Err(why) => {
                self.runs.remove(&number);
                context.refuse(command, Refusal::Failed, why);
            }
        }
    }

    /// Begins a part.
    pub fn begin(&mut self, context: &mut Context, command: u32, begin: RunBegin) {
        let Some(known) = self.runs.get_mut(&begin.run) else {
            return context.refuse(command, Refusal::Unknown, "no such run was prepared");
        };
        if !matches!(known.phase, Phase::Ready) {
            return context.refuse(command, Refusal::Busy, "the run is not ready yet");
        }
        let whole = known.run.order().bots;
        let end = begin.first_bot.checked_add(begin.bots);
        let Some(end) = end.filter(|end| begin.bots > 0 && *end <= whole) else {
            return context.refuse(command, Refusal::Invalid, "the run has no such bots");
        };
        let bots = begin.first_bot..end;
        if let Some(part) = known.parts.get(&begin.part) {
            if part.bots != bots {
                let why = "this part of the run has other bots";
                return context.refuse(command, Refusal::Invalid, why);
            }
            return context.answer(command, Outcome::Done);
        }
        if known.parts.len() == PARTS {
            let why = "it has a thousand parts of the run";
            return context.refuse(command, Refusal::Busy, why);
        }
        // Parts that share no bot cannot have more than all of the order's.
        if known.parts.values().any(|part| part.has_any_of(&bots)) {
            let why = "some of these bots are there already";
            return context.refuse(command, Refusal::Invalid, why);
        }
        let stats = RunStats {
            run: begin.run,
            part: begin.part,
            ..RunStats::default()
        };
        known.parts.insert(begin.part, Part { bots, stats });
        context.host(HostCommand::BeginRun(begin));
        context.answer(command, Outcome::Done);
    }

    /// Ends a run and forgets it, but for its number if it had begun; its last
    /// counts are still passed on.
    pub fn stop(&mut self, context: &mut Context, run: u64) {
        if let Some(known) = self.runs.remove(&run) {
            if let Phase::Fetching { command } | Phase::Trying { command, .. } = known.phase {
                context.refuse(command, Refusal::Failed, "the run was stopped");
            }
            if !known.parts.is_empty() {
                self.stopped.insert(run, known.run.order().expires);
            }
            context.host(HostCommand::StopRun { run });
        }
    }

    /// Ends all runs.
    pub fn stop_all(&mut self, context: &mut Context) {
        for run in self.numbers() {
            self.stop(context, run);
        }
    }

    /// The host has counted.
    pub fn counted(&mut self, context: &mut Context, stats: RunStats, linked: bool) {
        let known = self.runs.get_mut(&stats.run);
        if let Some(part) = known.and_then(|known| known.parts.get_mut(&stats.part)) {
            part.stats.clone_from(&stats);
        }
        if linked {
            context.link(Report::Run(stats));
        }
    }

    /// The boot server is there again: what parts last counted is said anew.
    pub fn linked(&mut self, context: &mut Context) {
        for known in self.runs.values_mut() {
            if let Phase::Fetching { command } | Phase::Trying { command, .. } = &mut known.phase {
                // The order came on a link that is gone; it will come again.
                *command = 0;
            }
            for part in known.parts.values() {
                context.link(Report::Run(part.stats.clone()));
            }
        }
    }
}

impl Known {
    fn is_over(&self) -> bool {
        matches!(self.phase, Phase::Ready) && self.parts.values().all(|part| part.stats.ended)
    }
}

impl Part {
    /// Whether some of these bots live in it.
    fn has_any_of(&self, bots: &Range<u32>) -> bool {
        !self.stats.ended && self.bots.start < bots.end && bots.start < self.bots.end
    }
}
