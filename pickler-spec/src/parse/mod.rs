//! Specs to descriptions.
//!
//! The text is read once, straight into shapes; beside them grows a tree of where
//! each stands. Types that are mentioned have provisional numbers until all are
//! known. What can be seen from one place alone is refused there, the rest by
//! [`check`](crate::check).

mod body;
mod count;
mod definition;
mod enumeration;
mod filled;
mod head;
mod input;
mod keyed;
mod lex;
mod literal;
mod means;
mod names;
mod numbers;
mod record;
mod sized;
mod sound;
pub mod source;
mod suffix;
pub mod tag;
mod tags;
mod types;
mod union;
mod unregistered;
mod value;

use pickler::schema::{Definition, Opaque, Protocol, Shape, TypeRef};
use winnow::stream::{LocatingSlice, Stateful};

use crate::check;
use crate::diagnostic::Diagnostic;
use crate::keywords;
use crate::mistakes;
use crate::suggestion::did_you_mean;
use body::skip_line;
use definition::{Defined, definition};
use head::Head;
use input::{Input, MOST_DIAGNOSTICS, Result, State, at, fail, rest, unexpected};
use lex::{docs, end_of_line, head_docs, here, peek_word};
use source::{Sourced, Span};

/// The largest source that is read, in bytes.
pub const LARGEST: usize = 64 << 20;

/// The protocol that a spec tells.
///
/// What only code can read (`opaque "name"`) is refused by the codec, and why is
/// said there; see [`parse_with`].
///
/// ```
/// use pickler::dynamic::decode;
///
/// let protocol = pickler_spec::parse("
///     protocol table
///
///     record Pot {
///         index: u8
///         winners: [u16] count index little-endian
///     }
/// ").unwrap();
/// let pot = decode(&protocol.schema, &[1, 7, 0])?;
/// assert_eq!(pot.field("index").unwrap().as_u64(), Some(1));
/// # Ok::<(), pickler::Error>(())
/// ```
///
/// # Errors
/// All that is wrong with it, in the order in which it stands there; of very
/// many, the first.
pub fn parse(source: &str) -> Result<Protocol, Vec<Diagnostic>> {
    parse_with(source, &|_| None)
}

/// The same with codecs for what only code can read, by their names.
///
/// # Errors
/// Those of [`parse`].
pub fn parse_with(
    source: &str,
    opaques: &dyn Fn(&str) -> Option<Opaque>,
) -> Result<Protocol, Vec<Diagnostic>> {
    if source.len() > LARGEST {
        let message = format!("a spec has at most {LARGEST} bytes");
        return Err(vec![Diagnostic::new(mistakes::TOO_LARGE, 0..0, message)]);
    }
    let mut input: Input<'_> = Stateful {
        input: LocatingSlice::new(source),
        state: State::new(source, opaques),
    };
    input.state.defined = names::defined(source);
    let file = file(&mut input);
    let mut diagnostics = std::mem::take(&mut input.state.diagnostics);
    let result = file.into_protocol(&input.state, &mut diagnostics);
    // In the order in which they stand there.
    diagnostics.sort_by_key(|diagnostic| diagnostic.span.start);
    diagnostics
        .dedup_by(|second, first| second.span == first.span && second.mistake == first.mistake);
    diagnostics.truncate(MOST_DIAGNOSTICS);
    match result {
        Some(protocol) if diagnostics.is_empty() => Ok(protocol),
        _ => Err(diagnostics),
    }
}

/// All that stands in a file.
pub struct File<'s> {
    doc: String,
    head: Head,
    definitions: Vec<Defined<'s>>,
}

fn file<'s>(input: &mut Input<'s>) -> File<'s> {
    let doc = head_docs(input);
    let mut file = File {
        doc,
        head: Head::default(),
        definitions: Vec::new(),
    };
    loop {
        let doc = docs(input);
        if rest(input).is_empty() || input.state.is_full() {
            return file;
        }
        let before = at(input);
        let result = file.line(doc, input).and_then(|()| end_of_line(input));
        if let Err(failure) = result {
            input.state.report(failure);
            skip_line(before, input);
            // What closes nothing is passed over, too.
            if at(input) == before || rest(input).starts_with('}') {
                let next = rest(input).chars().next().map_or(0, char::len_utf8);
                input::advance(input, next);
            }
        }
    }
}

