//! What goes to standard error, and what becomes of the exit code.

use std::io::{IsTerminal, Write};
use std::process::ExitCode;

/// How the program ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Outcome {
    /// Done.
    Done,
    /// The thing checked does not hold.
    DoesNotHold,
    /// Wrong use, bad input or a failure.
    Failed,
}

impl Outcome {
    /// The graver of the two.
    pub fn or(self, other: Self) -> Self {
        self.max(other)
    }
}

impl From<Outcome> for ExitCode {
    fn from(outcome: Outcome) -> Self {
        match outcome {
            Outcome::Done => Self::SUCCESS,
            Outcome::DoesNotHold => Self::from(1),
            Outcome::Failed => Self::from(2),
        }
    }
}

/// Errors that do not stop the program: one line each.
pub struct Report {
    colours: bool,
    outcome: Outcome,
}

impl Report {
    /// A report on standard error, in colours if a person reads it there and
    /// has not asked for none.
    pub fn stderr() -> Self {
        let refused = std::env::var_os("NO_COLOR").is_some_and(|value| !value.is_empty());
        Self {
            colours: std::io::stderr().is_terminal() && !refused,
            outcome: Outcome::Done,
        }
    }

    /// Tells of an error with all its causes; the program will end as failed.
    pub fn error(&mut self, error: &anyhow::Error) {
        self.outcome = Outcome::Failed;
        let mark = if self.colours {
            "\x1b[1;31merror:\x1b[0m"
        } else {
            "error:"
        };
        // Nobody is left to tell if this fails.
        let _ = writeln!(std::io::stderr().lock(), "{mark} {}", one_line(error));
    }

    /// What the errors so far come to.
    pub fn outcome(&self) -> Outcome {
        self.outcome
    }
}

/// An error and its causes in one line.
fn one_line(error: &anyhow::Error) -> String {
    format!("{error:#}").replace('\n', " ")
}
