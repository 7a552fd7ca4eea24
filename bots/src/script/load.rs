//! Scripts by the names that people give them.

use std::path::{Path, PathBuf};
use std::{fs, io};

use pickler::nearest;

use super::ScriptSource;
use super::scripts::shipped;

/// A script that is not there.
#[derive(Debug, thiserror::Error)]
pub enum FindError {
    /// There is no such file, and no shipped script of that name.
    #[error("there is no script {name}{}", meant(name))]
    Unknown {
        /// What was asked for.
        name: String,
    },
    /// The file cannot be read.
    #[error("cannot read the script {name}: {source}")]
    Unreadable {
        /// Which.
        name: String,
        /// Why.
        source: io::Error,
    },
}

fn meant(name: &str) -> String {
    let shipped = shipped();
    let stems: Vec<&str> = shipped.iter().map(|script| stem(&script.file)).collect();
    match nearest(stem(name), stems.iter().copied()).first() {
        Some(meant) => format!("; did you mean {meant}?"),
        None => format!("; it is neither a file nor one of {}", stems.join(", ")),
    }
}

fn stem(file: &str) -> &str {
    file.strip_suffix(".luau").unwrap_or(file)
}

/// The scripts at these paths, with equal weights. A path where no file is may
/// be the name of a shipped script; without any path, all shipped scripts.
///
/// ```
/// let scripts = bots::script::load(&["tight".into()])?;
/// assert_eq!(scripts[0].file, "tight.luau");
/// # Ok::<(), bots::script::FindError>(())
/// ```
///
/// # Errors
/// If one of them is not there.
pub fn load(paths: &[PathBuf]) -> Result<Vec<ScriptSource>, FindError> {
    if paths.is_empty() {
        return Ok(shipped());
    }
    paths.iter().map(|path| load_one(path)).collect()
}

fn load_one(path: &Path) -> Result<ScriptSource, FindError> {
    let name = path.display().to_string();
    if !path.exists() {
        let found = shipped().into_iter();
        return found
            .map(|script| ScriptSource {
                weight: 1,
                ..script
            })
            .find(|script| stem(&script.file) == stem(&name))
            .ok_or(FindError::Unknown { name });
    }
    match fs::read_to_string(path) {
        Ok(text) => Ok(ScriptSource {
            file: name,
            text,
            weight: 1,
        }),
        Err(source) => Err(FindError::Unreadable { name, source }),
    }
}
