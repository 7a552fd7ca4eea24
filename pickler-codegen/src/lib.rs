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
//! A type that has no name in the schema, such as a record within a field, gets one in
//! Rust, which is made of those around it, and is `inline`: it is described in place. One
//! that looks at what is around it is given that (`context`), and has a name.
//!
//! # Code
//!
//! A mapping (`try_map`) and what is opaque have a name in a description, but what
//! they do is not there. It is in a module that is written by hand, of which the
//! source uses, for each name, a type and a function that gives the pickler:
//!
//! ```
//! mod codecs {
//!     use pickler::Pickler;
//!     use pickler::picklers::{leb128, opaque, try_map};
//!
//!     /// For `opaque "number"`.
//!     pub type Number = u32;
//!     pub fn number<'de>() -> impl Pickler<'de, Value = Number> {
//!         opaque("number", leb128())
//!     }
//!
//!     /// For `u16 mapped "milliseconds"`.
//!     pub type Milliseconds = std::time::Duration;
//!     pub fn milliseconds<'de, P>(wire: P) -> impl Pickler<'de, Value = Milliseconds>
//!     where
//!         P: Pickler<'de, Value = u16>,
//!     {
//!         try_map(
//!             wire,
//!             "milliseconds",
//!             |it: u16| Ok::<_, &str>(Milliseconds::from_millis(it.into())),
//!             |time: &Milliseconds| u16::try_from(time.as_millis()).map_err(|_| "longer than a minute"),
//!         )
//!     }
//! }
//! ```
//!
//! A comment in the source says which there must be.
//!
//! # What cannot be told
//!
//! What no declaration says, such as a union without variants. It is [`Unsayable`],
//! which names the place.

mod attributes;
mod codecs;
mod combinators;
mod context;
mod declared;
mod defaults;
mod error;
mod expression;
mod facts;
mod field;
mod item;
mod literal;
mod names;
mod odd;
mod protocol;
mod source;
mod types;
mod value;
mod whole;

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
    protocol::file(protocol)
}

/// The same types and function as tokens, which stand in any module: nothing is
/// imported. `codecs` is the path of the module in which what only code can say is,
/// if there is one.
///
/// # Errors
/// Where something of the format cannot be told in Rust.
pub fn types(protocol: &Protocol, codecs: Option<&TokenStream>) -> Result<TokenStream, Unsayable> {
    protocol::types(protocol, codecs)
}
