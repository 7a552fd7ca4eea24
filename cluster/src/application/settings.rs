//! What applications can be told.

use std::net::SocketAddr;
use std::time::Duration;

use bots::script;
use cluster_protocol::{ApplicationKind, Variable};
use pickler::nearest;

/// What an application is told, of any kind.
#[derive(Clone, Debug, PartialEq)]
pub enum Settings {
    /// A swarm, or a service, which is a swarm of one.
    Swarm(SwarmSettings),
    /// A poker server.
    PokerServer(PokerServerSettings),
}

/// What a swarm is told.
#[derive(Clone, Debug, PartialEq)]
pub struct SwarmSettings {
    /// The server, `tcp://HOST:PORT`.
    pub target: String,
    /// The protocol that it speaks.
    pub protocol: String,
    /// How many bots on each node.
    pub bots: u32,
    /// The time over which they begin to connect.
    pub ramp: Duration,
    /// Where every random choice comes from.
    pub seed: u64,
    /// What think times are multiplied by.
    pub think: f64,
    /// After how long a bot that has ended begins anew; a service that has
    /// ended has failed.
    pub respawn: Option<Duration>,
}

/// What a poker server is told.
#[derive(Clone, Debug, PartialEq)]
pub struct PokerServerSettings {
    /// Where it listens.
    pub listen: SocketAddr,
    /// How many tables.
    pub tables: u32,
    /// Seats at each.
    pub seats: u8,
    /// Where shuffles come from.
    pub seed: u64,
    /// The pause between hands.
    pub hand_delay: Duration,
}

/// A setting that makes no sense.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum SettingError {
    /// There is none of that name.
    #[error("there is no setting `{name}`{}", meant(.known, .name))]
    Unknown {
        /// The name.
        name: String,
        /// Those that there are.
        known: &'static [&'static str],
    },
    /// It is not what is expected.
    #[error("the setting `{name}` is `{value}`; {expected} is expected")]
    Value {
        /// Which.
        name: &'static str,
        /// What it is.
        value: String,
        /// What it should be.
        expected: &'static str,
    },
    /// It must be given.
    #[error("the setting `{name}` is missing: {expected}")]
    Missing {
        /// Which.
        name: &'static str,
        /// What it should be.
        expected: &'static str,
    },
}

fn meant(known: &[&str], name: &str) -> String {
    match nearest(name, known.iter().copied()).first() {
        Some(meant) => format!("; did you mean `{meant}`?"),
        None => format!("; there are {}", known.join(", ")),
    }
}

const KINDS: [(&str, ApplicationKind); 3] = [
    ("swarm", ApplicationKind::Swarm),
    ("poker-server", ApplicationKind::PokerServer),
    ("service", ApplicationKind::Service),
];

/// The kind of that name.
///
/// # Errors
/// If there is none, in words.
pub fn kind(name: &str) -> Result<ApplicationKind, String> {
    let found = KINDS.iter().find(|(known, _)| *known == name);
    found.map(|(_, kind)| *kind).ok_or_else(|| {
        let known = KINDS.map(|(known, _)| known);
        match nearest(name, known).first() {
            Some(meant) => format!("there is no kind `{name}`; did you mean `{meant}`?"),
            None => format!("there is no kind `{name}`; there are {}", known.join(", ")),
        }
    })
}

/// The name of a kind.
pub fn kind_name(kind: ApplicationKind) -> &'static str {
    let found = KINDS.iter().find(|(_, known)| *known == kind);
    found.map_or("unknown", |(name, _)| name)
}

impl Settings {
    /// The settings of an application of that kind.
    ///
    /// # Errors
    /// If one makes no sense, or is missing.
    pub fn parse(kind: ApplicationKind, variables: &[Variable]) -> Result<Self, SettingError> {
        match kind {
            ApplicationKind::Swarm => Ok(Self::Swarm(SwarmSettings::parse(variables, &SWARM)?)),
            ApplicationKind::Service => {
                let settings = SwarmSettings::parse(variables, &SERVICE)?;
                Ok(Self::Swarm(SwarmSettings {
                    bots: 1,
                    ramp: Duration::ZERO,
                    respawn: None,
                    ..settings
                }))
            }
            ApplicationKind::PokerServer => {
                Ok(Self::PokerServer(PokerServerSettings::parse(variables)?))
            }
        }
    }

