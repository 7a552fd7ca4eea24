//! Runs against small servers on loopback.

mod change;
mod endings;
mod flow;
mod memory;
mod respawn;
mod server;

use std::time::{Duration, Instant};

use super::{Run, RunConfig, RunOutcome, start};
use crate::observe::Failure;
use crate::script::ScriptSource;
use crate::script::tests::protocol;
use server::Server;

/// A short run of few bots on one thread.
fn config(server: &Server, bots: u32) -> RunConfig {
    RunConfig {
        bots,
        ramp: Duration::ZERO,
        duration: Some(Duration::from_secs(60)),
        grace: Duration::from_secs(2),
        shards: Some(1),
        ..RunConfig::new(server.address())
    }
}

fn script(text: &str) -> ScriptSource {
    ScriptSource {
        file: "test.luau".into(),
        text: text.into(),
        weight: 1,
    }
}

/// Runs one script to the end.
fn run(config: &RunConfig, text: &str) -> RunOutcome {
    start(config, &protocol(), &[script(text)])
        .unwrap()
        .wait()
        .unwrap()
}

/// Waits until it is so, but not for ever.
fn until(what: &str, is_so: impl Fn() -> bool) {
    let deadline = Instant::now() + Duration::from_secs(60);
    while !is_so() {
        assert!(Instant::now() < deadline, "{what}: not in a minute");
        std::thread::sleep(Duration::from_millis(5));
    }
}

/// Has the bots leave.
fn stop(run: Run) -> RunOutcome {
    run.stopper().stop();
    run.wait().unwrap()
}

fn failures(outcome: &RunOutcome) -> Vec<(Failure, u64)> {
    let failures = &outcome.snapshot.stats.failures;
    failures
        .iter()
        .map(|(failure, count)| (*failure, *count))
        .collect()
}
