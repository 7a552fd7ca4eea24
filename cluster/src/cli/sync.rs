//! `node sync`.

use std::path::PathBuf;
use std::process::ExitCode;
use std::time::Duration;

use anyhow::bail;
use clap::Args;
use cluster_protocol::{
    By, Request, Response, Rollback, Signed, Statement, SyncRequest, Synced, Way,
};

use super::client::{self, BootArgument, Client};
use super::home::Home;
use super::release::{self, Published};
use super::show::{self, SyncView};
use super::values;
use crate::clock::wall;

/// How long a leave to go back is good for.
const LEAVE: Duration = Duration::from_secs(3_600);

#[derive(Args)]
#[command(after_help = "Examples:
  node sync                    the release file that was published last, with what has changed in it
  node sync release.toml       this one
  node sync --plan             only say what would change, and how
  node sync --canary 1 --max-parallel 4 --min-healthy-time 10s --auto-revert
  node sync --rollback 3       back to release 3

Without --by, each application is changed in the cheapest safe way: by process
(bots go on, with their state, in new code), by application (it is stopped and
started), by restart (the node boots again, in the same process).")]
#[expect(clippy::struct_excessive_bools, reason = "each is a flag")]
pub(super) struct Arguments {
    /// What the release holds; without it, the file that was published last
    #[arg(value_name = "FILE.toml", conflicts_with_all = ["release", "rollback"])]
    file: Option<PathBuf>,
    /// Change to the newest published release, whatever files say now
    #[arg(long)]
    release: bool,
    /// Go back to this older release
    #[arg(long, value_name = "VERSION", conflicts_with = "release")]
    rollback: Option<u64>,
    /// How code is changed: process, application or restart
    #[arg(long, value_name = "WAY", value_parser = values::by)]
    by: Option<By>,
    /// Publish what has changed, and only say what it would change on each node
    #[arg(long)]
    plan: bool,
    /// Only the nodes of this group; may be repeated
    #[arg(long, value_name = "GROUP", value_parser = values::name)]
    group: Vec<String>,
    /// How many nodes are changed at once; all, unless given
    #[arg(long, value_name = "N", default_value_t = 0, hide_default_value = true)]
    max_parallel: u32,
    /// How many nodes are changed first, by themselves
    #[arg(long, value_name = "N", default_value_t = 0, hide_default_value = true)]
    canary: u32,
    /// How long changed nodes must fare well before the next are changed
    #[arg(long, value_name = "TIME", default_value = "0s", value_parser = values::duration)]
    min_healthy_time: Duration,
    /// How long a node may take to change
    #[arg(long, value_name = "TIME", default_value = "60s", value_parser = values::duration)]
    deadline: Duration,
    /// More new errors than this on one node fail the gate; unless given, any
    /// does with --canary or --auto-revert, and none without
    #[arg(long, value_name = "N")]
    max_errors: Option<u64>,
    /// A greater 99th percentile of latencies than this fails the gate; any will
    /// do, unless given
    #[arg(long, value_name = "TIME", value_parser = values::duration)]
    max_latency: Option<Duration>,
    /// Go back to the old release when the gate fails
    #[arg(long)]
    auto_revert: bool,
    /// For machines: how it ended, as JSON
    #[arg(long)]
    json: bool,
    #[command(flatten)]
    boot: BootArgument,
}

impl Arguments {
    /// Whoever goes carefully is told of the first error.
    fn most_errors(&self) -> u64 {
        let careful = self.canary > 0 || self.auto_revert;
        let usual = if careful { 0 } else { u64::MAX };
        self.max_errors.unwrap_or(usual)
    }
}

