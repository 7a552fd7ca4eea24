//! `node authorize`.

use std::process::{Command, ExitCode, Stdio};
use std::time::Duration;

use anyhow::Context;
use clap::Args;
use cluster_protocol::{Authorise, Request, Response, Role};

use super::client::{self, BootArgument, Client};
use super::home::Home;
use super::values;

#[derive(Args)]
#[command(after_help = "Examples:
  node authorize w1 --group players > w1.token    give the file to the machine, which then runs
                                                  node start w1 --token-file w1.token
  node authorize w1 --group players --spawn       start the node on this machine right away
  node authorize ada --role deploy                an operator, who runs node login")]
pub(super) struct Arguments {
    /// Who: the token is good for this name only
    #[arg(value_name = "NAME", value_parser = values::name)]
    name: String,
    /// A group that the node may join; may be repeated
    #[arg(long, value_name = "GROUP", value_parser = values::name)]
    group: Vec<String>,
    /// What it may do: node, or as an operator view, operate, deploy, root
    #[arg(long, value_name = "ROLE", default_value = "node", value_parser = values::role)]
    role: Role,
    /// How long the token is good for
    #[arg(long = "for", value_name = "TIME", default_value = "1h", value_parser = values::duration)]
    lifetime: Duration,
    /// Start the node on this machine, in the background
    #[arg(long, conflicts_with = "role")]
    spawn: bool,
    #[command(flatten)]
    boot: BootArgument,
}

#[tokio::main(flavor = "current_thread")]
pub(super) async fn run(home: &Home, arguments: &Arguments) -> anyhow::Result<ExitCode> {
    let mut client = Client::connect(home, &arguments.boot).await?;
    let wanted = Authorise {
        name: arguments.name.as_str().into(),
        groups: arguments
            .group
            .iter()
            .map(|it| it.as_str().into())
            .collect(),
        role: arguments.role,
        lifetime: u32::try_from(arguments.lifetime.as_secs()).unwrap_or(u32::MAX),
    };
    let token = match client.ask(Request::Authorise(wanted)).await? {
        Response::Token(token) => token,
        other => return client::unexpected(&other),
    };
    if !arguments.spawn {
        say!("{token}");
        return Ok(ExitCode::SUCCESS);
    }
    let program = std::env::current_exe().context("this program cannot be found")?;
    let join = client.address().to_string();
    let child = Command::new(program)
        .args([
            "start",
            &arguments.name,
            "--listen",
            "127.0.0.1:0",
            "--join",
            &join,
        ])
        // Not on the command line, where everybody on the machine can read it.
        .env("NODE_TOKEN", &*token.0)
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .context("the node cannot be started")?;
    say!(
        "node {} is started, as process {}",
        arguments.name,
        child.id()
    );
    Ok(ExitCode::SUCCESS)
}
