//! The command line.

/// Prints a line; a reader who has seen enough ends the program, quietly.
macro_rules! say {
    ($($words:tt)*) => { $crate::cli::print(format_args!("{}\n", format_args!($($words)*))) };
}

/// The same without the end of the line.
macro_rules! say_as_is {
    ($($words:tt)*) => { $crate::cli::print(format_args!($($words)*)) };
}

mod authorize;
mod boot_server;
mod client;
mod home;
mod init;
mod log;
mod login;
mod ps;
mod release;
mod revoke;
mod run;
mod set;
mod show;
mod start;
mod status;
mod sync;
mod values;

use std::fmt;
use std::io::{self, Write};
use std::path::PathBuf;
use std::process::ExitCode;

use clap::{Parser, Subcommand};

use home::Home;

/// Nodes that boot from the network, run bots and servers, and change their
/// code while they run.
#[derive(Parser)]
#[command(
    name = "node",
    version,
    after_help = "Examples, each in a terminal of its own:
  node init                                    make a cluster: its authority and its first operator
  node boot-server                             the boot server, at 127.0.0.1:19400
  node authorize w1 --group players            prints a token, good for one node and one hour
  node start w1 --join 127.0.0.1:19400 --token-file w1.token
  node sync release.toml                       publish what the file lists, and change all nodes to it
  node sync                                    the same again, after a script was edited
  node run tight.luau --bots 4000 --target tcp://127.0.0.1:19380
  node status --watch"
)]
struct Cli {
    /// Where keys, and what the boot server keeps, are
    #[arg(
        long,
        global = true,
        env = "NODE_HOME",
        value_name = "DIR",
        default_value = "node-home"
    )]
    home: PathBuf,
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Make a cluster: its authority, its keys, its first operator
    Init(init::Arguments),
    /// Run the boot server, which drives the cluster
    BootServer(boot_server::Arguments),
    /// Mint a token that lets one node, or one operator, in
    Authorize(authorize::Arguments),
    /// Let a node, or an operator, in no longer
    Revoke(revoke::Arguments),
    /// Turn a token into an operator's key
    Login(login::Arguments),
    /// Run a node
    Start(start::Arguments),
    /// Build a release and publish it
    Release(release::Arguments),
    /// Change nodes to a release, while they run
    Sync(sync::Arguments),
    /// Set a variable that applications see at once
    Set(set::Arguments),
    /// Run bots on all nodes, with one report
    Run(run::Arguments),
    /// Show what every bot does right now
    Ps(ps::Arguments),
    /// Show the nodes and how they fare
    Status(status::Arguments),
    /// Show the audit log, or what a node has noted
    Log(log::Arguments),
}

/// Does what the command line says. Exit codes: 0 done, 1 what was checked does
/// not hold, 2 wrong use, bad input or a failure.
pub fn main() -> ExitCode {
    let cli = Cli::parse();
    let home = Home::new(cli.home);
    let result = match &cli.command {
        Command::Init(arguments) => init::run(&home, arguments),
        Command::BootServer(arguments) => boot_server::run(&home, arguments),
        Command::Authorize(arguments) => authorize::run(&home, arguments),
        Command::Revoke(arguments) => revoke::run(&home, arguments),
        Command::Login(arguments) => login::run(&home, arguments),
        Command::Start(arguments) => start::run(&home, arguments),
        Command::Release(arguments) => release::run(&home, arguments),
        Command::Sync(arguments) => sync::run(&home, arguments),
        Command::Set(arguments) => set::run(&home, arguments),
        Command::Run(arguments) => run::run(&home, arguments),
        Command::Ps(arguments) => ps::run(&home, arguments),
        Command::Status(arguments) => status::run(&home, arguments),
        Command::Log(arguments) => log::run(&home, arguments),
    };
    match result {
        Ok(code) => code,
        Err(error) => {
            eprintln!("node: {}", explain(&error));
            ExitCode::from(2)
        }
    }
}

/// Prints to standard output. If nobody reads it any more, the program has done
/// what it was for.
fn print(words: fmt::Arguments<'_>) {
    let mut out = io::stdout().lock();
    if let Err(error) = out.write_fmt(words).and_then(|()| out.flush()) {
        let gone = error.kind() == io::ErrorKind::BrokenPipe;
        std::process::exit(if gone { 0 } else { 2 });
    }
}

/// An error and its causes in one line. Many an error says its cause already.
fn explain(error: &anyhow::Error) -> String {
    let mut text = String::new();
    for cause in error.chain().map(ToString::to_string) {
        if text.is_empty() {
            text = cause;
        } else if !text.contains(&cause) {
            text = format!("{text}: {cause}");
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;
    use anyhow::anyhow;

    #[test]
    fn a_cause_is_said_once() {
        let error = anyhow!("no such file").context("cannot read a.toml");
        assert_eq!(explain(&error), "cannot read a.toml: no such file");
        let error = anyhow!("no such file").context("cannot read a.toml: no such file");
        assert_eq!(explain(&error), "cannot read a.toml: no such file");
    }

    #[test]
    fn the_command_line_is_sound() {
        use clap::CommandFactory;
        Cli::command().debug_assert();
    }
}
