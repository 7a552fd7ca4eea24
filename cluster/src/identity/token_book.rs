//! Which tokens there are, and which have been used.

use std::path::{Path, PathBuf};
use std::time::Duration;

use cluster_protocol::Name;
use subtle::ConstantTimeEq;
use thiserror::Error;

use super::keys::sha256;
use super::records::{TokenRecord, TokenUse};
use super::stored::{StoreError, Stored};
use super::subject::Subject;
use super::token::Token;

/// For how long a token that has been redeemed lets in the same key again, in
/// seconds: the answer may have been lost on its way. Whoever overhears the
/// token gains nothing by this, for certificates of that key are of no use
/// without the key.
pub const RETRY: u64 = 300;

/// For how long tokens that have expired are remembered, in seconds, so that
/// the log can tell them from those that never were.
const REMEMBERED: u64 = 24 * 3_600;

/// The most tokens that are remembered.
const MAX_TOKENS: usize = 10_000;

/// Why a token is not honoured. For the log: its holder learns only that it is
/// not.
#[derive(Debug, Error)]
pub enum TokenError {
    /// There is no such token, or it has been replaced by another.
    #[error("no such token")]
    Unknown,
    /// It is bound to another name.
    #[error("the token is bound to the name {0}")]
    OtherName(Name),
    /// It has expired.
    #[error("the token of {0} has expired")]
    Expired(Name),
    /// It has been used.
    #[error("the token of {0} has been used")]
    Used(Name),
    /// There are too many tokens.
    #[error("there are {MAX_TOKENS} tokens already")]
    TooMany,
    /// The book cannot be read or written.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// Which tokens there are, and which have been used: a file, rewritten before
/// anybody relies on it.
#[derive(Debug)]
pub struct TokenBook {
    path: PathBuf,
    records: Vec<TokenRecord>,
}

impl TokenBook {
    /// Opens the book; where there is no file yet, it is empty.
    pub fn open(path: &Path) -> Result<Self, StoreError> {
        const EXPECTED: &str = "a book of tokens";
        let records = match Stored::load_if_there(path, EXPECTED)? {
            None => Vec::new(),
            Some(Stored::Tokens(records)) => records,
            Some(_) => return Err(Stored::other(path, EXPECTED)),
        };
        Ok(Self {
            path: path.to_owned(),
            records,
        })
    }

    /// Adds a token for that subject, good for `lifetime` from `wall` on, in
    /// seconds since 1970. Any other of the same name is forgotten.
    pub fn add(
        &mut self,
        token: &Token,
        subject: &Subject,
        lifetime: Duration,
        wall: u64,
    ) -> Result<(), TokenError> {
        let mut records = self.records.clone();
        records.retain(|record| {
            record.name != subject.name && record.expires.saturating_add(REMEMBERED) > wall
        });
        if records.len() >= MAX_TOKENS {
            return Err(TokenError::TooMany);
        }
        records.push(TokenRecord {
            hash: sha256(token.secret()),
            name: subject.name.clone(),
            groups: subject.groups.clone(),
            role: subject.role,
            expires: wall.saturating_add(lifetime.as_secs()),
            used: Vec::new(),
        });
        Ok(self.replace(records)?)
    }

    /// Uses a token, for that name and key, and says whom it lets in. That it
    /// was used is on disk when this returns, before anything is issued: a
    /// crash may cost the newcomer its token, and lets nobody in twice.
    ///
    /// The same key may try again within [`RETRY`] seconds.
    pub fn redeem(
        &mut self,
        secret: &[u8],
        name: &str,
        key: [u8; 32],
        wall: u64,
    ) -> Result<Subject, TokenError> {
        let place = self.find(secret).ok_or(TokenError::Unknown)?;
        let record = &self.records[place];
        if record.name != name {
            return Err(TokenError::OtherName(record.name.clone()));
        }
        let subject = Subject {
            name: record.name.clone(),
            groups: record.groups.clone(),
            role: record.role,
        };
        if let Some(used) = record.used.first() {
            let again = used.key == key && wall.saturating_sub(used.at) <= RETRY;
            return if again {
                Ok(subject)
            } else {
                Err(TokenError::Used(record.name.clone()))
            };
        }
        if record.expires <= wall {
            return Err(TokenError::Expired(record.name.clone()));
        }
        let mut records = self.records.clone();
        records[place].used = vec![TokenUse { at: wall, key }];
        self.replace(records)?;
        Ok(subject)
    }

    /// Forgets the token of that name.
    pub fn cancel(&mut self, name: &str) -> Result<(), TokenError> {
        if self.records.iter().all(|record| record.name != name) {
            return Ok(());
        }
        let mut records = self.records.clone();
        records.retain(|record| record.name != name);
        Ok(self.replace(records)?)
    }

    /// The names whose tokens are good and have not been used, in order.
    pub fn pending(&self, wall: u64) -> Vec<Name> {
        let mut names: Vec<Name> = self
            .records
            .iter()
            .filter(|record| record.used.is_empty() && record.expires > wall)
            .map(|record| record.name.clone())
            .collect();
        names.sort();
        names
    }

    /// Looks at every record, and at every byte of each, whichever fits: time
    /// tells nothing.
    fn find(&self, secret: &[u8]) -> Option<usize> {
        let hash = sha256(secret);
        let mut found = None;
        for (place, record) in self.records.iter().enumerate() {
            if bool::from(record.hash.0.ct_eq(&hash.0)) {
                found = Some(place);
            }
        }
        found
    }

    /// The file first, then memory: what is not on disk has not happened.
    fn replace(&mut self, records: Vec<TokenRecord>) -> Result<(), StoreError> {
        let stored = Stored::Tokens(records);
        stored.save(&self.path)?;
        if let Stored::Tokens(records) = stored {
            self.records = records;
        }
        Ok(())
    }
}
