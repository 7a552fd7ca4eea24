//! What a run is told.

use std::collections::BTreeMap;
use std::net::SocketAddr;
use std::time::Duration;

use crate::observe::TraceConfig;
use crate::script::{LoadError, Settings};

/// What a run is told.
#[derive(Clone, Debug)]
pub struct RunConfig {
    /// The server.
    pub target: SocketAddr,
    /// How many bots.
    pub bots: u32,
    /// The number of the first bot, for a run that several processes share.
    pub first_bot: u32,
    /// The time over which bots begin to connect.
    pub ramp: Duration,
    /// The run ends after so long; `None`: when all bots have ended.
    pub duration: Option<Duration>,
    /// How long bots may take to leave at the end.
    pub grace: Duration,
    /// How long connecting and greeting may take.
    pub connect_within: Duration,
    /// Threads; `None`: one for each core.
    pub shards: Option<usize>,
    /// A bot that has ended begins anew, with the same number, after so long;
    /// `None`: it does not. With it, a run without a duration lasts until it is
    /// stopped.
    pub respawn: Option<Duration>,
    /// What `bot:environment` tells.
    pub environment: BTreeMap<String, String>,
    /// How bots run: seed, pace, bounds, hands.
    pub settings: Settings,
    /// What is traced.
    pub trace: TraceConfig,
    /// Keeps what this bot receives and sends, for a replay.
    pub record: Option<u32>,
}

impl RunConfig {
    /// The usual run against a server: 4,000 bots for 30 seconds.
    pub fn new(target: SocketAddr) -> Self {
        Self {
            target,
            bots: 4_000,
            first_bot: 0,
            ramp: Duration::from_secs(5),
            duration: Some(Duration::from_secs(30)),
            grace: Duration::from_secs(5),
            connect_within: Duration::from_secs(10),
            shards: None,
            respawn: None,
            environment: BTreeMap::new(),
            settings: Settings::default(),
            trace: TraceConfig::default(),
            record: None,
        }
    }

    /// How many threads the run takes.
    pub fn shard_count(&self) -> usize {
        let cores = || std::thread::available_parallelism().map_or(1, usize::from);
        let bots = usize::try_from(self.bots).unwrap_or(usize::MAX);
        self.shards.unwrap_or_else(cores).clamp(1, bots.max(1))
    }
}

/// A run that cannot begin.
#[derive(Debug, thiserror::Error)]
pub enum StartError {
    /// There is no script with a weight above 0.
    #[error("there is no script to run")]
    NoScript,
    /// A script cannot be loaded.
    #[error(transparent)]
    Script(#[from] LoadError),
    /// A thread or an event loop cannot be made.
    #[error("a thread of the run cannot be started: {0}")]
    Thread(#[from] std::io::Error),
}
