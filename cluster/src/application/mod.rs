//! What a node runs.
//!
//! An [`Application`] is started from an entry of a release. What it is told
//! later reaches it through the trait; when to start it, to stop it or to start
//! it anew is the node's business.

mod host;
mod instance;
mod poker_server;
mod protocols;
mod recent;
mod run;
pub mod settings;
mod stats;
mod swarm;

use std::collections::BTreeMap;
use std::time::Duration;

use cluster_protocol::{Application as Entry, ApplicationKind, BotState};

pub use host::Host;
pub use protocols::protocol;
pub use run::RunPart;
pub use stats::{add_wire, to_wire};

use settings::{SettingError, Settings};

use crate::node::{ChangeResult, LoadedModule};

/// Something that a node runs.
///
/// Calls may come from any thread. Those that say so block, for a bounded time.
pub trait Application: Send + Sync {
    /// Gives what runs new code, in place: by process. Blocks until all that
    /// can change has, at most `patience`.
    ///
    /// # Errors
    /// If the new code cannot be loaded, or code of two generations runs
    /// already: nothing has changed. Why, in words.
    fn change(&self, modules: &[LoadedModule], patience: Duration) -> Result<ChangeResult, String>;

    /// Replaces the variables that it sees.
    fn set_environment(&self, environment: &Environment);

    /// What every bot in it does. Blocks a moment.
    fn inspect(&self) -> Vec<BotState>;

    /// How it fares.
    fn health(&self) -> Health;

    /// Tells it to bring to an end what it does, and to begin nothing. Does not
    /// block.
    fn drain(&self);

    /// Ends it: what it does is brought to an end, or cut off after a few
    /// seconds. Blocks until all that it held is free.
    fn stop(&self);
}

/// Variables by name.
pub type Environment = BTreeMap<String, String>;

/// How an application fares, as it says itself.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Health {
    /// It has ended by itself: why.
    pub ended: Option<String>,
    /// How many bots, players or scripts run in it.
    pub members: u32,
    /// Of them, how many run code of an older generation.
    pub behind: u32,
    /// What went wrong in it.
    pub errors: u64,
    /// The 99th percentile of its latencies in the last 10 to 20 seconds, in
    /// microseconds; 0 if there are none.
    pub latency_p99: u64,
    /// What it did: messages received, hands dealt.
    pub work: u64,
}

/// An application that cannot be started.
#[derive(Debug, thiserror::Error)]
pub enum StartError {
    /// A setting makes no sense.
    #[error(transparent)]
    Setting(#[from] SettingError),
    /// A module is no script.
    #[error("{0} is no text")]
    NoText(String),
    /// There is no such protocol, or no such server.
    #[error("{0}")]
    Unknown(String),
    /// A script cannot be loaded.
    #[error(transparent)]
    Script(#[from] bots::script::LoadError),
    /// The bots cannot begin.
    #[error(transparent)]
    Bots(#[from] bots::engine::StartError),
    /// The server cannot begin.
    #[error(transparent)]
    Server(#[from] bots::poker::server::StartError),
    /// The system allows too few open files.
    #[error(transparent)]
    OpenFiles(#[from] bots::system::TooFewOpenFiles),
}

/// Starts what a release lists, on the node of that name. Blocks a moment.
///
/// # Errors
/// If it cannot run.
pub fn start(
    entry: &Entry,
    modules: &[LoadedModule],
    environment: &Environment,
    node: &str,
) -> Result<Box<dyn Application>, StartError> {
    match Settings::parse(entry.kind, &entry.settings)? {
        Settings::Swarm(settings) => Ok(Box::new(swarm::Swarm::start(
            &entry.name,
            &settings,
            modules,
            environment,
            node,
        )?)),
        Settings::PokerServer(settings) => {
            Ok(Box::new(poker_server::PokerServer::start(&settings)?))
        }
    }
}

/// Sees whether modules would run, without running them. Blocks a moment.
///
/// # Errors
/// If they would not: why.
pub fn try_out(entry: &Entry, modules: &[LoadedModule]) -> Result<(), StartError> {
    let settings = Settings::parse(entry.kind, &entry.settings)?;
    if entry.kind == ApplicationKind::PokerServer {
        return Ok(());
    }
    let Some(name) = settings.protocol() else {
        return Ok(());
    };
    try_scripts(name, modules)
}

/// Sees whether modules are scripts that speak the protocol of that name.
fn try_scripts(name: &str, modules: &[LoadedModule]) -> Result<(), StartError> {
    let protocol = protocol(name).map_err(StartError::Unknown)?;
    bots::engine::try_scripts(&protocol, &swarm::sources(modules)?)?;
    Ok(())
}
