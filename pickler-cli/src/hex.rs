//! Hex digits as people write them.

use pickler::dynamic::json::{HexError, from_hex};

/// The bytes of hex digits; spaces, line ends, colons and `0x` in front of
/// digits mean nothing.
pub fn from_spaced_hex(text: &str) -> Result<Vec<u8>, HexError> {
    let apart = |c: char| c.is_ascii_whitespace() || c == ':';
    let digits: String = text
        .split(apart)
        .map(|word| {
            word.strip_prefix("0x")
                .or(word.strip_prefix("0X"))
                .unwrap_or(word)
        })
        .collect();
    from_hex(&digits)
}

#[cfg(test)]
mod tests {
    use super::from_spaced_hex;

    #[test]
    fn what_parts_hex_digits_means_nothing() {
        let bytes = Ok(vec![0x45, 0x00, 0x0F]);
        for text in ["45000f", "0x45 00:0F\n", "45 0 0 0f", " 0x45\t0x00 0X0f"] {
            assert_eq!(from_spaced_hex(text), bytes, "{text}");
        }
        assert!(from_spaced_hex("4500f").is_err());
        assert!(from_spaced_hex("450x0f").is_err());
    }
}
