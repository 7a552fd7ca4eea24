//! The engine: `foca`, what it asks for, and what is mended around it.

use std::collections::VecDeque;
use std::num::{NonZeroU32, NonZeroUsize};
use std::time::Duration;

use cluster_protocol::{Address, MemberState, Peer};
use foca::{Foca, Member, NoCustomBroadcast, Notification, PeriodicParams, State, Timer};
use rand_chacha::ChaCha8Rng;
use rand_chacha::rand_core::SeedableRng as _;

use super::super::{Config, Engine, Error, MAX_GENERATION, MAX_PLAIN, MemberEvent};
use super::codec::{Declared, member_from_wire, member_to_wire};
use super::identity::Identity;
use super::packet::Packet;
use super::timers::{Task, Timers};

/// SWIM with suspicion: each member asks one other a second whether it is
/// there, and tells on what is new.
pub struct Local {
    foca: Foca<Identity, Declared, ChaCha8Rng, NoCustomBroadcast>,
    outputs: Outputs,
    timers: Timers,
    config: Config,
    /// How long this node did not run, in all.
    stalled: Duration,
    /// How many members `foca` was last told that there are.
    tuned_for: usize,
}

impl Local {
    /// An engine that knows of nobody yet.
    pub fn new(me: Peer, config: &Config, seed: u64) -> Self {
        let random = ChaCha8Rng::seed_from_u64(seed);
        Self {
            foca: Foca::new(me.into(), tuned(config, 1), random, Declared),
            outputs: Outputs::default(),
            timers: Timers::default(),
            config: config.clone(),
            stalled: Duration::ZERO,
            tuned_for: 1,
        }
    }

    /// Time, as far as this node ran.
    fn clock(&self, now: Duration) -> Duration {
        now.saturating_sub(self.stalled)
    }

    /// Keeps what `foca` asked for.
    fn settle(&mut self, now: Duration) {
        let clock = self.clock(now);
        for (task, after) in self.outputs.tasks.drain(..) {
            self.timers.add(clock + after, task);
        }
        let members = self.foca.num_members() + 1;
        if members != self.tuned_for {
            self.tuned_for = members;
            // It is refused only if what is fixed has changed, and it has not.
            let _ = self.foca.set_config(tuned(&self.config, members));
        }
    }

    fn apply_all(&mut self, members: impl Iterator<Item = Member<Identity>>, spread: bool) {
        // It fails only if a member cannot be written, and each was read or
        // made here.
        let _ = self.foca.apply_many(members, spread, &mut self.outputs);
    }

    fn find(&self, name: &str) -> Option<&Member<Identity>> {
        self.foca
            .iter_membership_state()
            .find(|member| member.id().0.name == *name)
    }

    fn run(&mut self, task: Task) {
        match task {
            Task::Engine(timer) => {
                // What it reports are timers that came too late, or for a state
                // that is past; it has recovered from that by itself.
                let _ = self.foca.handle_timer(timer, &mut self.outputs);
            }
            Task::GiveUp {
                identity,
                incarnation,
            } => {
                let suspect = Member::new(identity.clone(), incarnation, State::Suspect);
                if self.find(&identity.0.name) == Some(&suspect) {
                    let down = Member::new(identity, incarnation, State::Down);
                    self.apply_all(std::iter::once(down), true);
                }
            }
        }
    }

    /// Whether there is room for all that a datagram mentions.
    fn has_room(&self, packet: &Packet) -> bool {
        let known = self.foca.iter_membership_state().len();
        let room = self.config.max_members.saturating_sub(known);
        // The source, and whoever is told about.
        packet.members.len() < room || {
            let new = packet.members.iter().map(|member| &member.peer);
            let new = new.chain(std::iter::once(&packet.header.source));
            new.filter(|peer| self.find(&peer.name).is_none()).count() <= room
        }
    }
}

impl Engine for Local {
    fn me(&self) -> &Peer {
        &self.foca.identity().0
    }

