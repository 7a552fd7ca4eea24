//! Finds a script's mistakes before it runs.
//!
//! Not a type checker: what is written out is compared with the protocol
//! (names of messages and fields, lengths of time), and names with what is
//! declared. What a script computes is left to the run.

mod calls;
mod names;
mod values;

use mlua::Lua;

use super::host;
use super::lexer::{self, Kind, Token};
use super::source;
use crate::protocol::Protocol;

/// A mistake in a script.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding {
    /// The script's file.
    pub file: String,
    /// Its line, from 1.
    pub line: u32,
    /// The column in the line, in characters from 1.
    pub column: u32,
    /// What is wrong, in words.
    pub message: String,
    /// How bad it is.
    pub severity: Severity,
}

/// How bad a mistake is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Severity {
    /// What is written fails.
    Error,
    /// It looks like a mistake, but a script may mean it.
    Warning,
}

impl Severity {
    /// Its name, in small letters.
    pub fn name(self) -> &'static str {
        match self {
            Self::Error => "error",
            Self::Warning => "warning",
        }
    }
}

impl std::fmt::Display for Finding {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let Self {
            file,
            line,
            column,
            message,
            severity,
        } = self;
        write!(f, "{file}:{line}:{column}: ")?;
        if *severity == Severity::Warning {
            f.write_str("warning: ")?;
        }
        f.write_str(message)
    }
}

impl std::error::Error for Finding {}

/// The mistakes of a script that can be found before it runs: wrong syntax,
/// misspelt names of messages, fields, functions and variables, directives and
/// lengths of time that are none. In order of place.
pub fn check(text: &str, file: &str, protocol: &Protocol) -> Vec<Finding> {
    let mut problems = Vec::new();
    if let Some((line, message)) = host::syntax_error(text) {
        let column = text
            .lines()
            .nth(line.saturating_sub(1) as usize)
            .map_or(1, |line| {
                u32::try_from(line.chars().take_while(|c| c.is_whitespace()).count() + 1)
                    .unwrap_or(1)
            });
        problems.push((line, column, message, Severity::Error));
    } else {
        let tokens = lexer::tokens(text);
        // The library loads: else no script would run, and the tests fail.
        let functions = host::bot_functions(protocol).unwrap_or_default();
        let mut script = Script {
            tokens: &tokens,
            protocol,
            functions: &functions,
            lua: Lua::new(),
            problems: Vec::new(),
        };
        script.check_calls();
        script.check_names();
        problems = script.problems;
    }
    let directives = source::bad_directives(text).into_iter();
    problems.extend(directives.map(|(line, message)| (line, 1, message, Severity::Error)));
    problems.sort();
    problems.dedup();
    let finding = |(line, column, message, severity)| Finding {
        file: file.into(),
        line,
        column,
        message,
        severity,
    };
    problems.into_iter().map(finding).collect()
}

/// A script that is being checked.
struct Script<'a> {
    tokens: &'a [Token],
    protocol: &'a Protocol,
    /// What `bot` can do.
    functions: &'a [String],
    /// What texts that are written out are held by.
    lua: Lua,
    problems: Vec<(u32, u32, String, Severity)>,
}

impl<'a> Script<'a> {
    fn problem(&mut self, at: usize, message: impl Into<String>) {
        self.found(at, message.into(), Severity::Error);
    }

    fn warning(&mut self, at: usize, message: String) {
        self.found(at, message, Severity::Warning);
    }

    fn found(&mut self, at: usize, message: String, severity: Severity) {
        if let Some(Token { line, column, .. }) = self.tokens.get(at) {
            self.problems.push((*line, *column, message, severity));
        }
    }

    fn name(&self, at: usize) -> Option<&'a str> {
        match &self.tokens.get(at)?.kind {
            Kind::Name(name) => Some(name),
            _ => None,
        }
    }

    fn text(&self, at: usize) -> Option<&'a str> {
        match &self.tokens.get(at)?.kind {
            Kind::Text(text) => Some(text),
            _ => None,
        }
    }

    fn is_symbol(&self, at: usize, symbol: &str) -> bool {
        matches!(self.tokens.get(at), Some(Token { kind: Kind::Symbol(found), .. }) if *found == symbol)
    }

    fn is_keyword(&self, at: usize, keyword: &str) -> bool {
        matches!(self.tokens.get(at), Some(Token { kind: Kind::Keyword(found), .. }) if found == keyword)
    }

    /// The token behind the bracket that closes the one at `open`.
    fn behind_bracket(&self, open: usize) -> usize {
        let mut depth = 0_usize;
        for (at, token) in self.tokens.iter().enumerate().skip(open) {
            match token.kind {
                Kind::Symbol("(" | "{" | "[") => depth += 1,
                Kind::Symbol(")" | "}" | "]") => depth = depth.saturating_sub(1),
                _ => {}
            }
            if depth == 0 {
                return at + 1;
            }
        }
        self.tokens.len()
    }

    /// The pieces between a bracket's commas, as ranges of tokens. Commas in
    /// function bodies are told apart by counting blocks.
    fn pieces(&self, open: usize) -> Vec<std::ops::Range<usize>> {
        let end = self.behind_bracket(open).saturating_sub(1);
        let mut pieces = Vec::new();
        let mut start = open + 1;
        let mut at = start;
        let mut blocks = 0_usize;
        while at < end {
            match &self.tokens[at].kind {
                Kind::Symbol("(" | "{" | "[") => {
                    at = self.behind_bracket(at);
                    continue;
                }
                Kind::Keyword(word) => match word.as_str() {
                    // `if` may be an expression, which has no `end`; then its
                    // commas would not be at this level but for its own.
                    "function" | "do" | "repeat" => blocks += 1,
                    "if" if blocks > 0 => blocks += 1,
                    "end" | "until" => blocks = blocks.saturating_sub(1),
                    _ => {}
                },
                Kind::Symbol("," | ";") if blocks == 0 => {
                    pieces.push(start..at);
                    start = at + 1;
                }
                _ => {}
            }
            at += 1;
        }
        if start < end {
            pieces.push(start..end);
        }
        pieces
    }

    /// The names of a table that is written out, each with the range of its
    /// value: `{ amount = 40, ["amount"] = 40 }`.
    fn keys(&self, open: usize) -> Vec<(usize, &'a str, std::ops::Range<usize>)> {
        let mut keys = Vec::new();
        for piece in self.pieces(open) {
            let start = piece.start;
            if let Some(name) = self.name(start).filter(|_| self.is_symbol(start + 1, "=")) {
                keys.push((start, name, start + 2..piece.end));
            } else if let Some(name) = self.text(start + 1).filter(|_| {
                self.is_symbol(start, "[")
                    && self.is_symbol(start + 2, "]")
                    && self.is_symbol(start + 3, "=")
            }) {
                keys.push((start + 1, name, start + 4..piece.end));
            }
        }
        keys
    }
}
