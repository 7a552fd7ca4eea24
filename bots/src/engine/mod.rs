//! The engine: one thread for each core, on it one event loop, one Luau state
//! and a share of the bots.
//!
//! [`start`] begins a run and gives a [`Run`]: its [`live`](Run::live) counts,
//! a [`Stopper`], and at its end a [`RunOutcome`].

mod config;
mod connection;
mod greeting;
mod run;
mod shard;

pub use config::{RunConfig, StartError};
pub use run::{Run, RunOutcome, Stopper, shares, start};
pub use shard::Recording;

#[cfg(test)]
mod tests;
