//! Specs in files.

use std::fmt;
use std::fs::File;
use std::io::Read;
use std::path::Path;

use anyhow::{Context, Result, bail};
use pickler::schema::Protocol;
use pickler_spec::Diagnostic;

/// How the names of specs end.
pub const EXTENSION: &str = "pickler";

/// The longest spec that is read, in bytes.
const LONGEST: u64 = 16 << 20;

/// The text of a spec.
pub fn read(path: &Path) -> Result<String> {
    let shown = path.display();
    let file = File::open(path).with_context(|| format!("cannot open {shown}"))?;
    let mut text = Vec::new();
    let read = file.take(LONGEST + 1).read_to_end(&mut text);
    read.with_context(|| format!("cannot read {shown}"))?;
    if text.len() as u64 > LONGEST {
        bail!("{shown}: longer than {} MiB, so no spec", LONGEST >> 20);
    }
    match String::from_utf8(text) {
        Ok(text) => Ok(text),
        Err(error) => bail!(
            "{shown}: no UTF-8 text from byte {} on, so no spec",
            error.utf8_error().valid_up_to()
        ),
    }
}

/// The protocol that a spec describes.
///
/// # Errors
/// Also what is wrong with it, a mistake a line.
pub fn load(path: &Path) -> Result<Protocol> {
    let source = read(path)?;
    let file = path.display().to_string();
    let mistakes = match pickler_spec::parse(&source) {
        Ok(mut protocol) => {
            if protocol.name.is_empty() {
                protocol.name = path
                    .file_stem()
                    .unwrap_or_default()
                    .to_string_lossy()
                    .into();
            }
            return Ok(protocol);
        }
        Err(mistakes) => mistakes,
    };
    Err(Mistakes {
        file,
        source,
        mistakes,
    }
    .into())
}

/// What is wrong with a spec.
#[derive(Debug)]
pub struct Mistakes {
    file: String,
    source: String,
    mistakes: Vec<Diagnostic>,
}

impl Mistakes {
    /// Each with its line, underlined.
    pub fn with_source(&self) -> impl fmt::Display + '_ {
        let shown = |it: &Diagnostic| it.with_source(&self.file, &self.source).to_string();
        let mistakes: Vec<String> = self.mistakes.iter().map(shown).collect();
        mistakes.join("\n")
    }
}

impl std::error::Error for Mistakes {}

/// The first, and how many others there are.
impl fmt::Display for Mistakes {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Some(first) = self.mistakes.first() else {
            return Ok(());
        };
        write!(f, "{}", first.in_one_line(&self.file, &self.source))?;
        match self.mistakes.len() - 1 {
            0 => Ok(()),
            1 => f.write_str(" (and another mistake)"),
            others => write!(f, " (and {others} other mistakes)"),
        }
    }
}
