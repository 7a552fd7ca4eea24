//! TLS 1.3 between peers of a cluster.

use std::sync::Arc;

use cluster_protocol::{ClusterFacts, Digest};
use rustls::client::Resumption;
use rustls::client::danger::ServerCertVerifier;
use rustls::crypto::CryptoProvider;
use rustls::pki_types::{DnsName, ServerName};
use rustls::server::{ClientHello, NoServerSessionStorage, ResolvesServerCert};
use rustls::sign::CertifiedKey;
use rustls::{ClientConfig, ServerConfig, ServerConnection};
use thiserror::Error;

use super::authority::{BOOT_DOOR, NODE_DOOR};
use super::credentials::Identity;
use super::subject::{Credential, SubjectError};
use super::trust::Trust;
use super::verify::{Anchor, Clients, Doors, PeerError, PinnedDoors};

/// What peers call what they speak over TLS.
pub const ALPN: &[u8] = b"cluster/1";

/// Why an identity cannot be used for TLS.
#[derive(Debug, Error)]
pub enum TlsError {
    /// The authority's certificate is none.
    #[error("the authority's certificate: {0}")]
    Authority(PeerError),
    /// Operators do not listen.
    #[error("this identity has no door to listen at")]
    NoDoor,
    /// The key or the certificate will not do.
    #[error(transparent)]
    Tls(#[from] rustls::Error),
}

/// How a node or the boot server listens. It shows its door certificate; a
/// client that shows a certificate must be of the cluster and not revoked, and
/// [`visitor`] says who it is; one that shows none is a stranger.
pub fn server_config(identity: &Identity, trust: &Trust) -> Result<Arc<ServerConfig>, TlsError> {
    let door = identity.door_certificate().ok_or(TlsError::NoDoor)?;
    // The authority's certificate is for newcomers, who know its hash.
    let certified = CertifiedKey::new(
        vec![door, identity.authority()],
        rustls::crypto::ring::sign::any_eddsa_type(&identity.key().pkcs8())?,
    );
    let clients = Clients {
        anchor: anchor(identity)?,
        cluster: identity.cluster().id,
        trust: trust.clone(),
    };
    let mut config = ServerConfig::builder_with_provider(provider())
        .with_protocol_versions(&[&rustls::version::TLS13])?
        .with_client_cert_verifier(Arc::new(clients))
        .with_cert_resolver(Arc::new(Door(Arc::new(certified))));
    config.alpn_protocols = vec![ALPN.to_vec()];
    // A resumed session would show no certificate: nobody would look whether it
    // has been revoked, or has ended.
    config.session_storage = Arc::new(NoServerSessionStorage {});
    config.send_tls13_tickets = 0;
    Ok(Arc::new(config))
}

/// How a node or an operator connects to [`boot_door`] or [`node_door`].
pub fn client_config(identity: &Identity, trust: &Trust) -> Result<Arc<ClientConfig>, TlsError> {
    let doors = Doors {
        anchor: anchor(identity)?,
        trust: trust.clone(),
    };
    let config = client_builder(Arc::new(doors))?.with_client_auth_cert(
        vec![identity.identity_certificate()],
        identity.key().pkcs8().into(),
    )?;
    Ok(quiet(config))
}

/// How a newcomer connects, to whichever door: it shows no certificate, and
/// trusts the authority whose certificate has that SHA-256 hash.
pub fn enrolling_client_config(pin: Digest) -> Result<Arc<ClientConfig>, TlsError> {
    let config = client_builder(Arc::new(PinnedDoors { pin }))?.with_no_client_auth();
    Ok(quiet(config))
}

/// The boot server, as clients ask for it.
pub fn boot_door() -> ServerName<'static> {
    door(BOOT_DOOR)
}

/// A node, as clients ask for it.
pub fn node_door() -> ServerName<'static> {
    door(NODE_DOOR)
}

/// Who has connected, once the handshake is done; none: a stranger, who may ask
/// to be let in and nothing else.
pub fn visitor(
    connection: &ServerConnection,
    cluster: &ClusterFacts,
) -> Result<Option<Credential>, SubjectError> {
    match connection.peer_certificates() {
        None | Some([]) => Ok(None),
        Some([certificate, ..]) => Credential::of_certificate(certificate, cluster.id).map(Some),
    }
}

/// Shows the door certificate to whoever speaks our protocol.
#[derive(Debug)]
struct Door(Arc<CertifiedKey>);

impl ResolvesServerCert for Door {
    /// A client that does not say what it speaks is none of ours; left to
    /// itself, rustls would serve it. Of one that speaks something else, rustls
    /// sees to it.
    fn resolve(&self, hello: ClientHello<'_>) -> Option<Arc<CertifiedKey>> {
        hello.alpn().map(|_| self.0.clone())
    }
}

fn client_builder(
    verifier: Arc<dyn ServerCertVerifier>,
) -> Result<rustls::ConfigBuilder<ClientConfig, rustls::client::WantsClientCert>, TlsError> {
    Ok(ClientConfig::builder_with_provider(provider())
        .with_protocol_versions(&[&rustls::version::TLS13])?
        .dangerous()
        .with_custom_certificate_verifier(verifier))
}

fn quiet(mut config: ClientConfig) -> Arc<ClientConfig> {
    config.alpn_protocols = vec![ALPN.to_vec()];
    config.resumption = Resumption::disabled();
    // The name of the door would travel in the clear.
    config.enable_sni = false;
    Arc::new(config)
}

fn anchor(identity: &Identity) -> Result<Anchor, TlsError> {
    Anchor::new(&identity.authority()).map_err(TlsError::Authority)
}

fn door(name: &'static str) -> ServerName<'static> {
    ServerName::DnsName(DnsName::try_from(name).expect("both names are names of hosts"))
}

fn provider() -> Arc<CryptoProvider> {
    Arc::new(rustls::crypto::ring::default_provider())
}
