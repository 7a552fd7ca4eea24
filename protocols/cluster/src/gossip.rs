//! Who is there: membership by SWIM, over UDP, and in full over TCP.

use pickler::picklers::rest;
use pickler::{ByteString, Pickle};

use crate::{Address, Name, Signed};

/// A datagram: sealed with the cluster's key by ChaCha20-Poly1305; key and
/// nonce are authenticated with it.
#[derive(Pickle, Clone, Debug, PartialEq, Eq)]
pub struct Datagram {
    /// Which of the cluster's keys.
    pub key: u32,
    /// Never the same twice for one key.
    pub nonce: [u8; 12],
    /// A [`GossipHeader`] and what membership adds to it, and 16 bytes that
    /// authenticate it.
    #[pickle(with = rest::<ByteString>())]
    pub sealed: ByteString,
}

/// A key that datagrams are sealed with.
#[derive(Pickle, Clone, PartialEq, Eq)]
pub struct GossipKey {
    /// Grows with each new key.
    pub id: u32,
    /// The secret.
    pub secret: [u8; 32],
}

/// The number, not the secret.
impl core::fmt::Debug for GossipKey {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        write!(f, "key {}", self.id)
    }
}

/// A node, as members know it.
#[derive(Pickle, Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
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
#[derive(Pickle, Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[pickle(tag = u8, rename_all = kebab_case)]
pub enum PeerKind {
    /// It runs applications.
    #[default]
    #[pickle(tag = 1)]
    Worker,
    /// It is the boot server.
    #[pickle(tag = 2)]
    Boot,
}

/// What every datagram begins with.
#[derive(Pickle, Clone, Debug, PartialEq, Eq)]
pub struct GossipHeader {
    /// Who sends it.
    pub source: Peer,
    /// How often the sender has refuted suspicions.
    pub incarnation: u16,
    /// To whom.
    pub destination: Peer,
    /// What it says.
    pub message: Gossip,
}

/// What a datagram says.
#[derive(Pickle, Clone, Debug, PartialEq, Eq)]
#[pickle(tag = u8, rename_all = SCREAMING_SNAKE_CASE)]
pub enum Gossip {
    /// Are you there?
    #[pickle(tag = 1)]
    Ping {
        /// The probe.
        probe: u8,
    },
    /// I am.
    #[pickle(tag = 2)]
    Ack {
        /// The probe.
        probe: u8,
    },
    /// Ask `target` for me.
    #[pickle(tag = 3)]
    PingRequest {
        /// Who did not answer.
        target: Peer,
        /// The probe.
        probe: u8,
    },
    /// `origin` asks whether you are there.
    #[pickle(tag = 4)]
    IndirectPing {
        /// Who wants to know.
        origin: Peer,
        /// The probe.
        probe: u8,
    },
    /// Tell `target` that I am.
    #[pickle(tag = 5)]
    IndirectAck {
        /// Who wants to know.
        target: Peer,
        /// The probe.
        probe: u8,
    },
    /// `origin` says that it is there.
    #[pickle(tag = 6)]
    ForwardedAck {
        /// Who was asked.
        origin: Peer,
        /// The probe.
        probe: u8,
    },
    /// I am new here.
    #[pickle(tag = 7)]
    Announce,
    /// These are here.
    #[pickle(tag = 8)]
    Feed,
    /// This is new.
    #[pickle(tag = 9)]
    Gossip,
    /// This is for all.
    #[pickle(tag = 10)]
    Broadcast,
    /// You are held to be down.
    #[pickle(tag = 11)]
    TurnUndead,
}

/// What is known of a member.
#[derive(Pickle, Clone, Debug, PartialEq, Eq)]
pub struct MemberState {
    /// Who.
    pub peer: Peer,
    /// How often it has refuted suspicions.
    pub incarnation: u16,
    /// How it fares.
    pub liveness: Liveness,
}

/// How a member fares.
#[derive(Pickle, Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[pickle(tag = u8, rename_all = kebab_case)]
pub enum Liveness {
    /// It answers.
    #[default]
    #[pickle(tag = 1)]
    Alive,
    /// Somebody got no answer from it.
    #[pickle(tag = 2)]
    Suspect,
    /// It is gone.
    #[pickle(tag = 3)]
    Down,
}

/// All that a node knows of the members, and the charter that it has; asked and
/// answered with the same message.
#[derive(Pickle, Clone, Debug, PartialEq, Eq)]
pub struct Exchange {
    /// The sender.
    pub source: Peer,
    /// The members.
    #[pickle(count = u16)]
    pub members: Vec<MemberState>,
    /// The charter.
    pub charter: Signed,
}
