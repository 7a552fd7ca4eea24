//! Who this process is: its key, its certificates, and what it knows of its
//! cluster.

use std::path::Path;

use cluster_protocol::{Certificates, ClusterFacts, Digest, Name};
use rustls::pki_types::{CertificateDer, UnixTime};
use thiserror::Error;

use super::keys::{SigningKey, sha256};
use super::stored::{StoreError, Stored, StoredIdentity};
use super::subject::{Credential, Subject, SubjectError};
use super::verify::{Anchor, PeerError};

/// Who this process is: a node, an operator or the boot server.
///
/// A newcomer makes a [`SigningKey`], sends its
/// [`request`](SigningKey::request), and takes what comes back with
/// [`accept`](Self::accept).
#[derive(Clone, Debug)]
pub struct Identity {
    key: SigningKey,
    certificates: Certificates,
    cluster: ClusterFacts,
    credential: Credential,
}

/// Why certificates are not taken.
#[derive(Debug, Error)]
pub enum IdentityError {
    /// The authority is not the one that was asked for.
    #[error("the answer is of another cluster's authority")]
    OtherAuthority,
    /// The authority's certificate is none.
    #[error("the authority's certificate: {0}")]
    Authority(PeerError),
    /// A certificate is not the authority's, or of no use.
    #[error("the certificate: {0}")]
    Certificate(PeerError),
    /// The certificate does not say who it is for.
    #[error(transparent)]
    Subject(#[from] SubjectError),
    /// The certificate is for somebody else.
    #[error("the certificate is for {0}")]
    OtherName(Name),
    /// The certificate is for another key.
    #[error("the certificate is for another key")]
    OtherKey,
    /// The bytes are no identity.
    #[error("not an identity: {0}")]
    Content(pickler::Error),
}

/// Why an identity cannot be read from a file.
#[derive(Debug, Error)]
pub enum LoadIdentityError {
    /// The file cannot be read.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// What it holds does not fit together.
    #[error(transparent)]
    Identity(#[from] IdentityError),
}

impl Identity {
    /// Takes the certificates that were issued for a key, if they are what was
    /// asked for: for that key and that name, of that authority (the pin is the
    /// SHA-256 hash of its certificate), good at `wall`, in seconds since 1970.
    pub fn accept(
        key: SigningKey,
        name: &str,
        certificates: Certificates,
        cluster: ClusterFacts,
        pin: Digest,
        wall: u64,
    ) -> Result<Self, IdentityError> {
        if sha256(&cluster.authority) != pin {
            return Err(IdentityError::OtherAuthority);
        }
        let identity = Self::assemble(key, certificates, cluster)?;
        identity.check(wall)?;
        if identity.name() != name {
            return Err(IdentityError::OtherName(identity.name().clone()));
        }
        Ok(identity)
    }

    /// The same identity with new certificates, for the same or a new key.
    pub fn renewed(
        &self,
        key: SigningKey,
        certificates: Certificates,
        wall: u64,
    ) -> Result<Self, IdentityError> {
        let pin = sha256(&self.cluster.authority);
        Self::accept(
            key,
            self.name(),
            certificates,
            self.cluster.clone(),
            pin,
            wall,
        )
    }

    /// The same identity with newer facts of the same cluster, such as another
    /// charter; its authority stays.
    #[must_use]
    pub fn with_facts(mut self, facts: ClusterFacts) -> Self {
        self.cluster = ClusterFacts {
            id: self.cluster.id,
            authority: self.cluster.authority,
            ..facts
        };
        self
    }

    /// Who it is.
    pub fn subject(&self) -> &Subject {
        &self.credential.subject
    }

    /// What it is called.
    pub fn name(&self) -> &Name {
        &self.credential.subject.name
    }

    /// What its identity certificate says.
    pub fn credential(&self) -> &Credential {
        &self.credential
    }

    /// What it knows of its cluster.
    pub fn cluster(&self) -> &ClusterFacts {
        &self.cluster
    }

    /// Its certificates.
    pub fn certificates(&self) -> &Certificates {
        &self.certificates
    }

    /// Its key.
    pub fn key(&self) -> &SigningKey {
        &self.key
    }

