//! Processes that die, or stand still, at the worst moment.

use std::path::PathBuf;
use std::thread::sleep;
use std::time::Duration;

use serde_json::Value;

use crate::cluster::{Cluster, Process, application_in, node, node_in, until};
use crate::game::{Game, PLAYS, WAITS, waits};

const BOTS: u32 = 5;
const NODES: [&str; 2] = ["w1", "w2"];

/// Starts a node that keeps who it is, or starts it again.
fn start(cluster: &Cluster, name: &str) -> Process {
    let file: PathBuf = cluster.folder().join(format!("{name}.identity"));
    let known = file.exists();
    let keep = ["--identity", file.to_str().unwrap()];
    if known {
        let join = cluster.address.to_string();
        let arguments = ["start", name, "--join", &join];
        return Process::start(name, node().args(arguments).args(keep));
    }
    Process::node(name, &cluster.authorize(name, &[]), &keep)
}

/// A cluster of nodes whose bots wait.
fn playing(name: &str, game: &Game, nodes: &[&str]) -> (Cluster, Vec<Process>) {
    let cluster = Cluster::new(name);
    let processes = nodes.iter().map(|name| start(&cluster, name)).collect();
    cluster.linked(nodes);
    let file = game.release(&cluster, BOTS, WAITS);
    cluster.run(&["sync", file.to_str().unwrap()]);
    converge(&cluster, nodes);
    (cluster, processes)
}

/// Waits until all nodes run one release, wholly: the one that they are to run.
fn converge(cluster: &Cluster, nodes: &[&str]) -> u64 {
    let status = cluster.wait_until("converged", |status| {
        let mut all = nodes.iter().map(|name| (name, node_in(status, name)));
        let one = all.all(|(name, node)| {
            node["linked"] == true
                && node["release"] == status["release"]
                && application_in(status, name, "players")["members"] == BOTS
        });
        one && versions(cluster).is_some_and(|(bots, versions)| {
            bots == nodes.len() * BOTS as usize && versions.len() == 1
        })
    });
    status["release"].as_u64().unwrap()
}

/// How many bots there are, and which versions of the script they run; none if
/// a node that died just now was asked, too.
fn versions(cluster: &Cluster) -> Option<(usize, Vec<String>)> {
    let output = cluster.command(&["ps", "--json"]).output().unwrap();
    let bots: Value = serde_json::from_slice(&output.stdout).ok()?;
    let bots = bots.as_array()?;
    let versions = bots.iter().map(|bot| bot["version"].to_string());
    let mut versions: Vec<String> = versions.collect();
    versions.sort();
    versions.dedup();
    Some((bots.len(), versions))
}

fn sync(cluster: &Cluster, more: &[&str]) -> Process {
    Process::start("sync", cluster.command(&["sync"]).args(more))
}

#[test]
fn a_node_that_is_killed_comes_back_wholly_on_one_release() {
    let game = Game::start();
    let (cluster, mut nodes) = playing("node-crash", &game, &NODES);
    for (round, delay) in [0, 30, 60, 100].into_iter().enumerate() {
        let version = u32::try_from(round).unwrap() + 2;
        game.release(&cluster, BOTS, &waits(version, ""));
        let mut sync = sync(&cluster, &["--deadline", "5s"]);
        sleep(Duration::from_millis(delay));
        nodes[0].kill();
        nodes[0] = start(&cluster, NODES[0]);
        if round == 1 {
            // Once more, while it boots.
            nodes[0].kill();
            nodes[0] = start(&cluster, NODES[0]);
        }
        sync.wait();
        converge(&cluster, &NODES);
    }
    // It is no worse off for that.
    game.release(&cluster, BOTS, &waits(9, ""));
    assert_eq!(sync(&cluster, &[]).wait(), Some(0));
    converge(&cluster, &NODES);
    assert_eq!(versions(&cluster).unwrap().1, ["\"9\""]);
}

