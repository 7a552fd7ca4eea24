//! `pickler fmt`: specs in the usual style.

use std::fs;
use std::path::Path;

use anyhow::{Context, Result};

use crate::arguments::Fmt;
use crate::output::Output;
use crate::report::{Outcome, Report};

/// Formats each file; what is wrong with one is reported.
pub fn run(arguments: &Fmt, output: &mut Output, report: &mut Report) -> Result<Outcome> {
    let mut outcome = Outcome::Done;
    for file in &arguments.files {
        match format(file, arguments.check) {
            Ok(false) => {}
            Ok(true) if arguments.check => {
                output.line(&format!("{} is not formatted", file.display()))?;
                outcome = Outcome::DoesNotHold;
            }
            Ok(true) => output.line(&format!("formatted {}", file.display()))?,
            Err(error) => {
                report.error(&error);
                continue;
            }
        }
        if let Err(error) = pickler_spec::load(file) {
            report.error(&error.into());
        }
    }
    Ok(outcome)
}

/// Whether a file was, or with `check` is, to be changed.
fn format(file: &Path, check: bool) -> Result<bool> {
    let (formatted, source) = pickler_spec::format_file(file)?;
    let changes = formatted != source;
    if changes && !check {
        let written = fs::write(file, formatted);
        written.with_context(|| format!("cannot write {}", file.display()))?;
    }
    Ok(changes)
}
