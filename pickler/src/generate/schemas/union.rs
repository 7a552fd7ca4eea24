//! Unions.

use alloc::boxed::Box;
use alloc::vec::Vec;

use super::{Made, Maker, Place};
use crate::dynamic::Value;
use crate::generate::Choices;
use crate::schema::{
    Count, Describer, Doc, Length, LengthCounts, Other, Shape, TagSource, Union, Variant,
};

impl Maker<'_> {
    /// Its first variant is a leaf, so that there is a finite value.
    pub(super) fn union(&mut self, d: &mut Describer, place: Place) -> Made {
        if self.up_to(6) == 6 {
            return self.untagged(d, place);
        }
        let shape = self.tag();
        Made::whole(self.union_with(shape, TagSource::Wire, d, place))
    }

    /// Variants that constants in front of them tell apart.
    fn untagged(&mut self, d: &mut Describer, place: Place) -> Made {
        let tag = Shape::Integer {
            bits: 64,
            signed: false,
        };
        let mut shape = self.union_with(tag, TagSource::Choice, d, place);
        if let Shape::Union(union) = &mut shape {
            (union.length, union.other) = (None, None);
            let mut variants = union.variants.to_vec();
            for (place, variant) in (0..).zip(&mut variants) {
                let integer = Shape::Integer {
                    bits: 16,
                    signed: false,
                };
                let magic = Shape::Constant {
                    item: Box::new(integer),
                    value: Value::Unsigned(0xC0DE + place),
                };
                (variant.tag, variant.also) = (place, Vec::new());
                let body = core::mem::replace(&mut variant.body, Shape::Tuple(Vec::new()));
                variant.body = Shape::Behind {
                    magic: Box::new(magic),
                    item: Box::new(body),
                };
            }
            union.variants = variants.into();
        }
        Made::whole(shape)
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

    /// A union of that tag, wherever it is.
    pub(super) fn union_with(
        &mut self,
        shape: Shape,
        source: TagSource,
        d: &mut Describer,
        place: Place,
    ) -> Shape {
        // What is not on the wire has nothing in front of it.
        let on_wire = source == TagSource::Wire;
        let sized = place.aligned && source != TagSource::Choice;
        let length = (sized && self.up_to(1) == 0).then(|| Length {
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
            end: place.end || (length.is_some() && !self.elsewhere),
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
                doc: Doc::default(),
                tag,
                also,
                condition: None,
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
            source,
            length,
            variants: variants.into(),
            other,
        }))
    }
}
