//! `pickler completions`: what completes arguments in a shell.

use anyhow::Result;
use clap::CommandFactory;

use crate::arguments::{Arguments, Completions};
use crate::output::Output;
use crate::report::Outcome;

/// Prints the script for a shell.
pub fn run(arguments: &Completions, output: &mut Output) -> Result<Outcome> {
    let mut script = Vec::new();
    clap_complete::generate(
        arguments.shell,
        &mut Arguments::command(),
        "pickler",
        &mut script,
    );
    output.text(&String::from_utf8(script)?)?;
    Ok(Outcome::Done)
}
