//! Figures of clusters of real processes, as tables of Markdown.
//!
//! ```text
//! cargo bench -p cluster --bench nodes
//! ```

#![expect(clippy::cast_precision_loss, reason = "figures that people look at")]

#[allow(dead_code, reason = "shared with the tests")]
#[path = "../tests/processes/cluster.rs"]
mod cluster;

use std::fs;
use std::net::TcpListener;
use std::time::{Duration, Instant};

use cluster::{Cluster, Process, application_in, node_in};

/// How many nodes there are in the largest cluster.
const MOST: usize = 16;
/// Bots on each node, where there are any.
const BOTS: u64 = 50;
/// How often each sync is repeated; the median counts.
const TIMES: usize = 5;

const PLAYER: &str = "--!version 0
bot:code_change(function(_, state) return state end)
bot.state = { hands = 0 }
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

fn main() {
    // `cargo test --benches` must not take minutes.
    if !std::env::args().any(|argument| argument == "--bench") {
        return;
    }
    swoops();
    news();
    bytes();
}

fn names(nodes: usize) -> impl Iterator<Item = String> {
    (1..=nodes).map(|number| format!("w{number}"))
}

fn start_nodes(cluster: &Cluster, nodes: usize) -> Vec<Process> {
    let join = cluster.address;
    let started = names(nodes).map(|name| cluster.start(&name, &["players"], join));
    let started = started.collect();
    cluster.wait_until("all linked", |status| {
        names(nodes).all(|name| node_in(status, &name)["linked"] == true)
    });
    started
}

