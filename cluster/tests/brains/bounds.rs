//! How much can be made of what one may: by operators, by a boot server that
//! lies, by bots that stay.

use std::time::Duration;

use cluster::controller::Input as ControllerInput;
use cluster::node::{ChangeResult, HostCommand, HostEvent, Input, Trial};
use cluster_protocol::{
    Authorise, Changed, Charter, Digest, HeldBot, Name, Order, Outcome, Refusal, Request, Response,
    Revocation, Role, RunBegin, RunOrder, RunPrepare, RunStats, Scope, Statement, SyncRequest,
    Variable, WeightedModule,
};

use super::hostile::{Alone, epoch, piece, prepare, release, running, signed};
use super::keys::{self, CHARTER, CLUSTER};
use super::world::{WALL, World, module, rollback, sign};

const DAY: Duration = Duration::from_secs(24 * 3_600);

#[test]
fn what_an_operator_puts_into_the_audit_log_is_bounded() {
    let mut world = World::new(&[]);
    let operator = world.operator(Role::View);
    world.ask(
        operator,
        &Request::Sync(SyncRequest {
            rollbacks: vec![rollback(2, 1); 5_000],
            ..SyncRequest::default()
        }),
    );
    let line = world.audit.last().unwrap();
    assert!(line.len() < 1_100, "{} bytes", line.len());
    assert!(line.contains("5000 rollbacks"), "{line}");
    // A role that may is bounded alike, and no character is cut in two.
    let operator = world.operator(Role::Root);
    let groups: Vec<Name> = vec!["ä".repeat(127).into(); 255];
    let whole = format!("x as {:?} in {groups:?} for 1 s", Role::Node);
    world.ask(
        operator,
        &Request::Authorise(Authorise {
            name: "x".into(),
            groups,
            role: Role::Node,
            lifetime: 1,
        }),
    );
    let line = world.audit.last().unwrap();
    let detail = line.split_once("authorise ").unwrap().1;
    let (kept, rest) = detail.rsplit_once("… ").expect("it is cut");
    let rest: usize = rest.strip_suffix(" bytes more").unwrap().parse().unwrap();
    assert!(whole.starts_with(kept));
    assert_eq!(kept.len() + rest, whole.len());
    assert!((1_023..=1_024).contains(&kept.len()), "{}", kept.len());
}

fn revoke(world: &mut World, name: &str) -> Response {
    let operator = world.operator(Role::Root);
    let revocation = Revocation {
        name: name.into(),
        certificates: vec![Digest([7; 32]); 255],
        at: world.wall(),
    };
    world.tell(ControllerInput::Revoked {
        operator: Some(operator),
        revocation,
    });
    world.last_response(operator)
}

fn charter(world: &World) -> Charter {
    match keys::verify(world.controller.charter(), &[keys::public(CHARTER)]) {
        Ok(Statement::Charter(charter)) => charter,
        other => panic!("no charter: {other:?}"),
    }
}

fn set(number: u32, remove: bool) -> Request {
    Request::Set {
        scope: Scope::All,
        variable: Variable {
            name: format!("V{number}").into(),
            value: "x".repeat(20_000).into(),
        },
        remove,
    }
}

#[test]
fn variables_leave_room_for_revocations() {
    let mut world = World::new(&["a"]);
    let mut count = 0;
    while world.asked(&set(count, false)) == Response::Done {
        count += 1;
        assert!(count < 20, "no end");
    }
    assert!(count > 0);
    for number in 0..20 {
        let response = revoke(&mut world, &format!("out-{number}"));
        assert_eq!(response, Response::Done, "revocation {number}");
    }
    assert_eq!(charter(&world).revoked.len(), 20);
    // What is set can be taken away, and something else be set.
    assert_eq!(world.asked(&set(0, true)), Response::Done);
    assert_eq!(world.asked(&set(count, false)), Response::Done);
}

