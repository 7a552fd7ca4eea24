//! The authority that a cluster's certificates are signed by.

use std::path::Path;
use std::time::Duration;

use cluster_protocol::{CertificateRequest, Certificates, ClusterId, Digest, Name, Role};
use rcgen::string::Ia5String;
use rcgen::{
    BasicConstraints, CertificateParams, DistinguishedName, DnType, ExtendedKeyUsagePurpose, IsCa,
    Issuer, KeyUsagePurpose, PublicKeyData, SanType, SerialNumber,
};
use rustls::pki_types::CertificateDer;
use thiserror::Error;
use time::OffsetDateTime;

use super::keys::{self, NoRandomness, SigningKey, random, sha256};
use super::roles;
use super::stored::{StoreError, Stored};
use super::subject::{Claim, Subject, SubjectError, check_name};

/// What a boot server's door is called.
pub const BOOT_DOOR: &str = "boot.cluster";

/// What a node's door is called.
pub const NODE_DOOR: &str = "node.cluster";

/// Certificates are good from so long before they are issued, for peers whose
/// clocks are slow.
const BACKDATED: u64 = 3_600;

/// For how long an authority is good, in seconds: some twenty years.
const AUTHORITY_LIFETIME: u64 = 20 * 365 * 24 * 3_600;

/// The authority of a cluster: whom it certifies belongs to the cluster.
///
/// Its certificate, which strangers see, says nothing: not even the cluster's
/// name.
///
/// ```
/// use cluster::identity::{Authority, SigningKey, Subject};
/// use cluster_protocol::Role;
/// use std::time::Duration;
///
/// let now = 1_800_000_000;
/// let authority = Authority::create("lab".into(), now)?;
/// let key = SigningKey::generate()?;
/// let subject = Subject::new("worker-1".into(), vec![], Role::Node)?;
/// let day = Duration::from_secs(86_400);
/// let certificates = authority.issue(&key.request("worker-1"), &subject, day, now)?;
/// assert_eq!(certificates.expires, now + 86_400);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug)]
pub struct Authority {
    cluster: ClusterId,
    name: Name,
    key: SigningKey,
    certificate: CertificateDer<'static>,
}

