//! Cuts a byte stream into messages, without doing I/O.
//!
//! A message that says its own length is a [`Frame`](Frames::next_frame) by
//! that length alone: whatever is wrong inside one frame, the next begins where
//! the length says. `#[derive(Pickle)]` on an enum with `length = ...` gives
//! its type [`Framed`].
//!
//! ```
//! use pickler::{Pickle, framing::{Framed, Frames}};
//!
//! #[derive(Pickle, Debug, PartialEq)]
//! #[pickle(tag = u8, length = u16, length_counts = message)]
//! enum Message {
//!     #[pickle(tag = 5)]
//!     Ping,
//!     #[pickle(tag = 6)]
//!     Serial { serial: u32 },
//! }
//!
//! let mut frames = Frames::new(Message::FRAMING);
//! frames.push(&[5, 0, 3, 6, 0, 7, 0, 0]);
//! let frame = frames.next_frame()?.expect("a whole frame is there");
//! assert_eq!(pickler::decode::<Message>(frame).unwrap(), Message::Ping);
//! assert_eq!(frames.next_frame()?, None);
//! frames.push(&[0, 9]);
//! let frame = frames.next_frame()?.expect("the rest has come");
//! assert_eq!(pickler::decode::<Message>(frame).unwrap(), Message::Serial { serial: 9 });
//! # Ok::<(), pickler::framing::FramingError>(())
//! ```
//!
//! Where a description is all that is known of messages, [`MessageFraming`] finds out
//! of it where they end: by that length, by one in a header around them, or by what
//! they hold.

#[cfg(feature = "alloc")]
mod endless;
#[cfg(feature = "alloc")]
mod frames;
#[cfg(feature = "alloc")]
mod header;
mod length_field;
#[cfg(feature = "alloc")]
mod message_framing;
mod place;
#[cfg(feature = "alloc")]
mod tag_field;
#[cfg(feature = "tokio")]
pub mod tokio;

#[cfg(feature = "alloc")]
pub use frames::Frames;
pub use length_field::{Cut, Framed, Framing, FramingError, LengthField};
#[cfg(feature = "alloc")]
pub use message_framing::{CutError, MessageFraming};
#[cfg(feature = "alloc")]
pub use tag_field::TagField;
