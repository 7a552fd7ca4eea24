//! The engine: one thread for each core, on it one event loop, one Luau state
//! and a share of the bots.
//!
//! [`start`] begins a run and gives a [`Run`]: its [`live`](Run::live) counts,
//! a [`Stopper`], and at its end a [`RunOutcome`]. While it goes on, its
//! [`Control`] changes the code of its bots, looks into them, and sets their
//! environment.

mod change;
mod config;
mod connection;
mod control;
mod gate;
mod greeting;
mod mail;
mod orders;
mod recording;
mod roster;
mod run;
mod shard;

pub use change::{Change, ChangeError, ChangeOutcome, ChangeProgress};
pub use config::{RunConfig, StartError};
pub use control::Control;
pub use recording::Recording;
pub use run::{Run, RunOutcome, Stopper, shares, start};
pub use shard::try_scripts;

#[cfg(test)]
mod tests;
