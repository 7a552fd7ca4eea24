//! What somebody vouches for.

use pickler::Pickle;

use crate::{Blob, Charter, Manifest, Rollback, RunOrder};

/// A statement and the signature on its bytes.
#[derive(Pickle, Clone, Debug, PartialEq, Eq)]
pub struct Signed {
    /// The [`Statement`], as it was signed. Its tag is part of it, so that no
    /// signature on one kind of statement holds for another.
    pub statement: Blob,
    /// The public ed25519 key.
    pub key: [u8; 32],
    /// The signature.
    pub signature: [u8; 64],
}

/// What can be signed.
#[derive(Pickle, Clone, Debug, PartialEq, Eq)]
#[pickle(tag = u8, rename_all = SCREAMING_SNAKE_CASE)]
pub enum Statement {
    /// A release. Signed by a release key.
    #[pickle(tag = 1)]
    Manifest(Manifest),
    /// The leave to go back to an older release. Signed by a release key.
    #[pickle(tag = 2)]
    Rollback(Rollback),
    /// A run of bots. Signed by a release key.
    #[pickle(tag = 3)]
    Run(RunOrder),
    /// What all nodes are to know. Signed by the charter key.
    #[pickle(tag = 4)]
    Charter(Charter),
}
