//! Text that is not UTF-8 on the wire.

mod character;
#[cfg(feature = "alloc")]
mod encoded;
mod encoding;

#[cfg(feature = "alloc")]
pub use encoded::{Encoded, TextOf, ascii, latin1, utf16};
pub use encoding::{Ascii, Latin1, TextEncoding, Utf16};
