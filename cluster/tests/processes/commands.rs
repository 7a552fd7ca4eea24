//! What commands do with what is there already.

use std::fs;
use std::io::Read;
use std::process::Stdio;

use crate::cluster::{Cluster, Process, node, node_in, output, said};

#[test]
fn no_key_is_written_over() {
    let cluster = Cluster::new("init");
    let key = cluster.home().join("operator/release.key");
    let before = fs::read(&key).unwrap();
    let again = output(&mut cluster.command(&["init"]));
    assert_eq!(again.status.code(), Some(2), "{}", said(&again));
    assert!(said(&again).contains("operator"), "{}", said(&again));
    // Nor where only an operator is, and no cluster.
    let elsewhere = cluster.folder().join("elsewhere");
    fs::create_dir_all(elsewhere.join("operator")).unwrap();
    fs::copy(&key, elsewhere.join("operator/release.key")).unwrap();
    let init = output(node().arg("init").arg("--home").arg(&elsewhere));
    assert_eq!(init.status.code(), Some(2), "{}", said(&init));
    assert_eq!(fs::read(&key).unwrap(), before);
    assert_eq!(
        fs::read(elsewhere.join("operator/release.key")).unwrap(),
        before
    );
    assert!(!elsewhere.join("boot").exists());
}

#[test]
fn a_node_that_has_kept_who_it_is_needs_nothing_else() {
    let cluster = Cluster::new("kept");
    let token = cluster.authorize("w1", &[]);
    let identity = cluster.folder().join("w1.identity");
    let keep = ["--identity", identity.to_str().unwrap()];
    let mut first = Process::node("w1", &token, &keep);
    cluster.linked(&["w1"]);
    first.kill();
    let mut again = Process::start("w1", node().args(["start", "w1"]).args(keep));
    cluster.address_of(&mut again);
    cluster.wait_until("linked", |status| node_in(status, "w1")["linked"] == true);
    // Under another name it is nobody.
    let other = output(node().args(["start", "w2"]).args(keep));
    assert_eq!(other.status.code(), Some(2), "{}", said(&other));
    assert!(
        said(&other).contains("that of w1, not of w2"),
        "{}",
        said(&other)
    );
}

#[test]
fn the_boot_server_can_be_started_as_often_as_need_be() {
    let mut cluster = Cluster::new("often");
    for _ in 0..3 {
        cluster.restart_boot_server();
    }
    // What it has issued to itself is not counted.
    let issued = fs::metadata(cluster.home().join("boot/issued"))
        .unwrap()
        .len();
    cluster.restart_boot_server();
    assert_eq!(
        fs::metadata(cluster.home().join("boot/issued"))
            .unwrap()
            .len(),
        issued
    );
}

#[test]
fn a_reader_who_has_seen_enough_is_no_failure() {
    let cluster = Cluster::new("pipe");
    let mut watching = cluster
        .command(&["status", "--watch", "--json"])
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let mut out = watching.stdout.take().unwrap();
    out.read_exact(&mut [0; 16]).unwrap();
    drop(out);
    let ended = watching.wait_with_output().unwrap();
    assert_eq!(ended.status.code(), Some(0), "{}", said(&ended));
    assert_eq!(String::from_utf8_lossy(&ended.stderr), "");
}
