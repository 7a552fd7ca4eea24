//! Peers that lie: a boot server that wants a node to run something else, and a
//! node that wants what is not for it.

use std::sync::Arc;
use std::time::Duration;

use cluster::controller::{Input as ControllerInput, LinkId};
use cluster::identity::sha256;
use cluster::node::{HostCommand, Input, NodeBrain, Output};
use cluster_protocol::{
    Answer, Command, Digest, Epoch, Fetch, GossipKey, Hello, Manifest, Message, Missing, Order,
    Outcome, PROTOCOL_VERSION, Peer, Piece, Plan, Prepare, Refusal, Report, Signed, Statement,
    SyncRequest, Way, Welcome,
};

use super::keys::{self, STRANGER};
use super::world::{
    WALL, World, empty_charter, manifest, module, node_config, rollback, sign, swarm,
};

/// A node whose boot server is the test.
pub struct Alone {
    pub brain: NodeBrain,
    pub now: Duration,
    pub wall: u64,
    pub said: Vec<Message>,
    pub host: Vec<HostCommand>,
    pub connects: Vec<Duration>,
    notes: Vec<String>,
    commands: u32,
}

impl Alone {
    pub fn new() -> Self {
        let config = node_config("a", &[]);
        let mut alone = Self {
            brain: NodeBrain::new(config, Arc::new(keys::verify), 3),
            now: Duration::ZERO,
            wall: WALL,
            said: Vec::new(),
            host: Vec::new(),
            connects: Vec::new(),
            notes: Vec::new(),
            commands: 0,
        };
        alone.tell(Input::LinkUp);
        alone.connects.clear();
        alone
    }

    pub fn tell(&mut self, input: Input) {
        self.brain.handle(self.now, self.wall, input);
        while let Some(output) = self.brain.poll_output() {
            match output {
                Output::Link(message) => self.said.push(message),
                Output::Host(command) => self.host.push(command),
                Output::Connect { after } => self.connects.push(after),
                Output::Note(note) => self.notes.push(note),
                _ => {}
            }
        }
    }

    pub fn say(&mut self, message: impl Into<Message>) {
        self.tell(Input::Link(message.into()));
    }

    pub fn welcome(&mut self, release: Option<Signed>) {
        self.say(welcome(release));
    }

    pub fn order(&mut self, epoch: Epoch, order: Order) {
        self.commands += 1;
        let id = self.commands;
        self.say(Command { id, epoch, order });
    }

    /// What came of the last order.
    pub fn outcome(&self) -> Option<&Outcome> {
        self.said.iter().rev().find_map(|message| match message {
            Message::Answer(answer) if answer.id == self.commands => Some(&answer.outcome),
            _ => None,
        })
    }

    pub fn refusal(&self) -> Refusal {
        match self.outcome() {
            Some(Outcome::Refused(refused)) => refused.reason,
            other => panic!("not refused: {other:?}"),
        }
    }

    fn fetches(&mut self) -> Vec<Fetch> {
        let said = std::mem::take(&mut self.said);
        let fetches = said.into_iter().filter_map(|message| match message {
            Message::Fetch(fetch) => Some(*fetch),
            _ => None,
        });
        fetches.collect()
    }

    fn starts(&self) -> usize {
        let starts = |command: &&HostCommand| matches!(command, HostCommand::Start { .. });
        self.host.iter().filter(starts).count()
    }
}

pub fn epoch(number: u64) -> Epoch {
    Epoch {
        number,
        controller: 5,
    }
}

fn welcome(release: Option<Signed>) -> Welcome {
    Welcome {
        protocol: PROTOCOL_VERSION,
        epoch: epoch(1),
        charter: empty_charter(),
        keys: vec![GossipKey {
            id: 1,
            secret: [0; 32],
        }],
        release: release.into_iter().collect(),
        rollback: Vec::new(),
        members: Vec::new(),
    }
}

