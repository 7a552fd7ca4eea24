//! Packets and messages.

mod applications;
mod internet;
mod link;
mod media;
mod messaging;
mod security;
mod transport;
