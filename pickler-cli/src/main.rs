//! The program `pickler`: declared formats at the command line.

mod annotate;
mod arguments;
mod commands;
mod hex;
mod input;
mod json;
mod lsp;
mod output;
mod paint;
mod pcap;
mod plural;
mod protocols;
mod report;
mod target;
mod view;

use std::process::ExitCode;

use clap::Parser;
use clap::error::ErrorKind;

use arguments::{Arguments, Command, VectorsCommand};
use output::Output;
use report::{Outcome, Report};

fn main() -> ExitCode {
    let mut output = Output::stdout();
    let mut report = Report::stderr();
    let arguments = match Arguments::try_parse() {
        Ok(arguments) => arguments,
        Err(error) => return wrong_use(&error, &mut report),
    };
    output.choose_colours(arguments.color);
    report.choose_colours(arguments.color);
    let result = match &arguments.command {
        Command::List(list) => commands::list::run(list, &mut output),
        Command::Decode(decode) => commands::decode::run(decode, &mut output, &mut report),
        Command::Encode(encode) => commands::encode::run(encode, &mut output, &mut report),
        Command::Pcap(pcap) => commands::pcap::run(pcap, &mut output, &mut report),
        Command::View(view) => commands::view::run(view, &mut output),
        Command::Vectors(VectorsCommand::Check(check)) => {
            commands::vectors::check::run(check, &mut output, &mut report)
        }
        Command::Vectors(VectorsCommand::Make(make)) => {
            commands::vectors::make::run(make, &mut output, &mut report)
        }
        Command::Diff(diff) => commands::diff::run(diff, &mut output),
        Command::Export(export) => commands::export::run(export, &mut output, &mut report),
        Command::Fmt(fmt) => commands::fmt::run(fmt, &mut output, &mut report),
        Command::Lsp => commands::lsp::run(),
        Command::Regen(regen) => commands::regen::run(regen, &mut output),
        Command::Completions(completions) => commands::completions::run(completions, &mut output),
    };
    let outcome = match result.and_then(|outcome| output.flush().map(|()| outcome)) {
        Ok(outcome) => outcome.or(report.outcome()),
        // Whoever read the output has seen enough.
        Err(error) if output::is_broken_pipe(&error) => report.outcome(),
        Err(error) => {
            report.error(&error);
            Outcome::Failed
        }
    };
    outcome.into()
}

/// Tells in one line what is wrong with the arguments; help that was asked for
/// is shown as it is.
fn wrong_use(error: &clap::Error, report: &mut Report) -> ExitCode {
    match error.kind() {
        ErrorKind::DisplayHelp | ErrorKind::DisplayVersion => {
            // Whoever asked is gone if this fails.
            let _ = error.print();
            Outcome::Done.into()
        }
        ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand => {
            let _ = error.print();
            Outcome::Failed.into()
        }
        _ => {
            report.error(&anyhow::anyhow!(arguments::in_one_line(error)));
            Outcome::Failed.into()
        }
    }
}
