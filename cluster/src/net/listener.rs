//! Who comes in.

use std::collections::VecDeque;
use std::io;
use std::net::SocketAddr;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use cluster_protocol::{ClusterFacts, Message};
use rustls::ServerConfig;
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::watch;
use tokio::task::{AbortHandle, JoinHandle};
use tokio_rustls::TlsAcceptor;
use tokio_rustls::server::TlsStream;

use super::Channel;
use crate::identity::{Credential, visitor};

/// How long a stranger may take to shake hands and to say what it wants.
const STRANGER_TIME: Duration = Duration::from_secs(5);
/// How many may be about to do so; the one who has been for longest goes first.
const STRANGERS: usize = 256;
/// How long a stranger's message may be.
const STRANGER_MESSAGE: usize = 16 << 10;
/// How long to wait when the system has no connection to give.
const BREATH: Duration = Duration::from_millis(50);

/// Somebody who has come in, and the first thing that they have said.
pub struct Visitor {
    /// Who it is; none: a stranger.
    pub credential: Option<Credential>,
    /// What they said first.
    pub first: Message,
    /// To talk with them.
    pub channel: Channel<TlsStream<TcpStream>>,
}

/// Takes connections in.
///
/// Whoever has connected has five seconds to shake hands and to say what they
/// want. Of those who have not, so many may wait; one more, and the one who has
/// waited for longest is sent away, so that those who say nothing do not keep
/// out those who do.
pub struct Listener {
    address: SocketAddr,
    accepting: JoinHandle<()>,
}

/// Those who have yet to say what they want, the first to come first.
#[derive(Clone, Default)]
struct Waiting(Arc<Mutex<VecDeque<AbortHandle>>>);

impl Listener {
    /// Listens there, with the newest of these configurations, and calls
    /// `receive` for everybody who has come in; it is to start a task of its
    /// own.
    ///
    /// # Errors
    /// If the address cannot be listened at.
    pub async fn start<F>(
        address: SocketAddr,
        config: watch::Receiver<Arc<ServerConfig>>,
        facts: ClusterFacts,
        receive: F,
    ) -> io::Result<Self>
    where
        F: Fn(Visitor) + Clone + Send + 'static,
    {
        let listener = TcpListener::bind(address).await?;
        let address = listener.local_addr()?;
        let accepting = tokio::spawn(accept(listener, config, facts, receive));
        Ok(Self { address, accepting })
    }

    /// Where it listens.
    pub fn address(&self) -> SocketAddr {
        self.address
    }
}

impl Drop for Listener {
    fn drop(&mut self) {
        self.accepting.abort();
    }
}

async fn accept<F>(
    listener: TcpListener,
    config: watch::Receiver<Arc<ServerConfig>>,
    facts: ClusterFacts,
    receive: F,
) where
    F: Fn(Visitor) + Clone + Send + 'static,
{
    let waiting = Waiting::default();
    let facts = Arc::new(facts);
    loop {
        let Ok((stream, _)) = listener.accept().await else {
            // Out of open files, most likely: it passes.
            tokio::time::sleep(BREATH).await;
            continue;
        };
        let config = config.borrow().clone();
        let facts = facts.clone();
        let receive = receive.clone();
        let task = tokio::spawn(async move {
            let welcomed = tokio::time::timeout(STRANGER_TIME, welcome(stream, config, &facts));
            if let Ok(Some(visitor)) = welcomed.await {
                receive(visitor);
            }
        });
        waiting.add(task.abort_handle());
    }
}

impl Waiting {
    fn add(&self, handle: AbortHandle) {
        let mut waiting = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        waiting.push_back(handle);
        while waiting.front().is_some_and(AbortHandle::is_finished) {
            waiting.pop_front();
        }
        if waiting.len() > STRANGERS {
            waiting.retain(|handle| !handle.is_finished());
        }
        if waiting.len() > STRANGERS
            && let Some(longest) = waiting.pop_front()
        {
            longest.abort();
        }
    }
}

/// Shakes hands and hears what somebody wants; nothing if they want nothing
/// sensible, which they are not told.
async fn welcome(
    stream: TcpStream,
    config: Arc<ServerConfig>,
    facts: &ClusterFacts,
) -> Option<Visitor> {
    // Small messages are not held back.
    let _ = stream.set_nodelay(true);
    let stream = TlsAcceptor::from(config).accept(stream).await.ok()?;
    let credential = visitor(stream.get_ref().1, facts).ok()?;
    let mut channel = Channel::new(stream, STRANGER_MESSAGE);
    if credential.is_some() {
        channel.receiver.accept_up_to(cluster_protocol::MAX_MESSAGE);
    }
    let first = channel.receiver.next().await.ok()?;
    let may_come_in = credential.is_some() || matches!(first, Message::Enrol(_));
    may_come_in.then_some(Visitor {
        credential,
        first,
        channel,
    })
}
