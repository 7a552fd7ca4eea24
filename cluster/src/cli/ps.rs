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
    let mut missing = None;
    loop {
        let response = match client.next().await {
            Ok(response) => response,
            // Those who did answer are shown.
            Err(error) if !bots.is_empty() => {
                missing = Some(error);
                break;
            }
            Err(error) => return Err(error),
        };
        match response {
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
        say!("{:#}", show::bots_json(&bots));
    } else {
        say_as_is!("{}", show::bots(&bots));
    }
    Ok(match missing {
        Some(error) => {
            eprintln!("node: {error}");
            ExitCode::FAILURE
        }
        None => ExitCode::SUCCESS,
    })
}