#[test]
fn revocations_are_forgotten_when_no_certificate_can_be_as_old() {
    let mut world = World::new(&[]);
    let out = |world: &World| -> Vec<String> {
        let revoked = charter(world).revoked;
        revoked.iter().map(|own| own.name.to_string()).collect()
    };
    revoke(&mut world, "a");
    world.now += 39 * DAY;
    revoke(&mut world, "b");
    assert_eq!(out(&world), ["a", "b"]);
    world.now += 2 * DAY;
    revoke(&mut world, "c");
    assert_eq!(out(&world), ["b", "c"]);
}

fn order(run: u64) -> RunOrder {
    RunOrder {
        cluster: CLUSTER,
        run,
        expires: WALL + 1_000,
        scripts: vec![WeightedModule {
            module: module("r.luau", b"run"),
            weight: 1,
        }],
        protocol: "pokersource".into(),
        target: "tcp://127.0.0.1:1".into(),
        bots: 10,
        ..RunOrder::default()
    }
}

/// Tells a node to get ready for a run, and answers for its host.
fn prepare_run(alone: &mut Alone, order: RunOrder) {
    let order = sign(&Statement::Run(order));
    alone.host.clear();
    alone.order(epoch(1), Order::PrepareRun(RunPrepare { order }));
    alone.say(piece(b"run", 0));
    if let Some(HostCommand::PrepareRun { ticket, .. }) = alone.host.last() {
        let (ticket, result) = (*ticket, Ok(()));
        alone.tell(Input::Host(HostEvent::RunPrepared { ticket, result }));
    }
}

fn begin(alone: &mut Alone, part: u32, first_bot: u32, bots: u32) {
    begin_of(alone, 42, part, first_bot, bots);
}

fn begin_of(alone: &mut Alone, run: u64, part: u32, first_bot: u32, bots: u32) {
    alone.host.clear();
    alone.order(
        epoch(1),
        Order::BeginRun(RunBegin {
            run,
            part,
            first_bot,
            bots,
            start_in: 0,
            elapsed: 0,
        }),
    );
}

/// Whether the last order has begun something.
fn has_begun(alone: &Alone) -> bool {
    let begins = |command: &HostCommand| matches!(command, HostCommand::BeginRun(_));
    alone.host.iter().any(begins)
}

fn end(alone: &mut Alone, part: u32) {
    alone.tell(Input::Host(HostEvent::RunStats(RunStats {
        run: 42,
        part,
        ended: true,
        ..RunStats::default()
    })));
}

#[test]
fn a_boot_server_cannot_multiply_a_run() {
    let mut alone = Alone::new();
    alone.welcome(None);
    prepare_run(&mut alone, order(42));
    assert_eq!(alone.outcome(), Some(&Outcome::Done));
    begin(&mut alone, 0, 0, 6);
    assert!(has_begun(&alone));
    for (first_bot, bots) in [(0, 6), (0, 10), (5, 1), (2, 2), (5, 5)] {
        begin(&mut alone, 1, first_bot, bots);
        assert_eq!(alone.refusal(), Refusal::Invalid, "{first_bot}, {bots}");
        assert!(!has_begun(&alone));
    }
    begin(&mut alone, 1, 6, 4);
    assert!(has_begun(&alone));
    // Told once more it says yes, and does nothing; other bots are refused.
    begin(&mut alone, 0, 0, 6);
    assert_eq!(alone.outcome(), Some(&Outcome::Done));
    assert!(!has_begun(&alone));
    begin(&mut alone, 0, 0, 5);
    assert_eq!(alone.refusal(), Refusal::Invalid);
    // A part that has ended does not begin again, but its bots may in another.
    end(&mut alone, 0);
    begin(&mut alone, 0, 0, 6);
    assert!(!has_begun(&alone));
    begin(&mut alone, 2, 0, 6);
    assert!(has_begun(&alone));
}

