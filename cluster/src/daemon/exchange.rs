//! Telling somebody all that is known, and hearing what they know.

use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use cluster_protocol::{Exchange, Message, Name, PeerKind};
use rustls::ClientConfig;
use rustls::pki_types::ServerName;

use crate::identity::{boot_door, node_door};
use crate::membership::Contact;
use crate::net::{ConnectError, ask, unexpected};

/// How long the other end may take to answer.
const PATIENCE: Duration = Duration::from_secs(10);

/// Exchanges with somebody; what they know.
///
/// # Errors
/// If they cannot be reached, or say something else.
pub async fn exchange(
    contact: Contact,
    config: Arc<ClientConfig>,
    known: Exchange,
) -> Result<Exchange, ConnectError> {
    match contact {
        Contact::Member(peer) => {
            let door = match peer.kind {
                PeerKind::Boot => boot_door(),
                PeerKind::Worker => node_door(),
            };
            let answer = tell(peer.address.into(), config, door, known).await?;
            expect_source(answer, &peer.name)
        }
        Contact::Address(address) => {
            // Who listens there is not known yet: a node, or the boot server.
            let address = address.into();
            match tell(address, config.clone(), node_door(), known.clone()).await {
                Err(ConnectError::Handshake { .. }) => {
                    tell(address, config, boot_door(), known).await
                }
                answered => answered,
            }
        }
    }
}

fn expect_source(answer: Exchange, name: &Name) -> Result<Exchange, ConnectError> {
    if answer.source.name == *name {
        return Ok(answer);
    }
    Err(ConnectError::Refused(format!(
        "{} answers in place of {name}",
        answer.source.name
    )))
}

async fn tell(
    address: SocketAddr,
    config: Arc<ClientConfig>,
    door: ServerName<'static>,
    known: Exchange,
) -> Result<Exchange, ConnectError> {
    match ask(address, config, door, known, PATIENCE).await? {
        Message::Exchange(answer) => Ok(*answer),
        other => Err(unexpected(address, &other)),
    }
}
