//! Tells what is wrong with a spec, or that nothing is.

use std::{env, fs, process::ExitCode};

fn main() -> ExitCode {
    let mut code = ExitCode::SUCCESS;
    for file in env::args().skip(1) {
        let source = fs::read_to_string(&file).unwrap_or_default();
        match pickler_spec::parse(&source) {
            Ok(protocol) => {
                if env::var_os("DEBUG").is_some() {
                    println!("{protocol:#?}");
                }
                println!("{file}: {} types", protocol.schema.types().len());
            }
            Err(diagnostics) => {
                code = ExitCode::FAILURE;
                for diagnostic in diagnostics {
                    eprintln!("{}", diagnostic.with_source(&file, &source));
                }
            }
        }
    }
    code
}
