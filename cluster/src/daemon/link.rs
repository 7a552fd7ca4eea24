//! A node's link to the boot server.

use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use cluster_protocol::{MAX_MESSAGE, Message};
use rustls::ClientConfig;
use tokio::sync::mpsc::error::TrySendError;
use tokio::sync::mpsc::{Sender, channel};
use tokio::task::JoinHandle;

use crate::identity::boot_door;
use crate::net::{Channel, connect, converse};

/// How many messages may wait to be sent.
const QUEUE: usize = 4_096;

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
    outgoing: Sender<Message>,
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
        events: Sender<(u64, LinkEvent)>,
    ) -> Self {
        let (outgoing, queue) = channel(QUEUE);
        let task = tokio::spawn(async move {
            tokio::time::sleep(after).await;
            let down = match connect(address, config, boot_door()).await {
                Ok(stream) => {
                    // One who no longer listens has another link.
                    let _ = events.send((number, LinkEvent::Up)).await;
                    let channel = Channel::new(stream, MAX_MESSAGE);
                    let wrap = |message| Some((number, LinkEvent::Message(message)));
                    let why = converse(channel, queue, &events, wrap, None).await;
                    why.to_string()
                }
                Err(error) => error.to_string(),
            };
            let _ = events.send((number, LinkEvent::Down(down))).await;
        });
        Self { outgoing, task }
    }

    /// Says something to the boot server; false if it does not take what was
    /// said before. If the link is gone, an event has said so.
    pub fn send(&self, message: Message) -> bool {
        !matches!(self.outgoing.try_send(message), Err(TrySendError::Full(_)))
    }
}

impl Drop for Link {
    fn drop(&mut self) {
        self.task.abort();
    }
}
