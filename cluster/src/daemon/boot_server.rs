//! The boot server.

mod entry;
mod files;
mod requests;
mod visitors;

use std::collections::HashMap;
use std::net::SocketAddr;
use std::path::Path;
use std::sync::Arc;
use std::time::{Duration, Instant};

use cluster_protocol::{
    Certificates, Charter, Epoch, Exchange, Message, Name, Peer, PeerKind, Signed, Statement,
};
use rustls::{ClientConfig, ServerConfig};
use serde_json::json;
use tokio::net::UdpSocket;
use tokio::sync::mpsc::error::TrySendError;
use tokio::sync::mpsc::{self, UnboundedReceiver, UnboundedSender, unbounded_channel};
use tokio::sync::watch;

pub use files::{BootError, Files, audit_file};

use super::exchange::exchange;
use super::{note, program, random, say};
use crate::clock::{wall, wall_millis};
use crate::controller::{
    ControllerBrain, ControllerConfig, Input, LinkId, ModuleSource, OperatorId, Output,
};
use crate::identity::{
    self, Credential, Identity, Registrar, SigningKey, Trust, client_config, server_config,
    verify_charter,
};
use crate::membership::{Config, Membership};
use crate::net::{ConnectError, Gossip, Heard, Listener};
use crate::store::ModuleStore;
use visitors::Event;

/// The boot server's name among members.
pub const NAME: &str = "boot";

/// How much of what visitors say may wait to be looked at.
const EVENTS: usize = 256;
/// How often strangers who were refused are put into the audit log, in sum.
const REFUSALS_EVERY: Duration = Duration::from_secs(60);
/// How often it is looked whether its own certificates are to be renewed.
const RENEWAL_CHECK: Duration = Duration::from_secs(1);
/// How long datagrams are sealed with one key.
const KEY_LIFETIME: Duration = Duration::from_secs(24 * 3_600);

/// The modules on the disk, as the brain serves them.
struct Modules(Arc<ModuleStore>);

impl ModuleSource for Modules {
    fn size(&self, hash: &cluster_protocol::Digest) -> Option<u64> {
        self.0.size(*hash)
    }

    fn read(&self, hash: &cluster_protocol::Digest, offset: u64, length: usize) -> Option<Vec<u8>> {
        match self.0.read(*hash, offset, length) {
            Ok(bytes) => bytes,
            Err(error) => {
                note(&format!("a module cannot be read: {error}"));
                None
            }
        }
    }
}

/// A running boot server.
struct BootServer {
    /// Listens as long as it is there.
    _listener: Listener,
    files: Files,
    registrar: Registrar,
    store: Arc<ModuleStore>,
    /// Sizes of the modules that were offered, by hash.
    offered: HashMap<cluster_protocol::Digest, u64>,
    trust: Trust,
    identity: Identity,
    client: Arc<ClientConfig>,
    server: watch::Sender<Arc<ServerConfig>>,
    brain: ControllerBrain,
    gossip: Gossip,
    links: HashMap<LinkId, (mpsc::Sender<Message>, Peer)>,
    operators: HashMap<OperatorId, (mpsc::Sender<Message>, Credential)>,
    events: mpsc::Receiver<Event>,
    answers: UnboundedSender<Result<Exchange, ConnectError>>,
    answered: UnboundedReceiver<Result<Exchange, ConnectError>>,
    expected: Vec<Name>,
    /// Strangers who were refused and are not in the log yet.
    refused: u64,
    address: SocketAddr,
    origin: Instant,
}

/// How a boot server is started.
#[derive(Clone, Debug)]
pub struct Options {
    /// Where it listens.
    pub listen: SocketAddr,
    /// How long certificates are good for; they are renewed after two thirds of
    /// that.
    pub certificate_lifetime: Duration,
}

