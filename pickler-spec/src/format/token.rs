//! Tokens: all of a source but space.

use std::ops::Range;

use crate::diagnostic::Diagnostic;
use crate::keywords::HYPHENATED;
use crate::mistakes;

/// What a token is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// A word or a name in backticks.
    Word,
    /// A number, a text, bytes, or a character.
    Literal,
    /// What is not read.
    Comment,
    /// The end of a line.
    Newline,
    Sign,
}

/// A part of a source.
#[derive(Clone, Copy, Debug)]
pub struct Token<'s> {
    pub kind: Kind,
    pub text: &'s str,
    /// Space stands in front.
    pub spaced: bool,
    /// Where it starts.
    pub start: usize,
}

impl Token<'_> {
    /// Where it stands.
    pub fn span(&self) -> Range<usize> {
        self.start..self.start + self.text.len()
    }

    /// It is this sign.
    pub fn is(&self, sign: &str) -> bool {
        self.kind == Kind::Sign && self.text == sign
    }

    /// It closes something.
    pub fn closes(&self) -> bool {
        self.kind == Kind::Sign && matches!(self.text, ")" | "]" | "}")
    }
}

/// Longer signs stand before those that they begin with.
const SIGNS: [&str; 12] = [
    "..=", "..", "==", "!=", "<=", ">=", "<<", ">>", "&&", "||", "=>", "::",
];

/// All tokens of a source.
///
/// # Errors
/// If a text or a name in backticks does not end on its line.
pub fn tokens(source: &str) -> Result<Vec<Token<'_>>, Diagnostic> {
    tokens_or(source, |start, line, message| {
        Err(Diagnostic::new(
            mistakes::NO_LITERAL,
            start..start + line,
            message,
        ))
    })
}

/// All tokens of a source that is being written: a text that does not end takes
/// the rest of its line.
pub fn lenient_tokens(source: &str) -> Vec<Token<'_>> {
    let rest_of_line = |_, line, _| Ok((Kind::Literal, line));
    tokens_or(source, rest_of_line).unwrap_or_default()
}

/// All tokens, where something else says what stands where none can be read: by
/// the place, how much is left of the line, and what is wrong.
fn tokens_or(
    source: &str,
    unreadable: impl Fn(usize, usize, &'static str) -> Result<(Kind, usize), Diagnostic>,
) -> Result<Vec<Token<'_>>, Diagnostic> {
    let mut tokens = Vec::new();
    let mut at = 0;
    while at < source.len() {
        let blank = source[at..].find(|it: char| !matches!(it, ' ' | '\t' | '\r'));
        let start = blank.map_or(source.len(), |blank| at + blank);
        let rest = &source[start..];
        if rest.is_empty() {
            break;
        }
        let (kind, length) = next(rest).or_else(|message| {
            let line = rest.find('\n').unwrap_or(rest.len());
            unreadable(start, line, message)
        })?;
        tokens.push(Token {
            kind,
            text: rest[..length].trim_end_matches('\r'),
            spaced: start > at,
            start,
        });
        at = start + length;
    }
    Ok(tokens)
}

/// The kind of the next token, and how long it is.
fn next(rest: &str) -> Result<(Kind, usize), &'static str> {
    let first = rest.chars().next().unwrap_or('\n');
    if first == '\n' {
        return Ok((Kind::Newline, 1));
    }
    if rest.starts_with("//") {
        return Ok((Kind::Comment, rest.find('\n').unwrap_or(rest.len())));
    }
    if first == '"' || rest.starts_with("b\"") {
        let open = rest.find('"').unwrap_or(0) + 1;
        let closed = closing(&rest[open..], '"', usize::MAX);
        let closed = closed.ok_or("no `\"` ends it on the same line")?;
        return Ok((Kind::Literal, open + closed + 1));
    }
    if first == '`' {
        let end = rest[1..]
            .find(['`', '\n'])
            .map_or(rest.len(), |end| end + 1);
        if rest[end..].starts_with('`') {
            return Ok((Kind::Word, end + 1));
        }
        return Err("a name in backticks ends with one, on the same line");
    }
    if first == '\'' || rest.starts_with("b'") {
        let open = rest.find('\'').unwrap_or(0) + 1;
        if let Some(closed) = closing(&rest[open..], '\'', LONGEST_CHARACTER) {
            return Ok((Kind::Literal, open + closed + 1));
        }
    }
    if first.is_ascii_digit() {
        return Ok((Kind::Literal, number(rest)));
    }
    let word = word(rest);
    if word > 0 {
        return Ok((Kind::Word, hyphenated(rest, word)));
    }
    let sign = SIGNS.iter().find(|sign| rest.starts_with(**sign));
    Ok((Kind::Sign, sign.map_or(first.len_utf8(), |sign| sign.len())))
}

/// How long a character is written at the most, and more: `\u{10FFFF}`.
const LONGEST_CHARACTER: usize = 16;

/// Where an unescaped quote is, on the same line and among so many characters.
fn closing(text: &str, quote: char, most: usize) -> Option<usize> {
    let mut escaped = false;
    let line = text.char_indices().take_while(|(_, it)| *it != '\n');
    line.take(most).find_map(|(place, it)| {
        let closes = it == quote && !escaped;
        escaped = it == '\\' && !escaped;
        closes.then_some(place)
    })
}

fn word(text: &str) -> usize {
    let end = text.find(|it: char| !it.is_alphanumeric() && it != '_');
    end.unwrap_or(text.len())
}

/// A word and what a hyphen connects it with, if both are a keyword.
fn hyphenated(rest: &str, length: usize) -> usize {
    let Some(second) = rest[length..].strip_prefix('-') else {
        return length;
    };
    let both = length + 1 + word(second);
    if HYPHENATED.contains(&&rest[..both]) {
        both
    } else {
        length
    }
}

fn number(text: &str) -> usize {
    let digit_at = |at: usize| text[at..].starts_with(|it: char| it.is_ascii_digit());
    let mut end = word(text);
    if text[end..].starts_with('.') && digit_at(end + 1) {
        end += 1 + word(&text[end + 1..]);
    }
    let is_decimal = !text.starts_with("0x") && !text.starts_with("0b");
    let has_exponent = text[..end].ends_with(['e', 'E']);
    if is_decimal && has_exponent && text[end..].starts_with(['+', '-']) && digit_at(end + 1) {
        end += 1 + word(&text[end + 1..]);
    }
    end
}
