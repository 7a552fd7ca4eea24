//! Values on the command line.

use std::fs;
use std::io::{self, Read};
use std::net::{SocketAddr, ToSocketAddrs};
use std::path::{Path, PathBuf};
use std::time::Duration;

use anyhow::Context;
use clap::Args;
use cluster_protocol::{By, Role};

use crate::identity::{Token, check_name};

/// The port of a boot server if none is given.
const PORT: u16 = 19_400;

/// A length of time, such as `30s`; may be none.
pub fn duration(text: &str) -> Result<Duration, String> {
    bots::script::duration(text)
}

/// A length of time in milliseconds, as messages have it.
pub fn millis(time: Duration) -> u32 {
    u32::try_from(time.as_millis()).unwrap_or(u32::MAX)
}

/// An address, `HOST:PORT` or `HOST`.
pub fn address(text: &str) -> Result<SocketAddr, String> {
    let found = match text.to_socket_addrs() {
        Ok(found) => Ok(found),
        Err(_) => (text, PORT).to_socket_addrs(),
    };
    let mut found =
        found.map_err(|error| format!("`{text}` is no HOST:PORT that can be found: {error}"))?;
    found
        .next()
        .ok_or_else(|| format!("`{text}` has no address"))
}

/// An address to listen at, by which others can reach this machine.
pub fn own_address(text: &str) -> Result<SocketAddr, String> {
    let address = address(text)?;
    if address.ip().is_unspecified() {
        return Err(format!(
            "others cannot connect to {}; name the address that they reach this machine by",
            address.ip()
        ));
    }
    Ok(address)
}

/// The name of a node, a group or an operator.
pub fn name(text: &str) -> Result<String, String> {
    match check_name(text) {
        Ok(()) => Ok(text.into()),
        Err(error) => Err(error.to_string()),
    }
}

/// `NAME=VALUE`.
pub fn assignment(text: &str) -> Result<(String, String), String> {
    match text.split_once('=') {
        Some((name, value)) => Ok((self::name(name)?, value.into())),
        None => Err("NAME=VALUE is expected, such as STAKES=high".into()),
    }
}

/// How code is changed.
pub fn by(text: &str) -> Result<By, String> {
    match text {
        "process" => Ok(By::Process),
        "application" => Ok(By::Application),
        "restart" => Ok(By::Restart),
        _ => Err("process, application or restart is expected".into()),
    }
}

/// What a token lets somebody do.
pub fn role(text: &str) -> Result<Role, String> {
    match text {
        "node" => Ok(Role::Node),
        "view" => Ok(Role::View),
        "operate" => Ok(Role::Operate),
        "deploy" => Ok(Role::Deploy),
        "root" => Ok(Role::Root),
        _ => Err("node, view, operate, deploy or root is expected".into()),
    }
}

/// Where a token is.
#[derive(Args)]
pub struct TokenArguments {
    /// The file that the token is in, or - for standard input
    #[arg(long, value_name = "FILE")]
    token_file: Option<PathBuf>,
    /// The token itself; others on this machine can see it there
    #[arg(
        long,
        value_name = "TOKEN",
        env = "NODE_TOKEN",
        hide_env_values = true,
        conflicts_with = "token_file"
    )]
    token: Option<String>,
}

impl TokenArguments {
    /// The token, if there is one.
    ///
    /// # Errors
    /// If it cannot be read, or is none.
    pub fn read(&self) -> anyhow::Result<Option<Token>> {
        let text = match (&self.token_file, &self.token) {
            (Some(file), _) if file == Path::new("-") => {
                let mut text = String::new();
                let most = 4_096;
                io::stdin().take(most).read_to_string(&mut text)?;
                text
            }
            (Some(file), _) => fs::read_to_string(file)
                .with_context(|| format!("cannot read the token in {}", file.display()))?,
            (None, Some(token)) => token.clone(),
            (None, None) => return Ok(None),
        };
        Ok(Some(text.trim().parse()?))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_may_leave_out_its_port() {
        assert_eq!(address("127.0.0.1:80").unwrap().port(), 80);
        assert_eq!(address("127.0.0.1").unwrap().port(), PORT);
        assert!(address("").is_err());
        assert!(address("127.0.0.1:99999").is_err());
        assert!(own_address("0.0.0.0:80").is_err());
    }

    #[test]
    fn names_are_plain() {
        assert!(name("w1.rack-2_a").is_ok());
        for wrong in ["", "a b", "a/b", "ä", &"x".repeat(64)] {
            assert!(name(wrong).is_err(), "{wrong}");
        }
        assert_eq!(assignment("A=b=c").unwrap(), ("A".into(), "b=c".into()));
        assert!(assignment("A").is_err());
    }
}
