//! Seeds of the simulator. More of them, and one to look at:
//! `cargo run -p cluster --example simulate -- --help`.

use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use cluster::sim::{self, Failure, Place, Scenario, check};

/// Tries seeds on all cores.
fn failures(seeds: u64, check: impl Fn(u64) -> Option<Failure> + Sync) -> Vec<Failure> {
    let next = AtomicU64::new(0);
    let work = || {
        let numbers = std::iter::repeat_with(|| next.fetch_add(1, Ordering::Relaxed));
        numbers
            .take_while(|seed| *seed < seeds)
            .filter_map(&check)
            .collect::<Vec<_>>()
    };
    std::thread::scope(|scope| {
        let threads = std::thread::available_parallelism().map_or(1, usize::from);
        let workers: Vec<_> = (0..threads).map(|_| scope.spawn(work)).collect();
        let done = workers.into_iter().map(|worker| worker.join().unwrap());
        done.flatten().collect()
    })
}

#[test]
fn one_seed_run_twice_gives_the_same_trace() {
    for scenario in Scenario::ALL {
        for seed in 0..5 {
            let [one, two] = [(); 2].map(|()| check(scenario, seed, true).unwrap().trace);
            assert_eq!(one.lines(), two.lines(), "{scenario}, seed {seed}");
            assert_eq!(one.hash(), two.hash(), "{scenario}, seed {seed}");
            // Whether it can be read changes nothing.
            let three = check(scenario, seed, false).unwrap().trace;
            assert_eq!(one.hash(), three.hash(), "{scenario}, seed {seed}");
            let other = check(scenario, seed + 1_000, false).unwrap().trace;
            assert_ne!(one.hash(), other.hash(), "{scenario}, seed {seed}");
        }
    }
}

#[test]
fn members_agree_after_whatever_has_happened() {
    all_hold(Scenario::Membership, 500);
}

#[test]
fn clusters_keep_their_promises_whatever_happens() {
    all_hold(Scenario::Cluster, 500);
}

fn all_hold(scenario: Scenario, seeds: u64) {
    let failures = failures(seeds, |seed| {
        check(scenario, seed, false).err().map(|failure| *failure)
    });
    for failure in &failures {
        eprintln!("{failure}");
    }
    assert!(failures.is_empty());
}

/// A sync takes a node some thirty steps, and the boot server more.
#[test]
fn clusters_keep_their_promises_wherever_in_a_sync_somebody_crashes() {
    use sim::cluster::{self, Setup};
    let crashes = (1..=100).map(|step| (Place(0), step));
    let crashes: Vec<_> = crashes
        .chain((1..=50).map(|step| (Place(1), step)))
        .collect();
    let found = failures(crashes.len() as u64 * 3, |number| {
        let place = usize::try_from(number).unwrap() % crashes.len();
        let crash = crashes[place];
        let setup = Setup {
            least: 3,
            most: 3,
            faults: 0,
            trouble: Duration::from_secs(30),
            second_boot: 0,
            crash: Some(crash),
            ..Setup::default()
        };
        let seed = number / crashes.len() as u64;
        let failure = cluster::check(&setup, seed, false).err()?;
        eprintln!("{crash:?}: {failure}");
        Some(*failure)
    });
    assert!(found.is_empty());
}

#[test]
fn known_mistakes_of_membership_are_found() {
    use sim::membership::{self, Flaw, Setup};
    for flaw in [
        Flaw::NoExchange,
        Flaw::NoGenerations,
        Flaw::NewsOfUnknownDead,
    ] {
        let setup = Setup {
            flaw,
            ..Setup::default()
        };
        let found = (0..300).find_map(|seed| membership::check(&setup, seed, false).err());
        let failure = found.unwrap_or_else(|| panic!("{flaw:?} is not found"));
        let command = format!("--scenario membership --seed {} --trace", failure.seed);
        assert!(failure.to_string().ends_with(&command), "{failure}");
    }
}

#[test]
fn known_mistakes_of_clusters_are_found() {
    use sim::cluster::{self, Flaw, Setup};
    for (flaw, property) in [
        (Flaw::AnySignature, "was published that nobody has signed"),
        (Flaw::AnyModule, "is in no signed release"),
        (Flaw::EpochNotKept, "release"),
        (Flaw::ReleasesNotKept, "release"),
        (Flaw::AllAtOnce, "nodes change at once"),
    ] {
        let setup = Setup {
            flaw,
            ..Setup::default()
        };
        let found = (0..100).find_map(|seed| cluster::check(&setup, seed, false).err());
        let failure = found.unwrap_or_else(|| panic!("{flaw:?} is not found"));
        assert!(failure.property.contains(property), "{flaw:?}: {failure}");
    }
}
