//! Latencies of the last while.

use std::time::{Duration, Instant};

use hdrhistogram::Histogram;

/// How long the last while is, and at most twice that.
const WHILE: Duration = Duration::from_secs(10);

/// The 99th percentile of what came in the last while: what counts for code that
/// has just changed, whatever was before.
#[derive(Debug, Default)]
pub struct Recent {
    /// Where the last while began, and the one before it.
    marks: Option<[(Instant, Histogram<u64>); 2]>,
}

impl Recent {
    /// The 99th percentile of what came since the mark, in the histogram's unit;
    /// 0 if nothing did. `all` is what came since the beginning.
    pub fn p99(&mut self, now: Instant, all: &Histogram<u64>) -> u64 {
        let marks = self.marks.get_or_insert_with(|| {
            let mut none = all.clone();
            none.reset();
            [(now, none.clone()), (now, none)]
        });
        if now >= marks[1].0 + WHILE {
            marks.swap(0, 1);
            marks[1] = (now, all.clone());
        }
        let mut recent = all.clone();
        // Both have the same bounds, and counts only grow.
        let lessened = recent.subtract(&marks[0].1);
        debug_assert!(lessened.is_ok());
        recent.value_at_quantile(0.99)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_long_past_no_longer_counts() {
        let start = Instant::now();
        let at = |seconds| start + Duration::from_secs(seconds);
        let mut all = Histogram::new_with_bounds(1, 600_000_000, 3).unwrap();
        let mut recent = Recent::default();
        all.record_n(900_000, 1_000).unwrap();
        assert!(recent.p99(at(0), &all) >= 900_000);
        all.record_n(1_000, 10).unwrap();
        assert!(recent.p99(at(5), &all) >= 900_000, "it was just now");
        assert!(recent.p99(at(10), &all) >= 900_000, "it was just now");
        all.record_n(2_000, 10).unwrap();
        let p99 = recent.p99(at(20), &all);
        assert!((2_000..3_000).contains(&p99), "{p99}");
        assert_eq!(recent.p99(at(29), &all), p99);
        assert_eq!(recent.p99(at(31), &all), 0, "nothing came");
    }
}
