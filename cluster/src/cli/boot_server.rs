//! `node boot-server`.

use std::net::SocketAddr;
use std::process::ExitCode;
use std::time::Duration;

use clap::Args;

use super::home::Home;
use super::values;
use crate::daemon::boot_server::{self, Options};

/// Certificates that end sooner could not be renewed in time.
const SHORTEST: Duration = Duration::from_secs(10);

#[derive(Args)]
pub(super) struct Arguments {
    /// Where to listen, by TCP and UDP; an address that nodes can reach
    #[arg(long, value_name = "HOST:PORT", default_value = "127.0.0.1:19400", value_parser = values::own_address)]
    listen: SocketAddr,
    /// How long certificates of nodes are good for; nodes renew them by
    /// themselves
    #[arg(long, value_name = "TIME", default_value = "24h", value_parser = values::duration)]
    certificate_lifetime: Duration,
}

#[tokio::main]
pub(super) async fn run(home: &Home, arguments: &Arguments) -> anyhow::Result<ExitCode> {
    let ready = |address| {
        // For operators on this machine; others say --boot.
        let _ = home.keep_address(address);
    };
    let options = Options {
        listen: arguments.listen,
        certificate_lifetime: arguments.certificate_lifetime.max(SHORTEST),
    };
    boot_server::run(&home.boot(), &options, ready).await?;
    Ok(ExitCode::SUCCESS)
}
