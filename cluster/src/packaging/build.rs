//! From a release file to a manifest and the modules that it lists.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};
use std::time::Duration;

use bots::script::{self, ScriptSource};
use cluster_protocol::{
    Application, ApplicationKind, ClusterId, Digest, Manifest, Module, Name, RestartPolicy,
    Variable,
};

use super::file::{ApplicationSection, ReleaseFile, RestartSection};
use crate::application::settings::{self, SettingError};
use crate::identity::{check_name, sha256};

/// How long a release may be started if its file does not say.
const EXPIRES: Duration = Duration::from_secs(30 * 86_400);

/// A release that is ready to be signed, and all that it lists.
#[derive(Clone, Debug)]
pub struct Package {
    /// What is signed.
    pub manifest: Manifest,
    /// The modules' bytes, by hash.
    pub modules: BTreeMap<Digest, Vec<u8>>,
}

/// A release that cannot be made.
#[derive(Debug, thiserror::Error)]
pub enum PackageError {
    /// A file that it lists cannot be read.
    #[error("cannot read {}: {source}", path.display())]
    Unreadable {
        /// Which.
        path: PathBuf,
        /// Why.
        source: std::io::Error,
    },
    /// A name is none: why, in words.
    #[error("`{name}` cannot be the name of {what}: {why}")]
    Name {
        /// The name.
        name: String,
        /// Of what.
        what: &'static str,
        /// Why not.
        why: &'static str,
    },
    /// An application cannot be as it is described.
    #[error("application `{application}`: {why}")]
    Application {
        /// Which.
        application: String,
        /// Why not.
        why: String,
    },
    /// A setting of an application makes no sense.
    #[error("application `{application}`: {error}")]
    Setting {
        /// Which.
        application: String,
        /// What is wrong.
        error: SettingError,
    },
    /// A script has mistakes.
    #[error("{} in scripts; mend {} first\n{}", count(.0.len(), "mistake"), if .0.len() == 1 { "it" } else { "them" }, .0.join("\n"))]
    Scripts(Vec<String>),
    /// A value of the file is none.
    #[error("{what}: {why}")]
    Value {
        /// Which.
        what: &'static str,
        /// Why not.
        why: String,
    },
}

fn count(count: usize, what: &str) -> String {
    format!("{count} {what}{}", if count == 1 { "" } else { "s" })
}

/// Makes version `version` of a release: reads what `file` lists, relative to
/// `folder`, and looks for mistakes in it. `wall` is now, in seconds since 1970.
///
/// # Errors
/// If something that it lists cannot be read, or would not run.
pub fn build(
    file: &ReleaseFile,
    folder: &Path,
    cluster: ClusterId,
    version: u64,
    wall: u64,
) -> Result<Package, PackageError> {
    let mut modules = BTreeMap::new();
    let lifetime = match &file.expires {
        None => EXPIRES,
        Some(text) => lifetime(text).map_err(|why| PackageError::Value {
            what: "expires",
            why,
        })?,
    };
    let program = match &file.program {
        None => Vec::new(),
        Some(path) => {
            let bytes = read(&folder.join(path))?;
            vec![add(&mut modules, "node", None, bytes)]
        }
    };
    let mut seen = BTreeSet::new();
    let mut applications = Vec::new();
    for section in &file.application {
        if !seen.insert(&section.name) {
            return Err(section.wrong("there are two of that name"));
        }
        applications.push(application(section, folder, &mut modules)?);
    }
    Ok(Package {
        manifest: Manifest {
            cluster,
            name: name(&file.name, "a release", free_name)?,
            version,
            created: wall,
            expires: wall + lifetime.as_secs(),
            program,
            environment: variables(&file.environment, "a variable")?,
            applications,
        },
        modules,
    })
}

impl ApplicationSection {
    fn wrong(&self, why: impl Into<String>) -> PackageError {
        PackageError::Application {
            application: self.name.clone(),
            why: why.into(),
        }
    }
}

