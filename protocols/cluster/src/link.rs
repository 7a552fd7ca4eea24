//! The link of a node to the boot server, which stands as long as both do.

use pickler::Pickle;

use crate::{
    ApplicationHealth, BotState, Changed, Digest, Epoch, GossipKey, MemberState, Name, Peer, Plan,
    Prepare, RunBegin, RunPrepare, RunStats, Signed, Text,
};

/// The first message of a node on a link. `WELCOME` answers, or `REFUSED`.
#[derive(Pickle, Clone, Debug, PartialEq, Eq)]
pub struct Hello {
    /// The version of these messages that the node speaks.
    pub protocol: u16,
    /// The program's own version, for people.
    pub program: Text,
    /// The hash of the program's file.
    pub program_hash: Digest,
    /// Who it is. The name is that of its certificate.
    pub peer: Peer,
    /// The groups that it has joined.
    #[pickle(count = u8)]
    pub groups: Vec<Name>,
    /// The release that it runs; 0 if none.
    pub release: u64,
    /// The greatest epoch that it has obeyed.
    pub epoch: Epoch,
    /// The runs that it takes part in.
    #[pickle(count = u8)]
    pub runs: Vec<u64>,
}

/// The node is let in.
#[derive(Pickle, Clone, Debug, PartialEq, Eq)]
pub struct Welcome {
    /// The version of these messages that the boot server speaks.
    pub protocol: u16,
    /// Who drives.
    pub epoch: Epoch,
    /// The charter in force.
    pub charter: Signed,
    /// The keys of datagrams, the newest first.
    #[pickle(count = u8)]
    pub keys: Vec<GossipKey>,
    /// The release that the node is to run: one, or none yet.
    #[pickle(count = u8)]
    pub release: Vec<Signed>,
    /// The leave to go back to it, if the node runs a newer one.
    #[pickle(count = u8)]
    pub rollback: Vec<Signed>,
    /// Some members, to begin with.
    #[pickle(count = u16)]
    pub members: Vec<MemberState>,
}

/// A request, or a peer, is refused.
#[derive(Pickle, Clone, Debug, PartialEq, Eq)]
pub struct Refused {
    /// Why, to be matched.
    pub reason: Refusal,
    /// Why, for people.
    pub text: Text,
}

/// Why something is refused.
#[derive(Pickle, Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[pickle(tag = u8, rename_all = kebab_case)]
pub enum Refusal {
    /// The peer may not, and learns no more than that.
    #[pickle(tag = 1)]
    NotAuthorised,
    /// The two speak different versions.
    #[pickle(tag = 2)]
    Version,
    /// Somebody of a greater epoch drives.
    #[pickle(tag = 3)]
    Epoch,
    /// A signature, or what is signed, does not hold.
    #[pickle(tag = 4)]
    Signature,
    /// A release is older than the one in force, without leave to go back.
    #[pickle(tag = 5)]
    Stale,
    /// Something else goes on.
    #[pickle(tag = 6)]
    Busy,
    /// There is no such thing.
    #[pickle(tag = 7)]
    Unknown,
    /// It makes no sense.
    #[pickle(tag = 8)]
    Invalid,
    /// It was tried, and failed.
    #[pickle(tag = 9)]
    Failed,
}

/// An order of the boot server. `ANSWER` answers, with the same number.
#[derive(Pickle, Clone, Debug, PartialEq, Eq)]
pub struct Command {
    /// Its number on this link.
    pub id: u32,
    /// Who drives.
    pub epoch: Epoch,
    /// What is to be done.
    pub order: Order,
}

/// What a node is to do.
#[derive(Pickle, Clone, Debug, PartialEq, Eq)]
#[pickle(tag = u8, rename_all = SCREAMING_SNAKE_CASE)]
pub enum Order {
    /// Get ready for a release. The answer is a `PLAN`.
    #[pickle(tag = 1)]
    Prepare(Prepare),
    /// Change to the release that was prepared. The answer is `CHANGED`.
    #[pickle(tag = 2)]
    Commit {
        /// Which sync.
        sync: u64,
    },
    /// Forget what was prepared.
    #[pickle(tag = 3)]
    Abort {
        /// Which sync.
        sync: u64,
    },
    /// This charter is in force.
    #[pickle(tag = 4)]
    Charter(Signed),
    /// These keys seal datagrams, the newest first.
    #[pickle(tag = 5)]
    Keys(#[pickle(count = u8)] Vec<GossipKey>),
    /// Get ready for a run.
    #[pickle(tag = 6)]
    PrepareRun(RunPrepare),
    /// Begin a run that was prepared.
    #[pickle(tag = 7)]
    BeginRun(RunBegin),
    /// End a run early.
    #[pickle(tag = 8)]
    StopRun {
        /// Which.
        run: u64,
    },
    /// Say what every bot does. The answer is `BOTS`.
    #[pickle(tag = 9)]
    Inspect,
    /// Say what you have noted of yourself. The answer is `LINES`.
    #[pickle(tag = 10)]
    Log {
        /// The newest so many lines.
        lines: u32,
    },
}

/// What came of an order.
#[derive(Pickle, Clone, Debug, PartialEq, Eq)]
pub struct Answer {
    /// The order's number.
    pub id: u32,
    /// What came of it.
    pub outcome: Outcome,
}

/// What came of an order.
#[derive(Pickle, Clone, Debug, PartialEq, Eq)]
#[pickle(tag = u8, rename_all = SCREAMING_SNAKE_CASE)]
pub enum Outcome {
    /// It was done.
    #[pickle(tag = 0)]
    Done,
    /// It was not done, and nothing has changed.
    #[pickle(tag = 1)]
    Refused(Refused),
    /// What would change, or is ready to.
    #[pickle(tag = 2)]
    Plan(Plan),
    /// What has changed.
    #[pickle(tag = 3)]
    Changed(Changed),
    /// What every bot does. Where there are more than fit into one message,
    /// `more` follow in answers of the same number.
    #[pickle(tag = 4)]
    Bots {
        /// More follow.
        more: bool,
        /// Some of them.
        #[pickle(count = u16)]
        bots: Vec<BotState>,
    },
    /// Lines of the node's log, the oldest first.
    #[pickle(tag = 5)]
    Lines(#[pickle(count = u16)] Vec<Text>),
}

/// How a node fares; sent each second.
#[derive(Pickle, Clone, Debug, Default, PartialEq, Eq)]
pub struct Health {
    /// The release that it runs; 0 if none.
    pub release: u64,
    /// Its applications.
    #[pickle(count = u16)]
    pub applications: Vec<ApplicationHealth>,
    /// Bytes of memory in use.
    pub memory: u64,
}

/// What a node says without being asked.
#[derive(Pickle, Clone, Debug, PartialEq, Eq)]
#[pickle(tag = u8, rename_all = SCREAMING_SNAKE_CASE)]
#[expect(
    clippy::large_enum_variant,
    reason = "one goes out each second; it is boxed as a message"
)]
pub enum Report {
    /// How it fares.
    #[pickle(tag = 1)]
    Health(Health),
    /// How far a run has come on it.
    #[pickle(tag = 2)]
    Run(RunStats),
    /// The groups that it has joined now.
    #[pickle(tag = 3)]
    Groups(#[pickle(count = u8)] Vec<Name>),
    /// It leaves, and is not to be missed.
    #[pickle(tag = 4)]
    Leaving,
}
