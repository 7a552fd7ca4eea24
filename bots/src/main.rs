//! The program `bots`; see the library of the same name.

use std::process::ExitCode;

fn main() -> ExitCode {
    bots::cli::main()
}
