//! Declare a binary wire format once, get everything else.
//!
#![cfg_attr(feature = "derive", doc = "```")]
#![cfg_attr(not(feature = "derive"), doc = "```ignore")]
//! use pickler::{ByteString, Pickle};
//!
//! /// One byte says which message it is, two bytes how long its body is.
//! #[derive(Pickle, Debug, PartialEq)]
//! #[pickle(tag = u8, length = u16)]
//! enum Message {
//!     #[pickle(tag = 5)]
//!     Ping,
//!     #[pickle(tag = 69)]
//!     Bet {
//!         player: u32,
//!         #[pickle(bits = 4)]
//!         seat: u8,
//!         #[pickle(bits = 12)]
//!         amount: u16,
//!         #[pickle(count = u8)]
//!         comment: ByteString,
//!     },
//! }
//!
//! let bet = Message::Bet { player: 7, seat: 3, amount: 100, comment: "all in".into() };
//! let bytes = pickler::encode(&bet)?;
//! assert_eq!(bytes, b"\x45\0\x0D\0\0\0\x07\x30\x64\x06all in");
//! assert_eq!(pickler::decode::<Message>(&bytes)?, bet);
//!
//! // What is wrong, and where.
//! let error = pickler::decode::<Message>(&bytes[..6]).unwrap_err();
//! assert_eq!(error.to_string(), "Message.Bet: needs 13 bytes, 3 bytes left, at byte 3");
//! # Ok::<(), pickler::Error>(())
//! ```
//!
//! | for | see |
//! |---|---|
//! | what a declaration can say | [`#[derive(Pickle)]`](macro@Pickle), the table of all attributes; [`reference`](mod@reference), a page for each subject |
//! | a first format, step by step | [`tutorial`] |
//! | bytes to values and back | [`decode`], [`encode`] and their like; [`Error`], which says what is wrong and where |
//! | what the derive does not do for a type | [`picklers`], which combine; [`Pickle`], which a type can implement itself |
//! | input that comes in pieces | [`framing`], for messages that say how long they are; [`stream`], for others |
//! | hostile input | [`Limits`] |
//! | formats known only when the program runs | [`schema`], which describes them; [`dynamic`], which reads and writes by that |
//! | tests | [`generate`], values of any declared type; [`laws`], what holds of them |
//!
//! # Features
//!
//! `std`, which brings `alloc`, and `derive` are on unless default features are turned
//! off. Without `alloc`, records of integers, bits, arrays and borrowed slices are left.
//!
//! | feature | brings |
//! |---|---|
//! | `bytes` | fields of the type `bytes::Bytes`, parts of the input |
//! | `tokio` | an adapter of the framing for `tokio_util::codec` |
//! | `json` | values to JSON and back, by a schema |
//! | `crc`, `digest` | checksums of the CRC family; MD5, SHA-1 and SHA-256 |
//! | `uuid` | `uuid::Uuid` |
//! | `encodings` | text in Shift JIS, ISO 8859 and code pages of Windows |
//! | `flate2` | what is compressed: `compression = zlib` |
//! | `deku` | fields of types that derive deku's traits |
//! | `miette` | errors as diagnostics, with the place in a hexdump |
//! | `arbitrary`, `proptest` | values for fuzzers and property tests |
#![no_std]
#![allow(
    clippy::inline_always,
    reason = "measured: without it, encodes take up to twice and decodes three times as long"
)]
#![allow(
    clippy::cast_possible_truncation,
    clippy::cast_possible_wrap,
    clippy::cast_sign_loss,
    reason = "a codec takes integers apart; where a value must fit, that is checked before"
)]
#![cfg_attr(
    not(feature = "alloc"),
    allow(
        clippy::result_large_err,
        clippy::drop_non_drop,
        clippy::forget_non_drop,
        reason = "without a heap, an error stands where it is made"
    )
)]

#[cfg(feature = "alloc")]
extern crate alloc;
#[cfg(feature = "std")]
extern crate std;
// The derive names this crate `::pickler`, here as elsewhere.
extern crate self as pickler;

mod codec;
mod context;
mod error;
#[cfg(feature = "alloc")]
mod names;
mod pickle;
mod tagged;
mod view;
mod width;
mod with_alloc;

pub mod cursor;
#[cfg(feature = "alloc")]
pub mod dynamic;
pub mod framing;
#[cfg(feature = "alloc")]
pub mod generate;
#[doc(hidden)]
pub mod generated;
#[cfg(feature = "alloc")]
pub mod laws;
pub mod picklers;
#[cfg(all(any(doc, doctest), feature = "derive"))]
pub mod reference;
pub mod schema;
pub mod stream;
#[cfg(all(any(doc, doctest), feature = "derive", feature = "std"))]
pub mod tutorial;
pub mod types;

#[cfg(feature = "bytes")]
pub use codec::decode_bytes;
pub use codec::{decode, decode_prefix, decode_with_limits, encode_to_slice, encoded_len};
#[cfg(feature = "alloc")]
pub use codec::{encode, encode_into};
pub use context::{Contextual, Misfit, Parameter, PickleWith};
pub use cursor::Limits;
#[cfg(feature = "miette")]
pub use error::Diagnosis;
pub use error::{DisplayWith, Error, ErrorKind, Step, Text};
#[cfg(feature = "alloc")]
pub use names::nearest;
pub use pickle::{Pickle, PickleOwned};
#[cfg(feature = "derive")]
pub use pickler_derive::Pickle;
pub use picklers::Pickler;
pub use tagged::{Direction, Tagged};
#[cfg(feature = "alloc")]
pub use types::ByteString;
pub use types::Derived;
pub use view::View;
pub use width::Width;

/// The README's example runs, too.
#[cfg(all(doctest, feature = "derive"))]
#[doc = include_str!("../../README.md")]
struct Readme;
