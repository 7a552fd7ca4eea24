//! What a bot does at one moment, in words.

use std::fmt;

use super::bot::Bot;
use super::host::Host;
use super::state::{Phase, State, Waiting};
use crate::protocol::Catalogue;

/// What a bot does right now.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BotView {
    /// Its number in the run.
    pub id: u32,
    /// Its name.
    pub name: String,
    /// The file of its script.
    pub script: String,
    /// The version of the code that it runs, or will begin with.
    pub version: String,
    /// Which of the script's codes that is, counted from 1 by each thread of
    /// the run.
    pub generation: u32,
    /// Where its script waits, as `file:line`.
    pub line: Option<String>,
    /// What it waits for, such as `POKER_POSITION with position = 3`, `sleeps`,
    /// `thinks` or `a connection`.
    pub waits_for: String,
    /// Messages and events in its mailbox.
    pub mailbox_len: usize,
    /// Bytes of them.
    pub mailbox_bytes: usize,
    /// It has a connection.
    pub connected: bool,
    /// How many hands it has finished.
    pub hands: u64,
    /// How far it has come.
    pub phase: BotPhase,
}

/// How far a bot has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum BotPhase {
    /// Its script has not begun.
    Begins,
    /// Its script runs.
    Runs,
    /// Its script has ended, and what it left to be done is done.
    Leaves,
    /// It has ended.
    Ended,
}

impl fmt::Display for BotPhase {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Begins => "begins",
            Self::Runs => "runs",
            Self::Leaves => "leaves",
            Self::Ended => "ended",
        })
    }
}

/// A bot that holds on to code: what it waits for, and why it does not change.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Holder {
    /// Its number in the run.
    pub bot: u32,
    /// Its name.
    pub name: String,
    /// The file of its script.
    pub script: String,
    /// The version that it runs.
    pub version: String,
    /// Where its script waits, as `file:line`.
    pub line: Option<String>,
    /// What it waits for, in words.
    pub waits_for: String,
    /// Why it does not change.
    pub reason: String,
}

impl fmt::Display for Holder {
    /// Such as `bot17 (tight.luau, version 2) thinks at tight.luau:20: it
    /// thinks, and acts next`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self {
            name,
            script,
            version,
            waits_for,
            reason,
            ..
        } = self;
        write!(f, "{name} ({script}, version {version}) ")?;
        match waits_for.as_str() {
            "sleeps" | "thinks" => f.write_str(waits_for)?,
            other => write!(f, "waits for {other}")?,
        }
        if let Some(line) = &self.line {
            write!(f, " at {line}")?;
        }
        write!(f, ": {reason}")
    }
}

impl Bot {
    /// What it does right now.
    pub fn view(&self, host: &Host) -> BotView {
        let current = host.current(self.script);
        let line = host.place(self);
        let state = self.state.borrow();
        let code = state.code.as_ref().unwrap_or(&current);
        BotView {
            id: self.id,
            name: self.name.to_string(),
            script: host.file(self).into(),
            version: code.version.to_string(),
            generation: code.generation,
            line,
            waits_for: state.waits_for(&host.context().protocol.catalogue),
            mailbox_len: state.mailbox.items().len(),
            mailbox_bytes: state.mailbox.bytes(),
            connected: state.connected,
            hands: state.hands,
            phase: match state.phase {
                Phase::New => BotPhase::Begins,
                Phase::Script => BotPhase::Runs,
                Phase::Leaving(_) => BotPhase::Leaves,
                Phase::Done(_) => BotPhase::Ended,
            },
        }
    }

    /// The bot as one that keeps its code.
    pub fn holder(&self, host: &Host, reason: &str) -> Holder {
        let view = self.view(host);
        Holder {
            bot: view.id,
            name: view.name,
            script: view.script,
            version: view.version,
            line: view.line,
            waits_for: view.waits_for,
            reason: reason.to_owned(),
        }
    }
}

impl State {
    fn waits_for(&self, catalogue: &Catalogue) -> String {
        match (&self.phase, &self.waiting) {
            (Phase::New, _) | (_, Waiting::Connection) => "a connection".into(),
            (_, Waiting::Nothing) => "nothing".into(),
            (_, Waiting::Sleep(_)) => "sleeps".into(),
            (_, Waiting::Think(_)) => "thinks".into(),
            (_, Waiting::Expect(expectation, _)) => expectation.describe(catalogue),
        }
    }
}
