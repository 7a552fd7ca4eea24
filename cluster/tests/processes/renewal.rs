//! Certificates that end are replaced while everything goes on.

use std::time::{Duration, Instant};

use crate::cluster::{Cluster, Process, node, node_in};

#[test]
fn a_node_outlives_its_certificates() {
    let mut cluster = Cluster::new("renewal");
    cluster.boot.kill();
    let mut boot = Process::start(
        "boot server",
        node()
            .args(["boot-server", "--certificate-lifetime", "10s"])
            .args(["--listen", &cluster.address.to_string(), "--home"])
            .arg(cluster.home()),
    );
    boot.wait_for("address", |line| {
        line.contains("listening at").then_some(())
    });
    cluster.boot = boot;
    let mut worker = cluster.start("w1", &[], cluster.address);
    let began = Instant::now();
    // Links end with the certificate that they were made with.
    while began.elapsed() < Duration::from_secs(24) {
        std::thread::sleep(Duration::from_secs(1));
        assert!(worker.is_running(), "{}", worker.text());
    }
    cluster.wait_until("linked", |status| node_in(status, "w1")["linked"] == true);
    // Nor has the boot server's own door closed.
    let _second = cluster.start("w2", &[], cluster.address);
    cluster.wait_until("joined", |status| node_in(status, "w2")["linked"] == true);
}
