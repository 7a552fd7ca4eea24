//! Scenarios, and what is said of a seed in which one fails.

use std::fmt;
use std::str::FromStr;
use std::time::Duration;

use super::{Trace, cluster, membership};

/// What is tried.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Scenario {
    /// Nodes find out who is there, and who is not.
    Membership,
    /// A boot server and its nodes change from one release to the next.
    Cluster,
}

impl Scenario {
    /// All.
    pub const ALL: [Self; 2] = [Self::Membership, Self::Cluster];

    /// Its name.
    pub fn name(self) -> &'static str {
        match self {
            Self::Membership => "membership",
            Self::Cluster => "cluster",
        }
    }
}

impl fmt::Display for Scenario {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

impl FromStr for Scenario {
    type Err = String;

    fn from_str(name: &str) -> Result<Self, String> {
        let names = || Self::ALL.map(Self::name).join(", ");
        Self::ALL
            .into_iter()
            .find(|scenario| scenario.name() == name)
            .ok_or_else(|| format!("there is no scenario `{name}`; there are: {}", names()))
    }
}

/// What came of a run in which all properties hold.
#[derive(Clone, Debug)]
pub struct Summary {
    /// What happened.
    pub trace: Trace,
    /// How long it was, for those in it.
    pub time: Duration,
}

/// A property that does not hold.
#[derive(Clone, Debug)]
pub struct Failure {
    /// In which scenario.
    pub scenario: Scenario,
    /// With which seed.
    pub seed: u64,
    /// When.
    pub at: Duration,
    /// What should hold, and what is the case instead.
    pub property: String,
    /// What happened.
    pub trace: Trace,
}

impl Failure {
    /// The command that shows it again.
    pub fn command(&self) -> String {
        format!(
            "cargo run -p cluster --example simulate -- --scenario {} --seed {} --trace",
            self.scenario, self.seed
        )
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (scenario, seed) = (self.scenario, self.seed);
        let at = self.at.as_secs_f64();
        writeln!(
            f,
            "{scenario}, seed {seed}, at {at:.3} s: {}",
            self.property
        )?;
        write!(f, "to see it again: {}", self.command())
    }
}

impl std::error::Error for Failure {}

/// Tries a scenario with a seed; `readable`: with a trace to read.
///
/// # Errors
/// If a property does not hold.
pub fn check(scenario: Scenario, seed: u64, readable: bool) -> Result<Summary, Box<Failure>> {
    match scenario {
        Scenario::Membership => membership::check(&membership::Setup::default(), seed, readable),
        Scenario::Cluster => cluster::check(&cluster::Setup::default(), seed, readable),
    }
}
