//! What cannot be told in Rust.

use core::error::Error;
use core::fmt;

/// A part of a format that Rust source cannot be made of.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unsayable {
    /// Where it is: the name of the type, and the names that lead to it from there.
    pub place: Vec<String>,
    /// What it is, and why it cannot be told.
    pub what: String,
}

impl Unsayable {
    pub(crate) fn new(what: impl Into<String>) -> Self {
        Self {
            place: Vec::new(),
            what: what.into(),
        }
    }

    /// The same, in what has that name.
    pub(crate) fn within(mut self, name: &str) -> Self {
        self.place.insert(0, name.to_owned());
        self
    }
}

impl Error for Unsayable {}

impl fmt::Display for Unsayable {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.place.is_empty() {
            return f.write_str(&self.what);
        }
        write!(f, "{}: {}", self.place.join("."), self.what)
    }
}

/// What can be told, or why it cannot.
pub type Result<T> = core::result::Result<T, Unsayable>;

/// It cannot be told.
pub fn refused<T>(what: impl Into<String>) -> Result<T> {
    Err(Unsayable::new(what))
}
