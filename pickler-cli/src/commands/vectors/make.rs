//! `pickler vectors make`: conformance vectors from a description.

use anyhow::Result;

use crate::arguments::VectorsMake;
use crate::output::Output;
use crate::protocols::Protocol;
use crate::report::{Outcome, Report};

/// Prints vectors, one a line; tells of messages that have none.
pub fn run(arguments: &VectorsMake, output: &mut Output, report: &mut Report) -> Result<Outcome> {
    let protocol = Protocol::named(&arguments.protocol.protocol)?;
    let random = arguments.random.into();
    for line in lines(&protocol, arguments.seed, random, report) {
        output.line(&line)?;
    }
    Ok(Outcome::Done)
}

/// Vectors of a protocol, each as a line; what has none is reported.
pub fn lines(protocol: &Protocol, seed: u64, random: usize, report: &mut Report) -> Vec<String> {
    let vectors = pickler_faces::vectors(&protocol.described, seed, random);
    for missing in vectors.missing {
        report.error(&missing.into());
    }
    let lines = vectors
        .made
        .iter()
        .map(|vector| vector.to_json().to_string());
    lines.collect()
}
