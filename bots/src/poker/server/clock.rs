//! Wakes tables when their deadlines come.

use std::cmp::Reverse;
use std::collections::BinaryHeap;
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Instant;

use tokio::sync::Notify;
use tokio::task::yield_now;
use tokio::time::sleep_until;

use super::hall::Hall;

/// The deadlines of some of the tables. A table has no more than a few
/// entries: it sets another only when that is earlier than the one it has.
#[derive(Debug, Default)]
pub(super) struct Clock {
    deadlines: Mutex<BinaryHeap<Reverse<(Instant, u32)>>>,
    earlier: Notify,
}

/// Tables that are served before connections have their turn.
const TABLES_PER_TURN: usize = 32;

impl Clock {
    /// Wakes a table at this time.
    pub fn set(&self, deadline: Instant, table: u32) {
        let mut deadlines = self.lock();
        let is_first = deadlines
            .peek()
            .is_none_or(|Reverse((first, _))| deadline < *first);
        deadlines.push(Reverse((deadline, table)));
        drop(deadlines);
        if is_first {
            self.earlier.notify_one();
        }
    }

    /// Wakes tables for ever.
    pub async fn run(&self, hall: &Hall) {
        let mut served = 0;
        loop {
            let now = Instant::now();
            match self.take_due(now) {
                Ok(table) => {
                    hall.wake(table, now);
                    served += 1;
                    if served % TABLES_PER_TURN == 0 {
                        yield_now().await;
                    }
                }
                Err(Some(next)) => tokio::select! {
                    () = sleep_until(next.into()) => {}
                    () = self.earlier.notified() => {}
                },
                Err(None) => self.earlier.notified().await,
            }
        }
    }

    /// A table whose deadline has come, or the next deadline.
    fn take_due(&self, now: Instant) -> Result<u32, Option<Instant>> {
        let mut deadlines = self.lock();
        match deadlines.peek() {
            Some(&Reverse((deadline, table))) if deadline <= now => {
                deadlines.pop();
                Ok(table)
            }
            next => Err(next.map(|Reverse((deadline, _))| *deadline)),
        }
    }

    fn lock(&self) -> MutexGuard<'_, BinaryHeap<Reverse<(Instant, u32)>>> {
        // No panic leaves the heap half changed.
        self.deadlines
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
    }
}
