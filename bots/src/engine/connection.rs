//! A bot's task: its connection, from first to last.

use std::future::{Future, poll_fn};
use std::io;
use std::pin::Pin;
use std::rc::Rc;
use std::task::{Context, Poll, ready};
use std::time::Duration;

use tokio::net::TcpStream;
use tokio::time::{Instant, Sleep};

use super::greeting;
use super::shard::Shard;
use crate::observe::Failure;
use crate::protocol::Inbound;
use crate::script::Bot;

/// How often a bot reads before the others have their turn.
const READS_A_TURN: usize = 8;

/// How long the last messages may take to go out.
const LAST_WORDS: Duration = Duration::from_secs(1);

/// Lives a bot's life.
pub(super) async fn live(shard: Rc<Shard>, bot: Rc<Bot>) {
    let never = Instant::now() + Duration::from_secs(365 * 86_400);
    let mut link = Link {
        stream: None,
        inbound: Inbound::default(),
        armed: never,
    };
    let timer = tokio::time::sleep_until(never);
    tokio::pin!(timer);
    while bot.ended().is_none() {
        if bot.wants_connection() || !bot.has_started() {
            // Boxed: the way to a connection takes more room than the life on it.
            let handshake = shard.host.context().protocol.handshake.as_ref();
            let mut connecting = Box::pin(greeting::connect(&shard.config, handshake));
            let connected = poll_fn(|context| {
                bot.set_waker(context.waker());
                if bot.ended().is_some() {
                    return Poll::Ready(None);
                }
                connecting.as_mut().poll(context).map(Some)
            });
            let connected = connected.await;
            drop(connecting);
            match connected {
                None => break,
                Some(Ok(stream)) => {
                    shard.publisher.connected();
                    link.stream = Some(stream);
                    poll_fn(|context| pass_gate(&shard, &bot, context)).await;
                    if bot.ended().is_none() {
                        shard.record_start(&bot);
                        bot.start(&shard.host);
                    }
                }
                Some(Err((failure, why))) => bot.disconnected(&shard.host, failure, &why),
            }
        }
        poll_fn(|context| link.poll(&shard, &bot, timer.as_mut(), context)).await;
        if let Some(stream) = link.stream.take() {
            shard.publisher.disconnected();
            link.inbound = Inbound::default();
            let unsent = bot.take_output();
            shard.record_sent(&bot, &unsent);
            if !unsent.is_empty() {
                let last = Box::pin(greeting::write_all(&stream, &unsent));
                // Whether they arrive is no longer the bot's concern.
                let _ = tokio::time::timeout(LAST_WORDS, last).await;
            }
        }
    }
    shard.task_ended(&bot);
}

/// Ready when the bot may begin, or has ended before. One that goes on after a
/// new connection has its code, and need not wait.
fn pass_gate(shard: &Shard, bot: &Bot, context: &mut Context<'_>) -> Poll<()> {
    bot.set_waker(context.waker());
    if bot.has_started() || bot.ended().is_some() {
        return Poll::Ready(());
    }
    shard.gate.poll_open(context.waker())
}

/// A bot's connection, and what its timer is set to.
struct Link {
    /// None once it is lost, while the script goes on.
    stream: Option<TcpStream>,
    inbound: Inbound,
    armed: Instant,
}

