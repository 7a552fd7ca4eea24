//! The event loop.

mod links;
mod outages;

use std::collections::BTreeMap;
use std::time::Duration;

use super::event::{Event, Queue};
use super::link::{Cargo, Link, LinkId, Side};
use super::machine::Output;
use super::{Birth, Clock, Effects, Fault, Input, Machine, Network, Place, Random, Trace};

/// When all worlds begin, in milliseconds since 1970.
const EPOCH: u64 = 1_750_000_000_000;

/// What waits to be read by a stopped process, at the most; more is lost.
const BACKLOG: usize = 256;

/// Waits before what does not get through is sent again.
const AGAIN: Duration = Duration::from_millis(250);

type Make<M> = Box<dyn FnMut(Birth<'_, <M as Machine>::Disk>) -> M>;

/// Some nodes, a network between them, and time.
pub struct World<M: Machine> {
    now: Duration,
    nodes: Vec<Node<M>>,
    queue: Queue<Event>,
    network: Network,
    links: BTreeMap<LinkId, Link>,
    next_link: u64,
    random: Random,
    trace: Trace,
    make: Make<M>,
}

struct Node<M: Machine> {
    machine: Option<M>,
    disk: M::Disk,
    life: u32,
    /// The machine that it runs on is off: nobody says that it does not run.
    off: bool,
    paused: bool,
    backlog: Vec<Event>,
    wake: Option<Duration>,
    clock: WallClock,
}

#[derive(Default)]
struct WallClock {
    ahead: i64,
    drift: i32,
    set_at: Duration,
}

impl WallClock {
    fn show(&self, now: Duration) -> u64 {
        let millis = |time: Duration| i64::try_from(time.as_millis()).unwrap_or(i64::MAX);
        let drifted = millis(now.saturating_sub(self.set_at)) * i64::from(self.drift) / 1_000_000;
        EPOCH.saturating_add_signed(millis(now) + self.ahead + drifted)
    }
}

impl<M: Machine> World<M> {
    /// So many nodes, none of which runs yet; `make` makes their machines.
    pub fn new(
        seed: u64,
        nodes: usize,
        trace: Trace,
        make: impl FnMut(Birth<'_, M::Disk>) -> M + 'static,
    ) -> Self {
        let node = || Node {
            machine: None,
            disk: M::Disk::default(),
            life: 0,
            off: false,
            paused: false,
            backlog: Vec::new(),
            wake: None,
            clock: WallClock::default(),
        };
        Self {
            now: Duration::ZERO,
            nodes: (0..nodes).map(|_| node()).collect(),
            queue: Queue::default(),
            network: Network::default(),
            links: BTreeMap::new(),
            next_link: 0,
            random: Random::new(seed),
            trace,
            make: Box::new(make),
        }
    }

    /// Since the world began.
    pub fn now(&self) -> Duration {
        self.now
    }

    /// What has happened.
    pub fn trace(&self) -> &Trace {
        &self.trace
    }

    /// The network, as it is now.
    pub fn network(&self) -> &Network {
        &self.network
    }

    /// All nodes.
    pub fn places(&self) -> impl Iterator<Item = Place> + use<M> {
        (0..self.nodes.len()).map(Place)
    }

    /// A node's machine, if it runs.
    pub fn machine(&self, place: Place) -> Option<&M> {
        self.nodes.get(place.0)?.machine.as_ref()
    }

    /// What a node's crashes leave.
    pub fn disk(&self, place: Place) -> &M::Disk {
        &self.nodes[place.0].disk
    }

    /// Lets something break or heal at that time.
    pub fn plan(&mut self, at: Duration, fault: Fault) {
        self.queue.plan(at, Event::Fault(fault));
    }

    /// Works off everything until that time.
    pub fn run_until(&mut self, end: Duration) {
        while self.queue.next().is_some_and(|at| at <= end) {
            self.step();
        }
        self.now = end;
    }

    /// Works off what comes next; gives the node that it came to, if any.
    pub fn step(&mut self) -> Option<Place> {
        let (at, event) = self.queue.take()?;
        self.now = at.max(self.now);
        let place = self.addressee(&event);
        if let Some(node) = place.map(|place| &mut self.nodes[place.0])
            && node.paused
        {
            if node.backlog.len() < BACKLOG || !matches!(event, Event::Datagram { .. }) {
                node.backlog.push(event);
            }
            return None;
        }
        self.happen(event);
        place
    }

    /// Lets a machine take in something from outside the world.
    pub fn inject(&mut self, place: Place, input: Input) {
        self.handle(place, input);
    }

    /// Whom an event comes to, unless it is a fault.
    fn addressee(&self, event: &Event) -> Option<Place> {
        match event {
            Event::Wake { place, .. } => Some(*place),
            Event::Datagram { to, .. } => Some(*to),
            Event::Arrival { link, side } | Event::Broken { link, side } => {
                Some(self.links.get(link)?.end(*side).place)
            }
            Event::Fault(_) => None,
        }
    }

    fn happen(&mut self, event: Event) {
        match event {
            Event::Wake { place, life } => self.wake(place, life),
            Event::Datagram { from, to, bytes } => {
                let from = from.address();
                self.handle(to, Input::Datagram { from, bytes });
            }
            Event::Arrival { link, side } => self.arrive(link, side),
            Event::Broken { link, side } => self.broken(link, side),
            Event::Fault(fault) => self.fault(fault),
        }
    }

    fn handle(&mut self, place: Place, input: Input) {
        let node = &mut self.nodes[place.0];
        let Some(machine) = &mut node.machine else {
            return;
        };
        self.trace.add(self.now, (place, node.life, &input), || {
            format!("{place} {input}")
        });
        let clock = Clock {
            now: self.now,
            wall: node.clock.show(self.now),
        };
        let mut effects = Effects {
            disk: &mut node.disk,
            outputs: Vec::new(),
            next_link: &mut self.next_link,
        };
        machine.handle(clock, input, &mut effects);
        for output in effects.outputs {
            self.perform(place, output);
        }
        self.rewind(place);
    }

    fn perform(&mut self, place: Place, output: Output) {
        match output {
            Output::Send { to, bytes } => {
                let to = Place::at(to).filter(|to| to.0 < self.nodes.len());
                let Some(to) = to else { return };
                for after in self.network.datagram(place, to, &mut self.random) {
                    let bytes = bytes.clone();
                    let from = place;
                    self.queue
                        .plan(self.now + after, Event::Datagram { from, to, bytes });
                }
            }
            Output::Open { link, to } => {
                let to = Place::at(to).filter(|to| to.0 < self.nodes.len());
                let known = to.unwrap_or(place);
                let life = self.nodes[place.0].life;
                self.links.insert(link, Link::new(place, life, known));
                if to.is_some() {
                    self.ship(link, Side::Accepter, Cargo::Open);
                } else {
                    let side = Side::Opener;
                    self.queue.plan(self.now, Event::Broken { link, side });
                }
            }
            Output::Write { link, bytes } => {
                if let Some(side) = self.side(link, place) {
                    self.ship(link, side.other(), Cargo::Bytes(bytes));
                }
            }
            Output::Close(link) => {
                if let Some(side) = self.side(link, place) {
                    self.hang_up(link, side);
                    self.ship(link, side.other(), Cargo::Close);
                }
            }
            Output::Note(text) => self.trace.add(self.now, (place, &text), || {
                format!("{place} notes: {text}")
            }),
        }
    }

    fn wake(&mut self, place: Place, life: u32) {
        let node = &mut self.nodes[place.0];
        if node.life != life {
            return;
        }
        if node.wake.is_some_and(|wake| wake <= self.now) {
            node.wake = None;
        }
        let wanted = node.machine.as_ref().and_then(Machine::next_timeout);
        if wanted.is_some_and(|at| at <= self.now) {
            self.handle(place, Input::Timeout);
        } else {
            self.rewind(place);
        }
    }

    /// Sees to it that a machine is woken when it wants to.
    fn rewind(&mut self, place: Place) {
        let node = &mut self.nodes[place.0];
        let Some(wanted) = node.machine.as_ref().and_then(Machine::next_timeout) else {
            return;
        };
        // A machine that is late over and over does not stop time.
        let at = wanted.max(self.now + Duration::from_micros(1));
        if node.wake.is_none_or(|wake| at < wake) {
            node.wake = Some(at);
            let life = node.life;
            self.queue.plan(at, Event::Wake { place, life });
        }
    }
}
