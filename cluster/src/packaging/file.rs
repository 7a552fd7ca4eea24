//! The file that says what a release is: `FILE.toml`.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::{fs, io};

use serde::Deserialize;

/// What a release is to hold, as it was written.
///
/// ```
/// let file = cluster::packaging::ReleaseFile::parse(r#"
///     name = "night shift"
///
///     [[application]]
///     name = "players"
///     kind = "swarm"
///     modules = ["tight.luau"]
///     settings = { target = "tcp://127.0.0.1:19380", bots = 1000 }
/// "#)?;
/// assert_eq!(file.application[0].settings["bots"].to_string(), "1000");
/// # Ok::<(), cluster::packaging::FileError>(())
/// ```
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ReleaseFile {
    /// The release's name, for people.
    pub name: String,
    /// Its version; one more than the newest if it is not given.
    pub version: Option<u64>,
    /// How long it may be started, such as `30d`; 30 days if it is not given.
    pub expires: Option<String>,
    /// The program `node` that nodes are to run; whatever they run, if it is
    /// not given. Relative to the file.
    pub program: Option<PathBuf>,
    /// Variables that applications see.
    #[serde(default)]
    pub environment: BTreeMap<String, toml::Value>,
    /// What is run.
    #[serde(default)]
    pub application: Vec<ApplicationSection>,
}

/// An application, as it was written.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ApplicationSection {
    /// Its name.
    pub name: String,
    /// `swarm`, `poker-server` or `service`.
    pub kind: String,
    /// The groups whose nodes run it; all nodes if there are none.
    #[serde(default)]
    pub groups: Vec<String>,
    /// The files of its code, relative to the file.
    #[serde(default)]
    pub modules: Vec<PathBuf>,
    /// What it is told.
    #[serde(default)]
    pub settings: BTreeMap<String, toml::Value>,
    /// What is done when it fails.
    #[serde(default)]
    pub restart: Option<RestartSection>,
}

/// How often an application may fail.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RestartSection {
    /// How many restarts.
    pub intensity: u8,
    /// In how long, such as `60s`.
    pub period: String,
}

/// A release file that cannot be read.
#[derive(Debug, thiserror::Error)]
pub enum FileError {
    /// There is no such file, or it may not be read.
    #[error("cannot read {}: {source}", path.display())]
    Unreadable {
        /// Which.
        path: PathBuf,
        /// Why.
        source: io::Error,
    },
    /// It is no release file.
    #[error("{0}")]
    Syntax(#[from] toml::de::Error),
}

impl ReleaseFile {
    /// Reads a file.
    ///
    /// # Errors
    /// If it cannot be read, or is no release file; the text shows the line.
    pub fn read(path: &Path) -> Result<Self, FileError> {
        let text = fs::read_to_string(path).map_err(|source| FileError::Unreadable {
            path: path.to_owned(),
            source,
        })?;
        Self::parse(&text)
    }

    /// Reads a file's text.
    ///
    /// # Errors
    /// If it is no release file; the text shows the line.
    pub fn parse(text: &str) -> Result<Self, FileError> {
        Ok(toml::from_str(text)?)
    }
}
