//! What is wrong with a spec, and where.

use std::fmt;
use std::ops::Range;

use crate::mistakes::Mistake;
use crate::snippet::WithSource;
use crate::text::{boundary_before, inert, line_start};

/// Something that is wrong with a spec.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Diagnostic {
    /// Which kind of mistake it is.
    pub mistake: Mistake,
    /// Where, in bytes of the source.
    pub span: Range<usize>,
    /// What is wrong there.
    pub message: String,
    /// What to write instead; often empty.
    pub help: String,
    /// Another place that has to do with it, and what is there.
    pub related: Option<(Range<usize>, String)>,
}

impl Diagnostic {
    pub(crate) fn new(
        mistake: Mistake,
        span: impl Into<Range<usize>>,
        message: impl Into<String>,
    ) -> Self {
        Self {
            mistake,
            span: span.into(),
            message: message.into(),
            help: String::new(),
            related: None,
        }
    }

    /// The same, with what to write instead.
    pub(crate) fn help(mut self, help: impl Into<String>) -> Self {
        self.help = help.into();
        self
    }

    /// The same, with another place.
    pub(crate) fn related(
        mut self,
        span: impl Into<Range<usize>>,
        what: impl Into<String>,
    ) -> Self {
        self.related = Some((span.into(), what.into()));
        self
    }

    /// The line and the column, both from 1, of where it is in the source; a
    /// column is a character.
    pub fn position(&self, source: &str) -> (usize, usize) {
        let at = boundary_before(source, self.span.start);
        let start = line_start(source, at);
        let line = source[..start].matches('\n').count() + 1;
        (line, source[start..at].chars().count() + 1)
    }

    /// One line: `FILE:LINE:COLUMN: S0012: what is wrong`.
    ///
    /// ```
    /// let source = "record Pot {\n    profit: u999\n}\n";
    /// let diagnostics = pickler_spec::parse(source).unwrap_err();
    /// assert_eq!(
    ///     diagnostics[0].in_one_line("table.pickler", source).to_string(),
    ///     "table.pickler:2:13: S0009: an integer has 1 to 128 bits, not 999",
    /// );
    /// ```
    pub fn in_one_line<'a>(&'a self, file: &'a str, source: &'a str) -> impl fmt::Display + 'a {
        let diagnostic = self;
        InOneLine {
            diagnostic,
            file,
            source,
        }
    }

    /// The message, the line of the source with what is wrong underlined, and
    /// what to write instead.
    ///
    /// ```
    /// let source = "record Pot {\n    profit: u999\n}\n";
    /// let diagnostics = pickler_spec::parse(source).unwrap_err();
    /// assert_eq!(
    ///     diagnostics[0].with_source("table.pickler", source).to_string(),
    ///     "\
    /// error[S0009]: an integer has 1 to 128 bits, not 999
    ///  --> table.pickler:2:13
    ///   |
    /// 2 |     profit: u999
    ///   |             ^^^^
    /// ",
    /// );
    /// ```
    pub fn with_source<'a>(&'a self, file: &'a str, source: &'a str) -> WithSource<'a> {
        WithSource::new(std::slice::from_ref(self), file, source)
    }
}

impl fmt::Display for Diagnostic {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.mistake, inert(&self.message))
    }
}

impl std::error::Error for Diagnostic {}

struct InOneLine<'a> {
    diagnostic: &'a Diagnostic,
    file: &'a str,
    source: &'a str,
}

impl fmt::Display for InOneLine<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (line, column) = self.diagnostic.position(self.source);
        let file = inert(self.file);
        write!(f, "{file}:{line}:{column}: {}", self.diagnostic)
    }
}
