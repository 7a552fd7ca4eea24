//! Declare a binary wire format once, get everything else.
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
