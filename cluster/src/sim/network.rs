//! The network: how long things take, what is lost, and who cannot reach whom.

use std::collections::BTreeMap;
use std::time::Duration;

use super::{Place, Random};

/// How the network fares.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Conditions {
    /// The least time that anything takes.
    pub delay: Duration,
    /// How much longer it may take, so that datagrams overtake each other.
    pub jitter: Duration,
    /// How many of a thousand take ten times as long.
    pub slow: u32,
    /// How many of a thousand datagrams are lost.
    pub loss: u32,
    /// How many of a thousand datagrams arrive twice.
    pub duplicates: u32,
}

impl Default for Conditions {
    /// A local network on a good day.
    fn default() -> Self {
        Self {
            delay: Duration::from_micros(200),
            jitter: Duration::from_millis(1),
            slow: 1,
            loss: 0,
            duplicates: 0,
        }
    }
}

impl Conditions {
    /// Anything between a good day and a bad one.
    pub fn random(random: &mut Random) -> Self {
        let millis = Duration::from_millis;
        Self {
            delay: random.time(Duration::from_micros(50), millis(60)),
            jitter: random.time(Duration::ZERO, millis(150)),
            slow: random.up_to(30),
            loss: random.up_to(250),
            duplicates: random.up_to(100),
        }
    }
}

/// Some that cannot reach some others.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(super) struct Cut {
    pub from: Vec<Place>,
    pub to: Vec<Place>,
}

/// How long a broken link goes unnoticed by a side that waits for an answer.
const PATIENCE: Duration = Duration::from_secs(20);

/// The network between the nodes of a world.
#[derive(Default)]
pub struct Network {
    /// How it fares.
    pub conditions: Conditions,
    cuts: BTreeMap<u32, Cut>,
}

impl Network {
    /// Whether what is sent from here arrives there.
    pub fn reaches(&self, from: Place, to: Place) -> bool {
        !self
            .cuts
            .values()
            .any(|cut| cut.from.contains(&from) && cut.to.contains(&to))
    }

    pub(super) fn cut(&mut self, number: u32, cut: Cut) {
        self.cuts.insert(number, cut);
    }

    pub(super) fn heal(&mut self, number: u32) {
        self.cuts.remove(&number);
    }

    /// After how long each copy of a datagram arrives; none if it is lost.
    pub(super) fn datagram(&self, from: Place, to: Place, random: &mut Random) -> Vec<Duration> {
        if !self.reaches(from, to) || random.chance(self.conditions.loss) {
            return Vec::new();
        }
        let copies = 1 + usize::from(random.chance(self.conditions.duplicates));
        (0..copies).map(|_| self.delay(random)).collect()
    }

    /// After how long what is written to a link arrives: what is lost is sent
    /// again.
    pub(super) fn written(&self, random: &mut Random) -> Duration {
        let mut after = self.delay(random);
        let mut wait = Duration::from_millis(200);
        while wait < Duration::from_secs(5) && random.chance(self.conditions.loss) {
            after += wait;
            wait *= 2;
        }
        after
    }

    /// How long a side waits for a sign of life before it gives a link up.
    pub(super) fn patience(random: &mut Random) -> Duration {
        random.time(PATIENCE / 2, PATIENCE)
    }

    fn delay(&self, random: &mut Random) -> Duration {
        let delay = self.conditions.delay + random.time(Duration::ZERO, self.conditions.jitter);
        if random.chance(self.conditions.slow) {
            delay * 10
        } else {
            delay
        }
    }
}
