//! The bytes of released versions stay readable.
//!
//! `released/version-N.hex` holds, for each version that was ever released, a
//! sample of every message, statement and datagram. A file is never changed: a
//! new version gets a new one.

use std::fmt::Write;
use std::fs;
use std::path::PathBuf;

use cluster_protocol::*;
use pickler::ByteString;

/// A sample and what it is called.
struct Sample {
    name: &'static str,
    bytes: Vec<u8>,
    /// Reads bytes and writes them again, if they are such a value.
    again: fn(&[u8]) -> Result<Vec<u8>, pickler::Error>,
}

macro_rules! sample {
    ($name:literal, $type:ty, $value:expr) => {
        Sample {
            name: $name,
            bytes: pickler::encode::<$type>(&$value).expect("a sample can be written"),
            again: |bytes| pickler::encode(&pickler::decode::<$type>(bytes)?),
        }
    };
}

fn signed() -> Signed {
    Signed {
        statement: b"statement".to_vec().into(),
        key: [1; 32],
        signature: [2; 64],
    }
}

fn address() -> Address {
    Address::V4 {
        ip: [127, 0, 0, 1],
        port: 19_400,
    }
}

fn peer() -> Peer {
    Peer {
        name: "w1".into(),
        address: Address::V6 {
            ip: [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1],
            port: 19_401,
        },
        generation: 1_700_000_000_000,
        kind: PeerKind::Worker,
    }
}

fn member() -> MemberState {
    MemberState {
        peer: peer(),
        incarnation: 3,
        liveness: Liveness::Suspect,
    }
}

fn epoch() -> Epoch {
    Epoch {
        number: 4,
        controller: 5,
    }
}

fn variable() -> Variable {
    Variable {
        name: "STAKES".into(),
        value: "high".into(),
    }
}

fn key() -> GossipKey {
    GossipKey {
        id: 6,
        secret: [7; 32],
    }
}

fn module() -> Module {
    Module {
        name: "tight.luau".into(),
        version: "3".into(),
        hash: Digest([8; 32]),
        size: 900,
    }
}

fn request() -> CertificateRequest {
    CertificateRequest {
        key: [9; 32],
        proof: [10; 64],
    }
}

fn certificates() -> Certificates {
    Certificates {
        identity: b"identity".to_vec().into(),
        door: b"door".to_vec().into(),
        expires: 1_700_086_400,
    }
}

fn refused() -> Refused {
    Refused {
        reason: Refusal::Stale,
        text: "older".into(),
    }
}

fn health() -> ApplicationHealth {
    ApplicationHealth {
        name: "players".into(),
        state: ApplicationState::Failed("why".into()),
        restarts: 1,
        members: 2,
        behind: 3,
        errors: 4,
        latency_p99: 5,
        work: 6,
    }
}

fn changed() -> Changed {
    Changed {
        sync: 1,
        version: 2,
        moved: 3,
        held: vec![HeldBot {
            application: "players".into(),
            name: "w1-players-7".into(),
            place: "tight.luau:14".into(),
            waits_for: "@turn".into(),
            reason: "it thinks".into(),
        }],
        held_in_all: 8,
        pauses: [4, 5, 6],
        took: 7,
    }
}

fn plan() -> Plan {
    Plan {
        sync: 1,
        from: 2,
        to: 3,
        steps: vec![PlanStep {
            application: "players".into(),
            by: By::Application,
            reason: "settings".into(),
            modules: vec![ModuleChange {
                name: "tight.luau".into(),
                from: "2".into(),
                to: "3".into(),
                hash: Digest([8; 32]),
            }],
            members: 4,
        }],
        bytes: 5,
        pause: 6,
    }
}

fn bot() -> BotState {
    BotState {
        application: "players".into(),
        id: 1,
        name: "w1-players-1".into(),
        script: "tight.luau".into(),
        version: "3".into(),
        generation: 2,
        line: 14,
        waits_for: "@turn".into(),
        mailbox: 3,
        connected: true,
    }
}

fn run_stats() -> RunStats {
    RunStats {
        run: 1,
        part: 2,
        ended: true,
        failure: "failed".into(),
        elapsed: 3,
        bots_started: 4,
        bots_ended: 5,
        connected: 6,
        connected_peak: 7,
        messages_sent: 8,
        messages_received: 9,
        bytes_sent: 10,
        bytes_received: 11,
        hands: 12,
        messages_ignored: 13,
        cpu: 14,
        memory_before: 15,
        memory_peak: 16,
        failures: vec![FailureCount {
            kind: "timeout".into(),
            count: 17,
        }],
        latencies: vec![LatencyCount {
            value: 18,
            count: 19,
        }],
        messages: vec![MessageCount {
            message: 20,
            sent: 21,
            received: 22,
        }],
        script_errors: vec!["tight.luau:9: no".into()],
    }
}

