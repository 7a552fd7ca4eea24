//! Places as editors count them: lines, and units of UTF-16 in a line.

use std::ops::Range;

use gen_lsp_types::{self as lsp, Position};

/// A text, where its lines start, and which of its bytes are no units.
#[derive(Debug)]
pub struct Lines<'s> {
    text: &'s str,
    starts: Vec<usize>,
    /// The end of each character that takes more bytes than units, and how many more
    /// all up to there take.
    wide: Vec<(usize, usize)>,
}

impl<'s> Lines<'s> {
    /// The lines of a text; `\n`, `\r\n` and `\r` end one.
    pub fn of(text: &'s str) -> Self {
        let bytes = text.as_bytes();
        let ends = |&at: &usize| match bytes[at] {
            b'\n' => true,
            b'\r' => bytes.get(at + 1) != Some(&b'\n'),
            _ => false,
        };
        let ends = (0..bytes.len()).filter(ends);
        let starts = std::iter::once(0).chain(ends.map(|end| end + 1));
        let mut more = 0;
        let wide = text.char_indices().filter(|(_, it)| !it.is_ascii());
        let wide = wide.map(|(at, it)| {
            more += it.len_utf8() - it.len_utf16();
            (at + it.len_utf8(), more)
        });
        Self {
            text,
            starts: starts.collect(),
            wide: wide.collect(),
        }
    }

    /// How many units come before an offset.
    fn units(&self, at: usize) -> usize {
        let before = self.wide.partition_point(|(end, _)| *end <= at);
        let last = before.checked_sub(1).map(|last| self.wide[last]);
        at - last.map_or(0, |(_, more)| more)
    }

    /// The place of an offset in bytes, which is the start of a character.
    pub fn position(&self, at: usize) -> Position {
        let line = self.starts.partition_point(|start| *start <= at) - 1;
        let units = self.units(at) - self.units(self.starts[line]);
        Position {
            line: u32::try_from(line).unwrap_or(u32::MAX),
            character: u32::try_from(units).unwrap_or(u32::MAX),
        }
    }

    /// The places of both ends.
    pub fn range(&self, span: &Range<usize>) -> lsp::Range {
        lsp::Range {
            start: self.position(span.start),
            end: self.position(span.end),
        }
    }

    /// The offset of a place; past the end of a line it is that end.
    pub fn offset(&self, position: Position) -> usize {
        let line = usize::try_from(position.line).unwrap_or(usize::MAX);
        let Some(start) = self.starts.get(line) else {
            return self.text.len();
        };
        let end = self.starts.get(line + 1).copied();
        let line = &self.text[*start..end.unwrap_or(self.text.len())];
        let line = line.trim_end_matches(['\r', '\n']);
        let mut left = u64::from(position.character);
        let behind = line.char_indices().find(|(_, it)| {
            let fits = left >= it.len_utf16() as u64;
            left = left.saturating_sub(it.len_utf16() as u64);
            !fits
        });
        start + behind.map_or(line.len(), |(at, _)| at)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(line: u32, character: u32) -> Position {
        Position { line, character }
    }

    #[test]
    fn places_there_and_back() {
        let text = "a\u{E9}\u{1F0A1}b\r\n\rc\n";
        let lines = Lines::of(text);
        for (offset, position) in [
            (0, at(0, 0)),
            (1, at(0, 1)),
            (3, at(0, 2)),
            // Outside the first plane a character is two units.
            (7, at(0, 4)),
            (8, at(0, 5)),
            (10, at(1, 0)),
            (11, at(2, 0)),
            (12, at(2, 1)),
            (13, at(3, 0)),
        ] {
            assert_eq!(lines.position(offset), position, "{offset}");
            assert_eq!(lines.offset(position), offset, "{position:?}");
        }
    }

    #[test]
    fn places_that_there_are_not() {
        let lines = Lines::of("\u{1F0A1}b\r\nc");
        assert_eq!(lines.offset(at(0, 1)), 0, "within a character");
        assert_eq!(lines.offset(at(0, 100)), 5);
        assert_eq!(lines.offset(at(1, u32::MAX)), 8);
        assert_eq!(lines.offset(at(u32::MAX, 0)), 8);
        assert_eq!(Lines::of("").offset(at(0, 1)), 0);
    }
}