    fn members(&self) -> Box<dyn Iterator<Item = MemberState> + '_> {
        Box::new(self.foca.iter_membership_state().map(member_to_wire))
    }

    fn announce(&mut self, now: Duration, to: &Peer) {
        // It fails only if a peer cannot be written.
        let _ = self.foca.announce(to.clone().into(), &mut self.outputs);
        self.settle(now);
    }

    fn handle_datagram(&mut self, now: Duration, plain: &[u8]) -> Result<(), Error> {
        let packet = Packet::read(plain)?;
        let me = self.me();
        if packet.header.source.name == me.name {
            return Err(Error::Spoofed(me.name.clone()));
        }
        if !self.has_room(&packet) {
            return Err(Error::Full(self.config.max_members));
        }
        let own = packet.mentioned().filter(|peer| peer.name == me.name);
        let latest = own.map(|peer| peer.generation).max().unwrap_or(0);
        if latest > me.generation && latest < MAX_GENERATION {
            // The others remember a later start of this node than its own: its
            // clock was set back. They would not listen to it.
            self.renew(now, latest + 1);
            return Ok(());
        }
        let result = self.foca.handle_data(plain, &mut self.outputs);
        // It may have rejoined without noticing that it knows others.
        self.apply_all(std::iter::empty(), false);
        self.settle(now);
        result.map_err(|error| Error::Engine(error.to_string()))
    }

    fn handle_timeout(&mut self, now: Duration) {
        // A process that was stopped, or starved, must not hold others to be
        // gone because their answers still wait to be read: the time in which
        // it did not run does not count.
        if let Some(due) = self.timers.next() {
            let late = self.clock(now).saturating_sub(due);
            if late > self.config.probe_timeout {
                self.stalled += late;
            }
        }
        while let Some(task) = self.timers.take_due(self.clock(now)) {
            self.run(task);
            self.settle(now);
        }
    }

    fn next_timeout(&self) -> Option<Duration> {
        self.timers.next().map(|due| due + self.stalled)
    }

    fn apply(&mut self, now: Duration, news: Vec<MemberState>, spread: bool) {
        self.apply_all(news.into_iter().map(member_from_wire), spread);
        self.settle(now);
    }

    fn suspect(&mut self, now: Duration, name: &str) {
        let Some(member) = self.find(name).filter(|it| it.state() == State::Alive) else {
            return;
        };
        let (identity, incarnation) = (member.id().clone(), member.incarnation());
        let suspect = Member::new(identity.clone(), incarnation, State::Suspect);
        self.apply_all(std::iter::once(suspect), true);
        let after = tuned(&self.config, self.tuned_for).suspect_to_down_after;
        let task = Task::GiveUp {
            identity,
            incarnation,
        };
        self.outputs.tasks.push_back((task, after));
        self.settle(now);
    }

    fn renew(&mut self, now: Duration, generation: u64) {
        let identity = self.foca.identity().of_generation(generation);
        let changed = self.foca.change_identity(identity, &mut self.outputs);
        if changed.is_ok() {
            let event = MemberEvent::Rejoined(self.me().clone());
            self.outputs.events.push_back(event);
        }
        self.apply_all(std::iter::empty(), false);
        self.settle(now);
    }

    fn leave(&mut self, now: Duration) {
        // It fails only if a peer cannot be written.
        let _ = self.foca.leave_cluster(&mut self.outputs);
        self.settle(now);
    }

    fn poll_transmit(&mut self) -> Option<(Address, Vec<u8>)> {
        loop {
            let (to, bytes) = self.outputs.datagrams.pop_front()?;
            // A former self is a member that is down, too.
            if to.0.name != self.me().name {
                return Some((to.0.address, bytes));
            }
        }
    }

    fn poll_event(&mut self) -> Option<MemberEvent> {
        loop {
            let event = self.outputs.events.pop_front()?;
            let own = match &event {
                MemberEvent::Up(peer)
                | MemberEvent::Down(peer)
                | MemberEvent::Renewed { after: peer, .. } => peer.name == self.me().name,
                _ => false,
            };
            if !own {
                return Some(event);
            }
        }
    }
}

/// What `foca` asks for.
#[derive(Default)]
struct Outputs {
    datagrams: VecDeque<(Identity, Vec<u8>)>,
    tasks: VecDeque<(Task, Duration)>,
    events: VecDeque<MemberEvent>,
}

impl foca::Runtime<Identity> for Outputs {
    fn notify(&mut self, notification: Notification<'_, Identity>) {
        let peer = |identity: &Identity| Peer::clone(&identity.0);
        self.events.push_back(match notification {
            Notification::MemberUp(identity) => MemberEvent::Up(peer(identity)),
            Notification::MemberDown(identity) => MemberEvent::Down(peer(identity)),
            Notification::Rename(before, after) => MemberEvent::Renewed {
                before: peer(before),
                after: peer(after),
            },
            Notification::Active => MemberEvent::Joined,
            Notification::Idle => MemberEvent::Alone,
            Notification::Defunct => MemberEvent::Gone,
            Notification::Rejoin(identity) => MemberEvent::Rejoined(peer(identity)),
        });
    }

    fn send_to(&mut self, to: Identity, data: &[u8]) {
        self.datagrams.push_back((to, data.to_vec()));
    }

    fn submit_after(&mut self, event: Timer<Identity>, after: Duration) {
        self.tasks.push_back((Task::Engine(event), after));
    }
}

/// `foca`'s settings for so many members: the more there are, the longer news
/// takes to reach all, and the longer a suspect has to refute.
fn tuned(config: &Config, members: usize) -> foca::Config {
    let members = u32::try_from(members).unwrap_or(u32::MAX);
    let lan = foca::Config::new_lan(NonZeroU32::new(members).unwrap_or(NonZeroU32::MIN));
    let pace = config.probe_every.as_secs_f64() / lan.probe_period.as_secs_f64();
    let one = NonZeroUsize::MIN;
    let (two, three) = (one.saturating_add(1), one.saturating_add(2));
    foca::Config {
        probe_period: config.probe_every,
        probe_rtt: config.probe_timeout,
        num_indirect_probes: three,
        suspect_to_down_after: lan.suspect_to_down_after.mul_f64(pace),
        remove_down_after: Some(config.forget_after),
        max_packet_size: NonZeroUsize::new(MAX_PLAIN).unwrap_or(one),
        notify_down_members: true,
        // The exchange over TCP does better.
        periodic_announce: None,
        periodic_announce_to_down_members: Some(PeriodicParams {
            frequency: config.probe_every * 10,
            num_members: two,
        }),
        periodic_gossip: Some(PeriodicParams {
            frequency: config.gossip_every,
            num_members: three,
        }),
        ..lan
    }
}
