//! What parsers read, and how they fail.

use std::collections::{HashMap, HashSet};

use pickler::schema::{Opaque, TypeRef};
use winnow::error::ParserError;
use winnow::stream::{LocatingSlice, Location, Stateful, Stream};

use super::source::Span;
use crate::diagnostic::Diagnostic;
use crate::mistakes::{self, Mistake};

/// The source from where it is read.
pub type Input<'s> = Stateful<LocatingSlice<&'s str>, State<'s>>;

/// What was read, or what is wrong.
pub type Result<T, E = Failure> = core::result::Result<T, E>;

/// What is wrong.
#[derive(Debug)]
pub enum Failure {
    /// It is known; on the heap, so that results are small.
    Told(Box<Diagnostic>),
    /// A part of something does not stand at this offset: who looks for it says
    /// what is wrong then.
    Absent(usize),
}

impl Failure {
    pub fn into_diagnostic(self) -> Diagnostic {
        match self {
            Self::Told(diagnostic) => *diagnostic,
            Self::Absent(at) => {
                Diagnostic::new(mistakes::UNEXPECTED, at..at, "something else belongs here")
            }
        }
    }
}

impl From<Diagnostic> for Failure {
    fn from(diagnostic: Diagnostic) -> Self {
        Self::Told(Box::new(diagnostic))
    }
}

impl<'s> ParserError<Input<'s>> for Failure {
    type Inner = Self;

    fn from_input(input: &Input<'s>) -> Self {
        Self::Absent(at(input))
    }

    fn into_inner(self) -> Result<Self::Inner, Self> {
        Ok(self)
    }
}

/// How deep types and values may nest.
const DEEPEST: u32 = 64;

/// How many mistakes are told at once.
pub const MOST_DIAGNOSTICS: usize = 100;

/// What parsers know besides.
pub struct State<'s> {
    /// All of the source.
    pub source: &'s str,
    pub diagnostics: Vec<Diagnostic>,
    /// The names of the types of the file, found before all else is read.
    pub defined: HashSet<&'s str>,
    /// Types by their names and numbers, in the order in which they were first
    /// mentioned: what stands for them until all are known.
    mentions: HashMap<(&'s str, usize), usize>,
    /// The same in order, each where it was mentioned first.
    pub mentioned: Vec<(&'s str, usize, Span)>,
    /// What codecs there are for what only code can read.
    pub opaques: &'s dyn Fn(&str) -> Option<Opaque>,
    /// The ends of lines are space.
    pub enclosed: bool,
    depth: u32,
}

impl std::fmt::Debug for State<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("State").finish_non_exhaustive()
    }
}

impl<'s> State<'s> {
    pub fn new(source: &'s str, opaques: &'s dyn Fn(&str) -> Option<Opaque>) -> Self {
        Self {
            source,
            diagnostics: Vec::new(),
            defined: HashSet::new(),
            mentions: HashMap::new(),
            mentioned: Vec::new(),
            opaques,
            enclosed: false,
            depth: 0,
        }
    }

    /// What stands for a type until all are known.
    pub fn mention(&mut self, name: &'s str, number: usize, span: Span) -> TypeRef {
        let mentioned = &mut self.mentioned;
        let place = self.mentions.entry((name, number)).or_insert_with(|| {
            mentioned.push((name, number, span));
            mentioned.len() - 1
        });
        TypeRef::at(*place)
    }

    pub fn report(&mut self, problem: impl Into<Diagnostic>) {
        if !self.is_full() {
            self.diagnostics.push(problem.into());
        }
    }

    /// No more mistakes are told.
    pub fn is_full(&self) -> bool {
        self.diagnostics.len() >= MOST_DIAGNOSTICS
    }
}

impl From<Failure> for Diagnostic {
    fn from(failure: Failure) -> Self {
        failure.into_diagnostic()
    }
}

/// What has not been read.
pub fn rest<'s>(input: &Input<'s>) -> &'s str {
    &input.input
}

/// How many bytes have been read.
pub fn at(input: &Input<'_>) -> usize {
    input.input.current_token_start()
}

/// Goes past so many bytes, which end a character.
pub fn advance<'s>(input: &mut Input<'s>, bytes: usize) -> &'s str {
    input.next_slice(bytes)
}

/// From a place to where the input was last read.
pub fn since(start: usize, input: &Input<'_>) -> Span {
    let read = at(input).saturating_sub(start);
    Span {
        start,
        end: start + read,
    }
}

/// The next word, number or sign.
pub fn next_span(input: &Input<'_>) -> Span {
    let rest = rest(input);
    let word = rest.find(|it: char| !it.is_alphanumeric() && it != '_');
    let length = match word {
        None => rest.len(),
        Some(0) => rest.chars().next().map_or(0, char::len_utf8),
        Some(end) => end,
    };
    let start = at(input);
    let end = start + length;
    Span { start, end }
}

/// What stands there is not what can stand there.
pub fn unexpected(input: &Input<'_>, wanted: &str) -> Failure {
    let span = next_span(input);
    let found = match rest(input).get(..span.end - span.start) {
        None | Some("") => "the end".to_owned(),
        Some("\n" | "\r") => "the end of the line".to_owned(),
        Some(found) => {
            let found: String = found.chars().take(40).collect();
            format!("`{}`", found.escape_debug())
        }
    };
    let message = format!("expected {wanted}, found {found}");
    fail(mistakes::UNEXPECTED, span, message)
}

/// A failure at a place.
pub fn fail(mistake: Mistake, span: Span, message: impl Into<String>) -> Failure {
    Diagnostic::new(mistake, span, message).into()
}

/// What nests: refused past a depth that no file needs.
pub fn deeper<'s, T>(
    input: &mut Input<'s>,
    inner: impl FnOnce(&mut Input<'s>) -> Result<T>,
) -> Result<T> {
    if input.state.depth == DEEPEST {
        let message = format!("nested deeper than {DEEPEST} levels");
        let help = "give what is inside a name of its own";
        let span = next_span(input);
        return Err(Diagnostic::new(mistakes::TOO_DEEP, span, message)
            .help(help)
            .into());
    }
    input.state.depth += 1;
    let result = inner(input);
    input.state.depth -= 1;
    result
}

/// What stands in parentheses or brackets, where the ends of lines are space,
/// or in braces, where they are not.
pub fn enclosed<'s, T>(
    lines_are_space: bool,
    input: &mut Input<'s>,
    inner: impl FnOnce(&mut Input<'s>) -> Result<T>,
) -> Result<T> {
    let before = std::mem::replace(&mut input.state.enclosed, lines_are_space);
    let result = inner(input);
    input.state.enclosed = before;
    result
}
