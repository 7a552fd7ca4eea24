//! What was found, and how it is told.

mod finding;
mod json;
mod lines;
mod markdown;
mod text;
mod verdict;
mod witness;

use pickler::schema::Protocol;

pub use finding::Finding;
pub use verdict::Verdict;
pub use witness::{Outcome, Part, Side, Witness, best};

/// What readers and writers of two versions do with each other's bytes.
///
/// As text by `Display`, which begins with a line that says it all; as Markdown
/// for documents, as JSON for programs.
#[derive(Clone, Debug, PartialEq)]
pub struct Report {
    /// The older version.
    pub old: Title,
    /// The newer version.
    pub new: Title,
    /// What was found, worst first. Empty if they are the same.
    pub findings: Vec<Finding>,
    /// How many messages have the same fields in both.
    pub unchanged: usize,
}

/// What a protocol is called.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Title {
    /// Its name.
    pub name: String,
    /// Its version, if it is told.
    pub version: Option<String>,
}

impl Title {
    /// Of a protocol.
    pub fn of(protocol: &Protocol) -> Self {
        Self {
            name: protocol.name.clone(),
            version: protocol.version.clone(),
        }
    }
}

impl std::fmt::Display for Title {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match &self.version {
            Some(version) => write!(f, "{} {version}", self.name),
            None => f.write_str(&self.name),
        }
    }
}

impl Report {
    /// What holds of all findings.
    pub fn verdict(&self) -> Verdict {
        let verdicts = self.findings.iter().map(|finding| finding.verdict);
        verdicts.fold(Verdict::COMPATIBLE, Verdict::and)
    }

    /// Nothing is known to go wrong, but neither is it known that nothing does.
    pub fn is_unknown(&self) -> bool {
        let findings = self.findings.iter();
        let mut wrong = findings.filter(|it| it.verdict != Verdict::COMPATIBLE);
        !self.is_compatible() && wrong.all(Finding::is_unknown)
    }

    /// Each version is known to read all that the other writes.
    pub fn is_compatible(&self) -> bool {
        self.verdict() == Verdict::COMPATIBLE
    }
}