/// How long a sync by process takes on so many nodes, and how long bots pause.
fn swoops() {
    println!("| nodes | bots | one swoop, median of {TIMES} | pause of a bot, p99 | at most |");
    println!("|---|---|---|---|---|");
    for nodes in [1, 2, 4, 8, MOST] {
        let cluster = Cluster::new("swoops");
        let _table = cluster.start("table", &["servers"], cluster.address);
        let _nodes = start_nodes(&cluster, nodes);
        let port = TcpListener::bind("127.0.0.1:0")
            .unwrap()
            .local_addr()
            .unwrap()
            .port();
        let tables = nodes as u64 * BOTS / 4 + 10;
        let file = cluster.write(
            "release.toml",
            &format!(
                "name = \"swoops\"
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
                settings = {{ target = \"tcp://127.0.0.1:{port}\", bots = {BOTS}, ramp = \"1s\" }}"
            ),
        );
        cluster.write("player.luau", PLAYER);
        cluster.run(&["sync", file.to_str().unwrap()]);
        cluster.wait_until("all playing", |status| {
            names(nodes).all(|name| application_in(status, &name, "players")["members"] == BOTS)
        });
        std::thread::sleep(Duration::from_secs(3));
        let (mut took, mut pauses, mut longest) = (Vec::new(), Vec::new(), 0);
        for version in 1..=TIMES {
            let changed = PLAYER.replace("version 0", &format!("version {version}"));
            cluster.write("player.luau", &changed);
            let synced = cluster.json(&["sync", "--by", "process", "--json"]);
            took.push(synced["took_us"].as_u64().unwrap());
            for node in synced["nodes"].as_array().unwrap() {
                pauses.push(node["pause_us"]["p99"].as_u64().unwrap());
                longest = longest.max(node["pause_us"]["max"].as_u64().unwrap());
            }
            std::thread::sleep(Duration::from_secs(1));
        }
        println!(
            "| {nodes} | {} | {} | {} | {} |",
            nodes as u64 * BOTS,
            millis(median(&mut took)),
            millis(pauses.into_iter().max().unwrap_or(0)),
            millis(longest),
        );
    }
    println!();
}

/// How long it takes until all nodes know of one that has come, and of one that
/// has died; and what an idle node takes.
fn news() {
    let cluster = Cluster::new("news");
    let mut nodes = start_nodes(&cluster, MOST);
    std::thread::sleep(Duration::from_secs(3));
    let memory: u64 = nodes.iter().map(resident).sum();
    let (mut joins, mut deaths) = (Vec::new(), Vec::new());
    for round in 0..TIMES {
        let name = format!("new{round}");
        let mut new = cluster.start(&name, &[], cluster.address);
        let began = Instant::now();
        wait_for_all(&mut nodes, &format!("{name} has come"));
        joins.push(micros(began.elapsed()));
        std::thread::sleep(Duration::from_secs(2));
        new.kill();
        let began = Instant::now();
        wait_for_all(&mut nodes, &format!("{name} is gone"));
        deaths.push(micros(began.elapsed()));
    }
    println!("| {MOST} nodes | |");
    println!("|---|---|");
    println!(
        "| memory of an idle node | {:.1} MiB |",
        memory as f64 / MOST as f64 / 1_048_576.0
    );
    println!(
        "| all know of a join, median of {TIMES} | {} |",
        millis(median(&mut joins))
    );
    println!(
        "| all know of a death, median of {TIMES} | {} |",
        millis(median(&mut deaths))
    );
    println!();
}

/// What goes over the loopback interface, headers and all, when a module is
/// changed on eight nodes, beside the module's size.
fn bytes() {
    const NODES: usize = 8;
    const SIZE: usize = 2 << 20;
    let cluster = Cluster::new("bytes");
    let _nodes = start_nodes(&cluster, NODES);
    let file = cluster.write(
        "release.toml",
        "name = \"bytes\"
        [[application]]
        name = \"idle\"
        kind = \"swarm\"
        modules = [\"large.luau\", \"small.luau\"]
        settings = { target = \"tcp://127.0.0.1:1\", bots = 1, respawn = \"1h\" }",
    );
    let large = |version: u64| {
        // Text that does not compress: TLS does not, and nothing else should.
        let mut state = version + 1;
        let mut text = String::from("-- ");
        while text.len() < SIZE {
            state = state
                .wrapping_mul(6_364_136_223_846_793_005)
                .wrapping_add(1);
            text.push(char::from(b'a' + (state >> 60) as u8));
        }
        text + "\nbot:sleep(\"1h\")\n"
    };
    cluster.write("small.luau", "bot:sleep(\"1h\")\n");
    cluster.write("large.luau", &large(0));
    cluster.run(&["sync", file.to_str().unwrap()]);
    let mut ratios = Vec::new();
    for version in 1..=TIMES as u64 {
        cluster.write("large.luau", &large(version));
        // The operator's upload is not what nodes are moved by.
        cluster.run(&["release", file.to_str().unwrap()]);
        let before = loopback();
        cluster.run(&["sync", "--release"]);
        let moved = loopback() - before;
        ratios.push(moved * 1_000 / (SIZE * NODES) as u64);
    }
    let ratio = median(&mut ratios) as f64 / 1_000.0;
    println!("| {NODES} nodes, one module of 2 MiB of two changed | |");
    println!("|---|---|");
    println!("| bytes moved, headers of TCP and TLS included, beside bytes changed | {ratio:.3} |");
}

fn wait_for_all(nodes: &mut [Process], line: &str) {
    for node in nodes {
        node.wait_for(line, |said| (said == line).then_some(()));
    }
}

/// Bytes of memory that a process holds.
fn resident(process: &Process) -> u64 {
    let status = fs::read_to_string(format!("/proc/{}/status", process.pid())).unwrap();
    let line = status
        .lines()
        .find(|line| line.starts_with("VmRSS:"))
        .unwrap();
    let kibibytes: u64 = line.split_whitespace().nth(1).unwrap().parse().unwrap();
    kibibytes * 1_024
}

/// Bytes that came over the loopback interface since the machine was started.
fn loopback() -> u64 {
    let interfaces = fs::read_to_string("/proc/net/dev").unwrap();
    let line = interfaces
        .lines()
        .find_map(|line| line.trim().strip_prefix("lo:"));
    line.unwrap()
        .split_whitespace()
        .next()
        .unwrap()
        .parse()
        .unwrap()
}

fn median(values: &mut [u64]) -> u64 {
    values.sort_unstable();
    values[values.len() / 2]
}

fn micros(time: Duration) -> u64 {
    u64::try_from(time.as_micros()).unwrap_or(u64::MAX)
}

fn millis(micros: u64) -> String {
    format!("{:.1} ms", micros as f64 / 1_000.0)
}
