//! What must hold of membership, whatever has happened before.

use std::time::Duration;

use cluster_protocol::Liveness;

use super::super::{Failure, Fault, Faults, Place, Random, Scenario, Summary, Trace, World};
use super::machine::{Flaw, Gossiper, name};
use crate::membership::Config;

/// How the scenario is set up.
#[derive(Clone, Debug)]
pub struct Setup {
    /// How many nodes there are: from this many.
    pub least: usize,
    /// To this many.
    pub most: usize,
    /// How many faults there are, at the most.
    pub faults: usize,
    /// How long they may last.
    pub trouble: Duration,
    /// When all has healed: how long until all agree.
    pub bound: Duration,
    /// How often members look after each other.
    pub config: Config,
    /// A known mistake, made on purpose.
    pub flaw: Flaw,
}

impl Default for Setup {
    fn default() -> Self {
        Self {
            least: 3,
            most: 7,
            faults: 8,
            trouble: Duration::from_secs(45),
            bound: Duration::from_secs(60),
            config: Config {
                // Sooner than usual, so that the dead are forgotten, and those
                // who were cut off too, within a run.
                forget_after: Duration::from_secs(25),
                ..Config::default()
            },
            flaw: Flaw::None,
        }
    }
}

/// Tries a seed: nodes start, things break, all heals but what is gone for
/// good; then
///
/// 1. within the bound, all that run hold each other to be alive, of the same
///    generation and not suspect, and nobody holds those that are gone to be
///    alive;
/// 2. one that crashes then and is started again is within half the bound held
///    to be alive by all, of a later generation;
/// 3. after that, nobody that runs is held to be down any more;
/// 4. those that are gone are forgotten, each by all.
///
/// # Errors
/// If one of these does not hold.
pub fn check(setup: &Setup, seed: u64, readable: bool) -> Result<Summary, Box<Failure>> {
    let mut random = Random::new(seed);
    let nodes = setup.least + random.below(setup.most - setup.least + 1);
    let (config, flaw) = (setup.config.clone(), setup.flaw);
    let trace = Trace::new(readable);
    let mut world = World::new(random.seed(), nodes, trace, move |birth| {
        Gossiper::new(&birth, &config, flaw)
    });
    let starting = Duration::from_secs(5);
    let start = |random: &mut Random| random.time(Duration::ZERO, starting);
    for place in world.places() {
        let at = start(&mut random);
        world.plan(at, Fault::Start(place));
    }
    let healed = starting + setup.trouble;
    let faults = Faults {
        nodes,
        from: Duration::from_secs(1),
        until: healed,
        count: setup.faults,
        // Whom all others join.
        spared: vec![Place(0)],
        skew: Duration::from_secs(60),
    };
    for (at, fault) in faults.random(&mut random) {
        world.plan(at, fault);
    }

    world.run_until(healed);
    if let Err(property) = agree(&mut world, setup.bound) {
        return Err(failure(&world, seed, property).into());
    }
    let agreed_by = world.now();
    let mut allowed = rejoins(&world);
    let (place, again) = restart_one(&mut world, &mut random, agreed_by);
    let generation = |world: &World<Gossiper>| {
        let machine = world.machine(place?)?;
        Some((machine.born(), machine.membership().me().generation))
    };
    let former = generation(&world);
    world.run_until(again);
    if let (Some((_, former)), Some((born, _))) = (former, generation(&world)) {
        // A node whose clock was set back has to outdo its former self.
        allowed += u32::from(born <= former);
    }
    if let Err(property) = agree(&mut world, setup.bound / 2) {
        return Err(failure(&world, seed, property).into());
    }
    let returned_by = world.now();
    let forgotten_by = returned_by.max(agreed_by + setup.config.forget_after * 2);
    world.run_until(forgotten_by);
    if let Err(property) = agreement(&world).and_then(|()| oblivion(&world)) {
        return Err(failure(&world, seed, property).into());
    }
    if rejoins(&world) > allowed {
        let property = "somebody that runs was held to be down, though all was well".to_owned();
        return Err(failure(&world, seed, property).into());
    }
    Ok(Summary {
        trace: world.trace().clone(),
        time: world.now(),
    })
}

/// Runs the world until all agree, and go on to do so for a while; at the most
/// for `bound`.
fn agree(world: &mut World<Gossiper>, bound: Duration) -> Result<(), String> {
    let slice = Duration::from_secs(5);
    let end = world.now() + bound;
    let mut agreed = 0;
    while world.now() < end && agreed < 3 {
        world.run_until(world.now() + slice);
        agreed = agreement(world).map_or(0, |()| agreed + 1);
    }
    agreement(world)
}

/// Lets a node crash and start again; gives which, and when it starts.
fn restart_one(
    world: &mut World<Gossiper>,
    random: &mut Random,
    now: Duration,
) -> (Option<Place>, Duration) {
    let runs = |place: &Place| world.machine(*place).is_some_and(|it| it.rejoined() == 0);
    let running: Vec<Place> = world.places().filter(runs).collect();
    let again = now + random.time(Duration::ZERO, Duration::from_secs(20));
    let place = (!running.is_empty()).then(|| running[random.below(running.len())]);
    if let Some(place) = place {
        let silent = random.chance(500);
        world.plan(now, Fault::Crash { place, silent });
        world.plan(again, Fault::Start(place));
    }
    (place, again)
}

fn failure(world: &World<Gossiper>, seed: u64, property: String) -> Failure {
    Failure {
        scenario: Scenario::Membership,
        seed,
        at: world.now(),
        property,
        trace: world.trace().clone(),
    }
}

/// All that run hold each other to be alive, and nobody else.
fn agreement(world: &World<Gossiper>) -> Result<(), String> {
    for observer in world.places() {
        let Some(machine) = world.machine(observer) else {
            continue;
        };
        for place in world.places().filter(|place| *place != observer) {
            let seen = machine
                .membership()
                .members()
                .find(|member| member.peer.name == name(place));
            let real = world.machine(place).map(|it| it.membership().me().clone());
            match (real, seen) {
                (Some(real), Some(seen))
                    if seen.peer == real && seen.liveness == Liveness::Alive => {}
                (Some(_), seen) => {
                    let seen = seen.map_or("unknown".to_owned(), |seen| {
                        let generation = seen.peer.generation;
                        format!("{:?}, of generation {generation}", seen.liveness)
                    });
                    return Err(format!(
                        "{place} runs and can be reached, but {observer} holds it to be {seen}"
                    ));
                }
                (None, Some(seen)) if seen.liveness != Liveness::Down => {
                    return Err(format!("{place} is gone, but {observer} does not know it"));
                }
                (None, _) => {}
            }
        }
    }
    Ok(())
}

/// Nobody remembers those that are gone.
fn oblivion(world: &World<Gossiper>) -> Result<(), String> {
    for observer in world.places() {
        let Some(machine) = world.machine(observer) else {
            continue;
        };
        for member in machine.membership().members() {
            if member.liveness == Liveness::Down {
                let name = &member.peer.name;
                return Err(format!("{observer} still remembers {name}, which is gone"));
            }
        }
    }
    Ok(())
}

fn rejoins(world: &World<Gossiper>) -> u32 {
    let machines = world.places().filter_map(|place| world.machine(place));
    machines.map(Gossiper::rejoined).sum()
}
