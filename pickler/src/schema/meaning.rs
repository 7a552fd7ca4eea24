//! What a thing on the wire stands for.

use alloc::boxed::Box;
use alloc::string::String;
use alloc::sync::Arc;
use alloc::vec::Vec;

use super::Shape;
use crate::dynamic::Value;
use crate::picklers::TextEncoding;

/// What a thing on the wire stands for.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub enum Meaning {
    /// An integer that is not 0.
    NonZero,
    /// An integer of which not all values are allowed.
    Within {
        /// The least allowed.
        min: i128,
        /// The greatest allowed.
        max: i128,
    },
    /// An integer from 0, as packed decimal digits.
    Digits {
        /// The greatest allowed.
        max: u128,
    },
    /// An integer, as its zigzag: 0, -1, 1, -2 are 0, 1, 2, 3.
    ZigZag,
    /// A character, as its number; shown as text.
    Character,
    /// Text, as units in some encoding.
    Text(TextEncoding),
    /// An amount, as an integer of its parts; the value stays the integer, JSON
    /// shows it divided.
    Scaled {
        /// How many parts make one unit.
        scale: u64,
        /// The unit: `"EUR"`, `"ms"`; empty if it is not told.
        unit: String,
    },
    /// Flags, as bits of an integer; the value stays the integer, JSON shows a
    /// list of names.
    Flags {
        /// The names, in the order of the declaration.
        named: Vec<(Arc<str>, u128)>,
        /// Bits without a name are kept, at the end of the list as an integer.
        keeps: bool,
    },
    /// Nothing: what is on the wire is not looked at, and one value is written.
    Ignored {
        /// The value that is written.
        written: Value,
    },
    /// An IP address, as 4 or 16 bytes; shown as text.
    IpAddress,
    /// A UUID, as 16 bytes; shown as text.
    Uuid,
}

impl Meaning {
    /// A shape that stands for this.
    pub fn of(self, item: Shape) -> Shape {
        Shape::Means {
            item: Box::new(item),
            meaning: self,
        }
    }

    /// The value is what is on the wire; only some are refused.
    pub fn keeps_value(&self) -> bool {
        matches!(
            self,
            Self::NonZero | Self::Within { .. } | Self::Scaled { .. } | Self::Flags { .. }
        )
    }
}
