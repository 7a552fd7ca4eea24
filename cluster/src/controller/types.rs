//! What the boot server's brain takes and gives.

use cluster_protocol::{
    Charter, ClusterFacts, Digest, Epoch, GossipKey, MemberState, Message, Name, Request, Response,
    Revocation, Role, Signed,
};

use super::Record;

/// A link to a node. Never used twice.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct LinkId(pub u64);

/// A connection of an operator. Never used twice.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct OperatorId(pub u64);

/// The modules that are there in full, with the hashes that they are named by.
pub trait ModuleSource: Send {
    /// How many bytes a module has; none: it is not there.
    fn size(&self, hash: &Digest) -> Option<u64>;

    /// At most `length` bytes of a module from `offset` on; none: they cannot
    /// be read.
    fn read(&self, hash: &Digest, offset: u64, length: usize) -> Option<Vec<u8>>;
}

/// Signs charters with the charter key.
///
/// Any function of this shape does.
pub trait SignCharter: Send {
    /// The charter, signed.
    fn sign(&self, charter: Charter) -> Signed;
}

impl<F: Fn(Charter) -> Signed + Send> SignCharter for F {
    fn sign(&self, charter: Charter) -> Signed {
        self(charter)
    }
}

/// What the boot server is from its start.
#[derive(Clone, Debug)]
pub struct ControllerConfig {
    /// The cluster. Its `charter` is the newest that was kept.
    pub facts: ClusterFacts,
    /// Its own epoch: greater than any that it has had before, which the caller
    /// has kept before it starts.
    pub epoch: Epoch,
    /// The keys that seal datagrams, the newest first.
    pub keys: Vec<GossipKey>,
}

/// What happens to the boot server.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Input {
    /// A node's link stands; the peer has proved to be that node.
    NodeUp {
        /// The link.
        link: LinkId,
        /// The name of its certificate.
        name: Name,
        /// The groups that its certificate lets it join, and no others.
        groups: Vec<Name>,
    },
    /// A node says something.
    NodeMessage {
        /// On which link.
        link: LinkId,
        /// What.
        message: Message,
    },
    /// A node's link is gone.
    NodeDown {
        /// The link.
        link: LinkId,
    },
    /// An operator is there, and has proved to be that.
    OperatorUp {
        /// The connection.
        operator: OperatorId,
        /// The name of its certificate.
        name: Name,
        /// What it may do.
        role: Role,
    },
    /// An operator asks something.
    OperatorRequest {
        /// On which connection.
        operator: OperatorId,
        /// What.
        request: Request,
    },
    /// An operator's connection is gone.
    OperatorDown {
        /// The connection.
        operator: OperatorId,
    },
    /// What membership says of a node.
    Member(MemberState),
    /// What was asked for by [`Output::Local`] is done or refused.
    Respond {
        /// The connection.
        operator: OperatorId,
        /// The answer.
        response: Response,
    },
    /// Somebody is not to be let in any more; answers `Request::Revoke`.
    Revoked {
        /// Who asked for it, if somebody did.
        operator: Option<OperatorId>,
        /// Who is out.
        revocation: Revocation,
    },
    /// These keys seal datagrams from now on, the newest first.
    Keys(Vec<GossipKey>),
    /// The names that unused tokens are bound to.
    Expected(Vec<Name>),
    /// What [`Output::Persist`] gave is kept, with all before it.
    Persisted {
        /// Its number.
        sequence: u64,
    },
    /// What [`Output::Audit`] gave is in the log, with all before it.
    Audited {
        /// Its number.
        sequence: u64,
    },
    /// Time has passed.
    Timeout,
}

/// What the boot server's brain wants done.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Output {
    /// Say this to a node.
    ToNode {
        /// On which link.
        link: LinkId,
        /// What.
        message: Message,
    },
    /// Close a node's link, after what was said on it; `NodeDown` need not
    /// follow.
    CloseLink {
        /// The link.
        link: LinkId,
    },
    /// Say this to an operator.
    ToOperator {
        /// On which connection.
        operator: OperatorId,
        /// What.
        response: Response,
    },
    /// Close an operator's connection, after what was said on it.
    CloseOperator {
        /// The connection.
        operator: OperatorId,
    },
    /// Keep this over the process's death, then say [`Input::Persisted`].
    Persist {
        /// Grows by 1 with each.
        sequence: u64,
        /// What to keep.
        record: Record,
    },
    /// Put this into the audit log, then say [`Input::Audited`]: only then is
    /// it carried out.
    Audit {
        /// Grows by 1 with each.
        sequence: u64,
        /// Who.
        who: Name,
        /// What, in a word such as `sync`.
        what: &'static str,
        /// The particulars.
        detail: String,
    },
    /// The operator may, and it is in the audit log: do this request (tokens,
    /// revocations, keys, uploads, the audit log), which the brain knows
    /// nothing of; then say [`Input::Respond`], for `Revoke`
    /// [`Input::Revoked`].
    Local {
        /// The connection.
        operator: OperatorId,
        /// What.
        request: Request,
    },
    /// This charter is in force.
    Charter(Signed),
    /// For the boot server's own log.
    Note(String),
}
