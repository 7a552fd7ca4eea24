//! The variants of a union, found by their tags.

use alloc::vec::Vec;
use core::ops::Deref;

use super::{Shape, Variant};

/// Tags below that are found in a table.
const DENSE: usize = 256;

/// The variants of a union, sorted by tag.
///
/// ```
/// use pickler::{Pickle, schema::{Schema, Shape}};
///
/// #[derive(Pickle)]
/// #[pickle(tag = u8)]
/// enum Move {
///     #[pickle(tag = 7)]
///     Fold,
///     #[pickle(tag = 3)]
///     Raise(u32),
/// }
///
/// let schema = Schema::of::<Move>();
/// let Shape::Named(reference) = schema.root() else { panic!() };
/// let Shape::Union(union) = &schema.definition(*reference).shape else { panic!() };
/// let tags: Vec<u128> = union.variants.iter().map(|variant| variant.tag).collect();
/// assert_eq!(tags, [3, 7]);
/// assert_eq!(&*union.variants.by_tag(3).unwrap().name, "Raise");
/// ```
#[derive(Clone, Debug)]
pub struct SortedVariants {
    sorted: Vec<Variant>,
    /// By tag: the place of its variant and 1, or 0.
    places: Vec<u16>,
}

impl SortedVariants {
    /// These variants, in the order of their tags.
    pub fn new(mut variants: Vec<Variant>) -> Self {
        variants.sort_by_key(|variant| variant.tag);
        let mut places = Vec::new();
        // The first of several with the same tag is found.
        for (place, variant) in (1..=u16::MAX).zip(&variants).rev() {
            let Some(tag) = usize::try_from(variant.tag).ok().filter(|it| *it < DENSE) else {
                continue;
            };
            places.resize(places.len().max(tag + 1), 0);
            places[tag] = place;
        }
        Self {
            sorted: variants,
            places,
        }
    }

    /// The variant with that tag, if it is the first or only tag of one.
    #[inline]
    pub fn by_tag(&self, tag: u128) -> Option<&Variant> {
        if tag < DENSE as u128 {
            let place = usize::from(*self.places.get(tag as usize)?);
            return self.sorted.get(place.wrapping_sub(1));
        }
        let found = self.sorted.binary_search_by_key(&tag, |it| it.tag);
        found.ok().map(|place| &self.sorted[place])
    }

    /// What comes behind each tag.
    pub(super) fn bodies(&self) -> impl Iterator<Item = &Shape> {
        self.sorted.iter().map(|variant| &variant.body)
    }

    /// The same, to be changed.
    pub(super) fn bodies_mut(&mut self) -> impl Iterator<Item = &mut Shape> {
        self.sorted.iter_mut().map(|variant| &mut variant.body)
    }
}

impl From<Vec<Variant>> for SortedVariants {
    fn from(variants: Vec<Variant>) -> Self {
        Self::new(variants)
    }
}

impl Deref for SortedVariants {
    type Target = [Variant];

    fn deref(&self) -> &[Variant] {
        &self.sorted
    }
}

impl<'a> IntoIterator for &'a SortedVariants {
    type Item = &'a Variant;
    type IntoIter = core::slice::Iter<'a, Variant>;

    fn into_iter(self) -> Self::IntoIter {
        self.sorted.iter()
    }
}

impl IntoIterator for SortedVariants {
    type Item = Variant;
    type IntoIter = alloc::vec::IntoIter<Variant>;

    fn into_iter(self) -> Self::IntoIter {
        self.sorted.into_iter()
    }
}

impl PartialEq for SortedVariants {
    fn eq(&self, other: &Self) -> bool {
        self.sorted == other.sorted
    }
}
