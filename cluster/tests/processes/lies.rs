//! A boot server that lies, by what it keeps.

use std::fs;
use std::process::Command;

use serde_json::Value;

use crate::cluster::{Cluster, Process, application_in, node, node_in, output, said, until};
use crate::game::{Game, WAITS, waits};

const BOTS: u32 = 5;

/// A cluster of one node whose bots wait, in release 1.
fn playing(name: &str, game: &Game) -> (Cluster, Process) {
    let cluster = Cluster::new(name);
    let node = cluster.start("w1", &[], cluster.address);
    cluster.linked(&["w1"]);
    let file = game.release(&cluster, BOTS, WAITS);
    cluster.run(&["sync", file.to_str().unwrap()]);
    all_run(&cluster, "1");
    (cluster, node)
}

/// Waits until all bots run that version of the script.
fn all_run(cluster: &Cluster, version: &str) {
    cluster.wait_until("all bots run one version", |status| {
        application_in(status, "w1", "players")["members"] == BOTS && {
            let bots = cluster.json(&["ps", "--json"]);
            let bots = bots.as_array().unwrap();
            bots.len() == BOTS as usize && bots.iter().all(|bot| bot["version"] == version)
        }
    });
}

fn release_of(status: &Value) -> &Value {
    &node_in(status, "w1")["release"]
}

#[test]
fn bytes_that_were_not_signed_do_not_run() {
    let game = Game::start();
    let (cluster, _node) = playing("other-bytes", &game);
    let script = waits(2, "");
    let file = game.release(&cluster, BOTS, &script);
    cluster.run(&["release", file.to_str().unwrap()]);

    forge(&cluster, &script);
    let refused = output(&mut cluster.command(&["sync", "--release"]));
    assert_eq!(refused.status.code(), Some(1), "{}", said(&refused));
    let why = said(&refused);
    assert!(
        why.contains("player.luau") && why.contains("another hash"),
        "{why}"
    );
    let status = cluster.status();
    assert_eq!(
        (release_of(&status), &status["release"]),
        (&1.into(), &1.into())
    );
    all_run(&cluster, "1");

    // A node that has nothing yet does not take such bytes either.
    forge(&cluster, WAITS);
    let mut late = cluster.start("late", &[], cluster.address);
    late.wait_for("blame", |line| line.contains("another hash").then_some(()));
    let status = cluster.linked(&["late"]);
    let late = node_in(&status, "late");
    assert_eq!(late["release"], 0, "{status:#}");
    assert_eq!(late["applications"], serde_json::json!([]), "{status:#}");
}

/// Changes a script on the boot server's disk, to one of the same length, so
/// that nothing but its hash can tell.
fn forge(cluster: &Cluster, script: &str) {
    let modules = fs::read_dir(cluster.home().join("boot/modules")).unwrap();
    let mut paths = modules.map(|entry| entry.unwrap().path());
    let path = paths.find(|path| fs::read_to_string(path).unwrap() == script);
    fs::write(path.unwrap(), script.replace("never", "forge")).unwrap();
}

#[test]
fn an_older_release_takes_a_signed_leave() {
    let game = Game::start();
    let (mut cluster, mut node) = playing("stale", &game);
    let state = cluster.home().join("boot/state");
    let old = fs::read(&state).unwrap();
    game.release(&cluster, BOTS, &waits(2, ""));
    cluster.run(&["sync"]);
    all_run(&cluster, "2");

    // The boot server tells of the older one, and nobody has signed that.
    cluster.boot.kill();
    let new = fs::read(&state).unwrap();
    fs::write(&state, old).unwrap();
    cluster.restart_boot_server();
    node.wait_for("refusal", |line| {
        line.contains("a release is refused").then_some(())
    });
    let status = cluster.linked(&["w1"]);
    assert_eq!(
        (&status["release"], release_of(&status)),
        (&1.into(), &2.into())
    );
    let notes = cluster.run(&["log", "w1"]);
    assert!(notes.contains("a release is refused"), "{notes}");
    until("the boot server says so, too", || {
        cluster.boot.text().contains("node w1 refuses")
    });
    all_run(&cluster, "2");
    // Nor by a sync that has no leave.
    let refused = output(&mut cluster.command(&["sync", "--release"]));
    assert_eq!(refused.status.code(), Some(1), "{}", said(&refused));
    assert!(said(&refused).contains("w1: "), "{}", said(&refused));
    all_run(&cluster, "2");

    // With its memory back, and with leave, it goes, there and back.
    cluster.boot.kill();
    fs::write(&state, new).unwrap();
    cluster.restart_boot_server();
    cluster.linked(&["w1"]);
    cluster.run(&["sync", "--rollback", "1"]);
    all_run(&cluster, "1");
    let status = cluster.status();
    assert_eq!(
        (&status["release"], release_of(&status)),
        (&1.into(), &1.into())
    );
    cluster.run(&["sync", "--release"]);
    all_run(&cluster, "2");
}

#[test]
fn an_expired_release_is_not_started() {
    let game = Game::start();
    let (cluster, _node) = playing("expired", &game);
    let script = waits(2, "");
    let file = game.release_with(&cluster, BOTS, &script, "expires = \"5s\"", "");
    cluster.run(&["sync", file.to_str().unwrap()]);
    all_run(&cluster, "2");

    // How long it may be started is the subject; that is counted in seconds.
    std::thread::sleep(std::time::Duration::from_millis(5_100));
    for arguments in [
        &["sync", "--release"][..],
        &["sync", "--release", "--by", "restart"],
    ] {
        let refused = output(&mut cluster.command(arguments));
        assert_eq!(refused.status.code(), Some(2), "{}", said(&refused));
        assert!(said(&refused).contains("expired"), "{}", said(&refused));
    }
    // Where it runs it runs on; others do not boot it.
    let mut late = cluster.start("late", &[], cluster.address);
    late.wait_for("refusal", |line| {
        (line.contains("refused") && line.contains("expired")).then_some(())
    });
    let status = cluster.status();
    assert_eq!(node_in(&status, "late")["release"], 0, "{status:#}");
    all_run(&cluster, "2");
}

#[test]
fn two_controllers_never_both_drive() {
    let game = Game::start();
    let (mut cluster, mut worker) = playing("two", &game);
    let copy = cluster.folder().join("copy");

    // With the same files a second one does not even begin.
    let mut command = node();
    command.args(["boot-server", "--listen", "127.0.0.1:0", "--home"]);
    let mut second = Process::start("second", command.arg(cluster.home()));
    assert_eq!(second.wait(), Some(2), "{}", second.text());
    assert!(
        second.text().contains("another boot server"),
        "{}",
        second.text()
    );

    // With a copy of them it takes over.
    let copied = output(Command::new("cp").arg("-r").arg(cluster.home()).arg(&copy));
    assert!(copied.status.success(), "{}", said(&copied));
    let epoch = |status: &Value| status["epoch"].as_u64().unwrap();
    let first = epoch(&cluster.status());
    cluster.replace_boot_server(&copy);
    let status = cluster.linked(&["w1"]);
    assert_eq!(epoch(&status), first + 1, "{status:#}");

    // The other, of the same epoch, comes too late.
    cluster.restart_boot_server();
    worker.wait_for("refusal", |line| {
        line.contains("another controller of epoch").then_some(())
    });
    let status = cluster.status();
    assert_eq!(epoch(&status), first + 1, "{status:#}");
    assert_ne!(node_in(&status, "w1")["linked"], true, "{status:#}");
    assert_eq!(game.connections(), u64::from(BOTS), "bots go on");
}
