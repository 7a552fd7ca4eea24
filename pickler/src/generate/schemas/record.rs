//! Records, and fields that depend on each other.

use alloc::boxed::Box;
use alloc::string::String;
use alloc::vec::Vec;

use super::{Made, Maker, Place};
use crate::dynamic::Value;
use crate::generate::Choices;
use crate::schema::{
    self, Algorithm, Checksum, Count, Describer, Expr, Field, Filter, Operator, Origin, Parameter,
    Record, Shape, Size, TagSource,
};

/// Checksums and digests of up to 32 bits, or of bytes.
const ALGORITHMS: &[Algorithm] = &[
    Algorithm::Xor8,
    Algorithm::Internet,
    Algorithm::Adler32,
    #[cfg(feature = "crc")]
    Algorithm::Crc32,
    #[cfg(feature = "digest")]
    Algorithm::Md5,
    #[cfg(feature = "digest")]
    Algorithm::Sha256,
];

/// The fields so far.
pub(super) struct Fields {
    pub made: Vec<Field>,
    whole: bool,
    room: bool,
}

impl Fields {
    pub(super) fn new() -> Self {
        Self {
            made: Vec::new(),
            whole: true,
            room: false,
        }
    }

    /// The name of the next.
    pub(super) fn name(&self) -> String {
        alloc::format!("field{}", self.made.len())
    }

    /// A field; gives its name.
    pub(super) fn push(&mut self, made: Made) -> String {
        let name = self.name();
        self.made.push(Field::new(&name, "", made.shape));
        self.whole &= made.whole;
        self.room |= made.room;
        name
    }

    /// A field that follows from others.
    pub(super) fn push_derived(&mut self, bits: u32, expr: Expr) -> String {
        let name = self.name();
        let field = Field::new(&name, "", integer(bits));
        self.made.push(field.derived_from(expr));
        self.room = true;
        name
    }
}

pub(super) const fn integer(bits: u32) -> Shape {
    Shape::Integer {
        bits,
        signed: false,
    }
}

pub(super) fn binary(left: Expr, operator: Operator, right: i128) -> Expr {
    Expr::Binary(Box::new(left), operator, Box::new(Expr::Integer(right)))
}

