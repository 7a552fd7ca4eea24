//! Diagnostics with the lines that they are about.

use std::borrow::Cow;
use std::fmt;
use std::ops::Range;

use annotate_snippets::{Annotation, AnnotationKind, Group, Level, Origin, Renderer, Snippet};

use crate::Diagnostic;
use crate::text::{boundary_before, boundary_behind, inert, line_start};

/// How much is looked at of a line in front of what is wrong, of what is wrong,
/// and behind it, in bytes: more than any screen shows.
const MOST: usize = 1 << 12;

/// Diagnostics, each with the lines that it is about; see
/// [`Diagnostic::with_source`].
#[derive(Clone, Debug)]
pub struct WithSource<'a> {
    diagnostics: &'a [Diagnostic],
    file: &'a str,
    source: &'a str,
    colours: bool,
}

impl<'a> WithSource<'a> {
    pub(crate) fn new(diagnostics: &'a [Diagnostic], file: &'a str, source: &'a str) -> Self {
        Self {
            diagnostics,
            file,
            source,
            colours: false,
        }
    }

    /// The same in colours, by the escape sequences of terminals, or without.
    #[must_use]
    pub fn with_colours(mut self, colours: bool) -> Self {
        self.colours = colours;
        self
    }

    fn render(&self, diagnostic: &Diagnostic, renderer: &Renderer) -> String {
        let Diagnostic {
            mistake,
            span,
            message,
            help,
            related,
        } = diagnostic;
        let mut excerpts = vec![Excerpt::of(self.source, span, None)];
        if let Some((other, what)) = related {
            let other = Excerpt::of(self.source, other, Some(what));
            match excerpts[0].joined(&other) {
                Some(both) => excerpts[0] = both,
                None => excerpts.push(other),
            }
        }
        let title = Level::ERROR.primary_title(inert(message));
        let title = title.id(mistake.to_string());
        let file = inert(self.file);
        let is_cut = excerpts.iter().any(|it| it.is_cut(self.source));
        let snippets = excerpts.iter().map(|it| it.snippet(self.source));
        let help = (!help.is_empty()).then(|| Level::HELP.message(inert(help)));
        let report = if is_cut {
            // Columns are counted from what is left of the line, so that the place
            // is told apart from it.
            let (line, column) = diagnostic.position(self.source);
            let origin = Origin::path(file).line(line).char_column(column);
            let excerpts = Group::with_level(Level::ERROR).elements(snippets);
            vec![title.element(origin), excerpts.elements(help)]
        } else {
            let snippets = snippets.map(|it| it.path(file.clone()));
            vec![title.elements(snippets).elements(help)]
        };
        renderer.render(&report)
    }
}

impl fmt::Display for WithSource<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let renderer = if self.colours {
            Renderer::styled()
        } else {
            Renderer::plain()
        };
        for (index, diagnostic) in self.diagnostics.iter().enumerate() {
            if index > 0 {
                writeln!(f)?;
            }
            writeln!(f, "{}", self.render(diagnostic, &renderer))?;
        }
        Ok(())
    }
}

/// A part of a source that is shown, and what is marked in it.
#[derive(Clone)]
struct Excerpt<'a> {
    /// Whole lines, but for what is left out of very long ones.
    part: Range<usize>,
    /// Each with what is there; what is at fault has no words.
    marks: Vec<(Range<usize>, Option<&'a str>)>,
}

impl<'a> Excerpt<'a> {
    fn of(source: &str, span: &Range<usize>, what: Option<&'a str>) -> Self {
        let start = boundary_before(source, span.start);
        let most = span.end.min(start.saturating_add(MOST)).max(start);
        let end = boundary_before(source, most);
        // Ends of lines have no room of their own.
        let marked = source[start..end].trim_end_matches(['\r', '\n']);
        let end = start + marked.len();

        let most = boundary_behind(source, start.saturating_sub(MOST));
        let first = line_start(source, start).max(most);
        let most = boundary_before(source, end.saturating_add(MOST));
        let behind = &source[end..most];
        let behind = behind.split('\n').next().unwrap_or_default();
        let last = end + behind.trim_end_matches('\r').len();
        Self {
            part: first..last,
            marks: vec![(start..end, what)],
        }
    }

    /// Both, and what is between them, if that is little.
    fn joined(&self, other: &Self) -> Option<Self> {
        let start = self.part.start.min(other.part.start);
        let end = self.part.end.max(other.part.end);
        let is_little = end - start <= 4 * MOST;
        is_little.then(|| Self {
            part: start..end,
            marks: [&*self.marks, &*other.marks].concat(),
        })
    }

    /// It does not begin with a line.
    fn is_cut(&self, source: &str) -> bool {
        let start = self.part.start;
        start > 0 && !source[..start].ends_with('\n')
    }

    fn snippet<'s: 'a>(&self, source: &'s str) -> Snippet<'a, Annotation<'a>> {
        let start = self.part.start;
        let line = source[..start].matches('\n').count() + 1;
        let marks = self.marks.iter().map(|(mark, what)| {
            let mark = mark.start - start..mark.end - start;
            match what {
                None => AnnotationKind::Primary.span(mark),
                Some(what) => AnnotationKind::Context.span(mark).label(inert(what)),
            }
        });
        let text = without_controls(&source[self.part.clone()]);
        Snippet::source(text).line_start(line).annotations(marks)
    }
}

/// The text with other characters, of as many bytes, for those by which old
/// terminals are steered; the renderer shows all others.
fn without_controls(text: &str) -> Cow<'_, str> {
    let steers = |it: char| matches!(it, '\u{80}'..='\u{9F}');
    if text.contains(steers) {
        text.replace(steers, "\u{B7}").into()
    } else {
        text.into()
    }
}
