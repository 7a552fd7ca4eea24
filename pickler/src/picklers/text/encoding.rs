//! Text encodings, as data.

use core::fmt;

/// How characters become units, other than as UTF-8.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum TextEncoding {
    /// A byte below 128 each.
    Ascii,
    /// ISO 8859-1: a byte each, U+0000 to U+00FF.
    Latin1,
    /// Units of 16 bits in byte order, two of them for characters past U+FFFF.
    Utf16,
}

impl fmt::Display for TextEncoding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Ascii => "ASCII",
            Self::Latin1 => "Latin-1",
            Self::Utf16 => "UTF-16",
        })
    }
}

/// [`TextEncoding::Ascii`] as a type.
#[derive(Clone, Copy, Debug)]
pub struct Ascii;
/// [`TextEncoding::Latin1`] as a type.
#[derive(Clone, Copy, Debug)]
pub struct Latin1;
/// [`TextEncoding::Utf16`] as a type.
#[derive(Clone, Copy, Debug)]
pub struct Utf16;
