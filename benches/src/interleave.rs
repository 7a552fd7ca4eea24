//! Pieces of work, timed in turns.

use std::cmp::Ordering;
use std::time::{Duration, Instant};

/// Medians of a piece of work, and of how it compares.
#[derive(Clone, Copy, Debug)]
pub struct Timing {
    /// The time of one round.
    pub time: Duration,
    /// How many times as long as the first piece of work in the same round.
    pub ratio: f64,
}

/// A piece of work.
pub type Work<'a> = &'a mut dyn FnMut();

/// Times pieces of work in turns, `rounds` times.
///
/// What disturbs the machine for a while disturbs all of a round, so that the
/// ratios are taken within rounds: their median says more than the ratio of
/// medians.
///
/// ```
/// use pickler_benches::interleave::in_turns;
///
/// let work = || (0..1_000_u64).map(std::hint::black_box).sum::<u64>();
/// let [once, twice] = in_turns(9, [&mut || { work(); }, &mut || { work(); work(); }]);
/// assert_eq!(once.ratio, 1.0);
/// assert!(twice.ratio > 1.0);
/// ```
pub fn in_turns<const N: usize>(rounds: usize, mut works: [Work<'_>; N]) -> [Timing; N] {
    let timings = slice_in_turns(rounds, &mut works);
    std::array::from_fn(|index| timings[index])
}

/// The same for a slice.
pub fn slice_in_turns(rounds: usize, works: &mut [Work<'_>]) -> Vec<Timing> {
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
    let timing = |of: &Vec<Duration>| Timing {
        time: median(of.clone(), Duration::cmp),
        ratio: median(
            of.iter()
                .zip(&times[0])
                .map(|(time, first)| time.as_secs_f64() / first.as_secs_f64())
                .collect(),
            f64::total_cmp,
        ),
    };
    times.iter().map(timing).collect()
}

fn median<T: Copy>(mut values: Vec<T>, compare: impl Fn(&T, &T) -> Ordering) -> T {
    values.sort_unstable_by(compare);
    values[values.len() / 2]
}
