//! Words, signs, space and comments.

use winnow::Parser;
use winnow::combinator::opt;
use winnow::token::{literal, take_while};

use super::input::{
    Failure, Input, Result, advance, at, enclosed, fail, next_span, rest, since, unexpected,
};
use super::source::Span;
use crate::keywords;
use crate::mistakes;

/// A word, and where it stands.
#[derive(Clone, Copy, Debug)]
pub struct Word<'s> {
    pub text: &'s str,
    pub span: Span,
}

/// Goes past space and comments; past the ends of lines only where they are
/// space.
pub fn space(input: &mut Input<'_>) {
    let lines = input.state.enclosed;
    let is_space = |it: char| matches!(it, ' ' | '\t' | '\r') || (lines && it == '\n');
    loop {
        let blank: Result<&str> = take_while(0.., is_space).parse_next(input);
        let comment: Result<Option<&str>> = comment(input);
        if blank.is_ok_and(str::is_empty) && matches!(comment, Ok(None) | Err(_)) {
            return;
        }
    }
}

/// What stands behind `//` to the end of the line.
fn comment<'s>(input: &mut Input<'s>) -> Result<Option<&'s str>> {
    opt(("//", take_while(0.., |it: char| it != '\n')).take()).parse_next(input)
}

/// A name or keyword comes next: how long it is.
fn word_length(rest: &str) -> usize {
    let is_start = |it: char| it.is_alphabetic() || it == '_';
    if !rest.starts_with(is_start) {
        return 0;
    }
    let end = |text: &str| {
        let end = text.find(|it: char| !it.is_alphanumeric() && it != '_');
        end.unwrap_or(text.len())
    };
    let length = end(rest);
    // Some keywords are two words.
    if let Some(second) = rest[length..].strip_prefix('-') {
        let both = length + 1 + end(second);
        if keywords::HYPHENATED.contains(&&rest[..both]) {
            return both;
        }
    }
    length
}

/// The word that comes next, which is not taken; empty if none does.
pub fn peek_word<'s>(input: &mut Input<'s>) -> &'s str {
    space(input);
    let rest = rest(input);
    &rest[..word_length(rest)]
}

/// The word behind the next one, neither of which is taken.
pub fn peek_second<'s>(input: &mut Input<'s>) -> &'s str {
    let behind = behind_word(input);
    &behind[..word_length(behind)]
}

/// What stands behind the next word and space.
pub fn behind_word<'s>(input: &mut Input<'s>) -> &'s str {
    let length = peek_word(input).len();
    rest(input)[length..].trim_start_matches([' ', '\t'])
}

/// Takes a keyword if it comes next.
pub fn eat_word(word: &str, input: &mut Input<'_>) -> bool {
    let found = peek_word(input) == word;
    if found {
        advance(input, word.len());
    }
    found
}

pub fn expect_word(word: &str, input: &mut Input<'_>) -> Result<()> {
    if eat_word(word, input) {
        Ok(())
    } else {
        Err(unexpected(input, &format!("`{word}`")))
    }
}

/// A sign comes next, which is not taken.
pub fn sees(sign: &str, input: &mut Input<'_>) -> bool {
    space(input);
    rest(input).starts_with(sign)
}

/// Takes a sign if it comes next.
pub fn eat(sign: &str, input: &mut Input<'_>) -> bool {
    space(input);
    let taken: Result<Option<&str>> = opt(literal(sign)).parse_next(input);
    matches!(taken, Ok(Some(_)))
}

pub fn expect(sign: &str, input: &mut Input<'_>) -> Result<()> {
    if eat(sign, input) {
        Ok(())
    } else {
        Err(unexpected(input, &format!("`{sign}`")))
    }
}

/// What stands in parentheses.
pub fn parenthesized<'s, T>(
    input: &mut Input<'s>,
    inner: impl FnOnce(&mut Input<'s>) -> Result<T>,
) -> Result<T> {
    expect("(", input)?;
    let inner = enclosed(true, input, |input| {
        let inner = inner(input)?;
        space(input);
        Ok(inner)
    })?;
    expect(")", input)?;
    Ok(inner)
}

/// Things with commas between them, up to a closing sign, which is not taken.
pub fn comma_separated<'s, T>(
    close: &str,
    input: &mut Input<'s>,
    mut item: impl FnMut(&mut Input<'s>) -> Result<T>,
) -> Result<Vec<T>> {
    let mut items = Vec::new();
    while !sees(close, input) {
        items.push(item(input)?);
        if !eat(",", input) {
            if !sees(close, input) {
                return Err(unexpected(input, &format!("`,` or `{close}`")));
            }
            break;
        }
    }
    Ok(items)
}

/// A name: a word, or anything in backticks.
pub fn name<'s>(what: &str, input: &mut Input<'s>) -> Result<Word<'s>> {
    space(input);
    let start = at(input);
    if rest(input).starts_with('`') {
        advance(input, 1);
        let quoted: Result<&str, Failure> =
            take_while(1.., |it: char| it != '`' && it != '\n').parse_next(input);
        let Ok(text) = quoted else {
            return Err(unexpected(input, what));
        };
        if !rest(input).starts_with('`') {
            let message = "a name in backticks ends with one, on the same line";
            return Err(fail(mistakes::UNEXPECTED, since(start, input), message));
        }
        advance(input, 1);
        let span = since(start, input);
        return Ok(Word { text, span });
    }
    let rest = rest(input);
    // No name has a hyphen.
    let word = &rest[..word_length(rest)];
    let text = word.split('-').next().unwrap_or_default();
    if text.is_empty() {
        return Err(unexpected(input, what));
    }
    advance(input, text.len());
    let span = since(start, input);
    Ok(Word { text, span })
}

/// A name comes next.
pub fn sees_name(input: &mut Input<'_>) -> bool {
    !peek_word(input).is_empty() || sees("`", input)
}

/// Where the next word or sign is.
pub fn here(input: &mut Input<'_>) -> Span {
    space(input);
    next_span(input)
}

/// What is said of the thing that comes next, and the empty lines in front.
pub fn docs(input: &mut Input<'_>) -> String {
    doc_lines("///", input)
}

/// What is said of the whole.
pub fn head_docs(input: &mut Input<'_>) -> String {
    doc_lines("//!", input)
}

fn doc_lines(mark: &str, input: &mut Input<'_>) -> String {
    let mut docs: Option<String> = None;
    loop {
        let blank: Result<&str> =
            take_while(0.., |it: char| it.is_ascii_whitespace()).parse_next(input);
        debug_assert!(blank.is_ok(), "it may be empty");
        // What is said of the whole stands in front of all else.
        let is_others = mark == "//!" && rest(input).starts_with("///");
        let line = if is_others { Ok(None) } else { comment(input) };
        let Ok(Some(line)) = line else {
            return docs.unwrap_or_default();
        };
        if let Some(line) = line.strip_prefix(mark) {
            let line = line.strip_prefix(' ').unwrap_or(line).trim_end();
            match &mut docs {
                None => docs = Some(line.to_owned()),
                Some(docs) => {
                    docs.push('\n');
                    docs.push_str(line);
                }
            }
        }
    }
}

/// Nothing more stands on the line, or in the braces around.
pub fn at_end_of_line(input: &mut Input<'_>) -> bool {
    space(input);
    rest(input).is_empty() || rest(input).starts_with(['\n', ',', '}'])
}

/// The end of a line.
pub fn end_of_line(input: &mut Input<'_>) -> Result<()> {
    if !at_end_of_line(input) {
        return Err(unexpected(input, "the end of the line"));
    }
    eat(",", input);
    Ok(())
}
