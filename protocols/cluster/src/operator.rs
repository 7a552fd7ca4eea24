//! What an operator asks of the boot server.

use pickler::Pickle;

use crate::{
    ApplicationHealth, Blob, BotState, By, Changed, Digest, Epoch, Liveness, Name, OnLoss, Peer,
    Plan, Refused, RunStats, Scope, Signed, Text, Variable, Way,
};

/// What an operator asks. Answers are `RESPONSE`s; the last of them is not
/// `PROGRESS`.
#[derive(Pickle, Clone, Debug, PartialEq, Eq)]
#[pickle(tag = u8, rename_all = SCREAMING_SNAKE_CASE)]
pub enum Request {
    /// How the cluster fares. Takes the role `view`.
    #[pickle(tag = 1)]
    Status,
    /// What every bot does. Takes the role `view`.
    #[pickle(tag = 2)]
    Bots {
        /// Only of this node; empty: of all.
        node: Name,
    },
    /// The audit log, or a node's own. Takes the role `view`.
    #[pickle(tag = 3)]
    Log {
        /// Whose; empty: the audit log.
        node: Name,
        /// The newest so many lines.
        lines: u32,
    },
    /// Mints a token. Takes the role `root`.
    #[pickle(tag = 4)]
    Authorise(Authorise),
    /// Lets somebody in no longer. Takes the role `root`.
    #[pickle(tag = 5)]
    Revoke {
        /// Who.
        name: Name,
    },
    /// Sets a variable, or takes it away. Takes the role `operate`.
    #[pickle(tag = 6)]
    Set {
        /// For whom.
        scope: Scope,
        /// What; to take it away, the name counts.
        variable: Variable,
        /// Take it away.
        remove: bool,
    },
    /// Offers a module. `UPLOAD_FROM` says from where on it is wanted. Takes
    /// the role `operate`.
    #[pickle(tag = 7)]
    Offer {
        /// Which.
        hash: Digest,
        /// How many bytes.
        size: u64,
    },
    /// A piece of a module that was offered. Takes the role `operate`.
    #[pickle(tag = 8)]
    Upload {
        /// Which.
        hash: Digest,
        /// Where the piece begins.
        offset: u64,
        /// The piece.
        bytes: Blob,
    },
    /// Publishes a release: from now on it can be changed to. Takes the role
    /// `deploy`.
    #[pickle(tag = 9)]
    Publish {
        /// The [`Manifest`](crate::Manifest).
        manifest: Signed,
    },
    /// Changes nodes to a release. Takes the role `deploy`.
    #[pickle(tag = 10)]
    Sync(SyncRequest),
    /// Begins a run of bots. Takes the role `operate`.
    #[pickle(tag = 11)]
    Run {
        /// The [`RunOrder`](crate::RunOrder).
        order: Signed,
    },
    /// Ends the run, or the sync, that this connection has begun. Takes the
    /// role `operate`, as the least of what it can end.
    #[pickle(tag = 12)]
    Stop,
    /// The newest release that was published. Takes the role `view`.
    #[pickle(tag = 13)]
    Release,
    /// Changes the key of datagrams. Takes the role `root`.
    #[pickle(tag = 14)]
    RotateKey,
}

/// What a token is to be good for.
#[derive(Pickle, Clone, Debug, PartialEq, Eq)]
pub struct Authorise {
    /// The name that it is bound to.
    pub name: Name,
    /// The groups that it may join.
    #[pickle(count = u8)]
    pub groups: Vec<Name>,
    /// What it may do.
    pub role: Role,
    /// How long the token is good for, in seconds.
    pub lifetime: u32,
}

/// What a peer may do; each of an operator's roles includes those before it.
#[derive(Pickle, Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[pickle(tag = u8, rename_all = kebab_case)]
pub enum Role {
    /// Be a node.
    #[default]
    #[pickle(tag = 1)]
    Node,
    /// Look.
    #[pickle(tag = 2)]
    View,
    /// Set variables and run bots.
    #[pickle(tag = 3)]
    Operate,
    /// Publish releases and change nodes to them.
    #[pickle(tag = 4)]
    Deploy,
    /// Let in and out.
    #[pickle(tag = 5)]
    Root,
    /// Be the boot server.
    #[pickle(tag = 6)]
    Boot,
}

