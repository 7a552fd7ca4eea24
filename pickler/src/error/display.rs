//! Errors with the bytes that they are about.

use core::fmt::{self, Write};
use core::ops::Range;

use super::hexdump::Hexdump;
use super::{Error, ErrorKind};

/// An error and the bytes around it; see [`Error::display_with`].
#[derive(Clone, Debug)]
pub struct DisplayWith<'a> {
    error: &'a Error,
    dump: Option<Hexdump<'a>>,
    colours: bool,
}

impl<'a> DisplayWith<'a> {
    pub(super) fn new(error: &'a Error, input: &'a [u8]) -> Self {
        Self {
            error,
            dump: error.hexdump(input),
            colours: false,
        }
    }

    /// The same in colours, by the escape sequences of terminals, or without.
    #[must_use]
    pub fn with_colours(mut self, colours: bool) -> Self {
        self.colours = colours;
        self
    }
}

impl Error {
    /// The bytes around the place at fault, if it has one.
    pub(super) fn hexdump<'a>(&self, input: &'a [u8]) -> Option<Hexdump<'a>> {
        let end = input.len() as u64 * 8;
        if !self.has_place() || self.bit_offset() > end {
            return None;
        }
        let place = self.marked();
        let missing = match *self.kind() {
            // Before the end of the input, a length confines the piece.
            ErrorKind::UnexpectedEnd { needed, left } if place.end == end => needed - left,
            _ => 0,
        };
        Some(Hexdump::new(input, place, self.bit_order(), missing))
    }

    /// The bits at fault.
    fn marked(&self) -> Range<u64> {
        let start = self.bit_offset();
        let end = start.saturating_add(self.bit_length());
        match *self.kind() {
            ErrorKind::NotUtf8 { valid_up_to } => {
                start.saturating_add(valid_up_to.saturating_mul(8)).min(end)..end
            }
            _ => start..end,
        }
    }
}

/// Says what comes next in bold red, blue, or as ever.
struct Paint {
    on: bool,
}

impl Paint {
    fn fault(&self) -> &'static str {
        if self.on { "\x1b[1;31m" } else { "" }
    }

    fn frame(&self) -> &'static str {
        if self.on { "\x1b[34m" } else { "" }
    }

    fn off(&self) -> &'static str {
        if self.on { "\x1b[0m" } else { "" }
    }
}

impl fmt::Display for DisplayWith<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.error)?;
        let Some(dump) = &self.dump else {
            return Ok(());
        };
        let paint = Paint { on: self.colours };
        let (frame, fault, off) = (paint.frame(), paint.fault(), paint.off());
        let gutter = dump.gutter();
        let bar = |f: &mut fmt::Formatter<'_>, label: &dyn fmt::Display| {
            write!(f, "\n{frame}{label:>gutter$} |{off}")
        };
        bar(f, &"")?;
        for row in dump.rows() {
            let Some(row) = row else {
                write!(f, "\n{frame}{:>gutter$}{off}", "...")?;
                continue;
            };
            bar(f, &row.offset())?;
            f.write_char(' ')?;
            row.write_hex(f)?;
            write!(f, " {frame}|{off}")?;
            row.write_text(f)?;
            write!(f, "{frame}|{off}")?;
            if let Some(marks) = row.marks() {
                bar(f, &"")?;
                write!(
                    f,
                    " {:1$}{fault}{2:^<3$}{off}",
                    "",
                    marks.start,
                    "",
                    marks.len()
                )?;
            }
        }
        if dump.is_off_boundary() {
            let bits = dump.bits();
            bar(f, &"bits")?;
            f.write_char(' ')?;
            bits.write_digits(f)?;
            bar(f, &"")?;
            f.write_char(' ')?;
            let mut used = 0;
            for marks in bits.marks() {
                let blanks = marks.start - used;
                write!(f, "{:blanks$}{fault}{:^<2$}{off}", "", "", marks.len())?;
                used = marks.end;
            }
        }
        Ok(())
    }
}
