//! Unions.

use alloc::boxed::Box;
use alloc::vec::Vec;

use super::{Made, Maker, Place};
use crate::generate::Choices;
use crate::schema::{Describer, Length, LengthCounts, Other, Shape, Union, Variant};

impl Maker<'_> {
    /// Its first variant is a leaf, so that there is a finite value.
    pub(super) fn union(&mut self, d: &mut Describer, place: Place) -> Made {
        let bits = 8 + 8 * self.index(2) as u32;
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
            first: false,
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
            variants.push(Variant {
                name: alloc::format!("Variant{index}").into(),
                doc: "",
                tag,
                direction: None,
                body: made.shape,
            });
            tag += 1 + self.up_to(9);
        }
        let other = (body.end && body.aligned && self.up_to(1) == 1).then(|| Other {
            name: "Other".into(),
        });
        Made::whole(Shape::Union(Box::new(Union {
            tag: Shape::Integer {
                bits,
                signed: false,
            },
            length,
            variants,
            other,
        })))
    }
}
