//! Which certificates have been issued, so that they can be revoked.

use std::path::{Path, PathBuf};

use cluster_protocol::{Certificates, Name, Revocation};
use thiserror::Error;

use super::keys::sha256;
use super::records::{Holder, IssuedCertificate};
use super::stored::{StoreError, Stored};

/// The most certificates of one name that have not ended: 60 times an identity
/// and a door. A revocation has to list them.
const MAX_CERTIFICATES: usize = 120;

/// Why certificates cannot be noted, and so are not to be handed out.
#[derive(Debug, Error)]
pub enum IssuedError {
    /// The name has as many as a revocation can list.
    #[error("{0} holds {MAX_CERTIFICATES} certificates already")]
    TooMany(Name),
    /// The book cannot be read or written.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// Which certificates have been issued and have not ended: a file, rewritten
/// before a certificate is handed out.
#[derive(Debug)]
pub struct IssuedBook {
    path: PathBuf,
    holders: Vec<Holder>,
}

impl IssuedBook {
    /// Opens the book; where there is no file yet, it is empty.
    pub fn open(path: &Path) -> Result<Self, StoreError> {
        const EXPECTED: &str = "a book of issued certificates";
        let holders = match Stored::load_if_there(path, EXPECTED)? {
            None => Vec::new(),
            Some(Stored::Issued(holders)) => holders,
            Some(_) => return Err(Stored::other(path, EXPECTED)),
        };
        Ok(Self {
            path: path.to_owned(),
            holders,
        })
    }

    /// Forgets the certificates of a name: they are not to be revoked.
    pub fn forget(&mut self, name: &Name) -> Result<(), IssuedError> {
        let mut holders = self.holders.clone();
        holders.retain(|holder| holder.name != *name);
        if holders.len() < self.holders.len() {
            Stored::Issued(holders.clone()).save(&self.path)?;
            self.holders = holders;
        }
        Ok(())
    }

    /// Notes certificates, issued at `wall`, in seconds since 1970; those that
    /// have ended by then are forgotten.
    pub fn add(
        &mut self,
        name: &Name,
        certificates: &Certificates,
        wall: u64,
    ) -> Result<(), IssuedError> {
        let mut holders = self.holders.clone();
        for holder in &mut holders {
            holder.certificates.retain(|known| known.expires > wall);
        }
        holders.retain(|holder| !holder.certificates.is_empty());
        let place = holders.iter().position(|holder| holder.name == *name);
        let place = place.unwrap_or_else(|| {
            holders.push(Holder {
                name: name.clone(),
                certificates: Vec::new(),
            });
            holders.len() - 1
        });
        let known = &mut holders[place].certificates;
        for certificate in [&certificates.identity, &certificates.door] {
            if !certificate.is_empty() {
                known.push(IssuedCertificate {
                    hash: sha256(certificate),
                    expires: certificates.expires,
                });
            }
        }
        if known.len() > MAX_CERTIFICATES {
            return Err(IssuedError::TooMany(name.clone()));
        }
        let stored = Stored::Issued(holders);
        stored.save(&self.path)?;
        if let Stored::Issued(holders) = stored {
            self.holders = holders;
        }
        Ok(())
    }

    /// The revocation of all that a name holds at `wall`, in seconds since
    /// 1970. It takes the place of an earlier one of that name.
    pub fn revocation(&self, name: &Name, wall: u64) -> Revocation {
        let holder = self.holders.iter().find(|holder| holder.name == *name);
        Revocation {
            name: name.clone(),
            certificates: holder
                .iter()
                .flat_map(|holder| &holder.certificates)
                .filter(|certificate| certificate.expires > wall)
                .map(|certificate| certificate.hash)
                .collect(),
            at: wall,
        }
    }

    /// Whether the name holds certificates that have not ended at `wall`.
    pub fn holds_any(&self, name: &Name, wall: u64) -> bool {
        !self.revocation(name, wall).certificates.is_empty()
    }
}
