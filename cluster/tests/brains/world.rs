//! The brains, wired to each other. A step takes no time; time passes only when
//! nothing is left to do.

use std::collections::{BTreeMap, HashMap, VecDeque};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use cluster::controller::{
    ControllerBrain, ControllerConfig, Input as ControllerInput, LinkId, ModuleSource, OperatorId,
    Output as ControllerOutput, Record, Stored,
};
use cluster::identity::sha256;
use cluster::node::{Input, NodeBrain, NodeConfig, Output};
use cluster_protocol::{
    Application, ApplicationKind, Charter, Digest, Epoch, GossipKey, Manifest, Message, Module,
    Name, Peer, PeerKind, Request, Response, RestartPolicy, Role, Rollback, Signed, Statement,
    SyncRequest, Synced,
};

use super::host::Host;
use super::keys::{self, CHARTER, CLUSTER, RELEASE};

/// What the clock on the wall says at the beginning.
pub const WALL: u64 = 1_000_000;

#[derive(Clone, Default)]
pub struct Shelf(pub Arc<Mutex<HashMap<Digest, Vec<u8>>>>);

impl ModuleSource for Shelf {
    fn size(&self, hash: &Digest) -> Option<u64> {
        Some(self.0.lock().unwrap().get(hash)?.len() as u64)
    }

    fn read(&self, hash: &Digest, offset: u64, length: usize) -> Option<Vec<u8>> {
        let shelf = self.0.lock().unwrap();
        let start = usize::try_from(offset).ok()?;
        Some(shelf.get(hash)?.get(start..start + length)?.to_vec())
    }
}

pub struct TestNode {
    pub brain: NodeBrain,
    pub host: Host,
    pub link: Option<LinkId>,
    connect_at: Option<Duration>,
    /// No link can be made.
    pub is_cut_off: bool,
    pub notes: Vec<String>,
    pub left: bool,
}

pub struct World {
    pub now: Duration,
    pub controller: ControllerBrain,
    pub nodes: BTreeMap<String, TestNode>,
    pub shelf: Shelf,
    pub stored: Stored,
    pub charter: Signed,
    epoch: u64,
    pub responses: BTreeMap<OperatorId, Vec<Response>>,
    pub audit: Vec<String>,
    pub notes: Vec<String>,
    links: BTreeMap<LinkId, String>,
    last_link: u64,
    last_operator: u64,
    /// What is not acknowledged while this is set.
    pub disk_is_stuck: bool,
    kept: u64,
    inputs: VecDeque<ControllerInput>,
}

pub fn module(name: &str, bytes: &[u8]) -> Module {
    Module {
        name: name.into(),
        version: Name::default(),
        hash: sha256(bytes),
        size: bytes.len() as u64,
    }
}

pub fn swarm(name: &str, modules: &[Module]) -> Application {
    Application {
        name: name.into(),
        kind: ApplicationKind::Swarm,
        groups: Vec::new(),
        modules: modules.to_vec(),
        settings: Vec::new(),
        restart: RestartPolicy::default(),
    }
}

pub fn manifest(version: u64, applications: Vec<Application>) -> Manifest {
    Manifest {
        cluster: CLUSTER,
        name: "test".into(),
        version,
        created: WALL,
        expires: WALL + 100_000,
        applications,
        ..Manifest::default()
    }
}

pub fn sign(statement: &Statement) -> Signed {
    keys::sign_with(RELEASE, statement)
}

pub fn rollback(from: u64, to: u64) -> Signed {
    sign(&Statement::Rollback(Rollback {
        cluster: CLUSTER,
        from,
        to,
        expires: WALL + 100_000,
        reason: "test".into(),
    }))
}

pub fn empty_charter() -> Signed {
    let charter = Charter {
        cluster: CLUSTER,
        ..Charter::default()
    };
    keys::sign_with(CHARTER, &Statement::Charter(charter))
}

pub fn node_config(name: &str, groups: &[&str]) -> NodeConfig {
    NodeConfig {
        peer: Peer {
            name: name.into(),
            address: std::net::SocketAddr::from(([127, 0, 0, 1], 4371)).into(),
            generation: 1,
            kind: PeerKind::Worker,
        },
        groups: groups.iter().map(|group| Name::from(*group)).collect(),
        facts: keys::facts(empty_charter()),
        program: "1.0".into(),
        program_hash: Digest([1; 32]),
        release_floor: 0,
        epoch: Epoch::default(),
    }
}

