//! Runs that nodes share.

use std::time::Duration;

use cluster_protocol::{
    OnLoss, Request, Response, Role, RunOrder, RunSummary, Signed, Statement, WeightedModule,
};

use super::keys::CLUSTER;
use super::world::{WALL, World, module, sign};

fn order(change: impl FnOnce(&mut RunOrder)) -> Signed {
    let mut order = RunOrder {
        cluster: CLUSTER,
        run: 42,
        expires: WALL + 1_000,
        scripts: vec![WeightedModule {
            module: module("r.luau", b"run"),
            weight: 1,
        }],
        protocol: "pokersource".into(),
        target: "tcp://127.0.0.1:1".into(),
        bots: 10,
        duration: 60_000,
        ..RunOrder::default()
    };
    change(&mut order);
    sign(&Statement::Run(order))
}

fn shares(world: &World) -> Vec<(u32, u32)> {
    let parts = world.nodes.values().flat_map(|node| &node.host.run_parts);
    parts.map(|begin| (begin.first_bot, begin.bots)).collect()
}

fn end_all(world: &mut World) {
    let names: Vec<_> = world.nodes.keys().cloned().collect();
    for name in names {
        for begin in std::mem::take(&mut world.node(&name).host.run_parts) {
            world.node(&name).host.count(&begin, true);
        }
    }
    world.settle();
}

fn summary(response: Response) -> RunSummary {
    match response {
        Response::RunEnded(summary) => summary,
        other => panic!("no summary: {other:?}"),
    }
}

#[test]
fn bots_are_shared_evenly_and_added_up() {
    let mut world = World::new(&["a", "b", "c"]);
    world.upload(b"run");
    let operator = world.operator(Role::Operate);
    world.ask(
        operator,
        &Request::Run {
            order: order(|_| {}),
        },
    );
    assert_eq!(shares(&world), [(0, 4), (4, 3), (7, 3)]);
    end_all(&mut world);
    let summary = summary(world.last_response(operator));
    let sent: u64 = summary
        .parts
        .iter()
        .map(|part| part.stats.messages_sent)
        .sum();
    assert_eq!((summary.parts.len(), sent, summary.stopped), (3, 10, false));
    // Nodes forget it.
    assert!(
        world
            .nodes
            .values()
            .all(|node| node.host.stopped_runs == [42])
    );
}

#[test]
fn bots_of_a_lost_node_are_started_elsewhere() {
    let mut world = World::new(&["a", "b", "c"]);
    world.upload(b"run");
    let operator = world.operator(Role::Operate);
    world.ask(
        operator,
        &Request::Run {
            order: order(|order| order.on_loss = OnLoss::Restart),
        },
    );
    world.cut("a");
    world.pass_for(Duration::from_secs(5));
    assert_eq!(shares(&world).len(), 3);
    world.pass_for(Duration::from_secs(10));
    assert_eq!(shares(&world), [(0, 4), (4, 3), (0, 4), (7, 3)]);
    let begin = world.node("b").host.run_parts[1];
    assert_eq!(begin.part, 3);
    assert!((10_000..12_000).contains(&begin.elapsed), "{begin:?}");
    // The lost one comes back, and stops what others do now.
    world.mend("a");
    world.wait("a stops", |world| {
        world.nodes["a"].host.stopped_runs == [42]
    });
    end_all(&mut world);
    let summary = summary(world.last_response(operator));
    let lost = summary.parts.iter().filter(|part| part.lost).count();
    assert_eq!(summary.parts.len(), 4);
    assert!(lost <= 1);
}

#[test]
fn bots_of_a_lost_node_are_counted_as_lost() {
    let mut world = World::new(&["a", "b"]);
    world.upload(b"run");
    let operator = world.operator(Role::Operate);
    world.ask(
        operator,
        &Request::Run {
            order: order(|_| {}),
        },
    );
    world.cut("a");
    world.pass_for(Duration::from_secs(15));
    assert_eq!(world.node("b").host.run_parts.len(), 1);
    end_all(&mut world);
    let summary = summary(world.last_response(operator));
    assert!(summary.parts[0].lost && !summary.parts[1].lost);
}

#[test]
fn a_short_loss_of_the_link_does_no_harm() {
    let mut world = World::new(&["a", "b"]);
    world.upload(b"run");
    let operator = world.operator(Role::Operate);
    world.ask(
        operator,
        &Request::Run {
            order: order(|order| order.on_loss = OnLoss::Restart),
        },
    );
    world.cut("a");
    world.pass_for(Duration::from_secs(2));
    // It ends while nobody listens.
    let begin = world.node("a").host.run_parts.remove(0);
    world.node("a").host.count(&begin, true);
    world.mend("a");
    world.pass_for(Duration::from_secs(6));
    assert!(world.node("a").host.stopped_runs.is_empty());
    end_all(&mut world);
    let summary = summary(world.last_response(operator));
    assert!(summary.parts.iter().all(|part| !part.lost));
}

#[test]
fn a_run_can_be_stopped() {
    let mut world = World::new(&["a"]);
    world.upload(b"run");
    let operator = world.operator(Role::Operate);
    world.ask(
        operator,
        &Request::Run {
            order: order(|_| {}),
        },
    );
    world.ask(operator, &Request::Stop);
    let summary = summary(world.last_response(operator));
    assert!(summary.stopped);
    assert!(!summary.parts[0].lost);
}

#[test]
fn a_run_that_is_not_right_never_begins() {
    let mut world = World::new(&["a"]);
    let refused = |world: &mut World, order| {
        let response = world.asked(&Request::Run { order });
        assert!(matches!(response, Response::Refused(_)), "{response:?}");
    };
    refused(&mut world, order(|_| {}));
    world.upload(b"run");
    refused(&mut world, order(|order| order.expires = WALL));
    refused(&mut world, order(|order| order.cluster.0[0] ^= 1));
    refused(&mut world, order(|order| order.bots = 0));
    refused(
        &mut world,
        order(|order| order.groups = vec!["nobody".into()]),
    );
    let mut forged = order(|_| {});
    forged.signature[0] ^= 1;
    refused(&mut world, forged);
    world
        .node("a")
        .host
        .fails_to_try
        .insert("pokersource".to_owned());
    refused(&mut world, order(|_| {}));
    assert!(shares(&world).is_empty());
}

#[test]
fn a_boot_server_that_dies_ends_the_run() {
    let mut world = World::new(&["a"]);
    world.upload(b"run");
    let operator = world.operator(Role::Operate);
    world.ask(
        operator,
        &Request::Run {
            order: order(|_| {}),
        },
    );
    world.restart_controller();
    world.wait("a stops", |world| {
        world.nodes["a"].host.stopped_runs == [42]
    });
}