impl Maker<'_> {
    pub(super) fn record(&mut self, d: &mut Describer, place: Place) -> Made {
        let mut fields = Fields::new();
        let magic = (self.up_to(5) == 5).then(|| Shape::Constant {
            item: Box::new(integer(16)),
            value: Value::Unsigned(0xABCD),
        });
        let count = self.index(5);
        for index in 0..=count {
            let inner = Place {
                depth: place.depth.saturating_sub(1),
                aligned: place.aligned && fields.whole,
                end: place.end && index == count,
                whole: place.whole,
            };
            match self.up_to(15) {
                5 => self.bit_run(&mut fields),
                6 => self.counted_field(&mut fields),
                7 if self.up_to(1) == 0 => self.looked_at_field(d, &mut fields),
                7 => self.derived_field(&mut fields),
                8 if inner.aligned => self.sized_field(d, inner, &mut fields),
                9 => self.conditional_field(&mut fields),
                10 => self.given_field(d, inner, &mut fields),
                12 if inner.aligned => self.checksum_field(&mut fields),
                13 if inner.aligned && inner.end => self.all_but_field(d, inner, &mut fields),
                14 => self.ordered_field(&mut fields),
                // What stands elsewhere may stand within the record.
                15 if inner.aligned && !self.shared && !self.elsewhere => {
                    self.measuring_field(&mut fields);
                }
                11 if self.elsewhere => self.elsewhere_field(d, inner, &mut fields),
                _ => {
                    let made = self.shape(d, inner);
                    fields.push(made);
                }
            }
        }
        let mut record = Record::new(fields.made);
        let room = fields.room || magic.is_some();
        if let Some(magic) = magic {
            record = record.behind(magic);
        }
        Made {
            shape: Shape::Record(Box::new(record)),
            whole: fields.whole,
            room,
        }
    }

    /// Fields of bits that fill bytes together.
    fn bit_run(&mut self, fields: &mut Fields) {
        let first = 1 + self.up_to(14) as u32;
        for bits in [first, 16 - first] {
            fields.push(Made::whole(integer(bits)));
        }
    }

    /// An integer, and as many units as an expression makes of it.
    fn counted_field(&mut self, fields: &mut Fields) {
        let name = fields.push(Made::whole(integer(8)));
        let field = Expr::Field(name);
        let expr = match self.up_to(4) {
            0 => field,
            1 => binary(field, Operator::Multiply, 2),
            2 => binary(field, Operator::Add, 1),
            3 => binary(field, Operator::Divide, 2),
            _ => binary(field, Operator::Subtract, 3),
        };
        let shape = self.units(Count::Expr(expr));
        fields.push(Made {
            shape,
            whole: true,
            room: false,
        });
    }

    pub(super) fn units(&mut self, count: Count) -> Shape {
        match self.up_to(2) {
            0 => Shape::Bytes { count },
            1 => Shape::Text { count },
            _ => Shape::List {
                item: Box::new(integer(24)),
                count,
            },
        }
    }

    /// A length that follows from a list behind it.
    pub(super) fn derived_field(&mut self, fields: &mut Fields) {
        let list = alloc::format!("field{}", fields.made.len() + 1);
        let length = binary(Expr::Len(Box::new(Expr::Field(list))), Operator::Add, 1);
        let name = fields.push_derived(16, length);
        let count = binary(Expr::Field(name), Operator::Subtract, 1);
        let shape = self.units(Count::Expr(count));
        fields.push(Made {
            shape,
            whole: true,
            room: false,
        });
    }

    /// Something that takes up a piece, whose size follows or is given.
    fn sized_field(&mut self, d: &mut Describer, place: Place, fields: &mut Fields) {
        let body = alloc::format!("field{}", fields.made.len() + 1);
        // What is shared, and what is aligned elsewhere, takes as much room as
        // where it stands allows: a number in front could not be found by itself.
        let name = if self.shared || self.elsewhere || self.up_to(1) == 0 {
            fields.push_derived(16, Expr::SizeOf(body))
        } else {
            fields.push(Made::whole(integer(16)))
        };
        let item = self.shape(
            d,
            Place {
                end: !self.elsewhere,
                whole: false,
                ..place
            },
        );
        let item = self.filtered(item.shape, fields);
        fields.push(Made {
            shape: Shape::Sized {
                item: Box::new(item),
                size: Size::Expr(Expr::Field(name)),
                leftover: false,
            },
            whole: true,
            room: false,
        });
    }

    /// Sometimes with a filter over it, whose key may stand in front.
    fn filtered(&mut self, item: Shape, fields: &Fields) -> Shape {
        // What stands elsewhere has no place where bytes are others.
        if self.elsewhere || self.up_to(3) > 0 {
            return item;
        }
        let first = fields.made.first().map(|first| &first.shape);
        let key = match first {
            Some(Shape::Integer { bits: 8, .. }) => Expr::Field("field0".into()),
            _ => Expr::Integer(self.up_to(255).cast_signed()),
        };
        let by = Expr::Integer(self.up_to(7).cast_signed());
        let filter = match self.up_to(2) {
            0 => Filter::Xor(Vec::from([key, by])),
            1 => Filter::RotateLeft(by),
            _ => Filter::RotateRight(by),
        };
        let item = Box::new(item);
        Shape::Filtered { item, filter }
    }

    /// A checksum or a digest over fields in front of it.
    fn checksum_field(&mut self, fields: &mut Fields) {
        let Some(last) = fields.made.len().checked_sub(1) else {
            return;
        };
        let algorithm = ALGORITHMS[self.index(ALGORITHMS.len())];
        let shape = match algorithm.digest_size() {
            Some(size) => Shape::Bytes {
                count: Count::Fixed(size as u64),
            },
            None => integer(32),
        };
        let field = Field::new(&fields.name(), "", shape)
            .derived_from(Expr::Integer(0))
            .with_checksum(Checksum {
                algorithm,
                fields: Some((0, last)),
            });
        fields.made.push(field);
        fields.room = true;
    }

    /// Something that takes all that is left but for the field behind it.
    fn all_but_field(&mut self, d: &mut Describer, place: Place, fields: &mut Fields) {
        let behind = 1 + self.index(3) as u64;
        let item = self.shape(
            d,
            Place {
                whole: false,
                ..place
            },
        );
        fields.push(Made {
            shape: Shape::Sized {
                item: Box::new(item.shape),
                size: Size::AllBut(Expr::Integer(behind.into())),
                leftover: false,
            },
            whole: true,
            room: false,
        });
        let count = Count::Fixed(behind);
        fields.push(Made::whole(Shape::Bytes { count }));
    }

    /// A union whose tag stands in front, or is given in front.
    fn given_field(&mut self, d: &mut Describer, place: Place, fields: &mut Fields) {
        let Some(name) = self.names.next() else {
            return;
        };
        let place = Place {
            end: false,
            whole: true,
            ..place
        };
        let tag = integer(8);
        let parameter = || Parameter {
            name: "tag".into(),
            shape: integer(8),
        };
        let source = TagSource::Given(Expr::Field("tag".into()));
        let item = d.define_with(
            name,
            name,
            "",
            |_| Vec::from([parameter()]),
            |d| self.union_with(tag, source, d, place),
        );
        let body = alloc::format!("field{}", fields.made.len() + 1);
        let given = if self.up_to(1) == 0 {
            fields.push_derived(8, Expr::Tag(Box::new(Expr::Field(body))))
        } else {
            fields.push(Made::whole(integer(8)))
        };
        fields.push(Made {
            shape: Shape::Given {
                item: Box::new(item),
                arguments: Vec::from([Expr::Field(given)]),
            },
            whole: true,
            room: false,
        });
    }

    /// Something behind the message, or the piece, and its offset.
    fn elsewhere_field(&mut self, d: &mut Describer, place: Place, fields: &mut Fields) {
        let body = alloc::format!("field{}", fields.made.len() + 1);
        let name = fields.push_derived(16, Expr::OffsetOf(body));
        let item = self.shape(
            d,
            Place {
                aligned: true,
                end: false,
                whole: false,
                ..place
            },
        );
        fields.push(Made {
            shape: Shape::Elsewhere {
                item: Box::new(item.shape),
                place: Box::new(schema::Place {
                    at: Expr::Field(name),
                    from: Origin::Message,
                    align: 1 << self.up_to(3),
                    none: (self.up_to(1) == 0).then_some(0),
                }),
            },
            whole: true,
            room: false,
        });
    }
}
