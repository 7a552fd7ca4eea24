//! Errors as diagnostics of the crate `miette`.

use alloc::boxed::Box;
use alloc::string::{String, ToString};
use alloc::vec::Vec;
use core::fmt::{self, Write};

use miette::{Diagnostic, LabeledSpan, SourceCode};

use super::hexdump::Hexdump;
use super::{Error, ErrorKind};

/// An error whose source code is a hexdump of the rows around its place.
///
/// ```
/// use miette::Diagnostic;
///
/// let input = [0, 0, 1, 44, 2];
/// let error = pickler::decode::<(u32, bool)>(&input).unwrap_err();
/// let diagnosis = error.diagnosis(&input);
/// let label = diagnosis.labels().unwrap().next().unwrap();
/// assert_eq!(label.label(), Some("byte 4"));
/// ```
#[derive(Clone, Debug)]
pub struct Diagnosis {
    error: Error,
    dump: String,
    labels: Vec<LabeledSpan>,
}

impl Error {
    /// The error as a diagnostic of `miette`; `input` is what was read.
    pub fn diagnosis(self, input: &[u8]) -> Diagnosis {
        let mut dump = String::new();
        let mut labels = Vec::new();
        if let Some(hexdump) = self.hexdump(input) {
            // Writing to a string does not fail.
            let _ = write_dump(&hexdump, &mut dump, &mut labels);
        }
        Diagnosis {
            error: self,
            dump,
            labels,
        }
    }
}

fn write_dump(
    hexdump: &Hexdump<'_>,
    dump: &mut String,
    labels: &mut Vec<LabeledSpan>,
) -> fmt::Result {
    let gutter = hexdump.gutter();
    let mut label = Some(hexdump.place().to_string());
    for row in hexdump.rows() {
        let Some(row) = row else {
            writeln!(dump, "{:>gutter$}", "...")?;
            continue;
        };
        write!(dump, "{:>gutter$}  ", row.offset())?;
        if let Some(marks) = row.marks() {
            let start = dump.len() + marks.start;
            labels.push(LabeledSpan::new(label.take(), start, marks.len()));
        }
        row.write_hex(dump)?;
        dump.push_str("  ");
        row.write_text(dump)?;
        dump.truncate(dump.trim_end().len());
        dump.push('\n');
    }
    if hexdump.is_off_boundary() {
        let bits = hexdump.bits();
        write!(dump, "{:>gutter$}  ", "bits")?;
        let start = dump.len();
        bits.write_digits(dump)?;
        dump.push('\n');
        for marks in bits.marks() {
            labels.push(LabeledSpan::new(None, start + marks.start, marks.len()));
        }
    }
    Ok(())
}

impl fmt::Display for Diagnosis {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.error.fmt(f)
    }
}

impl core::error::Error for Diagnosis {}

impl Diagnostic for Diagnosis {
    fn code<'a>(&'a self) -> Option<Box<dyn fmt::Display + 'a>> {
        let kind = alloc::format!("{:?}", self.error.kind());
        let name = kind.split(|c: char| !c.is_alphanumeric()).next()?;
        Some(Box::new(alloc::format!("pickler::{name}")))
    }

    fn help<'a>(&'a self) -> Option<Box<dyn fmt::Display + 'a>> {
        match self.error.kind() {
            ErrorKind::UnknownName { suggestions, .. } if suggestions.len() > 1 => {
                Some(Box::new(suggestions.join(", ")))
            }
            _ => None,
        }
    }

    fn source_code(&self) -> Option<&dyn SourceCode> {
        (!self.dump.is_empty()).then_some(&self.dump as &dyn SourceCode)
    }

    fn labels(&self) -> Option<Box<dyn Iterator<Item = LabeledSpan> + '_>> {
        Some(Box::new(self.labels.iter().cloned()))
    }
}
