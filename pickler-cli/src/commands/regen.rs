//! `pickler regen`: what is generated in the repository of this project.

use std::fs;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};
use similar::TextDiff;

use crate::arguments::Regen;
use crate::output::Output;
use crate::protocols::BUILT_IN;
use crate::report::Outcome;

/// Where specs are, from the root of the repository.
const SPECS: &str = "protocols/spec";
/// Where documents are.
const DOCUMENTS: &str = "docs/protocols";

/// Writes what is generated, or tells what is stale.
pub fn run(arguments: &Regen, output: &mut Output) -> Result<Outcome> {
    let root = match &arguments.root {
        Some(root) => root.clone(),
        None => repository(&std::env::current_dir().context("there is no current folder")?)?,
    };
    if !root.join(SPECS).is_dir() {
        bail!("{}: has no folder `{SPECS}`", root.display());
    }
    let mut outcome = Outcome::Done;
    for (path, text) in generated() {
        let there = there(&root.join(&path))?;
        if there.as_deref() == Some(&*text) {
            continue;
        }
        let shown = path.display();
        if arguments.check {
            output.text(&difference(&path, &there.unwrap_or_default(), &text))?;
            outcome = Outcome::DoesNotHold;
        } else {
            let path = root.join(&path);
            if let Some(folder) = path.parent() {
                let made = fs::create_dir_all(folder);
                made.with_context(|| format!("cannot make {}", folder.display()))?;
            }
            fs::write(&path, text).with_context(|| format!("cannot write {shown}"))?;
            output.line(&format!("wrote {shown}"))?;
        }
    }
    if outcome == Outcome::DoesNotHold {
        output.line("stale: `pickler regen` writes them anew")?;
    }
    Ok(outcome)
}

/// All that is generated: where it is in the repository, and what is in it.
fn generated() -> Vec<(PathBuf, String)> {
    let mut files = Vec::new();
    for built_in in BUILT_IN {
        let protocol = built_in.load();
        let name = protocol.name();
        let spec = Path::new(SPECS).join(format!("{name}.{}", pickler_spec::EXTENSION));
        files.push((spec, pickler_spec::print(&protocol.described)));
        let document = Path::new(DOCUMENTS).join(format!("{name}.md"));
        files.push((document, pickler_faces::markdown(&protocol.described)));
    }
    let report = pickler_diff::diff(pokersource::protocol(), pokersource3::protocol());
    let path = Path::new(DOCUMENTS).join("pokersource_2_to_3.md");
    files.push((path, report.to_markdown()));
    files
}

/// The repository that a folder is in: the nearest above that has specs.
fn repository(from: &Path) -> Result<PathBuf> {
    let above = from.ancestors().find(|folder| folder.join(SPECS).is_dir());
    match above {
        Some(root) => Ok(root.into()),
        None => bail!(
            "no folder above {} has `{SPECS}`; name the repository by `--root`",
            from.display()
        ),
    }
}

/// What is in a file, if there is one.
fn there(path: &Path) -> Result<Option<String>> {
    match fs::read_to_string(path) {
        Ok(text) => Ok(Some(text)),
        Err(error) if error.kind() == ErrorKind::NotFound => Ok(None),
        Err(error) => Err(error).with_context(|| format!("cannot read {}", path.display())),
    }
}

/// What is to be changed in a file, as a patch says it.
fn difference(path: &Path, there: &str, wanted: &str) -> String {
    let shown = path.display().to_string();
    TextDiff::from_lines(there, wanted)
        .unified_diff()
        .header(&format!("a/{shown}"), &format!("b/{shown}"))
        .to_string()
}
