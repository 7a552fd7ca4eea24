//! Chance, from a seed.

use std::ops::RangeInclusive;
use std::time::Duration;

use rand_chacha::ChaCha8Rng;
use rand_chacha::rand_core::{Rng as _, SeedableRng as _};

/// Chance, from a seed: the same seed, the same numbers.
#[derive(Clone, Debug)]
pub struct Random(ChaCha8Rng);

impl Random {
    /// The numbers of a seed.
    pub fn new(seed: u64) -> Self {
        Self(ChaCha8Rng::seed_from_u64(seed))
    }

    /// A seed for something else.
    pub fn seed(&mut self) -> u64 {
        self.0.next_u64()
    }

    /// A number of a range.
    pub fn within(&mut self, range: RangeInclusive<u64>) -> u64 {
        let (least, most) = range.into_inner();
        // The bias of so small a range within 64 bits is without meaning.
        least + self.0.next_u64() % (most - least + 1)
    }

    /// A number below `bound`, which is not 0.
    pub fn below(&mut self, bound: usize) -> usize {
        let drawn = self.0.next_u64() % bound as u64;
        usize::try_from(drawn).expect("is less than a `usize`")
    }

    /// A number up to `most`.
    pub fn up_to(&mut self, most: u32) -> u32 {
        u32::try_from(self.within(0..=u64::from(most))).expect("is not more than a `u32`")
    }

    /// True in so many of a thousand cases.
    pub fn chance(&mut self, per_mille: u32) -> bool {
        self.up_to(999) < per_mille
    }

    /// A time of a range, to the microsecond.
    pub fn time(&mut self, least: Duration, most: Duration) -> Duration {
        let micros = |time: Duration| u64::try_from(time.as_micros()).unwrap_or(u64::MAX);
        Duration::from_micros(self.within(micros(least)..=micros(most.max(least))))
    }

    /// So many different numbers below `bound`, in ascending order.
    pub fn some_of(&mut self, bound: usize, count: usize) -> Vec<usize> {
        let mut all: Vec<usize> = (0..bound).collect();
        while all.len() > count {
            all.remove(self.below(all.len()));
        }
        all
    }
}
