//! Records whose fields say which they are, and what no description can say.

use alloc::boxed::Box;
use alloc::vec::Vec;

use super::{Made, Maker, Place};
use crate::dynamic::Value;
use crate::generate::Choices;
use crate::picklers::leb128;
use crate::schema::{
    Count, Describer, Form, KeyFormat, Keyed, KeyedField, LengthCounts, Number, Occurs, Opaque,
    Pairs, Shape, VarintEncoding,
};

/// A key that none of the fields has.
const PAD: u64 = 0;
const TERMINATOR: u64 = 255;

impl Maker<'_> {
    pub(super) fn keyed(&mut self, d: &mut Describer, place: Place) -> Made {
        if !place.aligned {
            return self.leaf(place);
        }
        if place.end && self.up_to(2) == 0 {
            return self.protobuf(d, place);
        }
        let pairs = self.pairs(place);
        let form = match pairs.size {
            Some(_) => Form::Bytes,
            None => Form::Plain,
        };
        let mut key = 0;
        let mut fields = Vec::new();
        for index in 0..=self.index(3) {
            key += 1 + self.up_to(9) as u64;
            let occurs = self.occurs(false);
            let shape = match pairs.size {
                Some(Number::Varint(_)) => self.by_itself(|it| it.keyed_value(d, form, place)),
                _ => self.keyed_value(d, form, place),
            };
            fields.push(self.keyed_field(index, key, occurs, form, shape));
        }
        let mut keyed = Keyed::new(KeyFormat::Pairs(pairs), fields);
        if self.up_to(3) == 3 {
            keyed = keyed.in_order();
        }
        let skips = pairs.size.is_some();
        let keyed = match self.up_to(3) {
            2 if skips => keyed.keeping_unknown("unknown"),
            3 if skips => keyed.ignoring_unknown(),
            _ => keyed,
        };
        Made {
            shape: Shape::Keyed(Box::new(keyed)),
            whole: true,
            room: pairs.count.is_some() || pairs.terminator.is_some(),
        }
    }

    fn pairs(&mut self, place: Place) -> Pairs {
        let size = match self.up_to(4) {
            0 => None,
            1 => Some(Number::Varint(VarintEncoding::Leb128)),
            2 => Some(Number::Varint(VarintEncoding::Quic)),
            _ => Some(Number::Bits(16)),
        };
        let size_counts = match size {
            Some(Number::Bits(_)) => [
                LengthCounts::Body,
                LengthCounts::Rest,
                LengthCounts::Message,
            ][self.index(3)],
            _ => LengthCounts::Body,
        };
        let open = place.end && self.up_to(1) == 0;
        let counted = !open && self.up_to(1) == 0;
        Pairs {
            key: match self.up_to(2) {
                0 => Number::Bits(8),
                1 => Number::Bits(16),
                _ => Number::Varint(VarintEncoding::Leb128),
            },
            size,
            size_counts,
            count: counted.then_some(Number::Bits(8)),
            terminator: (!open && !counted).then_some(TERMINATOR),
            pad: (self.up_to(3) == 3).then_some(PAD),
        }
    }

    fn protobuf(&mut self, d: &mut Describer, place: Place) -> Made {
        let mut key = 0;
        let mut fields = Vec::new();
        for index in 0..=self.index(4) {
            key += 1 + self.up_to(20) as u64;
            let integer = |bits, signed| Shape::Integer { bits, signed };
            let (form, shape) = match self.up_to(6) {
                0 => (Form::Varint, integer(64, false)),
                1 => (Form::Varint, integer(32, true)),
                2 => (Form::Varint, Shape::Bool { bits: 8 }),
                3 => (Form::Zigzag, integer(64, true)),
                4 => (Form::Fixed32, integer(32, false)),
                5 => (Form::Fixed64, Shape::Float { bits: 64 }),
                _ => {
                    let value = self.by_itself(|it| it.keyed_value(d, Form::Bytes, place));
                    (Form::Bytes, value)
                }
            };
            let occurs = self.occurs(form != Form::Bytes);
            fields.push(self.keyed_field(index, key, occurs, form, shape));
        }
        let mut keyed = Keyed::new(KeyFormat::Protobuf, fields);
        keyed = match self.up_to(2) {
            1 => keyed.keeping_unknown("unknown"),
            2 => keyed.ignoring_unknown(),
            _ => keyed,
        };
        Made {
            shape: Shape::Keyed(Box::new(keyed)),
            whole: true,
            room: false,
        }
    }

    fn occurs(&mut self, may_be_packed: bool) -> Occurs {
        match self.up_to(4) {
            0 | 1 => Occurs::Required,
            2 => Occurs::Optional,
            3 => Occurs::Implicit,
            _ => Occurs::Repeated {
                packed: may_be_packed && self.up_to(1) == 0,
            },
        }
    }

    fn keyed_field(
        &mut self,
        index: usize,
        key: u64,
        occurs: Occurs,
        form: Form,
        shape: Shape,
    ) -> KeyedField {
        let name = alloc::format!("field{index}");
        let default = match (occurs, &shape) {
            (Occurs::Implicit, Shape::Integer { .. }) => Some(Value::Unsigned(self.up_to(3))),
            _ => None,
        };
        // Of other shapes there is no default that always fits.
        let occurs = match (occurs, &default) {
            (Occurs::Implicit, None) => Occurs::Optional,
            (occurs, _) => occurs,
        };
        let mut field = KeyedField::new(&name, "", key, occurs, form, shape);
        field.default = default;
        field
    }

    /// What stands behind a key: never null, which is what a field is that is
    /// not there.
    fn keyed_value(&mut self, d: &mut Describer, form: Form, place: Place) -> Shape {
        let place = Place {
            depth: place.depth.saturating_sub(1),
            aligned: true,
            end: form == Form::Bytes && !self.elsewhere,
            whole: true,
        };
        match self.up_to(5) {
            0 | 1 => Shape::Integer {
                bits: 8 + 8 * self.index(8) as u32,
                signed: false,
            },
            2 if place.end => Shape::Bytes { count: Count::Rest },
            3 if place.end => Shape::Text { count: Count::Rest },
            4 if place.depth > 0 => self.keyed(d, place).shape,
            5 if place.depth > 0 => self.record(d, place).shape,
            _ => Shape::Integer {
                bits: 16,
                signed: true,
            },
        }
    }

    /// Bytes of which only a codec knows how many there are.
    pub(super) fn opaque(&mut self, place: Place) -> Made {
        if !place.aligned {
            return self.leaf(place);
        }
        let opaque = Opaque::new("number", leb128::<u32>());
        Made::whole(Shape::Opaque(opaque))
    }
}
