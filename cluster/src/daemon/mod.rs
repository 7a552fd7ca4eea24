//! The processes: a node, and the boot server. Sockets, clocks, files and
//! applications around the brains, which decide.

pub mod boot_server;
mod exchange;
mod handover;
mod kept;
mod link;
mod program;
pub mod worker;

/// Says something to whoever watches this process.
fn note(text: &str) {
    eprintln!("{}", text.replace(|c: char| c.is_control(), "\u{FFFD}"));
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
