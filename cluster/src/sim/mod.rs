//! A seeded simulator of the event loop: machines, a network with faults, and
//! time that passes as fast as it can be worked off.
//!
//! The machines are those that run behind sockets, unchanged: they take the
//! time and an input, and say what to send. A [`World`] runs them; everything
//! that happens by chance in it follows from one seed, so that a run can be
//! repeated to the last byte ([`Trace`] proves it). A [`Scenario`] sets up a
//! world, lets [`Faults`] loose on it that end some time, and says which
//! properties must hold: [`check`] tries one seed and, if a property does not
//! hold, names the command that repeats it.

pub mod cluster;
mod event;
mod faults;
mod link;
mod machine;
pub mod membership;
mod network;
mod random;
mod scenario;
#[cfg(test)]
mod tests;
mod trace;
mod world;

pub use faults::{Fault, Faults};
pub use link::LinkId;
pub use machine::{Birth, Clock, Effects, Input, Machine, Place};
pub use network::{Conditions, Network};
pub use random::Random;
pub use scenario::{Failure, Scenario, Summary, check};
pub use trace::Trace;
pub use world::World;