fn controller(epoch: u64, stored: Stored, charter: Signed, shelf: Shelf) -> ControllerBrain {
    let config = ControllerConfig {
        facts: keys::facts(charter),
        epoch: Epoch {
            number: epoch,
            controller: 77,
        },
        keys: vec![GossipKey {
            id: 1,
            secret: [5; 32],
        }],
    };
    let sign = |charter| keys::sign_with(CHARTER, &Statement::Charter(charter));
    ControllerBrain::new(
        config,
        stored,
        Arc::new(keys::verify),
        Box::new(sign),
        Box::new(shelf),
        1,
    )
}

impl World {
    /// A boot server, and nodes that join the group `all` and their own.
    pub fn new(nodes: &[&str]) -> Self {
        let shelf = Shelf::default();
        let stored = Stored::default();
        let charter = empty_charter();
        let mut world = Self {
            now: Duration::ZERO,
            controller: controller(1, stored.clone(), charter.clone(), shelf.clone()),
            nodes: BTreeMap::new(),
            shelf,
            stored,
            charter,
            epoch: 1,
            responses: BTreeMap::new(),
            audit: Vec::new(),
            notes: Vec::new(),
            links: BTreeMap::new(),
            last_link: 0,
            last_operator: 0,
            disk_is_stuck: false,
            kept: 0,
            inputs: VecDeque::new(),
        };
        for name in nodes {
            world.add(name);
        }
        world.settle();
        world
    }

    pub fn add(&mut self, name: &str) {
        let config = node_config(name, &["all", &format!("group-{name}")]);
        self.add_with(config);
    }

    pub fn add_with(&mut self, config: NodeConfig) {
        let name = config.peer.name.to_string();
        let node = TestNode {
            brain: NodeBrain::new(config, Arc::new(keys::verify), 7),
            host: Host::default(),
            link: None,
            connect_at: None,
            is_cut_off: false,
            notes: Vec::new(),
            left: false,
        };
        self.nodes.insert(name, node);
    }

    pub fn wall(&self) -> u64 {
        WALL + self.now.as_secs()
    }

    pub fn node(&mut self, name: &str) -> &mut TestNode {
        self.nodes.get_mut(name).expect("there is such a node")
    }

    /// A node dies, and is started again.
    pub fn reboot(&mut self, name: &str) {
        self.cut(name);
        self.nodes.remove(name);
        self.add(name);
    }

    /// A node's link is gone, and none can be made.
    pub fn cut(&mut self, name: &str) {
        let node = self.node(name);
        node.is_cut_off = true;
        if let Some(link) = node.link.take() {
            self.links.remove(&link);
            self.tell_node(name, Input::LinkDown);
            self.inputs.push_back(ControllerInput::NodeDown { link });
        }
    }

    /// Links can be made again.
    pub fn mend(&mut self, name: &str) {
        self.node(name).is_cut_off = false;
    }

    /// The boot server dies, and is started again with what it has kept.
    pub fn restart_controller(&mut self) {
        self.epoch += 1;
        self.inputs.clear();
        self.responses.clear();
        let (stored, charter, shelf) = (
            self.stored.clone(),
            self.charter.clone(),
            self.shelf.clone(),
        );
        self.controller = controller(self.epoch, stored, charter, shelf);
        for (_, name) in std::mem::take(&mut self.links) {
            self.node(&name).link = None;
            self.tell_node(&name, Input::LinkDown);
        }
    }

    /// What was given to keep is acknowledged at last.
    pub fn unstick_disk(&mut self) {
        self.disk_is_stuck = false;
        let sequence = self.kept;
        self.tell(ControllerInput::Persisted { sequence });
    }

    pub fn operator(&mut self, role: Role) -> OperatorId {
        self.last_operator += 1;
        let operator = OperatorId(self.last_operator);
        let name = format!("operator-{}", operator.0).into();
        self.tell(ControllerInput::OperatorUp {
            operator,
            name,
            role,
        });
        operator
    }

    pub fn ask(&mut self, operator: OperatorId, request: &Request) {
        let request = pickler::decode(&pickler::encode(request).unwrap()).unwrap();
        self.tell(ControllerInput::OperatorRequest { operator, request });
    }

