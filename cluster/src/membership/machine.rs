//! The machine that everybody else sees.

use std::time::Duration;

use cluster_protocol::{Address, Liveness, MAX_MESSAGE, MemberState, Name, Peer};
use rand_chacha::ChaCha8Rng;
use rand_chacha::rand_core::{Rng as _, SeedableRng as _};

use super::contact::{below, choose};
use super::{Config, Contact, Engine, Error, Local, MAX_GENERATION, MemberEvent, merge};

/// The most addresses to join by that are kept.
const MAX_SEEDS: usize = 64;

/// The most bytes that members take in an exchange: the message also holds the
/// charter.
const MAX_EXCHANGE: usize = MAX_MESSAGE / 2;

/// Who is there.
///
/// After each call the caller drains [`poll_transmit`](Self::poll_transmit) and
/// [`poll_event`](Self::poll_event), asks
/// [`due_exchange`](Self::due_exchange), and waits until
/// [`next_timeout`](Self::next_timeout) or for something to come in.
///
/// ```
/// use std::time::Duration;
/// use cluster::membership::{Config, Contact, Membership, MemberEvent};
/// use cluster_protocol::{Address, Peer, PeerKind};
///
/// let peer = |name: &str, port| Peer {
///     name: name.into(),
///     address: Address::V4 { ip: [127, 0, 0, 1], port },
///     generation: 1_700_000_000_000,
///     kind: PeerKind::Worker,
/// };
/// let mut ada = Membership::new(peer("ada", 1), Config::default(), 1);
/// let mut bob = Membership::new(peer("bob", 2), Config::default(), 2);
///
/// // Ada is told where Bob listens. Who that is turns out in the exchange.
/// let now = Duration::ZERO;
/// ada.join(now, &[bob.me().address]);
/// assert_eq!(ada.due_exchange(now), Some(Contact::Address(bob.me().address)));
/// let asked = ada.exchange();
/// bob.apply_exchange(now, ada.me(), &asked)?;
/// let answered = bob.exchange();
/// ada.apply_exchange(now, bob.me(), &answered)?;
///
/// assert_eq!(ada.poll_event(), Some(MemberEvent::Up(bob.me().clone())));
/// assert_eq!(bob.poll_event(), Some(MemberEvent::Up(ada.me().clone())));
/// # Ok::<(), cluster::membership::Error>(())
/// ```
pub struct Membership {
    engine: Box<dyn Engine>,
    config: Config,
    random: ChaCha8Rng,
    seeds: Vec<Address>,
    next_exchange: Duration,
    left: bool,
}

impl Membership {
    /// A node that does not know of anybody yet, with SWIM as its engine. The
    /// same seed, fed the same, does the same.
    pub fn new(me: Peer, config: Config, seed: u64) -> Self {
        let engine = Local::new(me, &config, seed);
        Self::with_engine(Box::new(engine), config, seed)
    }

    /// The same, with another engine.
    pub fn with_engine(engine: Box<dyn Engine>, config: Config, seed: u64) -> Self {
        Self {
            engine,
            config,
            // Not the numbers that the engine draws.
            random: ChaCha8Rng::seed_from_u64(!seed),
            seeds: Vec::new(),
            next_exchange: Duration::ZERO,
            left: false,
        }
    }

    /// This node, as it is now: its generation changes when it has to rejoin.
    pub fn me(&self) -> &Peer {
        self.engine.me()
    }