impl Link {
    /// Ready when the bot has ended, or wants another connection.
    fn poll(
        &mut self,
        shard: &Shard,
        bot: &Rc<Bot>,
        mut timer: Pin<&mut Sleep>,
        context: &mut Context<'_>,
    ) -> Poll<()> {
        bot.set_waker(context.waker());
        let mut reads = 0;
        loop {
            bot.pump(&shard.host);
            if let Err((failure, why)) = self.write(shard, bot, context) {
                self.lose(shard, bot, failure, &why);
                continue;
            }
            if bot.ended().is_some() || bot.wants_connection() {
                return Poll::Ready(());
            }
            if reads == READS_A_TURN {
                context.waker().wake_by_ref();
                return Poll::Pending;
            }
            match self.read(shard, bot, context) {
                Poll::Ready(Ok(())) => {
                    reads += 1;
                    continue;
                }
                Poll::Ready(Err((failure, why))) => {
                    self.lose(shard, bot, failure, &why);
                    continue;
                }
                Poll::Pending => {}
            }
            let Some(deadline) = bot.deadline(&shard.host) else {
                return Poll::Pending;
            };
            let deadline = Instant::from_std(shard.began + deadline);
            // A timer that is set too early is cheaper than one set anew with
            // each message.
            if deadline < self.armed {
                self.armed = deadline;
                timer.as_mut().reset(deadline);
            }
            ready!(timer.as_mut().poll(context));
            self.armed = deadline;
            timer.as_mut().reset(deadline);
        }
    }

    fn lose(&mut self, shard: &Shard, bot: &Rc<Bot>, failure: Failure, why: &str) {
        if self.stream.take().is_some() {
            shard.publisher.disconnected();
        }
        self.inbound = Inbound::default();
        bot.disconnected(&shard.host, failure, why);
    }

    /// Sends what the bot has to say, as far as the socket takes it.
    fn write(
        &mut self,
        shard: &Shard,
        bot: &Bot,
        context: &mut Context<'_>,
    ) -> Result<(), (Failure, String)> {
        let Some(stream) = &self.stream else {
            return Ok(());
        };
        let output = bot.take_output();
        let mut sent = 0;
        while sent < output.len() {
            match stream.try_write(&output[sent..]) {
                Ok(written) => sent += written,
                Err(error) if error.kind() == io::ErrorKind::WouldBlock => {
                    match stream.poll_write_ready(context) {
                        Poll::Ready(Ok(())) => {}
                        Poll::Ready(Err(error)) => return Err(lost(&error)),
                        Poll::Pending => break,
                    }
                }
                Err(error) => return Err(lost(&error)),
            }
        }
        shard.record_sent(bot, &output[..sent]);
        if sent < output.len() {
            bot.return_output(output[sent..].to_vec());
        }
        Ok(())
    }

    /// Reads once and hands the frames to the bot; pending while there is
    /// nothing to read, or no room for it.
    fn read(
        &mut self,
        shard: &Shard,
        bot: &Rc<Bot>,
        context: &mut Context<'_>,
    ) -> Poll<Result<(), (Failure, String)>> {
        let Some(stream) = &self.stream else {
            return Poll::Pending;
        };
        if !bot.wants_input(&shard.host) {
            // Full: what the kernel holds stays there, and the server notices.
            return Poll::Pending;
        }
        let mut buffer = shard.read_buffer.borrow_mut();
        let read = if self.inbound.has_frame(shard.framing()) {
            0 // kept when the mailbox was full
        } else {
            ready!(stream.poll_read_ready(context)).map_err(|error| lost(&error))?;
            match stream.try_read(&mut buffer) {
                Ok(0) => {
                    let why = "the server closed the connection".to_owned();
                    return Poll::Ready(Err((Failure::Closed, why)));
                }
                Ok(read) => read,
                Err(error) if error.kind() == io::ErrorKind::WouldBlock => {
                    return Poll::Ready(Ok(()));
                }
                Err(error) => return Poll::Ready(Err(lost(&error))),
            }
        };
        let fed = self
            .inbound
            .feed(shard.framing(), &buffer[..read], |frame| {
                shard.record_received(bot, frame);
                bot.receive(&shard.host, frame);
                bot.wants_input(&shard.host) && !bot.wants_connection() && bot.ended().is_none()
            });
        Poll::Ready(fed.map_err(|error| {
            (
                Failure::Framing,
                format!("the next message cannot be found: {error}"),
            )
        }))
    }
}

fn lost(error: &io::Error) -> (Failure, String) {
    (Failure::Reset, format!("the connection failed: {error}"))
}
