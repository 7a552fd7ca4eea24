//! What has no parts, and what few values stand for.

use alloc::boxed::Box;
use alloc::string::ToString;
use alloc::vec::Vec;

use super::{Made, Maker, Place};
use crate::dynamic::Value;
use crate::generate::Choices;
use crate::schema::{Count, Enumeration, Other, Shape, VarintEncoding, VarintFormat};

impl Maker<'_> {
    /// A width in bits: of whole bytes, or any.
    fn width(&mut self, whole: bool) -> u32 {
        let most = if self.up_to(3) == 0 { 16 } else { 4 };
        if whole {
            // Fits: 128 at most, as below.
            8 + 8 * self.up_to(most - 1) as u32
        } else {
            1 + self.up_to(8 * most - 1) as u32
        }
    }

    pub(super) fn prefix(&mut self, whole: bool) -> Shape {
        let bits = if whole { 8 } else { 2 + self.up_to(10) as u32 };
        Shape::Integer {
            bits,
            signed: self.up_to(3) == 3,
        }
    }

    pub(super) fn leaf(&mut self, place: Place) -> Made {
        let bits = self.width(place.whole);
        let whole = bits.is_multiple_of(8);
        let integer = |signed| Shape::Integer { bits, signed };
        let mask = u128::MAX >> (128 - bits);
        let room = true;
        let shape = match self.up_to(10) {
            0 | 1 => integer(false),
            2 => integer(true),
            3 => Shape::Bool { bits },
            4 => {
                return Made::whole(Shape::Float {
                    bits: [32, 64][self.index(2)],
                });
            }
            5 | 6 => return self.counted(place),
            7 => Shape::Optional {
                item: Box::new(integer(false)),
                none: Value::Unsigned(self.up_to(mask)),
            },
            8 => Shape::Constant {
                item: Box::new(integer(false)),
                value: Value::Unsigned(self.up_to(mask)),
            },
            9 => Shape::Shown {
                item: Box::new(integer(false)),
                pairs: Vec::from([
                    (Value::Unsigned(0), Value::Null),
                    (Value::Unsigned(1), Value::Text("one".to_string())),
                ]),
            },
            _ => return Made::whole(Shape::Varint(self.varint())),
        };
        Made { shape, whole, room }
    }

    pub(super) fn varint(&mut self) -> VarintFormat {
        use VarintEncoding::{Leb128, Nat, Quic, Sleb128, Vlq, ZigZag};
        let encoding = [Leb128, Sleb128, ZigZag, Quic, Vlq, Nat][self.index(6)];
        VarintFormat {
            encoding,
            bits: [8, 16, 32, 64][self.index(4)],
            signed: matches!(encoding, Sleb128 | ZigZag),
            lenient: self.up_to(3) == 3,
        }
    }

    /// Bytes or text.
    fn counted(&mut self, place: Place) -> Made {
        let mut whole = true;
        let (count, room) = match self.up_to(3) {
            2 if place.end && place.aligned => (Count::Rest, false),
            3 => {
                let count = self.up_to(5) as u64;
                (Count::Fixed(count), count > 0)
            }
            _ => {
                whole = place.whole || self.up_to(1) == 0;
                (Count::Prefix(Box::new(self.prefix(whole))), true)
            }
        };
        let shape = if self.up_to(1) == 0 {
            Shape::Bytes { count }
        } else {
            Shape::Text { count }
        };
        Made { shape, whole, room }
    }

    pub(super) fn enumeration(&mut self, place: Place) -> Made {
        let bits = self.width(place.whole).min(64);
        let mask = u128::MAX >> (128 - bits);
        let mut next = self.up_to(mask.min(3));
        let mut names = Vec::new();
        while next <= mask && names.len() <= self.index(6) {
            names.push((next, alloc::format!("Name{}", names.len()).into()));
            next += 1 + self.up_to(3);
        }
        let other = (self.up_to(1) == 1).then(|| Other {
            name: "Other".into(),
        });
        let tag = match bits {
            16 if self.up_to(1) == 1 => Shape::Bytes {
                count: Count::Fixed(2),
            },
            bits => Shape::Integer {
                bits,
                signed: false,
            },
        };
        Made {
            shape: Shape::Enumeration(Box::new(Enumeration { tag, names, other })),
            whole: bits.is_multiple_of(8),
            room: true,
        }
    }
}
