//! A run of bots that many nodes share.

use pickler::Pickle;

use crate::{ClusterId, Module, Name, Signed, Text};

/// A run, as an operator signs it.
#[derive(Pickle, Clone, Debug, Default, PartialEq, Eq)]
pub struct RunOrder {
    /// The cluster.
    pub cluster: ClusterId,
    /// Which run: random.
    pub run: u64,
    /// When the leave to begin it ends, in seconds since 1970.
    pub expires: u64,
    /// The scripts, each with how many bots run it relative to the others.
    #[pickle(count = u16)]
    pub scripts: Vec<WeightedModule>,
    /// The protocol that the server speaks.
    pub protocol: Name,
    /// The server, such as `tcp://10.0.0.1:19380`.
    pub target: Text,
    /// How many bots, on all nodes.
    pub bots: u32,
    /// The groups whose nodes take part; none: all nodes.
    #[pickle(count = u8)]
    pub groups: Vec<Name>,
    /// The time over which bots begin to connect, in milliseconds.
    pub ramp: u32,
    /// How long, ramp included, in milliseconds; 0: until all bots have ended.
    pub duration: u32,
    /// Where every random choice comes from.
    pub seed: u64,
    /// What think times are multiplied by, in thousandths.
    pub think: u32,
    /// Each bot stops after so many hands; 0: it goes on.
    pub hands: u64,
    /// What becomes of the bots of a node that is lost.
    pub on_loss: OnLoss,
}

/// A script, and how many bots run it relative to the others.
#[derive(Pickle, Clone, Debug, PartialEq, Eq)]
#[pickle(default)]
pub struct WeightedModule {
    /// The script.
    pub module: Module,
    /// Its weight.
    #[pickle(default = 1)]
    pub weight: u32,
}

/// What becomes of the bots of a node that is lost.
#[derive(Pickle, Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[pickle(tag = u8, rename_all = kebab_case)]
pub enum OnLoss {
    /// They are counted as lost.
    #[default]
    #[pickle(tag = 1)]
    Count,
    /// Other nodes start them anew.
    #[pickle(tag = 2)]
    Restart,
}

/// Gets a node ready for a run: it fetches the scripts and tries them.
#[derive(Pickle, Clone, Debug, PartialEq, Eq)]
pub struct RunPrepare {
    /// The [`RunOrder`].
    pub order: Signed,
}

/// Begins a node's part of a run.
#[derive(Pickle, Clone, Copy, Debug, PartialEq, Eq)]
pub struct RunBegin {
    /// Which run.
    pub run: u64,
    /// Which part of it: a node may be given another when one is lost.
    pub part: u32,
    /// The number of its first bot.
    pub first_bot: u32,
    /// How many bots.
    pub bots: u32,
    /// When, in milliseconds from when this comes: the same moment for all.
    pub start_in: u32,
    /// How much of the run is over by then, in milliseconds.
    pub elapsed: u32,
}

/// What one part of a run has counted since it began. Added up, the whole
/// run's, exactly.
#[derive(Pickle, Clone, Debug, Default, PartialEq, Eq)]
pub struct RunStats {
    /// Which run.
    pub run: u64,
    /// Which part of it.
    pub part: u32,
    /// It has ended: these are its last counts.
    pub ended: bool,
    /// Why it failed; empty if it did not.
    pub failure: Text,
    /// Time since it began, in microseconds.
    pub elapsed: u64,
    /// Bots that have begun to connect.
    pub bots_started: u64,
    /// Bots that have ended.
    pub bots_ended: u64,
    /// Bots that are connected.
    pub connected: u64,
    /// The most that were connected at one moment.
    pub connected_peak: u64,
    /// Messages sent.
    pub messages_sent: u64,
    /// Messages received.
    pub messages_received: u64,
    /// Bytes sent.
    pub bytes_sent: u64,
    /// Bytes received.
    pub bytes_received: u64,
    /// Hands that bots have finished, each bot's counted.
    pub hands: u64,
    /// Messages that no script wanted.
    pub messages_ignored: u64,
    /// CPU time of the node's process since the run began, in microseconds.
    pub cpu: u64,
    /// The memory that the node's process held before, in bytes.
    pub memory_before: u64,
    /// The most memory that the node's process held, in bytes.
    pub memory_peak: u64,
    /// What went wrong, by kind.
    #[pickle(count = u16)]
    pub failures: Vec<FailureCount>,
    /// The latencies' buckets that hold any.
    #[pickle(count = u32)]
    pub latencies: Vec<LatencyCount>,
    /// How often each message was sent and received.
    #[pickle(count = u16)]
    pub messages: Vec<MessageCount>,
    /// The first errors of scripts.
    #[pickle(count = u16)]
    pub script_errors: Vec<Text>,
}

/// How often something went wrong.
#[derive(Pickle, Clone, Debug, Default, PartialEq, Eq)]
pub struct FailureCount {
    /// What, as in reports.
    pub kind: Name,
    /// How often.
    pub count: u64,
}

/// How many latencies there were of about this length.
#[derive(Pickle, Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct LatencyCount {
    /// The bucket's least value, in microseconds.
    pub value: u64,
    /// How many.
    pub count: u64,
}

/// How often a message was sent and received.
#[derive(Pickle, Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct MessageCount {
    /// Where it stands among the protocol's messages, from 0.
    pub message: u16,
    /// How often it was sent.
    pub sent: u64,
    /// How often it was received.
    pub received: u64,
}
