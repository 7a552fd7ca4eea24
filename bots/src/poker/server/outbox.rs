//! What waits to be sent to one client.

use std::mem;
use std::sync::{Mutex, MutexGuard, PoisonError};

use pokersource::{ErrorReply, Message};
use tokio::sync::Notify;

use super::frame;
use super::reason::Reason;

/// The queue of one connection, bounded in bytes.
///
/// Messages are kept as the bytes that go to the socket, so that a wake-up of
/// the connection sends all that have gathered in one call. A message of poker
/// has some fifteen bytes, less than a reference to a shared buffer would
/// take: a broadcast is encoded once and its bytes are copied to each queue.
///
/// Whoever has something to say adds it at once and never waits; a queue that
/// would grow beyond its limit is closed instead.
#[derive(Debug)]
pub(super) struct Outbox {
    queue: Mutex<Queue>,
    /// Something is to be sent, or the connection is to end.
    pub ready: Notify,
    limit: usize,
}

#[derive(Debug, Default)]
struct Queue {
    bytes: Vec<u8>,
    messages: usize,
    /// Bytes that the connection has taken and may not have sent.
    taken: usize,
    closing: Option<Reason>,
}

/// What a connection takes from its queue.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Batch {
    pub bytes: Vec<u8>,
    pub messages: usize,
    /// Nothing follows: the connection is to end.
    pub closing: Option<Reason>,
}

impl Outbox {
    /// A queue of at most so many bytes.
    pub fn new(limit: usize) -> Self {
        Self {
            queue: Mutex::default(),
            ready: Notify::new(),
            limit,
        }
    }

    /// Adds a message.
    pub fn send(&self, message: &Message) {
        self.send_frames(1, |out| frame::append(message, out));
    }

    /// Adds so many messages, which `write` appends to the bytes given.
    pub fn send_frames(&self, messages: usize, write: impl FnOnce(&mut Vec<u8>)) {
        let mut queue = self.lock();
        if queue.closing.is_some() {
            return;
        }
        let before = queue.bytes.len();
        write(&mut queue.bytes);
        if queue.bytes.len() == before {
            return;
        }
        if queue.taken + queue.bytes.len() > self.limit {
            queue.bytes.truncate(before);
            queue.close(Reason::SlowReader);
        } else {
            queue.messages += messages;
        }
        drop(queue);
        self.ready.notify_one();
    }

    /// Says why, and lets the connection end once that is sent.
    pub fn close(&self, reason: Reason) {
        let mut queue = self.lock();
        if queue.closing.is_none() {
            queue.close(reason);
            drop(queue);
            self.ready.notify_one();
        }
    }

    /// Whether the connection is to end.
    pub fn closing(&self) -> Option<Reason> {
        self.lock().closing
    }

    /// How many bytes wait.
    pub fn waiting(&self) -> usize {
        let queue = self.lock();
        queue.taken + queue.bytes.len()
    }

    /// What has gathered. Until the next call it counts as waiting.
    pub fn take(&self) -> Batch {
        let mut queue = self.lock();
        queue.taken = queue.bytes.len();
        Batch {
            bytes: mem::take(&mut queue.bytes),
            messages: mem::take(&mut queue.messages),
            closing: queue.closing,
        }
    }

    fn lock(&self) -> MutexGuard<'_, Queue> {
        // No panic leaves the queue half changed.
        self.queue.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Queue {
    /// The last words are few and may exceed the limit.
    fn close(&mut self, reason: Reason) {
        self.closing = Some(reason);
        if let Some(words) = reason.words() {
            let message = ErrorReply {
                message: words.into(),
                ..ErrorReply::default()
            };
            frame::append(&message.into(), &mut self.bytes);
            self.messages += 1;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_gathers_is_taken_at_once() {
        let outbox = Outbox::new(100);
        outbox.send(&Message::Ack);
        outbox.send(&Message::AuthOk);
        assert_eq!(outbox.waiting(), 6);
        let batch = outbox.take();
        assert_eq!((batch.bytes, batch.messages), (vec![4, 0, 3, 8, 0, 3], 2));
        assert_eq!(outbox.waiting(), 6, "until it is known to be sent");
        assert_eq!(outbox.take(), Batch::default());
        assert_eq!(outbox.waiting(), 0);
    }

    #[test]
    fn a_full_queue_ends_the_connection_with_a_reason() {
        let outbox = Outbox::new(7);
        outbox.send(&Message::Ack);
        outbox.take();
        outbox.send(&Message::Ack);
        assert_eq!(outbox.closing(), None);
        outbox.send(&Message::Ack);
        assert_eq!(outbox.closing(), Some(Reason::SlowReader));
        let batch = outbox.take();
        assert_eq!(batch.bytes[..3], [4, 0, 3]);
        let last = pickler::decode::<Message>(&batch.bytes[3..]).unwrap();
        let words = Reason::SlowReader.words().unwrap();
        assert!(matches!(last, Message::Error(error) if error.message == words));

        outbox.send(&Message::Ack);
        outbox.close(Reason::Idle);
        let batch = outbox.take();
        assert_eq!(
            (batch.bytes.len(), batch.closing),
            (0, Some(Reason::SlowReader))
        );
    }
}
