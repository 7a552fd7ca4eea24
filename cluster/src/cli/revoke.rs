//! `node revoke`.

use std::process::ExitCode;

use clap::Args;
use cluster_protocol::Request;

use super::client::{BootArgument, Client};
use super::home::Home;
use super::values;

#[derive(Args)]
pub(super) struct Arguments {
    /// Whom
    #[arg(value_name = "NAME", value_parser = values::name)]
    name: String,
    #[command(flatten)]
    boot: BootArgument,
}

#[tokio::main(flavor = "current_thread")]
pub(super) async fn run(home: &Home, arguments: &Arguments) -> anyhow::Result<ExitCode> {
    let mut client = Client::connect(home, &arguments.boot).await?;
    let name = arguments.name.as_str().into();
    client.tell(Request::Revoke { name }).await?;
    say!(
        "{} is let in no longer; its connections are closed",
        arguments.name
    );
    Ok(ExitCode::SUCCESS)
}
