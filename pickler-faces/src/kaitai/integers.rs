//! Integers as Kaitai Struct has them.

use pickler::cursor::{BitOrder, ByteOrder};

/// Byte order and bit order.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Orders {
    pub little: bool,
    pub lsb: bool,
}

impl Orders {
    /// What a description begins with.
    pub const NETWORK: Self = Self {
        little: false,
        lsb: false,
    };

    pub fn with(self, bytes: Option<ByteOrder>, bits: Option<BitOrder>) -> Self {
        Self {
            little: bytes.map_or(self.little, |bytes| bytes == ByteOrder::Little),
            lsb: bits.map_or(self.lsb, |bits| bits == BitOrder::Lsb),
        }
    }

    /// What a type is called that is there in another order, too.
    pub fn suffix(self) -> &'static str {
        match (self.little, self.lsb) {
            (false, false) => "",
            (true, false) => "_le",
            (false, true) => "_lsb",
            (true, true) => "_le_lsb",
        }
    }
}

/// The type of an integer, and whether its sign is still to be told; `None` if
/// there is no such type.
pub fn kind(bits: u32, signed: bool, orders: Orders) -> Option<(String, bool)> {
    let sign = if signed { 's' } else { 'u' };
    let end = if orders.little { "le" } else { "be" };
    match bits {
        8 => Some((format!("{sign}1"), false)),
        16 | 32 | 64 => Some((format!("{sign}{}{end}", bits / 8), false)),
        1..=64 => {
            let end = match (orders.little, orders.lsb) {
                (false, false) => "be",
                (true, true) => "le",
                // Of at most a byte, the byte order does not matter; of whole
                // bytes, the bit order does not.
                (_, lsb) if bits < 8 => {
                    if lsb {
                        "le"
                    } else {
                        "be"
                    }
                }
                (little, _) if bits.is_multiple_of(8) => {
                    if little {
                        "le"
                    } else {
                        "be"
                    }
                }
                _ => return None,
            };
            Some((format!("b{bits}{end}"), signed))
        }
        _ => None,
    }
}

/// The type of an integer that does not start on a byte boundary.
pub fn kind_within_byte(bits: u32, signed: bool, orders: Orders) -> Option<(String, bool)> {
    let end = match (orders.little, orders.lsb) {
        (false, false) => "be",
        (true, true) => "le",
        (_, lsb) if bits <= 8 => {
            if lsb {
                "le"
            } else {
                "be"
            }
        }
        _ => return None,
    };
    (1..=64)
        .contains(&bits)
        .then(|| (format!("b{bits}{end}"), signed))
}

#[cfg(test)]
mod tests {
    use super::{Orders, kind};

    #[test]
    fn kinds() {
        let little = Orders {
            little: true,
            lsb: false,
        };
        let named = |bits, signed, orders| kind(bits, signed, orders);
        assert_eq!(named(32, true, little), Some(("s4le".into(), false)));
        assert_eq!(
            named(12, true, Orders::NETWORK),
            Some(("b12be".into(), true))
        );
        assert_eq!(named(24, false, little), Some(("b24le".into(), false)));
        assert_eq!(named(12, false, little), None);
        assert_eq!(named(128, false, little), None);
    }
}