    /// All members but this node, in no order; also those that are down and not
    /// forgotten yet.
    pub fn members(&self) -> impl Iterator<Item = MemberState> + '_ {
        let me = &self.me().name;
        self.engine
            .members()
            .filter(move |member| member.peer.name != *me)
    }

    /// How a member fares, if it is known.
    pub fn liveness(&self, name: &str) -> Option<Liveness> {
        self.members()
            .find(|member| member.peer.name == *name)
            .map(|member| member.liveness)
    }

    /// Joins whoever listens at these addresses: an exchange with one of them
    /// is due at once, and again and again until somebody is found. They are
    /// kept for the day when this node has lost all others.
    pub fn join(&mut self, now: Duration, addresses: &[Address]) {
        for address in addresses {
            let own = *address == self.me().address;
            if !own && !self.seeds.contains(address) && self.seeds.len() < MAX_SEEDS {
                self.seeds.push(*address);
            }
        }
        self.next_exchange = now;
    }

    /// Tells the others that this node leaves, and does nothing any more.
    pub fn leave(&mut self, now: Duration) {
        self.engine.leave(now);
        self.left = true;
    }

    /// Takes in a datagram, opened and authenticated.
    ///
    /// # Errors
    /// If it is no datagram of membership, or not a sound one. It says nothing
    /// about who sent it: whoever has the cluster's key can say anything.
    pub fn handle_datagram(&mut self, now: Duration, plain: &[u8]) -> Result<(), Error> {
        if self.left {
            return Ok(());
        }
        self.engine.handle_datagram(now, plain)
    }

    /// Does what is due, if anything.
    pub fn handle_timeout(&mut self, now: Duration) {
        if !self.left {
            self.engine.handle_timeout(now);
        }
    }

    /// When [`handle_timeout`](Self::handle_timeout) and
    /// [`due_exchange`](Self::due_exchange) are to be called at the latest.
    pub fn next_timeout(&self) -> Option<Duration> {
        if self.left {
            return None;
        }
        let exchange = Some(self.next_exchange);
        let engine = self.engine.next_timeout();
        exchange.into_iter().chain(engine).min()
    }

    /// With whom to exchange now, over TCP, if it is time. Send
    /// [`exchange`](Self::exchange), and give the answer to
    /// [`apply_exchange`](Self::apply_exchange); whoever is asked does the same
    /// the other way round. One that fails is not tried again: the next is due
    /// soon.
    pub fn due_exchange(&mut self, now: Duration) -> Option<Contact> {
        if self.left || now < self.next_exchange {
            return None;
        }
        let alone = self.is_alone();
        let every = match self.config.exchange_every {
            Some(every) if !alone => every,
            _ => self.config.join_every,
        };
        self.next_exchange = now + self.jittered(every);
        if !alone && self.config.exchange_every.is_none() {
            return None;
        }
        let me = self.engine.me();
        let others = self
            .engine
            .members()
            .filter(|member| member.peer.name != me.name);
        choose(others, &self.seeds, &mut self.random)
    }

    /// What to tell in an exchange: this node and all members that it knows, or
    /// as many as fit into one message.
    pub fn exchange(&mut self) -> Vec<MemberState> {
        let mut all: Vec<MemberState> = self.members().collect();
        all.push(self.own_state());
        // If not all fit, others do the next time.
        let start = below(&mut self.random, all.len());
        all.rotate_left(start);
        let mut bytes = 0;
        all.into_iter()
            .take_while(|member| {
                bytes += member.peer.name.len() + 40;
                bytes <= MAX_EXCHANGE
            })
            .take(usize::from(u16::MAX))
            .collect()
    }

    /// Takes in what `source`, whom the connection has authenticated, told in an
    /// exchange.
    ///
    /// # Errors
    /// If something in it is not sound; then nothing of it is believed. If
    /// there are more members than are kept, what could be was taken in.
    pub fn apply_exchange(
        &mut self,
        now: Duration,
        source: &Peer,
        members: &[MemberState],
    ) -> Result<(), Error> {
        if self.left {
            return Ok(());
        }
        if source.name == self.me().name {
            return Err(Error::Spoofed(source.name.clone()));
        }
        let source_state = MemberState {
            peer: source.clone(),
            incarnation: 0,
            liveness: Liveness::Alive,
        };
        let news = merge::news(
            &self.own_state(),
            self.members(),
            std::iter::once(source_state).chain(members.iter().cloned()),
            self.config.max_members,
        )?;
        let was_alone = self.is_alone();
        if let Some(generation) = news.own_generation
            && generation < MAX_GENERATION
        {
            // The others remember a later start of this node than its own: its
            // clock was set back. They would not listen to it.
            self.engine.renew(now, generation + 1);
        }
        // What a newcomer is told, all others know already.
        self.engine.apply(now, news.members, !was_alone);
        if was_alone {
            self.engine.announce(now, source);
        }
        if news.overflow {
            return Err(Error::Full(self.config.max_members));
        }
        Ok(())
    }

    /// A connection with this member has ended without a farewell: if it does
    /// not say that it is alive, it will be held to be down.
    pub fn connection_ended(&mut self, now: Duration, name: &str) {
        if !self.left && *name != *self.me().name {
            self.engine.suspect(now, name);
        }
    }

    /// What to send: where to, and the datagram, yet to be sealed.
    pub fn poll_transmit(&mut self) -> Option<(Address, Vec<u8>)> {
        self.engine.poll_transmit()
    }

    /// What happened.
    pub fn poll_event(&mut self) -> Option<MemberEvent> {
        let event = self.engine.poll_event()?;
        if event == MemberEvent::Alone {
            self.next_exchange = Duration::ZERO;
        }
        Some(event)
    }

    fn is_alone(&self) -> bool {
        !self
            .members()
            .any(|member| member.liveness != Liveness::Down)
    }

    fn own_state(&self) -> MemberState {
        MemberState {
            peer: self.me().clone(),
            incarnation: 0,
            liveness: Liveness::Alive,
        }
    }

    /// A fifth more or less, so that nodes started at once do not stay in step.
    fn jittered(&mut self, every: Duration) -> Duration {
        let percent = 80 + self.random.next_u32() % 41;
        every * percent / 100
    }
}

/// Its name, and how many others it knows.
impl std::fmt::Debug for Membership {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let name: &Name = &self.me().name;
        f.debug_struct("Membership")
            .field("me", name)
            .field("members", &self.members().count())
            .finish_non_exhaustive()
    }
}
