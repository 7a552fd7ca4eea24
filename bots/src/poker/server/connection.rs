//! One client's socket.

use std::cell::RefCell;
use std::future::Future;
use std::io;
use std::pin::{Pin, pin};
use std::sync::Arc;
use std::time::{Duration, Instant};

use pokersource::{ErrorReply, HANDSHAKE, Stream, StreamError};
use tokio::io::AsyncWriteExt;
use tokio::net::TcpStream;
use tokio::task::yield_now;
use tokio::time::{sleep, sleep_until, timeout};

use super::hall::Hall;
use super::outbox::Outbox;
use super::reason::Reason;
use super::session::{Answer, Next, Session};
use super::stats::add;
use super::table::ConnectionId;

/// Bytes that are read at once.
const READ: usize = 16 << 10;

/// What is still read, and not looked at, from a client that is sent away.
const DISCARDED: usize = 64 << 10;

/// How long a client is not read while the store is behind.
const BACK_OFF: Duration = Duration::from_millis(5);

thread_local! {
    /// Shared by all connections of a thread, so that an idle one has none.
    static READ_BUFFER: RefCell<Box<[u8]>> = RefCell::new(vec![0; READ].into());
}

/// A client's socket, and what is known of it.
struct Connection {
    stream: TcpStream,
    hall: Arc<Hall>,
    outbox: Arc<Outbox>,
    session: Session,
    inbox: Stream,
    /// The inbox may hold whole messages.
    has_more: bool,
    /// The client sends nothing more.
    ended: bool,
    asked: Option<Pin<Box<dyn Future<Output = Answer> + Send>>>,
    sending: Vec<u8>,
    sent: usize,
    began: Instant,
    heard: Instant,
    /// Since when a message is there in part.
    partial: Option<Instant>,
    /// When the client last took something, or had nothing to take.
    took: Instant,
}

/// Serves a client until the connection ends; gives its number.
pub(super) async fn serve(
    stream: TcpStream,
    hall: Arc<Hall>,
    id: ConnectionId,
    outbox: Arc<Outbox>,
) -> ConnectionId {
    let now = Instant::now();
    // A failure only makes answers slower.
    let _ = stream.set_nodelay(true);
    let mut connection = Connection {
        stream,
        session: Session::new(id, Arc::clone(&outbox)),
        hall,
        outbox,
        inbox: Stream::new(),
        has_more: false,
        ended: false,
        asked: None,
        sending: Vec::new(),
        sent: 0,
        began: now,
        heard: now,
        partial: None,
        took: now,
    };
    let reason = connection.converse().await;
    let Connection { session, hall, .. } = &mut connection;
    session.end(hall, reason, Instant::now());
    hall.counters.disconnected(reason);
    if !matches!(reason, Reason::Closed | Reason::Broken) {
        let linger = connection.hall.config.timing.linger;
        // Whether the last words arrive is up to the client.
        let _ = timeout(linger, connection.take_leave()).await;
    }
    id
}

/// Queues the handshake, which comes before all messages.
pub(super) fn greet(outbox: &Outbox) {
    outbox.send_frames(0, |out| out.extend_from_slice(HANDSHAKE));
}

impl Connection {
    /// Reads, answers and writes until there is a reason to end.
    async fn converse(&mut self) -> Reason {
        let mut timer = pin!(sleep_until(self.deadline().into()));
        loop {
            if self.flush().is_err() {
                return Reason::Broken;
            }
            if let Some(reason) = self.outbox.closing() {
                return reason;
            }
            if self.may_work() {
                if let Some(reason) = self.work() {
                    self.outbox.close(reason);
                    return reason;
                }
                if self.has_more {
                    // Others have their turn, the reader of this outbox too.
                    yield_now().await;
                }
                continue;
            }
            if self.ended && !self.has_more && self.asked.is_none() {
                return Reason::Closed;
            }
            let deadline = self.deadline().into();
            if deadline < timer.deadline() || timer.is_elapsed() {
                timer.as_mut().reset(deadline);
            }
            let reads = !self.ended && self.asked.is_none() && !self.is_backlogged();
            tokio::select! {
                ready = self.stream.readable(), if reads => {
                    if ready.is_err() || self.read().is_err() {
                        return Reason::Broken;
                    }
                    if self.hall.bank.is_behind() {
                        sleep(BACK_OFF).await;
                    }
                }
                ready = self.stream.writable(), if !self.sending.is_empty() => {
                    if ready.is_err() {
                        return Reason::Broken;
                    }
                }
                () = self.outbox.ready.notified() => {}
                answer = answered(&mut self.asked) => {
                    self.asked = None;
                    self.has_more = true;
                    self.session.answered(&self.hall, answer, Instant::now());
                }
                () = timer.as_mut() => {
                    if let Some(reason) = self.overdue(Instant::now()) {
                        self.outbox.close(reason);
                        return reason;
                    }
                }
            }
        }
    }

    fn may_work(&self) -> bool {
        self.has_more && self.asked.is_none() && !self.is_backlogged()
    }

    /// So much waits for the client that its requests wait, too: it is to read
    /// answers before it gets more of them.
    fn is_backlogged(&self) -> bool {
        self.outbox.waiting() > self.hall.config.limits.outbox_bytes / 2
    }

