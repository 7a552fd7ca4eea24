//! What the nodes of a cluster say to each other.

use pickler::schema::{Protocol, Schema};
use pickler::{ByteString, Pickle};

/// The protocol: its messages, and what is agreed on beside them.
pub fn protocol() -> Protocol {
    Protocol::new("cluster", Schema::of::<Message>())
        .version("1")
        .doc("What the nodes of a cluster say to each other.")
        .max_message(1048576)
}

/// A message over TLS.
///
/// On the wire it is its tag in one byte, the length of its body in four, and
/// the body.
#[derive(Pickle, Clone, Debug, PartialEq)]
#[pickle(tag = u8, length = u32, from, rename_all = SCREAMING_SNAKE_CASE)]
pub enum Message {
    #[pickle(tag = 1)]
    Enrol(Box<Enrol>),
    #[pickle(tag = 2)]
    Enrolled(Box<Enrolled>),
    #[pickle(tag = 3)]
    Refused(Box<Refused>),
    #[pickle(tag = 4)]
    Renew(Box<Renew>),
    #[pickle(tag = 5)]
    Renewed(Box<Renewed>),
    #[pickle(tag = 8)]
    Hello(Box<Hello>),
    #[pickle(tag = 9)]
    Welcome(Box<Welcome>),
    #[pickle(tag = 10)]
    Command(Box<Command>),
    #[pickle(tag = 11)]
    Answer(Box<Answer>),
    #[pickle(tag = 12)]
    Report(Box<Report>),
    #[pickle(tag = 16)]
    Fetch(Box<Fetch>),
    #[pickle(tag = 17)]
    Piece(Box<Piece>),
    #[pickle(tag = 18)]
    Missing(Box<Missing>),
    #[pickle(tag = 24)]
    Exchange(Box<Exchange>),
    #[pickle(tag = 32)]
    Request(Box<Request>),
    #[pickle(tag = 33)]
    Response(Box<Response>),
    #[pickle(other)]
    Other { tag: u8, body: ByteString },
}

/// Asks to be let in: the only message that a peer without a certificate may
/// send. A member passes it on to the boot server, and its answer back.
#[derive(Pickle, Clone, Debug, PartialEq)]
pub struct Enrol {
    /// The secret part of the token, 32 bytes.
    pub token: Blob,
    /// The name that the token is bound to.
    pub name: Name,
    /// The key that certificates are wanted for.
    pub request: CertificateRequest,
}

