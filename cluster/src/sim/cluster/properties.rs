//! What must hold of a cluster, whatever breaks: the promises of its design.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::Duration;

use cluster_protocol::{Application, By, Name, SyncRequest, Way};

use super::super::{Failure, Fault, Faults, Place, Random, Scenario, Summary, Trace, World};
use super::actor::Actor;
use super::boot::Boot;
use super::operator::{Operator, Step};
use super::releases::{self, OTHER_KEY, Releases, rollback};
use super::worker::Worker;

/// A known mistake, made on purpose, to see that the simulator finds it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Flaw {
    /// None.
    #[default]
    None,
    /// Any signature will do.
    AnySignature,
    /// What is not in a release is fetched and run all the same.
    AnyModule,
    /// A boot server does not keep its epoch.
    EpochNotKept,
    /// A boot server does not keep which releases there are.
    ReleasesNotKept,
    /// More nodes change at once than were asked for.
    AllAtOnce,
}

/// How the scenario is set up.
#[derive(Clone, Debug)]
pub struct Setup {
    /// How many nodes there are, besides the boot server: from this many.
    pub least: usize,
    /// To this many.
    pub most: usize,
    /// How many faults there are, at the most.
    pub faults: usize,
    /// How long they may last.
    pub trouble: Duration,
    /// When all has healed: how long until all nodes run what they should.
    pub bound: Duration,
    /// In how many of a thousand runs there are two boot servers.
    pub second_boot: u32,
    /// Which node crashes while the second release is published and synced (0
    /// is the boot server), and after how many of its own steps; by chance if
    /// not given.
    pub crash: Option<(Place, u32)>,
    /// How long hosts take for anything, at the most.
    pub host_takes: Duration,
    /// A known mistake, made on purpose.
    pub flaw: Flaw,
}

impl Default for Setup {
    fn default() -> Self {
        Self {
            least: 1,
            most: 6,
            faults: 6,
            trouble: Duration::from_secs(90),
            bound: Duration::from_secs(300),
            second_boot: 250,
            crash: None,
            host_takes: Duration::from_millis(800),
            flaw: Flaw::None,
        }
    }
}

/// When the operator begins, at the latest.
const START: Duration = Duration::from_secs(10);

/// Tries a seed: an operator publishes and syncs three releases, of which the
/// second may be broken; a boot server that sends wrong bytes now and then, and
/// perhaps a second one that thinks it drives too. All the time
///
/// 1. no node is given a module to run that is in no signed release, or has
///    another content;
/// 2. what a node runs that does not change right now is of the one release
///    that it is on;
/// 3. not more nodes change at once than were asked for;
/// 4. no node obeys an epoch that is over, or two controllers of one epoch.
///
/// And within a bound after all has healed, all nodes wholly run the third
/// release, and nothing else.
///
/// # Errors
/// If one of these does not hold.
pub fn check(setup: &Setup, seed: u64, readable: bool) -> Result<Summary, Box<Failure>> {
    let mut random = Random::new(seed);
    let nodes = setup.least + random.below(setup.most - setup.least + 1);
    let healed = START + setup.trouble;
    let plan = Plan::random(setup, nodes, healed, &mut random);
    let mut world = plan.world(random.seed(), Trace::new(readable));
    for place in world.places() {
        let at = random.time(Duration::ZERO, Duration::from_secs(5));
        world.plan(at, Fault::Start(place));
    }
    let faults = Faults {
        // Neither the operator nor the second boot server.
        nodes: nodes + 1,
        from: START,
        until: healed,
        count: setup.faults,
        spared: (0..=nodes).map(Place).collect(),
        skew: Duration::from_secs(60),
    };
    for (at, fault) in faults.random(&mut random) {
        world.plan(at, fault);
    }
    if plan.two_boots {
        // One of them goes, and the other one takes over.
        let silent = false;
        let (first, second) = (Place(0), plan.second_boot());
        for place in [first, second] {
            world.plan(healed, Fault::Crash { place, silent });
        }
        world.plan(healed + Duration::from_secs(1), Fault::Start(first));
    }

    let mut crash = plan.crash.clone();
    let end = healed + setup.bound;
    while world.now() < end {
        let Some(touched) = world.step() else {
            continue;
        };
        if let Err(property) = promises(&world, &plan, touched) {
            return Err(failure(&world, seed, property).into());
        }
        if crash.is_due(&world, &plan, touched) {
            let (place, silent) = (touched, crash.silent);
            world.plan(world.now(), Fault::Crash { place, silent });
            world.plan(world.now() + crash.pause, Fault::Start(place));
        }
        if world.now() > healed && converged(&world, &plan).is_ok() {
            break;
        }
    }
    match converged(&world, &plan) {
        Ok(()) => Ok(Summary {
            trace: world.trace().clone(),
            time: world.now(),
        }),
        Err(property) => Err(failure(&world, seed, property).into()),
    }
}

