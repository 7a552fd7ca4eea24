//! How often members look after each other.

use std::time::Duration;

/// How often members look after each other. How long a suspect has to refute,
/// and how often news is passed on, follow from how many there are.
#[derive(Clone, Debug)]
pub struct Config {
    /// Each so often one member is asked whether it is there.
    pub probe_every: Duration,
    /// So long its answer may take before others are asked to ask it; less than
    /// half of `probe_every`, since they need time too.
    pub probe_timeout: Duration,
    /// Each so often news is sent to three members.
    pub gossip_every: Duration,
    /// Each so often, a fifth more or less, all that is known is exchanged with
    /// one member over TCP. `None`: only to join.
    pub exchange_every: Option<Duration>,
    /// A node that knows of nobody alive tries each so often to find somebody.
    pub join_every: Duration,
    /// A member that is gone is forgotten after this.
    pub forget_after: Duration,
    /// Not more members than these are kept, those that are gone included.
    pub max_members: usize,
}

impl Default for Config {
    /// For a local network.
    fn default() -> Self {
        Self {
            probe_every: Duration::from_secs(1),
            probe_timeout: Duration::from_millis(400),
            gossip_every: Duration::from_millis(200),
            exchange_every: Some(Duration::from_secs(10)),
            join_every: Duration::from_secs(2),
            forget_after: Duration::from_secs(3600),
            max_members: 10_000,
        }
    }
}
