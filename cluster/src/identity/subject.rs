//! Who a certificate is for, and how it says so.

use core::fmt;

use cluster_protocol::{ClusterFacts, ClusterId, Digest, Name, Role};
use rustls::pki_types::CertificateDer;
use thiserror::Error;

use super::keys::sha256;
use super::roles;

/// The most characters of a name.
pub const MAX_NAME: usize = 63;

/// The most groups of one peer.
pub const MAX_GROUPS: usize = 32;

/// Who a certificate is for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Subject {
    /// The node or operator: 1 to 63 of `A-Z a-z 0-9 . _ -`, the first a letter
    /// or digit.
    pub name: Name,
    /// The groups that it may join, named likewise.
    pub groups: Vec<Name>,
    /// What it may do.
    pub role: Role,
}

/// Why a name, or a certificate, does not say who it is for.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum SubjectError {
    /// A name has characters that names have not, or too many or too few.
    #[error("{0:?} is no name: 1 to 63 of A-Z a-z 0-9 . _ -, the first a letter or digit")]
    Name(String),
    /// There are too many groups.
    #[error("{0} groups are more than {MAX_GROUPS}")]
    Groups(usize),
    /// It is no certificate.
    #[error("not a certificate")]
    NotACertificate,
    /// It names nobody, or more than one.
    #[error("the certificate names nobody")]
    NoSubject,
    /// It is of another cluster.
    #[error("the certificate is of another cluster")]
    OtherCluster,
}

/// What an identity certificate says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Credential {
    /// Whose it is.
    pub subject: Subject,
    /// When it was issued, in seconds since 1970, by the authority's clock.
    pub issued: u64,
    /// When it ends, in seconds since 1970.
    pub expires: u64,
    /// The SHA-256 hash of the certificate.
    pub certificate: Digest,
}

/// Whether a text can name a node, an operator or a group.
///
/// ```
/// use cluster::identity::check_name;
///
/// assert!(check_name("worker-1.lab").is_ok());
/// assert!(check_name("../etc").is_err());
/// ```
pub fn check_name(name: &str) -> Result<(), SubjectError> {
    let allowed = |byte: u8| byte.is_ascii_alphanumeric() || b"._-".contains(&byte);
    let begins_well = name
        .bytes()
        .next()
        .is_some_and(|b| b.is_ascii_alphanumeric());
    if begins_well && name.len() <= MAX_NAME && name.bytes().all(allowed) {
        Ok(())
    } else {
        Err(SubjectError::Name(name.chars().take(MAX_NAME).collect()))
    }
}

impl Subject {
    /// A subject, once its names have been checked.
    pub fn new(name: Name, groups: Vec<Name>, role: Role) -> Result<Self, SubjectError> {
        if groups.len() > MAX_GROUPS {
            return Err(SubjectError::Groups(groups.len()));
        }
        check_name(&name)?;
        groups.iter().try_for_each(|group| check_name(group))?;
        Ok(Self { name, groups, role })
    }

    /// Who an identity certificate is for. That the cluster's authority has
    /// signed it is for the handshake to find out: this reads what it says.
    pub fn of_certificate(
        certificate: &CertificateDer<'_>,
        cluster: &ClusterFacts,
    ) -> Result<Self, SubjectError> {
        Credential::of_certificate(certificate, cluster.id).map(|credential| credential.subject)
    }
}

impl Credential {
    /// What an identity certificate says; see [`Subject::of_certificate`].
    pub fn of_certificate(
        certificate: &CertificateDer<'_>,
        cluster: ClusterId,
    ) -> Result<Self, SubjectError> {
        let parsed = webpki::EndEntityCert::try_from(certificate)
            .map_err(|_| SubjectError::NotACertificate)?;
        let mut uris = parsed.valid_uri_names();
        let (Some(uri), None) = (uris.next(), uris.next()) else {
            return Err(SubjectError::NoSubject);
        };
        let claim = Claim::parse(uri).ok_or(SubjectError::NoSubject)?;
        if claim.cluster != cluster {
            return Err(SubjectError::OtherCluster);
        }
        Ok(Self {
            subject: claim.subject,
            issued: claim.issued,
            expires: claim.expires,
            certificate: sha256(certificate),
        })
    }
}

/// What the URI in an identity certificate says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Claim {
    pub cluster: ClusterId,
    pub subject: Subject,
    pub issued: u64,
    pub expires: u64,
}

