//! What the nodes of a cluster say to each other.
//!
//! Over TLS, both ways: [`Message`]s, each its tag in one byte, the length of
//! its body in four, and the body. Over UDP: [`Datagram`]s, sealed with the
//! cluster's key, that hold a [`GossipHeader`] and what membership adds to it.
//! What somebody vouches for is a [`Statement`], inside [`Signed`].
//!
//! [`PROTOCOL_VERSION`] grows when a message changes; bytes of each released
//! version are kept and stay readable. Messages of an unknown tag are kept as
//! [`Message::Other`], so that an older program can refuse them by name.
//!
//! ```
//! use cluster_protocol::{Fetch, Digest, Message};
//!
//! let fetch = Message::from(Fetch { hash: Digest([7; 32]), offset: 65_536 });
//! let bytes = pickler::encode(&fetch)?;
//! assert_eq!(bytes[..5], [16, 0, 0, 0, 40]);
//! assert_eq!(pickler::decode::<Message>(&bytes)?, fetch);
//! # Ok::<(), pickler::Error>(())
//! ```

mod application;
mod boot;
mod charter;
mod enrolment;
mod gossip;
mod link;
mod load;
mod message;
mod operator;
mod release;
mod statement;
mod sync;
mod types;

pub use application::*;
pub use boot::*;
pub use charter::*;
pub use enrolment::*;
pub use gossip::*;
pub use link::*;
pub use load::*;
pub use message::{Message, framing, protocol, schema};
pub use operator::*;
pub use release::*;
pub use statement::*;
pub use sync::*;
pub use types::*;

/// The version of the messages that this crate declares.
pub const PROTOCOL_VERSION: u16 = 1;

/// The most bytes of one framed message, its header included.
pub const MAX_MESSAGE: usize = 1 << 20;

/// The most bytes of one datagram.
pub const MAX_DATAGRAM: usize = 1_400;
