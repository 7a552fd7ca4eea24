//! Rows of bytes and of bits.

use std::ops::Range;

use pickler::cursor::BitOrder;

use crate::paint::{Ink, Paint};

/// Bytes in one row of the dump.
const ROW: usize = 8;
/// Columns that the bytes of a row take.
const BYTES: usize = ROW * 3 - 1;
/// Columns in front of the text.
pub const TEXT: usize = INDENT.len() + BYTES + 2;
/// What stands in front of rows without an offset.
pub const INDENT: &str = "        ";

/// The lines of a dump as they come about.
pub struct Dump<'a> {
    bytes: &'a [u8],
    paint: Paint,
    lines: Vec<String>,
}

impl<'a> Dump<'a> {
    /// Of those bytes, nothing yet.
    pub fn new(bytes: &'a [u8], paint: Paint) -> Self {
        let lines = Vec::new();
        Self {
            bytes,
            paint,
            lines,
        }
    }

    /// A line of text.
    pub fn line(&mut self, line: impl Into<String>) {
        self.lines.push(line.into());
    }

    /// All lines.
    pub fn into_lines(self) -> Vec<String> {
        self.lines
    }

    /// Rows of bytes, with lines of text behind them.
    pub fn rows(&mut self, bytes: Range<usize>, ink: Ink, text: &[String]) {
        self.rows_with(bytes, ink, text, |_, _| {});
    }

    /// Rows of the bytes that hold some bits, and under those whose bytes hold
    /// others, too, which ones they are.
    pub fn bits(&mut self, bits: &Range<u64>, order: BitOrder, hue: usize, text: &[String]) {
        let bytes = byte_of(bits.start)..byte_of(bits.end.next_multiple_of(8));
        let shared = |byte: usize| {
            let all = byte as u64 * 8..byte as u64 * 8 + 8;
            !bits.is_empty() && (all.start < bits.start || all.end > bits.end)
        };
        self.rows_with(bytes, Ink::Hue(hue), text, |dump, row| {
            if row.clone().any(shared) {
                dump.bit_row(row, bits, order, hue);
            }
        });
    }

    fn rows_with(
        &mut self,
        bytes: Range<usize>,
        ink: Ink,
        text: &[String],
        mut under: impl FnMut(&mut Self, Range<usize>),
    ) {
        let end = bytes.end.min(self.bytes.len());
        let start = bytes.start.min(end);
        let mut text = text.iter();
        if start == end {
            self.row(bytes.start, &[], ink, text.next());
            self.text(text.as_slice());
        }
        for offset in (start..end).step_by(ROW) {
            let row = offset..end.min(offset + ROW);
            self.row(offset, &self.bytes[row.clone()], ink, text.next());
            if row.end == end {
                self.text(text.as_slice());
            }
            under(self, row);
        }
    }

    fn row(&mut self, offset: usize, bytes: &[u8], ink: Ink, text: Option<&String>) {
        let hex: Vec<String> = bytes.iter().map(|byte| format!("{byte:02x}")).collect();
        let hex = hex.join(" ");
        let blanks = text.map_or(0, |_| BYTES - hex.len() + 2);
        let text = text.map_or("", |text| &**text);
        let offset = self.paint.ink(Ink::Faint, format!("{offset:06x}"));
        let hex = self.paint.ink(ink, hex);
        self.lines
            .push(format!("{offset}  {hex}{:blanks$}{text}", ""));
    }

    /// Lines of text without bytes in front.
    fn text(&mut self, lines: &[String]) {
        let lines = lines.iter().map(|line| format!("{:TEXT$}{line}", ""));
        self.lines.extend(lines);
    }

    /// The bits of some bytes, highest first, with those that are meant
    /// underlined: by the terminal, or by marks in a line below.
    fn bit_row(&mut self, row: Range<usize>, bits: &Range<u64>, order: BitOrder, hue: usize) {
        let bit = |byte: usize, place: u8| {
            let counted = match order {
                BitOrder::Msb => place,
                BitOrder::Lsb => 7 - place,
            };
            let meant = bits.contains(&(byte as u64 * 8 + u64::from(counted)));
            let digit = if self.bytes[byte] >> (7 - place) & 1 == 1 {
                '1'
            } else {
                '0'
            };
            (digit, meant)
        };
        let (mut digits, mut marks) = (String::from(INDENT), String::from(INDENT));
        for byte in row.clone() {
            if byte > row.start {
                digits.push(' ');
                marks.push(' ');
            }
            let all: Vec<(char, bool)> = (0..8).map(|place| bit(byte, place)).collect();
            for run in all.chunk_by(|(_, one), (_, other)| one == other) {
                let meant = run[0].1;
                let text: String = run.iter().map(|(digit, _)| digit).collect();
                let ink = if meant { Ink::Bits(hue) } else { Ink::Faint };
                marks += &if meant { "^" } else { " " }.repeat(text.len());
                digits += &self.paint.ink(ink, text);
            }
        }
        self.lines.push(digits);
        if !self.paint.on {
            self.lines.push(marks.trim_end().to_owned());
        }
    }
}

/// The byte that a bit is in.
pub fn byte_of(bit: u64) -> usize {
    // No slice is longer.
    usize::try_from(bit / 8).unwrap_or(usize::MAX)
}