/// What is going to be tried.
pub(super) struct Plan {
    nodes: usize,
    flaw: Flaw,
    host_takes: Duration,
    two_boots: bool,
    pub releases: Arc<Releases>,
    pub steps: Vec<Step>,
    insist: Duration,
    /// Not more nodes than these may change at once.
    width: usize,
    crash: Crash,
}

/// A crash at a certain step of a sync.
#[derive(Clone)]
struct Crash {
    place: Place,
    /// After so many of its steps since the second release was published.
    after: u32,
    silent: bool,
    pause: Duration,
}

impl Crash {
    fn is_due(&mut self, world: &World<Actor>, plan: &Plan, touched: Place) -> bool {
        let begun = || {
            let operator = world.machine(plan.operator()).and_then(Actor::operator);
            operator.is_some_and(|it| it.steps_done() >= 3 && !it.is_done())
        };
        if touched != self.place || self.after == 0 || !begun() {
            return false;
        }
        self.after -= 1;
        self.after == 0
    }
}

impl Plan {
    pub fn random(setup: &Setup, nodes: usize, healed: Duration, random: &mut Random) -> Self {
        let flaw = setup.flaw;
        let fault = match random.below(6) {
            0 => releases::Fault::Unstartable,
            1 => releases::Fault::Unfit,
            2 | 3 => releases::Fault::Faulty,
            _ => releases::Fault::None,
        };
        let lies = if random.chance(300) {
            random.up_to(6)
        } else {
            0
        };
        let releases = Releases::new(fault, flaw, lies, random);
        let max_parallel = random.up_to(3);
        let canary = random.up_to(2);
        let width = match max_parallel {
            0 => usize::MAX,
            _ => (max_parallel + canary) as usize,
        };
        let auto_revert = random.chance(600);
        let mut request = |version: u64, rollbacks| SyncRequest {
            version,
            way: match random.below(4) {
                0 => Way::By(By::Restart),
                1 => Way::By(By::Application),
                2 => Way::By(By::Process),
                _ => Way::Cheapest,
            },
            max_parallel: if flaw == Flaw::AllAtOnce {
                0
            } else {
                max_parallel
            },
            canary,
            min_healthy_time: random.up_to(4_000),
            deadline: 15_000,
            auto_revert,
            rollbacks,
            ..SyncRequest::default()
        };
        let mut unsigned = releases.signed[&3].clone();
        unsigned.key = OTHER_KEY;
        let steps = vec![
            Step::Publish(1),
            Step::Try(Box::new(request(1, Vec::new()))),
            Step::Publish(2),
            Step::Try(Box::new(request(2, vec![rollback(2, 1)]))),
            Step::PublishUnsigned(Box::new(unsigned)),
            Step::Publish(3),
            Step::Insist(Box::new(request(3, Vec::new()))),
        ];
        let by_chance = (Place(random.below(nodes + 1)), random.up_to(60));
        let (place, after) = setup.crash.unwrap_or(by_chance);
        Self {
            nodes,
            flaw,
            host_takes: setup.host_takes,
            two_boots: random.chance(setup.second_boot),
            releases,
            steps,
            insist: healed,
            width,
            crash: Crash {
                place,
                after,
                silent: random.chance(500),
                pause: random.time(Duration::ZERO, Duration::from_secs(20)),
            },
        }
    }

    pub fn operator(&self) -> Place {
        Place(self.nodes + 1)
    }

    fn second_boot(&self) -> Place {
        Place(self.nodes + 2)
    }

