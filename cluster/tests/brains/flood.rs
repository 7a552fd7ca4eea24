//! Whatever a boot server says, in whatever order, and whatever a host answers:
//! a node goes on, and starts nothing but what was signed.

use std::sync::Arc;
use std::time::Duration;

use cluster::identity::sha256;
use cluster::node::{
    ChangeResult, HostCommand, HostEvent, Input, NodeBrain, Output, Ticket, Trial,
};
use cluster_protocol::{
    By, Command, Digest, Epoch, Message, Missing, Order, PROTOCOL_VERSION, Piece, Prepare, Refusal,
    Refused, RunBegin, RunPrepare, RunStats, Signed, Statement, Way, Welcome,
};
use rand_chacha::ChaCha8Rng;
use rand_chacha::rand_core::{Rng, SeedableRng};

use super::keys::{self, STRANGER};
use super::world::{WALL, empty_charter, manifest, module, node_config, rollback, sign, swarm};

const CONTENTS: [&[u8]; 4] = [b"one", b"two", b"", b"not signed"];

struct Liar {
    rng: ChaCha8Rng,
    statements: Vec<Signed>,
}

impl Liar {
    fn new(seed: u64) -> Self {
        let mut statements = vec![empty_charter(), rollback(2, 1), rollback(3, 1)];
        for version in 1..=3 {
            for content in &CONTENTS[..3] {
                let script = [module("a.luau", content)];
                let mut release = manifest(version, vec![swarm("x", &script), swarm("y", &script)]);
                if version == 3 {
                    release.program = vec![module("node", CONTENTS[1])];
                }
                statements.push(sign(&Statement::Manifest(release.clone())));
                release.applications[0].modules[0] = module("a.luau", CONTENTS[3]);
                let statement = Statement::Manifest(release);
                statements.push(keys::sign_with(STRANGER, &statement));
            }
        }
        let rng = ChaCha8Rng::seed_from_u64(seed);
        Self { rng, statements }
    }

    fn below(&mut self, limit: u32) -> u32 {
        self.rng.next_u32() % limit
    }

    fn small(&mut self) -> u64 {
        u64::from(self.below(4))
    }

    fn statement(&mut self) -> Signed {
        if self.below(3) > 0 {
            // One that holds, of the older two versions more often.
            let good = [3, 5, 7, 9, 11, 3, 9, 15];
            let index: usize = good[self.below(8) as usize];
            return self.statements[index].clone();
        }
        let index = self.below(u32::try_from(self.statements.len()).unwrap());
        self.statements[index as usize].clone()
    }

    fn epoch(&mut self) -> Epoch {
        let number = 1 + u64::from(self.below(50) == 0);
        Epoch {
            number,
            controller: u64::from(self.below(20) == 0),
        }
    }

    fn order(&mut self) -> Order {
        let ways = [
            Way::Cheapest,
            Way::By(By::Application),
            Way::By(By::Restart),
        ];
        match self.below(9) {
            0..=2 => Order::Prepare(Prepare {
                sync: self.small(),
                manifest: self.statement(),
                rollback: vec![self.statement()],
                way: ways[self.below(3) as usize],
                plan_only: self.below(4) == 0,
            }),
            3 | 4 => Order::Commit { sync: self.small() },
            5 => Order::Abort { sync: self.small() },
            6 => Order::PrepareRun(RunPrepare {
                order: self.statement(),
            }),
            7 => Order::BeginRun(RunBegin {
                run: self.small(),
                part: self.below(3),
                first_bot: self.rng.next_u32(),
                bots: self.rng.next_u32(),
                start_in: 0,
                elapsed: 0,
            }),
            _ => [
                Order::Inspect,
                Order::Log { lines: u32::MAX },
                Order::StopRun { run: 1 },
            ][self.below(3) as usize]
                .clone(),
        }
    }