/// Runs the boot server whose files are in that folder until it is told to end.
/// `ready` is called once it listens, with where.
///
/// # Errors
/// If its files are not in order, or the system fails.
pub async fn run(
    folder: &Path,
    options: &Options,
    ready: impl FnOnce(SocketAddr),
) -> Result<(), BootError> {
    let mut server = BootServer::new(folder, options).await?;
    ready(server.address);
    say(&format!(
        "the boot server of cluster {} is listening at {}",
        server.identity.cluster().name,
        server.address
    ));
    server.live().await
}

impl BootServer {
    async fn new(folder: &Path, options: &Options) -> Result<Self, BootError> {
        let listen = options.listen;
        let mut files = Files::open(folder)?;
        let epoch = files.next_epoch()?;
        let trust = Trust::default();
        let mut registrar = Registrar::open(folder, files.authority()?, trust.clone())?
            .with_lifetime(options.certificate_lifetime);
        let store = Arc::new(ModuleStore::open(&folder.join("modules"))?);

        let key = SigningKey::generate().map_err(BootError::random)?;
        let certificates = registrar.issue_boot(NAME, &key, wall())?;
        let (events, received) = mpsc::channel(EVENTS);

        // The port is known only once it listens, and the charter says it.
        let facts = files.facts(listen, epoch)?;
        let identity = accept(key, certificates, facts)?;
        let server = server_config(&identity, &trust).map_err(BootError::identity)?;
        let server = watch::Sender::new(server);
        let receive = visitors::reception(events, trust.clone());
        let cluster = identity.cluster().clone();
        let listener = Listener::start(listen, server.subscribe(), cluster, receive)
            .await
            .map_err(|source| BootError::Listen {
                address: listen,
                source,
            })?;
        let address = listener.address();
        let socket = UdpSocket::bind(address)
            .await
            .map_err(|source| BootError::Listen { address, source })?;

        let facts = files.facts(address, epoch)?;
        if let Some(charter) = verify_charter(&facts.charter, facts.charter_key) {
            trust.update(&charter);
        }
        let identity = identity.with_facts(facts.clone());
        let client = client_config(&identity, &trust).map_err(BootError::identity)?;
        let seed = random().map_err(BootError::random)?;
        let peer = Peer {
            name: NAME.into(),
            address: address.into(),
            generation: wall_millis(),
            kind: PeerKind::Boot,
        };
        let origin = Instant::now();
        let mut gossip = Gossip::new(
            socket,
            Membership::new(peer, Config::default(), seed),
            origin,
        )
        .map_err(BootError::random)?;
        gossip.set_keys(files.keys.keys().to_vec());
        let charter_key = files.charter_key()?;
        let sign = move |charter: Charter| -> Signed { sign_charter(&charter_key, charter) };
        let config = ControllerConfig {
            facts,
            epoch,
            keys: files.keys.keys().to_vec(),
        };
        let brain = ControllerBrain::new(
            config,
            files.kept.stored(),
            Arc::new(identity::verify),
            Box::new(sign),
            Box::new(Modules(store.clone())),
            seed,
        );
        let (answers, answered) = unbounded_channel();
        let mut this = Self {
            _listener: listener,
            files,
            registrar,
            store,
            offered: HashMap::new(),
            trust,
            identity,
            client,
            server,
            brain,
            gossip,
            links: HashMap::new(),
            operators: HashMap::new(),
            events: received,
            answers,
            answered,
            expected: Vec::new(),
            refused: 0,
            address,
            origin,
        };
        let detail = json!({ "address": address.to_string(), "epoch": epoch.number, "program": program::hash()?.to_string() });
        this.files.audit.append(wall(), NAME, "start", &detail)?;
        Ok(this)
    }

