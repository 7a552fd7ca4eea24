//! What is going to happen, in order.

use std::collections::BTreeMap;
use std::time::Duration;

use super::link::{LinkId, Side};
use super::{Fault, Place};

/// Something that is going to happen.
#[derive(Clone, Debug)]
pub(super) enum Event {
    /// A machine wanted to be woken, in that life.
    Wake { place: Place, life: u32 },
    /// A datagram arrives.
    Datagram {
        from: Place,
        to: Place,
        bytes: Vec<u8>,
    },
    /// The next of what is on its way over a link arrives at this side.
    Arrival { link: LinkId, side: Side },
    /// This side of a link learns that the link is broken.
    Broken { link: LinkId, side: Side },
    /// Something breaks, or heals.
    Fault(Fault),
}

/// What is going to happen: the earliest first, and of the same time in the
/// order in which it was planned.
#[derive(Clone, Debug)]
pub(super) struct Queue<T> {
    events: BTreeMap<(Duration, u64), T>,
    planned: u64,
}

impl<T> Default for Queue<T> {
    fn default() -> Self {
        Self {
            events: BTreeMap::new(),
            planned: 0,
        }
    }
}

impl<T> Queue<T> {
    pub fn plan(&mut self, at: Duration, event: T) {
        self.planned += 1;
        self.events.insert((at, self.planned), event);
    }

    pub fn next(&self) -> Option<Duration> {
        self.events.first_key_value().map(|((at, _), _)| *at)
    }

    pub fn take(&mut self) -> Option<(Duration, T)> {
        let ((at, _), event) = self.events.pop_first()?;
        Some((at, event))
    }

    /// What comes next, if it is time for it.
    pub fn take_due(&mut self, now: Duration) -> Option<T> {
        if self.next()? > now {
            return None;
        }
        self.take().map(|(_, event)| event)
    }
}