fn orders() -> Vec<Order> {
    vec![
        Order::Prepare(Prepare {
            sync: 1,
            manifest: signed(),
            rollback: vec![signed()],
            way: Way::By(By::Process),
            plan_only: true,
        }),
        Order::Commit { sync: 1 },
        Order::Abort { sync: 1 },
        Order::Charter(signed()),
        Order::Keys(vec![key()]),
        Order::PrepareRun(RunPrepare { order: signed() }),
        Order::BeginRun(RunBegin {
            run: 1,
            part: 2,
            first_bot: 3,
            bots: 4,
            start_in: 5,
            elapsed: 6,
        }),
        Order::StopRun { run: 1 },
        Order::Inspect,
        Order::Log { lines: 50 },
    ]
}

fn outcomes() -> Vec<Outcome> {
    vec![
        Outcome::Done,
        Outcome::Refused(refused()),
        Outcome::Plan(plan()),
        Outcome::Changed(changed()),
        Outcome::Bots {
            more: true,
            bots: vec![bot()],
        },
        Outcome::Lines(vec!["a line".into()]),
    ]
}

fn requests() -> Vec<Request> {
    vec![
        Request::Status,
        Request::Bots { node: "w1".into() },
        Request::Log {
            node: "w1".into(),
            lines: 50,
        },
        Request::Authorise(Authorise {
            name: "w1".into(),
            groups: vec!["players".into()],
            role: Role::Node,
            lifetime: 3_600,
        }),
        Request::Revoke { name: "w1".into() },
        Request::Set {
            scope: Scope::Group("players".into()),
            variable: variable(),
            remove: true,
        },
        Request::Offer {
            hash: Digest([8; 32]),
            size: 900,
        },
        Request::Upload {
            hash: Digest([8; 32]),
            offset: 1,
            bytes: b"bytes".to_vec().into(),
        },
        Request::Publish { manifest: signed() },
        Request::Sync(SyncRequest {
            version: 1,
            way: Way::Cheapest,
            groups: vec!["players".into()],
            plan_only: true,
            max_parallel: 2,
            canary: 3,
            min_healthy_time: 4,
            deadline: 5,
            max_errors: 6,
            max_latency: 7,
            auto_revert: true,
            rollbacks: vec![signed()],
        }),
        Request::Run { order: signed() },
        Request::Stop,
        Request::Release,
        Request::RotateKey,
    ]
}

fn progress() -> Vec<Progress> {
    vec![
        Progress::Planned {
            node: "w1".into(),
            plan: plan(),
        },
        Progress::Failed {
            node: "w1".into(),
            why: refused(),
        },
        Progress::Changing {
            nodes: vec!["w1".into()],
            canary: true,
        },
        Progress::Changed {
            node: "w1".into(),
            changed: changed(),
        },
        Progress::Watching { time: 1 },
        Progress::GateFailed {
            node: "w1".into(),
            why: "errors".into(),
        },
        Progress::Reverting { to: 1 },
        Progress::Run {
            node: "w1".into(),
            stats: run_stats(),
        },
        Progress::Lost {
            node: "w1".into(),
            bots: 1,
            then: OnLoss::Restart,
        },
    ]
}

fn responses() -> Vec<Response> {
    let mut responses = vec![
        Response::Done,
        Response::Refused(refused()),
        Response::Status(Status {
            cluster: "lab".into(),
            epoch: epoch(),
            release: 1,
            newest: 2,
            nodes: vec![NodeStatus {
                peer: peer(),
                liveness: Liveness::Alive,
                linked: true,
                program: "0.1.0".into(),
                groups: vec!["players".into()],
                release: 1,
                applications: vec![health()],
                memory: 2,
                silent: 3,
                changed_by: vec![By::Restart],
            }],
            environment: vec![ScopedVariable {
                scope: Scope::Node("w1".into()),
                variable: variable(),
            }],
            expected: vec!["w2".into()],
        }),
        Response::Bots {
            more: false,
            node: "w1".into(),
            bots: vec![bot()],
        },
        Response::Lines(vec!["a line".into()]),
        Response::Token("token".into()),
        Response::UploadFrom { offset: 1 },
        Response::Synced(Synced {
            sync: 1,
            version: 2,
            reverted: true,
            nodes: 3,
            failed: vec![NodeFailure {
                node: "w1".into(),
                why: refused(),
            }],
            took: 4,
        }),
        Response::RunEnded(RunSummary {
            run: 1,
            parts: vec![RunPart {
                node: "w1".into(),
                first_bot: 2,
                bots: 3,
                lost: true,
                stats: run_stats(),
            }],
            stopped: true,
        }),
        Response::Release(vec![signed()]),
    ];
    responses.extend(progress().into_iter().map(Response::Progress));
    responses
}

