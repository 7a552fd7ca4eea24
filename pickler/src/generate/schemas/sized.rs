//! Pieces that say where they end, and collections.

use alloc::boxed::Box;
use alloc::vec::Vec;

use super::{Made, Maker, Place};
use crate::dynamic::Value;
use crate::generate::Choices;
use crate::schema::{Count, Describer, Ending, Shape, Size, Until, VarintEncoding, VarintFormat};

impl Maker<'_> {
    /// Something behind its size in bytes, of which what is left over may be
    /// ignored.
    pub(super) fn behind_size(&mut self, d: &mut Describer, place: Place) -> Made {
        let prefix = match self.up_to(2) {
            0 | 1 => Shape::Integer {
                bits: 16 + 8 * self.index(2) as u32,
                signed: false,
            },
            _ => Shape::Varint(VarintFormat {
                encoding: VarintEncoding::Quic,
                bits: 64,
                signed: false,
                lenient: false,
            }),
        };
        let item = self.shape(
            d,
            Place {
                end: !self.elsewhere,
                whole: false,
                ..place
            },
        );
        let counts_itself = self.up_to(1) == 1;
        Made::whole(Shape::Sized {
            item: Box::new(item.shape),
            size: Size::Prefix {
                prefix: Box::new(prefix),
                counts_itself,
            },
            leftover: self.up_to(3) == 3,
        })
    }

    /// Bytes or text up to bytes that end them.
    pub(super) fn delimited(&mut self, place: Place) -> Made {
        let ends: [&[u8]; 4] = [b"\0", b"a", b"|", b"\r\n"];
        let end = ends[self.index(4)];
        let ending = match self.up_to(5) {
            0 | 1 => Ending::TAKEN,
            2 | 3 => Ending::KEPT,
            4 if place.end => Ending::KEPT.or_end(),
            _ => Ending::TAKEN.or_end(),
        };
        let is_text = self.up_to(1) == 1;
        let of = |count| {
            if is_text {
                Shape::Text { count }
            } else {
                Shape::Bytes { count }
            }
        };
        if self.up_to(1) == 1 {
            let (end, room) = (Value::Bytes(end.into()), None);
            return Made::whole(of(Count::Until(Until { end, ending, room })));
        }
        Made::whole(Shape::Sized {
            item: Box::new(of(Count::Rest)),
            size: Size::Until {
                end: end.into(),
                ending,
            },
            leftover: false,
        })
    }

    /// A set of numbers, or a map from them.
    pub(super) fn collection(&mut self, d: &mut Describer, place: Place) -> Made {
        let whole = place.whole || self.up_to(1) == 0;
        let prefix = self.prefix(whole);
        let key = Shape::Integer {
            bits: if whole { 16 } else { 5 },
            signed: self.up_to(1) == 1,
        };
        let by_key = self.up_to(1) == 1;
        let item = if by_key {
            let value = self.shape(
                d,
                Place {
                    aligned: place.aligned && whole,
                    end: false,
                    whole,
                    ..place
                },
            );
            Shape::Tuple(Vec::from([key, value.shape]))
        } else {
            key
        };
        let list = Shape::List {
            item: Box::new(item),
            count: Count::Prefix(Box::new(prefix)),
        };
        Made {
            shape: Shape::Unordered {
                list: Box::new(list),
                by_key,
            },
            whole,
            room: true,
        }
    }
}
