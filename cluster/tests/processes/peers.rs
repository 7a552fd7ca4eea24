//! Peers that do what they should not: they have an identity, and no program.

use std::net::SocketAddr;
use std::time::Duration;

use cluster::identity::{Identity, SigningKey, Token, Trust, boot_door, client_config, node_door};
use cluster::net::{Channel, ChannelError, ConnectError, Tls, connect, enrol};
use cluster_protocol::{
    Digest, Epoch, Hello, MAX_MESSAGE, Message, PROTOCOL_VERSION, Peer, PeerKind, Request,
};
use tokio::runtime::{Builder, Runtime};

use crate::cluster::Cluster;

/// How long anybody may take to answer.
const PATIENCE: Duration = Duration::from_secs(20);

/// Somebody who has been let in.
pub struct Guest {
    pub identity: Identity,
}

/// Where peers' conversations take place.
pub fn runtime() -> Runtime {
    Builder::new_current_thread().enable_all().build().unwrap()
}

impl Guest {
    /// Lets somebody of that role in.
    pub async fn new(cluster: &Cluster, name: &str, role: &str) -> Self {
        let text = cluster.run(&["authorize", name, "--role", role]);
        let token: Token = text.trim().parse().unwrap();
        let key = SigningKey::generate().unwrap();
        let enrolled = enrol(cluster.address, token.authority, token.enrol(&key))
            .await
            .unwrap();
        let identity = Identity::accept(
            key,
            name,
            enrolled.certificates,
            enrolled.cluster,
            token.authority,
            std::time::SystemTime::UNIX_EPOCH
                .elapsed()
                .unwrap()
                .as_secs(),
        );
        Self {
            identity: identity.unwrap(),
        }
    }

    /// Connects to the boot server.
    pub async fn boot(&self, cluster: &Cluster) -> Result<Tls, ConnectError> {
        let config = client_config(&self.identity, &Trust::default()).unwrap();
        connect(cluster.address, config, boot_door()).await
    }

    /// Connects to a node.
    pub async fn node(&self, address: SocketAddr) -> Result<Tls, ConnectError> {
        let config = client_config(&self.identity, &Trust::default()).unwrap();
        connect(address, config, node_door()).await
    }

    /// How it is known among members.
    pub fn peer(&self) -> Peer {
        Peer {
            name: self.identity.name().clone(),
            address: SocketAddr::from(([127, 0, 0, 1], 9)).into(),
            generation: 1,
            kind: PeerKind::Worker,
        }
    }

    /// The first message of a link.
    pub fn hello(&self) -> Hello {
        Hello {
            protocol: PROTOCOL_VERSION,
            program: "guest".into(),
            program_hash: Digest::default(),
            peer: self.peer(),
            groups: Vec::new(),
            release: 0,
            epoch: Epoch::default(),
            runs: Vec::new(),
        }
    }

    /// Asks the boot server for something; none: it closed the connection
    /// without a word.
    pub async fn ask(&self, cluster: &Cluster, message: Message) -> Option<Message> {
        let stream = self.boot(cluster).await.ok()?;
        answer(Channel::new(stream, MAX_MESSAGE), message).await
    }

    /// The same of a request.
    pub async fn request(&self, cluster: &Cluster, request: Request) -> Option<Message> {
        self.ask(cluster, request.into()).await
    }
}

/// What is answered to a message; none: the connection was closed.
pub async fn answer(mut channel: Channel<Tls>, message: Message) -> Option<Message> {
    match channel.ask(&message, PATIENCE).await {
        Ok(answer) => Some(answer),
        Err(ChannelError::Silent(_)) => panic!("{} is not answered", message.name()),
        Err(_) => None,
    }
}
