//! What all of the node's machines share: time, outputs, randomness, log.

use std::collections::VecDeque;
use std::time::Duration;

use cluster_protocol::{Answer, Message, Outcome, Refusal, Refused, Text};
use rand_chacha::ChaCha8Rng;
use rand_chacha::rand_core::{Rng, SeedableRng};

use super::{HostCommand, Output, Ticket};

/// How many lines of its own log a node remembers.
const LINES: usize = 500;
/// How long a line may be, in bytes.
const LINE: usize = 1_000;

pub(super) struct Context {
    pub now: Duration,
    pub wall: u64,
    pub outputs: VecDeque<Output>,
    lines: VecDeque<Text>,
    last_ticket: u64,
    rng: ChaCha8Rng,
}

impl Context {
    pub fn new(seed: u64) -> Self {
        Self {
            now: Duration::ZERO,
            wall: 0,
            outputs: VecDeque::new(),
            lines: VecDeque::new(),
            last_ticket: 0,
            rng: ChaCha8Rng::seed_from_u64(seed),
        }
    }

    pub fn ticket(&mut self) -> Ticket {
        self.last_ticket += 1;
        Ticket(self.last_ticket)
    }

    pub fn host(&mut self, command: HostCommand) {
        self.outputs.push_back(Output::Host(command));
    }

    pub fn link(&mut self, message: impl Into<Message>) {
        self.outputs.push_back(Output::Link(message.into()));
    }

    pub fn answer(&mut self, id: u32, outcome: Outcome) {
        self.link(Answer { id, outcome });
    }

    pub fn refuse(&mut self, id: u32, reason: Refusal, text: impl Into<Text>) {
        let text = text.into();
        self.answer(id, Outcome::Refused(Refused { reason, text }));
    }

    /// Notes a line, cut where it is too long: some of it may come from others.
    pub fn note(&mut self, line: impl Into<String>) {
        let mut line: String = line.into();
        if let Some((end, _)) = line.char_indices().find(|(end, _)| *end >= LINE) {
            line.truncate(end);
        }
        if self.lines.len() == LINES {
            self.lines.pop_front();
        }
        self.lines.push_back(format!("{} {line}", self.wall).into());
        self.outputs.push_back(Output::Note(line));
    }

    /// The newest so many lines, the oldest of them first.
    pub fn lines(&self, count: u32) -> Vec<Text> {
        let skipped = self.lines.len().saturating_sub(count as usize);
        self.lines.iter().skip(skipped).cloned().collect()
    }

    /// Between half of `pause` and all of it, so that not all come at once.
    pub fn jittered(&mut self, pause: Duration) -> Duration {
        pause.mul_f64(0.5 + f64::from(self.rng.next_u32()) / f64::from(u32::MAX) / 2.0)
    }
}