    async fn live(&mut self) -> Result<(), BootError> {
        let mut terminate =
            tokio::signal::unix::signal(tokio::signal::unix::SignalKind::terminate())?;
        let mut renewal = tokio::time::interval(RENEWAL_CHECK);
        let first = tokio::time::Instant::now() + KEY_LIFETIME;
        let mut rotation = tokio::time::interval_at(first, KEY_LIFETIME);
        let mut refusals = tokio::time::interval(REFUSALS_EVERY);
        // A sync that was cut short is taken up.
        self.think(Input::Timeout);
        loop {
            self.follow()?;
            let due = self.brain.next_timeout();
            let wait = due.map_or(Duration::from_secs(1), |due| {
                due.saturating_sub(self.origin.elapsed())
            });
            tokio::select! {
                event = self.events.recv() => if let Some(event) = event {
                    self.on_event(event)?;
                },
                worked = self.gossip.work() => worked?,
                answer = self.answered.recv() => if let Some(Ok(exchange)) = answer {
                    self.gossip.learn(&exchange.source, &exchange.members);
                },
                _ = renewal.tick() => self.renew()?,
                _ = refusals.tick() => self.log_refusals()?,
                _ = rotation.tick() => {
                    let detail = json!({});
                    self.files.audit.append(wall(), NAME, "rotate key", &detail)?;
                    self.rotate_key()?;
                }
                () = tokio::time::sleep(wait) => self.think(Input::Timeout),
                _ = tokio::signal::ctrl_c() => break,
                _ = terminate.recv() => break,
            }
        }
        self.gossip.leave();
        self.log_refusals()?;
        let detail = json!({});
        self.files.audit.append(wall(), NAME, "stop", &detail)?;
        Ok(())
    }

    fn think(&mut self, input: Input) {
        self.brain.handle(self.origin.elapsed(), wall(), input);
    }

    fn follow(&mut self) -> Result<(), BootError> {
        loop {
            self.tell_expected();
            while let Some(output) = self.brain.poll_output() {
                self.carry_out(output)?;
            }
            let heard = self.gossip.drain();
            if heard.is_empty() {
                return Ok(());
            }
            for heard in heard {
                self.on_heard(heard);
            }
        }
    }

    fn on_heard(&mut self, heard: Heard) {
        match heard {
            Heard::Exchange(contact) => {
                let known = self.gossip.exchange(self.brain.charter().clone());
                let config = self.client.clone();
                let answers = self.answers.clone();
                tokio::spawn(async move {
                    let _ = answers.send(exchange(contact, config, known).await);
                });
            }
            Heard::Member(_) => {
                let members: Vec<_> = self.gossip.membership().members().collect();
                for member in members {
                    self.think(Input::Member(member));
                }
            }
        }
    }

    /// Tells the brain whose tokens are good, if that has changed.
    fn tell_expected(&mut self) {
        let expected = self.registrar.pending(wall());
        if expected != self.expected {
            self.expected.clone_from(&expected);
            self.think(Input::Expected(expected));
        }
    }

    fn carry_out(&mut self, output: Output) -> Result<(), BootError> {
        match output {
            Output::ToNode { link, message } => {
                if let Some((sender, peer)) = self.links.get(&link)
                    && let Err(TrySendError::Full(_)) = sender.try_send(message)
                {
                    let name = &peer.name;
                    note(&format!(
                        "node {name} does not take what it asks for; its link is closed"
                    ));
                    self.links.remove(&link);
                    self.think(Input::NodeDown { link });
                }
            }
            Output::CloseLink { link } => {
                // What was said on it is still sent: the task ends with its
                // queue.
                self.links.remove(&link);
            }
            Output::ToOperator { operator, response } => {
                if let Some((sender, credential)) = self.operators.get(&operator)
                    && let Err(TrySendError::Full(_)) = sender.try_send(response.into())
                {
                    let name = &credential.subject.name;
                    note(&format!("{name} does not take what it asks for"));
                    self.operators.remove(&operator);
                    self.think(Input::OperatorDown { operator });
                }
            }
            Output::CloseOperator { operator } => {
                self.operators.remove(&operator);
            }
            Output::Persist { sequence, record } => {
                self.files.kept.keep(record)?;
                self.think(Input::Persisted { sequence });
            }
            Output::Audit {
                sequence,
                who,
                what,
                detail,
            } => {
                self.files
                    .audit
                    .append(wall(), &who, what, &json!(detail))?;
                self.think(Input::Audited { sequence });
            }
            Output::Local { operator, request } => {
                if let Some(response) = self.do_locally(operator, request) {
                    self.think(Input::Respond { operator, response });
                }
            }
            Output::Charter(signed) => {
                let key = self.identity.cluster().charter_key;
                if let Some(charter) = verify_charter(&signed, key) {
                    self.trust.update(&charter);
                }
            }
            Output::Note(text) => note(&text),
        }
        Ok(())
    }

