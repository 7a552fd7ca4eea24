//! What a shape is, in words.

mod leaf;
mod wrapped;

use pickler::cursor::{BitOrder, ByteOrder};
use pickler::schema::{Count, Number, Occurs, Schema, Shape};

use super::Words;
use leaf::encoding_words;
pub use leaf::keyed_format;

/// What is said of something besides its type.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Aspect {
    /// When it is there.
    Condition,
    /// Which values it may have.
    Allowed,
    /// How it is written, or what it means.
    Note,
    /// In which order its bytes or bits come.
    Order,
}

/// Something in words.
#[derive(Clone, Debug, Default)]
pub struct Said {
    /// What it is.
    pub ty: Words,
    /// What else is said of it, outermost first.
    pub more: Vec<(Aspect, Words)>,
}

impl Said {
    /// All in a row.
    fn inline(self) -> Words {
        if self.more.is_empty() {
            return self.ty;
        }
        let more = self.more.into_iter().map(|(_, words)| words);
        self.ty.text(" (").and(Words::joined(more, "; ")).text(")")
    }
}

/// Says what the shapes of a schema are.
#[derive(Clone, Copy, Debug)]
pub struct Describe<'a> {
    /// What they are shapes of.
    pub schema: &'a Schema,
}

impl Describe<'_> {
    /// A shape in a row of words.
    pub fn inline(self, shape: &Shape) -> Words {
        self.said(shape).inline()
    }

    /// A shape in words, taken apart.
    pub fn said(self, shape: &Shape) -> Said {
        match self.wrapped(shape) {
            Some((item, aspects)) => {
                let mut said = self.said(item);
                said.more.splice(0..0, aspects);
                said
            }
            None => Said {
                ty: self.leaf(shape),
                more: Vec::new(),
            },
        }
    }
}

/// `1 byte`, `2 bytes`.
pub fn units(count: u64, unit: &str) -> String {
    format!("{count} {unit}{}", if count == 1 { "" } else { "s" })
}

/// How many bytes a tag of bytes has.
pub fn tag_size(shape: &Shape) -> Option<usize> {
    match shape {
        Shape::Bytes {
            count: Count::Fixed(count),
        } => usize::try_from(*count).ok(),
        Shape::Ordered { item, .. } | Shape::ProtobufField { item, .. } => tag_size(item),
        _ => None,
    }
}

/// `big-endian` or `little-endian`.
pub fn byte_order(order: ByteOrder) -> &'static str {
    match order {
        ByteOrder::Big => "big-endian",
        ByteOrder::Little => "little-endian",
    }
}

/// From which end the bits of a byte are counted.
pub fn bit_order(order: BitOrder) -> &'static str {
    match order {
        BitOrder::Msb => "most significant bit first",
        BitOrder::Lsb => "least significant bit first",
    }
}

/// How an integer is written that belongs to the format.
pub fn number(number: Number) -> String {
    match number {
        Number::Bits(bits) => format!("u{bits}"),
        Number::Varint(encoding) => encoding_words(encoding).into(),
    }
}

/// How often a field behind a key is there.
pub fn occurs(occurs: Occurs) -> &'static str {
    match occurs {
        Occurs::Required => "once",
        Occurs::Optional => "once or not",
        Occurs::Implicit => "once, unless it has its default",
        Occurs::Repeated { packed: false } => "as often as there are items",
        Occurs::Repeated { packed: true } => "all items as one",
    }
}