pub fn release(version: u64, bytes: &[u8]) -> Manifest {
    manifest(version, vec![swarm("swarm", &[module("a.luau", bytes)])])
}

pub fn signed(manifest: Manifest) -> Signed {
    sign(&Statement::Manifest(manifest))
}

pub fn piece(bytes: &[u8], offset: usize) -> Piece {
    let end = bytes.len().min(offset + (64 << 10));
    Piece {
        hash: sha256(bytes),
        offset: offset as u64,
        size: bytes.len() as u64,
        bytes: bytes[offset..end].to_vec().into(),
    }
}

pub fn prepare(sync: u64, manifest: Signed) -> Order {
    Order::Prepare(Prepare {
        sync,
        manifest,
        rollback: Vec::new(),
        way: Way::Cheapest,
        plan_only: false,
    })
}

#[test]
fn what_is_not_signed_for_this_cluster_and_time_is_not_run() {
    let mut forged = signed(release(1, b"one"));
    forged.signature[5] ^= 1;
    let stranger = keys::sign_with(STRANGER, &Statement::Manifest(release(1, b"one")));
    let by_charter_key = keys::sign_with(keys::CHARTER, &Statement::Manifest(release(1, b"one")));
    let mut changed = signed(release(1, b"one"));
    changed.statement = pickler::encode(&Statement::Manifest(release(1, b"two")))
        .unwrap()
        .into();
    let elsewhere = signed(Manifest {
        cluster: cluster_protocol::ClusterId([1; 16]),
        ..release(1, b"one")
    });
    let expired = signed(Manifest {
        expires: WALL,
        ..release(1, b"one")
    });
    let leave = rollback(2, 1);
    let nameless = signed(manifest(1, vec![swarm("", &[module("a", b"one")])]));
    let twice = signed(manifest(
        1,
        vec![swarm("x", &[module("a", b"one"), module("a", b"two")])],
    ));
    let mut huge = release(1, b"one");
    huge.applications[0].modules[0].size = u64::MAX;
    let many = (0..65)
        .map(|number| swarm(&format!("{number}"), &[module("a", b"one")]))
        .collect();
    let cases = [
        ("forged", forged),
        ("a stranger's", stranger),
        ("signed by the charter key", by_charter_key),
        ("with other bytes", changed),
        ("of another cluster", elsewhere),
        ("expired", expired),
        ("no manifest", leave),
        ("of an application without a name", nameless),
        ("of a module named twice", twice),
        ("of a huge module", signed(huge)),
        ("of many applications", signed(manifest(1, many))),
        ("of version 0", signed(release(0, b"one"))),
    ];
    for (what, manifest) in cases {
        let mut alone = Alone::new();
        alone.welcome(Some(manifest.clone()));
        assert!(
            alone
                .said
                .iter()
                .any(|message| matches!(message, Message::Refused(_))),
            "{what}"
        );
        assert!(alone.fetches().is_empty(), "{what}");
        alone.order(epoch(1), prepare(1, manifest));
        alone.refusal();
        assert!(alone.fetches().is_empty(), "{what}");
    }
}

#[test]
fn wrong_bytes_are_thrown_away_and_fetched_again() {
    let mut alone = Alone::new();
    alone.welcome(Some(signed(release(1, b"one"))));
    assert_eq!(alone.fetches().len(), 1);
    for attempt in 1..=5 {
        let wrong = Piece {
            bytes: b"eno".to_vec().into(),
            ..piece(b"one", 0)
        };
        alone.say(wrong);
        assert_eq!(alone.starts(), 0);
        assert!(
            alone.fetches().is_empty(),
            "no pause after attempt {attempt}"
        );
        let blame = alone.notes.last().unwrap();
        assert!(blame.contains("to blame"), "{blame}");
        alone.now += Duration::from_secs(30);
        alone.tell(Input::Timeout);
        assert_eq!(alone.fetches().len(), 1, "after attempt {attempt}");
    }
    alone.say(piece(b"one", 0));
    assert_eq!(alone.starts(), 1);
}

