//! Bytes as hexadecimal digits.

use alloc::string::String;
use alloc::vec::Vec;
use core::fmt;

/// Bytes as lower-case hexadecimal digits.
///
/// ```
/// assert_eq!(pickler::dynamic::json::to_hex(&[0x0C, 0xA5]), "0ca5");
/// ```
pub fn to_hex(bytes: &[u8]) -> String {
    let digit = |nibble: u8| char::from(b"0123456789abcdef"[usize::from(nibble)]);
    bytes
        .iter()
        .flat_map(|byte| [digit(byte >> 4), digit(byte & 15)])
        .collect()
}

/// The bytes of hexadecimal digits, two for each byte, without spaces.
///
/// ```
/// use pickler::dynamic::json::from_hex;
///
/// assert_eq!(from_hex("0cA5").unwrap(), [0x0C, 0xA5]);
/// assert_eq!(from_hex("0c5").unwrap_err().to_string(), "an odd number of hex digits");
/// assert_eq!(from_hex("0cg5").unwrap_err().to_string(), "`g` is no hex digit");
/// ```
pub fn from_hex(text: &str) -> Result<Vec<u8>, HexError> {
    if let Some(character) = text.chars().find(|c| !c.is_ascii_hexdigit()) {
        return Err(HexError::NoDigit(character));
    }
    let (pairs, odd) = text.as_bytes().as_chunks::<2>();
    if !odd.is_empty() {
        return Err(HexError::OddCount);
    }
    let nibble = |digit: u8| match digit {
        b'0'..=b'9' => digit - b'0',
        _ => (digit | 0x20) - b'a' + 10,
    };
    Ok(pairs
        .iter()
        .map(|[high, low]| nibble(*high) << 4 | nibble(*low))
        .collect())
}

/// What is wrong with a hexadecimal text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum HexError {
    /// A digit is missing or too many.
    OddCount,
    /// Something that is no digit.
    NoDigit(char),
}

impl core::error::Error for HexError {}

impl fmt::Display for HexError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::OddCount => f.write_str("an odd number of hex digits"),
            Self::NoDigit(character) => write!(f, "`{}` is no hex digit", character.escape_debug()),
        }
    }
}
