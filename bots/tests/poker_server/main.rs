//! The poker server over real sockets, on the loopback interface.

// Snapshots are written with them.
#![allow(clippy::needless_raw_string_hashes)]

mod chaos;
mod client;
mod hostile;
mod load;
mod reconnecting;
mod session;
mod tables;
