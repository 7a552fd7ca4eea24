//! What went wrong in a script, in words for its author.

use std::fmt;

use crate::observe::Failure;

/// What went wrong in a script: where, for which bot, and what it waited for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ScriptError {
    /// The bot's number.
    pub bot: u32,
    /// The script's file.
    pub file: Box<str>,
    /// The line in that file, if it is known.
    pub line: Option<u32>,
    /// What happened.
    pub message: Box<str>,
    /// The library function that the script was in, as `name, file:line`.
    pub within: Option<Box<str>>,
    /// Its kind.
    pub failure: Failure,
}

impl fmt::Display for ScriptError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.file)?;
        if let Some(line) = self.line {
            write!(f, ":{line}")?;
        }
        write!(f, ": {} (bot {}", self.message, self.bot)?;
        if let Some(within) = &self.within {
            write!(f, ", in {within}")?;
        }
        f.write_str(")")
    }
}

impl std::error::Error for ScriptError {}

/// A place in a script, as tracebacks show it.
struct Frame<'a> {
    file: &'a str,
    line: u32,
    function: Option<&'a str>,
}

impl<'a> Frame<'a> {
    /// A line such as `poker.luau:88 function join_any_table`.
    fn parse(line: &'a str) -> Option<Self> {
        let line = line.trim();
        let (place, rest) = match line.split_once(' ') {
            Some((place, rest)) => (place, rest),
            None => (line, ""),
        };
        let (file, number) = place.trim_end_matches(':').rsplit_once(':')?;
        Some(Self {
            file,
            line: number.parse().ok()?,
            function: function_name(rest),
        })
    }
}

impl Frame<'_> {
    fn is_conversation(&self) -> bool {
        self.file == CORE && self.function == Some("conversation")
    }
}

/// The name in `function join_any_table`, or `in function 'join_any_table'`.
fn function_name(text: &str) -> Option<&str> {
    let text = text.trim();
    let named = text
        .strip_prefix("in ")
        .unwrap_or(text)
        .strip_prefix("function ")?;
    let name = named.trim_matches('\'');
    (!name.is_empty() && !name.starts_with('<')).then_some(name)
}

/// Reads what Luau says of an error: the message, and where in `file` it
/// happened, seen from the script's author.
pub(super) fn explain(
    said: &str,
    traceback: &str,
    file: &str,
) -> (String, Option<u32>, Option<Box<str>>) {
    let mut message = said.trim_end();
    let mut at = None;
    // `file:12: what happened`: Luau's own errors carry the place.
    if let Some((place, rest)) = message.split_once(": ")
        && let Some(frame) = Frame::parse(place).filter(|_| !place.contains(' '))
    {
        message = rest;
        at = Some(frame);
    }
    let frames: Vec<Frame<'_>> = traceback.lines().filter_map(Frame::parse).collect();
    let own = |frame: &&Frame<'_>| frame.file == file;
    let line = match &at {
        Some(frame) if frame.file == file => Some(frame.line),
        _ => frames.iter().find(own).map(|frame| frame.line),
    };
    // The library function next to the script, not those that it calls.
    let outside = frames.iter().take_while(|frame| frame.file != file).last();
    let within = outside
        .map(|frame| Frame {
            line: line_of(frame, &frames),
            ..*frame
        })
        .filter(|frame| frame.file != CORE && frames.iter().any(|frame| frame.file == file))
        .and_then(|frame| {
            let function = frame.function?;
            Some(format!("{function}, {}:{}", frame.file, frame.line).into())
        });
    (message.to_owned(), line, within)
}

/// The line of a library function that was at work; that of the piece of it
/// that is a conversation, if it is in one.
fn line_of(outside: &Frame<'_>, frames: &[Frame<'_>]) -> u32 {
    let mut line = outside.line;
    let at = frames.iter().position(|frame| std::ptr::eq(frame, outside));
    let mut inner = at.map_or(&frames[..0], |at| &frames[..at]).iter().rev();
    while let (Some(conversation), Some(body)) = (inner.next(), inner.next()) {
        if !conversation.is_conversation() || body.file != outside.file {
            break;
        }
        line = body.line;
    }
    line
}

/// The coroutine of which this is the traceback is in a `bot:conversation`.
pub(super) fn is_in_conversation(traceback: &str) -> bool {
    let mut frames = traceback.lines().filter_map(Frame::parse);
    frames.any(|frame| frame.is_conversation())
}

/// The file whose functions every protocol has; scripts need not know of it.
pub(super) const CORE: &str = "core.luau";

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_are_the_scripts_own() {
        // As Luau writes them, and as it writes them for coroutines.
        for traceback in [
            "core.luau:9 function wait\npoker.luau:88 function join_any_table\ntight.luau:3",
            "\tcore.luau:9: in function 'wait'\n\tpoker.luau:88: in function 'join_any_table'\n\ttight.luau:3: in ?",
        ] {
            assert_eq!(
                explain("nothing came", traceback, "tight.luau"),
                (
                    "nothing came".into(),
                    Some(3),
                    Some("join_any_table, poker.luau:88".into())
                )
            );
        }
        assert_eq!(
            explain(
                "tight.luau:7: attempt to index nil",
                "tight.luau:7",
                "tight.luau"
            ),
            ("attempt to index nil".into(), Some(7), None)
        );
        assert_eq!(
            explain("odd: words", "", "tight.luau"),
            ("odd: words".into(), None, None)
        );
    }
}