fn statements() -> Vec<Statement> {
    vec![
        Statement::Manifest(Manifest {
            cluster: ClusterId([11; 16]),
            name: "night shift".into(),
            version: 3,
            created: 1_700_000_000,
            expires: 1_800_000_000,
            program: vec![module()],
            environment: vec![variable()],
            applications: vec![Application {
                name: "players".into(),
                kind: ApplicationKind::Service,
                groups: vec!["players".into()],
                modules: vec![module()],
                settings: vec![variable()],
                restart: RestartPolicy {
                    intensity: 3,
                    period: 60,
                },
            }],
        }),
        Statement::Rollback(Rollback {
            cluster: ClusterId([11; 16]),
            from: 3,
            to: 2,
            expires: 1_800_000_000,
            reason: "asked for".into(),
        }),
        Statement::Run(RunOrder {
            cluster: ClusterId([11; 16]),
            run: 1,
            expires: 1_800_000_000,
            scripts: vec![WeightedModule {
                module: module(),
                weight: 2,
            }],
            protocol: "pokersource".into(),
            target: "tcp://127.0.0.1:19380".into(),
            bots: 4_000,
            groups: vec!["players".into()],
            ramp: 5_000,
            duration: 30_000,
            seed: 1,
            think: 100,
            hands: 50,
            on_loss: OnLoss::Count,
        }),
        Statement::Charter(Charter {
            cluster: ClusterId([11; 16]),
            epoch: epoch(),
            serial: 1,
            boot: vec![address()],
            revoked: vec![Revocation {
                name: "w3".into(),
                certificates: vec![Digest([12; 32])],
                at: 1_700_000_000,
            }],
            environment: vec![ScopedVariable {
                scope: Scope::All,
                variable: variable(),
            }],
        }),
    ]
}

fn gossip() -> Vec<Gossip> {
    let peer = peer();
    vec![
        Gossip::Ping { probe: 1 },
        Gossip::Ack { probe: 1 },
        Gossip::PingRequest {
            target: peer.clone(),
            probe: 1,
        },
        Gossip::IndirectPing {
            origin: peer.clone(),
            probe: 1,
        },
        Gossip::IndirectAck {
            target: peer.clone(),
            probe: 1,
        },
        Gossip::ForwardedAck {
            origin: peer,
            probe: 1,
        },
        Gossip::Announce,
        Gossip::Feed,
        Gossip::Gossip,
        Gossip::Broadcast,
        Gossip::TurnUndead,
    ]
}

