//! `pickler vectors make`: conformance vectors from a description.

use anyhow::{Context, Result};

use crate::arguments::VectorsMake;
use crate::output::Output;
use crate::protocols::Protocol;
use crate::report::Outcome;

/// Prints vectors, one a line.
pub fn run(arguments: &VectorsMake, output: &mut Output) -> Result<Outcome> {
    let protocol = Protocol::named(&arguments.protocol.protocol)?;
    for line in lines(&protocol, arguments.seed, arguments.random.into())? {
        output.line(&line)?;
    }
    Ok(Outcome::Done)
}

/// Vectors of a protocol, each as a line.
pub fn lines(protocol: &Protocol, seed: u64, random: usize) -> Result<Vec<String>> {
    let vectors = pickler_faces::vectors(&protocol.described, seed, random);
    let vectors = vectors.with_context(|| format!("`{}` has no vectors", protocol.name()))?;
    let lines = vectors.iter().map(|vector| vector.to_json().to_string());
    Ok(lines.collect())
}
