//! What goes to standard error, and what becomes of the exit code.

use std::io::{IsTerminal, Write};
use std::process::ExitCode;

use crate::paint::ColorChoice;
use pickler_spec::LoadError;

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

/// Errors that do not stop the program: one line each, and the bytes around the
/// place where a person reads them.
pub struct Report {
    terminal: bool,
    colours: bool,
    outcome: Outcome,
}

impl Report {
    /// A report on standard error, in colours if a person reads it there and
    /// has not asked for none.
    pub fn stderr() -> Self {
        let terminal = std::io::stderr().is_terminal();
        Self {
            terminal,
            colours: ColorChoice::default().allows(terminal),
            outcome: Outcome::Done,
        }
    }

    /// Goes on with colours, or without.
    pub fn choose_colours(&mut self, choice: ColorChoice) {
        self.colours = choice.allows(self.terminal);
    }

    /// A person reads it.
    pub fn is_read_by_a_person(&self) -> bool {
        self.terminal
    }

    /// Tells of an error with all its causes; the program will end as failed.
    ///
    /// Of a spec, each mistake is shown with the lines that are wrong.
    pub fn error(&mut self, error: &anyhow::Error) {
        match error.downcast_ref() {
            Some(LoadError::Mistaken(mistakes)) => {
                self.outcome = Outcome::Failed;
                // Nobody is left to tell if this fails.
                let shown = mistakes.with_source().with_colours(self.colours);
                let _ = write!(std::io::stderr().lock(), "{shown}");
            }
            _ => self.tell(&one_line(error)),
        }
    }

    /// Tells of an error in some bytes, and shows those around its place.
    pub fn error_in(&mut self, place: &str, error: &pickler::Error, bytes: &[u8]) {
        let shown = error.display_with(bytes).with_colours(self.colours);
        self.tell(&format!("{place}: {shown}"));
    }

    /// Tells of what is no error, but not what was wanted, either.
    pub fn note(&self, text: &str) {
        let mark = if self.colours {
            "\x1b[1;36mnote:\x1b[0m"
        } else {
            "note:"
        };
        // Nobody is left to tell if this fails.
        let _ = writeln!(std::io::stderr().lock(), "{mark} {text}");
    }

    fn tell(&mut self, text: &str) {
        self.outcome = Outcome::Failed;
        let mark = if self.colours {
            "\x1b[1;31merror:\x1b[0m"
        } else {
            "error:"
        };
        // Nobody is left to tell if this fails.
        let _ = writeln!(std::io::stderr().lock(), "{mark} {text}");
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
