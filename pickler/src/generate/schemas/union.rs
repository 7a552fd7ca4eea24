//! Unions.

use alloc::boxed::Box;
use alloc::vec::Vec;

use super::{Made, Maker, Place};
use crate::generate::Choices;
use crate::schema::{Count, Describer, Expr, Length, LengthCounts, Other, Shape, Union, Variant};

impl Maker<'_> {
    /// Its first variant is a leaf, so that there is a finite value.
    pub(super) fn union(&mut self, d: &mut Describer, place: Place) -> Made {
        let shape = self.tag();
        Made::whole(self.union_with(shape, None, d, place))
    }

    /// A tag that holds numbers below 128.
    fn tag(&mut self) -> Shape {
        match self.up_to(4) {
            3 => Shape::Varint(self.varint()),
            4 => Shape::Bytes {
                count: Count::Fixed(1 + self.up_to(3) as u64),
            },
            _ => Shape::Integer {
                bits: 8 + 8 * self.index(2) as u32,
                signed: self.up_to(3) == 3,
            },
        }
    }

    /// A union of that tag, which an expression may give.
    pub(super) fn union_with(
        &mut self,
        shape: Shape,
        by: Option<Expr>,
        d: &mut Describer,
        place: Place,
    ) -> Shape {
        // What is not on the wire has nothing in front of it.
        let on_wire = by.is_none();
        let length = (place.aligned && self.up_to(1) == 0).then(|| Length {
            shape: Shape::Integer {
                bits: 16,
                signed: false,
            },
            counts: [
                LengthCounts::Body,
                LengthCounts::Rest,
                LengthCounts::Message,
            ][self.index(3)],
            first: on_wire && self.up_to(2) == 2,
        });
        let body = Place {
            depth: place.depth.saturating_sub(1),
            aligned: place.aligned,
            end: place.end || length.is_some(),
            whole: true,
        };
        let mut tag = self.up_to(5);
        let mut variants = Vec::new();
        for index in 0..=self.index(4) {
            let made = if index == 0 {
                self.leaf(body)
            } else {
                self.shape(d, body)
            };
            // Some variants have several tags.
            let last = if self.up_to(4) == 4 {
                tag + self.up_to(3)
            } else {
                tag
            };
            let also = (last > tag).then_some(tag + 1..=last);
            let also = also.into_iter().collect();
            variants.push(Variant {
                name: alloc::format!("Variant{index}").into(),
                doc: "",
                tag,
                also,
                direction: None,
                body: made.shape,
            });
            tag = last + 1 + self.up_to(9);
        }
        let other = (body.end && body.aligned && self.up_to(1) == 1).then(|| Other {
            name: "Other".into(),
        });
        Shape::Union(Box::new(Union {
            tag: shape,
            by,
            length,
            variants,
            other,
        }))
    }
}
