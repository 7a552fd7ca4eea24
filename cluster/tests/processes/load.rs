//! Runs of bots that many nodes share.

use std::fs;
use std::path::PathBuf;

use serde_json::Value;

use crate::cluster::{Cluster, Process, until};
use crate::game::{Game, PLAYS};

const NODES: [&str; 3] = ["w1", "w2", "w3"];

/// A cluster of three nodes that run nothing.
fn idle(name: &str) -> (Cluster, Vec<Process>) {
    let cluster = Cluster::new(name);
    let nodes = NODES.iter();
    let nodes = nodes.map(|name| cluster.start(name, &[], cluster.address));
    let nodes = nodes.collect();
    cluster.linked(&NODES);
    cluster.write("plays.luau", PLAYS);
    (cluster, nodes)
}

/// Begins a run; where its report will be.
fn run(cluster: &Cluster, game: &Game, name: &str, more: &[&str]) -> (Process, PathBuf) {
    let report = cluster.folder().join(format!("{name}.json"));
    let script = cluster.folder().join("plays.luau");
    let target = game.target();
    let mut command = cluster.command(&["run", script.to_str().unwrap()]);
    command.args(["--target", &target, "--ramp", "300ms", "--json"]);
    command.arg(&report).args(more);
    (Process::start(name, &mut command), report)
}

fn report(path: &PathBuf) -> Value {
    serde_json::from_str(&fs::read_to_string(path).unwrap()).unwrap()
}

fn parts(report: &Value) -> &[Value] {
    report["nodes"].as_array().unwrap()
}

fn number(value: &Value) -> u64 {
    value
        .as_u64()
        .unwrap_or_else(|| panic!("{value} is no number"))
}

/// What the nodes have counted adds up to what the report says.
fn adds_up(report: &Value) {
    let received = parts(report).iter();
    let received: u64 = received.map(|it| number(&it["messages_received"])).sum();
    assert_eq!(received, number(&report["messages_received"]), "{report:#}");
    assert!(received > 0, "{report:#}");
}

/// The parts' bots are all bots, each once.
fn covers(parts: &[&Value], bots: u64) {
    let mut ranges: Vec<_> = parts
        .iter()
        .map(|part| (number(&part["first_bot"]), number(&part["bots"])))
        .collect();
    ranges.sort_unstable();
    let mut next = 0;
    for (first, count) in ranges {
        assert_eq!(first, next, "{parts:#?}");
        next += count;
    }
    assert_eq!(next, bots, "{parts:#?}");
}

#[test]
fn bots_are_shared_evenly_and_counts_add_up() {
    let (cluster, _nodes) = idle("shares");
    let game = Game::start();
    let (mut command, path) = run(
        &cluster,
        &game,
        "even",
        &["--bots", "20", "--duration", "3s"],
    );
    assert_eq!(command.wait(), Some(0), "{}", command.text());
    let even = report(&path);
    adds_up(&even);
    covers(&parts(&even).iter().collect::<Vec<_>>(), 20);
    let mut shares: Vec<u64> = parts(&even).iter().map(|it| number(&it["bots"])).collect();
    shares.sort_unstable();
    assert_eq!(shares, [6, 7, 7], "{even:#}");
    let mut nodes: Vec<&str> = parts(&even)
        .iter()
        .map(|it| it["node"].as_str().unwrap())
        .collect();
    nodes.sort_unstable();
    assert_eq!(nodes, NODES);
    assert_eq!(even["bots"], 20, "{even:#}");
    assert_eq!(even["bots_lost"], 0, "{even:#}");
    assert_eq!(even["interrupted"], false, "{even:#}");
    assert_eq!(even["connected_peak"], 20, "{even:#}");
    assert!(number(&even["bot_hands"]) > 0, "{even:#}");
    // Each message sent is one that the server has read.
    assert_eq!(even["errors"], serde_json::json!({}), "{even:#}");

    // One that is interrupted says what it has counted so far.
    let (mut command, path) = run(
        &cluster,
        &game,
        "cut",
        &["--bots", "9", "--duration", "10m"],
    );
    until("bots play", || game.connections() == 9);
    let hands = game.hands();
    until("hands are played", || game.hands() > hands);
    command.signal("INT");
    assert_eq!(command.wait(), Some(0), "{}", command.text());
    let cut = report(&path);
    adds_up(&cut);
    assert_eq!(cut["interrupted"], true, "{cut:#}");
    assert!(cut["duration_s"].as_f64().unwrap() < 60.0, "{cut:#}");
    until("bots have left", || game.connections() == 0);
}

#[test]
fn bots_of_a_lost_node_are_counted_or_started_elsewhere() {
    let (cluster, mut nodes) = idle("lost");
    // Bots of one number have one name: each run has a server of its own.
    let (game, other) = (Game::start(), Game::start());
    let counted = ["--bots", "9", "--duration", "5s"];
    let restarted = ["--bots", "12", "--duration", "18s", "--on-loss", "restart"];
    let (mut counted, counted_path) = run(&cluster, &other, "counted", &counted);
    let (mut restarted, restarted_path) = run(&cluster, &game, "restarted", &restarted);
    until("all play", || {
        (other.connections(), game.connections()) == (9, 12)
    });
    nodes[1].kill();

    assert_eq!(counted.wait(), Some(0), "{}", counted.text());
    let counted_report = report(&counted_path);
    adds_up(&counted_report);
    assert_eq!(counted_report["bots_lost"], 3, "{counted_report:#}");
    covers(&parts(&counted_report).iter().collect::<Vec<_>>(), 9);
    for part in parts(&counted_report) {
        assert_eq!(part["lost"], part["node"] == "w2", "{counted_report:#}");
    }
    assert!(
        counted.text().contains("node w2 is lost with 3 bots"),
        "{}",
        counted.text()
    );

    // They come back with their numbers, on the others.
    until("all play again", || game.connections() == 12);
    assert_eq!(restarted.wait(), Some(0), "{}", restarted.text());
    let report = report(&restarted_path);
    adds_up(&report);
    let (lost, kept): (Vec<&Value>, Vec<&Value>) =
        parts(&report).iter().partition(|part| part["lost"] == true);
    assert_eq!(lost.len(), 1, "{report:#}");
    assert_eq!(lost[0]["node"], "w2", "{report:#}");
    covers(&kept, 12);
    let heir = kept
        .iter()
        .find(|part| part["first_bot"] == lost[0]["first_bot"]);
    let heir = heir.unwrap();
    assert_ne!(heir["node"], "w2", "{report:#}");
    assert!(number(&heir["messages_received"]) > 0, "{report:#}");
}
