//! What identities, keys and books are in files.

use std::io;
use std::path::{Path, PathBuf};

use cluster_protocol::{Blob, Certificates, ClusterFacts, ClusterId, GossipKey, Name};
use pickler::Pickle;
use thiserror::Error;

use super::records::{Holder, TokenRecord};
use crate::durable;

/// A file's content: the tag says which, so that one is never taken for another.
#[derive(Pickle, Clone, Debug, PartialEq, Eq)]
#[pickle(tag = u8, rename_all = SCREAMING_SNAKE_CASE)]
pub(super) enum Stored {
    /// A key that signs.
    #[pickle(tag = 1)]
    Key { seed: [u8; 32] },
    /// The authority of a cluster.
    #[pickle(tag = 2)]
    Authority {
        cluster: ClusterId,
        name: Name,
        seed: [u8; 32],
        certificate: Blob,
    },
    /// An identity, whole.
    #[pickle(tag = 3)]
    Identity(Box<StoredIdentity>),
    /// Tokens.
    #[pickle(tag = 4)]
    Tokens(#[pickle(count = u32)] Vec<TokenRecord>),
    /// Certificates that were issued.
    #[pickle(tag = 5)]
    Issued(#[pickle(count = u32)] Vec<Holder>),
    /// Keys of datagrams, the newest first.
    #[pickle(tag = 6)]
    GossipKeys(#[pickle(count = u8)] Vec<GossipKey>),
}

/// An identity, whole.
#[derive(Pickle, Clone, Debug, PartialEq, Eq)]
pub(super) struct StoredIdentity {
    pub seed: [u8; 32],
    pub certificates: Certificates,
    pub cluster: ClusterFacts,
}

/// Why a file cannot be read or written.
#[derive(Debug, Error)]
pub enum StoreError {
    /// The file system refuses.
    #[error("{}: {source}", path.display())]
    File {
        /// The file.
        path: PathBuf,
        /// Why.
        source: io::Error,
    },
    /// The file holds something else, or is damaged.
    #[error("{}: is not {expected}", path.display())]
    Content {
        /// The file.
        path: PathBuf,
        /// What was looked for.
        expected: &'static str,
    },
    /// What is to be written is too large.
    #[error("{}: {source}", path.display())]
    TooLarge {
        /// The file.
        path: PathBuf,
        /// Why.
        source: pickler::Error,
    },
}

impl Stored {
    /// Writes it to a file that only its owner may read, wholly or not at all.
    pub(super) fn save(&self, path: &Path) -> Result<(), StoreError> {
        let bytes = pickler::encode(self).map_err(|source| StoreError::TooLarge {
            path: path.to_owned(),
            source,
        })?;
        durable::replace(path, &bytes).map_err(|source| StoreError::File {
            path: path.to_owned(),
            source,
        })
    }

    /// Reads it from a file.
    pub(super) fn load(path: &Path, expected: &'static str) -> Result<Self, StoreError> {
        let bytes = std::fs::read(path).map_err(|source| StoreError::File {
            path: path.to_owned(),
            source,
        })?;
        pickler::decode(&bytes).map_err(|_| Self::other(path, expected))
    }

    /// Reads it from a file; there may be none yet.
    pub(super) fn load_if_there(
        path: &Path,
        expected: &'static str,
    ) -> Result<Option<Self>, StoreError> {
        match Self::load(path, expected) {
            Err(StoreError::File { source, .. }) if source.kind() == io::ErrorKind::NotFound => {
                Ok(None)
            }
            loaded => loaded.map(Some),
        }
    }

    /// The error for a file that holds something else.
    pub(super) fn other(path: &Path, expected: &'static str) -> StoreError {
        StoreError::Content {
            path: path.to_owned(),
            expected,
        }
    }
}