    /// Asks, waits for the end of it, and gives the last response.
    pub fn asked(&mut self, request: &Request) -> Response {
        let operator = self.operator(Role::Root);
        self.ask(operator, request);
        self.last_response(operator)
    }

    pub fn last_response(&mut self, operator: OperatorId) -> Response {
        let limit = self.now + Duration::from_secs(1_000);
        loop {
            self.settle();
            let responses = self.responses.get(&operator).map_or(&[][..], Vec::as_slice);
            if let Some(last) = responses.last()
                && !matches!(
                    last,
                    Response::Progress(_) | Response::Bots { more: true, .. }
                )
            {
                return last.clone();
            }
            assert!(self.now < limit, "no end: {responses:?}");
            self.pass();
        }
    }

    pub fn upload(&mut self, bytes: &[u8]) -> Digest {
        let hash = sha256(bytes);
        self.shelf.0.lock().unwrap().insert(hash, bytes.to_vec());
        hash
    }

    /// Publishes a release whose modules are on the shelf.
    pub fn publish(&mut self, manifest: Manifest) {
        let manifest = sign(&Statement::Manifest(manifest));
        assert_eq!(self.asked(&Request::Publish { manifest }), Response::Done);
    }

    /// Publishes a release of one swarm with one script of this text.
    pub fn publish_script(&mut self, version: u64, text: &str) {
        self.upload(text.as_bytes());
        let script = module("a.luau", text.as_bytes());
        self.publish(manifest(version, vec![swarm("swarm", &[script])]));
    }

    pub fn sync(&mut self, request: SyncRequest) -> Synced {
        match self.asked(&Request::Sync(request)) {
            Response::Synced(synced) => synced,
            other => panic!("no sync: {other:?}"),
        }
    }

    pub fn releases(&self) -> Vec<u64> {
        self.nodes
            .values()
            .map(|node| node.brain.release())
            .collect()
    }

    pub fn tell(&mut self, input: ControllerInput) {
        self.inputs.push_back(input);
        self.settle();
    }

    pub fn tell_node(&mut self, name: &str, input: Input) {
        let (now, wall) = (self.now, self.wall());
        self.node(name).brain.handle(now, wall, input);
    }

    /// Lets time pass until something is due, at most a second.
    pub fn pass(&mut self) {
        let mut next = self.now + Duration::from_secs(1);
        let nodes = self.nodes.values();
        let times = nodes.flat_map(|node| [node.brain.next_timeout(), node.connect_at]);
        for time in times.chain([self.controller.next_timeout()]).flatten() {
            next = next.min(time);
        }
        // What is due must get done: time has to go on.
        self.now = next.max(self.now + Duration::from_millis(1));
        let (now, wall) = (self.now, self.wall());
        self.controller.handle(now, wall, ControllerInput::Timeout);
        for node in self.nodes.values_mut() {
            let health = node.host.health();
            node.brain.handle(now, wall, Input::Host(health));
            node.brain.handle(now, wall, Input::Timeout);
        }
        self.settle();
    }

    pub fn pass_for(&mut self, time: Duration) {
        let end = self.now + time;
        while self.now < end {
            self.pass();
        }
    }

    /// Lets time pass until `is` holds.
    pub fn wait(&mut self, what: &str, is: impl Fn(&Self) -> bool) {
        let limit = self.now + Duration::from_secs(600);
        self.settle();
        while !is(self) {
            assert!(self.now < limit, "never: {what}");
            self.pass();
        }
    }

    /// Does all that is to be done now.
    pub fn settle(&mut self) {
        let mut busy = true;
        while busy {
            busy = false;
            while let Some(input) = self.inputs.pop_front() {
                let (now, wall) = (self.now, self.wall());
                self.controller.handle(now, wall, input);
                busy = true;
            }
            while let Some(output) = self.controller.poll_output() {
                self.controller_output(output);
                busy = true;
            }
            let names: Vec<_> = self.nodes.keys().cloned().collect();
            for name in names {
                busy |= self.settle_node(&name);
            }
        }
    }