impl<'s> File<'s> {
    fn line(&mut self, doc: String, input: &mut Input<'s>) -> Result<()> {
        let word = peek_word(input);
        if keywords::DEFINITIONS.contains(&word) {
            self.definitions.push(definition(doc, input)?);
            return Ok(());
        }
        if keywords::HEAD.contains(&word) {
            return self.head.line(input);
        }
        let words = keywords::DEFINITIONS.iter().chain(keywords::HEAD).copied();
        let hint = did_you_mean(word, words);
        if !hint.is_empty() {
            let message = format!("`{word}` begins no line here{hint}");
            return Err(fail(mistakes::UNEXPECTED, here(input), message));
        }
        let wanted = "a definition: `record`, `union`, `enum`, `keyed`, `protobuf` or `type`";
        let failure = unexpected(input, wanted);
        Err(failure)
    }

    /// Finds out which types are mentioned, and checks all that was read.
    fn into_protocol(
        mut self,
        state: &State<'_>,
        diagnostics: &mut Vec<Diagnostic>,
    ) -> Option<Protocol> {
        let mut places = names::resolve(&self.definitions, state, diagnostics);
        if !diagnostics.is_empty() {
            let kept = sound::keep(&mut self.definitions, &mut places, state);
            if kept && let Some(mut parts) = parts(None, self.definitions, &places, state.source) {
                parts.is_whole = false;
                let mut found = Vec::new();
                check::check(parts, &mut found);
                diagnostics.append(&mut found);
            }
            return None;
        }
        if self.head.root.is_none() && self.definitions.is_empty() {
            let help = "write one: `record Name {`";
            let diagnostic = Diagnostic::new(mistakes::NO_ROOT, 0..0, "there is no type");
            diagnostics.push(diagnostic.help(help));
            return None;
        }
        let root = self.head.root.take();
        let parts = parts(root, self.definitions, &places, state.source)?;
        let schema = check::check(parts, diagnostics)?;
        let Head {
            name,
            version,
            handshake,
            keep_alive,
            max_message,
            ..
        } = self.head;
        let keep_alive = keep_alive.map(|(alive, span)| {
            check::keep_alive(&schema, &alive, span, diagnostics);
            alive
        });
        Some(Protocol {
            name,
            version,
            doc: self.doc.into(),
            handshake,
            keep_alive,
            max_message,
            schema,
        })
    }
}

/// The parts of a description, whose types have these places; none if one of them
/// has none. Without `root`, the first type is the root.
fn parts<'s>(
    root: Option<Sourced>,
    definitions: Vec<Defined<'_>>,
    places: &[Option<usize>],
    text: &'s str,
) -> Option<check::Parts<'s>> {
    let root_is_implied = root.is_none();
    let mut root = root.unwrap_or_else(|| {
        let first = Shape::Named(TypeRef::at(0));
        Sourced::leaf(first, Span::default())
    });
    let mut complete = root_is_implied || names::rename(&mut root.shape, places);
    let mut sources = Vec::new();
    let mut types = Vec::new();
    for defined in definitions {
        let Defined {
            name,
            doc,
            parameters,
            mut shape,
            ..
        } = defined;
        complete &= names::rename(&mut shape.shape, places);
        let (mut given, parameters): (Vec<_>, Vec<_>) = parameters.into_iter().unzip();
        for parameter in &mut given {
            complete &= names::rename(&mut parameter.shape, places);
        }
        sources.push(check::TypeSource {
            name: name.span,
            shape: shape.source,
            parameters,
        });
        types.push(Definition {
            name: name.text.into(),
            doc: doc.into(),
            parameters: given,
            shape: shape.shape,
        });
    }
    complete.then_some(check::Parts {
        text,
        root: root.shape,
        root_source: root.source,
        root_is_implied,
        is_whole: true,
        types,
        sources,
    })
}
