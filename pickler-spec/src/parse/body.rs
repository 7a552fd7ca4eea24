//! What stands in braces, line by line; a line with a mistake is passed over.

use super::input::{Failure, Input, Result, advance, at, enclosed, fail, rest};
use super::lex::{docs, eat, end_of_line, expect, sees};
use super::source::Span;
use crate::diagnostic::Diagnostic;
use crate::keywords;
use crate::mistakes;

/// Reads each line with what is said of it in front; says whether none of them has
/// a mistake.
pub fn body<'s>(
    input: &mut Input<'s>,
    mut line: impl FnMut(&mut Input<'s>, String) -> Result<()>,
) -> Result<bool> {
    if !sees("{", input) {
        return expect("{", input).map(|()| true);
    }
    let before = input.state.diagnostics.len();
    let start = at(input);
    let open = Span {
        start,
        end: start + 1,
    };
    enclosed(false, input, |input| {
        advance(input, 1);
        loop {
            let doc = docs(input);
            if eat("}", input) {
                return Ok(input.state.diagnostics.len() == before);
            }
            if rest(input).is_empty() || begins_definition(input) || input.state.is_full() {
                return Err(unclosed(open));
            }
            let start = at(input);
            let result = line(input, doc).and_then(|()| end_of_line(input));
            if let Err(failure) = result {
                input.state.report(failure);
                skip_line(start, input);
            }
        }
    })
}

fn unclosed(open: Span) -> Failure {
    fail(mistakes::UNEXPECTED, open, "no `}` closes this `{`")
}

/// What stands at the start of a line and goes on as a definition does.
fn begins_definition(input: &Input<'_>) -> bool {
    at_start_of_line(input) && looks_like_definition(rest(input))
}

fn at_start_of_line(input: &Input<'_>) -> bool {
    at(input) == 0 || input.state.source.as_bytes().get(at(input) - 1) == Some(&b'\n')
}

fn looks_like_definition(text: &str) -> bool {
    let begins = |word: &&&str| text.starts_with(**word);
    let Some(word) = keywords::DEFINITIONS.iter().find(begins) else {
        return false;
    };
    let behind = &text[word.len()..];
    let name = behind.trim_start_matches([' ', '\t']);
    let is_name = |it: char| it.is_alphabetic() || it == '_' || it == '`';
    name.len() < behind.len() && name.starts_with(is_name)
}

/// Goes to the end of a line with a mistake, behind what its braces enclose; but
/// never past the start of a definition. `start` is where the line starts.
pub fn skip_line(start: usize, input: &mut Input<'_>) {
    let source = input.state.source;
    let read = at(input);
    let text = source.get(start..).unwrap_or_default();
    let mut depth = 0_usize;
    let mut quoted = false;
    let mut escaped = false;
    let mut comment = false;
    let mut end = source.len();
    for (place, byte) in text.bytes().enumerate() {
        let is_quote = byte == b'"' && !escaped && !comment;
        escaped = quoted && byte == b'\\' && !escaped;
        if is_quote {
            quoted = !quoted;
        }
        // Nothing is read again.
        let is_new = start + place >= read;
        let stops = match byte {
            b'\n' => {
                (quoted, escaped, comment) = (false, false, false);
                depth == 0 || looks_like_definition(&text[place + 1..])
            }
            _ if quoted || comment => false,
            b'/' => {
                comment = text[place..].starts_with("//");
                false
            }
            b'{' => {
                depth += 1;
                false
            }
            b'}' => {
                let is_outer = depth == 0;
                depth = depth.saturating_sub(1);
                is_outer
            }
            _ => false,
        };
        if stops && is_new {
            end = start + place;
            break;
        }
    }
    advance(input, end.saturating_sub(read));
}

/// Names that must differ, each with where it stands.
#[derive(Default)]
pub struct Names<'s> {
    known: std::collections::HashMap<&'s str, Span>,
}

impl<'s> Names<'s> {
    /// Takes a name, which nothing else of the kind may have.
    pub fn take(&mut self, what: &str, name: &'s str, span: Span) -> Result<()> {
        match self.known.insert(name, span) {
            None => Ok(()),
            Some(first) => {
                self.known.insert(name, first);
                let message = format!("there is {what} `{name}` before");
                Err(Diagnostic::new(mistakes::NAME_TAKEN, span, message)
                    .related(first, "that one")
                    .help("give this one another name")
                    .into())
            }
        }
    }
}

/// A line begins with a word that is no name: nothing says more of it.
pub fn is_keyword(word: &str, input: &mut Input<'_>) -> bool {
    if super::lex::peek_word(input) != word {
        return false;
    }
    let behind = super::lex::behind_word(input);
    !behind.starts_with([':', '#', '=']) && !at_end_of_line_behind(behind)
}

fn at_end_of_line_behind(behind: &str) -> bool {
    behind.is_empty() || behind.starts_with(['\n', '\r', ',', '}'])
}
