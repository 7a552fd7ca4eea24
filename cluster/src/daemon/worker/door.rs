//! Who comes to a node, and what they may ask for.

use std::net::SocketAddr;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use cluster_protocol::{Exchange, Message, Refusal, Refused};
use rustls::ClientConfig;
use tokio::net::UdpSocket;
use tokio::sync::mpsc::UnboundedSender;
use tokio::sync::{Semaphore, oneshot};

use super::credentials::Credentials;
use super::start::{Start, WorkerError};
use crate::identity::{Trust, boot_door};
use crate::net::{Listener, Visitor, ask};

/// How long the boot server may take to answer for a newcomer, and to renew
/// certificates.
const PATIENCE: Duration = Duration::from_secs(15);
/// How many strangers' requests to be let in are passed on at a time.
const STRANGERS: usize = 16;

/// What visitors of this node need to know.
pub(super) struct Door {
    pub(super) client: Arc<ClientConfig>,
    pub(super) boot: SocketAddr,
    /// To the node's own loop.
    pub(super) exchanges: UnboundedSender<(Exchange, oneshot::Sender<Exchange>)>,
    pub(super) trust: Trust,
}

/// Listens at one port, by TCP and UDP.
pub(super) async fn listen(
    start: &Start,
    credentials: &Credentials,
    door: &Arc<Mutex<Arc<Door>>>,
) -> Result<(Listener, UdpSocket), WorkerError> {
    let address = start.listen;
    let failed = |source| WorkerError::Listen { address, source };
    let door = door.clone();
    let strangers = Arc::new(Semaphore::new(STRANGERS));
    let receive = move |visitor: Visitor| {
        let door = door.lock().unwrap_or_else(PoisonError::into_inner).clone();
        let permit = match &visitor.credential {
            Some(_) => None,
            None => match strangers.clone().try_acquire_owned() {
                Ok(permit) => Some(permit),
                // They may come again.
                Err(_) => return,
            },
        };
        tokio::spawn(async move {
            serve(visitor, door).await;
            drop(permit);
        });
    };
    let facts = credentials.identity.cluster().clone();
    let config = credentials.server.subscribe();
    let listener = Listener::start(address, config, facts, receive)
        .await
        .map_err(failed)?;
    let socket = UdpSocket::bind(listener.address()).await.map_err(failed)?;
    Ok((listener, socket))
}

/// Does what a visitor of a node may ask for.
async fn serve(visitor: Visitor, door: Arc<Door>) {
    let Visitor {
        credential,
        first,
        mut channel,
    } = visitor;
    let answer = match (first, &credential) {
        // Passed on: only the boot server knows tokens.
        (Message::Enrol(enrol), _) => match ask(
            door.boot,
            door.client.clone(),
            boot_door(),
            *enrol,
            PATIENCE,
        )
        .await
        {
            Ok(answer) => answer,
            Err(_) => return,
        },
        (Message::Exchange(exchange), Some(credential)) => {
            if exchange.source.name != credential.subject.name {
                return;
            }
            let (answer, answered) = oneshot::channel();
            if door.exchanges.send((*exchange, answer)).is_err() {
                return;
            }
            let revoked = door.trust.until_revoked(credential);
            tokio::select! {
                answer = answered => match answer {
                    Ok(answer) => answer.into(),
                    Err(_) => return,
                },
                () = revoked => return,
            }
        }
        (other, _) => Refused {
            reason: Refusal::Invalid,
            text: format!("a node does not answer {}", other.name()).into(),
        }
        .into(),
    };
    // One who does not wait for the answer does not want it.
    let _ = tokio::time::timeout(PATIENCE, channel.sender.send(&answer)).await;
    channel.sender.finish().await;
}