#[test]
fn a_module_of_another_size_or_without_end_is_not_taken() {
    let bytes = vec![7; 100_000];
    let lies: [fn(&mut Piece); 5] = [
        |piece| piece.size += 1,
        |piece| piece.size = u64::MAX,
        |piece| piece.bytes = vec![7; 200_000].into(),
        |piece| piece.bytes = Vec::new().into(),
        |piece| piece.bytes = vec![7; 10].into(),
    ];
    for lie in lies {
        let mut alone = Alone::new();
        alone.welcome(Some(signed(release(1, &bytes))));
        assert_eq!(alone.fetches().len(), 2);
        let mut wrong = piece(&bytes, 0);
        lie(&mut wrong);
        alone.say(wrong);
        assert!(alone.notes.last().unwrap().contains("to blame"));
        // What was under way is of no use.
        alone.say(piece(&bytes, 65_536));
        assert_eq!(alone.starts(), 0);
        alone.now += Duration::from_secs(1);
        alone.tell(Input::Timeout);
        assert_eq!(alone.fetches().len(), 2);
        alone.say(piece(&bytes, 0));
        alone.say(piece(&bytes, 65_536));
        assert_eq!(alone.starts(), 1);
    }
}

#[test]
fn a_flood_of_pieces_that_nobody_asked_for_ends_the_link() {
    let mut alone = Alone::new();
    alone.welcome(None);
    for number in 0..16_u8 {
        let bytes = [number; 9];
        alone.say(if number % 2 == 0 {
            Message::from(piece(&bytes, 0))
        } else {
            Missing {
                hash: sha256(&bytes),
            }
            .into()
        });
        assert_eq!(alone.connects.is_empty(), number < 15);
    }
    assert!(alone.notes.len() < 5, "{:?}", alone.notes);
}

#[test]
fn a_boot_server_that_does_not_answer_is_left() {
    let mut alone = Alone::new();
    alone.now += Duration::from_secs(10);
    alone.tell(Input::Timeout);
    assert_eq!(alone.connects.len(), 1, "no WELCOME");
    let mut alone = Alone::new();
    alone.welcome(Some(signed(release(1, b"one"))));
    alone.now += Duration::from_secs(20);
    alone.tell(Input::Timeout);
    assert_eq!(alone.connects.len(), 1, "no PIECE");
}

#[test]
fn a_fetch_goes_on_where_the_link_was_lost() {
    let bytes: Vec<u8> = (0..1_000_000_u32)
        .map(|number| number.to_le_bytes()[0])
        .collect();
    let mut alone = Alone::new();
    alone.welcome(Some(signed(release(1, &bytes))));
    assert_eq!(alone.fetches().len(), 8, "the window");
    alone.say(piece(&bytes, 0));
    alone.say(piece(&bytes, 65_536));
    alone.tell(Input::LinkDown);
    alone.tell(Input::LinkUp);
    alone.fetches();
    alone.welcome(Some(signed(release(1, &bytes))));
    assert_eq!(alone.fetches()[0].offset, 131_072);
}

#[test]
fn another_version_of_the_protocol_is_refused_by_name() {
    let mut alone = Alone::new();
    alone.say(Welcome {
        protocol: 9,
        ..welcome(None)
    });
    let refused = alone.said.iter().find_map(|message| match message {
        Message::Refused(refused) => Some(refused.clone()),
        _ => None,
    });
    let refused = refused.unwrap();
    assert_eq!(refused.reason, Refusal::Version);
    assert!(
        refused.text.contains('9') && refused.text.contains('1'),
        "{}",
        refused.text
    );
    assert_eq!(alone.connects.len(), 1);
}

