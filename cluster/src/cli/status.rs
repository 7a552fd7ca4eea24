//! `node status`.

use std::io::{self, IsTerminal};
use std::process::ExitCode;
use std::time::Duration;

use clap::Args;
use cluster_protocol::{Request, Response};

use super::client::{self, BootArgument, Client};
use super::home::Home;
use super::show;

/// How often a watched status is shown anew.
const EVERY: Duration = Duration::from_secs(1);

#[derive(Args)]
pub(super) struct Arguments {
    /// Show it anew each second, until Ctrl-C
    #[arg(long)]
    watch: bool,
    /// For machines: one JSON value, or one a line with --watch
    #[arg(long)]
    json: bool,
    #[command(flatten)]
    boot: BootArgument,
}

#[tokio::main(flavor = "current_thread")]
pub(super) async fn run(home: &Home, arguments: &Arguments) -> anyhow::Result<ExitCode> {
    let mut client = Client::connect(home, &arguments.boot).await?;
    loop {
        let response = client.ask(Request::Status).await?;
        let Response::Status(status) = response else {
            return client::unexpected(&response);
        };
        let text = match (arguments.json, arguments.watch) {
            (true, false) => format!("{:#}\n", show::status_json(&status)),
            (true, true) => format!("{}\n", show::status_json(&status)),
            (false, _) => show::status(&status),
        };
        if arguments.watch && !arguments.json && io::stdout().is_terminal() {
            // Home, each line's rest and the screen's rest cleared: no flicker.
            let lines = text.replace('\n', "\x1b[K\n");
            say_as_is!("\x1b[H{lines}\x1b[J");
        } else {
            say_as_is!("{text}");
        }
        if !arguments.watch {
            return Ok(ExitCode::SUCCESS);
        }
        tokio::select! {
            () = tokio::time::sleep(EVERY) => {}
            _ = tokio::signal::ctrl_c() => return Ok(ExitCode::SUCCESS),
        }
    }
}
