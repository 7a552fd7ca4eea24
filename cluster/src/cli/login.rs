//! `node login`.

use std::net::SocketAddr;
use std::process::ExitCode;

use anyhow::{Context, bail};
use clap::Args;

use super::home::Home;
use super::values::{self, TokenArguments};
use crate::clock::wall;
use crate::identity::{Identity, SigningKey, is_operator};
use crate::net::enrol;

#[derive(Args)]
#[command(after_help = "Example:
  node login --token-file ada.token --home ada-home")]
pub(super) struct Arguments {
    #[command(flatten)]
    token: TokenArguments,
    /// A member that is there, such as the boot server
    #[arg(long, value_name = "HOST:PORT", value_parser = values::address)]
    join: Option<SocketAddr>,
}

#[tokio::main(flavor = "current_thread")]
pub(super) async fn run(home: &Home, arguments: &Arguments) -> anyhow::Result<ExitCode> {
    if home.identity_file().exists() {
        bail!(
            "there is an operator in {} already; --home names another folder",
            home.folder().display()
        );
    }
    let Some(token) = arguments.token.read()? else {
        bail!("--token-file names the token that `node authorize NAME --role ROLE` has printed");
    };
    let known = token.addresses.first().map(|it| SocketAddr::from(*it));
    let Some(address) = arguments.join.or(known) else {
        bail!("--join names one member that is there, such as the boot server");
    };
    let key = SigningKey::generate()?;
    let enrolled = enrol(address, token.authority, token.enrol(&key)).await?;
    let identity = Identity::accept(
        key,
        &token.name,
        enrolled.certificates,
        enrolled.cluster,
        token.authority,
        wall(),
    )
    .context("what the cluster has answered")?;
    if !is_operator(identity.subject().role) {
        bail!(
            "this token is a node's; `node start {}` takes it",
            token.name
        );
    }
    home.keep_operator(&identity)?;
    say!(
        "operator {} of cluster {}; keys are in {}",
        identity.name(),
        identity.cluster().name,
        home.operator().display()
    );
    Ok(ExitCode::SUCCESS)
}