/// Why no certificates are issued.
#[derive(Debug, Error)]
pub enum IssueError {
    /// The sender of the request does not hold the key, or goes by another name.
    #[error("the request does not prove that its sender holds the key")]
    NoProof,
    /// The subject's name will not do.
    #[error(transparent)]
    Subject(#[from] SubjectError),
    /// The certificate would begin or end at a time that there is not.
    #[error("a certificate cannot end {0} seconds after 1970")]
    Time(u64),
    /// No randomness.
    #[error(transparent)]
    Randomness(#[from] NoRandomness),
    /// The certificate cannot be made.
    #[error("the certificate cannot be made: {0}")]
    Certificate(#[from] rcgen::Error),
}

impl Authority {
    /// Makes the authority of a new cluster; `wall` is now, in seconds since
    /// 1970.
    pub fn create(name: Name, wall: u64) -> Result<Self, IssueError> {
        check_name(&name)?;
        let key = SigningKey::generate()?;
        let mut certificate = parameters(wall, wall.saturating_add(AUTHORITY_LIFETIME))?;
        certificate.distinguished_name = distinguished_name();
        certificate.is_ca = IsCa::Ca(BasicConstraints::Constrained(0));
        certificate.key_usages = vec![KeyUsagePurpose::KeyCertSign];
        Ok(Self {
            cluster: ClusterId(random()?),
            name,
            certificate: certificate.self_signed(&key)?.into(),
            key,
        })
    }

    /// Reads it from a file.
    pub fn load(path: &Path) -> Result<Self, StoreError> {
        const EXPECTED: &str = "the authority of a cluster";
        match Stored::load(path, EXPECTED)? {
            Stored::Authority {
                cluster,
                name,
                seed,
                certificate,
            } => Ok(Self {
                cluster,
                name,
                key: SigningKey::from_seed(seed),
                certificate: certificate.to_vec().into(),
            }),
            _ => Err(Stored::other(path, EXPECTED)),
        }
    }

    /// Writes it to a file that only its owner may read.
    pub fn save(&self, path: &Path) -> Result<(), StoreError> {
        Stored::Authority {
            cluster: self.cluster,
            name: self.name.clone(),
            seed: self.key.seed(),
            certificate: self.certificate.to_vec().into(),
        }
        .save(path)
    }

    /// The cluster.
    pub fn cluster(&self) -> ClusterId {
        self.cluster
    }

    /// The cluster's name.
    pub fn name(&self) -> &Name {
        &self.name
    }

    /// Its certificate, X.509.
    pub fn certificate(&self) -> &CertificateDer<'static> {
        &self.certificate
    }

    /// What newcomers know it by: the SHA-256 hash of its certificate.
    pub fn pin(&self) -> Digest {
        sha256(&self.certificate)
    }

    /// Certifies that who holds the key of the request is the subject, for
    /// `lifetime` from `wall` on, in seconds since 1970. Operators get no door
    /// certificate, so that none can pass for a node.
    pub fn issue(
        &self,
        request: &CertificateRequest,
        subject: &Subject,
        lifetime: Duration,
        wall: u64,
    ) -> Result<Certificates, IssueError> {
        if !keys::proves(request, &subject.name) {
            return Err(IssueError::NoProof);
        }
        let subject = Subject::new(subject.name.clone(), subject.groups.clone(), subject.role)?;
        let expires = wall.saturating_add(lifetime.as_secs());
        let door = match subject.role {
            Role::Boot => Some(BOOT_DOOR),
            Role::Node => Some(NODE_DOOR),
            role => {
                debug_assert!(roles::is_operator(role));
                None
            }
        };
        let claim = Claim {
            cluster: self.cluster,
            subject,
            issued: wall,
            expires,
        };
        let key = RequestedKey(request.key);
        let certify = |name, usage| self.certify(&key, name, usage, wall, expires);
        let identity = certify(
            SanType::URI(Ia5String::try_from(claim.to_string())?),
            ExtendedKeyUsagePurpose::ClientAuth,
        )?;
        let door = match door {
            Some(name) => certify(
                SanType::DnsName(Ia5String::try_from(name)?),
                ExtendedKeyUsagePurpose::ServerAuth,
            )?,
            None => Vec::new(),
        };
        Ok(Certificates {
            identity: identity.into(),
            door: door.into(),
            expires,
        })
    }

    fn certify(
        &self,
        key: &RequestedKey,
        name: SanType,
        usage: ExtendedKeyUsagePurpose,
        wall: u64,
        expires: u64,
    ) -> Result<Vec<u8>, IssueError> {
        let mut certificate = parameters(wall.saturating_sub(BACKDATED), expires)?;
        certificate.subject_alt_names = vec![name];
        certificate.is_ca = IsCa::ExplicitNoCa;
        certificate.key_usages = vec![KeyUsagePurpose::DigitalSignature];
        certificate.extended_key_usages = vec![usage];
        let mut issuer = CertificateParams::default();
        issuer.distinguished_name = distinguished_name();
        let certificate = certificate.signed_by(key, &Issuer::new(issuer, &self.key))?;
        Ok(certificate.der().to_vec())
    }
}

/// A public key for which a certificate is asked.
struct RequestedKey([u8; 32]);

impl PublicKeyData for RequestedKey {
    fn der_bytes(&self) -> &[u8] {
        &self.0
    }

    fn algorithm(&self) -> &'static rcgen::SignatureAlgorithm {
        &rcgen::PKCS_ED25519
    }
}

/// What all certificates have in common.
fn parameters(begins: u64, ends: u64) -> Result<CertificateParams, IssueError> {
    let mut parameters = CertificateParams::default();
    parameters.not_before = moment(begins)?;
    parameters.not_after = moment(ends)?;
    parameters.distinguished_name = DistinguishedName::new();
    // Positive, and of full length whatever is drawn.
    let mut serial: [u8; 16] = random()?;
    serial[0] = serial[0] & 0x7f | 0x40;
    parameters.serial_number = Some(SerialNumber::from_slice(&serial));
    Ok(parameters)
}

/// What the authority is called in certificates: the same for all clusters.
fn distinguished_name() -> DistinguishedName {
    let mut name = DistinguishedName::new();
    name.push(DnType::CommonName, "cluster authority");
    name
}

fn moment(seconds: u64) -> Result<OffsetDateTime, IssueError> {
    i64::try_from(seconds)
        .ok()
        .and_then(|seconds| OffsetDateTime::from_unix_timestamp(seconds).ok())
        .ok_or(IssueError::Time(seconds))
}

#[cfg(test)]
impl Authority {
    /// Another key that claims to be the authority of the same cluster.
    pub(super) fn impostor(&self) -> Self {
        let other = Self::create(self.name.clone(), 1_000_000_000).unwrap();
        Self {
            cluster: self.cluster,
            ..other
        }
    }

    /// The same key and certificate, for a cluster of another number.
    pub(super) fn of_other_cluster(&self) -> Self {
        Self {
            cluster: ClusterId([9; 16]),
            name: self.name.clone(),
            key: self.key.clone(),
            certificate: self.certificate.clone(),
        }
    }
}
