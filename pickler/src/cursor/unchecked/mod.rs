//! The one place with `unsafe`: a cursor seen under other type parameters, and
//! what a `Vec` or a `str` cannot do as quickly when each step is checked.

#[cfg(feature = "alloc")]
mod append;
mod cast;
mod text;

#[cfg(feature = "alloc")]
pub(crate) use append::copied;
#[cfg(feature = "alloc")]
pub(super) use append::{append, append_each, append_slice};
#[cfg(feature = "alloc")]
pub(crate) use text::owned_text;
pub use text::utf8;
