//! How releases spread.

use std::time::Duration;

use cluster_protocol::{By, Module, Progress, Request, Response, Role, SyncRequest, Way};

use super::world::{World, manifest, module, rollback, swarm};

fn booted(nodes: &[&str]) -> World {
    let mut world = World::new(nodes);
    world.publish_script(1, "one");
    world.sync(SyncRequest::default());
    world.publish_script(2, "two");
    world
}

#[test]
fn bots_go_on_when_only_scripts_change() {
    let mut world = booted(&["a", "b"]);
    let synced = world.sync(SyncRequest::default());
    assert_eq!((synced.version, synced.nodes), (2, 2));
    assert_eq!(world.releases(), [2, 2]);
    for node in world.nodes.values() {
        assert!(node.host.commands.contains(&"change swarm".to_owned()));
        assert!(!node.host.commands.contains(&"stop swarm".to_owned()));
    }
}

#[test]
fn the_way_that_is_asked_for_is_taken() {
    let mut world = booted(&["a"]);
    let way = Way::By(By::Application);
    world.sync(SyncRequest {
        way,
        ..SyncRequest::default()
    });
    assert_eq!(world.releases(), [2]);
    assert!(
        world
            .node("a")
            .host
            .commands
            .contains(&"stop swarm".to_owned())
    );
    assert!(
        !world
            .node("a")
            .host
            .commands
            .contains(&"change swarm".to_owned())
    );
    world.publish_script(3, "three");
    let way = Way::By(By::Restart);
    let link = world.node("a").link;
    let synced = world.sync(SyncRequest {
        way,
        ..SyncRequest::default()
    });
    assert_eq!((synced.version, synced.nodes), (3, 1));
    assert_eq!(world.releases(), [3]);
    assert_ne!(world.node("a").link, link);
}

#[test]
fn a_plan_changes_nothing() {
    let mut world = booted(&["a"]);
    let operator = world.operator(Role::Deploy);
    let plan_only = true;
    world.ask(
        operator,
        &Request::Sync(SyncRequest {
            plan_only,
            ..SyncRequest::default()
        }),
    );
    world.last_response(operator);
    let planned = world.responses[&operator]
        .iter()
        .find_map(|response| match response {
            Response::Progress(Progress::Planned { plan, .. }) => Some(plan.clone()),
            _ => None,
        });
    let plan = planned.expect("a plan");
    assert_eq!(
        (plan.from, plan.to, plan.bytes, plan.steps.len()),
        (1, 2, 3, 1)
    );
    assert_eq!(plan.steps[0].by, By::Process);
    assert_eq!(world.releases(), [1]);
}

#[test]
fn one_application_that_cannot_change_holds_the_node_on_the_old_release() {
    let mut world = World::new(&["a"]);
    let script = |world: &mut World, text: &str| -> Module {
        world.upload(text.as_bytes());
        module("a.luau", text.as_bytes())
    };
    let (one, two) = (script(&mut world, "one"), script(&mut world, "two"));
    let both = |script: &Module| {
        vec![
            swarm("first", std::slice::from_ref(script)),
            swarm("second", std::slice::from_ref(script)),
        ]
    };
    world.publish(manifest(1, both(&one)));
    world.sync(SyncRequest::default());
    let before = world.node("a").host.shows();
    world.publish(manifest(2, both(&two)));
    world
        .node("a")
        .host
        .fails_to_change
        .insert("second".to_owned());
    let synced = world.sync(SyncRequest::default());
    assert_eq!(
        (synced.version, synced.nodes, synced.failed.len()),
        (1, 0, 1)
    );
    assert_eq!(world.releases(), [1]);
    assert_eq!(world.node("a").host.shows(), before);
    assert!(
        world
            .node("a")
            .host
            .commands
            .contains(&"change back first".to_owned())
    );
    // Nobody takes the refused release up behind the operator's back.
    world.cut("a");
    world.mend("a");
    world.pass_for(Duration::from_secs(60));
    assert_eq!(world.releases(), [1]);
}

#[test]
fn an_application_that_does_not_start_anew_goes_on_as_it_was() {
    let mut world = booted(&["a"]);
    let before = world.node("a").host.shows();
    let mut other = swarm("other", &[module("a.luau", b"two")]);
    other.settings = vec![cluster_protocol::Variable {
        name: "x".into(),
        value: "1".into(),
    }];
    let mut changed = swarm("swarm", &[module("a.luau", b"one")]);
    changed.settings = other.settings.clone();
    world.publish(manifest(3, vec![changed, other]));
    world
        .node("a")
        .host
        .fails_to_start
        .insert("other".to_owned());
    let synced = world.sync(SyncRequest::default());
    assert_eq!(synced.failed.len(), 1);
    assert_eq!(world.releases(), [1]);
    assert_eq!(world.node("a").host.shows(), before);
}

