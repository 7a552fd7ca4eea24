//! The program `node`.

fn main() -> std::process::ExitCode {
    cluster::cli::main()
}
