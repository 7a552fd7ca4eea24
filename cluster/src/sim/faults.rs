//! What breaks, and when it heals.

use std::fmt;
use std::time::Duration;

use super::{Conditions, Place, Random};

/// Something that breaks, or heals.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Fault {
    /// A process ends; its links are closed by its system. `silent`: the
    /// machine that it runs on has lost its power, so nothing is closed.
    Crash {
        /// Which.
        place: Place,
        /// Whether nobody is told.
        silent: bool,
    },
    /// A process is started, if it does not run.
    Start(Place),
    /// A process is stopped, as by SIGSTOP.
    Pause(Place),
    /// It goes on.
    Resume(Place),
    /// What `from` send to `to` is lost.
    Cut {
        /// Its number, to heal it by.
        number: u32,
        /// Who is not heard.
        from: Vec<Place>,
        /// Who does not hear.
        to: Vec<Place>,
    },
    /// A cut heals.
    Heal(u32),
    /// The network fares differently.
    Weather(Conditions),
    /// All links of a node break.
    ResetLinks(Place),
    /// A clock is set, and runs differently.
    SetClock {
        /// Whose.
        place: Place,
        /// How many milliseconds it is ahead from now on.
        ahead: i64,
        /// How much too fast it runs, in millionths.
        drift: i32,
    },
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Crash { place, silent } => {
                let how = if *silent {
                    "loses its power"
                } else {
                    "crashes"
                };
                write!(f, "{place} {how}")
            }
            Self::Start(place) => write!(f, "{place} is started"),
            Self::Pause(place) => write!(f, "{place} is stopped"),
            Self::Resume(place) => write!(f, "{place} goes on"),
            Self::Cut { number, from, to } => {
                let numbers = |places: &[Place]| places.iter().map(|it| it.0).collect::<Vec<_>>();
                let (from, to) = (numbers(from), numbers(to));
                write!(f, "cut {number}: {from:?} no longer reach {to:?}")
            }
            Self::Heal(number) => write!(f, "cut {number} heals"),
            Self::Weather(conditions) => write!(f, "{conditions:?}"),
            Self::ResetLinks(place) => write!(f, "all links of {place} break"),
            Self::SetClock {
                place,
                ahead,
                drift,
            } => write!(
                f,
                "the clock of {place} is {ahead} ms ahead and {drift} ppm fast"
            ),
        }
    }
}

/// Which faults there may be.
#[derive(Clone, Debug)]
pub struct Faults {
    /// How many nodes there are.
    pub nodes: usize,
    /// When the first may come.
    pub from: Duration,
    /// When the last has healed.
    pub until: Duration,
    /// How many there are, at the most.
    pub count: usize,
    /// Nodes that do not crash for good.
    pub spared: Vec<Place>,
    /// How far clocks may be off.
    pub skew: Duration,
}

impl Faults {
    /// Some faults by chance, in the order of time. At `until` all have healed,
    /// but those nodes that crash for good: at most a third.
    pub fn random(&self, random: &mut Random) -> Vec<(Duration, Fault)> {
        let mut plan = Vec::new();
        for place in (0..self.nodes).map(Place) {
            if random.chance(300) {
                plan.push((self.from, self.clock(place, random)));
            }
        }
        let count = random.below(self.count + 1);
        for number in 0..count {
            let (begin, end) = self.period(random);
            let number = u32::try_from(number).expect("there are few");
            self.one(number, begin, end, random, &mut plan);
        }
        plan.push((self.until, Fault::Weather(Conditions::default())));
        for place in (0..self.nodes).map(Place) {
            plan.push((self.until, Fault::Resume(place)));
            plan.push((self.until, Fault::Start(place)));
        }
        let mortal: Vec<Place> = (0..self.nodes)
            .map(Place)
            .filter(|place| !self.spared.contains(place))
            .collect();
        let deaths = random.below(self.nodes / 3 + 1).min(mortal.len());
        for chosen in random.some_of(mortal.len(), deaths) {
            let place = mortal[chosen];
            let silent = random.chance(500);
            // After all is started, so that it is for good.
            plan.push((self.until, Fault::Crash { place, silent }));
        }
        // It is a stable sort: of the same time, what was planned first.
        plan.sort_by_key(|(at, _)| *at);
        plan
    }

    fn one(
        &self,
        number: u32,
        begin: Duration,
        end: Duration,
        random: &mut Random,
        plan: &mut Vec<(Duration, Fault)>,
    ) {
        let place = Place(random.below(self.nodes));
        match random.below(8) {
            0 | 1 => {
                let silent = random.chance(500);
                plan.push((begin, Fault::Crash { place, silent }));
                plan.push((end, Fault::Start(place)));
            }
            2 => {
                plan.push((begin, Fault::Pause(place)));
                plan.push((end, Fault::Resume(place)));
            }
            3 | 4 => {
                let size = 1 + random.below(self.nodes - 1);
                let one: Vec<Place> = random
                    .some_of(self.nodes, size)
                    .into_iter()
                    .map(Place)
                    .collect();
                let other: Vec<Place> = (0..self.nodes)
                    .map(Place)
                    .filter(|place| !one.contains(place))
                    .collect();
                let (there, back) = (number * 2, number * 2 + 1);
                let cut = |number, from: &[Place], to: &[Place]| Fault::Cut {
                    number,
                    from: from.to_vec(),
                    to: to.to_vec(),
                };
                plan.push((begin, cut(there, &one, &other)));
                plan.push((end, Fault::Heal(there)));
                if random.chance(700) {
                    plan.push((begin, cut(back, &other, &one)));
                    plan.push((end, Fault::Heal(back)));
                }
            }
            5 => {
                plan.push((begin, Fault::Weather(Conditions::random(random))));
                plan.push((end, Fault::Weather(Conditions::default())));
            }
            6 => plan.push((begin, Fault::ResetLinks(place))),
            _ => plan.push((begin, self.clock(place, random))),
        }
    }

    fn period(&self, random: &mut Random) -> (Duration, Duration) {
        let begin = random.time(self.from, self.until);
        (begin, random.time(begin, self.until))
    }

    fn clock(&self, place: Place, random: &mut Random) -> Fault {
        let most = u64::try_from(self.skew.as_millis()).unwrap_or(0);
        let ahead = random.within(0..=most * 2).cast_signed() - most.cast_signed();
        let drift = random.up_to(400).cast_signed() - 200;
        Fault::SetClock {
            place,
            ahead,
            drift,
        }
    }
}
