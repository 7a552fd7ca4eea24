//! Rust source from descriptions: what a person would have written who declares
//! the same protocol.
//!
//! Types to schema to Rust to schema leads back to where it began: what
//! `Schema::of` says of the generated types is the schema that they were made of,
//! docstrings included.
//!
//! ```
//! use pickler::{ByteString, Pickle};
//! use pickler::schema::{Protocol, Schema};
//!
//! /// What players and server say to each other.
//! #[derive(Pickle)]
//! #[pickle(tag = u8, length = u16)]
//! enum Message {
//!     Ping,
//!     /// Says something.
//!     Say { #[pickle(rest)] text: String },
//! }
//!
//! let protocol = Protocol::new("chat", Schema::of::<Message>()).version("1.0");
//! let source = pickler_codegen::rust(&protocol)?;
//! assert!(source.ends_with(
//!     r#"
//! /// What players and server say to each other.
//! #[derive(Pickle, Clone, Debug, PartialEq)]
//! #[pickle(tag = u8, length = u16)]
//! pub enum Message {
//!     #[pickle(tag = 0)]
//!     Ping,
//!     /// Says something.
//!     #[pickle(tag = 1)]
//!     Say { #[pickle(rest)] text: String },
//! }
//! "#,
//! ));
//! # Ok::<(), pickler_codegen::Unsayable>(())
//! ```
//!
//! # What cannot be told
//!
//! Code: a mapping (`try_map`) and what is opaque have a name in a description,
//! but what they do is not there. And what no declaration says, such as a record
//! within a field that is no type by itself. Both are [`Unsayable`], which names
//! the place.

mod attributes;
mod combinators;
mod context;
mod declared;
mod error;
mod expression;
mod facts;
mod field;
mod item;
mod literal;
mod names;
mod protocol;
mod source;
mod types;
mod value;

pub use declared::declared;
pub use error::Unsayable;

use pickler::schema::Protocol;
use proc_macro2::TokenStream;

/// One Rust file that declares a protocol: its types in the order of the
/// schema, and a function `protocol()` that gives it back.
///
/// It needs `pickler` with the feature `derive`, and those of what the format
/// uses: `crc` for checksums, `encodings` for text, and so on.
///
/// What the types say of themselves is what [`declared`] makes of the schema.
///
/// # Errors
/// Where something of the format cannot be told in Rust.
pub fn rust(protocol: &Protocol) -> Result<String, Unsayable> {
    let items = protocol::items(protocol, false)?;
    protocol::file(protocol, &items)
}

/// The same types and function as tokens, which stand in any module: nothing is
/// imported.
///
/// # Errors
/// Where something of the format cannot be told in Rust.
pub fn types(protocol: &Protocol) -> Result<TokenStream, Unsayable> {
    let items = protocol::items(protocol, true)?;
    Ok(items.into_iter().collect())
}