fn application(
    section: &ApplicationSection,
    folder: &Path,
    modules: &mut BTreeMap<Digest, Vec<u8>>,
) -> Result<Application, PackageError> {
    let kind = settings::kind(&section.kind).map_err(|why| section.wrong(why))?;
    let mut listed = Vec::new();
    let mut sources = Vec::new();
    for path in &section.modules {
        let path = folder.join(path);
        let Some(file) = path.file_name().and_then(|file| file.to_str()) else {
            return Err(section.wrong(format!("{} is no file", path.display())));
        };
        if sources
            .iter()
            .any(|known: &ScriptSource| known.file == file)
        {
            return Err(section.wrong(format!("two modules are called {file}")));
        }
        let bytes = read(&path)?;
        let text = String::from_utf8(bytes)
            .map_err(|_| section.wrong(format!("{} is no text", path.display())))?;
        let source = ScriptSource {
            file: file.to_owned(),
            text,
            weight: 1,
        };
        let version = source.version();
        listed.push(add(
            modules,
            file,
            Some(&version),
            source.text.clone().into_bytes(),
        ));
        sources.push(source);
    }
    let settings = variables(&section.settings, "a setting")?;
    let checked =
        settings::Settings::parse(kind, &settings).map_err(|error| PackageError::Setting {
            application: section.name.clone(),
            error,
        })?;
    match kind {
        ApplicationKind::PokerServer if !sources.is_empty() => {
            return Err(section.wrong("a poker server has no modules"));
        }
        ApplicationKind::Swarm | ApplicationKind::Service if sources.is_empty() => {
            return Err(section.wrong("it has no modules: name the scripts that it runs"));
        }
        ApplicationKind::Service if sources.len() > 1 => {
            return Err(section.wrong("a service runs one script; several make a swarm"));
        }
        _ => {}
    }
    if let Some(protocol) = checked.protocol() {
        let protocol = crate::application::protocol(protocol).map_err(|why| section.wrong(why))?;
        let mistakes: Vec<String> = sources
            .iter()
            .flat_map(|source| script::check(&source.text, &source.file, &protocol))
            .map(|finding| finding.to_string())
            .collect();
        if !mistakes.is_empty() {
            return Err(PackageError::Scripts(mistakes));
        }
    }
    let groups = section.groups.iter();
    Ok(Application {
        name: name(&section.name, "an application", plain_name)?,
        kind,
        groups: groups
            .map(|group| name(group, "a group", plain_name))
            .collect::<Result<_, _>>()?,
        modules: listed,
        settings,
        restart: restart(section)?,
    })
}

fn restart(section: &ApplicationSection) -> Result<RestartPolicy, PackageError> {
    let Some(RestartSection { intensity, period }) = &section.restart else {
        return Ok(RestartPolicy::default());
    };
    let period = script::duration(period).map_err(|why| section.wrong(why))?;
    match u16::try_from(period.as_secs()) {
        Ok(period) if period > 0 => Ok(RestartPolicy {
            intensity: *intensity,
            period,
        }),
        _ => Err(section.wrong("the period of `restart` is from 1s to 65535s")),
    }
}

fn read(path: &Path) -> Result<Vec<u8>, PackageError> {
    fs::read(path).map_err(|source| PackageError::Unreadable {
        path: path.to_owned(),
        source,
    })
}

fn add(
    modules: &mut BTreeMap<Digest, Vec<u8>>,
    name: &str,
    version: Option<&str>,
    bytes: Vec<u8>,
) -> Module {
    let hash = sha256(&bytes);
    let module = Module {
        name: name.into(),
        version: version
            .map_or_else(|| format!("{hash:.12}"), str::to_owned)
            .into(),
        hash,
        size: bytes.len() as u64,
    };
    modules.insert(hash, bytes);
    module
}

/// A length of time, in days too.
fn lifetime(text: &str) -> Result<Duration, String> {
    if let Some(days) = text.trim().strip_suffix('d')
        && let Ok(days) = days.trim().parse::<u32>()
    {
        return Ok(Duration::from_secs(u64::from(days) * 86_400));
    }
    script::duration(text).map_err(|why| format!("{why}, or \"30d\""))
}

fn variables(
    values: &BTreeMap<String, toml::Value>,
    what: &'static str,
) -> Result<Vec<Variable>, PackageError> {
    values
        .iter()
        .map(|(key, value)| {
            let value = match value {
                toml::Value::String(text) => text.clone(),
                toml::Value::Array(_) | toml::Value::Table(_) => {
                    return Err(PackageError::Value {
                        what,
                        why: format!("`{key}` is a list; a text, a number or true is expected"),
                    });
                }
                other => other.to_string(),
            };
            if value.len() > usize::from(u16::MAX) {
                return Err(PackageError::Value {
                    what,
                    why: format!("`{key}` is longer than 65,535 bytes"),
                });
            }
            Ok(Variable {
                name: name(key, what, plain_name)?,
                value: value.into(),
            })
        })
        .collect()
}

fn name(
    text: &str,
    what: &'static str,
    rule: fn(&str) -> Result<(), &'static str>,
) -> Result<Name, PackageError> {
    match rule(text) {
        Ok(()) => Ok(text.into()),
        Err(why) => Err(PackageError::Name {
            name: text.into(),
            what,
            why,
        }),
    }
}

/// A name that is written on command lines.
fn plain_name(text: &str) -> Result<(), &'static str> {
    check_name(text)
        .map_err(|_| "1 to 63 of A-Z a-z 0-9 . _ - are expected, the first a letter or digit")
}

fn free_name(text: &str) -> Result<(), &'static str> {
    if text.is_empty() || text.len() > 255 || text.chars().any(char::is_control) {
        return Err("1 to 255 bytes of text in one line are expected");
    }
    Ok(())
}
