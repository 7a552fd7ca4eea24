//! How nodes boot.

use std::time::Duration;

use cluster_protocol::{Request, Response, Scope, SyncRequest, Variable};

use super::world::{World, manifest, module, swarm};

#[test]
fn nodes_boot_into_the_release_and_those_that_come_later_too() {
    let mut world = World::new(&["a", "b"]);
    assert_eq!(world.releases(), [0, 0]);
    world.publish_script(1, "one");
    let synced = world.sync(SyncRequest::default());
    assert_eq!(
        (synced.version, synced.nodes, synced.failed.len()),
        (1, 2, 0)
    );
    assert_eq!(world.releases(), [1, 1]);
    world.add("c");
    world.wait("c boots", |world| world.releases() == [1, 1, 1]);
    let shows = world.nodes["a"].host.shows();
    assert_eq!(shows.len(), 1);
    assert!(world.nodes.values().all(|node| node.host.shows() == shows));
}

#[test]
fn a_node_that_is_cut_off_runs_on_and_comes_back() {
    let mut world = World::new(&["a"]);
    world.publish_script(1, "one");
    world.sync(SyncRequest::default());
    world.cut("a");
    world.pass_for(Duration::from_secs(120));
    assert_eq!(world.node("a").host.shows().len(), 1);
    world.publish_script(2, "two");
    world.sync(SyncRequest::default());
    assert_eq!(world.releases(), [1]);
    world.mend("a");
    world.wait("a follows", |world| world.releases() == [2]);
    // By process: nothing was stopped.
    assert!(
        !world
            .node("a")
            .host
            .commands
            .contains(&"stop swarm".to_owned())
    );
}

#[test]
fn a_large_module_comes_in_pieces_and_goes_on_where_the_link_was_lost() {
    let mut world = World::new(&[]);
    let large: Vec<u8> = (0..3_000_000_u32).flat_map(u32::to_le_bytes).collect();
    world.upload(&large);
    world.publish(manifest(
        1,
        vec![swarm("swarm", &[module("large", &large)])],
    ));
    world.sync(SyncRequest::default());
    world.add("a");
    world.wait("a boots", |world| world.releases() == [1]);
}

#[test]
fn an_application_that_ends_is_started_again_until_it_ends_too_often() {
    let mut world = World::new(&["a"]);
    for text in ["one", "other"] {
        world.upload(text.as_bytes());
    }
    let applications = vec![
        swarm("first", &[module("a.luau", b"one")]),
        swarm("second", &[module("b.luau", b"other")]),
    ];
    world.publish(manifest(1, applications));
    world.sync(SyncRequest::default());
    for _ in 0..3 {
        world.node("a").host.crash("first");
        world.settle();
        assert_eq!(world.node("a").host.shows().len(), 2);
    }
    world.node("a").host.crash("first");
    world.settle();
    // A fourth time within a minute; the other is not touched.
    let shows = world.node("a").host.shows();
    assert_eq!(shows.len(), 1);
    assert!(shows[0].starts_with("second"));
    let starts = world
        .node("a")
        .host
        .commands
        .iter()
        .filter(|line| **line == "start second")
        .count();
    assert_eq!(starts, 1);
    world.pass_for(Duration::from_secs(3));
    let Response::Status(status) = world.asked(&Request::Status) else {
        panic!("no status");
    };
    let state = &status.nodes[0].applications[0].state;
    assert!(
        matches!(state, cluster_protocol::ApplicationState::Failed(_)),
        "{state:?}"
    );
}

#[test]
fn failures_that_are_far_apart_are_forgiven() {
    let mut world = World::new(&["a"]);
    world.publish_script(1, "one");
    world.sync(SyncRequest::default());
    for _ in 0..10 {
        world.node("a").host.crash("swarm");
        world.pass_for(Duration::from_secs(21));
        assert_eq!(world.node("a").host.shows().len(), 1);
    }
}

#[test]
fn the_narrower_scope_of_a_variable_wins() {
    let mut world = World::new(&["a", "b"]);
    world.publish_script(1, "one");
    world.sync(SyncRequest::default());
    let mut set = |scope, value: &str| {
        let variable = Variable {
            name: "X".into(),
            value: value.into(),
        };
        let request = Request::Set {
            scope,
            variable,
            remove: false,
        };
        assert_eq!(world.asked(&request), Response::Done);
    };
    set(Scope::Node("a".into()), "node");
    set(Scope::Group("all".into()), "group");
    set(Scope::All, "everybody");
    let value = |world: &World, node: &str| world.nodes[node].host.environment[0].value.to_string();
    assert_eq!(value(&world, "a"), "node");
    assert_eq!(value(&world, "b"), "group");
    // One that comes later sees the same.
    world.add("c");
    world.wait("c boots", |world| world.releases() == [1, 1, 1]);
    assert_eq!(value(&world, "c"), "group");
}

#[test]
fn a_node_that_joins_another_group_runs_what_that_runs() {
    let mut world = World::new(&["a"]);
    world.upload(b"one");
    let mut extra = swarm("extra", &[module("a.luau", b"one")]);
    extra.groups = vec!["spare".into()];
    world.publish(manifest(
        1,
        vec![swarm("swarm", &[module("a.luau", b"one")]), extra],
    ));
    world.sync(SyncRequest::default());
    assert_eq!(world.node("a").host.shows().len(), 1);
    world.tell_node("a", cluster::node::Input::Groups(vec!["spare".into()]));
    world.settle();
    assert_eq!(world.node("a").host.shows().len(), 2);
    world.tell_node("a", cluster::node::Input::Groups(Vec::new()));
    world.settle();
    assert_eq!(world.node("a").host.shows().len(), 1);
}

#[test]
fn a_node_that_leaves_stops_everything() {
    let mut world = World::new(&["a"]);
    world.publish_script(1, "one");
    world.sync(SyncRequest::default());
    world.tell_node("a", cluster::node::Input::Leave);
    world.settle();
    assert!(world.node("a").left);
    assert!(world.node("a").host.shows().is_empty());
}
