//! The whole story: a cluster is made, boots, plays, and changes in one swoop.

use std::fs;
use std::net::TcpListener;

use serde_json::Value;

use crate::cluster::{Cluster, Process, application_in, node, node_in, output, said};

/// How many bots there are on each of the four nodes.
const BOTS: u64 = if cfg!(debug_assertions) { 50 } else { 1_000 };

const PLAYER: &str = "--!version 1
bot:code_change(function(old_version, state)
    return state
end)
bot.state = bot.state or { hands = 0 }
bot:join_any_table()
while true do
    local turn = bot:turn({ within = \"5m\" })
    if turn then
        bot:think(\"0.5s..2s\")
        bot:call()
    else
        bot:join_any_table()
    end
end
";

fn release(port: u16) -> String {
    let tables = BOTS * 4 / 5 + 10;
    format!(
        "name = \"story\"

[[application]]
name = \"tables\"
kind = \"poker-server\"
groups = [\"servers\"]
settings = {{ listen = \"127.0.0.1:{port}\", tables = {tables} }}

[[application]]
name = \"players\"
kind = \"swarm\"
groups = [\"players\"]
modules = [\"player.luau\"]
settings = {{ target = \"tcp://127.0.0.1:{port}\", bots = {BOTS}, ramp = \"2s\" }}
"
    )
}

/// A port that nobody listens at.
fn free_port() -> u16 {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    listener.local_addr().unwrap().port()
}

fn players(status: &Value) -> impl Iterator<Item = &Value> {
    (1..=4).map(move |n| application_in(status, &format!("w{n}"), "players"))
}

fn all_play(status: &Value) -> bool {
    players(status).all(|it| it["members"] == BOTS)
}

fn errors(status: &Value) -> u64 {
    players(status)
        .map(|it| it["errors"].as_u64().unwrap())
        .sum()
}

fn moved(synced: &Value) -> u64 {
    let nodes = synced["nodes"].as_array().unwrap();
    nodes
        .iter()
        .map(|node| node["moved"].as_u64().unwrap())
        .sum()
}

#[test]
fn a_cluster_boots_plays_and_changes_in_one_swoop() {
    let cluster = Cluster::new("story");
    let join = cluster.address.to_string();

    // The list of those who may come in is empty.
    let refused = output(node().args(["start", "w1", "--join", &join]));
    assert_eq!(refused.status.code(), Some(2), "{}", said(&refused));
    assert!(said(&refused).contains("token"), "{}", said(&refused));

    // One is let in, and three more by naming the first.
    let mut server = cluster.start("table", &["servers"], cluster.address);
    let member = cluster.address_of(&mut server);
    let mut workers: Vec<Process> = (1..=4)
        .map(|n| cluster.start(&format!("w{n}"), &["players"], member))
        .collect();
    cluster.wait_until("all linked", |status| {
        (1..=4).all(|n| node_in(status, &format!("w{n}"))["linked"] == true)
    });

    // They boot, and play.
    let port = free_port();
    cluster.write("player.luau", PLAYER);
    let file = cluster.write("release.toml", &release(port));
    let file = file.to_str().unwrap();
    let synced = cluster.json(&["sync", file, "--json"]);
    assert_eq!(synced["nodes"].as_array().unwrap().len(), 5, "{synced:#}");
    let before = cluster.wait_until("all playing", all_play);

    // A script is changed; bots go on, with their state.
    let changed = PLAYER.replace("--!version 1", "--!version 2").replace(
        "return state",
        "state.changed = old_version\n    return state",
    );
    cluster.write("player.luau", &changed);
    let plan = cluster.run(&["sync", "--plan", "--release"]);
    assert_eq!(plan, "", "the plan goes to standard error");
    let synced = cluster.json(&["sync", "--by", "process", "--json"]);
    assert_eq!(synced["release"], 2, "{synced:#}");
    assert_eq!(moved(&synced), 4 * BOTS, "{synced:#}");
    let after = cluster.status();
    assert!(
        all_play(&after),
        "nobody has lost its connection: {after:#}"
    );
    // Bots that came before the server did have tried again.
    assert_eq!(errors(&after), errors(&before), "{after:#}");
    let bots = cluster.json(&["ps", "--json"]);
    let bots = bots.as_array().unwrap();
    assert_eq!(bots.len() as u64, 4 * BOTS);
    assert!(
        bots.iter().all(|bot| bot["version"] == "2"),
        "{:#}",
        bots[0]
    );

    // The application is stopped and started.
    cluster.write(
        "player.luau",
        &changed.replace("--!version 2", "--!version 3"),
    );
    let synced = cluster.json(&["sync", "--by", "application", "--json"]);
    assert_eq!(synced["release"], 3, "{synced:#}");
    cluster.wait_until("all playing again", all_play);
    assert_eq!(versions(&cluster), ["3"]);

    // The nodes boot again, in the same processes.
    cluster.write(
        "player.luau",
        &changed.replace("--!version 2", "--!version 4"),
    );
    let synced = cluster.json(&["sync", "--by", "restart", "--json"]);
    assert_eq!(synced["release"], 4, "{synced:#}");
    cluster.wait_until("all playing once more", all_play);
    assert_eq!(versions(&cluster), ["4"]);
    for worker in &mut workers {
        assert!(worker.is_running(), "{}", worker.text());
    }

    // The program itself is replaced; the tokens that let the nodes in are gone.
    for n in 1..=4 {
        fs::remove_file(cluster.folder().join(format!("w{n}.token"))).unwrap();
    }
    let mut program = fs::read(env!("CARGO_BIN_EXE_node")).unwrap();
    program.extend(b"\nanother program, as its hash says\n");
    fs::write(cluster.folder().join("node-2"), program).unwrap();
    let with_program = format!("program = \"node-2\"\n{}", release(port));
    cluster.write("release.toml", &with_program);
    let programs = |status: &Value| -> Vec<String> {
        let nodes = (1..=4).map(|n| node_in(status, &format!("w{n}"))["program"].to_string());
        nodes.collect()
    };
    let before = programs(&cluster.status());
    let synced = cluster.json(&["sync", "--json"]);
    assert_eq!(synced["release"], 5, "{synced:#}");
    let status = cluster.wait_until("all playing in the new program", all_play);
    for (old, new) in before.iter().zip(programs(&status)) {
        assert_ne!(*old, new);
    }
    for worker in &mut workers {
        assert!(
            worker.is_running(),
            "the process is the same: {}",
            worker.text()
        );
    }

    // All of it is in the log.
    let log = cluster.run(&["log", "--lines", "1000"]);
    for command in ["authorise", "publish", "sync"] {
        assert!(log.contains(command), "{command}: {log}");
    }
    let verified = cluster.run(&["log", "--verify"]);
    assert!(verified.contains("each as it was written"), "{verified}");
}

fn versions(cluster: &Cluster) -> Vec<String> {
    let bots = cluster.json(&["ps", "--json"]);
    let bots = bots.as_array().unwrap();
    let mut versions: Vec<String> = bots
        .iter()
        .map(|bot| bot["version"].as_str().unwrap().to_owned())
        .collect();
    versions.sort();
    versions.dedup();
    versions
}
