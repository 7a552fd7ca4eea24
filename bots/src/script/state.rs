//! What a bot is at one moment.

use std::collections::VecDeque;
use std::rc::Rc;
use std::sync::Arc;
use std::time::Duration;

use mlua::{Function, Table, Thread};

use super::bot::End;
use super::change::Trial;
use super::code::Code;
use super::expectation::Expectation;
use super::handlers::Handlers;
use super::mailbox::{Event, Mailbox};
use crate::observe::Failure;
use crate::protocol::{Datum, Hook, MessageId, MessageSet, Random};

#[expect(
    clippy::struct_excessive_bools,
    reason = "they tell of different things, and any may go with any"
)]
pub(super) struct State {
    pub(super) phase: Phase,
    pub(super) waiting: Waiting,
    pub(super) thread: Option<Thread>,
    pub(super) table: Option<Table>,
    /// The code that it runs; none before it begins and after its end.
    pub(super) code: Option<Rc<Code>>,
    pub(super) mailbox: Mailbox,
    pub(super) handlers: Handlers,
    /// Messages not to keep while nobody waits for them.
    pub(super) ignored: MessageSet,
    pub(super) timers: Vec<(Duration, Event)>,
    /// Events that others posted since the bot was last called.
    pub(super) posted: VecDeque<Event>,
    pub(super) output: Vec<u8>,
    pub(super) random: Random,
    pub(super) hook: Box<dyn Hook>,
    /// When the action was sent that the server has yet to answer.
    pub(super) clock: Option<Duration>,
    /// The message that answers it, if the script says so.
    pub(super) answer: Option<MessageId>,
    pub(super) last_sent: Duration,
    pub(super) at_end: Vec<Farewell>,
    pub(super) hands: u64,
    /// What the script is told next is of this kind.
    pub(super) fault: Option<Failure>,
    pub(super) connected: bool,
    /// A handler or a condition runs: nothing may wait.
    pub(super) in_handler: bool,
    /// The script has used a function of `bot`.
    pub(super) has_called: bool,
    /// Its code is to change.
    pub(super) marked: bool,
    /// Its old code, while new code is tried.
    pub(super) trial: Option<Box<Trial>>,
    pub(super) quit: Quit,
}

/// What is done when the script has ended.
#[derive(Clone, Debug)]
pub(super) struct Farewell {
    pub(super) function: Function,
    /// The library's: it is to be done whatever code the bot runs.
    pub(super) is_lasting: bool,
}

/// How far a bot has come.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Phase {
    New,
    Script,
    /// The functions of `bot:at_end` run.
    Leaving(Option<End>),
    Done(End),
}

/// What the script waits for.
#[derive(Debug)]
pub(super) enum Waiting {
    /// Nothing: it runs, or has ended.
    Nothing,
    Sleep(Duration),
    /// As a person before acting.
    Think(Duration),
    Expect(Box<Expectation>, Option<Duration>),
    Connection,
}

/// Whether the run ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Quit {
    No,
    /// The script is to be told.
    Pending,
    /// The script asked for `@quit` and got it, so that it may go on.
    Taken,
}

impl State {
    pub(super) fn finish(&mut self, end: End) {
        self.phase = Phase::Done(end);
        self.waiting = Waiting::Nothing;
        self.thread = None;
        self.table = None;
        self.code = None;
        self.marked = false;
        self.mailbox = Mailbox::default();
        self.handlers = Handlers::default();
        self.timers = Vec::new();
        self.posted = VecDeque::new();
        self.at_end = Vec::new();
    }

    /// The event in its queue of timers.
    pub(super) fn add_timer(&mut self, due: Duration, name: Arc<str>, value: Datum) {
        self.timers.push((due, Event { name, value }));
    }
}