#[test]
fn a_run_that_was_stopped_does_not_begin_again() {
    let mut alone = Alone::new();
    alone.welcome(None);
    prepare_run(&mut alone, order(42));
    // It has not begun yet: it may still.
    alone.order(epoch(1), Order::StopRun { run: 42 });
    prepare_run(&mut alone, order(42));
    begin(&mut alone, 0, 0, 6);
    assert!(has_begun(&alone));
    alone.order(epoch(1), Order::StopRun { run: 42 });
    prepare_run(&mut alone, order(42));
    assert_eq!(alone.refusal(), Refusal::Stale);
    begin(&mut alone, 0, 0, 6);
    assert_eq!(alone.refusal(), Refusal::Unknown);
    // Once the order has expired its own date keeps it from beginning, and its
    // number is free.
    alone.wall += 1_000;
    prepare_run(&mut alone, order(42));
    let expired = |why: &&Outcome| format!("{why:?}").contains("expired");
    assert!(alone.outcome().is_some_and(|why| expired(&why)));
    let later = RunOrder {
        expires: alone.wall + 1_000,
        ..order(42)
    };
    prepare_run(&mut alone, later);
    assert_eq!(alone.outcome(), Some(&Outcome::Done));
}

#[test]
fn runs_that_were_stopped_are_not_forgotten_for_new_ones() {
    let mut alone = Alone::new();
    alone.welcome(None);
    for run in 0..1_000 {
        prepare_run(&mut alone, order(run));
        begin_of(&mut alone, run, 0, 0, 6);
        assert!(has_begun(&alone), "run {run}");
        alone.order(epoch(1), Order::StopRun { run });
        alone.said.clear();
    }
    prepare_run(&mut alone, order(1_000));
    assert_eq!(alone.refusal(), Refusal::Busy);
    prepare_run(&mut alone, order(0));
    assert_eq!(alone.refusal(), Refusal::Stale);
    alone.wall += 1_000;
    let later = RunOrder {
        expires: alone.wall + 1_000,
        ..order(1_000)
    };
    prepare_run(&mut alone, later);
    assert_eq!(alone.outcome(), Some(&Outcome::Done));
}

/// Changes a node that runs to another release; says what it answers.
fn change(result: ChangeResult) -> Changed {
    let mut alone = running(1);
    alone.order(epoch(1), prepare(3, signed(release(2, b"two"))));
    alone.say(piece(b"two", 0));
    let Some(HostCommand::Try { ticket, .. }) = alone.host.last().cloned() else {
        panic!("nothing is tried");
    };
    let trial = Ok(Trial::default());
    alone.tell(Input::Host(HostEvent::Tried {
        ticket,
        result: trial,
    }));
    alone.order(epoch(1), Order::Commit { sync: 3 });
    let Some(HostCommand::Change { ticket, .. }) = alone.host.last().cloned() else {
        panic!("nothing changes");
    };
    let result = Ok(result);
    alone.tell(Input::Host(HostEvent::Changed { ticket, result }));
    match alone.outcome() {
        Some(Outcome::Changed(changed)) => changed.clone(),
        other => panic!("it has not changed: {other:?}"),
    }
}

#[test]
fn bots_that_stay_fit_into_a_message() {
    let held = |reason: usize| {
        let bot = HeldBot {
            application: "swarm".into(),
            name: "bot".into(),
            place: "a.luau:1".into(),
            waits_for: "@turn".into(),
            reason: "x".repeat(reason).into(),
        };
        change(ChangeResult {
            moved: 1,
            held: vec![bot; 20_000],
            pauses: Vec::new(),
        })
    };
    let many = held(40);
    assert_eq!(many.held.len(), 1_000);
    assert_eq!(many.held_in_all, 20_000);
    let long = held(10_000);
    assert!(!long.held.is_empty());
    assert_eq!(long.held_in_all, 20_000);
    for changed in [many, long] {
        let length = pickler::encoded_len(&changed).unwrap();
        assert!(length < cluster_protocol::MAX_MESSAGE / 2, "{length}");
    }
}

#[test]
fn a_node_that_leaves_does_not_link_again() {
    let mut alone = running(1);
    alone.tell(Input::Leave);
    alone.tell(Input::LinkDown);
    assert!(alone.connects.is_empty());
    // Nor when it waited for WELCOME.
    let mut alone = Alone::new();
    alone.tell(Input::Leave);
    alone.now += Duration::from_secs(10);
    alone.tell(Input::Timeout);
    assert!(alone.connects.is_empty());
}
