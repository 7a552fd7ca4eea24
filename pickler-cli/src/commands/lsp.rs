//! `pickler lsp`: what editors are told of specs.

use std::io::{stdin, stdout};

use anyhow::Result;

use crate::lsp::{Ended, Server, read, write};
use crate::report::Outcome;

/// Answers an editor on standard input and output until it says that it is over.
pub fn run() -> Result<Outcome> {
    let (mut input, mut output) = (stdin().lock(), stdout().lock());
    let mut server = Server::default();
    while let Some(message) = read(&mut input)? {
        let mut written = Ok(());
        let ended = server.handle(&message, &mut |answer| {
            if written.is_ok() {
                written = write(&answer, &mut output);
            }
        });
        written?;
        match ended {
            Some(Ended { in_order: true }) => return Ok(Outcome::Done),
            // The protocol wants 1.
            Some(Ended { in_order: false }) => return Ok(Outcome::DoesNotHold),
            None => {}
        }
    }
    anyhow::bail!("the input ends without `exit`")
}
