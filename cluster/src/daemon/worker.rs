//! A node.

mod credentials;
mod door;
mod start;

use std::io;
use std::net::SocketAddr;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use cluster_protocol::{Epoch, Exchange, Name, Peer, PeerKind, Signed};
use tokio::sync::mpsc::{self, UnboundedReceiver, UnboundedSender, unbounded_channel};
use tokio::sync::oneshot;
use tokio::time::Interval;

pub use start::{Start, WorkerError};

use super::boot_server;
use super::exchange::exchange;
use super::handover::{self, Handover};
use super::link::{Link, LinkEvent};
use super::{note, program, random, say};
use crate::application::Host;
use crate::clock::{wall, wall_millis};
use crate::identity::{self, Identity, verify_charter};
use crate::membership::{Config, Contact, MemberEvent, Membership};
use crate::net::{ConnectError, Gossip, Heard, Listener, renew};
use crate::node::{HostCommand, HostEvent, Input, NodeBrain, NodeConfig, Output};
use credentials::Credentials;
use door::{Door, listen};
use start::identity_error;

/// How long everything may take to stop when the node leaves.
const LEAVE_WITHIN: Duration = Duration::from_secs(20);
/// How long what was said last may take to go out.
const LAST_WORDS: Duration = Duration::from_millis(100);
/// How often it is looked whether certificates are to be renewed, and tried
/// again when that failed.
const RENEWAL_CHECK: Duration = Duration::from_secs(2);

/// How much of what the boot server says may wait to be looked at.
const EVENTS: usize = 64;

/// What the process has done before it became this program.
#[derive(Clone, Copy, Debug, Default)]
struct Past {
    /// The greatest version of a release that it has run.
    release_floor: u64,
    /// The greatest epoch that it has obeyed.
    epoch: Epoch,
}

/// Runs a node until it is told to leave; with a handover, the one that has
/// become this program.
///
/// # Errors
/// If it is not let in, or the system fails.
pub async fn run(start: Start, handover: Option<Handover>) -> Result<(), WorkerError> {
    let node = match handover {
        Some(handover) => Worker::resume(start, handover).await?,
        None => Worker::begin(start).await?,
    };
    node.live().await
}

/// A running node.
struct Worker {
    start: Start,
    credentials: Credentials,
    door: Arc<Mutex<Arc<Door>>>,
    listener: Listener,
    gossip: Gossip,
    brain: NodeBrain,
    host: Host,
    host_events: UnboundedReceiver<HostEvent>,
    link: Option<Link>,
    link_number: u64,
    link_events: mpsc::Receiver<(u64, LinkEvent)>,
    link_sender: mpsc::Sender<(u64, LinkEvent)>,
    asked: UnboundedReceiver<(Exchange, oneshot::Sender<Exchange>)>,
    answered: UnboundedReceiver<Result<Exchange, ConnectError>>,
    answered_sender: UnboundedSender<Result<Exchange, ConnectError>>,
    /// Whether the boot server answers, after others said that it is gone.
    asked_boot: UnboundedReceiver<Result<Exchange, ConnectError>>,
    asked_boot_sender: UnboundedSender<Result<Exchange, ConnectError>>,
    renewed: UnboundedReceiver<Result<Identity, ConnectError>>,
    renewed_sender: UnboundedSender<Result<Identity, ConnectError>>,
    renewing: bool,
    boot: SocketAddr,
    origin: Instant,
    report: Interval,
    leaving: Option<Instant>,
    left: bool,
}

