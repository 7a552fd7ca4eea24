//! What is wrong with a spec, and where.

use std::fmt;
use std::ops::Range;

use crate::mistakes::Mistake;

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
        let place = Place::of(source, self.span.start);
        (place.line, place.column)
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
    pub fn with_source<'a>(&'a self, file: &'a str, source: &'a str) -> impl fmt::Display + 'a {
        WithSource {
            diagnostic: self,
            file,
            source,
        }
    }
}

impl fmt::Display for Diagnostic {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.mistake, self.message)
    }
}

impl std::error::Error for Diagnostic {}

/// Where something is in a source.
struct Place<'a> {
    /// From 1.
    line: usize,
    /// From 1, in characters.
    column: usize,
    /// The whole line.
    text: &'a str,
    /// Where the line starts.
    start: usize,
}

impl<'a> Place<'a> {
    fn of(source: &'a str, at: usize) -> Self {
        let boundary = |at: &usize| source.is_char_boundary(*at);
        let at = (0..=at.min(source.len())).rev().find(boundary).unwrap_or(0);
        let start = source[..at].rfind('\n').map_or(0, |end| end + 1);
        let rest = &source[start..];
        let text = rest.split('\n').next().unwrap_or_default();
        let text = text.strip_suffix('\r').unwrap_or(text);
        Self {
            line: source[..start].matches('\n').count() + 1,
            column: source[start..at].chars().count() + 1,
            text,
            start,
        }
    }
}

/// The most characters of a line that are shown.
const WIDEST: usize = 200;

struct InOneLine<'a> {
    diagnostic: &'a Diagnostic,
    file: &'a str,
    source: &'a str,
}

impl fmt::Display for InOneLine<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (line, column) = self.diagnostic.position(self.source);
        write!(f, "{}:{line}:{column}: {}", self.file, self.diagnostic)
    }
}

struct WithSource<'a> {
    diagnostic: &'a Diagnostic,
    file: &'a str,
    source: &'a str,
}

impl WithSource<'_> {
    /// A line, and what of it is underlined.
    fn excerpt(
        &self,
        span: &Range<usize>,
        margin: usize,
        note: &str,
        f: &mut fmt::Formatter<'_>,
    ) -> fmt::Result {
        let place = Place::of(self.source, span.start);
        // Tabs would move what is below them.
        let shown: String = place.text.chars().map(plain).take(WIDEST).collect();
        let end = span.end.min(place.start + place.text.len());
        let marked = self.source.get(span.start..end).unwrap_or_default();
        let marks = marked.chars().count().clamp(1, WIDEST);
        let line = place.line;
        let indent = place.column.min(WIDEST + 1) - 1;
        writeln!(f, "{line:margin$} | {shown}")?;
        write!(f, "{:margin$} | {:indent$}{}", "", "", "^".repeat(marks))?;
        if !note.is_empty() {
            write!(f, " {note}")?;
        }
        writeln!(f)
    }
}

/// A character that takes the room of one.
fn plain(character: char) -> char {
    if character.is_control() {
        ' '
    } else {
        character
    }
}

impl fmt::Display for WithSource<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Diagnostic {
            mistake,
            span,
            message,
            help,
            related,
        } = self.diagnostic;
        let (line, column) = self.diagnostic.position(self.source);
        let last = related.as_ref().map_or(line, |(span, _)| {
            line.max(Place::of(self.source, span.start).line)
        });
        let margin = last.to_string().len();
        writeln!(f, "error[{mistake}]: {message}")?;
        writeln!(f, "{:margin$}--> {}:{line}:{column}", "", self.file)?;
        writeln!(f, "{:margin$} |", "")?;
        match related {
            Some((other, what)) if Place::of(self.source, other.start).line < line => {
                self.excerpt(other, margin, what, f)?;
                self.excerpt(span, margin, "", f)?;
            }
            Some((other, what)) => {
                self.excerpt(span, margin, "", f)?;
                self.excerpt(other, margin, what, f)?;
            }
            None => self.excerpt(span, margin, "", f)?,
        }
        if !help.is_empty() {
            writeln!(f, "{:margin$} = help: {help}", "")?;
        }
        Ok(())
    }
}
