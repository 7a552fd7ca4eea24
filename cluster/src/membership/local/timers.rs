//! What is due when.

use std::collections::{BTreeMap, BTreeSet};
use std::time::Duration;

use cluster_protocol::Name;
use foca::Timer;

use super::identity::Identity;

/// What is to be done.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Task {
    /// As `foca` asked for.
    Engine(Timer<Identity>),
    /// Declare a member down that was suspected because its connection ended,
    /// if it has not refuted that.
    GiveUp {
        identity: Identity,
        incarnation: u16,
    },
}

/// There is one task of a kind, so that the number of tasks is bounded by the
/// number of members, whatever comes in.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Kind {
    IndirectProbe,
    Probe,
    Announce,
    AnnounceToDown,
    Gossip,
    Suspicion(Name),
    GiveUp(Name),
    Forget(Name),
}

impl Task {
    fn kind(&self) -> Kind {
        match self {
            Self::Engine(Timer::SendIndirectProbe { .. }) => Kind::IndirectProbe,
            Self::Engine(Timer::ProbeRandomMember(_)) => Kind::Probe,
            Self::Engine(Timer::PeriodicAnnounce(_)) => Kind::Announce,
            Self::Engine(Timer::PeriodicAnnounceDown(_)) => Kind::AnnounceToDown,
            Self::Engine(Timer::PeriodicGossip(_)) => Kind::Gossip,
            Self::Engine(Timer::ChangeSuspectToDown { member_id, .. }) => {
                Kind::Suspicion(member_id.0.name.clone())
            }
            Self::Engine(Timer::RemoveDown(member_id)) => Kind::Forget(member_id.0.name.clone()),
            Self::GiveUp { identity, .. } => Kind::GiveUp(identity.0.name.clone()),
        }
    }
}

/// What is due when, the earliest first, and of the same time in the order in
/// which it was asked for.
#[derive(Default)]
pub(super) struct Timers {
    order: BTreeSet<(Duration, u64, Kind)>,
    tasks: BTreeMap<Kind, (Duration, u64, Task)>,
    asked: u64,
}

impl Timers {
    /// Notes a task. Of two of a kind the later one holds: the earlier one is
    /// about something that is past. But the very same task keeps its time, or
    /// a member that is suspected again and again would never be given up.
    pub fn add(&mut self, due: Duration, task: Task) {
        let kind = task.kind();
        if let Some((old_due, old_number, old)) = self.tasks.get(&kind) {
            if *old == task && matches!(kind, Kind::Suspicion(_) | Kind::GiveUp(_)) {
                return;
            }
            self.order.remove(&(*old_due, *old_number, kind.clone()));
        }
        self.asked += 1;
        self.order.insert((due, self.asked, kind.clone()));
        self.tasks.insert(kind, (due, self.asked, task));
    }

    /// When the next task is due.
    pub fn next(&self) -> Option<Duration> {
        self.order.first().map(|(due, ..)| *due)
    }

    /// Takes the next task that is due by now.
    pub fn take_due(&mut self, now: Duration) -> Option<Task> {
        if self.next()? > now {
            return None;
        }
        let (_, _, kind) = self.order.pop_first()?;
        self.tasks.remove(&kind).map(|(_, _, task)| task)
    }

    /// How many there are.
    #[cfg(test)]
    pub fn len(&self) -> usize {
        self.tasks.len()
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use cluster_protocol::{Address, Peer, PeerKind};
    use foca::Timer;

    use super::{Identity, Task, Timers};

    fn identity(generation: u64) -> Identity {
        Identity::from(Peer {
            name: "node".into(),
            address: Address::V4 {
                ip: [10, 0, 0, 1],
                port: 1,
            },
            generation,
            kind: PeerKind::Worker,
        })
    }

    fn suspicion(generation: u64) -> Task {
        Task::Engine(Timer::ChangeSuspectToDown {
            member_id: identity(generation),
            incarnation: 0,
            token: 0,
        })
    }

    #[test]
    fn a_member_that_comes_and_goes_leaves_one_task_of_a_kind() {
        let mut timers = Timers::default();
        for generation in 0..1_000 {
            let due = Duration::from_secs(generation);
            let forget = Task::Engine(Timer::RemoveDown(identity(generation)));
            timers.add(due, forget);
            timers.add(due, suspicion(generation));
        }
        assert_eq!(timers.len(), 2);
        assert_eq!(timers.next(), Some(Duration::from_secs(999)));
    }

    #[test]
    fn a_suspicion_that_is_repeated_keeps_its_time() {
        let mut timers = Timers::default();
        let (early, late) = (Duration::from_secs(1), Duration::from_secs(9));
        timers.add(early, suspicion(1));
        timers.add(late, suspicion(1));
        assert_eq!(timers.take_due(Duration::ZERO), None);
        assert_eq!(timers.take_due(early), Some(suspicion(1)));
        assert_eq!(timers.take_due(late), None);
    }
}
