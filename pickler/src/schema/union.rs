//! Unions: a tag, and what it says comes then.

use alloc::sync::Arc;
use alloc::vec::Vec;

use super::{LengthCounts, Shape};
use crate::tagged::Direction;

/// A tag, and what it says comes then.
#[derive(Clone, Debug, PartialEq)]
pub struct Union {
    /// The tag: an integer.
    pub tag: Shape,
    /// A length in front of the body or the tag.
    pub length: Option<Length>,
    /// The variants, sorted by tag.
    pub variants: Vec<Variant>,
    /// What keeps an unknown tag and its body, if they are kept.
    pub other: Option<Other>,
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
    pub doc: &'static str,
    /// The tag's bits.
    pub tag: u128,
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
    /// The integer.
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
        self.variants
            .binary_search_by_key(&tag, |variant| variant.tag)
            .ok()
            .map(|index| &self.variants[index])
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
        match tag {
            Self::Integer {
                bits: width,
                signed: true,
            } => {
                let unused = 128 - width;
                Some((bits << unused).cast_signed() >> unused)
            }
            _ => i128::try_from(bits).ok(),
        }
    }
}