    /// When its certificates end, in seconds since 1970.
    pub fn expires(&self) -> u64 {
        self.credential.expires
    }

    /// When it is to ask for new ones: after two thirds of their life, in
    /// seconds since 1970.
    pub fn renew_at(&self) -> u64 {
        let Credential {
            issued, expires, ..
        } = self.credential;
        issued + expires.saturating_sub(issued) / 3 * 2
    }

    /// Reads it from a file.
    pub fn load(path: &Path) -> Result<Self, LoadIdentityError> {
        const EXPECTED: &str = "an identity";
        match Stored::load(path, EXPECTED)? {
            Stored::Identity(stored) => Ok(Self::of_stored(*stored)?),
            _ => Err(Stored::other(path, EXPECTED).into()),
        }
    }

    /// Writes it to a file that only its owner may read.
    pub fn save(&self, path: &Path) -> Result<(), StoreError> {
        Stored::Identity(Box::new(self.to_stored())).save(path)
    }

    /// It as bytes, its secret key among them: what a process hands to the one
    /// that takes its place.
    pub fn to_bytes(&self) -> Result<Vec<u8>, IdentityError> {
        pickler::encode(&self.to_stored()).map_err(IdentityError::Content)
    }

    /// It from [such bytes](Self::to_bytes). That they fit together is checked;
    /// whether they have expired is found out by the first handshake.
    pub fn from_bytes(bytes: &[u8]) -> Result<Self, IdentityError> {
        Self::of_stored(pickler::decode(bytes).map_err(IdentityError::Content)?)
    }

    fn assemble(
        key: SigningKey,
        certificates: Certificates,
        cluster: ClusterFacts,
    ) -> Result<Self, IdentityError> {
        let credential = Credential::of_certificate(&der(&certificates.identity), cluster.id)?;
        Ok(Self {
            key,
            certificates,
            cluster,
            credential,
        })
    }

    /// Whether certificates, key and authority fit together, at `wall`.
    fn check(&self, wall: u64) -> Result<(), IdentityError> {
        let now = UnixTime::since_unix_epoch(std::time::Duration::from_secs(wall));
        let anchor = Anchor::new(&self.authority()).map_err(IdentityError::Authority)?;
        anchor
            .verify_client(&self.identity_certificate(), now)
            .map_err(IdentityError::Certificate)?;
        self.has_key(&self.identity_certificate())?;
        if let Some(door) = self.door_certificate() {
            anchor
                .verify_door(&door, now)
                .map_err(IdentityError::Certificate)?;
            self.has_key(&door)?;
        }
        Ok(())
    }

    fn has_key(&self, certificate: &CertificateDer<'_>) -> Result<(), IdentityError> {
        use rcgen::PublicKeyData as _;

        let parsed = webpki::EndEntityCert::try_from(certificate)
            .map_err(|error| IdentityError::Certificate(error.into()))?;
        if parsed.subject_public_key_info().as_ref() == self.key.subject_public_key_info() {
            Ok(())
        } else {
            Err(IdentityError::OtherKey)
        }
    }

    fn to_stored(&self) -> StoredIdentity {
        StoredIdentity {
            seed: self.key.seed(),
            certificates: self.certificates.clone(),
            cluster: self.cluster.clone(),
        }
    }

    fn of_stored(stored: StoredIdentity) -> Result<Self, IdentityError> {
        let key = SigningKey::from_seed(stored.seed);
        let identity = Self::assemble(key, stored.certificates, stored.cluster)?;
        identity.has_key(&identity.identity_certificate())?;
        Ok(identity)
    }

    /// The authority's certificate.
    pub(super) fn authority(&self) -> CertificateDer<'static> {
        der(&self.cluster.authority)
    }

    pub(super) fn identity_certificate(&self) -> CertificateDer<'static> {
        der(&self.certificates.identity)
    }

    /// Operators have none.
    pub(super) fn door_certificate(&self) -> Option<CertificateDer<'static>> {
        (!self.certificates.door.is_empty()).then(|| der(&self.certificates.door))
    }
}

fn der(bytes: &[u8]) -> CertificateDer<'static> {
    CertificateDer::from(bytes.to_vec())
}