impl Worker {
    /// A node that is started: by its token, or with the identity that it has
    /// kept.
    async fn begin(mut start: Start) -> Result<Self, WorkerError> {
        let kept = match &start.identity_file {
            Some(file) if file.exists() => {
                let identity = Identity::load(file).map_err(identity_error)?;
                if *identity.name() != start.name {
                    return Err(WorkerError::OtherName {
                        file: file.clone(),
                        found: identity.name().clone(),
                        expected: start.name,
                    });
                }
                Some(identity)
            }
            _ => None,
        };
        let identity = match kept {
            Some(identity) if identity.expires() > wall() => identity,
            Some(identity) if start.token.is_none() => {
                return Err(WorkerError::Ended(identity.name().clone()));
            }
            _ => start::enrol(&start).await?,
        };
        let boot = identity.cluster().boot.into();
        if start.join.is_empty() {
            // It has kept where it was let in.
            start.join.push(boot);
        }
        let groups = start.groups.clone();
        Self::new(start, identity, boot, groups, Past::default()).await
    }

    /// A node that goes on in another program.
    async fn resume(mut start: Start, handover: Handover) -> Result<Self, WorkerError> {
        let identity = Identity::from_bytes(&handover.identity).map_err(identity_error)?;
        start.listen = handover.address.into();
        let boot = handover.boot.into();
        let past = Past {
            release_floor: handover.release_floor,
            epoch: handover.epoch,
        };
        Self::new(start, identity, boot, handover.groups, past).await
    }

    async fn new(
        start: Start,
        identity: Identity,
        boot: SocketAddr,
        groups: Vec<Name>,
        past: Past,
    ) -> Result<Self, WorkerError> {
        let groups = if groups.is_empty() {
            identity.subject().groups.clone()
        } else {
            groups
        };
        let credentials = Credentials::new(identity)?;
        let (exchanges, asked) = unbounded_channel();
        let door = Arc::new(Mutex::new(Arc::new(Door {
            client: credentials.client.clone(),
            boot,
            exchanges,
            trust: credentials.trust.clone(),
        })));
        let (listener, socket) = listen(&start, &credentials, &door).await?;
        let address = listener.address();
        say(&format!("node {} is listening at {address}", start.name));

        let seed = random().map_err(identity_error)?;
        let peer = Peer {
            name: start.name.clone(),
            address: address.into(),
            generation: wall_millis(),
            kind: PeerKind::Worker,
        };
        let origin = Instant::now();
        let membership = Membership::new(peer.clone(), Config::default(), seed);
        let mut gossip = Gossip::new(socket, membership, origin).map_err(identity_error)?;
        gossip.join(&start.join);
        let hash = program::hash()?;
        let config = NodeConfig {
            peer,
            groups,
            facts: credentials.identity.cluster().clone(),
            program: format!("{} ({hash:.8})", env!("CARGO_PKG_VERSION")).into(),
            program_hash: hash,
            release_floor: past.release_floor,
            epoch: past.epoch,
        };
        let brain = NodeBrain::new(config, Arc::new(identity::verify), seed);
        let (host, host_events) = Host::new(&start.name);
        let (link_sender, link_events) = mpsc::channel(EVENTS);
        let (answered_sender, answered) = unbounded_channel();
        let (asked_boot_sender, asked_boot) = unbounded_channel();
        let (renewed_sender, renewed) = unbounded_channel();
        Ok(Self {
            start,
            credentials,
            door,
            listener,
            gossip,
            brain,
            host,
            host_events,
            link: None,
            link_number: 0,
            link_events,
            link_sender,
            asked,
            answered,
            answered_sender,
            asked_boot,
            asked_boot_sender,
            renewed,
            renewed_sender,
            renewing: false,
            boot,
            origin,
            report: tokio::time::interval(Duration::from_secs(1)),
            leaving: None,
            left: false,
        })
    }