    fn second_operator(&self) -> Place {
        Place(self.nodes + 3)
    }

    pub fn world(&self, seed: u64, trace: Trace) -> World<Actor> {
        let count = self.nodes + if self.two_boots { 4 } else { 2 };
        let mut boots = vec![Place(0).address()];
        if self.two_boots {
            boots.push(self.second_boot().address());
        }
        let (releases, steps, insist) =
            (Arc::clone(&self.releases), self.steps.clone(), self.insist);
        let (flaw, host_takes) = (self.flaw, self.host_takes);
        let (operator, second_boot) = (self.operator(), self.second_boot());
        let second_operator = self.second_operator();
        World::new(seed, count, trace, move |mut birth| {
            let releases = Arc::clone(&releases);
            let place = birth.place;
            if place == Place(0) || place == second_boot {
                Actor::Boot(Box::new(Boot::new(&mut birth, flaw, releases)))
            } else if place == operator || place == second_operator {
                let first = place == operator;
                let boot = if first { Place(0) } else { second_boot };
                let mut steps = steps.clone();
                if !first {
                    // Who drives wrongly does not insist.
                    steps.truncate(4);
                }
                let start = START / 2;
                let address = boot.address();
                let operator = Operator::new(address, releases, steps, start, insist);
                Actor::Operator(Box::new(operator))
            } else {
                let boots = boots.clone();
                Actor::Worker(Box::new(Worker::new(&birth, boots, host_takes, releases)))
            }
        })
    }
}

fn failure(world: &World<Actor>, seed: u64, property: String) -> Failure {
    Failure {
        scenario: Scenario::Cluster,
        seed,
        at: world.now(),
        property,
        trace: world.trace().clone(),
    }
}

/// What must hold all the time.
fn promises(world: &World<Actor>, plan: &Plan, touched: Place) -> Result<(), String> {
    let violation = world.machine(touched).and_then(|actor| match actor {
        Actor::Worker(worker) => worker.violation(),
        Actor::Operator(operator) => operator.violation(),
        Actor::Boot(_) => None,
    });
    if let Some(violation) = violation {
        return Err(format!("{touched}: {violation}"));
    }
    if let Some(worker) = world.machine(touched).and_then(Actor::worker)
        && !worker.host().is_busy()
    {
        let release = worker.brain().release();
        let own = plan.releases.applications(release);
        if let Some(other) = worker.host().running().find(|it| !own.contains(it)) {
            let name = &other.name;
            return Err(format!(
                "{touched} is on release {release}, but runs {name} of another"
            ));
        }
    }
    let workers = world.places().filter_map(|it| world.machine(it)?.worker());
    let out = workers.filter(|worker| worker.is_out()).count();
    // Each of two who think that they drive keeps to its own width.
    if !plan.two_boots && out > plan.width {
        let width = plan.width;
        return Err(format!(
            "{out} nodes change at once, not {width} at the most"
        ));
    }
    Ok(())
}

/// What must hold in the end.
fn converged(world: &World<Actor>, plan: &Plan) -> Result<(), String> {
    let operator = world.machine(plan.operator()).and_then(Actor::operator);
    if !operator.is_some_and(Operator::is_done) {
        return Err("the operator did not get the last release onto all nodes".to_owned());
    }
    let by_name = |applications: &mut dyn Iterator<Item = &Application>| {
        applications
            .map(|it| (it.name.clone(), it.clone()))
            .collect::<BTreeMap<Name, Application>>()
    };
    let wanted = by_name(&mut plan.releases.applications(3).iter());
    for place in (1..=plan.nodes).map(Place) {
        let Some(worker) = world.machine(place).and_then(Actor::worker) else {
            return Err(format!("{place} does not run"));
        };
        let release = worker.brain().release();
        if release != 3 {
            return Err(format!("{place} runs release {release}, not 3"));
        }
        let running = by_name(&mut worker.host().running());
        if running != wanted || worker.host().running().count() != wanted.len() {
            let names: Vec<_> = worker.host().running().map(|it| &it.name).collect();
            return Err(format!(
                "{place} is on release 3, but runs {names:?} of others"
            ));
        }
        if !worker.is_linked() {
            return Err(format!("{place} has no link to the boot server"));
        }
    }
    Ok(())
}
