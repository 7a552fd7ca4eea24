//! Runs scenarios in the simulator, with as many seeds as wanted.
//!
//! ```text
//! cargo run --release -p cluster --example simulate -- --seeds 0..10000
//! cargo run -p cluster --example simulate -- --scenario membership --seed 17 --trace
//! ```

use std::process::ExitCode;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Instant;

use clap::Parser;
use cluster::sim::{Scenario, check};

/// Runs scenarios in the simulator.
#[derive(Parser)]
struct Arguments {
    /// The scenario; all if not given.
    #[arg(long)]
    scenario: Option<Scenario>,
    /// One seed.
    #[arg(long, conflicts_with = "seeds")]
    seed: Option<u64>,
    /// Some seeds, such as `0..1000`, the last not included.
    #[arg(long, value_parser = range)]
    seeds: Option<(u64, u64)>,
    /// Print what happened.
    #[arg(long)]
    trace: bool,
}

fn range(text: &str) -> Result<(u64, u64), String> {
    let wrong = || format!("`{text}` is no range; one is `0..1000`");
    let (first, end) = text.split_once("..").ok_or_else(wrong)?;
    let number = |digits: &str| digits.parse::<u64>().map_err(|_| wrong());
    Ok((number(first)?, number(end)?))
}

fn main() -> ExitCode {
    let arguments = Arguments::parse();
    let (first, end) = match (arguments.seed, arguments.seeds) {
        (Some(seed), _) => (seed, seed.saturating_add(1)),
        (None, Some(seeds)) => seeds,
        (None, None) => (0, 100),
    };
    let scenarios = arguments
        .scenario
        .map_or(Scenario::ALL.to_vec(), |only| vec![only]);
    let mut failed = false;
    for scenario in scenarios {
        failed |= !run(scenario, first, end, arguments.trace);
    }
    if failed {
        ExitCode::from(1)
    } else {
        ExitCode::SUCCESS
    }
}

/// Tries all seeds on all cores; says whether all went well.
fn run(scenario: Scenario, first: u64, end: u64, trace: bool) -> bool {
    let next = AtomicU64::new(first);
    let (failures, events) = (AtomicU64::new(0), AtomicU64::new(0));
    let began = Instant::now();
    let work = || {
        loop {
            let seed = next.fetch_add(1, Ordering::Relaxed);
            if seed >= end {
                break;
            }
            let outcome = check(scenario, seed, trace);
            let happened = match &outcome {
                Ok(summary) => &summary.trace,
                Err(failure) => &failure.trace,
            };
            events.fetch_add(happened.events(), Ordering::Relaxed);
            if trace {
                print!("{}", happened.lines());
                println!("the trace has the number {:016x}", happened.hash());
            }
            if let Err(failure) = outcome {
                failures.fetch_add(1, Ordering::Relaxed);
                println!("{failure}");
            }
        }
    };
    std::thread::scope(|scope| {
        let threads = std::thread::available_parallelism().map_or(1, usize::from);
        for _ in 0..if trace { 1 } else { threads } {
            scope.spawn(work);
        }
    });
    let failures = failures.into_inner();
    println!(
        "{scenario}: {} seeds, {failures} failed, {} events in {:.1} s",
        end.saturating_sub(first),
        events.into_inner(),
        began.elapsed().as_secs_f64()
    );
    failures == 0
}