    /// Does what is to be done until the node has left.
    async fn live(mut self) -> Result<(), WorkerError> {
        let mut terminate =
            tokio::signal::unix::signal(tokio::signal::unix::SignalKind::terminate())?;
        let mut renewal = tokio::time::interval(RENEWAL_CHECK);
        loop {
            self.follow()?;
            if self.left
                || self
                    .leaving
                    .is_some_and(|since| since.elapsed() > LEAVE_WITHIN)
            {
                self.gossip.leave();
                // What was said last is on its way.
                tokio::time::sleep(LAST_WORDS).await;
                return Ok(());
            }
            let due = self.brain.next_timeout();
            let wait = due.map_or(Duration::from_secs(1), |due| {
                due.saturating_sub(self.origin.elapsed())
            });
            tokio::select! {
                event = self.link_events.recv() => if let Some((number, event)) = event {
                    self.on_link(number, event);
                },
                event = self.host_events.recv() => if let Some(event) = event {
                    self.think(Input::Host(event));
                },
                worked = self.gossip.work() => worked?,
                asked = self.asked.recv() => if let Some((exchange, answer)) = asked {
                    // One who no longer waits need not be answered.
                    let _ = answer.send(self.gossip.exchange(self.brain.charter().clone()));
                    self.learn(exchange);
                },
                answer = self.answered.recv() => if let Some(Ok(exchange)) = answer {
                    self.learn(exchange);
                },
                answer = self.asked_boot.recv() => match answer {
                    Some(Ok(exchange)) => self.learn(exchange),
                    Some(Err(error)) => {
                        note(&format!("everything goes on without the boot server: {error}"));
                        // A link to nobody would stand for ever.
                        if self.link.take().is_some() {
                            self.think(Input::LinkDown);
                        }
                    }
                    None => {}
                },
                renewed = self.renewed.recv() => if let Some(renewed) = renewed {
                    self.on_renewed(renewed)?;
                },
                _ = self.report.tick() => self.host.report(),
                _ = renewal.tick() => self.renew(),
                () = tokio::time::sleep(wait) => self.think(Input::Timeout),
                _ = tokio::signal::ctrl_c() => self.leave()?,
                _ = terminate.recv() => self.leave()?,
            }
        }
    }

    fn think(&mut self, input: Input) {
        self.brain.handle(self.origin.elapsed(), wall(), input);
    }

    /// The first time it is done in order, the second at once.
    fn leave(&mut self) -> Result<(), WorkerError> {
        if self.leaving.is_some() {
            return Err(io::Error::from(io::ErrorKind::Interrupted).into());
        }
        self.leaving = Some(Instant::now());
        self.think(Input::Leave);
        Ok(())
    }

    /// Does what brain and membership want done.
    fn follow(&mut self) -> Result<(), WorkerError> {
        while let Some(output) = self.brain.poll_output() {
            match output {
                Output::Link(message) => {
                    if self.link.as_ref().is_some_and(|link| !link.send(message)) {
                        note("the boot server does not take what it is told");
                        self.link = None;
                        self.think(Input::LinkDown);
                    }
                }
                Output::Connect { after } => {
                    self.link_number += 1;
                    self.link = Some(Link::open(
                        after,
                        self.boot,
                        self.credentials.client.clone(),
                        self.link_number,
                        self.link_sender.clone(),
                    ));
                }
                Output::Host(HostCommand::Exec {
                    program,
                    release_floor,
                    epoch,
                    ..
                }) => {
                    let why = self.become_program(&program, release_floor, epoch)?;
                    self.think(Input::Host(HostEvent::ExecFailed { why }));
                }
                Output::Host(command) => self.host.handle(command),
                Output::Keys(keys) => self.gossip.set_keys(keys),
                Output::Members(members) => {
                    if let Some(first) = members.first() {
                        let first = first.peer.clone();
                        self.gossip.learn(&first, &members);
                    }
                }
                Output::Charter(charter) => self.on_charter(&charter),
                Output::Left => self.left = true,
                Output::Note(text) => note(&text),
            }
        }
        for heard in self.gossip.drain() {
            match heard {
                Heard::Exchange(contact) => {
                    self.exchange(contact, self.answered_sender.clone());
                }
                Heard::Member(MemberEvent::Up(peer)) => note(&format!("{} has come", peer.name)),
                Heard::Member(MemberEvent::Down(peer)) if peer.name == *boot_server::NAME => {
                    // Others may be wrong, or lie: only one who asks it knows.
                    let boot = Contact::Address(self.boot.into());
                    self.exchange(boot, self.asked_boot_sender.clone());
                }
                Heard::Member(MemberEvent::Down(peer)) => note(&format!("{} is gone", peer.name)),
                Heard::Member(_) => {}
            }
        }
        Ok(())
    }

