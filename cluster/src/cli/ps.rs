//! `node ps`.

use std::process::ExitCode;

use clap::Args;
use cluster_protocol::{BotState, Name, Request, Response};

use super::client::{self, BootArgument, Client};
use super::home::Home;
use super::{show, values};

#[derive(Args)]
pub(super) struct Arguments {
    /// Only the bots of this node
    #[arg(value_name = "NODE", value_parser = values::name)]
    node: Option<String>,
    /// For machines
    #[arg(long)]
    json: bool,
    #[command(flatten)]
    boot: BootArgument,
}

#[tokio::main(flavor = "current_thread")]
pub(super) async fn run(home: &Home, arguments: &Arguments) -> anyhow::Result<ExitCode> {
    let mut client = Client::connect(home, &arguments.boot).await?;
    let node = arguments.node.as_deref().unwrap_or_default().into();
    client.send(Request::Bots { node }).await?;
    let mut bots: Vec<(Name, BotState)> = Vec::new();
    loop {
        match client.next().await? {
            Response::Bots {
                more,
                node,
                bots: some,
            } => {
                bots.extend(some.into_iter().map(|bot| (node.clone(), bot)));
                if !more {
                    break;
                }
            }
            other => return client::unexpected(&other),
        }
    }
    if arguments.json {
        println!("{:#}", show::bots_json(&bots));
    } else {
        print!("{}", show::bots(&bots));
    }
    Ok(ExitCode::SUCCESS)
}