#[tokio::main(flavor = "current_thread")]
pub(super) async fn run(home: &Home, arguments: &Arguments) -> anyhow::Result<ExitCode> {
    let mut client = Client::connect(home, &arguments.boot).await?;
    let version = match arguments.rollback {
        Some(version) => version,
        None => publish(home, &mut client, arguments).await?,
    };
    let request = SyncRequest {
        version,
        way: arguments.by.map_or(Way::Cheapest, Way::By),
        groups: arguments
            .group
            .iter()
            .map(|it| it.as_str().into())
            .collect(),
        plan_only: arguments.plan,
        max_parallel: arguments.max_parallel,
        canary: arguments.canary,
        min_healthy_time: values::millis(arguments.min_healthy_time),
        deadline: values::millis(arguments.deadline),
        max_errors: arguments.most_errors(),
        max_latency: arguments.max_latency.map_or(0, |most| {
            u64::try_from(most.as_micros()).unwrap_or(u64::MAX)
        }),
        auto_revert: arguments.auto_revert,
        rollbacks: rollbacks(home, &mut client, version, arguments).await?,
    };
    client.send(Request::Sync(request)).await?;
    let mut view = SyncView::default();
    let synced = follow(&mut client, &mut view).await?;
    if arguments.json {
        say!("{:#}", show::synced_json(&view, &synced));
    } else if !arguments.plan {
        say!("{}", view.summary(&synced, version));
    }
    let done = synced.version == version && synced.failed.is_empty();
    if done && !arguments.plan {
        home.keep_synced(version)?;
    }
    let holds = done || (arguments.plan && synced.failed.is_empty());
    Ok(if holds {
        ExitCode::SUCCESS
    } else {
        ExitCode::FAILURE
    })
}

/// Shows what happens until it has ended. Ctrl-C asks for no further nodes to be
/// changed.
async fn follow(client: &mut Client, view: &mut SyncView) -> anyhow::Result<Synced> {
    let mut stopping = false;
    loop {
        let response = tokio::select! {
            response = client.next() => response?,
            _ = tokio::signal::ctrl_c(), if !stopping => {
                stopping = true;
                eprintln!("no further nodes will be changed");
                client.send(Request::Stop).await?;
                continue;
            }
        };
        match response {
            Response::Progress(progress) => {
                for line in view.tell(&progress) {
                    eprintln!("{}", line.replace(|c: char| c.is_control(), "\u{FFFD}"));
                }
            }
            Response::Synced(synced) => return Ok(synced),
            Response::Done => {}
            other => return client::unexpected(&other),
        }
    }
}

/// Publishes what has changed, and says which version is to be changed to.
async fn publish(home: &Home, client: &mut Client, arguments: &Arguments) -> anyhow::Result<u64> {
    let facts = home.identity()?.cluster().clone();
    let file = arguments.file.clone().or_else(|| home.release_file());
    match file.filter(|_| !arguments.release) {
        Some(file) => match release::publish(home, client, &file).await? {
            Published::New { version, bytes } => {
                eprintln!(
                    "release {version} is published ({} uploaded)",
                    show::bytes(bytes)
                );
                Ok(version)
            }
            Published::Unchanged { version } => Ok(version),
        },
        None => match release::newest(client, &facts.release_keys).await? {
            Some(manifest) => Ok(manifest.version),
            None => bail!("there is no release yet; `node sync FILE.toml` publishes one"),
        },
    }
}

/// Leaves to go back: to the version that was asked for, from the newer ones
/// that nodes run; or from it, if the gate fails, to the one that nodes were
/// changed to last from here. Which one that is, is not the boot server's to
/// say: it could have the cluster go back to any.
async fn rollbacks(
    home: &Home,
    client: &mut Client,
    version: u64,
    arguments: &Arguments,
) -> anyhow::Result<Vec<Signed>> {
    let mut leaves = Vec::new();
    if arguments.rollback.is_some() {
        let response = client.ask(Request::Status).await?;
        let Response::Status(status) = response else {
            return client::unexpected(&response);
        };
        let mut running: Vec<u64> = status.nodes.iter().map(|node| node.release).collect();
        running.extend([status.release, status.newest]);
        running.retain(|release| *release > version);
        running.sort_unstable();
        running.dedup();
        for release in running {
            leaves.push(leave(home, release, version, "asked for")?);
        }
    }
    if arguments.auto_revert {
        match home.synced() {
            Some(synced) if synced != version => {
                leaves.push(leave(home, version, synced, "the gate failed")?);
            }
            Some(_) => {}
            None => eprintln!(
                "no release was synced from here before: if the gate fails, the sync stops, and \
                 nothing is changed back"
            ),
        }
    }
    Ok(leaves)
}

/// A signed leave to go from a release to another.
fn leave(home: &Home, from: u64, to: u64, reason: &str) -> anyhow::Result<Signed> {
    let statement = Statement::Rollback(Rollback {
        cluster: home.identity()?.cluster().id,
        from,
        to,
        expires: wall() + LEAVE.as_secs(),
        reason: reason.into(),
    });
    Ok(home.release_key()?.sign(&statement)?)
}