    fn on_link(&mut self, number: u64, event: LinkEvent) {
        if number != self.link_number {
            return;
        }
        match event {
            LinkEvent::Up => self.think(Input::LinkUp),
            LinkEvent::Message(message) => self.think(Input::Link(message)),
            LinkEvent::Down(why) => {
                note(&format!("no link to the boot server: {why}"));
                self.link = None;
                self.think(Input::LinkDown);
            }
        }
    }

    fn on_charter(&mut self, signed: &Signed) {
        let key = self.credentials.identity.cluster().charter_key;
        let Some(charter) = verify_charter(signed, key) else {
            return;
        };
        self.credentials.trust.update(&charter);
        if let Some(boot) = charter.boot.first() {
            self.boot = (*boot).into();
            self.show_door();
        }
    }

    /// Has visitors see what has changed.
    fn show_door(&self) {
        let mut door = self.door.lock().unwrap_or_else(PoisonError::into_inner);
        *door = Arc::new(Door {
            client: self.credentials.client.clone(),
            boot: self.boot,
            exchanges: door.exchanges.clone(),
            trust: self.credentials.trust.clone(),
        });
    }

    /// Exchanges with somebody; what they know goes to `answers`.
    fn exchange(
        &mut self,
        contact: Contact,
        answers: UnboundedSender<Result<Exchange, ConnectError>>,
    ) {
        let known = self.gossip.exchange(self.brain.charter().clone());
        let config = self.credentials.client.clone();
        tokio::spawn(async move {
            let _ = answers.send(exchange(contact, config, known).await);
        });
    }

    fn learn(&mut self, exchange: Exchange) {
        self.gossip.learn(&exchange.source, &exchange.members);
        self.think(Input::Charter(exchange.charter));
    }

    /// Asks for new certificates, if it is time.
    fn renew(&mut self) {
        let identity = &self.credentials.identity;
        if self.renewing || wall() < identity.renew_at() {
            return;
        }
        self.renewing = true;
        let identity = identity.clone();
        let boot = self.boot;
        let renewed = self.renewed_sender.clone();
        tokio::spawn(async move {
            let _ = renewed.send(renew(identity, boot).await);
        });
    }

    fn on_renewed(&mut self, renewed: Result<Identity, ConnectError>) -> Result<(), WorkerError> {
        self.renewing = false;
        match renewed {
            Ok(identity) => {
                if let Some(file) = &self.start.identity_file
                    && let Err(error) = identity.save(file)
                {
                    note(&format!("the new certificates cannot be kept: {error}"));
                }
                self.credentials.renew(identity)?;
                self.show_door();
            }
            Err(why) => note(&format!("certificates cannot be renewed yet: {why}")),
        }
        Ok(())
    }

    /// Becomes another program; why not, if it comes back.
    fn become_program(
        &mut self,
        bytes: &[u8],
        release_floor: u64,
        epoch: Epoch,
    ) -> Result<String, WorkerError> {
        let identity = self.credentials.identity.to_bytes();
        let handover = Handover {
            identity: identity.map_err(identity_error)?.into(),
            address: self.listener.address().into(),
            groups: self.start.groups.clone(),
            release_floor,
            epoch,
            boot: self.boot.into(),
        };
        let handover = pickler::encode(&handover).map_err(identity_error)?;
        let Err(error) = program::become_program(bytes, handover::VARIABLE, &handover);
        Ok(error.to_string())
    }
}
