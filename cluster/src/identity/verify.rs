//! What is made of a peer's certificate in a handshake.

use std::sync::Arc;

use cluster_protocol::{ClusterId, Digest};
use rustls::client::danger::{HandshakeSignatureValid, ServerCertVerified, ServerCertVerifier};
use rustls::crypto::WebPkiSupportedAlgorithms;
use rustls::pki_types::{CertificateDer, ServerName, TrustAnchor, UnixTime};
use rustls::server::danger::{ClientCertVerified, ClientCertVerifier};
use rustls::{
    CertificateError, DigitallySignedStruct, DistinguishedName, OtherError, PeerIncompatible,
    SignatureScheme,
};
use thiserror::Error;
use webpki::{EndEntityCert, KeyUsage};

use super::authority::{BOOT_DOOR, NODE_DOOR};
use super::keys::sha256;
use super::subject::{Credential, SubjectError};
use super::trust::Trust;

/// Certificates of clusters are signed by ed25519 keys, for ed25519 keys.
const ALGORITHMS: WebPkiSupportedAlgorithms = WebPkiSupportedAlgorithms {
    all: &[webpki::ring::ED25519],
    mapping: &[(SignatureScheme::ED25519, &[webpki::ring::ED25519])],
};

const CLIENT: KeyUsage = KeyUsage::required(&[0x2b, 6, 1, 5, 5, 7, 3, 2]);
const SERVER: KeyUsage = KeyUsage::required(&[0x2b, 6, 1, 5, 5, 7, 3, 1]);

