//! `pickler diff`: what two versions do with each other's bytes.

use anyhow::Result;

use crate::arguments::Diff;
use crate::output::Output;
use crate::protocols::Protocol;
use crate::report::Outcome;

/// Shows the report; the outcome is its verdict.
pub fn run(arguments: &Diff, output: &mut Output) -> Result<Outcome> {
    let old = Protocol::named(&arguments.old)?;
    let new = Protocol::named(&arguments.new)?;
    let report = pickler_diff::diff(&old.described, &new.described);
    if arguments.json {
        output.line(&report.to_json().to_string())?;
    } else if arguments.markdown {
        output.text(&report.to_markdown())?;
    } else {
        output.line(report.to_string().trim_end())?;
    }
    Ok(if report.is_compatible() {
        Outcome::Done
    } else {
        Outcome::DoesNotHold
    })
}
