//! Two pieces of work, timed in turns.

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
    let mut times = [Vec::with_capacity(rounds), Vec::with_capacity(rounds)];
    for round in 0..rounds {
        // Neither always goes first.
        for which in [round % 2, 1 - round % 2] {
            let start = Instant::now();
            if which == 0 {
                ours();
            } else {
                other();
            }
            times[which].push(start.elapsed());
        }
    }
    let [ours, other] = times.map(median);
    Pair { ours, other }
}

fn median(mut times: Vec<Duration>) -> Duration {
    times.sort_unstable();
    times[times.len() / 2]
}
