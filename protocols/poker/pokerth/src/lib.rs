//! The network protocol 5.1 of PokerTH: its 81 messages, declared.
//!
//! A message is a protobuf message behind its size in four bytes; there is no
//! handshake. Each family of messages is a module, each message a struct, and
//! [`Message`] is the table of all.
//!
//! ```
//! use pokerth::{LeaveGameRequestMessage, Message};
//!
//! let leave = Message::from(LeaveGameRequestMessage { game_id: 300 });
//! let bytes = pickler::encode(&leave)?;
//! assert_eq!(bytes, [0, 0, 0, 8, 0x08, 31, 0x82, 0x02, 3, 0x08, 0xAC, 0x02]);
//! assert_eq!(pickler::decode::<Message>(&bytes)?, leave);
//! # Ok::<(), pickler::Error>(())
//! ```
//!
//! # Where bytes are wrong
//!
//! The original read whatever protobuf's runtime did: it passed over unknown
//! fields, cut integers to 32 bits, took fields in any order and the last of
//! several. Behind what it could not read, it read nothing more until its
//! buffer was full. Here unknown fields, integers that do not fit and varints
//! longer than they need be are errors that say what and where, and the next
//! message is read from where the length says; in a message, the fields of the
//! frame come in order. What the original writes is read here, and written back
//! byte by byte the same.

#![allow(
    missing_docs,
    reason = "fields and names of values are the original's, and say what they are"
)]
#![allow(
    clippy::enum_variant_names,
    clippy::struct_field_names,
    clippy::struct_excessive_bools,
    reason = "names and fields are the original's"
)]

pub mod admin;
pub mod avatar;
pub mod chat;
pub mod game;
pub mod hand;
pub mod invite;
pub mod kick;
pub mod lobby;
pub mod message;
pub mod report;
pub mod session;
pub mod stats;
pub mod timeout;
pub mod types;

pub use admin::*;
pub use avatar::*;
pub use chat::*;
pub use game::*;
pub use hand::*;
pub use invite::*;
pub use kick::*;
pub use lobby::*;
pub use message::{Message, protocol, schema};
pub use report::*;
pub use session::*;
pub use stats::*;
pub use timeout::*;
pub use types::*;
