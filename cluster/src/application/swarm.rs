//! A swarm of scripted bots as an application; a service is a swarm of one.

use std::net::{SocketAddr, ToSocketAddrs};
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

use bots::engine::{self, Control, Run, RunConfig};
use bots::script::{BotView, Holder, ScriptSource};
use bots::system::require_open_files;
use cluster_protocol::{BotState, HeldBot, Name};
use hdrhistogram::Histogram;

use super::recent::Recent;
use super::settings::SwarmSettings;
use super::{Application, Environment, Health, StartError, protocol};
use crate::node::{ChangeResult, LoadedModule};

/// Files that are open beside the bots' connections.
const OTHER_FILES: u64 = 256;

/// Bots that live as long as their node: one that ends begins anew.
pub struct Swarm {
    name: Name,
    control: Control,
    run: Mutex<Option<Run>>,
    latencies: Mutex<Recent>,
}

impl Swarm {
    /// Starts the bots. Their names begin with the node's, so that no two bots
    /// of a cluster share one.
    pub fn start(
        name: &Name,
        settings: &SwarmSettings,
        modules: &[LoadedModule],
        environment: &Environment,
        node: &str,
    ) -> Result<Self, StartError> {
        let protocol = protocol(&settings.protocol).map_err(StartError::Unknown)?;
        require_open_files(settings.bots.into(), 1, OTHER_FILES)?;
        let mut config = RunConfig::new(address(&settings.target)?);
        config.bots = settings.bots;
        config.ramp = settings.ramp;
        config.duration = None;
        config.respawn = settings.respawn;
        config.environment = environment.clone();
        config.settings.seed = seed_on(settings.seed, node);
        config.settings.think_scale = settings.think;
        config.settings.name = format!("{node}-{name}-").into();
        let run = engine::start(&config, &protocol, &sources(modules)?)?;
        Ok(Self {
            name: name.clone(),
            control: run.control(),
            run: Mutex::new(Some(run)),
            latencies: Mutex::default(),
        })
    }

    fn with<T>(&self, look: impl FnOnce(&Run) -> T) -> Option<T> {
        let run = self.run.lock().unwrap_or_else(PoisonError::into_inner);
        run.as_ref().map(look)
    }
}

impl Swarm {
    /// Why all bots have ended, if they have.
    fn ended(&self) -> Option<String> {
        let mut run = self.run.lock().unwrap_or_else(PoisonError::into_inner);
        if !run.as_ref()?.wait_for(Duration::ZERO) {
            return None;
        }
        let ended = run.take()?.wait();
        let why = match ended {
            Ok(outcome) => outcome.script_errors.first().map(ToString::to_string),
            Err(error) => Some(error.to_string()),
        };
        Some(why.unwrap_or_else(|| "its script has ended".into()))
    }

    fn recent_p99(&self, latencies: &Histogram<u64>) -> u64 {
        let mut recent = self
            .latencies
            .lock()
            .unwrap_or_else(PoisonError::into_inner);
        recent.p99(Instant::now(), latencies)
    }
}

impl Application for Swarm {
    fn change(&self, modules: &[LoadedModule], patience: Duration) -> Result<ChangeResult, String> {
        let sources = sources(modules).map_err(|error| error.to_string())?;
        let change = self.control.change(&sources);
        let outcome = change.map_err(|error| error.to_string())?.wait(patience);
        let held = outcome.held.into_iter().chain(outcome.refused);
        let pauses = outcome.pauses.iter_recorded().flat_map(|bucket| {
            let times = usize::try_from(bucket.count_at_value()).unwrap_or(usize::MAX);
            std::iter::repeat_n(bucket.value_iterated_to(), times)
        });
        Ok(ChangeResult {
            moved: outcome.changed,
            held: held.map(|holder| held_bot(&self.name, holder)).collect(),
            pauses: pauses.collect(),
        })
    }

    fn set_environment(&self, environment: &Environment) {
        self.control.set_environment(environment.clone());
    }

    fn inspect(&self) -> Vec<BotState> {
        let views = self.control.inspect().into_iter();
        views.map(|view| bot_state(&self.name, view)).collect()
    }

    fn health(&self) -> Health {
        if let Some(why) = self.ended() {
            return Health {
                ended: Some(why),
                ..Health::default()
            };
        }
        self.with(|run| {
            let snapshot = run.live().snapshot();
            let stats = &snapshot.stats;
            Health {
                ended: None,
                members: u32::try_from(snapshot.connected).unwrap_or(u32::MAX),
                behind: u32::try_from(snapshot.behind).unwrap_or(u32::MAX),
                errors: stats.failures_total(),
                latency_p99: self.recent_p99(&stats.latency),
                work: stats.messages_received,
            }
        })
        .unwrap_or_default()
    }

    fn drain(&self) {
        self.with(|run| run.stopper().stop());
    }

    fn stop(&self) {
        let run = self
            .run
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .take();
        if let Some(run) = run {
            run.stopper().stop();
            // What its threads failed with, if they did, ends with it.
            let _ = run.wait();
        }
    }
}

/// Modules as scripts.
pub(super) fn sources(modules: &[LoadedModule]) -> Result<Vec<ScriptSource>, StartError> {
    modules
        .iter()
        .map(|module| {
            let text = std::str::from_utf8(&module.bytes)
                .map_err(|_| StartError::NoText(module.name.to_string()))?;
            Ok(ScriptSource {
                file: module.name.to_string(),
                text: text.to_owned(),
                weight: 1,
            })
        })
        .collect()
}

/// The address that `tcp://HOST:PORT` stands for.
pub(super) fn address(target: &str) -> Result<SocketAddr, StartError> {
    let place = target.strip_prefix("tcp://").unwrap_or(target);
    let found = place
        .to_socket_addrs()
        .ok()
        .and_then(|mut found| found.next());
    found.ok_or_else(|| StartError::Unknown(format!("`{target}` cannot be found")))
}

/// A seed that is the node's own: bots of the same number on two nodes differ.
fn seed_on(seed: u64, node: &str) -> u64 {
    // FNV-1a: any hash that stays the same will do.
    node.bytes()
        .fold(seed ^ 0xcbf2_9ce4_8422_2325, |hash, byte| {
            (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
        })
}

pub(super) fn bot_state(application: &Name, view: BotView) -> BotState {
    BotState {
        application: application.clone(),
        id: view.id,
        name: cut(&view.name).into(),
        script: cut(&view.script).into(),
        version: cut(&view.version).into(),
        generation: view.generation,
        line: view.line.as_deref().map_or(0, line),
        waits_for: view.waits_for.into(),
        mailbox: u32::try_from(view.mailbox_len).unwrap_or(u32::MAX),
        connected: view.connected,
    }
}

fn held_bot(application: &Name, holder: Holder) -> HeldBot {
    HeldBot {
        application: application.clone(),
        name: cut(&holder.name).into(),
        place: holder.line.unwrap_or(holder.script).into(),
        waits_for: holder.waits_for.into(),
        reason: holder.reason.into(),
    }
}

/// As much of a text as a name holds, whatever its characters are.
fn cut(text: &str) -> String {
    text.chars().take(63).collect()
}

/// The line of `file:line`.
fn line(place: &str) -> u32 {
    let digits = place.rsplit(':').next();
    digits.and_then(|digits| digits.parse().ok()).unwrap_or(0)
}