/// A sample of everything, as this version writes it.
fn samples() -> Vec<Sample> {
    let mut samples = vec![
        sample!(
            "enrol",
            Message,
            Message::from(Enrol {
                token: vec![13; 32].into(),
                name: "w1".into(),
                request: request(),
            })
        ),
        sample!(
            "enrolled",
            Message,
            Message::from(Enrolled {
                certificates: certificates(),
                cluster: ClusterFacts {
                    id: ClusterId([11; 16]),
                    name: "lab".into(),
                    authority: b"authority".to_vec().into(),
                    charter_key: [14; 32],
                    release_keys: vec![[15; 32]],
                    boot: address(),
                    charter: signed(),
                },
            })
        ),
        sample!("refused", Message, Message::from(refused())),
        sample!(
            "renew",
            Message,
            Message::from(Renew { request: request() })
        ),
        sample!(
            "renewed",
            Message,
            Message::from(Renewed {
                certificates: certificates(),
            })
        ),
        sample!(
            "hello",
            Message,
            Message::from(Hello {
                protocol: 1,
                program: "0.1.0".into(),
                program_hash: Digest([16; 32]),
                peer: peer(),
                groups: vec!["players".into()],
                release: 3,
                epoch: epoch(),
                runs: vec![1],
            })
        ),
        sample!(
            "welcome",
            Message,
            Message::from(Welcome {
                protocol: 1,
                epoch: epoch(),
                charter: signed(),
                keys: vec![key()],
                release: vec![signed()],
                rollback: vec![signed()],
                members: vec![member()],
            })
        ),
        sample!(
            "fetch",
            Message,
            Message::from(Fetch {
                hash: Digest([8; 32]),
                offset: 65_536,
            })
        ),
        sample!(
            "piece",
            Message,
            Message::from(Piece {
                hash: Digest([8; 32]),
                offset: 1,
                size: 900,
                bytes: b"piece".to_vec().into(),
            })
        ),
        sample!(
            "missing",
            Message,
            Message::from(Missing {
                hash: Digest([8; 32]),
            })
        ),
        sample!(
            "exchange",
            Message,
            Message::from(Exchange {
                source: peer(),
                members: vec![member()],
                charter: signed(),
            })
        ),
        sample!(
            "report health",
            Message,
            Message::from(Report::Health(Health {
                release: 3,
                applications: vec![health()],
                memory: 1,
            }))
        ),
        sample!(
            "report run",
            Message,
            Message::from(Report::Run(run_stats()))
        ),
        sample!(
            "report groups",
            Message,
            Message::from(Report::Groups(vec!["players".into()]))
        ),
        sample!("report leaving", Message, Message::from(Report::Leaving)),
        sample!(
            "of a version to come",
            Message,
            Message::Other {
                tag: 200,
                body: ByteString::from("anything"),
            }
        ),
        sample!("signed", Signed, signed()),
        sample!("member", MemberState, member()),
        sample!(
            "datagram",
            Datagram,
            Datagram {
                key: 6,
                nonce: [17; 12],
                sealed: ByteString::from("sealed"),
            }
        ),
    ];
    samples.extend(orders().into_iter().map(|order| {
        let (id, epoch) = (1, epoch());
        sample!(
            "command",
            Message,
            Message::from(Command { id, epoch, order })
        )
    }));
    samples.extend(outcomes().into_iter().map(|outcome| {
        let id = 1;
        sample!("answer", Message, Message::from(Answer { id, outcome }))
    }));
    let requests = requests().into_iter();
    samples.extend(requests.map(|it| sample!("request", Message, Message::from(it))));
    let responses = responses().into_iter();
    samples.extend(responses.map(|it| sample!("response", Message, Message::from(it))));
    let statements = statements().into_iter();
    samples.extend(statements.map(|it| sample!("statement", Statement, it)));
    samples.extend(gossip().into_iter().map(|message| {
        let header = GossipHeader {
            source: peer(),
            incarnation: 2,
            destination: peer(),
            message,
        };
        sample!("gossip", GossipHeader, header)
    }));
    samples
}

fn file(version: u16) -> PathBuf {
    let name = format!("tests/released/version-{version}.hex");
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join(name)
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().fold(String::new(), |mut text, byte| {
        write!(text, "{byte:02x}").expect("a string takes it");
        text
    })
}

fn unhex(text: &str) -> Vec<u8> {
    let digits = |at| u8::from_str_radix(&text[at..at + 2], 16).expect("hexadecimal digits");
    (0..text.len()).step_by(2).map(digits).collect()
}

/// The lines of a released version: names and bytes.
fn released(version: u16) -> Vec<(String, Vec<u8>)> {
    let path = file(version);
    let text = fs::read_to_string(&path).unwrap_or_else(|error| {
        panic!(
            "{}: {error}; `NEW_VERSION=1 cargo test` writes it once",
            path.display()
        )
    });
    let lines = text.lines().map(|line| line.rsplit_once(' ').unwrap());
    lines
        .map(|(name, hex)| (name.to_owned(), unhex(hex)))
        .collect()
}

/// This version writes what it wrote when it was released.
#[test]
fn this_version_writes_what_it_always_did() {
    let samples = samples();
    let path = file(PROTOCOL_VERSION);
    if std::env::var_os("NEW_VERSION").is_some() && !path.exists() {
        let lines = samples
            .iter()
            .map(|it| format!("{} {}\n", it.name, hex(&it.bytes)));
        fs::write(&path, lines.collect::<String>()).unwrap();
    }
    let released = released(PROTOCOL_VERSION);
    assert_eq!(released.len(), samples.len());
    for (sample, (name, bytes)) in samples.iter().zip(&released) {
        assert_eq!(sample.name, name);
        assert_eq!(hex(&sample.bytes), hex(bytes), "{name}");
    }
}

/// The bytes of every released version can be read, and are written the same
/// way again.
#[test]
fn every_released_version_is_readable() {
    let samples = samples();
    for version in 1..=PROTOCOL_VERSION {
        for (name, bytes) in released(version) {
            let sample = samples.iter().find(|sample| sample.name == name);
            let again = (sample.expect("what was released has a sample").again)(&bytes);
            assert_eq!(
                again.map(|bytes| hex(&bytes)),
                Ok(hex(&bytes)),
                "{name} of {version}"
            );
        }
    }
}
