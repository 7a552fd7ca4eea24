//! `node boot-server`.

use std::net::SocketAddr;
use std::process::ExitCode;

use clap::Args;

use super::home::Home;
use super::values;
use crate::daemon::boot_server;

#[derive(Args)]
pub(super) struct Arguments {
    /// Where to listen, by TCP and UDP; an address that nodes can reach
    #[arg(long, value_name = "HOST:PORT", default_value = "127.0.0.1:19400", value_parser = values::own_address)]
    listen: SocketAddr,
}

#[tokio::main]
pub(super) async fn run(home: &Home, arguments: &Arguments) -> anyhow::Result<ExitCode> {
    let ready = |address| {
        // For operators on this machine; others say --boot.
        let _ = home.keep_address(address);
    };
    boot_server::run(&home.boot(), arguments.listen, ready).await?;
    Ok(ExitCode::SUCCESS)
}
