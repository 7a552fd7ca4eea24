//! How a node is started, and let in the first time.

use std::io;
use std::net::SocketAddr;
use std::path::PathBuf;

use cluster_protocol::Name;

use crate::clock::wall;
use crate::identity::{Identity, SigningKey, Token};
use crate::net::{ConnectError, enrol as ask_to_enrol};

/// How a node is started.
#[derive(Clone, Debug)]
pub struct Start {
    /// Its name.
    pub name: Name,
    /// Where it listens; port 0 takes any free one.
    pub listen: SocketAddr,
    /// Members to join by.
    pub join: Vec<SocketAddr>,
    /// What lets it in the first time.
    pub token: Option<Token>,
    /// Where its identity is kept, if it may have a disk.
    pub identity_file: Option<PathBuf>,
    /// The groups that it joins; those that it is authorised for, if none are
    /// given.
    pub groups: Vec<Name>,
}

/// A node that cannot begin, or go on.
#[derive(Debug, thiserror::Error)]
pub enum WorkerError {
    /// Nobody lets it in: why.
    #[error("{0}")]
    NotLetIn(#[from] ConnectError),
    /// It has nothing to be let in with.
    #[error(
        "a node needs a token to be let in the first time: an operator runs `node authorize {0}`, \
         and gives what it prints to --token-file"
    )]
    NoToken(Name),
    /// It was away for too long.
    #[error(
        "the certificate of {0} has ended while it was away; an operator runs `node authorize {0}`, \
         and gives what it prints to --token-file"
    )]
    Ended(Name),
    /// It has nobody to join.
    #[error("--join names one member that is there, such as the boot server")]
    NobodyToJoin,
    /// Its identity will not do.
    #[error("its identity: {0}")]
    Identity(String),
    /// The identity is another's.
    #[error("the identity in {} is that of {found}, not of {expected}", file.display())]
    OtherName {
        /// The file.
        file: PathBuf,
        /// Whose it is.
        found: Name,
        /// Whose it should be.
        expected: Name,
    },
    /// The token is another's.
    #[error("the token is for {found}, not for {expected}")]
    OtherToken {
        /// Whose it is.
        found: Name,
        /// Whose it should be.
        expected: Name,
    },
    /// It cannot listen.
    #[error("cannot listen at {address}: {source}")]
    Listen {
        /// Where.
        address: SocketAddr,
        /// Why.
        source: io::Error,
    },
    /// The system fails.
    #[error("{0}")]
    System(#[from] io::Error),
}

#[expect(clippy::needless_pass_by_value, reason = "for map_err")]
pub(super) fn identity_error(error: impl ToString) -> WorkerError {
    WorkerError::Identity(error.to_string())
}

/// Asks to be let in, of those that it is to join by, one after the other.
pub(super) async fn enrol(start: &Start) -> Result<Identity, WorkerError> {
    let Some(token) = &start.token else {
        return Err(WorkerError::NoToken(start.name.clone()));
    };
    let key = SigningKey::generate().map_err(identity_error)?;
    if token.name != start.name {
        return Err(WorkerError::OtherToken {
            found: token.name.clone(),
            expected: start.name.clone(),
        });
    }
    let request = token.enrol(&key);
    let mut failure = WorkerError::NobodyToJoin;
    for address in &start.join {
        match ask_to_enrol(*address, token.authority, request.clone()).await {
            Ok(enrolled) => {
                let identity = Identity::accept(
                    key,
                    &start.name,
                    enrolled.certificates,
                    enrolled.cluster,
                    token.authority,
                    wall(),
                )
                .map_err(identity_error)?;
                if let Some(file) = &start.identity_file {
                    identity.save(file).map_err(identity_error)?;
                }
                return Ok(identity);
            }
            Err(error) => failure = error.into(),
        }
    }
    Err(failure)
}
