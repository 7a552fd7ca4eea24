//! How long a change of all nodes at once takes, in simulated time.

use std::time::Duration;

use cluster_protocol::{SyncRequest, Synced};

use super::super::{Fault, Place, Random, Trace};
use super::actor::Actor;
use super::operator::Step;
use super::properties::Plan;
use super::releases::{self, Releases};
use super::{Flaw, Setup};

/// Lets so many nodes boot into a release and then change to the next one, all
/// at once, on a local network without faults, with hosts that take no time.
/// Gives what the boot server says of it; none if it takes an hour.
pub fn swoop(nodes: usize, seed: u64) -> Option<Synced> {
    let mut random = Random::new(seed);
    let setup = Setup {
        second_boot: 0,
        crash: Some((Place(0), 0)),
        host_takes: Duration::from_millis(1),
        ..Setup::default()
    };
    let mut plan = Plan::random(&setup, nodes, Duration::ZERO, &mut random);
    plan.releases = Releases::new(releases::Fault::None, Flaw::None, 0, &mut random);
    let sync = |version| {
        Step::Insist(Box::new(SyncRequest {
            version,
            ..SyncRequest::default()
        }))
    };
    plan.steps = vec![Step::Publish(1), sync(1), Step::Publish(2), sync(2)];
    let mut world = plan.world(random.seed(), Trace::new(false));
    for place in world.places() {
        let at = random.time(Duration::ZERO, Duration::from_secs(1));
        world.plan(at, Fault::Start(place));
    }
    while world.now() < Duration::from_secs(3_600) {
        world.run_until(world.now() + Duration::from_secs(1));
        let operator = world.machine(plan.operator()).and_then(Actor::operator);
        if let Some(operator) = operator.filter(|operator| operator.is_done()) {
            return operator.synced().cloned();
        }
    }
    None
}
