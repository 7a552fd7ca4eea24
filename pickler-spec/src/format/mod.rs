//! Specs in one style: indentation, and the space between words and signs.

pub mod token;

use std::collections::BTreeSet;

use crate::diagnostic::Diagnostic;
use crate::keywords::{COUNTS, SUFFIXES, TYPES};
use crate::mistakes;
use token::{Kind, Token, tokens};

/// What nests deeper is refused: far more than [`parse`](crate::parse) reads.
const DEEPEST: usize = 256;

/// The same spec in the usual style: four spaces for what stands in braces or
/// parentheses, one between words, at most one empty line, none at the start.
///
/// Lines stay lines, and comments and literals are kept as they are written. What
/// is said need not make sense.
///
/// ```
/// let source = "record  Pot{\n\n  index:u8=7 // from 0\n}";
/// assert_eq!(
///     pickler_spec::format(source).unwrap(),
///     "record Pot {\n    index: u8 = 7 // from 0\n}\n",
/// );
/// ```
///
/// # Errors
/// If a text or a name does not end on its line, or parentheses do not match, or nest
/// far deeper than [`parse`](crate::parse) reads.
pub fn format(source: &str) -> Result<String, Vec<Diagnostic>> {
    let tokens = tokens(source).map_err(|diagnostic| vec![diagnostic])?;
    let mut formatter = Formatter::default();
    for (index, token) in tokens.iter().enumerate() {
        formatter
            .token(token, &tokens[index + 1..])
            .map_err(|it| vec![it])?;
    }
    formatter.finish().map_err(|it| vec![it])
}

/// What has been written.
#[derive(Default)]
struct Formatter<'s> {
    text: String,
    /// What is open.
    open: Vec<Open<'s>>,
    /// The lines that end in something that they open.
    hanging: BTreeSet<usize>,
    /// The number of the line that is written.
    line: usize,
    /// How many ends of lines come next.
    newlines: usize,
    /// The token that was written last, and whether it is an operator that stands
    /// in front of its only operand.
    last: Option<(Token<'s>, bool)>,
}

/// What is open.
struct Open<'s> {
    sign: Token<'s>,
    /// The line on which it was opened.
    line: usize,
    /// That line ends with it.
    hangs: bool,
}