#[test]
fn only_one_controller_is_obeyed() {
    let mut alone = Alone::new();
    alone.say(Welcome {
        epoch: epoch(5),
        ..welcome(None)
    });
    let stop = || Order::StopRun { run: 1 };
    alone.order(epoch(5), stop());
    assert_eq!(alone.outcome(), Some(&Outcome::Done));
    alone.order(epoch(4), stop());
    assert_eq!(alone.refusal(), Refusal::Epoch);
    alone.order(
        Epoch {
            number: 5,
            controller: 6,
        },
        stop(),
    );
    assert_eq!(alone.refusal(), Refusal::Epoch);
    alone.order(
        Epoch {
            number: 6,
            controller: 6,
        },
        stop(),
    );
    assert_eq!(alone.outcome(), Some(&Outcome::Done));
    alone.order(epoch(5), stop());
    assert_eq!(alone.refusal(), Refusal::Epoch);
    // And one of an older epoch is not even linked to.
    alone.tell(Input::LinkDown);
    alone.tell(Input::LinkUp);
    let connects = alone.connects.len();
    alone.welcome(None);
    assert_eq!(alone.connects.len(), connects + 1);
}

pub fn running(version: u64) -> Alone {
    let mut alone = Alone::new();
    alone.welcome(Some(signed(release(version, b"one"))));
    alone.say(piece(b"one", 0));
    let Some(HostCommand::Start { ticket, .. }) = alone.host.last() else {
        panic!("nothing starts");
    };
    let ticket = *ticket;
    alone.tell(Input::Host(cluster::node::HostEvent::Started { ticket }));
    assert_eq!(alone.brain.release(), version);
    alone
}

#[test]
fn an_older_release_takes_leave() {
    let mut alone = running(5);
    let older = signed(release(4, b"one"));
    alone.order(epoch(1), prepare(1, older.clone()));
    assert_eq!(alone.refusal(), Refusal::Stale);
    alone.say(welcome(Some(older.clone())));
    assert_eq!(alone.brain.release(), 5);
    let leave = |rollback| {
        let mut order = prepare(2, older.clone());
        if let Order::Prepare(prepare) = &mut order {
            prepare.rollback = vec![rollback];
        }
        order
    };
    let mut forged = rollback(5, 4);
    forged.signature[0] ^= 1;
    for (wrong, reason) in [
        (rollback(5, 3), Refusal::Stale),
        (rollback(6, 4), Refusal::Stale),
        (forged, Refusal::Signature),
        (older.clone(), Refusal::Signature),
    ] {
        alone.order(epoch(1), leave(wrong));
        assert_eq!(alone.refusal(), reason);
    }
    alone.order(epoch(1), leave(rollback(5, 4)));
    assert!(matches!(alone.outcome(), Some(Outcome::Plan(_))));
    alone.wall += 200_000;
    alone.order(epoch(1), Order::Commit { sync: 2 });
    assert_eq!(alone.refusal(), Refusal::Failed, "it has expired meanwhile");
}

#[test]
fn another_release_of_the_same_version_is_refused() {
    let mut alone = running(5);
    alone.order(epoch(1), prepare(1, signed(release(5, b"two"))));
    assert_eq!(alone.refusal(), Refusal::Invalid);
}

