//! How integers become bytes, as data.

use core::fmt;

use crate::error::ErrorKind;

/// How an integer becomes as many bytes as it needs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum VarintEncoding {
    /// Groups of 7 bits, the least significant first; a set high bit says that
    /// more come. A signed integer is written as its two's complement of 64
    /// bits (of 128, if it has more), as protobuf's `int32` and `int64` are.
    Leb128,
    /// Groups as of LEB128, of which the last is extended by its sign: DWARF's
    /// and WebAssembly's signed integers.
    Sleb128,
    /// The LEB128 of 0, -1, 1, -2, 2, ..., counted from 0: protobuf's `sint32`
    /// and `sint64`.
    ZigZag,
    /// 1, 2, 4 or 8 bytes in network order, as the first two bits say: RFC
    /// 9000, section 16. From 0 to 2^62 - 1.
    Quic,
    /// Groups of 7 bits, the most significant first: MIDI's. From 0.
    Vlq,
    /// LEB128 of at most four bytes: MQTT's variable byte integer. From 0.
    Mqtt,
    /// Groups of 7 bits, the least significant first, of which each that has
    /// others behind it says that they stand for 1 more: Kennedy's `nat`. From
    /// 0; no integer has two forms.
    Nat,
}

impl VarintEncoding {
    /// The name in declarations.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Leb128 => "leb128",
            Self::Sleb128 => "sleb128",
            Self::ZigZag => "zigzag",
            Self::Quic => "quic",
            Self::Vlq => "vlq",
            Self::Mqtt => "mqtt",
            Self::Nat => "nat",
        }
    }

    /// How many bytes an integer of so many bits takes at the most, over-long
    /// or not.
    pub const fn greatest_length(self, bits: u32) -> u32 {
        match self {
            Self::Quic => 8,
            Self::Mqtt => 4,
            // Over-long forms may be as long as those of 64 bits.
            _ if bits <= 64 => 10,
            _ => 19,
        }
    }

    /// The greatest integer, if the encoding itself sets one.
    const fn greatest(self) -> Option<i128> {
        match self {
            Self::Quic => Some((1 << 62) - 1),
            Self::Mqtt => Some((1 << 28) - 1),
            // The zigzag of more would have more than 128 bits.
            Self::ZigZag => Some(i128::MAX),
            Self::Leb128 | Self::Sleb128 | Self::Vlq | Self::Nat => None,
        }
    }
}

impl fmt::Display for VarintEncoding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

/// An integer from -2^127 to 2^128 - 1: its two's complement of 128 bits, and
/// its sign.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Wide {
    pub low: u128,
    pub negative: bool,
}

impl Wide {
    /// The nearest integer that an `i128` holds.
    pub fn saturated(self) -> i128 {
        if self.negative {
            self.low.cast_signed()
        } else {
            i128::try_from(self.low).unwrap_or(i128::MAX)
        }
    }
}

/// The integers that a varint may hold, and the forms that they may have.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct VarintFormat {
    /// How an integer becomes bytes.
    pub encoding: VarintEncoding,
    /// Width in bits of the integers that it may be, 8 to 128.
    pub bits: u32,
    /// They have a sign.
    pub signed: bool,
    /// Over-long forms are read, too.
    pub lenient: bool,
}

impl VarintFormat {
    /// The least and the greatest integer; of the greatest `u128`s, `i128`'s.
    pub(crate) fn bounds(self) -> (i128, i128) {
        let mask = u128::MAX >> (128 - self.bits);
        let (min, max) = if self.signed {
            (-1_i128 << (self.bits - 1), (mask >> 1).cast_signed())
        } else {
            (0, i128::try_from(mask).unwrap_or(i128::MAX))
        };
        let min = match self.encoding {
            VarintEncoding::Quic
            | VarintEncoding::Vlq
            | VarintEncoding::Mqtt
            | VarintEncoding::Nat => 0,
            _ => min,
        };
        (min, self.encoding.greatest().map_or(max, |it| max.min(it)))
    }

    pub(crate) fn holds(self, value: Wide) -> bool {
        let (min, max) = self.bounds();
        if value.negative {
            value.low.cast_signed() >= min
        } else {
            match i128::try_from(value.low) {
                Ok(value) => value <= max,
                Err(_) => self.bits == 128 && !self.signed && self.encoding.greatest().is_none(),
            }
        }
    }

    #[cold]
    pub(super) fn refusal(self, value: i128) -> ErrorKind {
        let (min, max) = self.bounds();
        ErrorKind::OutOfRange { value, min, max }
    }

    /// What groups of 7 bits carry of a value, for [`value`](Self::value).
    #[inline(always)]
    pub(super) fn carried(self, value: Wide) -> u128 {
        match self.encoding {
            VarintEncoding::Leb128 if self.signed && self.bits <= 64 => {
                value.low & u128::from(u64::MAX)
            }
            VarintEncoding::ZigZag => (value.low << 1) ^ if value.negative { u128::MAX } else { 0 },
            _ => value.low,
        }
    }

    /// The value that groups of 7 bits carry; of SLEB128, `negative` says
    /// which half it is in.
    #[inline(always)]
    pub(super) fn value(self, carried: u128, negative: bool) -> Wide {
        let signed = |low: i128| Wide {
            low: low.cast_unsigned(),
            negative: low < 0,
        };
        match self.encoding {
            VarintEncoding::Leb128 if self.signed => {
                if self.bits > 64 {
                    signed(carried.cast_signed())
                } else {
                    match u64::try_from(carried) {
                        Ok(carried) => signed(carried.cast_signed().into()),
                        // Refused: it fits no 64 bits.
                        Err(_) => Wide {
                            low: carried,
                            negative: false,
                        },
                    }
                }
            }
            VarintEncoding::ZigZag => {
                let odd = carried & 1 == 1;
                signed(((carried >> 1) ^ if odd { u128::MAX } else { 0 }).cast_signed())
            }
            _ => Wide {
                low: carried,
                negative,
            },
        }
    }

    /// How many bytes the shortest form of a value takes.
    pub(super) fn least_length(self, value: Wide) -> u32 {
        let significant = |carried: u128| 128 - carried.leading_zeros();
        match self.encoding {
            VarintEncoding::Quic => match significant(value.low) {
                0..=6 => 1,
                7..=14 => 2,
                15..=30 => 4,
                _ => 8,
            },
            VarintEncoding::Sleb128 => {
                let magnitude = if value.negative {
                    !value.low
                } else {
                    value.low
                };
                // One more bit tells the sign.
                (significant(magnitude) + 1).div_ceil(7)
            }
            VarintEncoding::Nat => {
                let (mut left, mut length) = (value.low, 1);
                while left >= 0x80 {
                    left = (left >> 7) - 1;
                    length += 1;
                }
                length
            }
            _ => significant(self.carried(value)).div_ceil(7).max(1),
        }
    }
}