#[test]
fn nothing_changes_when_one_node_cannot_get_ready() {
    let mut world = booted(&["a", "b", "c"]);
    world.node("b").host.fails_to_try.insert("swarm".to_owned());
    let synced = world.sync(SyncRequest::default());
    assert_eq!((synced.version, synced.nodes), (1, 0));
    assert_eq!(synced.failed[0].node, "b");
    assert_eq!(world.releases(), [1, 1, 1]);
}

#[test]
fn waves_are_no_wider_than_they_may_be() {
    let mut world = booted(&["a", "b", "c", "d", "e"]);
    let operator = world.operator(Role::Deploy);
    let request = SyncRequest {
        max_parallel: 2,
        canary: 1,
        min_healthy_time: 5_000,
        max_errors: 1,
        ..SyncRequest::default()
    };
    let start = world.now;
    world.ask(operator, &Request::Sync(request));
    let Response::Synced(synced) = world.last_response(operator) else {
        panic!("no sync");
    };
    assert_eq!((synced.version, synced.nodes), (2, 5));
    let waves = world.responses[&operator]
        .iter()
        .filter_map(|response| match response {
            Response::Progress(Progress::Changing { nodes, canary }) => {
                Some((nodes.len(), *canary))
            }
            _ => None,
        });
    assert_eq!(
        waves.collect::<Vec<_>>(),
        [(1, true), (2, false), (2, false)]
    );
    assert!(world.now.saturating_sub(start) >= Duration::from_secs(15));
}

#[test]
fn a_canary_that_fares_badly_goes_back() {
    let mut world = booted(&["a", "b", "c"]);
    let operator = world.operator(Role::Deploy);
    let request = SyncRequest {
        canary: 1,
        min_healthy_time: 10_000,
        max_errors: 5,
        auto_revert: true,
        rollbacks: vec![rollback(2, 1)],
        ..SyncRequest::default()
    };
    world.ask(operator, &Request::Sync(request));
    world.wait("a changes", |world| world.nodes["a"].brain.release() == 2);
    world.node("a").host.errors = 6;
    let Response::Synced(synced) = world.last_response(operator) else {
        panic!("no sync");
    };
    assert!(synced.reverted, "{:?}", world.responses[&operator]);
    assert_eq!(synced.version, 1);
    assert_eq!(world.releases(), [1, 1, 1]);
    // It goes on to be so.
    world.reboot("a");
    world.wait("a boots", |world| world.releases() == [1, 1, 1]);
}

#[test]
fn without_leave_to_go_back_the_sync_only_stops() {
    let mut world = booted(&["a", "b"]);
    let operator = world.operator(Role::Deploy);
    let request = SyncRequest {
        canary: 1,
        min_healthy_time: 10_000,
        max_latency: 1_000,
        auto_revert: true,
        ..SyncRequest::default()
    };
    world.ask(operator, &Request::Sync(request));
    world.wait("a changes", |world| world.nodes["a"].brain.release() == 2);
    world.node("a").host.latency = 1_001;
    let Response::Synced(synced) = world.last_response(operator) else {
        panic!("no sync");
    };
    assert!(!synced.reverted);
    assert_eq!(world.releases(), [2, 1]);
    // Each boots into what it ran.
    world.reboot("a");
    world.reboot("b");
    world.wait("both boot", |world| world.releases() == [2, 1]);
}

#[test]
fn a_node_that_is_lost_while_it_gets_ready_follows_later() {
    let mut world = booted(&["a", "b"]);
    world.node("b").host.is_stuck = true;
    let operator = world.operator(Role::Deploy);
    world.ask(operator, &Request::Sync(SyncRequest::default()));
    world.pass_for(Duration::from_secs(2));
    assert_eq!(world.releases(), [1, 1]);
    world.cut("b");
    let Response::Synced(synced) = world.last_response(operator) else {
        panic!("no sync");
    };
    assert_eq!(
        (synced.version, synced.nodes, synced.failed.len()),
        (2, 1, 0)
    );
    world.reboot("b");
    world.wait("b boots", |world| world.releases() == [2, 2]);
}

#[test]
fn going_back_takes_a_signed_leave() {
    let mut world = booted(&["a"]);
    world.sync(SyncRequest::default());
    let version = 1;
    let synced = world.sync(SyncRequest {
        version,
        ..SyncRequest::default()
    });
    assert_eq!((synced.version, synced.failed.len()), (2, 1));
    assert_eq!(world.releases(), [2]);
    let rollbacks = vec![rollback(2, 1)];
    let synced = world.sync(SyncRequest {
        version,
        rollbacks,
        ..SyncRequest::default()
    });
    assert_eq!((synced.version, synced.nodes), (1, 1));
    assert_eq!(world.releases(), [1]);
}

