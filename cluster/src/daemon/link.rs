//! A node's link to the boot server.

use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use cluster_protocol::{MAX_MESSAGE, Message};
use rustls::ClientConfig;
use tokio::sync::mpsc::{UnboundedSender, unbounded_channel};
use tokio::task::JoinHandle;

use crate::identity::boot_door;
use crate::net::{Channel, connect, converse};

/// What becomes of a link.
#[derive(Debug)]
pub enum LinkEvent {
    /// It stands.
    Up,
    /// The boot server says something.
    Message(Message),
    /// It is gone, or could not be made: why.
    Down(String),
}

/// A link, or one that is being made. Dropping it ends it, without an event.
pub struct Link {
    outgoing: UnboundedSender<Message>,
    task: JoinHandle<()>,
}

impl Link {
    /// Makes a link after a while; `events` tells what becomes of it, each with
    /// `number`.
    pub fn open(
        after: Duration,
        address: SocketAddr,
        config: Arc<ClientConfig>,
        number: u64,
        events: UnboundedSender<(u64, LinkEvent)>,
    ) -> Self {
        let (outgoing, mut queue) = unbounded_channel();
        let task = tokio::spawn(async move {
            tokio::time::sleep(after).await;
            // One who no longer listens has another link.
            let tell = |event| {
                let _ = events.send((number, event));
            };
            match connect(address, config, boot_door()).await {
                Ok(stream) => {
                    tell(LinkEvent::Up);
                    let channel = Channel::new(stream, MAX_MESSAGE);
                    let incoming = |message| tell(LinkEvent::Message(message));
                    let why =
                        converse(channel, |context| queue.poll_recv(context), incoming, None).await;
                    tell(LinkEvent::Down(why.to_string()));
                }
                Err(error) => tell(LinkEvent::Down(error.to_string())),
            }
        });
        Self { outgoing, task }
    }

    /// Says something to the boot server.
    pub fn send(&self, message: Message) {
        // If the link is gone, an event has said so.
        let _ = self.outgoing.send(message);
    }
}

impl Drop for Link {
    fn drop(&mut self) {
        self.task.abort();
    }
}
