//! How a newcomer gets its certificate.

use pickler::Pickle;

use crate::{Address, Blob, ClusterId, Name, Signed};

/// Asks to be let in: the only message that a peer without a certificate may
/// send. A member passes it on to the boot server, and its answer back.
#[derive(Pickle, Clone, Debug, PartialEq, Eq)]
pub struct Enrol {
    /// The secret part of the token, 32 bytes.
    pub token: Blob,
    /// The name that the token is bound to.
    pub name: Name,
    /// The key that certificates are wanted for.
    pub request: CertificateRequest,
}

/// Asks for certificates for a key, and proves that the sender holds it. What
/// the certificates say is not asked for: the token, or the certificate that is
/// renewed, has settled it. No parser of ASN.1 meets a stranger's bytes so.
#[derive(Pickle, Clone, Copy, Debug, PartialEq, Eq)]
pub struct CertificateRequest {
    /// The public ed25519 key.
    pub key: [u8; 32],
    /// The key's signature on `cluster certificate request 1`, a zero byte, and
    /// the sender's name.
    pub proof: [u8; 64],
}

/// What a newcomer is given.
#[derive(Pickle, Clone, Debug, PartialEq, Eq)]
pub struct Enrolled {
    /// Its certificates.
    pub certificates: Certificates,
    /// What it is to know of its cluster.
    pub cluster: ClusterFacts,
}

/// A node's certificates, X.509 in DER, for one key.
#[derive(Pickle, Clone, Debug, PartialEq, Eq)]
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
#[derive(Pickle, Clone, Debug, PartialEq, Eq)]
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

/// Asks for new certificates, of the same name, before the old ones end.
#[derive(Pickle, Clone, Debug, PartialEq, Eq)]
pub struct Renew {
    /// The key that they are wanted for.
    pub request: CertificateRequest,
}

/// The new certificates.
#[derive(Pickle, Clone, Debug, PartialEq, Eq)]
pub struct Renewed {
    /// They replace the old ones.
    pub certificates: Certificates,
}