#[test]
fn orders_out_of_turn_do_no_harm() {
    let mut alone = running(1);
    alone.order(epoch(1), Order::Commit { sync: 3 });
    assert_eq!(alone.refusal(), Refusal::Unknown);
    alone.order(epoch(1), Order::Abort { sync: 3 });
    assert_eq!(alone.outcome(), Some(&Outcome::Done));
    alone.order(epoch(1), prepare(3, signed(release(2, b"two"))));
    assert_eq!(alone.outcome(), None);
    alone.order(epoch(1), Order::Commit { sync: 3 });
    assert_eq!(alone.refusal(), Refusal::Busy);
    alone.say(piece(b"two", 0));
    let Some(HostCommand::Try { ticket, .. }) = alone.host.last().cloned() else {
        panic!("nothing is tried");
    };
    let result = Ok(cluster::node::Trial::default());
    alone.tell(Input::Host(cluster::node::HostEvent::Tried {
        ticket,
        result,
    }));
    // Asked once more, it says the same.
    alone.order(epoch(1), prepare(3, signed(release(2, b"two"))));
    assert!(matches!(alone.outcome(), Some(Outcome::Plan(_))));
    alone.order(epoch(1), prepare(2, signed(release(2, b"two"))));
    assert_eq!(alone.refusal(), Refusal::Stale);
    alone.order(epoch(1), Order::Commit { sync: 4 });
    assert_eq!(alone.refusal(), Refusal::Unknown);
    alone.order(epoch(1), Order::Commit { sync: 3 });
    let Some(HostCommand::Change { ticket, .. }) = alone.host.last().cloned() else {
        panic!("nothing changes");
    };
    alone.order(epoch(1), Order::Abort { sync: 3 });
    assert_eq!(alone.refusal(), Refusal::Busy);
    alone.order(epoch(1), prepare(5, signed(release(3, b"one"))));
    assert_eq!(alone.refusal(), Refusal::Busy);
    // The second order to change is answered, and changes nothing more.
    alone.order(epoch(1), Order::Commit { sync: 3 });
    let host = alone.host.len();
    let result = Ok(cluster::node::ChangeResult::default());
    alone.tell(Input::Host(cluster::node::HostEvent::Changed {
        ticket,
        result,
    }));
    assert!(matches!(alone.outcome(), Some(Outcome::Changed(changed)) if changed.version == 2));
    alone.order(epoch(1), Order::Commit { sync: 3 });
    assert!(matches!(alone.outcome(), Some(Outcome::Changed(changed)) if changed.version == 2));
    assert_eq!(alone.host.len(), host);
    alone.order(epoch(1), prepare(3, signed(release(3, b"one"))));
    assert_eq!(alone.refusal(), Refusal::Stale);
}

#[test]
fn a_charter_that_does_not_hold_is_refused_and_an_older_one_ignored() {
    let mut alone = Alone::new();
    alone.welcome(None);
    let charter = |key, serial| {
        let charter = cluster_protocol::Charter {
            cluster: keys::CLUSTER,
            serial,
            ..cluster_protocol::Charter::default()
        };
        keys::sign_with(key, &Statement::Charter(charter))
    };
    alone.order(epoch(1), Order::Charter(charter(keys::RELEASE, 9)));
    assert_eq!(alone.refusal(), Refusal::Signature);
    alone.order(epoch(1), Order::Charter(charter(keys::CHARTER, 5)));
    assert_eq!(alone.outcome(), Some(&Outcome::Done));
    alone.tell(Input::Charter(charter(keys::CHARTER, 4)));
    assert_eq!(*alone.brain.charter(), charter(keys::CHARTER, 5));
}

/// A node that is the test, at a boot server.
fn intruder(world: &mut World, hello: impl FnOnce(&mut Hello)) -> LinkId {
    let link = LinkId(1_000);
    let groups = vec!["all".into()];
    world.tell(ControllerInput::NodeUp {
        link,
        name: "x".into(),
        groups,
    });
    let mut message = Hello {
        protocol: PROTOCOL_VERSION,
        program: "1".into(),
        program_hash: Digest::default(),
        peer: Peer {
            name: "x".into(),
            ..node_config("x", &[]).peer
        },
        groups: vec!["all".into()],
        release: 0,
        epoch: Epoch::default(),
        runs: Vec::new(),
    };
    hello(&mut message);
    world.tell(ControllerInput::NodeMessage {
        link,
        message: message.into(),
    });
    link
}

#[test]
fn a_node_that_claims_too_much_is_not_let_in() {
    let lies: [fn(&mut Hello); 5] = [
        |hello| hello.protocol = 7,
        |hello| hello.peer.name = "a".into(),
        |hello| hello.groups.push("others".into()),
        |hello| hello.epoch.number = 2,
        |hello| {
            hello.epoch = Epoch {
                number: 1,
                controller: 1,
            }
        },
    ];
    for lie in lies {
        let mut world = World::new(&["a"]);
        intruder(&mut world, lie);
        assert!(
            world
                .notes
                .iter()
                .any(|note| note.contains("node x is refused")),
            "{:?}",
            world.notes
        );
        assert!(world.node("a").link.is_some());
    }
}

