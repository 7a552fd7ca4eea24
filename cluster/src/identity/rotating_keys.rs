//! The keys of datagrams, as the boot server keeps them.

use std::path::{Path, PathBuf};

use cluster_protocol::GossipKey;
use thiserror::Error;

use super::keys::{NoRandomness, random};
use super::stored::{StoreError, Stored};

/// The keys of datagrams: the newest, and the one before it, which nodes may
/// still use until they have the new one.
#[derive(Debug)]
pub struct RotatingKeys {
    path: PathBuf,
    keys: Vec<GossipKey>,
}

/// Why a key cannot be made.
#[derive(Debug, Error)]
pub enum RotateError {
    /// All numbers are used up.
    #[error("there is no number left for another key")]
    NoNumber,
    /// No randomness.
    #[error(transparent)]
    Randomness(#[from] NoRandomness),
    /// The file cannot be read or written.
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl RotatingKeys {
    /// Opens the file; where there is none yet, the first key is made.
    pub fn open(path: &Path) -> Result<Self, RotateError> {
        const EXPECTED: &str = "keys of datagrams";
        let mut keys = Self {
            path: path.to_owned(),
            keys: Vec::new(),
        };
        match Stored::load_if_there(path, EXPECTED)? {
            Some(Stored::GossipKeys(stored)) if !stored.is_empty() => keys.keys = stored,
            None => keys.rotate().map(|_| ())?,
            Some(_) => return Err(Stored::other(path, EXPECTED).into()),
        }
        Ok(keys)
    }

    /// The keys that count, the newest first.
    pub fn keys(&self) -> &[GossipKey] {
        &self.keys
    }

    /// Makes a new key, and keeps the one before it. They are on disk when this
    /// returns.
    pub fn rotate(&mut self) -> Result<&[GossipKey], RotateError> {
        let newest = self.keys.first().map_or(0, |key| key.id);
        let new = GossipKey {
            id: newest.checked_add(1).ok_or(RotateError::NoNumber)?,
            secret: random()?,
        };
        let keys: Vec<_> = [new]
            .into_iter()
            .chain(self.keys.first().cloned())
            .collect();
        Stored::GossipKeys(keys.clone()).save(&self.path)?;
        self.keys = keys;
        Ok(&self.keys)
    }
}
