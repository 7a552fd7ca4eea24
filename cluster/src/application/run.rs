//! A node's part of a run that many nodes share.

use std::time::Duration;

use bots::engine::{self, Run, RunConfig};
use bots::system::{Usage, require_open_files, usage};
use cluster_protocol::{BotState, RunBegin, RunOrder, RunStats, Text};

use super::stats::to_wire;
use super::{Environment, StartError, protocol, swarm};
use crate::node::LoadedModule;

/// A run's bots on this node.
pub struct RunPart {
    begin: RunBegin,
    run: Option<Run>,
    before: Usage,
}

impl RunPart {
    /// Begins at once. Blocks a moment.
    ///
    /// # Errors
    /// If the bots cannot run here.
    pub fn begin(
        order: &RunOrder,
        modules: &[LoadedModule],
        begin: RunBegin,
        environment: &Environment,
    ) -> Result<Self, StartError> {
        let protocol = protocol(&order.protocol).map_err(StartError::Unknown)?;
        require_open_files(begin.bots.into(), 1, 256)?;
        let mut scripts = swarm::sources(modules)?;
        for (script, listed) in scripts.iter_mut().zip(&order.scripts) {
            script.weight = listed.weight;
        }
        let millis = |millis: u32| Duration::from_millis(millis.into());
        let elapsed = millis(begin.elapsed);
        let mut config = RunConfig::new(swarm::address(&order.target)?);
        config.first_bot = begin.first_bot;
        config.bots = begin.bots;
        config.ramp = millis(order.ramp).saturating_sub(elapsed);
        config.duration =
            (order.duration > 0).then(|| millis(order.duration).saturating_sub(elapsed));
        config.environment = environment.clone();
        config.settings.seed = order.seed;
        config.settings.think_scale = f64::from(order.think) / 1_000.0;
        config.settings.hands = (order.hands > 0).then_some(order.hands);
        let before = usage();
        Ok(Self {
            begin,
            run: Some(engine::start(&config, &protocol, &scripts)?),
            before,
        })
    }

    /// What it has counted so far.
    pub fn stats(&self) -> Option<RunStats> {
        let run = self.run.as_ref()?;
        Some(self.wire(&run.live().snapshot()))
    }

    fn wire(&self, snapshot: &bots::observe::Snapshot) -> RunStats {
        let mut used = usage();
        used.cpu = used.cpu.saturating_sub(self.before.cpu);
        RunStats {
            memory_before: self.before.resident,
            ..to_wire(self.begin.run, self.begin.part, snapshot, &used)
        }
    }

    /// Replaces the variables that its bots see.
    pub fn set_environment(&self, environment: &Environment) {
        if let Some(run) = &self.run {
            run.set_environment(environment.clone());
        }
    }

    /// All its bots have ended.
    pub fn has_ended(&self) -> bool {
        self.run
            .as_ref()
            .is_none_or(|run| run.wait_for(Duration::ZERO))
    }

    /// Ends it early; its bots leave within a few seconds.
    pub fn stop(&self) {
        if let Some(run) = &self.run {
            run.stopper().stop();
        }
    }

    /// What every bot of it does.
    pub fn inspect(&self) -> Vec<BotState> {
        let name = format!("run {:08x}", self.begin.run).into();
        let views = self.run.as_ref().map(Run::inspect).unwrap_or_default();
        views
            .into_iter()
            .map(|view| swarm::bot_state(&name, view))
            .collect()
    }

    /// Its last counts. Blocks until its bots have ended.
    pub fn finish(mut self) -> RunStats {
        let Some(run) = self.run.take() else {
            return RunStats::default();
        };
        let mut stats = match run.wait() {
            Ok(outcome) => {
                let mut stats = self.wire(&outcome.snapshot);
                let errors = outcome.script_errors.iter().take(16);
                stats.script_errors = errors
                    .map(|error| {
                        let text = error.to_string();
                        Text(text.chars().take(500).collect())
                    })
                    .collect();
                stats
            }
            Err(error) => RunStats {
                run: self.begin.run,
                part: self.begin.part,
                failure: error.to_string().into(),
                ..RunStats::default()
            },
        };
        stats.ended = true;
        stats
    }
}
