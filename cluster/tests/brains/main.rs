//! One boot server's brain and the brains of several nodes, wired to each other
//! in memory, with hosts that only pretend to run something.

mod boots;
mod bounds;
mod chaos;
mod flood;
mod host;
mod hostile;
mod keys;
mod operators;
mod runs;
mod syncs;
mod world;
