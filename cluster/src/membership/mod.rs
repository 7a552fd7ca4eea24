//! Who is there: membership, as a machine without sockets and clock.
//!
//! [`Membership`] is told the time, datagrams and what peers said in an
//! exchange; it says what to send, with whom to exchange, and who came and
//! went. Behind it stands an [`Engine`]; [`Local`] is SWIM, by the crate `foca`.
//!
//! Gossip by datagrams is fast and may lose things; so every ten seconds a node
//! exchanges all that it knows with one other, over TCP. Without that, the last
//! of a thousand nodes hears of all others after a quarter of an hour.

mod config;
mod contact;
mod engine;
mod error;
mod event;
mod local;
mod machine;
mod merge;
#[cfg(test)]
mod tests;

pub use config::Config;
pub use contact::Contact;
pub use engine::Engine;
pub use error::Error;
pub use event::MemberEvent;
pub use local::Local;
pub use machine::Membership;

/// The most bytes that a datagram holds before it is sealed: the key's number,
/// the nonce and what authenticates it take the rest.
pub const MAX_PLAIN: usize = cluster_protocol::MAX_DATAGRAM - 32;

/// The latest generation that is believed, in milliseconds since 1970: far from
/// the greatest number, so that there is always a later one to rejoin with.
pub const MAX_GENERATION: u64 = 1 << 53;
