//! The entries of the registrar's books.

use cluster_protocol::{Digest, Name, Role};
use pickler::Pickle;

/// A token, as it is remembered: not its secret, but the hash of that.
#[derive(Pickle, Clone, Debug, PartialEq, Eq)]
pub struct TokenRecord {
    /// The SHA-256 hash of the secret; the secret is random, and as long.
    pub hash: Digest,
    /// The name that it is bound to.
    pub name: Name,
    /// The groups that its holder may join.
    #[pickle(count = u8)]
    pub groups: Vec<Name>,
    /// What its holder may do.
    pub role: Role,
    /// When it expires, in seconds since 1970.
    pub expires: u64,
    /// When it was used, and for which key; none: it has not been.
    #[pickle(count = u8)]
    pub used: Vec<TokenUse>,
}

/// When a token was used, and for which key.
#[derive(Pickle, Clone, Copy, Debug, PartialEq, Eq)]
pub struct TokenUse {
    /// When, in seconds since 1970.
    pub at: u64,
    /// The public key that was certified.
    pub key: [u8; 32],
}

/// A name and its certificates.
#[derive(Pickle, Clone, Debug, PartialEq, Eq)]
pub struct Holder {
    /// Who.
    pub name: Name,
    /// Those that have not ended.
    #[pickle(count = u8)]
    pub certificates: Vec<IssuedCertificate>,
}

/// A certificate that was issued.
#[derive(Pickle, Clone, Copy, Debug, PartialEq, Eq)]
pub struct IssuedCertificate {
    /// The SHA-256 hash of it.
    pub hash: Digest,
    /// When it ends, in seconds since 1970.
    pub expires: u64,
}