#[test]
fn a_sync_goes_on_without_its_operator() {
    let mut world = booted(&["a", "b"]);
    let operator = world.operator(Role::Deploy);
    let request = SyncRequest {
        max_parallel: 1,
        min_healthy_time: 3_000,
        ..SyncRequest::default()
    };
    world.ask(operator, &Request::Sync(request));
    world.tell(cluster::controller::Input::OperatorDown { operator });
    world.wait("all change", |world| world.releases() == [2, 2]);
}

#[test]
fn a_sync_that_is_stopped_has_no_further_waves() {
    let mut world = booted(&["a", "b"]);
    let operator = world.operator(Role::Deploy);
    let request = SyncRequest {
        max_parallel: 1,
        min_healthy_time: 3_000,
        ..SyncRequest::default()
    };
    world.ask(operator, &Request::Sync(request));
    world.wait("a changes", |world| world.releases() == [2, 1]);
    world.ask(operator, &Request::Stop);
    let Response::Synced(synced) = world.last_response(operator) else {
        panic!("no sync");
    };
    assert_eq!((synced.version, synced.nodes), (1, 1));
    world.pass_for(Duration::from_secs(60));
    assert_eq!(world.releases(), [2, 1]);
}

#[test]
fn nobody_is_told_to_change_before_that_is_kept() {
    let mut world = booted(&["a"]);
    world.disk_is_stuck = true;
    let operator = world.operator(Role::Deploy);
    world.ask(operator, &Request::Sync(SyncRequest::default()));
    world.pass_for(Duration::from_secs(30));
    assert_eq!(world.releases(), [1]);
}

#[test]
fn a_boot_server_that_dies_takes_the_sync_up_again() {
    let mut world = booted(&["a", "b", "c"]);
    let operator = world.operator(Role::Deploy);
    let request = SyncRequest {
        max_parallel: 1,
        min_healthy_time: 60_000,
        ..SyncRequest::default()
    };
    world.ask(operator, &Request::Sync(request));
    world.wait("a changes", |world| world.releases() == [2, 1, 1]);
    world.restart_controller();
    world.pass_for(Duration::from_secs(20));
    assert_eq!(world.releases()[0], 2);
    world.wait("all change", |world| world.releases() == [2, 2, 2]);
}

#[test]
fn a_boot_server_that_dies_before_it_tells_has_it_done_all_the_same() {
    let mut world = booted(&["a", "b"]);
    world.disk_is_stuck = true;
    let operator = world.operator(Role::Deploy);
    world.ask(operator, &Request::Sync(SyncRequest::default()));
    world.disk_is_stuck = false;
    assert_eq!(world.releases(), [1, 1]);
    world.restart_controller();
    world.wait("all change", |world| world.releases() == [2, 2]);
    world.pass_for(Duration::from_secs(30));
    assert!(world.stored.state.rollout.is_empty());
    assert!(world.stored.state.pins.is_empty());
}

#[test]
fn groups_change_by_themselves() {
    let mut world = booted(&["a", "b"]);
    let groups = vec!["group-a".into()];
    let synced = world.sync(SyncRequest {
        groups,
        ..SyncRequest::default()
    });
    assert_eq!(synced.nodes, 1);
    assert_eq!(world.releases(), [2, 1]);
    world.reboot("a");
    world.reboot("b");
    world.wait("both boot", |world| world.releases() == [2, 1]);
    assert_eq!(world.sync(SyncRequest::default()).version, 2);
    assert_eq!(world.releases(), [2, 2]);
}

#[test]
fn a_new_program_is_executed_and_one_that_cannot_be_leaves_all_as_it_was() {
    let mut world = booted(&["a"]);
    let before = world.node("a").host.shows();
    world.upload(b"program");
    world.upload(b"three");
    let mut release = manifest(3, vec![swarm("swarm", &[module("a.luau", b"three")])]);
    release.program = vec![module("node", b"program")];
    world.publish(release);
    let operator = world.operator(Role::Deploy);
    world.ask(operator, &Request::Sync(SyncRequest::default()));
    world.settle();
    let program = cluster::identity::sha256(b"program");
    assert_eq!(world.node("a").host.executed, [program]);
    assert!(world.node("a").host.shows().is_empty());
    let why = "no room".to_owned();
    world
        .node("a")
        .host
        .events
        .push_back(cluster::node::HostEvent::ExecFailed { why });
    let Response::Synced(synced) = world.last_response(operator) else {
        panic!("no sync");
    };
    assert_eq!(synced.failed.len(), 1);
    assert_eq!(world.node("a").host.shows(), before);
    assert_eq!(world.releases(), [1]);
}