    /// The protocol that its scripts speak.
    pub fn protocol(&self) -> Option<&str> {
        match self {
            Self::Swarm(settings) => Some(&settings.protocol),
            Self::PokerServer(_) => None,
        }
    }
}

const SWARM: [&str; 7] = [
    "target", "protocol", "bots", "ramp", "seed", "think", "respawn",
];
const SERVICE: [&str; 4] = ["target", "protocol", "seed", "think"];
const POKER_SERVER: [&str; 5] = ["listen", "tables", "seats", "seed", "hand_delay"];

impl SwarmSettings {
    fn parse(variables: &[Variable], known: &'static [&'static str]) -> Result<Self, SettingError> {
        let given = Given::new(variables, known)?;
        let target = given.text("target").ok_or(SettingError::Missing {
            name: "target",
            expected: "the server to play at, tcp://HOST:PORT",
        })?;
        if !target.starts_with("tcp://") {
            return Err(SettingError::Value {
                name: "target",
                value: target.into(),
                expected: "tcp://HOST:PORT",
            });
        }
        Ok(Self {
            target: target.into(),
            protocol: given.text("protocol").unwrap_or("pokersource").into(),
            bots: given.or("bots", 1_000, "a number from 1 to 1000000", |text| {
                text.parse()
                    .ok()
                    .filter(|bots| (1..=1_000_000).contains(bots))
            })?,
            ramp: given.or("ramp", Duration::from_secs(5), "a time such as 5s", time)?,
            seed: given.or("seed", 1, "a whole number", |text| text.parse().ok())?,
            think: given.or("think", 0.1, "a number from 0 to 1000", |text| {
                text.parse()
                    .ok()
                    .filter(|factor| (0.0..=1_000.0).contains(factor))
            })?,
            respawn: Some(given.or(
                "respawn",
                Duration::from_secs(2),
                "a time such as 2s",
                time,
            )?),
        })
    }
}

impl PokerServerSettings {
    fn parse(variables: &[Variable]) -> Result<Self, SettingError> {
        let given = Given::new(variables, &POKER_SERVER)?;
        let expected = "an address to listen at, such as 127.0.0.1:19380";
        let listen = given.text("listen").ok_or(SettingError::Missing {
            name: "listen",
            expected,
        })?;
        let Ok(listen) = listen.parse() else {
            return Err(SettingError::Value {
                name: "listen",
                value: listen.into(),
                expected,
            });
        };
        Ok(Self {
            listen,
            tables: given.or("tables", 100, "a number from 1 to 20000", |text| {
                text.parse()
                    .ok()
                    .filter(|tables| (1..=20_000).contains(tables))
            })?,
            seats: given.or("seats", 6, "a number from 2 to 10", |text| {
                text.parse().ok().filter(|seats| (2..=10).contains(seats))
            })?,
            seed: given.or("seed", 0, "a whole number", |text| text.parse().ok())?,
            hand_delay: given.or(
                "hand_delay",
                Duration::from_millis(200),
                "a time such as 2s",
                time,
            )?,
        })
    }
}

fn time(text: &str) -> Option<Duration> {
    script::duration(text).ok()
}

/// The settings that were given.
struct Given<'a>(&'a [Variable]);

impl<'a> Given<'a> {
    fn new(
        variables: &'a [Variable],
        known: &'static [&'static str],
    ) -> Result<Self, SettingError> {
        let stranger = variables
            .iter()
            .find(|variable| !known.contains(&&*variable.name.0));
        match stranger {
            None => Ok(Self(variables)),
            Some(variable) => Err(SettingError::Unknown {
                name: variable.name.0.clone(),
                known,
            }),
        }
    }

    fn text(&self, name: &str) -> Option<&'a str> {
        let found = self.0.iter().find(|variable| variable.name == *name);
        found.map(|variable| &*variable.value.0)
    }

    fn or<T>(
        &self,
        name: &'static str,
        otherwise: T,
        expected: &'static str,
        read: impl FnOnce(&str) -> Option<T>,
    ) -> Result<T, SettingError> {
        let Some(text) = self.text(name) else {
            return Ok(otherwise);
        };
        read(text).ok_or_else(|| SettingError::Value {
            name,
            value: text.into(),
            expected,
        })
    }
}