impl<'s> Formatter<'s> {
    fn token(&mut self, token: &Token<'s>, behind: &[Token<'s>]) -> Result<(), Diagnostic> {
        if token.kind == Kind::Newline {
            self.newlines += 1;
            return Ok(());
        }
        if token.closes() {
            self.close(token)?;
        }
        let opened = |last: &(Token<'_>, bool)| last.0.text == "{" && last.0.kind == Kind::Sign;
        let is_first = self.last.is_none() || self.newlines > 0;
        let is_prefix = self.is_prefix(token, behind.first(), is_first);
        if is_first {
            if let Some(last) = &self.last {
                let keeps_empty = self.newlines > 1 && !opened(last) && token.text != "}";
                self.text.push_str(if keeps_empty { "\n\n" } else { "\n" });
                self.line += 1;
            }
            // What closes together stands where all of it was opened.
            let closing = behind.iter().take_while(|it| it.closes()).count();
            let closing = if token.closes() { closing } else { 0 };
            let indent = 4 * self.depth(closing);
            self.text.extend(std::iter::repeat_n(' ', indent));
        } else if self.is_spaced(token) {
            self.text.push(' ');
        }
        self.newlines = 0;
        self.text.push_str(token.text.trim_end());
        if token.kind == Kind::Sign && matches!(token.text, "(" | "[" | "{") {
            let is_end = |next: &Token<'_>| matches!(next.kind, Kind::Newline | Kind::Comment);
            let (sign, line) = (*token, self.line);
            let hangs = behind.first().is_none_or(is_end);
            if self.open.len() == DEEPEST {
                let message = format!("nested deeper than {DEEPEST} levels");
                let span = token.start..token.start + token.text.len();
                return Err(Diagnostic::new(mistakes::TOO_DEEP, span, message));
            }
            if hangs {
                self.hanging.insert(line);
            }
            self.open.push(Open { sign, line, hangs });
        }
        self.last = Some((*token, is_prefix));
        Ok(())
    }

    fn close(&mut self, token: &Token<'_>) -> Result<(), Diagnostic> {
        let opening = match token.text {
            ")" => "(",
            "]" => "[",
            _ => "{",
        };
        match self.open.pop() {
            Some(open) if open.sign.text == opening => Ok(()),
            open => {
                let message = format!("nothing is open that `{}` closes", token.text);
                let span = token.start..token.start + token.text.len();
                let diagnostic = Diagnostic::new(mistakes::UNEXPECTED, span, message);
                Err(match open {
                    Some(Open { sign, .. }) => {
                        let what = "this is open";
                        diagnostic.related(sign.start..sign.start + sign.text.len(), what)
                    }
                    None => diagnostic,
                })
            }
        }
    }

    /// How far a line is indented: by one for each line that left something open,
    /// at its end if there; but for what is closed at the start of this one.
    fn depth(&self, closing: usize) -> usize {
        let open = self.open.len().saturating_sub(closing);
        let open = self.open.iter().take(open);
        let counts = |open: &&Open<'_>| open.hangs || !self.hanging.contains(&open.line);
        let mut lines: Vec<usize> = open.filter(counts).map(|open| open.line).collect();
        lines.dedup();
        lines.len()
    }

    /// An operator that stands in front of its only operand.
    fn is_prefix(&self, token: &Token<'_>, next: Option<&Token<'_>>, is_first: bool) -> bool {
        if token.kind != Kind::Sign || !matches!(token.text, "-" | "!") {
            return false;
        }
        let Some((last, _)) = self.last.as_ref().filter(|_| !is_first) else {
            return true;
        };
        let stands_alone = next.is_some_and(|next| next.spaced);
        match last.kind {
            _ if token.text == "!" => true,
            Kind::Sign => !matches!(last.text, ")" | "]" | "}"),
            Kind::Word if token.spaced => !stands_alone,
            Kind::Word => is_before_value(last.text),
            Kind::Literal | Kind::Comment | Kind::Newline => false,
        }
    }

    /// A space stands in front of a token that does not begin a line.
    fn is_spaced(&self, token: &Token<'_>) -> bool {
        let Some((last, is_prefix)) = &self.last else {
            return false;
        };
        if *is_prefix {
            return false;
        }
        let sign = |token: &Token<'_>| match token.kind {
            Kind::Sign => token.text.to_owned(),
            _ => String::new(),
        };
        match (sign(last).as_str(), sign(token).as_str()) {
            // Within braces it is as the author has it.
            ("{", _) | (_, "}") | (")" | "]", "(" | "[") => token.spaced,
            ("(" | "[" | "::" | "." | ".." | "..=" | "#", _)
            | (_, ")" | "]" | "," | ":" | "::" | "." | "..=" | "#") => false,
            // What a type is given stands beside it, what a word says does not.
            ("", "(" | "[") if last.kind == Kind::Word => {
                token.spaced || (is_keyword(last.text) && !is_function(last.text))
            }
            (before, "..") => before == ",",
            _ => true,
        }
    }

    fn finish(mut self) -> Result<String, Diagnostic> {
        if let Some(Open { sign, .. }) = self.open.pop() {
            let message = format!("nothing closes this `{}`", sign.text);
            let span = sign.start..sign.start + sign.text.len();
            return Err(Diagnostic::new(mistakes::UNEXPECTED, span, message));
        }
        if !self.text.is_empty() {
            self.text.push('\n');
        }
        Ok(self.text)
    }
}

/// A word behind which something else begins.
fn is_keyword(word: &str) -> bool {
    let others = [
        "else", "tag", "length", "when", "within", "derived", "assert",
    ];
    [SUFFIXES, COUNTS, TYPES, &others]
        .iter()
        .any(|words| words.contains(&word))
}

/// A word behind which a value or an expression begins, and that is no name there.
fn is_before_value(word: &str) -> bool {
    matches!(
        word,
        "none" | "else" | "always" | "writing" | "in" | "since" | "until" | "if" | "where"
    )
}

/// A word that is also a function of expressions.
fn is_function(word: &str) -> bool {
    matches!(word, "tag" | "offset" | "present" | "len" | "sizeof")
}
