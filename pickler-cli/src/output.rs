//! What goes to standard output.

use std::io::{BufWriter, IsTerminal, Stdout, Write};

use anyhow::Result;

use crate::paint::{ColorChoice, Paint};

/// Lines for standard output, written together when they come fast.
pub struct Output {
    to: BufWriter<Stdout>,
    terminal: bool,
    /// What paints its lines.
    pub paint: Paint,
}

impl Output {
    /// Standard output.
    pub fn stdout() -> Self {
        let stdout = std::io::stdout();
        let terminal = stdout.is_terminal();
        Self {
            terminal,
            paint: Paint {
                on: ColorChoice::default().allows(terminal),
            },
            to: BufWriter::with_capacity(1 << 16, stdout),
        }
    }

    /// Goes on with colours, or without.
    pub fn choose_colours(&mut self, choice: ColorChoice) {
        self.paint.on = choice.allows(self.terminal);
    }

    /// One line.
    pub fn line(&mut self, line: &str) -> Result<()> {
        self.to.write_all(line.as_bytes())?;
        self.to.write_all(b"\n")?;
        if self.terminal {
            self.to.flush()?;
        }
        Ok(())
    }

    /// Text of several lines, with the end of the last.
    pub fn text(&mut self, text: &str) -> Result<()> {
        self.to.write_all(text.as_bytes())?;
        if self.terminal {
            self.to.flush()?;
        }
        Ok(())
    }

    /// Lets out what was kept.
    pub fn flush(&mut self) -> Result<()> {
        Ok(self.to.flush()?)
    }
}

/// The error says that nobody reads the output any more.
pub fn is_broken_pipe(error: &anyhow::Error) -> bool {
    error
        .downcast_ref::<std::io::Error>()
        .is_some_and(|error| error.kind() == std::io::ErrorKind::BrokenPipe)
}
