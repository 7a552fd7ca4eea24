//! The run as it goes on.

mod lines;
mod terminal;

use std::io;

use super::Timeline;
use crate::observe::Snapshot;
use crate::system::Usage;

/// One look at a running run.
#[derive(Clone, Copy, Debug)]
pub struct Look<'a> {
    /// What the bots have counted so far.
    pub snapshot: &'a Snapshot,
    /// How it went so far.
    pub timeline: &'a Timeline,
    /// What the process uses.
    pub usage: Usage,
    /// Hands played so far, where they are counted.
    pub hands: Option<u64>,
    /// How many bots are to run.
    pub bots: u64,
    /// How much of the run is over, from 0 to 1.
    pub progress: f64,
    /// What the run is doing, in a word.
    pub doing: &'a str,
}

/// Where looks are shown.
pub enum View {
    /// Drawn over and over on a terminal.
    Terminal(Box<terminal::Terminal>),
    /// A line now and then.
    Lines(lines::Lines),
}

impl View {
    /// A drawing if one is wanted and standard error is a terminal that can be
    /// drawn on, else lines.
    pub fn open(drawing: bool) -> Self {
        if drawing
            && io::IsTerminal::is_terminal(&io::stderr())
            && std::env::var_os("TERM").is_some_and(|term| term != "dumb")
            && let Ok(terminal) = terminal::Terminal::open()
        {
            return Self::Terminal(Box::new(terminal));
        }
        Self::Lines(lines::Lines::default())
    }

    /// Shows one look. A view that can no longer be shown is no reason to end
    /// a run, so failures are not reported.
    pub fn show(&mut self, look: &Look<'_>) {
        let _ = match self {
            Self::Terminal(terminal) => terminal.show(look),
            Self::Lines(lines) => lines.show(look),
        };
    }

    /// Leaves the last look on the screen and gives the terminal back.
    pub fn close(self) {
        if let Self::Terminal(terminal) = self {
            terminal.close();
        }
    }
}
