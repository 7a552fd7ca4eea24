//! A line now and then, for logs.

use std::io::{self, Write};
use std::time::Duration;

use super::Look;
use crate::report::figures::{bytes, count, duration, millis};

/// Every so much time of the run, a line.
const EVERY: Duration = Duration::from_secs(5);

/// See [`View::Lines`](super::View::Lines).
#[derive(Debug, Default)]
pub struct Lines {
    next: Duration,
}

impl Lines {
    pub(super) fn show(&mut self, look: &Look<'_>) -> io::Result<()> {
        if look.snapshot.elapsed < self.next {
            return Ok(());
        }
        self.next = look.snapshot.elapsed + EVERY;
        let stats = &look.snapshot.stats;
        let now = look.timeline.moments().last();
        let hands = look.hands.map(|hands| format!("{} hands, ", count(hands)));
        let hands = hands.unwrap_or_default();
        writeln!(
            io::stderr(),
            "{:>7}  {}: {} of {} connected, {} messages/s, {hands}p99 {}, {} errors, {}",
            duration(look.snapshot.elapsed),
            look.doing,
            count(look.snapshot.connected),
            count(look.bots),
            count(now.map_or(0, |moment| moment.messages_per_second as u64)),
            millis(stats.latency.value_at_quantile(0.99) as f64 / 1_000.0),
            count(stats.failures_total()),
            bytes(look.usage.resident)
        )
    }
}
