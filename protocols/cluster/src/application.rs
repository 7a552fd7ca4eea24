//! How applications fare.

use pickler::Pickle;

use crate::{Name, Text};

/// How an application fares on one node.
#[derive(Pickle, Clone, Debug, PartialEq, Eq)]
pub struct ApplicationHealth {
    /// Which.
    pub name: Name,
    /// Whether it runs.
    pub state: ApplicationState,
    /// How often it was started anew since the release was taken up.
    pub restarts: u32,
    /// How many bots, players or scripts run in it.
    pub members: u32,
    /// Of them, how many run code of an older generation.
    pub behind: u32,
    /// What went wrong in it since it was started.
    pub errors: u64,
    /// The 99th percentile of its latencies since it was started, in
    /// microseconds; 0 if there are none.
    pub latency_p99: u64,
    /// What it did since it was started: messages received, hands dealt.
    pub work: u64,
}

/// Whether an application runs.
#[derive(Pickle, Clone, Debug, PartialEq, Eq)]
#[pickle(tag = u8, rename_all = SCREAMING_SNAKE_CASE)]
pub enum ApplicationState {
    /// It is about to run.
    #[pickle(tag = 0)]
    Starting,
    /// It runs.
    #[pickle(tag = 1)]
    Running,
    /// It is about to end.
    #[pickle(tag = 2)]
    Stopping,
    /// It failed too often, or cannot be started: why.
    #[pickle(tag = 3)]
    Failed(Text),
}

/// What a bot does right now.
#[derive(Pickle, Clone, Debug, PartialEq, Eq)]
pub struct BotState {
    /// The application or run that it belongs to.
    pub application: Name,
    /// Its number.
    pub id: u32,
    /// Its name.
    pub name: Name,
    /// The script that it runs.
    pub script: Name,
    /// The version of that.
    pub version: Name,
    /// The generation of that on its node; grows with each change.
    pub generation: u32,
    /// Where in the script it waits, 0 if nowhere.
    pub line: u32,
    /// What it waits for, in words.
    pub waits_for: Text,
    /// How many messages and events it has yet to look at.
    pub mailbox: u32,
    /// Whether it is connected.
    pub connected: bool,
}