impl Claim {
    /// Reads it. Only what [`Display`](fmt::Display) writes is read, so that one
    /// claim has one form.
    pub(super) fn parse(uri: &str) -> Option<Self> {
        let (cluster, rest) = uri.strip_prefix("cluster://")?.split_once('/')?;
        let (name, query) = rest.split_once("?role=")?;
        let (role, query) = query.split_once("&groups=")?;
        let (groups, query) = query.split_once("&issued=")?;
        let (issued, expires) = query.split_once("&expires=")?;
        let groups = match groups {
            "" => Vec::new(),
            groups => groups.split(',').map(Name::from).collect(),
        };
        let claim = Self {
            cluster: ClusterId(parse_hex(cluster)?),
            subject: Subject::new(name.into(), groups, roles::parse(role)?).ok()?,
            issued: issued.parse().ok()?,
            expires: expires.parse().ok()?,
        };
        (claim.to_string() == uri).then_some(claim)
    }
}

impl fmt::Display for Claim {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Subject { name, groups, role } = &self.subject;
        let role = roles::role_name(*role);
        write!(f, "cluster://{}/{name}?role={role}&groups=", self.cluster)?;
        for (place, group) in groups.iter().enumerate() {
            let comma = if place == 0 { "" } else { "," };
            write!(f, "{comma}{group}")?;
        }
        write!(f, "&issued={}&expires={}", self.issued, self.expires)
    }
}

/// Reads just as many bytes as there are, in lower-case hexadecimal digits.
pub(super) fn parse_hex<const N: usize>(text: &str) -> Option<[u8; N]> {
    let digit = |byte: u8| match byte {
        b'0'..=b'9' => Some(byte - b'0'),
        b'a'..=b'f' => Some(byte - b'a' + 10),
        _ => None,
    };
    let (pairs, []) = text.as_bytes().as_chunks::<2>() else {
        return None;
    };
    if pairs.len() != N {
        return None;
    }
    let mut bytes = [0; N];
    for (byte, [high, low]) in bytes.iter_mut().zip(pairs) {
        *byte = digit(*high)? << 4 | digit(*low)?;
    }
    Some(bytes)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const URI: &str = "cluster://07070707070707070707070707070707/worker-1\
                       ?role=node&groups=a,b&issued=5&expires=9";

    fn claim() -> Claim {
        Claim {
            cluster: ClusterId([7; 16]),
            subject: Subject {
                name: "worker-1".into(),
                groups: vec!["a".into(), "b".into()],
                role: Role::Node,
            },
            issued: 5,
            expires: 9,
        }
    }

    #[test]
    fn a_claim_is_a_uri() {
        assert_eq!(claim().to_string(), URI);
        assert_eq!(Claim::parse(URI), Some(claim()));
    }

    #[test]
    fn a_claim_has_one_form() {
        for (from, to) in [
            ("issued=5", "issued=05"),
            ("issued=5", "issued=+5"),
            ("issued=5", "issued=99999999999999999999"),
            ("a,b", "a,"),
            ("a,b", "a,,b"),
            ("a,b", "a%2Cb"),
            ("role=node", "role=Node"),
            ("role=node", "role=king"),
            ("role=node", "role=node&role=root"),
            ("0707", "0A07"),
            ("07070707/", "070707/"),
            ("worker-1", ""),
            ("worker-1", "worker/1"),
            ("worker-1", "wörker"),
            ("cluster:", "CLUSTER:"),
            ("expires=9", "expires=9#"),
            ("expires=9", "expires=9&expires=10"),
        ] {
            let other = URI.replace(from, to);
            assert_ne!(other, URI);
            assert_eq!(Claim::parse(&other), None, "{other}");
        }
    }

    #[test]
    fn names_are_short_and_plain() {
        for name in ["a", "A9", "a.b_c-d", &"x".repeat(63)] {
            assert_eq!(check_name(name), Ok(()));
        }
        let long = "x".repeat(64);
        for name in [
            "", ".", "..", "-x", "_x", "a b", "a,b", "a/b", "a\n", "é", "a\0", &long,
        ] {
            assert!(check_name(name).is_err(), "{name:?}");
        }
    }

    #[test]
    fn groups_are_few() {
        let groups = vec![Name::from("g"); MAX_GROUPS + 1];
        let error = Subject::new("a".into(), groups, Role::Node).unwrap_err();
        assert_eq!(error, SubjectError::Groups(33));
    }

    proptest! {
        #[test]
        fn whatever_is_read_is_written_the_same(uri in "cluster://[0-9a-f]{31,33}/[a-z.,/?&=-]{0,5}\\?role=(node|view|root|x)&groups=[a,.]{0,4}&issued=[0-9]{0,3}&expires=[0-9]{0,3}.?") {
            if let Some(claim) = Claim::parse(&uri) {
                prop_assert_eq!(claim.to_string(), uri);
            }
        }
    }
}
