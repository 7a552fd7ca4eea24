//! A bot's script against recorded messages, in virtual time.

use std::cell::Cell;
use std::rc::Rc;
use std::time::Duration;

use super::bot::{Bot, End};
use super::context::{Context, Settings, TimeSource};
use super::host::{Host, LoadError};
use super::source::ScriptSource;
use crate::observe::{Failure, Tracer};
use crate::protocol::{Inbound, Protocol};

/// What a bot received, and when, from the moment its script began.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Transcript {
    /// Frames in order of time.
    pub frames: Vec<(Duration, Box<[u8]>)>,
    /// When the connection ended, if it did.
    pub closed: Option<Duration>,
}

/// A message that a bot sent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Decision {
    /// When, from the moment its script began.
    pub at: Duration,
    /// Its bytes.
    pub frame: Box<[u8]>,
}

/// Runs the script of bot `id` against what was recorded, in virtual time: the
/// clock jumps from one thing that happens to the next. What the bot sends, and
/// how it ended, if it did before `until`.
///
/// The same seed, bot and transcript give the same decisions.
pub fn replay(
    protocol: &Protocol,
    settings: Settings,
    script: &ScriptSource,
    id: u32,
    transcript: &Transcript,
    until: Duration,
) -> Result<(Vec<Decision>, Option<End>), LoadError> {
    let now = Rc::new(Cell::new(Duration::ZERO));
    let time = TimeSource::Set(now.clone());
    let context = Context::new(
        protocol.clone(),
        settings,
        time,
        Tracer::off(),
        Box::new(|_, _| false),
    );
    let host = Host::new(context, std::slice::from_ref(script))?;
    let bot = Bot::new(&host, id, 0);
    let mut sent = Sent::default();
    bot.start(&host);
    sent.take(&bot, protocol, now.get());
    let mut frames = transcript.frames.iter().peekable();
    let mut closed = transcript.closed;
    while bot.ended().is_none() {
        let frame_at = frames
            .peek()
            .filter(|_| bot.wants_input(&host))
            .map(|(at, _)| *at);
        let due = bot.deadline(&host);
        let Some(next) = [frame_at, due, closed].into_iter().flatten().min() else {
            break;
        };
        if next > until {
            break;
        }
        now.set(now.get().max(next));
        if due.is_some_and(|due| due <= now.get()) {
            bot.pump(&host);
        } else if frame_at == Some(next) {
            if let Some((_, frame)) = frames.next() {
                bot.receive(&host, frame);
            }
        } else {
            closed = None;
            bot.disconnected(&host, Failure::Closed, "the server closed the connection");
        }
        bot.pump(&host);
        sent.take(&bot, protocol, now.get());
    }
    Ok((sent.decisions, bot.ended()))
}

#[derive(Default)]
struct Sent {
    decisions: Vec<Decision>,
    inbound: Inbound,
}

impl Sent {
    fn take(&mut self, bot: &Bot, protocol: &Protocol, at: Duration) {
        let output = bot.take_output();
        let decisions = &mut self.decisions;
        let cut = self
            .inbound
            .feed(protocol.catalogue.framing(), &output, |frame| {
                decisions.push(Decision {
                    at,
                    frame: frame.into(),
                });
                true
            });
        debug_assert!(cut.is_ok(), "a bot sends whole messages");
    }
}
