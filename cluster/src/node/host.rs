//! What the node's brain asks of the host, which runs the applications, and
//! what that says.

use std::sync::Arc;

use cluster_protocol::{
    Application, ApplicationHealth, BotState, Digest, Epoch, HeldBot, Name, RunBegin, RunOrder,
    RunStats, Variable,
};

/// Tells answers of the host apart. Each is used once by one brain; an instance
/// of an application is known by the ticket that it was started with.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Ticket(pub u64);

/// A module and its bytes, which have the hash that was signed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LoadedModule {
    /// Its name.
    pub name: Name,
    /// Its version.
    pub version: Name,
    /// Its hash.
    pub hash: Digest,
    /// Its bytes.
    pub bytes: Arc<[u8]>,
}

/// What the host is to do.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum HostCommand {
    /// Say whether the application would run, without running it. `Tried`
    /// answers.
    Try {
        /// This trial.
        ticket: Ticket,
        /// The application.
        application: Application,
        /// All its modules, in its order.
        modules: Vec<LoadedModule>,
        /// The instance that would change to it by process, if there is one.
        instance: Option<Ticket>,
    },
    /// Start an application. `Started` or `StartFailed` answers, later perhaps
    /// `Exited`.
    Start {
        /// The instance.
        ticket: Ticket,
        /// The application.
        application: Application,
        /// All its modules, in its order.
        modules: Vec<LoadedModule>,
        /// The variables that it sees.
        environment: Vec<Variable>,
    },
    /// Stop an instance. `Stopped` answers, if need be after it was killed.
    Stop {
        /// The instance.
        ticket: Ticket,
        /// Its application.
        name: Name,
    },
    /// Change an instance's modules while its bots go on, all together or not
    /// at all. `Changed` answers.
    Change {
        /// This change.
        ticket: Ticket,
        /// The instance.
        instance: Ticket,
        /// The application as it is to be.
        application: Application,
        /// All its modules, in its order.
        modules: Vec<LoadedModule>,
        /// It takes the change before it back: bots that moved go back to the
        /// code and the state that they came from as far as the host has kept
        /// them.
        revert: bool,
    },
    /// The variables that all applications see from now on.
    Environment(Vec<Variable>),
    /// Say what every bot does. `Bots` answers.
    Inspect {
        /// This question.
        ticket: Ticket,
    },
    /// Get ready for a run. `RunPrepared` answers.
    PrepareRun {
        /// This preparation.
        ticket: Ticket,
        /// The run.
        order: RunOrder,
        /// Its scripts, in its order.
        modules: Vec<LoadedModule>,
    },
    /// Begin a part of a run that was prepared; `RunStats` follow, about each
    /// second, and once more with `ended` when it is over.
    BeginRun(RunBegin),
    /// End all parts of a run; each one's last `RunStats` follow. What was
    /// prepared for it is forgotten.
    StopRun {
        /// The run.
        run: u64,
    },
    /// Become another program, with the same process. Nothing runs any more.
    /// `ExecFailed` answers, or nothing ever.
    Exec {
        /// Its hash.
        hash: Digest,
        /// Its bytes.
        program: Arc<[u8]>,
        /// The greatest version of a release that the node has run: the
        /// [`release_floor`](super::NodeConfig::release_floor) to be.
        release_floor: u64,
        /// The greatest epoch that the node has obeyed: the
        /// [`epoch`](super::NodeConfig::epoch) to be.
        epoch: Epoch,
    },
}

/// What the host says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum HostEvent {
    /// Whether an application would run.
    Tried {
        /// The trial.
        ticket: Ticket,
        /// What is expected, or why it would not.
        result: Result<Trial, String>,
    },
    /// An instance runs.
    Started {
        /// The instance.
        ticket: Ticket,
    },
    /// An instance could not be started.
    StartFailed {
        /// The instance.
        ticket: Ticket,
        /// Why.
        why: String,
    },
    /// An instance has stopped, as it was told.
    Stopped {
        /// The instance.
        ticket: Ticket,
    },
    /// An instance has ended, and was not told to.
    Exited {
        /// The instance.
        ticket: Ticket,
        /// Why.
        why: String,
    },
    /// What came of a change.
    Changed {
        /// The change.
        ticket: Ticket,
        /// What came of it; or why nothing has changed.
        result: Result<ChangeResult, String>,
    },
    /// What bots do.
    Bots {
        /// The question.
        ticket: Ticket,
        /// All of them.
        bots: Vec<BotState>,
    },
    /// How applications fare; given about each second. What the host does not
    /// name is reported with zeros.
    Health {
        /// Of each that runs; its `state` and `restarts` do not count.
        applications: Vec<ApplicationHealth>,
        /// Bytes of memory in use.
        memory: u64,
    },
    /// Whether a run is ready to begin.
    RunPrepared {
        /// The preparation.
        ticket: Ticket,
        /// Whether.
        result: Result<(), String>,
    },
    /// How far a part of a run has come.
    RunStats(RunStats),
    /// The program could not be replaced.
    ExecFailed {
        /// Why.
        why: String,
    },
}

/// What is expected of an application.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Trial {
    /// How many bots a change would touch.
    pub members: u32,
    /// How long they would pause, in microseconds.
    pub pause: u64,
}

/// What came of a change by process.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ChangeResult {
    /// Bots that run the new code.
    pub moved: u32,
    /// Bots that stay on the old.
    pub held: Vec<HeldBot>,
    /// Each moved bot's pause, in microseconds; in any order.
    pub pauses: Vec<u64>,
}
