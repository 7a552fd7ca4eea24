//! The processes: a node, and the boot server. Sockets, clocks, files and
//! applications around the brains, which decide.

pub mod boot_server;
mod exchange;
mod handover;
mod kept;
mod link;
mod program;
pub mod worker;

pub use handover::Handover;

use std::io::{self, Write};

/// Says something to whoever watches this process. If nobody does any more, it
/// goes on all the same.
fn note(text: &str) {
    let text = text.replace(|c: char| c.is_control(), "\u{FFFD}");
    let _ = writeln!(io::stderr(), "{text}");
}

/// Says where it listens, for whoever has started this process.
fn say(text: &str) {
    let _ = writeln!(io::stdout(), "{text}");
}

/// A random number.
///
/// # Errors
/// If the system has none to give.
fn random() -> Result<u64, getrandom::Error> {
    let mut bytes = [0; 8];
    getrandom::fill(&mut bytes)?;
    Ok(u64::from_be_bytes(bytes))
}