/// Kills the boot server so long after a sync has begun, and starts it again.
fn boot_server_dies(name: &str, delays: &[u64]) {
    let game = Game::start();
    let (mut cluster, _nodes) = playing(name, &game, &NODES);
    for (round, delay) in delays.iter().enumerate() {
        let version = u32::try_from(round).unwrap() + 2;
        game.release(&cluster, BOTS, &waits(version, ""));
        let mut sync = sync(&cluster, &[]);
        sleep(Duration::from_millis(*delay));
        cluster.restart_boot_server();
        sync.wait();
        converge(&cluster, &NODES);
    }
    game.release(&cluster, BOTS, &waits(9, ""));
    let mut last = sync(&cluster, &[]);
    assert_eq!(last.wait(), Some(0), "{}", last.text());
    converge(&cluster, &NODES);
    assert_eq!(versions(&cluster).unwrap().1, ["\"9\""]);
    let verified = cluster.run(&["log", "--verify"]);
    assert!(verified.contains("each as it was written"), "{verified}");
}

#[test]
fn a_boot_server_that_dies_early_in_a_sync_leaves_one_release() {
    boot_server_dies("boot-crash-early", &[0, 20, 50]);
}

#[test]
fn a_boot_server_that_dies_late_in_a_sync_leaves_one_release() {
    boot_server_dies("boot-crash-late", &[100, 200]);
}

#[test]
fn a_node_that_stands_still_is_named_and_comes_after() {
    let game = Game::start();
    let nodes = ["w1", "w2", "w3"];
    let (cluster, processes) = playing("still", &game, &nodes);

    // Before it is ready: nobody changes.
    game.release(&cluster, BOTS, &waits(2, ""));
    processes[1].signal("STOP");
    let mut first = sync(&cluster, &["--deadline", "1s"]);
    assert_eq!(first.wait(), Some(1), "{}", first.text());
    assert!(first.text().contains("not on w2"), "{}", first.text());
    processes[1].signal("CONT");
    assert_eq!(converge(&cluster, &nodes), 1);

    // After that, before its turn comes: those that changed go back, and it
    // follows as soon as it can.
    let careful = [
        "--canary",
        "1",
        "--min-healthy-time",
        "1s",
        "--deadline",
        "2s",
        "--auto-revert",
    ];
    let mut second = sync(&cluster, &careful);
    second.wait_for("canary", |line| {
        line.starts_with("canary: w1").then_some(())
    });
    processes[1].signal("STOP");
    assert_eq!(second.wait(), Some(1), "{}", second.text());
    assert!(
        second.text().contains("w2: it was not back in time"),
        "{}",
        second.text()
    );
    processes[1].signal("CONT");
    assert_eq!(converge(&cluster, &nodes), 1);
    assert_eq!(versions(&cluster).unwrap().1, ["\"1\""]);

    assert_eq!(sync(&cluster, &[]).wait(), Some(0));
    assert_eq!(converge(&cluster, &nodes), 2);
}

#[test]
fn everything_goes_on_while_the_boot_server_stands_still() {
    let game = Game::start();
    let cluster = Cluster::new("without-boot");
    let mut nodes: Vec<Process> = NODES.iter().map(|name| start(&cluster, name)).collect();
    cluster.linked(&NODES);
    let file = game.release(&cluster, BOTS, PLAYS);
    cluster.run(&["sync", file.to_str().unwrap()]);
    converge(&cluster, &NODES);

    cluster.boot.signal("STOP");
    for node in &mut nodes {
        node.wait_for("news of that", |line| {
            line.contains("everything goes on without the boot server")
                .then_some(())
        });
    }
    let hands = game.hands();
    until("hands are played without it", || game.hands() >= hands + 5);
    assert_eq!(game.connections(), 2 * u64::from(BOTS));
    cluster.boot.signal("CONT");
    converge(&cluster, &NODES);
    assert_eq!(game.connections(), 2 * u64::from(BOTS), "nobody has left");
}
