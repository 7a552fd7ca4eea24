//! `node init`.

use std::net::SocketAddr;
use std::process::ExitCode;

use clap::Args;

use super::home::Home;
use super::values;
use crate::daemon::boot_server::Files;
use crate::identity::SigningKey;

#[derive(Args)]
pub(super) struct Arguments {
    /// The cluster's name
    #[arg(long, value_name = "NAME", default_value = "cluster", value_parser = values::name)]
    name: String,
    /// The first operator's name, who may do everything
    #[arg(long, value_name = "NAME", default_value = "root", value_parser = values::name)]
    operator: String,
    /// Where the boot server will be
    #[arg(long, value_name = "HOST:PORT", default_value = "127.0.0.1:19400", value_parser = values::address)]
    boot: SocketAddr,
    /// The cluster is there: only let the operator in anew, whose certificate
    /// has ended or is lost; the boot server must not run meanwhile
    #[arg(long)]
    admit: bool,
}

pub(super) fn run(home: &Home, arguments: &Arguments) -> anyhow::Result<ExitCode> {
    let operator = arguments.operator.as_str().into();
    if arguments.admit {
        let identity = Files::admit(&home.boot(), &operator, arguments.boot)?;
        home.keep_operator(&identity)?;
        say!("operator {operator} is let in");
        return Ok(ExitCode::SUCCESS);
    }
    let name = arguments.name.as_str().into();
    if home.identity_file().exists() || home.release_key_file().exists() {
        anyhow::bail!(
            "there is an operator in {} already, whose keys would be lost; --home names another \
             folder",
            home.folder().display()
        );
    }
    // First of all: a cluster whose release key is nowhere would be of no use.
    let release_key = SigningKey::generate()?;
    home.keep_release_key(&release_key)?;
    let identity = Files::create(&home.boot(), name, &operator, &release_key, arguments.boot)?;
    home.keep_operator(&identity)?;
    say!(
        "cluster {} is made, in {}\n\
         the boot server's part is in {}; keep it to yourself\n\
         operator {operator}'s keys are in {}; keep a copy, they are what releases are signed with",
        arguments.name,
        home.folder().display(),
        home.boot().display(),
        home.operator().display(),
    );
    Ok(ExitCode::SUCCESS)
}
