//! Releases and runs that have been checked: whoever holds one may act on it.

use std::collections::HashSet;

use cluster_protocol::{
    Application, ApplicationKind, ClusterId, Digest, Manifest, Module, Name, Refusal, Refused,
    RunOrder, Signed,
};
use thiserror::Error;

use super::{applies_to, limits};

/// Why a release, a leave to go back, a run or a charter does not hold.
#[derive(Error, Clone, Debug, PartialEq, Eq)]
pub enum ReleaseError {
    /// Nobody of weight has signed it.
    #[error("the signature does not hold: {0}")]
    Signature(String),
    /// The signature is on something else.
    #[error("what was signed is no {0}")]
    OtherStatement(&'static str),
    /// It is for another cluster.
    #[error("it is for another cluster, {0:.8}")]
    OtherCluster(ClusterId),
    /// Its time is over.
    #[error("the {what} has expired at {at} s since 1970; sign a new one")]
    Expired {
        /// What.
        what: &'static str,
        /// When, in seconds since 1970.
        at: u64,
    },
    /// It is older than what is in force.
    #[error("release {to} is older than release {from}; going back takes a signed leave")]
    Stale {
        /// The version in force.
        from: u64,
        /// The older version.
        to: u64,
    },
    /// Its content makes no sense, or is too much.
    #[error("{0}")]
    Invalid(String),
}

impl ReleaseError {
    /// As a peer is told.
    pub fn refusal(&self) -> Refused {
        let reason = match self {
            Self::Signature(_) | Self::OtherStatement(_) | Self::OtherCluster(_) => {
                Refusal::Signature
            }
            Self::Expired { .. } | Self::Stale { .. } => Refusal::Stale,
            Self::Invalid(_) => Refusal::Invalid,
        };
        Refused {
            reason,
            text: self.to_string().into(),
        }
    }
}

/// A release that has been checked: signed, of this cluster, within bounds,
/// with no name twice.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Release {
    signed: Signed,
    manifest: Manifest,
}

impl Release {
    pub(super) fn new(signed: Signed, manifest: Manifest) -> Result<Self, ReleaseError> {
        check_manifest(&manifest).map_err(ReleaseError::Invalid)?;
        Ok(Self { signed, manifest })
    }

    /// Its version: greater than 0.
    pub fn version(&self) -> u64 {
        self.manifest.version
    }

    /// What is in it.
    pub fn manifest(&self) -> &Manifest {
        &self.manifest
    }

    /// As it was signed.
    pub fn signed(&self) -> &Signed {
        &self.signed
    }

    /// The program, if the release has one.
    pub fn program(&self) -> Option<&Module> {
        self.manifest.program.first()
    }

    /// The applications that nodes of `groups` run.
    pub fn applications_for<'a>(
        &'a self,
        groups: &'a [Name],
    ) -> impl Iterator<Item = &'a Application> {
        self.manifest
            .applications
            .iter()
            .filter(move |application| applies_to(&application.groups, groups))
    }

    /// All modules, the program included.
    pub fn modules(&self) -> impl Iterator<Item = &Module> {
        let applications = self.manifest.applications.iter();
        let modules = applications.flat_map(|application| &application.modules);
        self.manifest.program.iter().chain(modules)
    }
}

fn check_manifest(manifest: &Manifest) -> Result<(), String> {
    if manifest.version == 0 {
        return Err("a release's version is at least 1".to_owned());
    }
    if manifest.applications.len() > limits::APPLICATIONS {
        let count = manifest.applications.len();
        return Err(format!(
            "{count} applications; a release has at most {}",
            limits::APPLICATIONS
        ));
    }
    if manifest.program.len() > 1 {
        return Err("a release has one program at most".to_owned());
    }
    if let Some(program) = manifest.program.first()
        && !(1..=limits::PROGRAM_SIZE).contains(&program.size)
    {
        return Err(format!("the program cannot have {} bytes", program.size));
    }
    let mut names = HashSet::new();
    let mut sizes = std::collections::HashMap::<Digest, u64>::new();
    let mut count = 0;
    let mut total = 0_u64;
    for application in &manifest.applications {
        let name = &application.name;
        if name.is_empty() {
            return Err("an application has no name".to_owned());
        }
        if !names.insert(name) {
            return Err(format!("two applications are named {name}"));
        }
        count += application.modules.len();
        if count > limits::MODULES {
            return Err(format!("a release has at most {} modules", limits::MODULES));
        }
        if application.kind != ApplicationKind::PokerServer && application.modules.is_empty() {
            return Err(format!("the application {name} has no module to run"));
        }
        check_modules(&application.modules).map_err(|why| format!("application {name}: {why}"))?;
        for module in &application.modules {
            match sizes.insert(module.hash, module.size) {
                None => total = total.saturating_add(module.size),
                Some(size) if size != module.size => {
                    return Err(format!("the module {} has two sizes", module.name));
                }
                Some(_) => {}
            }
        }
    }
    if total > limits::RELEASE_SIZE {
        return Err(format!(
            "its modules have {total} bytes; a release has at most {}",
            limits::RELEASE_SIZE
        ));
    }
    Ok(())
}

fn check_modules<'a>(modules: impl IntoIterator<Item = &'a Module>) -> Result<(), String> {
    let mut names = HashSet::new();
    for module in modules {
        let name = &module.name;
        if name.is_empty() {
            return Err("a module has no name".to_owned());
        }
        if !names.insert(name) {
            return Err(format!("two modules are named {name}"));
        }
        if module.size > limits::MODULE_SIZE {
            return Err(format!(
                "the module {name} cannot have {} bytes",
                module.size
            ));
        }
    }
    Ok(())
}

/// A run that has been checked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Run {
    signed: Signed,
    order: RunOrder,
}

impl Run {
    pub(super) fn new(signed: Signed, order: RunOrder) -> Result<Self, ReleaseError> {
        let invalid = |why: &str| Err(ReleaseError::Invalid(why.to_owned()));
        if order.scripts.is_empty() {
            return invalid("the run has no script");
        }
        if order.scripts.len() > limits::MODULES {
            return invalid("the run has too many scripts");
        }
        if order.bots == 0 || order.bots > limits::RUN_BOTS {
            return invalid("a run has between one bot and ten million");
        }
        if order.scripts.iter().all(|script| script.weight == 0) {
            return invalid("no script of the run has any weight");
        }
        let scripts = order.scripts.iter().map(|script| &script.module);
        check_modules(scripts.clone()).map_err(ReleaseError::Invalid)?;
        if scripts.map(|script| script.size).sum::<u64>() > limits::RELEASE_SIZE {
            return invalid("the run's scripts are too large");
        }
        Ok(Self { signed, order })
    }

    /// What was ordered.
    pub fn order(&self) -> &RunOrder {
        &self.order
    }

    /// As it was signed.
    pub fn signed(&self) -> &Signed {
        &self.signed
    }

    /// Its scripts.
    pub fn modules(&self) -> impl Iterator<Item = &Module> {
        self.order.scripts.iter().map(|script| &script.module)
    }
}
