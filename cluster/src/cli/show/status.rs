//! `node status`.

use std::fmt::Write;
use std::time::Duration;

use cluster_protocol::{
    ApplicationHealth, ApplicationState, By, Liveness, NodeStatus, PeerKind, Scope, Status,
};
use serde_json::{Value, json};

use super::{Table, bytes, count, micros, time};

/// How the cluster fares, for people.
pub fn status(status: &Status) -> String {
    let mut text = String::new();
    let alive = status.nodes.iter().filter(|node| is_up(node)).count() as u64;
    let workers = status.nodes.iter().filter(|node| is_worker(node)).count() as u64;
    // Writing to a string cannot fail.
    let _ = writeln!(
        text,
        "cluster {}: {} of {} up, {}",
        status.cluster,
        alive,
        count(workers, "node"),
        release(status)
    );
    let mut nodes = Table::new([
        "NODE", "STATE", "ADDRESS", "RELEASE", "GROUPS", "MEMBERS", "MEMORY", "PROGRAM", "HEARD",
    ]);
    for node in &status.nodes {
        let members: u64 = node
            .applications
            .iter()
            .map(|it| u64::from(it.members))
            .sum();
        nodes.row([
            node.peer.name.to_string(),
            state(node).into(),
            node.peer.address.to_string(),
            version(node.release),
            groups(node),
            if is_worker(node) {
                members.to_string()
            } else {
                String::new()
            },
            if node.memory > 0 {
                bytes(node.memory)
            } else {
                String::new()
            },
            node.program.to_string(),
            format!("{} ago", time(Duration::from_millis(node.silent))),
        ]);
    }
    if !nodes.is_empty() {
        let _ = write!(text, "\n{nodes}");
    }
    let mut applications = Table::new([
        "APPLICATION",
        "NODE",
        "STATE",
        "MEMBERS",
        "BEHIND",
        "RESTARTS",
        "ERRORS",
        "P99",
        "WORK",
    ]);
    for node in &status.nodes {
        for application in &node.applications {
            applications.row([
                application.name.to_string(),
                node.peer.name.to_string(),
                application_state(application),
                application.members.to_string(),
                application.behind.to_string(),
                application.restarts.to_string(),
                application.errors.to_string(),
                match application.latency_p99 {
                    0 => String::new(),
                    p99 => micros(p99),
                },
                application.work.to_string(),
            ]);
        }
    }
    if !applications.is_empty() {
        let _ = write!(text, "\n{applications}");
    }
    let mut variables = Table::new(["VARIABLE", "FOR", "VALUE"]);
    for scoped in &status.environment {
        variables.row([
            scoped.variable.name.to_string(),
            scope(&scoped.scope),
            scoped.variable.value.to_string(),
        ]);
    }
    if !variables.is_empty() {
        let _ = write!(text, "\n{variables}");
    }
    if !status.expected.is_empty() {
        let names: Vec<&str> = status.expected.iter().map(|name| &**name).collect();
        let _ = writeln!(text, "\nauthorised, not here yet: {}", names.join(", "));
    }
    text
}

fn release(status: &Status) -> String {
    match (status.release, status.newest) {
        (0, 0) => "no release yet".into(),
        (0, newest) => format!("release {newest} published, not synced yet"),
        (release, newest) if newest > release => {
            format!("release {release} ({newest} is published)")
        }
        (release, _) => format!("release {release}"),
    }
}

fn is_worker(node: &NodeStatus) -> bool {
    node.peer.kind == PeerKind::Worker
}

fn is_up(node: &NodeStatus) -> bool {
    is_worker(node) && node.linked && node.liveness != Liveness::Down
}

fn state(node: &NodeStatus) -> &'static str {
    match (node.liveness, node.linked, node.peer.kind) {
        (Liveness::Down, false, _) => "down",
        (Liveness::Suspect, ..) | (Liveness::Down, true, _) => "suspect",
        (Liveness::Alive, _, PeerKind::Boot) => "boot server",
        (Liveness::Alive, true, _) => "up",
        (Liveness::Alive, false, _) => "no link",
    }
}

fn version(release: u64) -> String {
    match release {
        0 => "-".into(),
        release => release.to_string(),
    }
}

fn groups(node: &NodeStatus) -> String {
    let groups: Vec<&str> = node.groups.iter().map(|group| &**group).collect();
    groups.join(",")
}

fn application_state(application: &ApplicationHealth) -> String {
    match &application.state {
        ApplicationState::Starting => "starting".into(),
        ApplicationState::Running => "running".into(),
        ApplicationState::Stopping => "stopping".into(),
        ApplicationState::Failed(why) => format!("failed: {why}"),
    }
}

fn scope(scope: &Scope) -> String {
    match scope {
        Scope::All => "all".into(),
        Scope::Group(group) => format!("group {group}"),
        Scope::Node(node) => format!("node {node}"),
    }
}

/// The name of a way to change code, as on the command line.
pub fn by(by: By) -> &'static str {
    match by {
        By::Process => "process",
        By::Application => "application",
        By::Restart => "restart",
    }
}

/// How the cluster fares, for machines.
pub fn status_json(status: &Status) -> Value {
    let nodes: Vec<Value> = status
        .nodes
        .iter()
        .map(|node| {
            let applications: Vec<Value> = node.applications.iter().map(application).collect();
            json!({
                "name": node.peer.name.0,
                "kind": if is_worker(node) { "worker" } else { "boot" },
                "address": node.peer.address.to_string(),
                "state": state(node),
                "linked": node.linked,
                "groups": node.groups.iter().map(|group| &group.0).collect::<Vec<_>>(),
                "release": node.release,
                "program": node.program.0,
                "memory_bytes": node.memory,
                "silent_ms": node.silent,
                "changed_by": node.changed_by.first().map(|way| by(*way)),
                "applications": applications,
            })
        })
        .collect();
    let environment: Vec<Value> = status
        .environment
        .iter()
        .map(|scoped| {
            json!({
                "name": scoped.variable.name.0,
                "value": scoped.variable.value.0,
                "scope": scope(&scoped.scope),
            })
        })
        .collect();
    json!({
        "cluster": status.cluster.0,
        "epoch": status.epoch.number,
        "release": status.release,
        "newest": status.newest,
        "nodes": nodes,
        "environment": environment,
        "expected": status.expected.iter().map(|name| &name.0).collect::<Vec<_>>(),
    })
}

fn application(health: &ApplicationHealth) -> Value {
    json!({
        "name": health.name.0,
        "state": application_state(health),
        "members": health.members,
        "behind": health.behind,
        "restarts": health.restarts,
        "errors": health.errors,
        "latency_p99_us": health.latency_p99,
        "work": health.work,
    })
}
