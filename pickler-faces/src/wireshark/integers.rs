//! Integers as Lua has them.

/// From here on, a number of Lua 5.2 is not exact.
const EXACT: u128 = 1 << 53;

/// An integer from 0.
pub fn unsigned(value: u128) -> String {
    if value < EXACT {
        value.to_string()
    } else {
        format!("int.parse(\"{value}\")")
    }
}

/// An integer.
pub fn signed(value: i128) -> String {
    if value.unsigned_abs() < EXACT {
        value.to_string()
    } else {
        format!("int.parse(\"{value}\")")
    }
}

/// Wireshark's type of field for an integer.
pub fn kind(bits: u32, signed: bool) -> &'static str {
    match (bits, signed) {
        (..=8, false) => "uint8",
        (9..=16, false) => "uint16",
        (17..=24, false) => "uint24",
        (25..=32, false) => "uint32",
        (33..=64, false) => "uint64",
        (..=8, true) => "int8",
        (9..=16, true) => "int16",
        (17..=24, true) => "int24",
        (25..=32, true) => "int32",
        (33..=64, true) => "int64",
        // Wireshark has none of more bits: its digits.
        (65.., _) => "string",
    }
}

/// The number that the bits of a tag are.
pub fn tag(bits: u128, width: Option<(u32, bool)>) -> String {
    match width {
        Some((width, true)) => {
            let unused = 128 - width;
            signed((bits << unused).cast_signed() >> unused)
        }
        _ => unsigned(bits),
    }
}

#[cfg(test)]
mod tests {
    use super::{tag, unsigned};

    #[test]
    fn literals_are_exact() {
        assert_eq!(unsigned((1 << 53) - 1), "9007199254740991");
        assert_eq!(unsigned(1 << 53), r#"int.parse("9007199254740992")"#);
        assert_eq!(tag(0xFF, Some((8, true))), "-1");
        assert_eq!(tag(0xFF, Some((8, false))), "255");
    }
}
