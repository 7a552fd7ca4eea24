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
    /// Code page 437, of the first PCs: a byte each.
    Cp437,
    /// Shift JIS, as browsers know it: one byte or two each.
    ShiftJis,
    /// A part of ISO 8859, from 2 on: a byte each. Parts 9 and 11 are, with a
    /// few characters more, Windows 1254 and 874.
    Iso8859(u8),
    /// A code page of Windows: a byte each.
    Windows(u16),
}

impl fmt::Display for TextEncoding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Ascii => f.write_str("ASCII"),
            Self::Latin1 => f.write_str("Latin-1"),
            Self::Utf16 => f.write_str("UTF-16"),
            Self::Cp437 => f.write_str("code page 437"),
            Self::ShiftJis => f.write_str("Shift JIS"),
            Self::Iso8859(part) => write!(f, "ISO 8859-{part}"),
            Self::Windows(page) => write!(f, "Windows {page}"),
        }
    }
}

impl TextEncoding {
    /// The word for it in declarations and specs.
    ///
    /// ```
    /// use pickler::picklers::TextEncoding;
    ///
    /// assert_eq!(TextEncoding::Iso8859(15).name().to_string(), "iso8859_15");
    /// ```
    pub fn name(self) -> impl fmt::Display {
        struct Name(TextEncoding);
        impl fmt::Display for Name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                match self.0 {
                    TextEncoding::Ascii => f.write_str("ascii"),
                    TextEncoding::Latin1 => f.write_str("latin1"),
                    TextEncoding::Utf16 => f.write_str("utf16"),
                    TextEncoding::Cp437 => f.write_str("cp437"),
                    TextEncoding::ShiftJis => f.write_str("shift_jis"),
                    TextEncoding::Iso8859(part) => write!(f, "iso8859_{part}"),
                    TextEncoding::Windows(page) => write!(f, "windows_{page}"),
                }
            }
        }
        Name(self)
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
