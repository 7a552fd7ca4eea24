//! Everything goes wrong at random, and then all is well again: the same seed
//! always goes the same way.

use std::time::Duration;

use cluster::identity::sha256;
use cluster_protocol::{By, Request, Response, Role, SyncRequest, Way};
use rand_chacha::ChaCha8Rng;
use rand_chacha::rand_core::{Rng, SeedableRng};

use super::world::{World, manifest, module, rollback, swarm};

const NODES: [&str; 4] = ["a", "b", "c", "d"];

fn text(version: u64) -> String {
    format!("text of {version}")
}

fn publish(world: &mut World, version: u64) {
    let text = text(version);
    world.upload(text.as_bytes());
    let script = [module("a.luau", text.as_bytes())];
    world.publish(manifest(
        version,
        vec![swarm("first", &script), swarm("second", &script)],
    ));
}

/// What runs on a node is of the release that it says it runs, all of it.
fn check_whole(world: &World, seed: u64) {
    for (name, node) in &world.nodes {
        let release = node.brain.release();
        let hash = sha256(text(release).as_bytes());
        for running in node.host.running.values() {
            assert_eq!(
                running.modules,
                [hash],
                "seed {seed}: {} on {name} is not of release {release}: {:#?}",
                running.name,
                node.notes
            );
        }
    }
}

fn disturb(world: &mut World, rng: &mut ChaCha8Rng, version: u64) {
    let mut below = |limit: u32| rng.next_u32() % limit;
    let name = NODES[below(4) as usize];
    let application = ["first", "second"][below(2) as usize].to_owned();
    match below(14) {
        0 => world.cut(name),
        1 | 2 => world.mend(name),
        3 => world.reboot(name),
        4 => world.restart_controller(),
        5 => {
            let host = &mut world.node(name).host;
            if host
                .running
                .values()
                .any(|running| running.name == application)
            {
                host.crash(&application);
            }
        }
        6 => {
            let fails = &mut world.node(name).host.fails_to_change;
            if !fails.remove(&application) {
                fails.insert(application);
            }
        }
        7 => {
            let fails = &mut world.node(name).host.fails_to_start;
            if !fails.remove(&application) {
                fails.insert(application);
            }
        }
        8 => world.node(name).host.errors += 10,
        9 => world.disk_is_stuck = !world.disk_is_stuck,
        _ => {
            let ways = [
                Way::Cheapest,
                Way::By(By::Process),
                Way::By(By::Application),
                Way::By(By::Restart),
            ];
            let request = SyncRequest {
                version: 1 + u64::from(below(u32::try_from(version).unwrap())),
                way: ways[below(4) as usize],
                max_parallel: below(3),
                canary: below(2),
                min_healthy_time: below(4_000),
                deadline: 5_000 + below(20_000),
                max_errors: 5,
                auto_revert: below(2) == 0,
                rollbacks: (1..=version)
                    .flat_map(|from| (1..from).map(move |to| rollback(from, to)))
                    .collect(),
                ..SyncRequest::default()
            };
            let operator = world.operator(Role::Deploy);
            world.ask(operator, &Request::Sync(request));
        }
    }
    let time = Duration::from_millis(u64::from(below(6_000)));
    world.pass_for(time);
}

fn run(seed: u64) {
    let mut rng = ChaCha8Rng::seed_from_u64(seed);
    let mut world = World::new(&NODES);
    for version in 1..=3 {
        publish(&mut world, version);
    }
    for _ in 0..40 {
        disturb(&mut world, &mut rng, 3);
        check_whole(&world, seed);
    }
    world.disk_is_stuck = false;
    world.restart_controller();
    for name in NODES {
        let host = &mut world.node(name).host;
        host.fails_to_start.clear();
        host.fails_to_change.clear();
        world.mend(name);
    }
    world.pass_for(Duration::from_secs(300));
    publish(&mut world, 4);
    let request = Request::Sync(SyncRequest {
        max_errors: 1_000,
        ..SyncRequest::default()
    });
    let response = world.asked(&request);
    let Response::Synced(synced) = response else {
        panic!("seed {seed}: {response:?}: {:#?}", world.notes);
    };
    assert_eq!(synced.version, 4, "seed {seed}: {synced:?}");
    world.wait("all run it", |world| world.releases() == [4; 4]);
    check_whole(&world, seed);
    assert!(world.stored.state.rollout.is_empty());
    assert!(world.stored.state.pins.is_empty());
}

#[test]
fn after_any_trouble_all_nodes_are_wholly_on_the_release() {
    for seed in 0..8 {
        run(seed);
    }
}
