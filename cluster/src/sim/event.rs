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
#[derive(Default)]
pub(super) struct Queue {
    events: BTreeMap<(Duration, u64), Event>,
    planned: u64,
}

impl Queue {
    pub fn plan(&mut self, at: Duration, event: Event) {
        self.planned += 1;
        self.events.insert((at, self.planned), event);
    }

    pub fn next(&self) -> Option<Duration> {
        self.events.first_key_value().map(|((at, _), _)| *at)
    }

    pub fn take(&mut self) -> Option<(Duration, Event)> {
        let ((at, _), event) = self.events.pop_first()?;
        Some((at, event))
    }
}
