//! Pieces of work, timed in turns.

use std::time::{Duration, Instant};

/// Medians of two pieces of work that do the same.
#[derive(Clone, Copy, Debug)]
pub struct Pair {
    /// The time of one round of ours.
    pub ours: Duration,
    /// The time of one round of the other.
    pub other: Duration,
}

impl Pair {
    /// How many times as long ours takes.
    pub fn ratio(self) -> f64 {
        self.ours.as_secs_f64() / self.other.as_secs_f64()
    }
}

/// Times both in turns, `rounds` times, and takes the medians: what disturbs
/// the machine for a while disturbs both.
///
/// ```
/// use pickler_benches::interleave::pair;
///
/// let work = || (0..1_000_u64).map(std::hint::black_box).sum::<u64>();
/// let pair = pair(9, || { work(); }, || { work(); work(); });
/// assert!(pair.ratio() > 0.0);
/// ```
pub fn pair(rounds: usize, mut ours: impl FnMut(), mut other: impl FnMut()) -> Pair {
    let [ours, other] = all(rounds, [&mut ours, &mut other]);
    Pair { ours, other }
}

/// Times any number of pieces of work in turns, `rounds` times, and takes the
/// medians.
pub fn all<const N: usize>(rounds: usize, mut works: [Work<'_>; N]) -> [Duration; N] {
    // Always `N` of them.
    medians(rounds, &mut works)
        .try_into()
        .unwrap_or([Duration::ZERO; N])
}

/// A piece of work.
pub type Work<'a> = &'a mut dyn FnMut();

/// The same for a slice.
pub fn medians(rounds: usize, works: &mut [Work<'_>]) -> Vec<Duration> {
    let mut times = vec![Vec::with_capacity(rounds); works.len()];
    for round in 0..rounds {
        // None always goes first.
        for step in 0..works.len() {
            let which = (round + step) % works.len();
            let start = Instant::now();
            works[which]();
            times[which].push(start.elapsed());
        }
    }
    times.into_iter().map(median).collect()
}

fn median(mut times: Vec<Duration>) -> Duration {
    times.sort_unstable();
    times[times.len() / 2]
}