/// A sync that is prepared, and about to be told to the nodes.
fn prepared(world: &mut World) -> cluster::controller::OperatorId {
    world.disk_is_stuck = true;
    let operator = world.operator(Role::Deploy);
    world.ask(operator, &Request::Sync(SyncRequest::default()));
    operator
}

#[test]
fn a_host_that_falls_silent_has_its_bots_started_anew_in_the_old_code() {
    let mut world = booted(&["a"]);
    let before = world.node("a").host.shows();
    let operator = prepared(&mut world);
    world.node("a").host.is_stuck = true;
    world.unstick_disk();
    world.pass_for(Duration::from_secs(20));
    world.node("a").host.is_stuck = false;
    let Response::Synced(synced) = world.last_response(operator) else {
        panic!("no sync");
    };
    assert_eq!(synced.failed.len(), 1);
    assert_eq!(world.releases(), [1]);
    assert_eq!(world.node("a").host.shows(), before);
    assert!(
        world
            .node("a")
            .host
            .commands
            .contains(&"stop swarm".to_owned())
    );
}

#[test]
fn a_swarm_that_ends_while_it_changes_goes_on_as_it_was() {
    let mut world = booted(&["a"]);
    let before = world.node("a").host.shows();
    let operator = prepared(&mut world);
    world.node("a").host.is_stuck = true;
    world.unstick_disk();
    world.node("a").host.is_stuck = false;
    world.node("a").host.crash("swarm");
    let Response::Synced(synced) = world.last_response(operator) else {
        panic!("no sync");
    };
    assert_eq!(synced.failed.len(), 1);
    assert_eq!(world.node("a").host.shows(), before);
}

#[test]
fn a_node_that_dies_when_it_is_told_comes_back_with_the_release() {
    let mut world = booted(&["a", "b"]);
    let operator = prepared(&mut world);
    world.node("b").host.is_stuck = true;
    world.unstick_disk();
    world.reboot("b");
    let Response::Synced(synced) = world.last_response(operator) else {
        panic!("no sync");
    };
    assert_eq!((synced.version, synced.nodes), (2, 2));
    assert_eq!(world.releases(), [2, 2]);
}

#[test]
fn a_node_that_does_not_come_back_fails_the_gate() {
    let mut world = booted(&["a", "b"]);
    let operator = world.operator(Role::Deploy);
    let request = SyncRequest {
        canary: 1,
        min_healthy_time: 5_000,
        deadline: 20_000,
        ..SyncRequest::default()
    };
    world.ask(operator, &Request::Sync(request));
    world.wait("a changes", |world| world.nodes["a"].brain.release() == 2);
    world.cut("a");
    let Response::Synced(synced) = world.last_response(operator) else {
        panic!("no sync");
    };
    assert_eq!((synced.version, synced.failed.len()), (1, 1));
    assert_eq!(world.nodes["b"].brain.release(), 1);
}

#[test]
fn a_node_shows_how_it_last_changed() {
    let mut world = booted(&["a"]);
    world.sync(SyncRequest::default());
    let Response::Status(status) = world.asked(&Request::Status) else {
        panic!("no status");
    };
    assert_eq!(status.nodes[0].changed_by, [By::Process]);
    assert_eq!((status.release, status.newest), (2, 2));
}

#[test]
fn a_boot_server_that_dies_while_nodes_go_back_sees_them_back() {
    for is_told in [false, true] {
        let mut world = booted(&["a", "b"]);
        let operator = world.operator(Role::Deploy);
        let request = SyncRequest {
            canary: 1,
            min_healthy_time: 10_000,
            auto_revert: true,
            rollbacks: vec![rollback(2, 1)],
            ..SyncRequest::default()
        };
        world.ask(operator, &Request::Sync(request));
        world.wait("a changes", |world| world.nodes["a"].brain.release() == 2);
        world.disk_is_stuck = !is_told;
        if is_told {
            // It gets ready to go back, and cannot say so.
            world.node("a").host.is_stuck = true;
        }
        world.node("a").host.errors = 1;
        world.wait("it is kept", |world| {
            let phase = world
                .stored
                .state
                .rollout
                .first()
                .map(|rollout| rollout.phase);
            phase == Some(cluster::controller::RolloutPhase::Back)
        });
        assert_eq!(world.releases(), [2, 1]);
        world.disk_is_stuck = false;
        world.node("a").host.is_stuck = false;
        world.restart_controller();
        world.wait("a is back", |world| world.releases() == [1, 1]);
        world.wait("it is over", |world| world.stored.state.rollout.is_empty());
        world.pass_for(Duration::from_secs(60));
        assert_eq!(world.releases(), [1, 1]);
    }
}