/// How nodes are to be changed to a release.
#[derive(Pickle, Clone, Debug, Default, PartialEq, Eq)]
pub struct SyncRequest {
    /// The release's version; 0: the newest.
    pub version: u64,
    /// How code is changed.
    pub way: Way,
    /// Only the nodes of these groups; none: all.
    #[pickle(count = u8)]
    pub groups: Vec<Name>,
    /// Only say what would change.
    pub plan_only: bool,
    /// How many nodes are changed at once; 0: all.
    pub max_parallel: u32,
    /// How many nodes are changed first, by themselves.
    pub canary: u32,
    /// How long nodes must fare well before the next are changed, in
    /// milliseconds.
    pub min_healthy_time: u32,
    /// How long a node may take to change, in milliseconds.
    pub deadline: u32,
    /// More new errors on one node than this fail the gate.
    pub max_errors: u64,
    /// A greater 99th percentile of latencies than this fails the gate, in
    /// microseconds; 0: any will do.
    pub max_latency: u64,
    /// Change back when the gate fails.
    pub auto_revert: bool,
    /// Leaves to go back: to the version from older ones, and, for
    /// `auto_revert`, from the version to those that nodes run now.
    #[pickle(count = u16)]
    pub rollbacks: Vec<Signed>,
}

/// What an operator is answered.
#[derive(Pickle, Clone, Debug, PartialEq, Eq)]
#[pickle(tag = u8, rename_all = SCREAMING_SNAKE_CASE)]
pub enum Response {
    /// It was done.
    #[pickle(tag = 0)]
    Done,
    /// It was not done.
    #[pickle(tag = 1)]
    Refused(Refused),
    /// More follows.
    #[pickle(tag = 2)]
    Progress(Progress),
    /// How the cluster fares.
    #[pickle(tag = 3)]
    Status(Status),
    /// What bots do. Where `more` is set, another such response follows.
    #[pickle(tag = 4)]
    Bots {
        /// More follow.
        more: bool,
        /// The node that they run on.
        node: Name,
        /// Some of them.
        #[pickle(count = u16)]
        bots: Vec<BotState>,
    },
    /// Lines of a log, the oldest first.
    #[pickle(tag = 5)]
    Lines(#[pickle(count = u16)] Vec<Text>),
    /// A token, to be given to whom it names.
    #[pickle(tag = 6)]
    Token(Text),
    /// From where on a module is wanted; at its size, it is there.
    #[pickle(tag = 7)]
    UploadFrom {
        /// How many of its bytes are there.
        offset: u64,
    },
    /// How a sync ended.
    #[pickle(tag = 8)]
    Synced(Synced),
    /// How a run ended: all that was counted.
    #[pickle(tag = 9)]
    RunEnded(RunSummary),
    /// The newest release: its signed manifest, or none.
    #[pickle(tag = 10)]
    Release(#[pickle(count = u8)] Vec<Signed>),
}

/// What goes on.
#[derive(Pickle, Clone, Debug, PartialEq, Eq)]
#[pickle(tag = u8, rename_all = SCREAMING_SNAKE_CASE)]
pub enum Progress {
    /// A node has got ready, or says what would change.
    #[pickle(tag = 1)]
    Planned {
        /// Which.
        node: Name,
        /// What.
        plan: Plan,
    },
    /// A node cannot get ready, or could not change.
    #[pickle(tag = 2)]
    Failed {
        /// Which.
        node: Name,
        /// Why.
        why: Refused,
    },
    /// Nodes are told to change.
    #[pickle(tag = 3)]
    Changing {
        /// Which.
        #[pickle(count = u16)]
        nodes: Vec<Name>,
        /// They are the canaries.
        canary: bool,
    },
    /// A node has changed.
    #[pickle(tag = 4)]
    Changed {
        /// Which.
        node: Name,
        /// What came of it.
        changed: Changed,
    },
    /// The nodes that changed are watched.
    #[pickle(tag = 5)]
    Watching {
        /// For so long, in milliseconds.
        time: u32,
    },
    /// The gate has failed.
    #[pickle(tag = 6)]
    GateFailed {
        /// At which node.
        node: Name,
        /// Why.
        why: Text,
    },
    /// The nodes that changed are changed back.
    #[pickle(tag = 7)]
    Reverting {
        /// To which version.
        to: u64,
    },
    /// How far a run has come on one node.
    #[pickle(tag = 8)]
    Run {
        /// Which.
        node: Name,
        /// What it has counted.
        stats: RunStats,
    },
    /// A node is lost.
    #[pickle(tag = 9)]
    Lost {
        /// Which.
        node: Name,
        /// How many bots ran on it.
        bots: u32,
        /// What becomes of them.
        then: OnLoss,
    },
}

/// How a sync ended.
#[derive(Pickle, Clone, Debug, Default, PartialEq, Eq)]
pub struct Synced {
    /// Which sync.
    pub sync: u64,
    /// The release that the cluster is now to run.
    pub version: u64,
    /// It was changed back.
    pub reverted: bool,
    /// Nodes that changed.
    pub nodes: u32,
    /// Nodes that did not, and why.
    #[pickle(count = u16)]
    pub failed: Vec<NodeFailure>,
    /// From the first order to change until the last node had, in
    /// microseconds.
    pub took: u64,
}

/// A node that did not do what it was told.
#[derive(Pickle, Clone, Debug, PartialEq, Eq)]
pub struct NodeFailure {
    /// Which.
    pub node: Name,
    /// Why.
    pub why: Refused,
}

/// All that was counted in a run.
#[derive(Pickle, Clone, Debug, Default, PartialEq, Eq)]
pub struct RunSummary {
    /// Which run.
    pub run: u64,
    /// What each node has counted, with the last counts of those that were
    /// lost.
    #[pickle(count = u16)]
    pub parts: Vec<RunPart>,
    /// It was ended early.
    pub stopped: bool,
}

/// A node's part of a run.
#[derive(Pickle, Clone, Debug, Default, PartialEq, Eq)]
pub struct RunPart {
    /// The node.
    pub node: Name,
    /// The number of its first bot.
    pub first_bot: u32,
    /// How many bots it was given.
    pub bots: u32,
    /// The node was lost: these are the last counts that came.
    pub lost: bool,
    /// The most that were connected at one moment on all nodes is known from
    /// the parts' counts over time; here, what this one counted.
    pub stats: RunStats,
}

/// How the cluster fares.
#[derive(Pickle, Clone, Debug, Default, PartialEq, Eq)]
pub struct Status {
    /// Its name.
    pub cluster: Name,
    /// Who drives.
    pub epoch: Epoch,
    /// The release that it is to run; 0 if none.
    pub release: u64,
    /// The newest release that was published; 0 if none.
    pub newest: u64,
    /// Its nodes.
    #[pickle(count = u16)]
    pub nodes: Vec<NodeStatus>,
    /// What is set.
    #[pickle(count = u16)]
    pub environment: Vec<crate::ScopedVariable>,
    /// Tokens that have not been used yet: names.
    #[pickle(count = u16)]
    pub expected: Vec<Name>,
}

/// How a node fares.
#[derive(Pickle, Clone, Debug, PartialEq, Eq)]
pub struct NodeStatus {
    /// Who it is.
    pub peer: Peer,
    /// How it fares, as members see it.
    pub liveness: Liveness,
    /// Its link to the boot server stands.
    pub linked: bool,
    /// The program's own version.
    pub program: Text,
    /// The groups that it has joined.
    #[pickle(count = u8)]
    pub groups: Vec<Name>,
    /// The release that it runs; 0 if none.
    pub release: u64,
    /// Its applications.
    #[pickle(count = u16)]
    pub applications: Vec<ApplicationHealth>,
    /// Bytes of memory in use.
    pub memory: u64,
    /// When it was last heard of, in milliseconds before now.
    pub silent: u64,
    /// How it last changed.
    #[pickle(count = u8)]
    pub changed_by: Vec<By>,
}
