//! The same seed and the same messages give the same decisions: bots play
//! against the poker server, one of them is recorded, and a replay of what it
//! received, in virtual time, sends what it sent.

use std::sync::Arc;
use std::time::Duration;

use bots::engine::{self, Recording, RunConfig};
use bots::poker::rules::wire_strength;
use bots::poker::server::{Server, ServerConfig, TableGroup, Timing};
use bots::protocol::Protocol;
use bots::script::{ScriptSource, Settings, replay, shipped};

fn protocol() -> Protocol {
    let mut protocol =
        bots::script::pokersource(pokersource::schema().clone(), Arc::new(wire_strength)).unwrap();
    // Said by the clock alone, and by another clock in the replay.
    protocol.keep_alive = None;
    protocol
}

fn settings(seed: u64) -> Settings {
    Settings {
        seed,
        think_scale: 0.05,
        hands: Some(8),
        ..Settings::default()
    }
}

/// A run of `script`, in which bot 4 is recorded.
fn record(script: &ScriptSource, seed: u64) -> Recording {
    let server = Server::start(ServerConfig {
        tables: TableGroup::mix(1, 6),
        timing: Timing {
            // Bots here say nothing to keep a connection alive.
            idle: Duration::from_secs(120),
            hand_delay: Duration::from_millis(50),
            ..Timing::default()
        },
        ..ServerConfig::default()
    })
    .unwrap();
    let config = RunConfig {
        bots: 6,
        ramp: Duration::from_millis(50),
        duration: Some(Duration::from_secs(12)),
        shards: Some(2),
        settings: settings(seed),
        record: Some(4),
        ..RunConfig::new(server.addr())
    };
    let run = engine::start(&config, &protocol(), std::slice::from_ref(script)).unwrap();
    let outcome = run.wait().unwrap();
    server.stop();
    assert_eq!(
        outcome.snapshot.stats.failures_total(),
        0,
        "{:?}",
        outcome.script_errors
    );
    outcome.recording.unwrap()
}

#[test]
fn a_replay_decides_as_the_bot_did() {
    let script = shipped()
        .into_iter()
        .find(|script| script.file == "calling_station.luau")
        .unwrap();
    let recording = record(&script, 5);
    let frames = |decisions: &[bots::script::Decision]| -> Vec<Box<[u8]>> {
        decisions
            .iter()
            .map(|decision| decision.frame.clone())
            .collect()
    };
    let again = |seed| {
        let until = Duration::from_secs(120);
        replay(
            &protocol(),
            settings(seed),
            &script,
            4,
            &recording.received,
            until,
        )
        .unwrap()
    };
    let (sent, _) = again(5);
    let (replayed, recorded) = (frames(&sent), frames(&recording.sent));
    // A bot that the run's end overtook says good-bye, which the replay, that
    // knows of no end, does not.
    let common = replayed.len().min(recorded.len());
    assert!(common > 20, "{} {}", replayed.len(), recorded.len());
    assert!(replayed.len().max(recorded.len()) - common <= 6);
    assert_eq!(replayed[..common], recorded[..common]);
    assert_eq!(again(5).0, sent);
}
