//! Specs in files.

use std::fmt;
use std::fs::File;
use std::io::{self, Read};
use std::path::Path;

use pickler::schema::Protocol;

use crate::{Diagnostic, WithSource, format, parse};

/// How the names of specs end.
pub const EXTENSION: &str = "pickler";

/// The longest spec that is loaded, in bytes.
const LONGEST: u64 = 16 << 20;

/// Why no protocol is loaded from a file.
#[derive(Debug)]
#[non_exhaustive]
pub enum LoadError {
    /// The file cannot be read.
    Unreadable {
        /// Its path.
        file: String,
        /// Why.
        error: io::Error,
    },
    /// It is larger than any spec.
    TooLong {
        /// Its path.
        file: String,
    },
    /// It is no UTF-8 text.
    NotText {
        /// Its path.
        file: String,
        /// How many bytes of it are.
        valid: usize,
    },
    /// It is a spec with mistakes.
    Mistaken(Mistakes),
}

/// What is wrong with a spec: shown in one line, or each with the line of the
/// source.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mistakes {
    file: String,
    source: String,
    diagnostics: Vec<Diagnostic>,
}

impl std::error::Error for LoadError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Self::Unreadable { error, .. } => Some(error),
            Self::TooLong { .. } | Self::NotText { .. } | Self::Mistaken(_) => None,
        }
    }
}

impl fmt::Display for LoadError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Unreadable { file, .. } => write!(f, "cannot read {file}"),
            Self::TooLong { file } => {
                write!(f, "{file}: longer than {} MiB, so no spec", LONGEST >> 20)
            }
            Self::NotText { file, valid } => {
                write!(f, "{file}: no UTF-8 text from byte {valid} on, so no spec")
            }
            Self::Mistaken(mistakes) => mistakes.fmt(f),
        }
    }
}

impl Mistakes {
    /// What is wrong, in the order in which it stands there.
    pub fn diagnostics(&self) -> &[Diagnostic] {
        &self.diagnostics
    }

    /// Each with its line, underlined, and what to write instead.
    pub fn with_source(&self) -> WithSource<'_> {
        WithSource::new(&self.diagnostics, &self.file, &self.source)
    }
}

/// The first, and how many others there are.
impl fmt::Display for Mistakes {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Some((first, others)) = self.diagnostics.split_first() else {
            return Ok(());
        };
        write!(f, "{}", first.in_one_line(&self.file, &self.source))?;
        match others.len() {
            0 => Ok(()),
            1 => f.write_str(" (and another mistake)"),
            others => write!(f, " (and {others} other mistakes)"),
        }
    }
}

/// The protocol that a spec in a file describes; where it has no name, it is
/// called as the file.
///
/// ```
/// let error = pickler_spec::load("nowhere.pickler".as_ref()).unwrap_err();
/// assert_eq!(error.to_string(), "cannot read nowhere.pickler");
/// ```
///
/// # Errors
/// If the file cannot be read, or holds no spec.
pub fn load(path: &Path) -> Result<Protocol, LoadError> {
    let source = read(path)?;
    match parse(&source) {
        Ok(mut protocol) => {
            if protocol.name.is_empty() {
                let stem = path.file_stem().unwrap_or_default();
                protocol.name = stem.to_string_lossy().into();
            }
            Ok(protocol)
        }
        Err(diagnostics) => Err(mistaken(path, source, diagnostics)),
    }
}

/// The spec in a file, in the usual style, and as it is there; see
/// [`format`](crate::format()).
///
/// # Errors
/// If the file cannot be read, or a text or name in it does not end, or
/// parentheses do not match.
pub fn format_file(path: &Path) -> Result<(String, String), LoadError> {
    let source = read(path)?;
    match format(&source) {
        Ok(formatted) => Ok((formatted, source)),
        Err(diagnostics) => Err(mistaken(path, source, diagnostics)),
    }
}

fn mistaken(path: &Path, source: String, diagnostics: Vec<Diagnostic>) -> LoadError {
    LoadError::Mistaken(Mistakes {
        file: path.display().to_string(),
        source,
        diagnostics,
    })
}

/// The text of a file, if it can be that of a spec.
fn read(path: &Path) -> Result<String, LoadError> {
    let file = path.display().to_string();
    let mut bytes = Vec::new();
    let read = File::open(path).and_then(|it| it.take(LONGEST + 1).read_to_end(&mut bytes));
    if let Err(error) = read {
        return Err(LoadError::Unreadable { file, error });
    }
    if bytes.len() as u64 > LONGEST {
        return Err(LoadError::TooLong { file });
    }
    String::from_utf8(bytes).map_err(|error| LoadError::NotText {
        file,
        valid: error.utf8_error().valid_up_to(),
    })
}

/// Whether a protocol that is named so is the one of a file: it is a path, or is
/// called as specs are, or there is such a file.
pub fn is_path(name: &str) -> bool {
    let path = Path::new(name);
    name.contains(['/', '\\']) || path.extension() == Some(EXTENSION.as_ref()) || path.exists()
}
