//! The protocol of OpenPoker 0.97 (2005): its 47 messages, declared.
//!
//! A message is the length of what follows in two bytes, its code in one, and
//! its fields, all big-endian; there is no handshake. Each family of messages
//! is a module, each message a struct, and [`Message`] is the table of all.
//!
//! ```
//! use openpoker::{Cents, Join, Message};
//!
//! let join = Message::from(Join { gid: 3, seat: 1, buy_in: Cents(10_000) });
//! let bytes = pickler::encode(&join)?;
//! assert_eq!(bytes, [0, 10, 9, 0, 0, 0, 3, 1, 0, 0, 0x27, 0x10]);
//! assert_eq!(pickler::decode::<Message>(&bytes)?, join);
//! # Ok::<(), pickler::Error>(())
//! ```
//!
//! # Where bytes are wrong
//!
//! The original ended the connection at whatever it did not recognise, took
//! cards of a rank that there is not for no card, and overlooked bytes behind a
//! string that ends a message. Here each of these is an error that says what
//! and where, and the next message is read from where the length says. What the
//! original writes is read here, and written back byte by byte the same.
//!
//! An amount that was not whole lost its fraction of a cent on the wire, and
//! sometimes a cent, since it was a binary fraction; here amounts are whole
//! [`Cents`].

pub mod account;
pub mod hand;
pub mod lobby;
pub mod message;
pub mod seat;
pub mod session;
pub mod table;
pub mod types;

pub use account::*;
pub use hand::*;
pub use lobby::*;
pub use message::{Message, protocol, schema};
pub use seat::*;
pub use session::*;
pub use table::*;
pub use types::{Cents, Str8};
