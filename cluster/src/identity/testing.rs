//! What tests of identities share.

use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use cluster_protocol::{Address, ClusterFacts, Name, Role, Signed};
use rustls::pki_types::ServerName;
use rustls::{ClientConfig, ServerConfig};
use tokio::io::{AsyncReadExt, AsyncWriteExt, DuplexStream};
use tokio_rustls::{TlsAcceptor, TlsConnector, client, server};

use super::{Authority, Identity, SigningKey, Subject};

/// Certificates of tests are good for so long.
pub(crate) const DAY: Duration = Duration::from_secs(86_400);

/// A folder of one test, removed when it ends.
pub(crate) struct Folder(PathBuf);

impl Folder {
    pub(crate) fn new() -> Self {
        static COUNT: AtomicU32 = AtomicU32::new(0);
        let count = COUNT.fetch_add(1, Ordering::Relaxed);
        let name = format!("cluster-identity-{}-{count}", std::process::id());
        let path = std::env::temp_dir().join(name);
        std::fs::create_dir(&path).unwrap();
        Self(path)
    }

    pub(crate) fn path(&self, name: &str) -> PathBuf {
        self.0.join(name)
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.0);
    }
}

/// Now, in seconds since 1970.
pub(crate) fn now() -> u64 {
    SystemTime::now()
        .duration_since(UNIX_EPOCH)
        .unwrap()
        .as_secs()
}

/// What members know of the authority's cluster.
pub(crate) fn facts(authority: &Authority) -> ClusterFacts {
    ClusterFacts {
        id: authority.cluster(),
        name: authority.name().clone(),
        authority: authority.certificate().to_vec().into(),
        charter_key: [1; 32],
        release_keys: vec![[2; 32]],
        boot: Address::V4 {
            ip: [127, 0, 0, 1],
            port: 7_000,
        },
        charter: Signed {
            statement: vec![].into(),
            key: [1; 32],
            signature: [0; 64],
        },
    }
}

/// An identity that the authority issues at `wall`, in seconds since 1970.
pub(crate) fn issue_at(authority: &Authority, name: &str, role: Role, wall: u64) -> Identity {
    let key = SigningKey::generate().unwrap();
    let groups: Vec<Name> = vec!["secret-group".into()];
    let subject = Subject::new(name.into(), groups, role).unwrap();
    let certificates = authority
        .issue(&key.request(name), &subject, DAY, wall)
        .unwrap();
    let facts = facts(authority);
    Identity::accept(key, name, certificates, facts, authority.pin(), wall).unwrap()
}

/// An identity that the authority issues now.
pub(crate) fn issue(authority: &Authority, name: &str, role: Role) -> Identity {
    issue_at(authority, name, role, now())
}

/// What came of a handshake, at both ends. That a server refuses a client, the
/// client learns only when it reads.
pub(crate) struct Meeting {
    pub client: Result<client::TlsStream<DuplexStream>, rustls::Error>,
    pub server: Result<server::TlsStream<DuplexStream>, rustls::Error>,
}

/// A client and a server meet.
pub(crate) async fn meet(
    client: &Arc<ClientConfig>,
    name: ServerName<'static>,
    server: &Arc<ServerConfig>,
) -> Meeting {
    let (near, far) = tokio::io::duplex(64 * 1_024);
    let connector = TlsConnector::from(client.clone());
    let acceptor = TlsAcceptor::from(server.clone());
    let client = async {
        let mut stream = connector.connect(name, near).await?;
        stream.read_u8().await?;
        Ok(stream)
    };
    let server = async {
        let mut stream = acceptor.accept(far).await?;
        stream.write_u8(0).await?;
        stream.flush().await?;
        Ok(stream)
    };
    let both = async { tokio::join!(client, server) };
    let (client, server) = tokio::time::timeout(Duration::from_secs(20), both)
        .await
        .unwrap();
    Meeting {
        client: client.map_err(tls_error),
        server: server.map_err(tls_error),
    }
}

#[expect(clippy::needless_pass_by_value, reason = "used with map_err")]
fn tls_error(error: std::io::Error) -> rustls::Error {
    error
        .get_ref()
        .and_then(|inner| inner.downcast_ref::<rustls::Error>())
        .unwrap_or_else(|| panic!("not an error of TLS: {error}"))
        .clone()
}
