//! The poker-network protocol 2.0.0 (pokersource, 2011): its 170 messages, its
//! handshake and its framing, declared.
//!
//! Each family of messages is a module, each message a struct, and
//! [`Message`] is the table of all. Both ends send the [`HANDSHAKE`] first and
//! then messages; [`Stream`] reads what one end sends.
//!
//! ```
//! use pokersource::{Message, PokerTable};
//!
//! let create = PokerTable {
//!     name: "Sargas".into(),
//!     seats: 6,
//!     ..PokerTable::default()
//! };
//! assert_eq!(create.betting_structure, "2-4-limit");
//! let bytes = pickler::encode(&Message::from(create))?;
//! assert_eq!(bytes[0], 73);
//! # Ok::<(), pickler::Error>(())
//! ```
//!
//! # Where bytes are wrong
//!
//! The original implementation looked at a message's length only to know when
//! enough bytes had come; where a message ended was decided by its fields. So
//! one wrong byte could cost all that followed:
//!
//! | bytes | the original | here |
//! |---|---|---|
//! | a code that no message has | dropped that one byte and took the next for a code: it could wait forever for a message that was none | an error; the next message is read from where the length says |
//! | bytes left over behind the last field | taken for the next message | an error; likewise |
//! | a length shorter than the fields | the fields were read past it | an error; likewise |
//! | a string longer than the message | shortened in silence | an error; likewise |
//! | a count larger than the content | the connection failed, or the list was shortened and took the messages behind it | an error; likewise |
//! | an unknown message in a list | the connection failed | an error for the list; likewise |
//! | a length below 3 | the message was read all the same | an error; the stream is lost, since nobody knows where the next message begins |
//! | a boolean other than 0 and 1 | true in some messages, false in others | an error |
//! | another handshake | the connection was closed, or the handler failed; its last byte was not looked at | an error that shows what was expected and what was found |
//!
//! An error says at which byte and in which field it is. What is refused here
//! was never sent by the original: everything that it writes is read here, and
//! written back byte by byte the same.
//!
//! # Where facts were missing
//!
//! Three defaults were the greatest integer of the machine, which on a 64-bit
//! machine did not fit the field; here they are the 32-bit one, 2,147,483,647.
//! A seat 255 cannot be told from no seat and is refused on write.

#![allow(
    clippy::struct_excessive_bools,
    reason = "messages hold what the wire holds"
)]

mod handshake;
mod message;
mod stream;

pub mod account;
pub mod animation;
pub mod cashier;
pub mod chat;
pub mod core;
pub mod display;
pub mod hand;
pub mod history;
pub mod inferred;
pub mod monitor;
pub mod seat;
pub mod session;
pub mod stats;
pub mod table;
pub mod tourney;
pub mod types;

pub use self::core::*;
pub use account::*;
pub use animation::*;
pub use cashier::*;
pub use chat::*;
pub use display::*;
pub use hand::*;
pub use handshake::{HANDSHAKE, Handshake, HandshakeError};
pub use history::*;
pub use inferred::*;
pub use message::{Message, protocol, schema};
pub use monitor::*;
pub use seat::*;
pub use session::*;
pub use stats::*;
pub use stream::{Stream, StreamError};
pub use table::*;
pub use tourney::*;
pub use types::{PlayerRow, Str16};

/// What a player has in one currency.
pub type Money = types::Money<u32>;
/// Messages in one, lists among them.
pub type MessageList = core::MessageList<Message>;
/// What the server knows of a player, without what is private.
pub type PokerUserInfo = account::PokerUserInfo<u32>;
/// What the server knows of a player, with what is private. From a client:
/// change it.
pub type PokerPersonalInfo = account::PokerPersonalInfo<u32>;
/// Changes an account. `POKER_PERSONAL_INFO` answers, or an error.
pub type PokerSetAccount = account::PokerSetAccount<u32>;
/// Creates an account. `POKER_PERSONAL_INFO` answers, or an error with a code
/// of `POKER_SET_ACCOUNT`.
pub type PokerCreateAccount = account::PokerCreateAccount<u32>;
/// The tables that match a `POKER_TABLE_SELECT`.
pub type PokerTableList = table::PokerTableList<Message>;
/// The tournaments that match a `POKER_TOURNEY_SELECT`.
pub type PokerTourneyList = tourney::PokerTourneyList<Message>;