#[test]
fn only_what_is_listed_is_served() {
    let mut world = World::new(&[]);
    world.publish_script(1, "one");
    let secret = world.upload(b"secret");
    let link = intruder(&mut world, |_| {});
    let mut fetch = |hash, offset| {
        let message = Fetch { hash, offset }.into();
        let (now, wall) = (world.now, world.wall());
        world
            .controller
            .handle(now, wall, ControllerInput::NodeMessage { link, message });
        let mut served = None;
        while let Some(output) = world.controller.poll_output() {
            if let cluster::controller::Output::ToNode { message, .. } = output {
                served = Some(message);
            }
        }
        served.expect("an answer")
    };
    assert_eq!(fetch(secret, 0), Missing { hash: secret }.into());
    assert_eq!(fetch(sha256(b"one"), 0), piece(b"one", 0).into());
    assert_eq!(fetch(sha256(b"one"), 3), piece(b"one", 3).into());
    assert!(
        matches!(fetch(sha256(b"one"), u64::MAX), Message::Piece(piece) if piece.bytes.is_empty())
    );
}

#[test]
fn a_flood_of_fetches_ends_the_link() {
    let mut world = World::new(&[]);
    world.publish_script(1, "one");
    let link = intruder(&mut world, |_| {});
    let message = Message::from(Fetch {
        hash: sha256(b"one"),
        offset: 0,
    });
    for _ in 0..17 {
        let (now, wall) = (world.now, world.wall());
        let message = message.clone();
        world
            .controller
            .handle(now, wall, ControllerInput::NodeMessage { link, message });
    }
    world.settle();
    assert!(
        world
            .notes
            .iter()
            .any(|note| note.contains("its link is closed"))
    );
}

#[test]
fn answers_of_a_node_that_was_not_asked_count_for_nothing() {
    let mut world = World::new(&["a"]);
    world.publish_script(1, "one");
    world.node("a").host.is_stuck = true;
    let link = intruder(&mut world, |_| {});
    // It gets ready for the sync, as it was told; then it answers for others.
    let operator = world.operator(cluster_protocol::Role::Deploy);
    world.ask(
        operator,
        &cluster_protocol::Request::Sync(SyncRequest::default()),
    );
    for id in 0..20 {
        for outcome in [
            Outcome::Done,
            Outcome::Changed(cluster_protocol::Changed {
                sync: 1,
                version: 1,
                ..Default::default()
            }),
            Outcome::Plan(Plan {
                sync: 9,
                ..Plan::default()
            }),
        ] {
            let message = Answer { id, outcome }.into();
            world.tell(ControllerInput::NodeMessage { link, message });
        }
    }
    // Its own answer made no sense: nothing changes anywhere.
    let cluster_protocol::Response::Synced(synced) = world.last_response(operator) else {
        panic!("no sync");
    };
    assert_eq!((synced.nodes, synced.failed.len()), (0, 1));
    assert_eq!(world.releases(), [0]);
}

#[test]
fn what_a_node_may_not_say_closes_its_link() {
    let mut world = World::new(&[]);
    let link = LinkId(5);
    world.tell(ControllerInput::NodeUp {
        link,
        name: "x".into(),
        groups: Vec::new(),
    });
    let message = Report::Leaving.into();
    world.tell(ControllerInput::NodeMessage { link, message });
    assert!(world.notes.iter().any(|note| note.contains("before HELLO")));
    let link = intruder(&mut world, |_| {});
    let message = Report::Groups(vec!["others".into()]).into();
    world.tell(ControllerInput::NodeMessage { link, message });
    assert!(world.notes.iter().any(|note| note.contains("may not")));
}
