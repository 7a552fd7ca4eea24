//! What operators may, and are told.

use cluster_protocol::{Refusal, Request, Response, Revocation, Role, SyncRequest};

use super::world::World;

#[test]
fn each_role_may_what_it_may() {
    let mut world = World::new(&["a"]);
    let asks = |world: &mut World, role, request| {
        let operator = world.operator(role);
        world.ask(operator, &request);
        !matches!(
            world.last_response(operator),
            Response::Refused(refused) if refused.reason == Refusal::NotAuthorised
        )
    };
    for (request, least) in [
        (Request::Status, Role::View),
        (Request::Stop, Role::Operate),
        (Request::Sync(SyncRequest::default()), Role::Deploy),
        (Request::RotateKey, Role::Root),
    ] {
        for role in [
            Role::Node,
            Role::View,
            Role::Operate,
            Role::Deploy,
            Role::Root,
            Role::Boot,
        ] {
            let may = role >= least && role <= Role::Root;
            assert_eq!(
                asks(&mut world, role, request.clone()),
                may,
                "{request:?} by {role:?}"
            );
        }
    }
}

#[test]
fn what_changes_something_is_in_the_log_first() {
    let mut world = World::new(&["a"]);
    world.publish_script(1, "one");
    world.sync(SyncRequest::default());
    world.asked(&Request::Status);
    let words: Vec<_> = world
        .audit
        .iter()
        .map(|line| line.split(' ').nth(1).unwrap())
        .collect();
    assert_eq!(words, ["publish", "sync"]);
}

#[test]
fn all_bots_of_all_nodes_are_told_in_parts() {
    let mut world = World::new(&["a", "b"]);
    let operator = world.operator(Role::View);
    world.ask(operator, &Request::Bots { node: "".into() });
    world.last_response(operator);
    let responses = &world.responses[&operator];
    let mut bots = 0;
    for (index, response) in responses.iter().enumerate() {
        let Response::Bots {
            more, bots: some, ..
        } = response
        else {
            panic!("no bots: {response:?}");
        };
        assert_eq!(*more, index + 1 < responses.len());
        bots += some.len();
    }
    assert_eq!(bots, 6_000);
    assert!(responses.len() > 2);
}

#[test]
fn a_node_tells_what_it_has_noted() {
    let mut world = World::new(&["a"]);
    world.publish_script(1, "one");
    world.sync(SyncRequest::default());
    let response = world.asked(&Request::Log {
        node: "a".into(),
        lines: 1,
    });
    let Response::Lines(lines) = response else {
        panic!("no lines: {response:?}");
    };
    assert_eq!(lines.len(), 1);
    assert!(lines[0].contains("release 1"), "{lines:?}");
}

#[test]
fn who_is_revoked_is_cut_off_at_once() {
    let mut world = World::new(&["a", "b"]);
    let link = world.node("a").link;
    assert!(link.is_some());
    world.node("a").is_cut_off = true;
    let revocation = Revocation {
        name: "a".into(),
        certificates: Vec::new(),
        at: 1,
    };
    world.tell(cluster::controller::Input::Revoked {
        operator: None,
        revocation,
    });
    assert_eq!(world.node("a").link, None);
    // The others know.
    let charter = world.controller.charter().clone();
    assert_eq!(*world.node("b").brain.charter(), charter);
    assert_eq!(world.charter, charter);
}