/// Why a peer is not let in. For the log: the peer learns only that it is not.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum PeerError {
    /// The certificate is none, not of this authority, not yet or no longer
    /// good, or not for this use.
    #[error("{0}")]
    Certificate(#[from] webpki::Error),
    /// It does not say who it is for.
    #[error(transparent)]
    Subject(#[from] SubjectError),
    /// It is revoked; an identity is named.
    #[error("revoked: {}", .0.as_deref().unwrap_or("a door"))]
    Revoked(Option<String>),
    /// It is not for the door that was to be there.
    #[error("not the door that was asked for")]
    OtherDoor,
    /// No authority with the pinned hash was shown.
    #[error("not the authority that was asked for")]
    OtherAuthority,
    /// The peer does not hold the certificate's key.
    #[error("the peer does not hold its certificate's key")]
    Signature,
}

/// All reasons are one alert on the wire; the true one stays here, and
/// [`peer_error`] finds it again.
impl From<PeerError> for rustls::Error {
    fn from(error: PeerError) -> Self {
        CertificateError::Other(OtherError(Arc::new(error))).into()
    }
}

/// Why a handshake has refused its peer, if it has.
pub fn peer_error(error: &rustls::Error) -> Option<&PeerError> {
    match error {
        rustls::Error::InvalidCertificate(CertificateError::Other(OtherError(reason))) => {
            reason.downcast_ref()
        }
        _ => None,
    }
}

/// An authority, as certificates are verified against it.
#[derive(Debug)]
pub(super) struct Anchor(TrustAnchor<'static>);

impl Anchor {
    pub(super) fn new(authority: &CertificateDer<'_>) -> Result<Self, PeerError> {
        Ok(Self(
            webpki::anchor_from_trusted_cert(authority)?.to_owned(),
        ))
    }

    /// Whether a client may show it.
    pub(super) fn verify_client(
        &self,
        certificate: &CertificateDer<'_>,
        now: UnixTime,
    ) -> Result<(), PeerError> {
        let certificate = EndEntityCert::try_from(certificate)?;
        self.verify(&certificate, CLIENT, now)
    }

    /// Whether it is a door of a node or of the boot server.
    pub(super) fn verify_door(
        &self,
        certificate: &CertificateDer<'_>,
        now: UnixTime,
    ) -> Result<(), PeerError> {
        let certificate = EndEntityCert::try_from(certificate)?;
        self.verify(&certificate, SERVER, now)?;
        let mut names = certificate.valid_dns_names();
        match (names.next(), names.next()) {
            (Some(BOOT_DOOR | NODE_DOOR), None) => Ok(()),
            _ => Err(PeerError::OtherDoor),
        }
    }

    /// There are no intermediate authorities: what a peer sends of them is not
    /// looked at.
    fn verify(
        &self,
        certificate: &EndEntityCert<'_>,
        usage: KeyUsage,
        now: UnixTime,
    ) -> Result<(), PeerError> {
        let anchors = core::slice::from_ref(&self.0);
        certificate.verify_for_usage(ALGORITHMS.all, anchors, &[], now, usage, None, None)?;
        Ok(())
    }
}

/// Verifies clients.
#[derive(Debug)]
pub(super) struct Clients {
    pub anchor: Anchor,
    pub cluster: ClusterId,
    pub trust: Trust,
}

/// Verifies the servers of one's own cluster.
#[derive(Debug)]
pub(super) struct Doors {
    pub anchor: Anchor,
    pub trust: Trust,
}

/// Verifies the server that a newcomer enrols with: any door of the authority
/// that its token names.
#[derive(Debug)]
pub(super) struct PinnedDoors {
    pub pin: Digest,
}

impl Clients {
    fn check(&self, certificate: &CertificateDer<'_>, now: UnixTime) -> Result<(), PeerError> {
        self.anchor.verify_client(certificate, now)?;
        let credential = Credential::of_certificate(certificate, self.cluster)?;
        if self.trust.covers(&credential) {
            return Err(PeerError::Revoked(Some(credential.subject.name.0)));
        }
        Ok(())
    }
}

impl Doors {
    fn check(
        &self,
        certificate: &CertificateDer<'_>,
        name: &ServerName<'_>,
        now: UnixTime,
    ) -> Result<(), PeerError> {
        self.anchor.verify_door(certificate, now)?;
        EndEntityCert::try_from(certificate)?
            .verify_is_valid_for_subject_name(name)
            .map_err(|_| PeerError::OtherDoor)?;
        if self.trust.is_door_revoked(sha256(certificate)) {
            return Err(PeerError::Revoked(None));
        }
        Ok(())
    }
}

impl PinnedDoors {
    fn check(
        &self,
        certificate: &CertificateDer<'_>,
        chain: &[CertificateDer<'_>],
        now: UnixTime,
    ) -> Result<(), PeerError> {
        let authority = chain
            .iter()
            .find(|certificate| sha256(certificate) == self.pin)
            .ok_or(PeerError::OtherAuthority)?;
        Anchor::new(authority)?.verify_door(certificate, now)
    }
}

impl ClientCertVerifier for Clients {
    /// A newcomer has no certificate yet.
    fn client_auth_mandatory(&self) -> bool {
        false
    }

    /// None: whoever belongs here knows.
    fn root_hint_subjects(&self) -> &[DistinguishedName] {
        &[]
    }

    fn verify_client_cert(
        &self,
        certificate: &CertificateDer<'_>,
        _chain: &[CertificateDer<'_>],
        now: UnixTime,
    ) -> Result<ClientCertVerified, rustls::Error> {
        self.check(certificate, now)?;
        Ok(ClientCertVerified::assertion())
    }

    fn verify_tls12_signature(
        &self,
        _message: &[u8],
        _certificate: &CertificateDer<'_>,
        _signature: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, rustls::Error> {
        Err(no_tls12())
    }

    fn verify_tls13_signature(
        &self,
        message: &[u8],
        certificate: &CertificateDer<'_>,
        signature: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, rustls::Error> {
        verify_signature(message, certificate, signature)
    }

    fn supported_verify_schemes(&self) -> Vec<SignatureScheme> {
        ALGORITHMS.supported_schemes()
    }
}

macro_rules! verifies_servers {
    ($type:ty, |$self:ident, $certificate:ident, $chain:ident, $name:ident, $now:ident| $check:expr) => {
        impl ServerCertVerifier for $type {
            fn verify_server_cert(
                &$self,
                $certificate: &CertificateDer<'_>,
                $chain: &[CertificateDer<'_>],
                $name: &ServerName<'_>,
                _ocsp_response: &[u8],
                $now: UnixTime,
            ) -> Result<ServerCertVerified, rustls::Error> {
                $check?;
                Ok(ServerCertVerified::assertion())
            }

            fn verify_tls12_signature(
                &self,
                _message: &[u8],
                _certificate: &CertificateDer<'_>,
                _signature: &DigitallySignedStruct,
            ) -> Result<HandshakeSignatureValid, rustls::Error> {
                Err(no_tls12())
            }

            fn verify_tls13_signature(
                &self,
                message: &[u8],
                certificate: &CertificateDer<'_>,
                signature: &DigitallySignedStruct,
            ) -> Result<HandshakeSignatureValid, rustls::Error> {
                verify_signature(message, certificate, signature)
            }

            fn supported_verify_schemes(&self) -> Vec<SignatureScheme> {
                ALGORITHMS.supported_schemes()
            }
        }
    };
}

verifies_servers!(Doors, |self, certificate, _chain, name, now| {
    self.check(certificate, name, now)
});
verifies_servers!(PinnedDoors, |self, certificate, chain, _name, now| {
    self.check(certificate, chain, now)
});

fn verify_signature(
    message: &[u8],
    certificate: &CertificateDer<'_>,
    signature: &DigitallySignedStruct,
) -> Result<HandshakeSignatureValid, rustls::Error> {
    rustls::crypto::verify_tls13_signature(message, certificate, signature, &ALGORITHMS)
        .map_err(|_| PeerError::Signature.into())
}

fn no_tls12() -> rustls::Error {
    PeerIncompatible::Tls12NotOffered.into()
}
