//! `bots serve`: the poker server on its own.

use std::net::SocketAddr;
use std::path::PathBuf;
use std::process::ExitCode;
use std::time::Duration;

use anyhow::Context;
use clap::Args;

use super::values;
use crate::poker::server::{Server, ServerConfig, TableGroup};
use crate::system::{self, require_open_files};

/// Files that a server has open beside its connections.
const OTHER_FILES: u64 = 64;

#[derive(Args)]
pub(super) struct Arguments {
    /// Where to listen; port 0 takes any free one
    #[arg(long, value_name = "ADDR", default_value = "127.0.0.1:19380")]
    listen: SocketAddr,
    /// Keep accounts and hand histories in this file; without it, in memory
    #[arg(long, value_name = "FILE")]
    db: Option<PathBuf>,
    /// Tables that are there from the start
    #[arg(long, value_name = "N", default_value_t = 100, value_parser = clap::value_parser!(u32).range(0..=20_000))]
    tables: u32,
    /// Seats at each table
    #[arg(long, value_name = "N", default_value_t = 6, value_parser = clap::value_parser!(u8).range(2..=10))]
    seats: u8,
    /// Connections at a time
    #[arg(long, value_name = "N", default_value_t = 9_000)]
    connections: u64,
    /// How long a player may take to decide
    #[arg(long, value_name = "TIME", default_value = "30s", value_parser = values::duration)]
    player_timeout: Duration,
    /// From the end of a hand to the next
    #[arg(long, value_name = "TIME", default_value = "2s", value_parser = values::duration_or_none)]
    hand_delay: Duration,
    /// What a new account is given
    #[arg(long, value_name = "CHIPS", default_value_t = 1_000_000)]
    grant: u32,
    /// The seed of all shuffles
    #[arg(long, value_name = "N", default_value_t = 1)]
    seed: u64,
}

pub(super) fn run(arguments: &Arguments) -> anyhow::Result<ExitCode> {
    require_open_files(arguments.connections, 1, OTHER_FILES)?;
    let mut config = ServerConfig {
        listen: vec![arguments.listen],
        database: arguments.db.clone(),
        tables: TableGroup::mix(arguments.tables, arguments.seats),
        seed: arguments.seed,
        grant: arguments.grant,
        ..ServerConfig::default()
    };
    config.limits.connections = usize::try_from(arguments.connections).unwrap_or(usize::MAX);
    config.timing.player_timeout = arguments.player_timeout;
    config.timing.hand_delay = arguments.hand_delay;

    let interrupted = system::on_interrupt().context("cannot wait for Ctrl-C")?;
    let server = Server::start(config)?;
    println!(
        "listening on tcp://{}; {}; Ctrl-C ends",
        server.addr(),
        match &arguments.db {
            Some(file) => format!("accounts in {}", file.display()),
            None => "accounts in memory".into(),
        }
    );
    interrupted.wait();
    let last = server.stop();
    let (stats, conserved) = (last.stats, last.audit.is_exact());
    println!(
        "{} connections, at most {} at a time; {} hands; {} messages in, {} out; {}",
        stats.connections_total,
        stats.connections_peak,
        stats.hands_played,
        stats.messages_in,
        stats.messages_out,
        if conserved {
            "all chips are there"
        } else {
            "CHIPS ARE WRONG"
        }
    );
    Ok(if conserved {
        ExitCode::SUCCESS
    } else {
        ExitCode::FAILURE
    })
}
