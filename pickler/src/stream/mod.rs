//! Values from a stream in which nothing says where one ends but the value
//! itself.
//!
//! A value that is merely short is no error: [`decode_prefix`] answers how many
//! more bytes it needs, at the least, and [`Decoder`] waits for them. What a
//! length confines is another matter: the piece is all there when it is read,
//! so that a part which does not fit is an error, however the stream goes on.
//!
//! Messages that say their length at a fixed place are cut apart faster by
//! [`framing`](crate::framing).
//!
//! ```
//! use pickler::{Pickle, stream::Decoder};
//!
//! #[derive(Pickle, Debug, PartialEq)]
//! struct Line {
//!     number: u16,
//!     #[pickle(count = u8)]
//!     text: String,
//! }
//!
//! let mut lines = Decoder::<Line>::new();
//! lines.push(b"\0\x01\x05he");
//! assert_eq!(lines.next_value()?, None);
//! assert_eq!(lines.missing(), 3);
//! lines.push(b"llo\0\x02\0");
//! let line = lines.next_value()?.expect("it is all there");
//! assert_eq!(line, Line { number: 1, text: "hello".into() });
//! assert_eq!(lines.next_value()?, Some(Line { number: 2, text: "".into() }));
//! # Ok::<(), pickler::Error>(())
//! ```

#[cfg(feature = "alloc")]
mod decoder;
mod prefix;

#[cfg(feature = "alloc")]
pub use decoder::Decoder;
pub use prefix::{Prefix, decode_prefix};