    fn on_event(&mut self, event: Event) -> Result<(), BootError> {
        match event {
            Event::Enrol { enrol, answer } => {
                let message = self.enrol(&enrol)?;
                let _ = answer.send(message);
            }
            Event::Renew {
                credential,
                renew,
                answer,
            } => {
                let message = self.renew_for(&credential, &renew)?;
                let _ = answer.send(message);
            }
            Event::Exchange { exchange, answer } => {
                let _ = answer.send(self.gossip.exchange(self.brain.charter().clone()));
                self.gossip.learn(&exchange.source, &exchange.members);
            }
            Event::NodeUp {
                link,
                credential,
                hello,
                sender,
            } => {
                self.links.insert(link, (sender, hello.peer.clone()));
                self.think(Input::NodeUp {
                    link,
                    name: credential.subject.name,
                    groups: credential.subject.groups,
                });
                self.think(Input::NodeMessage {
                    link,
                    message: (*hello).into(),
                });
            }
            Event::NodeMessage { link, message } => {
                self.think(Input::NodeMessage { link, message });
            }
            Event::NodeDown { link } => {
                if let Some((_, peer)) = self.links.remove(&link) {
                    self.gossip.connection_ended(&peer.name);
                }
                self.think(Input::NodeDown { link });
            }
            Event::OperatorUp {
                operator,
                credential,
                sender,
            } => {
                self.think(Input::OperatorUp {
                    operator,
                    name: credential.subject.name.clone(),
                    role: credential.subject.role,
                });
                self.operators.insert(operator, (sender, credential));
            }
            Event::OperatorRequest { operator, request } => {
                self.think(Input::OperatorRequest { operator, request });
            }
            Event::OperatorDown { operator } => {
                self.operators.remove(&operator);
                self.think(Input::OperatorDown { operator });
            }
        }
        Ok(())
    }

    /// Renews the boot server's own certificates, if it is time.
    fn renew(&mut self) -> Result<(), BootError> {
        if wall() < self.identity.renew_at() {
            return Ok(());
        }
        let key = SigningKey::generate().map_err(BootError::random)?;
        let certificates = self.registrar.issue_boot(NAME, &key, wall())?;
        let identity = self.identity.renewed(key, certificates, wall());
        self.identity = identity.map_err(BootError::identity)?;
        self.client = client_config(&self.identity, &self.trust).map_err(BootError::identity)?;
        let server = server_config(&self.identity, &self.trust).map_err(BootError::identity)?;
        self.server.send_replace(server);
        Ok(())
    }
}

fn accept(
    key: SigningKey,
    certificates: Certificates,
    facts: cluster_protocol::ClusterFacts,
) -> Result<Identity, BootError> {
    let pin = identity::sha256(&facts.authority);
    Identity::accept(key, NAME, certificates, facts, pin, wall()).map_err(BootError::identity)
}

/// A charter, signed. One that is too long to be signed is cut down to what
/// keeps strangers out.
fn sign_charter(key: &SigningKey, charter: Charter) -> Signed {
    match key.sign(&Statement::Charter(charter)) {
        Ok(signed) => signed,
        Err(error) => {
            note(&format!("the charter cannot be signed: {error}"));
            Signed {
                statement: Vec::new().into(),
                key: key.public(),
                signature: [0; 64],
            }
        }
    }
}

/// The epoch of a start.
fn epoch(number: u64) -> Result<Epoch, BootError> {
    Ok(Epoch {
        number,
        controller: random().map_err(BootError::random)?,
    })
}
