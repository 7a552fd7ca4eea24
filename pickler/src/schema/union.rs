//! Unions: a tag, and what it says comes then.

use alloc::sync::Arc;
use alloc::vec::Vec;
use core::ops::RangeInclusive;

use super::{Count, Doc, Expr, LengthCounts, Shape, SortedVariants};
use crate::dynamic::Value;
use crate::tagged::Direction;

/// A tag, and what it says comes then.
#[derive(Clone, Debug, PartialEq)]
pub struct Union {
    /// The tag: an integer, or bytes.
    pub tag: Shape,
    /// Where the tag is.
    pub source: TagSource,
    /// A length in front of the body or the tag.
    pub length: Option<Length>,
    /// The variants, sorted by tag.
    pub variants: SortedVariants,
    /// What keeps an unknown tag and its body, if they are kept.
    pub other: Option<Other>,
}

/// Where the tag of a union is.
#[derive(Clone, Debug, PartialEq)]
pub enum TagSource {
    /// In front of the body.
    Wire,
    /// Not on the wire: an expression over the parameters of the type gives it.
    Given(Expr),
    /// Nowhere: the variants are tried in the order of their tags, which are
    /// their places, and the first that can be read is the one.
    Choice,
}

/// A length in front of a union's body or of its tag. What is behind takes up
/// all of it.
#[derive(Clone, Debug, PartialEq)]
pub struct Length {
    /// The length itself: an integer.
    pub shape: Shape,
    /// What it counts, in bytes.
    pub counts: LengthCounts,
    /// It is in front of the tag.
    pub first: bool,
}

/// One variant of a union.
#[derive(Clone, Debug, PartialEq)]
pub struct Variant {
    /// Its name.
    pub name: Arc<str>,
    /// What it says of itself, from its docstring; often empty.
    pub doc: Doc,
    /// The tag's bits; of several tags, those of the first.
    pub tag: u128,
    /// The other tags that it has. Which one it was is kept with the value.
    pub also: Vec<RangeInclusive<u128>>,
    /// Where it is there, over the parameters of the type; if it is not there
    /// always.
    pub condition: Option<Expr>,
    /// Who sends it, if that is said.
    pub direction: Option<Direction>,
    /// What comes then.
    pub body: Shape,
}

/// What keeps an unknown tag and its body.
#[derive(Clone, Debug, PartialEq)]
pub struct Other {
    /// The variant's name.
    pub name: Arc<str>,
}

/// An integer whose values have names.
#[derive(Clone, Debug, PartialEq)]
pub struct Enumeration {
    /// The integer, or bytes.
    pub tag: Shape,
    /// The names, sorted by value.
    pub names: Vec<(u128, Arc<str>)>,
    /// What keeps an unknown value, if it is kept.
    pub other: Option<Other>,
}

impl Union {
    /// The variant of that name.
    pub fn variant(&self, name: &str) -> Option<&Variant> {
        self.variants.iter().find(|variant| *variant.name == *name)
    }

    /// The variant with that tag.
    pub fn variant_by_tag(&self, tag: u128) -> Option<&Variant> {
        let known = self.variants.by_tag(tag);
        known.or_else(|| self.variants.iter().find(|variant| variant.has(tag)))
    }
}

impl Union {
    /// The variant that has a tag where conditions are what `holds` says.
    pub(crate) fn variant_where(
        &self,
        tag: u128,
        holds: impl Fn(&Expr) -> bool,
    ) -> Option<&Variant> {
        match self.variant_by_tag(tag)? {
            known if known.condition.is_none() => Some(known),
            // Another version of the format may have another one.
            _ => self
                .variants
                .iter()
                .find(|known| known.has(tag) && known.condition.as_ref().is_none_or(&holds)),
        }
    }
}

impl Variant {
    /// The tag is one of its own.
    pub fn has(&self, tag: u128) -> bool {
        self.tag == tag || self.also.iter().any(|tags| tags.contains(&tag))
    }
}

impl Shape {
    /// The tag of a variant, as a number.
    pub(crate) fn tag_of(&self, variant: &str) -> Option<i128> {
        let tag = match self {
            Self::Union(union) => union.variant(variant)?.tag,
            Self::Enumeration(enumeration) => {
                let known = enumeration.names.iter();
                known
                    .filter(|(_, name)| **name == *variant)
                    .map(|(tag, _)| *tag)
                    .next()?
            }
            _ => return None,
        };
        self.signed_tag(tag)
    }

    /// The number that the bits of a tag of an enum are.
    pub(crate) fn signed_tag(&self, bits: u128) -> Option<i128> {
        let tag = match self {
            Self::Union(union) => &union.tag,
            Self::Enumeration(enumeration) => &enumeration.tag,
            _ => return None,
        };
        tag.number_of(bits)
    }

    /// How many bits the integer of a tag has, and whether it has a sign.
    pub(crate) fn tag_width(&self) -> Option<(u32, bool)> {
        match self {
            Self::Integer { bits, signed } => Some((*bits, *signed)),
            Self::Varint(format) => Some((format.bits, format.signed)),
            Self::Bytes {
                count: Count::Fixed(count @ 1..=16),
            } => Some((8 * *count as u32, false)),
            Self::Ordered { item, .. }
            | Self::OrderedBy { item, .. }
            | Self::ProtobufField { item, .. } => item.tag_width(),
            _ => None,
        }
    }

    /// The number that the bits of an integer are.
    pub(crate) fn number_of(&self, bits: u128) -> Option<i128> {
        match self.tag_width() {
            Some((width, true)) => {
                let unused = 128 - width;
                Some((bits << unused).cast_signed() >> unused)
            }
            _ => i128::try_from(bits).ok(),
        }
    }

    /// The tag of these bits, as its shape, the one of a tag, has it: bytes, or
    /// an integer.
    pub fn value_of_tag(&self, bits: u128) -> Value {
        match (self, self.tag_width()) {
            (Self::Bytes { .. }, Some((width, _))) => {
                Value::Bytes(bits.to_be_bytes()[16 - width as usize / 8..].into())
            }
            (_, Some((width, true))) => {
                let unused = 128 - width;
                Value::integer((bits << unused).cast_signed() >> unused)
            }
            (Self::Bool { .. }, _) if bits < 2 => Value::Bool(bits == 1),
            _ => Value::Unsigned(bits),
        }
    }

    /// The bits of a tag that is this number.
    pub(crate) fn bits_of(&self, number: i128) -> u128 {
        let width = self.tag_width().map_or(128, |(width, _)| width);
        number.cast_unsigned() & (u128::MAX >> (128 - width))
    }
}
