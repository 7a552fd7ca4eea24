//! How fast news of members spreads, in simulated time.

use std::time::Duration;

use cluster_protocol::{Liveness, Name};

use super::super::{Fault, Place, Trace, World};
use super::machine::{Flaw, Gossiper, name};
use crate::membership::Config;

/// How exactly times are measured.
const SLICE: Duration = Duration::from_millis(20);

/// How long is waited for anything.
const PATIENCE: Duration = Duration::from_secs(3_600);

/// How fast news of members spreads, on a local network without faults.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Spread {
    /// From the start of the last of all nodes until each knows of all others.
    pub all: Duration,
    /// From the start of one more until all know of it, and it of all.
    pub join: Duration,
    /// From the death of one, whose machine has lost its power, until all know
    /// of that.
    pub death: Duration,
}

/// Measures that with so many nodes.
pub fn spread(nodes: usize, config: &Config, seed: u64) -> Spread {
    let config = config.clone();
    let mut world = World::new(seed, nodes + 1, Trace::new(false), move |birth| {
        Gossiper::new(&birth, &config, Flaw::None)
    });
    let newcomer = Place(nodes);
    let everybody = |count: usize| {
        move |machine: &Gossiper| {
            let members = machine.membership().members();
            let alive = members.filter(|member| member.liveness == Liveness::Alive);
            alive.count() + 1 == count
        }
    };
    for place in (0..nodes).map(Place) {
        world.plan(world.now(), Fault::Start(place));
    }
    let all = until(&mut world, everybody(nodes));
    // All is quiet again.
    world.run_until(world.now() + Duration::from_secs(60));

    world.plan(world.now(), Fault::Start(newcomer));
    let join = until(&mut world, everybody(nodes + 1));
    world.run_until(world.now() + Duration::from_secs(60));

    let silent = true;
    let place = newcomer;
    world.plan(world.now(), Fault::Crash { place, silent });
    let dead: Name = name(newcomer);
    let death = until(&mut world, |machine| {
        machine.membership().liveness(&dead) == Some(Liveness::Down)
    });
    Spread { all, join, death }
}

/// How long it takes until something holds of all that run.
fn until(world: &mut World<Gossiper>, holds: impl Fn(&Gossiper) -> bool) -> Duration {
    let begin = world.now();
    // What once holds of a node is not looked at again: the others are asked
    // in turn, the last that did not know first.
    let mut waiting: Vec<Place> = world.places().collect();
    while world.now() < begin + PATIENCE {
        world.run_until(world.now() + SLICE);
        while let Some(place) = waiting.last() {
            if world.machine(*place).is_some_and(|it| !holds(it)) {
                break;
            }
            waiting.pop();
        }
        if waiting.is_empty() {
            break;
        }
    }
    world.now().saturating_sub(begin)
}
