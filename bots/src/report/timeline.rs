//! How a run went, moment by moment.

use std::time::Duration;

use crate::observe::Snapshot;

/// What happened between one look at the run and the next.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Moment {
    /// When it ended, from the start of the run.
    pub elapsed: Duration,
    /// Bots connected.
    pub connected: u64,
    /// Messages sent and received a second.
    pub messages_per_second: f64,
    /// Hands finished a second.
    pub hands_per_second: f64,
}

/// All moments of a run.
///
/// A long run has no more of them than a short one: when there are too many,
/// two neighbours become one.
#[derive(Clone, Debug, Default)]
pub struct Timeline {
    moments: Vec<Moment>,
    last: Option<(Duration, u64, u64)>,
}

impl Timeline {
    const MOST: usize = 1_024;

    /// Adds what happened since the last look; `hands` as counted so far.
    pub fn look(&mut self, snapshot: &Snapshot, hands: u64) {
        let messages = snapshot.stats.messages_sent + snapshot.stats.messages_received;
        let (before, old_messages, old_hands) = self.last.unwrap_or_default();
        let seconds = snapshot.elapsed.saturating_sub(before).as_secs_f64();
        if seconds <= 0.0 {
            return;
        }
        self.last = Some((snapshot.elapsed, messages, hands));
        self.moments.push(Moment {
            elapsed: snapshot.elapsed,
            connected: snapshot.connected,
            messages_per_second: messages.saturating_sub(old_messages) as f64 / seconds,
            hands_per_second: hands.saturating_sub(old_hands) as f64 / seconds,
        });
        if self.moments.len() > Self::MOST {
            self.halve();
        }
    }

    /// All moments so far, in order.
    pub fn moments(&self) -> &[Moment] {
        &self.moments
    }

    fn halve(&mut self) {
        self.moments = self
            .moments
            .chunks(2)
            .map(|pair| {
                let average = |value: fn(&Moment) -> f64| {
                    pair.iter().map(value).sum::<f64>() / pair.len() as f64
                };
                Moment {
                    messages_per_second: average(|moment| moment.messages_per_second),
                    hands_per_second: average(|moment| moment.hands_per_second),
                    // `chunks` gives no empty ones.
                    ..pair[pair.len() - 1]
                }
            })
            .collect();
    }
}
