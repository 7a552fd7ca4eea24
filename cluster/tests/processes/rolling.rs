//! Releases that do no good, and bots that cannot take them.

use serde_json::Value;

use crate::cluster::{Cluster, Process, application_in, node_in, output, said};
use crate::game::{Game, WAITS, waits};

const BOTS: u32 = 10;

/// Nodes whose bots all wait in the first version.
fn playing(cluster: &Cluster, game: &Game, nodes: &[&str]) -> Vec<Process> {
    let processes = nodes
        .iter()
        .map(|name| cluster.start(name, &[], cluster.address));
    let processes = processes.collect();
    cluster.linked(nodes);
    let file = game.release(cluster, BOTS, WAITS);
    cluster.run(&["sync", file.to_str().unwrap()]);
    cluster.wait_until("all playing", |status| {
        let mut players = nodes
            .iter()
            .map(|name| application_in(status, name, "players"));
        players.all(|players| players["members"] == BOTS)
    });
    processes
}

/// Syncs with these arguments; the exit code, the report, and what was told
/// meanwhile.
fn sync(cluster: &Cluster, arguments: &[&str]) -> (Option<i32>, Value, String) {
    let mut command = cluster.command(&["sync", "--json"]);
    let output = output(command.args(arguments));
    let told = String::from_utf8_lossy(&output.stderr).into_owned();
    let report = serde_json::from_slice(&output.stdout)
        .unwrap_or_else(|error| panic!("{error}: {}", said(&output)));
    (output.status.code(), report, told)
}

fn releases(status: &Value) -> Vec<u64> {
    let nodes = status["nodes"].as_array().unwrap();
    nodes
        .iter()
        .filter_map(|node| node["release"].as_u64())
        .collect()
}

fn versions(cluster: &Cluster) -> Vec<(String, String)> {
    let bots = cluster.json(&["ps", "--json"]);
    let text = |bot: &Value, key: &str| bot[key].as_str().unwrap().to_owned();
    let bots = bots.as_array().unwrap().iter();
    bots.map(|bot| (text(bot, "name"), text(bot, "version")))
        .collect()
}

#[test]
fn a_release_that_fails_gets_no_further_than_the_canary_and_back() {
    let cluster = Cluster::new("canary");
    let game = Game::start();
    let nodes = ["w1", "w2", "w3"];
    let _processes = playing(&cluster, &game, &nodes);

    // It can be loaded, and bots take it. What is wrong shows later.
    let script = "--!version 2\nbot:sleep('0.3s')\nerror('broken')\n";
    game.release(&cluster, BOTS, script);
    let careful = [
        "--canary",
        "1",
        "--max-parallel",
        "1",
        "--min-healthy-time",
        "5s",
        "--max-errors",
        "0",
        "--auto-revert",
    ];
    let (code, report, told) = sync(&cluster, &careful);
    assert_eq!(code, Some(1), "{report:#}\n{told}");
    assert_eq!(report["reverted"], true, "{report:#}");
    let gate = report["gate_failed"].to_string();
    assert!(gate.contains("w1") && gate.contains("errors"), "{gate}");
    assert!(told.contains("canary: w1"), "{told}");
    assert!(!told.contains("changing:"), "nobody else changes: {told}");

    let status = cluster.status();
    assert_eq!(releases(&status), [1, 1, 1], "{status:#}");
    assert_eq!(status["release"], 1, "{status:#}");
    let untouched = cluster.status();
    for node in ["w2", "w3"] {
        let players = application_in(&untouched, node, "players");
        assert_eq!(players["errors"], 0, "{untouched:#}");
    }
    cluster.wait_until("all playing as before", |_| {
        let versions = versions(&cluster);
        versions.len() == nodes.len() * BOTS as usize
            && versions.iter().all(|(_, version)| version == "1")
    });

    // A node that comes now gets what the others have.
    let _late = cluster.start("w4", &[], cluster.address);
    cluster.wait_until("the newcomer plays", |status| {
        node_in(status, "w4")["release"] == 1
    });
}

#[test]
fn a_script_with_a_mistake_is_not_even_published() {
    let cluster = Cluster::new("mistake");
    let game = Game::start();
    let _processes = playing(&cluster, &game, &["w1"]);
    game.release(&cluster, BOTS, "--!version 2\nbot:expect(\n");
    let output = output(&mut cluster.command(&["sync"]));
    assert_eq!(output.status.code(), Some(2), "{}", said(&output));
    assert!(said(&output).contains("player.luau:"), "{}", said(&output));
    let status = cluster.status();
    assert_eq!(
        (&status["newest"], &status["release"]),
        (&1.into(), &1.into())
    );
    assert!(versions(&cluster).iter().all(|(_, version)| version == "1"));
}

#[test]
fn bots_that_cannot_change_stay_and_are_named() {
    let cluster = Cluster::new("held");
    let game = Game::start();
    let _processes = playing(&cluster, &game, &["w1"]);
    let held = "w1-players-3";

    let migrate = "bot:code_change(function(_, state)
    if bot.id == 3 then error('not for me') end
    return state
end)";
    game.release(&cluster, BOTS, &waits(2, migrate));
    let (code, report, told) = sync(&cluster, &["--by", "process"]);
    assert_eq!(code, Some(0), "{report:#}\n{told}");
    let changed = &report["nodes"][0];
    assert_eq!(changed["moved"], BOTS - 1, "{report:#}");
    let named = changed["held"].as_array().unwrap();
    assert_eq!(named.len(), 1, "{report:#}");
    assert_eq!(named[0]["name"], held, "{report:#}");
    assert_eq!(named[0]["place"], "player.luau:2", "{report:#}");
    assert_eq!(named[0]["waits_for"], "@never", "{report:#}");
    let reason = named[0]["reason"].to_string();
    assert!(reason.contains("player.luau:3: not for me"), "{reason}");
    assert!(
        told.contains(&format!("{held} stays on the old code")),
        "{told}"
    );
    let old = |versions: Vec<(String, String)>| -> Vec<String> {
        let old = versions.into_iter().filter(|(_, version)| version == "1");
        old.map(|(name, _)| name).collect()
    };
    assert_eq!(old(versions(&cluster)), [held]);

    // A third text has no place while the first is in use.
    game.release(&cluster, BOTS, &waits(3, ""));
    let (code, report, told) = sync(&cluster, &["--by", "process"]);
    assert_eq!(code, Some(1), "{report:#}\n{told}");
    assert!(told.contains(held), "{told}");
    assert!(
        report["failed"][0]["why"].to_string().contains(held),
        "{report:#}"
    );
    let status = cluster.status();
    assert_eq!(releases(&status), [2], "{status:#}");
    cluster.wait_until("one is shown behind", |status| {
        status["nodes"][0]["applications"][0]["behind"] == 1
    });
    assert_eq!(old(versions(&cluster)), [held]);

    // The way out that a dearer way is.
    let (code, report, told) = sync(&cluster, &["--by", "application"]);
    assert_eq!(code, Some(0), "{report:#}\n{told}");
    cluster.wait_until("all on the third", |_| {
        let versions = versions(&cluster);
        versions.len() == BOTS as usize && versions.iter().all(|(_, version)| version == "3")
    });
}
