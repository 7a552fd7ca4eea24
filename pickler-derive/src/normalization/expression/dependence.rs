//! What expressions depend on.

use super::{Expression, Place};
use crate::normalization::Field;

impl Expression {
    /// The expression follows from where something stands.
    pub fn follows_offsets(&self, fields: &[Field]) -> bool {
        let mut found = false;
        self.walk(&mut |it| found |= matches!(it, Self::OffsetOf(_)));
        found
            || self
                .derivations(fields)
                .any(|derived| derived.follows_offsets(fields))
    }

    /// The expression follows from where the field at an index is put.
    pub fn follows_place(&self, of: usize, fields: &[Field]) -> bool {
        let looks_there = |derived: &Self| {
            let mut found = false;
            derived.walk(&mut |it| {
                found |= matches!(it, Self::OffsetOf(Place::Field(index)) if *index == of);
            });
            found
        };
        self.derivations(fields)
            .any(|derived| looks_there(derived) || derived.follows_place(of, fields))
    }

    /// The expression looks at which item of a list it stands in.
    pub fn uses_index(&self) -> bool {
        let mut found = false;
        self.walk(&mut |it| found |= matches!(it, Self::Name(Place::Index)));
        found
    }

    /// The expression looks at more than an item.
    pub fn looks_around(&self) -> bool {
        let mut found = false;
        self.walk(&mut |it| {
            found |= match it {
                Self::Name(place) => *place != Place::Item,
                Self::Present(..) | Self::TagOfSelf(_) => true,
                _ => false,
            };
        });
        found || self.uses_sizes()
    }

    /// What the derived fields follow from whose values it looks at.
    fn derivations<'a>(&self, fields: &'a [Field]) -> impl Iterator<Item = &'a Self> {
        let values = self.values().into_iter();
        values.filter_map(|index| Some(&fields.get(index)?.derived.as_ref()?.expr))
    }

    /// The fields whose values it looks at.
    pub fn values(&self) -> Vec<usize> {
        let mut values = Vec::new();
        self.walk(&mut |it| {
            if let Self::Name(Place::Field(index)) = it
                && !values.contains(index)
            {
                values.push(*index);
            }
        });
        values
    }

    /// The expression looks at sizes, or at what follows from them.
    pub fn follows_sizes(&self, fields: &[Field]) -> bool {
        self.uses_sizes()
            || self.values().into_iter().any(|index| {
                let derived = fields.get(index).and_then(|field| field.derived.as_ref());
                derived.is_some_and(|derived| derived.expr.follows_sizes(fields))
            })
    }
}
