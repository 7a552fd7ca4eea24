//! The command line.

mod check;
mod protocols;
mod run;
mod serve;
mod values;

use std::io::IsTerminal;
use std::process::ExitCode;

use clap::{Parser, Subcommand};
use pickler_spec::LoadError;

/// Load and behaviour tests of servers with a binary protocol, by many small
/// scripted bots.
#[derive(Parser)]
#[command(
    name = "bots",
    version,
    args_conflicts_with_subcommands = true,
    after_help = "Examples:
  bots                                     4,000 bots play poker on an embedded server
  bots --bots 500 --duration 10s --json r.json
  bots run tight.luau --target tcp://127.0.0.1:19380
  bots serve --listen 127.0.0.1:19380 --db poker.db
  bots check my_script.luau"
)]
struct Cli {
    #[command(subcommand)]
    command: Option<Command>,
    #[command(flatten)]
    run: run::Arguments,
}

#[derive(Subcommand)]
enum Command {
    /// Run bots; with nothing else said, on an embedded poker server
    Run(run::Arguments),
    /// Run the poker server on its own
    Serve(serve::Arguments),
    /// Find the mistakes of scripts before they run
    Check(check::Arguments),
}

/// Does what the command line says. Exit codes: 0 done, 1 what was checked does
/// not hold, 2 wrong use, bad input or a failure.
pub fn main() -> ExitCode {
    let cli = Cli::parse();
    let result = match cli.command {
        None => run::run(&cli.run),
        Some(Command::Run(arguments)) => run::run(&arguments),
        Some(Command::Serve(arguments)) => serve::run(&arguments),
        Some(Command::Check(arguments)) => check::run(&arguments),
    };
    match result {
        Ok(code) => code,
        Err(error) => {
            tell(&error);
            ExitCode::from(2)
        }
    }
}

/// Tells of an error with all its causes in one line; of a spec, each mistake with the
/// lines that are wrong.
fn tell(error: &anyhow::Error) {
    let Some(LoadError::Mistaken(mistakes)) = error.downcast_ref() else {
        eprintln!("bots: {error:#}");
        return;
    };
    let refused = std::env::var_os("NO_COLOR").is_some_and(|value| !value.is_empty());
    let colours = std::io::stderr().is_terminal() && !refused;
    eprint!("{}", mistakes.with_source().with_colours(colours));
}
