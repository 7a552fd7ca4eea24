//! What a definition is in Rust, and what is around that.

use pickler::cursor::{BitOrder, ByteOrder};
use pickler::schema::{Enumeration, Fill, Keyed, Padding, Record, Shape, Union};

use super::fields::is_magic;

/// What a definition is in Rust.
#[derive(Clone, Copy)]
pub enum Body<'a> {
    /// A struct with named fields.
    Record(&'a Record),
    /// A struct whose fields have keys.
    Keyed(&'a Keyed),
    /// A struct of several fields without names.
    Tuple(&'a [Shape]),
    /// A struct of one field without name.
    Newtype(&'a Shape),
    /// An enum of which variants hold something.
    Union(&'a Union),
    /// An enum without fields.
    Enumeration(&'a Enumeration),
}

/// What a type says of all that is in it.
#[derive(Default)]
pub struct Around<'a> {
    pub bytes: Option<ByteOrder>,
    pub bits: Option<BitOrder>,
    /// From the outside, all with the same padding.
    pub fills: Vec<(Fill, Padding)>,
    /// A constant in front, which a record holds itself.
    pub magic: Option<&'a Shape>,
}

impl<'a> Body<'a> {
    /// What a definition of that shape is.
    pub fn of(shape: &'a Shape) -> Self {
        Self::with_around(shape).1
    }

    /// The part of a definition's shape that makes it what it is.
    pub fn core(shape: &'a Shape) -> &'a Shape {
        let (around, _) = Self::with_around(shape);
        let layers = [around.bytes.is_some() || around.bits.is_some()]
            .into_iter()
            .chain(around.fills.iter().map(|_| true))
            .chain([around.magic.is_some()]);
        let mut core = shape;
        for _ in layers.filter(|is| *is) {
            if let Shape::Ordered { item, .. }
            | Shape::Filled { item, .. }
            | Shape::Behind { item, .. } = core
            {
                core = item;
            }
        }
        core
    }

    /// The same, and what is around it.
    pub fn with_around(shape: &'a Shape) -> (Around<'a>, Self) {
        let mut around = Around::default();
        let mut inside = shape;
        if let Shape::Ordered { item, bytes, bits } = shape
            && (bytes.is_some() || bits.is_some())
        {
            (around.bytes, around.bits) = (*bytes, *bits);
            inside = item;
        }
        if let Some(body) = Self::of_enum(inside, &mut around) {
            return (around, body);
        }
        if let Shape::Filled {
            item,
            fill: fill @ Fill::AlignEnd { .. },
            padding,
        } = inside
        {
            around.fills.push((*fill, *padding));
            inside = item;
        }
        if let Shape::Filled {
            item,
            fill: fill @ Fill::To(_),
            padding,
        } = inside
            && around.fills.iter().all(|(_, of)| of == padding)
        {
            around.fills.push((*fill, *padding));
            inside = item;
        }
        let body = match inside {
            Shape::Record(record) => Self::Record(record),
            Shape::Keyed(keyed) => Self::Keyed(keyed),
            inside => {
                if let Shape::Behind { magic, item } = inside
                    && is_magic(magic)
                {
                    around.magic = Some(magic);
                    Self::of_fields(item)
                } else {
                    Self::of_fields(inside)
                }
            }
        };
        (around, body)
    }

    fn of_enum(shape: &'a Shape, around: &mut Around<'a>) -> Option<Self> {
        match shape {
            Shape::Union(union) => Some(Self::Union(union)),
            Shape::Enumeration(enumeration) => Some(Self::Enumeration(enumeration)),
            Shape::Behind { magic, item } if is_magic(magic) && has_whole_bytes(magic) => {
                let body = match &**item {
                    Shape::Union(union) => Self::Union(union),
                    Shape::Enumeration(enumeration) => Self::Enumeration(enumeration),
                    _ => return None,
                };
                around.magic = Some(magic);
                Some(body)
            }
            _ => None,
        }
    }

    fn of_fields(shape: &'a Shape) -> Self {
        match shape {
            Shape::Tuple(items) if items.len() > 1 => Self::Tuple(items),
            shape => Self::Newtype(shape),
        }
    }
}

/// A constant of whole bytes.
fn has_whole_bytes(magic: &Shape) -> bool {
    match magic {
        Shape::Constant { item, .. } => match **item {
            Shape::Integer { bits, .. } => bits.is_multiple_of(8),
            _ => true,
        },
        _ => false,
    }
}
