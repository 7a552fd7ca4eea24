//! Text that is not UTF-8 on the wire.

#[cfg(feature = "alloc")]
mod by_table;
mod character;
#[cfg(feature = "alloc")]
mod code_page;
#[cfg(feature = "alloc")]
mod encoded;
mod encoding;

#[cfg(feature = "alloc")]
pub use by_table::{
    EncodedBy, cp437, iso8859_2, iso8859_3, iso8859_4, iso8859_5, iso8859_6, iso8859_7, iso8859_8,
    iso8859_10, iso8859_13, iso8859_14, iso8859_15, iso8859_16, shift_jis, windows_874,
    windows_1250, windows_1251, windows_1252, windows_1253, windows_1254, windows_1255,
    windows_1256, windows_1257, windows_1258,
};
#[cfg(feature = "alloc")]
pub(crate) use code_page::{decode_bytes, encode_bytes};
#[cfg(feature = "alloc")]
pub use encoded::{Encoded, TextOf, ascii, latin1, utf16};
pub use encoding::{Ascii, Latin1, TextEncoding, Utf16};
