//! `node start`.

use std::net::SocketAddr;
use std::path::PathBuf;
use std::process::ExitCode;

use clap::Args;

use super::home::Home;
use super::values::{self, TokenArguments};
use crate::daemon::Handover;
use crate::daemon::worker::{self, Start};

#[derive(Args)]
#[command(after_help = "Examples:
  node start w1 --token-file w1.token                         the token knows where the boot server is
  node start w2 --token-file w2.token --join 10.0.0.7:19401   or join by any member
  node start w1 --identity w1.identity                        again, later: it has kept who it is

A node keeps nothing on the disk but what --identity names. Without that, it
takes a new token to start it again.")]
pub(super) struct Arguments {
    /// The node's name, that its token is bound to
    #[arg(value_name = "NAME", value_parser = values::name)]
    name: String,
    #[command(flatten)]
    token: TokenArguments,
    /// A member that is there, such as the boot server; may be repeated
    #[arg(long, value_name = "HOST:PORT")]
    join: Vec<String>,
    /// Where to listen, by TCP and UDP; an address that other nodes can reach
    #[arg(long, value_name = "HOST:PORT", default_value = "127.0.0.1:0", value_parser = values::own_address)]
    listen: SocketAddr,
    /// A group to join; may be repeated; all that it is authorised for, unless
    /// given
    #[arg(long, value_name = "GROUP", value_parser = values::name)]
    group: Vec<String>,
    /// Keep the node's keys in this file
    #[arg(long, value_name = "FILE")]
    identity: Option<PathBuf>,
}

#[tokio::main]
pub(super) async fn run(_: &Home, arguments: &Arguments) -> anyhow::Result<ExitCode> {
    // A node that has become this program is let in already: the token may be
    // gone, and so may those that it joined by.
    let handover = Handover::take()?;
    let (mut token, mut join) = (None, Vec::new());
    if handover.is_none() {
        token = arguments.token.read()?;
        for address in &arguments.join {
            join.push(values::address(address).map_err(anyhow::Error::msg)?);
        }
        let known = token.iter().flat_map(|token| &token.addresses);
        for address in known.map(|it| SocketAddr::from(*it)) {
            // Nobody is asked twice.
            if !join.contains(&address) {
                join.push(address);
            }
        }
    }
    let start = Start {
        name: arguments.name.as_str().into(),
        listen: arguments.listen,
        join,
        token,
        identity_file: arguments.identity.clone(),
        groups: arguments
            .group
            .iter()
            .map(|it| it.as_str().into())
            .collect(),
    };
    worker::run(start, handover).await?;
    Ok(ExitCode::SUCCESS)
}