    fn read(&mut self) -> io::Result<()> {
        let read = READ_BUFFER.with_borrow_mut(|buffer| {
            let read = self.stream.try_read(buffer);
            if let Ok(read) = read {
                self.inbox.push(&buffer[..read]);
            }
            read
        });
        match read {
            Ok(0) => self.ended = true,
            Ok(read) => {
                add(&self.hall.counters.bytes_in, read);
                self.heard = Instant::now();
                self.has_more = true;
            }
            Err(error) if error.kind() == io::ErrorKind::WouldBlock => {}
            Err(error) => return Err(error),
        }
        Ok(())
    }

    /// Handles messages that have come, some at a time; gives a reason to end.
    fn work(&mut self) -> Option<Reason> {
        let now = Instant::now();
        let mut handled = 0;
        let mut reason = None;
        while reason.is_none() {
            if handled == self.hall.config.limits.messages_per_turn {
                break;
            }
            match self.inbox.next_frame() {
                Ok(Some(frame)) => {
                    handled += 1;
                    match self.session.receive(&self.hall, frame, now) {
                        Next::Go => {}
                        Next::Close(close) => reason = Some(close),
                        Next::Ask(ask) => {
                            let hall = Arc::clone(&self.hall);
                            self.asked = Some(Box::pin(ask.carry_out(hall)));
                            break;
                        }
                    }
                    // An account that has moved to another connection acts
                    // there only.
                    reason = reason.or_else(|| self.outbox.closing());
                }
                Ok(None) => {
                    self.has_more = false;
                    break;
                }
                Err(error) => reason = Some(self.lose_track(&error)),
            }
        }
        add(&self.hall.counters.messages_in, handled);
        if self.inbox.pending().is_empty() {
            self.partial = None;
            self.inbox.shrink();
        } else if handled > 0 || self.partial.is_none() {
            self.partial = Some(now);
        }
        reason
    }

    /// Nothing that follows can be understood.
    fn lose_track(&mut self, error: &StreamError) -> Reason {
        let message = ErrorReply {
            message: error.to_string().into(),
            ..ErrorReply::default()
        };
        self.outbox.send(&message.into());
        match error {
            StreamError::Handshake(_) => Reason::WrongHandshake,
            StreamError::Framing(_) | StreamError::Message(_) => Reason::LostFraming,
        }
    }

    /// Writes what waits, as far as the client takes it.
    fn flush(&mut self) -> io::Result<()> {
        loop {
            if self.sending.is_empty() {
                let batch = self.outbox.take();
                if batch.bytes.is_empty() {
                    return Ok(());
                }
                add(&self.hall.counters.messages_out, batch.messages);
                self.sending = batch.bytes;
                self.sent = 0;
                self.took = Instant::now();
            }
            match self.stream.try_write(&self.sending[self.sent..]) {
                Ok(written) => {
                    add(&self.hall.counters.bytes_out, written);
                    self.sent += written;
                    self.took = Instant::now();
                    if self.sent == self.sending.len() {
                        self.sending = Vec::new();
                    }
                }
                Err(error) if error.kind() == io::ErrorKind::WouldBlock => return Ok(()),
                Err(error) => return Err(error),
            }
        }
    }

    /// When to look whether the client is too slow.
    fn deadline(&self) -> Instant {
        let timing = &self.hall.config.timing;
        let handshake = (!self.inbox.is_established()).then(|| self.began + timing.handshake);
        let message = self.partial.map(|since| since + timing.frame);
        let stall = (!self.sending.is_empty()).then(|| self.took + timing.write_stall);
        let idle = self.heard + timing.idle;
        let others = [handshake, message, stall].into_iter().flatten();
        others.fold(idle, Instant::min)
    }

    /// For which slowness to end.
    fn overdue(&self, now: Instant) -> Option<Reason> {
        let timing = &self.hall.config.timing;
        let is_over = |since: Instant, limit: Duration| since + limit <= now;
        if !self.sending.is_empty() && is_over(self.took, timing.write_stall) {
            Some(Reason::SlowReader)
        } else if !self.inbox.is_established() && is_over(self.began, timing.handshake) {
            Some(Reason::SlowHandshake)
        } else if self
            .partial
            .is_some_and(|since| is_over(since, timing.frame))
        {
            Some(Reason::SlowMessage)
        } else if is_over(self.heard, timing.idle) {
            Some(Reason::Idle)
        } else {
            None
        }
    }

    /// Sends the last words, and waits until the client has closed as well:
    /// closing with input unread would take the words back.
    async fn take_leave(&mut self) -> io::Result<()> {
        loop {
            self.flush()?;
            if self.sending.is_empty() {
                break;
            }
            self.stream.writable().await?;
        }
        self.stream.shutdown().await?;
        let mut discarded = 0;
        while discarded < DISCARDED {
            self.stream.readable().await?;
            let read = READ_BUFFER.with_borrow_mut(|buffer| self.stream.try_read(buffer));
            match read {
                Ok(0) => break,
                Ok(read) => discarded += read,
                Err(error) if error.kind() == io::ErrorKind::WouldBlock => {}
                Err(error) => return Err(error),
            }
        }
        Ok(())
    }
}

/// The answer to what was asked, if anything was.
async fn answered(asked: &mut Option<Pin<Box<dyn Future<Output = Answer> + Send>>>) -> Answer {
    match asked {
        Some(answer) => answer.await,
        None => std::future::pending().await,
    }
}
