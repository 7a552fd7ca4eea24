//! What is tried, looked at before, or limited.

use alloc::boxed::Box;
use alloc::vec::Vec;

use super::{Made, Maker, Place};
use crate::dynamic::Value;
use crate::generate::Choices;
use crate::schema::{Describer, Meaning, Shape, Size};

const BYTE: Shape = Shape::Integer {
    bits: 8,
    signed: false,
};

impl Maker<'_> {
    /// Shapes that a byte in front of them tells apart.
    pub(super) fn choice(&mut self, d: &mut Describer, place: Place) -> Made {
        let count = 1 + self.index(3);
        let mut made = Made::whole(Shape::Tuple(Vec::new()));
        let mut alternatives = Vec::new();
        for index in 0..count {
            let item = self.by_itself(|it| it.shape(d, place));
            made.whole &= item.whole;
            let mark = Shape::Constant {
                item: Box::new(BYTE),
                value: Value::Unsigned(index as u128),
            };
            alternatives.push(Shape::Tuple(Vec::from([mark, item.shape])));
        }
        // Without names, a value might be of several.
        let names = (0..count).map(|index| alloc::format!("Name{index}").into());
        let names = names.collect();
        made.shape = Shape::Choice {
            alternatives,
            names,
        };
        made
    }

    /// Something of which the first byte is seen.
    pub(super) fn peeked(&mut self, d: &mut Describer, place: Place) -> Made {
        let item = self.by_itself(|it| it.shape(d, place));
        Made {
            shape: Shape::Peeked {
                ahead: Box::new(BYTE),
                item: Box::new(Shape::Tuple(Vec::from([BYTE, item.shape]))),
            },
            room: true,
            ..item
        }
    }

    /// Something that takes less than it may.
    pub(super) fn limited(&mut self, d: &mut Describer, place: Place) -> Made {
        let place = Place {
            end: false,
            ..place
        };
        let item = self.by_itself(|it| it.shape(d, place));
        Made {
            shape: Shape::Sized {
                item: Box::new(item.shape),
                size: Size::AtMost(1 << 20),
                leftover: false,
            },
            ..item
        }
    }

    /// A constant that is not looked at.
    pub(super) fn ignored(&mut self) -> Made {
        let written = Value::Unsigned(self.up_to(0xFF));
        Made::whole(Meaning::Ignored { written }.of(BYTE))
    }
}