    fn input(&mut self, fetched: Option<(Digest, u64)>) -> Input {
        let ticket = Ticket(u64::from(self.below(40)));
        let why = "why".to_owned();
        let message: Message = match self.below(16) {
            0 if self.below(4) == 0 => return Input::LinkDown,
            0 | 1 => return Input::LinkUp,
            2 => return Input::Timeout,
            3 => return Input::Host(HostEvent::Exited { ticket, why }),
            4 => return Input::Host(HostEvent::StartFailed { ticket, why }),
            5 => return Input::Host(HostEvent::ExecFailed { why }),
            6 => return Input::Host(HostEvent::RunStats(RunStats::default())),
            8 if self.below(4) == 0 => Refused {
                reason: Refusal::Busy,
                text: "no".into(),
            }
            .into(),
            7 | 8 => Welcome {
                protocol: PROTOCOL_VERSION + u16::from(self.below(20) == 0),
                epoch: self.epoch(),
                charter: self.statement(),
                keys: Vec::new(),
                release: vec![self.statement()],
                rollback: vec![self.statement()],
                members: Vec::new(),
            }
            .into(),
            9 => Missing {
                hash: sha256(CONTENTS[self.below(4) as usize]),
            }
            .into(),
            10..=12 => {
                let content = CONTENTS[self.below(4) as usize];
                let (hash, offset) = fetched.unwrap_or((sha256(content), 0));
                let honest = CONTENTS.iter().find(|content| sha256(content) == hash);
                let lies = self.below(4) == 0;
                let bytes = if lies {
                    content
                } else {
                    honest.unwrap_or(&content)
                };
                let size = bytes.len() as u64 + u64::from(self.below(10) == 0);
                Piece {
                    hash,
                    offset,
                    size,
                    bytes: bytes.to_vec().into(),
                }
                .into()
            }
            _ => Command {
                id: self.below(100),
                epoch: self.epoch(),
                order: self.order(),
            }
            .into(),
        };
        Input::Link(message)
    }

    /// What a host answers, most of the time.
    fn answer(&mut self, command: &HostCommand) -> Option<HostEvent> {
        let well = self.below(5) > 0;
        let why = "why".to_owned();
        if self.below(8) == 0 {
            return None;
        }
        Some(match *command {
            HostCommand::Try { ticket, .. } => {
                let result = if well { Ok(Trial::default()) } else { Err(why) };
                HostEvent::Tried { ticket, result }
            }
            HostCommand::Start { ticket, .. } if well => HostEvent::Started { ticket },
            HostCommand::Start { ticket, .. } => HostEvent::StartFailed { ticket, why },
            HostCommand::Stop { ticket, .. } => HostEvent::Stopped { ticket },
            HostCommand::Change { ticket, .. } => {
                let result = if well {
                    Ok(ChangeResult::default())
                } else {
                    Err(why)
                };
                HostEvent::Changed { ticket, result }
            }
            _ => return None,
        })
    }
}

fn run(seed: u64) -> usize {
    let mut liar = Liar::new(seed);
    let mut brain = NodeBrain::new(node_config("a", &[]), Arc::new(keys::verify), seed);
    let mut now = Duration::ZERO;
    let mut fetches = std::collections::VecDeque::new();
    let mut events = std::collections::VecDeque::new();
    let mut started = 0;
    brain.handle(now, WALL, Input::LinkUp);
    for _ in 0..150 {
        now += Duration::from_millis(u64::from(liar.below(3_000)));
        let input = match events.pop_front() {
            Some(event) if liar.below(4) > 0 => Input::Host(event),
            _ => liar.input(fetches.pop_front()),
        };
        brain.handle(now, WALL, input);
        while let Some(output) = brain.poll_output() {
            match output {
                Output::Link(message) => {
                    pickler::encode(&message).expect("it fits");
                    if let Message::Fetch(fetch) = message {
                        fetches.push_back((fetch.hash, fetch.offset));
                    }
                }
                Output::Host(command) => {
                    if let HostCommand::Start { modules, .. }
                    | HostCommand::Change { modules, .. } = &command
                    {
                        started += 1;
                        for module in modules {
                            assert_eq!(sha256(&module.bytes), module.hash, "seed {seed}");
                            assert_ne!(&*module.bytes, CONTENTS[3], "seed {seed}");
                        }
                    }
                    if let HostCommand::Exec { program, .. } = &command {
                        assert_eq!(&**program, CONTENTS[1], "seed {seed}");
                    }
                    events.extend(liar.answer(&command));
                }
                Output::Connect { .. } => fetches.clear(),
                _ => {}
            }
        }
        let next = brain.next_timeout();
        assert!(
            next.is_none_or(|next| next > now),
            "seed {seed}: what is due is not done"
        );
    }
    started
}

#[test]
fn a_node_lives_through_anything_and_runs_only_what_was_signed() {
    let started: usize = (0..100).map(run).sum();
    assert!(started > 200, "hardly anything was started: {started}");
}
