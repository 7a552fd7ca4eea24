//! `pickler export`: a protocol's other faces.

use anyhow::{Context, Result};

use super::vectors::make;
use crate::arguments::{Export, Format};
use crate::output::Output;
use crate::protocols::Protocol;
use crate::report::{Outcome, Report};

/// Shows, or writes to a file, a face of a protocol.
pub fn run(arguments: &Export, output: &mut Output, report: &mut Report) -> Result<Outcome> {
    let protocol = Protocol::named(&arguments.protocol.protocol)?;
    let face = face(&protocol, arguments.format, report)?;
    match &arguments.output {
        None => output.text(&face)?,
        Some(path) => std::fs::write(path, face)
            .with_context(|| format!("cannot write {}", path.display()))?,
    }
    Ok(Outcome::Done)
}

/// A face of a protocol, as text that ends with a line's end.
fn face(protocol: &Protocol, format: Format, report: &mut Report) -> Result<String> {
    Ok(match format {
        Format::Spec => pickler_spec::print(&protocol.described),
        Format::Markdown => pickler_faces::markdown(&protocol.described),
        Format::Html => pickler_faces::html(&protocol.described),
        Format::Json => format!("{:#}\n", pickler_faces::json(&protocol.described)),
        Format::Wireshark => pickler_faces::wireshark(&protocol.described)?,
        Format::Ksy => pickler_faces::kaitai(&protocol.described)?,
        Format::Rust => pickler_codegen::rust(&protocol.described)?,
        Format::Vectors => {
            let lines = make::lines(protocol, 0, 3, report);
            lines
                .iter()
                .flat_map(|line| [line.as_str(), "\n"])
                .collect()
        }
    })
}