/// Bytes that mean nothing here: a certificate, a part of a module.
#[derive(Pickle, Clone, Debug, PartialEq)]
pub struct Blob(#[pickle(count = u32)] pub ByteString);

/// A name of a node, a group, an application or a variable: up to 255 bytes of
/// UTF-8.
#[derive(Pickle, Clone, Debug, PartialEq)]
pub struct Name(#[pickle(count = u8)] pub String);

/// Asks for certificates for a key, and proves that the sender holds it. What
/// the certificates say is not asked for: the token, or the certificate that is
/// renewed, has settled it. No parser of ASN.1 meets a stranger's bytes so.
#[derive(Pickle, Clone, Debug, PartialEq)]
pub struct CertificateRequest {
    /// The public ed25519 key.
    pub key: [u8; 32],
    /// The key's signature on `cluster certificate request 1`, a zero byte, and
    /// the sender's name.
    pub proof: [u8; 64],
}

/// What a newcomer is given.
#[derive(Pickle, Clone, Debug, PartialEq)]
pub struct Enrolled {
    /// Its certificates.
    pub certificates: Certificates,
    /// What it is to know of its cluster.
    pub cluster: ClusterFacts,
}

/// A node's certificates, X.509 in DER, for one key.
#[derive(Pickle, Clone, Debug, PartialEq)]
pub struct Certificates {
    /// Says who it is: name, groups, role. Shown to a peer that has proved
    /// itself to belong to the cluster.
    pub identity: Blob,
    /// Says no more than that it belongs to the cluster, and whether it is the
    /// boot server. Shown to whoever connects. Empty for operators, who do not
    /// listen.
    pub door: Blob,
    /// The end of both, in seconds since 1970.
    pub expires: u64,
}

/// What all nodes know of their cluster.
#[derive(Pickle, Clone, Debug, PartialEq)]
pub struct ClusterFacts {
    /// Which it is.
    pub id: ClusterId,
    /// Its name, for people.
    pub name: Name,
    /// The authority that certificates are signed by, X.509 in DER.
    pub authority: Blob,
    /// The ed25519 key that charters are signed by.
    pub charter_key: [u8; 32],
    /// The ed25519 keys that releases, rollbacks and runs are signed by.
    #[pickle(count = u8)]
    pub release_keys: Vec<[u8; 32]>,
    /// Where the boot server is.
    pub boot: Address,
    /// The charter in force.
    pub charter: Signed,
}

/// Which cluster: random, chosen when it is made.
#[derive(Pickle, Clone, Debug, PartialEq)]
pub struct ClusterId(pub [u8; 16]);

/// An address of TCP and UDP.
#[derive(Pickle, Clone, Debug, PartialEq)]
#[pickle(tag = u8)]
pub enum Address {
    /// Of IPv4.
    #[pickle(tag = 4)]
    V4 {
        /// The host.
        ip: [u8; 4],
        /// The port.
        port: u16,
    },
    /// Of IPv6.
    #[pickle(tag = 6)]
    V6 {
        /// The host.
        ip: [u8; 16],
        /// The port.
        port: u16,
    },
}

/// A statement and the signature on its bytes.
#[derive(Pickle, Clone, Debug, PartialEq)]
pub struct Signed {
    /// The [`Statement`], as it was signed. Its tag is part of it, so that no
    /// signature on one kind of statement holds for another.
    pub statement: Blob,
    /// The public ed25519 key.
    pub key: [u8; 32],
    /// The signature.
    pub signature: [u8; 64],
}

/// A request, or a peer, is refused.
#[derive(Pickle, Clone, Debug, PartialEq)]
pub struct Refused {
    /// Why, to be matched.
    pub reason: Refusal,
    /// Why, for people.
    pub text: Text,
}

/// Why something is refused.
#[derive(Pickle, Clone, Copy, Debug, PartialEq, Eq)]
#[pickle(tag = u8, rename_all = kebab_case)]
pub enum Refusal {
    NotAuthorised = 1,
    Version = 2,
    Epoch = 3,
    Signature = 4,
    Stale = 5,
    Busy = 6,
    Unknown = 7,
    Invalid = 8,
    Failed = 9,
}

/// A text for people: up to 65,535 bytes of UTF-8.
#[derive(Pickle, Clone, Debug, PartialEq)]
pub struct Text(#[pickle(count = u16)] pub String);

/// Asks for new certificates, of the same name, before the old ones end.
#[derive(Pickle, Clone, Debug, PartialEq)]
pub struct Renew {
    /// The key that they are wanted for.
    pub request: CertificateRequest,
}

/// The new certificates.
#[derive(Pickle, Clone, Debug, PartialEq)]
pub struct Renewed {
    /// They replace the old ones.
    pub certificates: Certificates,
}

/// The first message of a node on a link. `WELCOME` answers, or `REFUSED`.
#[derive(Pickle, Clone, Debug, PartialEq)]
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

/// A SHA-256 hash of bytes; what is fetched is asked for by it.
#[derive(Pickle, Clone, Debug, PartialEq)]
pub struct Digest(pub [u8; 32]);

/// A node, as members know it.
#[derive(Pickle, Clone, Debug, PartialEq)]
pub struct Peer {
    /// Its name, the same for life.
    pub name: Name,
    /// Where it listens.
    pub address: Address,
    /// When it was started, or rejoined, in milliseconds since 1970: of two
    /// peers of one name, the one that came later is meant.
    pub generation: u64,
    /// What it is.
    pub kind: PeerKind,
}

/// What a peer is.
#[derive(Pickle, Clone, Copy, Debug, PartialEq, Eq)]
#[pickle(tag = u8, rename_all = snake_case)]
pub enum PeerKind {
    Worker = 1,
    Boot = 2,
}

/// Who drives the cluster. A greater number has taken over from a lesser one;
/// of two controllers with the same number, a node obeys the one that it heard
/// first.
#[derive(Pickle, Clone, Debug, PartialEq)]
pub struct Epoch {
    /// Grows with each start of a controller.
    pub number: u64,
    /// Random, chosen at each start.
    pub controller: u64,
}

/// The node is let in.
#[derive(Pickle, Clone, Debug, PartialEq)]
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

/// A key that datagrams are sealed with.
#[derive(Pickle, Clone, Debug, PartialEq)]
pub struct GossipKey {
    /// Grows with each new key.
    pub id: u32,
    /// The secret.
    pub secret: [u8; 32],
}

/// What is known of a member.
#[derive(Pickle, Clone, Debug, PartialEq)]
pub struct MemberState {
    /// Who.
    pub peer: Peer,
    /// How often it has refuted suspicions.
    pub incarnation: u16,
    /// How it fares.
    pub liveness: Liveness,
}

/// How a member fares.
#[derive(Pickle, Clone, Copy, Debug, PartialEq, Eq)]
#[pickle(tag = u8, rename_all = snake_case)]
pub enum Liveness {
    Alive = 1,
    Suspect = 2,
    Down = 3,
}

/// An order of the boot server. `ANSWER` answers, with the same number.
#[derive(Pickle, Clone, Debug, PartialEq)]
pub struct Command {
    /// Its number on this link.
    pub id: u32,
    /// Who drives.
    pub epoch: Epoch,
    /// What is to be done.
    pub order: Order,
}

/// What a node is to do.
#[derive(Pickle, Clone, Debug, PartialEq)]
#[pickle(tag = u8, from, rename_all = SCREAMING_SNAKE_CASE)]
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

/// Asks a node to get ready for a release: to fetch what it lacks and to see
/// whether it would run. Nothing changes yet.
#[derive(Pickle, Clone, Debug, PartialEq)]
pub struct Prepare {
    /// Which sync.
    pub sync: u64,
    /// The release.
    pub manifest: Signed,
    /// The leave to go back, if the release is older than the node's: one, or
    /// none.
    #[pickle(count = u8)]
    pub rollback: Vec<Signed>,
    /// How code is to be changed.
    pub way: Way,
    /// Only say what would change: fetch nothing.
    pub plan_only: bool,
}

/// How a sync is to change code.
#[derive(Pickle, Clone, Debug, PartialEq)]
#[pickle(tag = u8, from, rename_all = snake_case)]
pub enum Way {
    /// The cheapest that is safe, for each application.
    #[pickle(tag = 0)]
    Cheapest,
    /// This way, and no cheaper one.
    #[pickle(tag = 1)]
    By(By),
}

/// How code is changed; each way is dearer than the one before.
#[derive(Pickle, Clone, Copy, Debug, PartialEq, Eq)]
#[pickle(tag = u8, rename_all = snake_case)]
pub enum By {
    Process = 1,
    Application = 2,
    Restart = 3,
}

/// Gets a node ready for a run: it fetches the scripts and tries them.
#[derive(Pickle, Clone, Debug, PartialEq)]
pub struct RunPrepare {
    /// The [`RunOrder`].
    pub order: Signed,
}

/// Begins a node's part of a run.
#[derive(Pickle, Clone, Debug, PartialEq)]
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

/// What came of an order.
#[derive(Pickle, Clone, Debug, PartialEq)]
pub struct Answer {
    /// The order's number.
    pub id: u32,
    /// What came of it.
    pub outcome: Outcome,
}

/// What came of an order.
#[derive(Pickle, Clone, Debug, PartialEq)]
#[pickle(tag = u8, from, rename_all = SCREAMING_SNAKE_CASE)]
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

/// What a node would do, or has got ready to do.
#[derive(Pickle, Clone, Debug, PartialEq)]
pub struct Plan {
    /// Which sync.
    pub sync: u64,
    /// The release that it runs; 0 if none.
    pub from: u64,
    /// The release that it would run.
    pub to: u64,
    /// What changes.
    #[pickle(count = u16)]
    pub steps: Vec<PlanStep>,
    /// Bytes that were fetched, or would have to be.
    pub bytes: u64,
    /// The pause that is expected for what runs, in microseconds.
    pub pause: u64,
}

/// What changes for one application.
#[derive(Pickle, Clone, Debug, PartialEq)]
pub struct PlanStep {
    /// Which; empty for the program itself.
    pub application: Name,
    /// How it is changed.
    pub by: By,
    /// Why no cheaper way will do, for people; else empty.
    pub reason: Text,
    /// The modules that change.
    #[pickle(count = u16)]
    pub modules: Vec<ModuleChange>,
    /// How many bots it touches.
    pub members: u32,
}

/// How a module changes.
#[derive(Pickle, Clone, Debug, PartialEq)]
pub struct ModuleChange {
    /// Which.
    pub name: Name,
    /// Its version now; empty if it is new.
    pub from: Name,
    /// Its version then; empty if it goes.
    pub to: Name,
    /// Its content then.
    pub hash: Digest,
}

/// What came of a change on one node.
#[derive(Pickle, Clone, Debug, PartialEq)]
pub struct Changed {
    /// Which sync.
    pub sync: u64,
    /// The release that the node now runs.
    pub version: u64,
    /// Bots that changed their code.
    pub moved: u32,
    /// Bots that stay on the old code, and why: the first of them.
    #[pickle(count = u32)]
    pub held: Vec<HeldBot>,
    /// How many bots stay on the old code, those that are not told of by
    /// themselves included.
    pub held_in_all: u32,
    /// The pauses of those that changed: median, 99th percentile and greatest,
    /// in microseconds.
    pub pauses: [u64; 3],
    /// How long the node took, in microseconds.
    pub took: u64,
}

/// A bot that stays on the old code.
#[derive(Pickle, Clone, Debug, PartialEq)]
pub struct HeldBot {
    /// The application that it belongs to.
    pub application: Name,
    /// Its name.
    pub name: Name,
    /// The script and the line, such as `tight.luau:14`.
    pub place: Text,
    /// What it waits for, in words.
    pub waits_for: Text,
    /// Why it did not change, in words.
    pub reason: Text,
}

/// What a bot does right now.
#[derive(Pickle, Clone, Debug, PartialEq)]
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

/// What a node says without being asked.
#[derive(Pickle, Clone, Debug, PartialEq)]
#[pickle(tag = u8, from, rename_all = SCREAMING_SNAKE_CASE)]
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

/// How a node fares; sent each second.
#[derive(Pickle, Clone, Debug, PartialEq)]
pub struct Health {
    /// The release that it runs; 0 if none.
    pub release: u64,
    /// Its applications.
    #[pickle(count = u16)]
    pub applications: Vec<ApplicationHealth>,
    /// Bytes of memory in use.
    pub memory: u64,
}

/// How an application fares on one node.
#[derive(Pickle, Clone, Debug, PartialEq)]
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
#[derive(Pickle, Clone, Debug, PartialEq)]
#[pickle(tag = u8, from, rename_all = SCREAMING_SNAKE_CASE)]
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

/// What one part of a run has counted since it began. Added up, the whole
/// run's, exactly.
#[derive(Pickle, Clone, Debug, PartialEq)]
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
#[derive(Pickle, Clone, Debug, PartialEq)]
pub struct FailureCount {
    /// What, as in reports.
    pub kind: Name,
    /// How often.
    pub count: u64,
}

/// How many latencies there were of about this length.
#[derive(Pickle, Clone, Debug, PartialEq)]
pub struct LatencyCount {
    /// The bucket's least value, in microseconds.
    pub value: u64,
    /// How many.
    pub count: u64,
}

/// How often a message was sent and received.
#[derive(Pickle, Clone, Debug, PartialEq)]
pub struct MessageCount {
    /// Where it stands among the protocol's messages, from 0.
    pub message: u16,
    /// How often it was sent.
    pub sent: u64,
    /// How often it was received.
    pub received: u64,
}

/// Asks for a piece of a module, from `offset` on. `PIECE` answers, or
/// `MISSING`.
#[derive(Pickle, Clone, Debug, PartialEq)]
pub struct Fetch {
    /// The module.
    pub hash: Digest,
    /// How many of its bytes are there already.
    pub offset: u64,
}

/// A piece of a module.
#[derive(Pickle, Clone, Debug, PartialEq)]
pub struct Piece {
    /// The module.
    pub hash: Digest,
    /// Where in it the piece begins.
    pub offset: u64,
    /// How long the module is.
    pub size: u64,
    /// The piece: at most 64 KiB; empty at the module's end.
    pub bytes: Blob,
}

/// No release, and no run, lists a module of that hash.
#[derive(Pickle, Clone, Debug, PartialEq)]
pub struct Missing {
    /// What was asked for.
    pub hash: Digest,
}

/// All that a node knows of the members, and the charter that it has; asked and
/// answered with the same message.
#[derive(Pickle, Clone, Debug, PartialEq)]
pub struct Exchange {
    /// The sender.
    pub source: Peer,
    /// The members.
    #[pickle(count = u16)]
    pub members: Vec<MemberState>,
    /// The charter.
    pub charter: Signed,
}

/// What an operator asks. Answers are `RESPONSE`s; the last of them is not
/// `PROGRESS`.
#[derive(Pickle, Clone, Debug, PartialEq)]
#[pickle(tag = u8, from, rename_all = SCREAMING_SNAKE_CASE)]
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
#[derive(Pickle, Clone, Debug, PartialEq)]
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
#[derive(Pickle, Clone, Copy, Debug, PartialEq, Eq)]
#[pickle(tag = u8, rename_all = snake_case)]
pub enum Role {
    Node = 1,
    View = 2,
    Operate = 3,
    Deploy = 4,
    Root = 5,
    Boot = 6,
}

/// Some of the nodes.
#[derive(Pickle, Clone, Debug, PartialEq)]
#[pickle(tag = u8, rename_all = SCREAMING_SNAKE_CASE)]
pub enum Scope {
    /// All nodes.
    #[pickle(tag = 0)]
    All,
    /// Those of a group.
    #[pickle(tag = 1)]
    Group(Name),
    /// One.
    #[pickle(tag = 2)]
    Node(Name),
}

/// A variable of the environment, or a setting.
#[derive(Pickle, Clone, Debug, PartialEq)]
pub struct Variable {
    /// Its name.
    pub name: Name,
    /// Its value.
    pub value: Text,
}

/// How nodes are to be changed to a release.
#[derive(Pickle, Clone, Debug, PartialEq)]
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
#[derive(Pickle, Clone, Debug, PartialEq)]
#[pickle(tag = u8, from, rename_all = SCREAMING_SNAKE_CASE)]
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
#[derive(Pickle, Clone, Debug, PartialEq)]
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

/// What becomes of the bots of a node that is lost.
#[derive(Pickle, Clone, Copy, Debug, PartialEq, Eq)]
#[pickle(tag = u8, rename_all = snake_case)]
pub enum OnLoss {
    Count = 1,
    Restart = 2,
}

/// How the cluster fares.
#[derive(Pickle, Clone, Debug, PartialEq)]
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
    pub environment: Vec<ScopedVariable>,
    /// Tokens that have not been used yet: names.
    #[pickle(count = u16)]
    pub expected: Vec<Name>,
}

/// How a node fares.
#[derive(Pickle, Clone, Debug, PartialEq)]
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

/// A variable, and for whom it is set.
#[derive(Pickle, Clone, Debug, PartialEq)]
pub struct ScopedVariable {
    /// For whom.
    pub scope: Scope,
    /// What.
    pub variable: Variable,
}

/// How a sync ended.
#[derive(Pickle, Clone, Debug, PartialEq)]
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
#[derive(Pickle, Clone, Debug, PartialEq)]
pub struct NodeFailure {
    /// Which.
    pub node: Name,
    /// Why.
    pub why: Refused,
}

/// All that was counted in a run.
#[derive(Pickle, Clone, Debug, PartialEq)]
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
#[derive(Pickle, Clone, Debug, PartialEq)]
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