    fn settle_node(&mut self, name: &str) -> bool {
        let mut busy = false;
        while let Some(event) = self.node(name).host.events.pop_front() {
            self.tell_node(name, Input::Host(event));
            busy = true;
        }
        while let Some(output) = self.node(name).brain.poll_output() {
            self.node_output(name, output);
            busy = true;
        }
        let now = self.now;
        let node = self.node(name);
        if node.connect_at.is_some_and(|at| at <= now) {
            node.connect_at = None;
            busy = true;
            if node.is_cut_off {
                self.tell_node(name, Input::LinkDown);
            } else {
                self.connect(name);
            }
        }
        busy
    }

    fn connect(&mut self, name: &str) {
        self.last_link += 1;
        let link = LinkId(self.last_link);
        self.node(name).link = Some(link);
        self.links.insert(link, name.to_owned());
        let groups = vec!["all".into(), format!("group-{name}").into(), "spare".into()];
        let name_of = name.into();
        self.inputs.push_back(ControllerInput::NodeUp {
            link,
            name: name_of,
            groups,
        });
        self.tell_node(name, Input::LinkUp);
    }

    fn node_output(&mut self, name: &str, output: Output) {
        match output {
            Output::Link(message) => {
                if let Some(link) = self.node(name).link {
                    let message = over_the_wire(&message);
                    self.inputs
                        .push_back(ControllerInput::NodeMessage { link, message });
                }
            }
            Output::Connect { after } => {
                let at = self.now + after;
                let node = self.node(name);
                node.connect_at = Some(at);
                if let Some(link) = node.link.take() {
                    self.links.remove(&link);
                    self.inputs.push_back(ControllerInput::NodeDown { link });
                }
            }
            Output::Host(command) => self.node(name).host.take(command),
            Output::Note(note) => self.node(name).notes.push(note),
            Output::Left => self.node(name).left = true,
            Output::Keys(_) | Output::Members(_) | Output::Charter(_) => {}
        }
    }

    fn controller_output(&mut self, output: ControllerOutput) {
        match output {
            ControllerOutput::ToNode { link, message } => {
                if let Some(name) = self.links.get(&link).cloned() {
                    let message = over_the_wire(&message);
                    self.tell_node(&name, Input::Link(message));
                }
            }
            ControllerOutput::CloseLink { link } => {
                if let Some(name) = self.links.remove(&link) {
                    let node = self.node(&name);
                    if node.link == Some(link) {
                        node.link = None;
                        self.tell_node(&name, Input::LinkDown);
                    }
                }
            }
            ControllerOutput::ToOperator { operator, response } => {
                let bytes = pickler::encode(&response).expect("it fits");
                assert!(bytes.len() < cluster_protocol::MAX_MESSAGE);
                self.responses.entry(operator).or_default().push(response);
            }
            ControllerOutput::Persist { sequence, record } => {
                self.keep(&record);
                self.kept = sequence;
                if !self.disk_is_stuck {
                    self.inputs
                        .push_back(ControllerInput::Persisted { sequence });
                }
            }
            ControllerOutput::Audit {
                sequence,
                who,
                what,
                detail,
            } => {
                self.audit.push(format!("{who}: {what} {detail}"));
                self.inputs.push_back(ControllerInput::Audited { sequence });
            }
            ControllerOutput::Local { operator, .. } => {
                let response = Response::Done;
                self.inputs
                    .push_back(ControllerInput::Respond { operator, response });
            }
            ControllerOutput::Note(note) => self.notes.push(note),
            ControllerOutput::CloseOperator { .. } | ControllerOutput::Charter(_) => {}
        }
    }

    fn keep(&mut self, record: &Record) {
        // What is kept can be read again.
        let bytes = pickler::encode(record).expect("it fits");
        match pickler::decode(&bytes).expect("it was encoded") {
            Record::State(state) => self.stored.state = state,
            Record::Release(signed) => self.stored.releases.push(signed),
            Record::Charter(signed) => self.charter = signed,
            Record::Forget { version } => {
                self.stored.releases.retain(|signed| {
                    let statement = keys::verify(signed, &[keys::public(RELEASE)]);
                    !matches!(statement, Ok(Statement::Manifest(one)) if one.version == version)
                });
            }
        }
    }
}

fn over_the_wire(message: &Message) -> Message {
    let bytes = pickler::encode(message).expect("it fits");
    assert!(bytes.len() <= cluster_protocol::MAX_MESSAGE);
    pickler::decode(&bytes).expect("it was encoded")
}
