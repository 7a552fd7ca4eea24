//! `node log`.

use std::process::ExitCode;

use anyhow::Context;
use clap::Args;
use cluster_protocol::{Request, Response};

use super::client::{self, BootArgument, Client};
use super::home::Home;
use super::values;
use crate::audit;
use crate::daemon::boot_server::audit_file;

#[derive(Args)]
#[command(after_help = "Examples:
  node log                   the newest commands: who, when, what, with what outcome
  node log w1                what the node w1 has noted
  node log --verify          see whether the boot server's log in --home is as it was written")]
pub(super) struct Arguments {
    /// Of this node; without it, the audit log of all commands
    #[arg(value_name = "NODE", value_parser = values::name)]
    node: Option<String>,
    /// How many lines, the newest
    #[arg(long, value_name = "N", default_value_t = 50)]
    lines: u32,
    /// Check the chain of the audit log in --home, with no boot server needed
    #[arg(long, conflicts_with = "node")]
    verify: bool,
    #[command(flatten)]
    boot: BootArgument,
}

pub(super) fn run(home: &Home, arguments: &Arguments) -> anyhow::Result<ExitCode> {
    if arguments.verify {
        return verify(home);
    }
    show(home, arguments)
}

fn verify(home: &Home) -> anyhow::Result<ExitCode> {
    let path = audit_file(&home.boot());
    if !path.exists() {
        anyhow::bail!("there is no audit log at {}", path.display());
    }
    match audit::verify(&path) {
        Ok(head) => {
            say!("{} entries, each as it was written", head.number);
            Ok(ExitCode::SUCCESS)
        }
        Err(error) => {
            say!("{}: {error}", path.display());
            Ok(ExitCode::FAILURE)
        }
    }
}

#[tokio::main(flavor = "current_thread")]
async fn show(home: &Home, arguments: &Arguments) -> anyhow::Result<ExitCode> {
    let mut client = Client::connect(home, &arguments.boot).await?;
    let node = arguments.node.as_deref().unwrap_or_default().into();
    let lines = arguments.lines;
    match client
        .ask(Request::Log { node, lines })
        .await
        .context("no log")?
    {
        Response::Lines(lines) => {
            for line in lines {
                say!("{}", line.replace(|c: char| c.is_control(), "\u{FFFD}"));
            }
            Ok(ExitCode::SUCCESS)
        }
        other => client::unexpected(&other),
    }
}
