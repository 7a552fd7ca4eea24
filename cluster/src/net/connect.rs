//! Connections to others.

use std::io;
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use cluster_protocol::{Digest, Enrol, Enrolled, MAX_MESSAGE, Message, Refused, Renew};
use rustls::ClientConfig;
use rustls::pki_types::ServerName;
use tokio::net::TcpStream;
use tokio_rustls::TlsConnector;
use tokio_rustls::client::TlsStream;

use super::{Channel, ChannelError};
use crate::clock::wall;
use crate::identity::{
    Identity, TlsError, Trust, boot_door, client_config, enrolling_client_config, node_door,
    peer_error,
};

/// How long connecting may take, handshake included.
const CONNECT_WITHIN: Duration = Duration::from_secs(10);
/// How long a newcomer waits to be let in: a member may have to ask the boot
/// server.
const ENROL_WITHIN: Duration = Duration::from_secs(20);

/// How long the boot server may take to renew certificates.
const RENEW_WITHIN: Duration = Duration::from_secs(15);

/// A connection that this end has made.
pub type Tls = TlsStream<TcpStream>;

/// No connection.
#[derive(Debug, thiserror::Error)]
pub enum ConnectError {
    /// Nobody answers there, or not in time.
    #[error("cannot connect to {address}: {source}")]
    Tcp {
        /// Where.
        address: SocketAddr,
        /// Why.
        source: io::Error,
    },
    /// The other end is not whom it should be, or does not let this one in.
    #[error("{address} {why}")]
    Handshake {
        /// Where.
        address: SocketAddr,
        /// Why, in words.
        why: String,
    },
    /// The identity will not do.
    #[error(transparent)]
    Identity(#[from] TlsError),
    /// The conversation came to nothing.
    #[error("{address}: {source}")]
    Channel {
        /// With whom.
        address: SocketAddr,
        /// Why.
        source: ChannelError,
    },
    /// Not let in: why, in the other end's words.
    #[error("{0}")]
    Refused(String),
}

/// Connects to whoever shows that door at an address.
///
/// # Errors
/// If nobody does, or it lets this end not in.
pub async fn connect(
    address: SocketAddr,
    config: Arc<ClientConfig>,
    door: ServerName<'static>,
) -> Result<Tls, ConnectError> {
    let connecting = async {
        let stream = TcpStream::connect(address)
            .await
            .map_err(|source| ConnectError::Tcp { address, source })?;
        // Small messages are not held back.
        let _ = stream.set_nodelay(true);
        TlsConnector::from(config)
            .connect(door, stream)
            .await
            .map_err(|error| ConnectError::Handshake {
                address,
                why: handshake_failure(&error),
            })
    };
    match tokio::time::timeout(CONNECT_WITHIN, connecting).await {
        Ok(connected) => connected,
        Err(_) => Err(ConnectError::Tcp {
            address,
            source: io::ErrorKind::TimedOut.into(),
        }),
    }
}

fn handshake_failure(error: &io::Error) -> String {
    let tls = error
        .get_ref()
        .and_then(|inner| inner.downcast_ref::<rustls::Error>());
    match tls {
        Some(tls) => match peer_error(tls) {
            Some(peer) => format!("is not whom it should be: {peer}"),
            None => format!("does not speak with this end: {tls}"),
        },
        None => format!("closed the connection: {error}"),
    }
}

/// Connects, says one thing, and waits for the answer, so long at most.
///
/// # Errors
/// If there is none.
pub async fn ask(
    address: SocketAddr,
    config: Arc<ClientConfig>,
    door: ServerName<'static>,
    question: impl Into<Message>,
    within: Duration,
) -> Result<Message, ConnectError> {
    let stream = connect(address, config, door).await?;
    let mut channel = Channel::new(stream, MAX_MESSAGE);
    let answer = channel.ask(&question.into(), within).await;
    answer.map_err(|source| ConnectError::Channel { address, source })
}

/// An answer to something else.
pub fn unexpected(address: SocketAddr, answer: &Message) -> ConnectError {
    ConnectError::Channel {
        address,
        source: ChannelError::Unexpected(answer.name()),
    }
}

/// Asks to be let in, of any member.
///
/// # Errors
/// If nobody answers, it is no member of the token's cluster, or this end is
/// refused.
pub async fn enrol(
    address: SocketAddr,
    pin: Digest,
    enrol: Enrol,
) -> Result<Enrolled, ConnectError> {
    let config = enrolling_client_config(pin)?;
    match ask(address, config, node_door(), enrol, ENROL_WITHIN).await? {
        Message::Enrolled(enrolled) => Ok(*enrolled),
        Message::Refused(refused) => {
            // The other end does not say which: this end can only guess.
            let Refused { text, .. } = *refused;
            Err(ConnectError::Refused(format!(
                "{text}: the token has been used, has ended, or is no longer good; an operator \
                 mints another with `node authorize`"
            )))
        }
        other => Err(unexpected(address, &other)),
    }
}

/// Asks the boot server for new certificates of the same name and key; the
/// identity with them.
///
/// # Errors
/// If it does not answer, or refuses.
pub async fn renew(identity: Identity, boot: SocketAddr) -> Result<Identity, ConnectError> {
    let config = client_config(&identity, &Trust::default())?;
    let key = identity.key().clone();
    let request = key.request(identity.name());
    match ask(boot, config, boot_door(), Renew { request }, RENEW_WITHIN).await? {
        Message::Renewed(renewed) => identity
            .renewed(key, renewed.certificates, wall())
            .map_err(|error| ConnectError::Refused(error.to_string())),
        Message::Refused(refused) => Err(ConnectError::Refused(refused.text.0.clone())),
        other => Err(unexpected(boot, &other)),
    }
}
