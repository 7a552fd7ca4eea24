//! Packets and messages.

mod internet;
mod link;
mod transport;
