//! Tokens: all of a source but space.

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
    /// It closes something.
    pub fn closes(&self) -> bool {
        self.kind == Kind::Sign && matches!(self.text, ")" | "]" | "}")
    }
}

/// Longer signs stand before those that they begin with.
const SIGNS: [&str; 12] = [
    "..=", "..", "==", "!=", "<=", ">=", "<<", ">>", "&&", "||", "=>", "::",
];

/// The longest character with its quote: `\u{10FFFF}'`.
const LONGEST_CHARACTER: usize = 11;

/// All tokens of a source.
///
/// # Errors
/// If a text or a name in backticks does not end on its line.
pub fn tokens(source: &str) -> Result<Vec<Token<'_>>, Diagnostic> {
    let mut tokens = Vec::new();
    let (mut at, mut line_end) = (0, 0);
    while at < source.len() {
        let blank = source[at..].find(|it: char| !matches!(it, ' ' | '\t' | '\r'));
        let start = blank.map_or(source.len(), |blank| at + blank);
        let rest = &source[start..];
        if rest.is_empty() {
            break;
        }
        if start >= line_end {
            line_end = rest.find('\n').map_or(source.len(), |line| start + line);
        }
        let line = line_end - start;
        let (kind, length) = next(rest, line).map_err(|message| {
            Diagnostic::new(mistakes::NO_LITERAL, start..start + line, message)
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

/// The kind of the next token, and how long it is; what is left of the line is that
/// long.
fn next(rest: &str, line: usize) -> Result<(Kind, usize), &'static str> {
    let first = rest.chars().next().unwrap_or('\n');
    if first == '\n' {
        return Ok((Kind::Newline, 1));
    }
    if rest.starts_with("//") {
        return Ok((Kind::Comment, line));
    }
    if first == '"' || rest.starts_with("b\"") {
        let open = rest.find('"').unwrap_or(0) + 1;
        let closed = closing(&rest[open..line], '"').ok_or("no `\"` ends it on the same line")?;
        return Ok((Kind::Literal, open + closed + 1));
    }
    if first == '`' {
        let message = "a name in backticks ends with one, on the same line";
        let closed = rest[1..line].find('`').ok_or(message)?;
        return Ok((Kind::Word, closed + 2));
    }
    if first == '\'' || rest.starts_with("b'") {
        let open = rest.find('\'').unwrap_or(0) + 1;
        let character = rest[open..line].char_indices().nth(LONGEST_CHARACTER);
        let end = character.map_or(line, |(length, _)| open + length);
        if let Some(closed) = closing(&rest[open..end], '\'') {
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

/// Where an unescaped quote is.
fn closing(text: &str, quote: char) -> Option<usize> {
    let mut escaped = false;
    text.char_indices().find_map(|(place, it)| {
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
