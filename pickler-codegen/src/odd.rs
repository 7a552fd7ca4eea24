//! Types that end on a byte boundary though parts of them, of varying size, do not:
//! the derive cannot find that out.

use std::collections::BTreeSet;

use pickler::schema::{Schema, Shape, TagSource, Union};

use crate::item::Body;
use crate::whole::has_odd_parts;

/// Records and unions that say that they are whole, since it is not seen by their parts.
pub fn unseen(schema: &Schema) -> BTreeSet<usize> {
    let types = schema.types().iter().enumerate();
    let unseen = types.filter(|(_, it)| {
        let odd = Odd {
            schema,
            depth: NESTED,
        };
        let parts = match Body::of(&it.shape) {
            Body::Record(record) => record.fields.iter().map(|field| &field.shape).collect(),
            Body::Union(union) if union.length.is_none() => bodies(union),
            _ => return false,
        };
        let is_unseen = |part: &&Shape| odd.past(part) != Some(0) && odd.width(part).is_none();
        parts.iter().any(is_unseen) && odd.past(&it.shape) == Some(0)
    });
    unseen.map(|(index, _)| index).collect()
}

/// How deep types are followed.
const NESTED: usize = 16;

/// The fields of records in variants, and other bodies.
fn bodies(union: &Union) -> Vec<&Shape> {
    let bodies = union.variants.iter().map(|it| &it.body);
    let parts = bodies.flat_map(|body| match body {
        Shape::Record(record) => record.fields.iter().map(|field| &field.shape).collect(),
        body => vec![body],
    });
    parts.collect()
}

#[derive(Clone, Copy)]
struct Odd<'a> {
    schema: &'a Schema,
    depth: usize,
}

impl Odd<'_> {
    /// How many bits it always has behind its last whole byte; `None` if that varies, as
    /// far as is seen.
    fn past(self, shape: &Shape) -> Option<u64> {
        if let Some(bits) = self.width(shape) {
            return Some(bits % 8);
        }
        match shape {
            Shape::Named(reference) => {
                let inside = Self {
                    depth: self.depth.checked_sub(1)?,
                    ..self
                };
                inside.past(&self.schema.definition(*reference).shape)
            }
            Shape::Record(record) => {
                let fields = record.fields.iter().map(|it| &it.shape);
                self.sum(record.magic.iter().chain(fields))
            }
            Shape::Tuple(items) => self.sum(items),
            Shape::Behind { magic, item } => self.sum([&**magic, item]),
            Shape::Union(union) => self.of_union(union),
            Shape::Ordered { item, .. }
            | Shape::OrderedBy { item, .. }
            | Shape::Given { item, .. }
            | Shape::Shown { item, .. }
            | Shape::Satisfying { item, .. }
            | Shape::Boxed(item) => self.past(item),
            shape => {
                let mut parts = shape.parts().into_iter();
                let is_whole = !has_odd_parts(shape) && parts.all(|it| self.past(it) == Some(0));
                is_whole.then_some(0)
            }
        }
    }

    fn sum<'s>(self, parts: impl IntoIterator<Item = &'s Shape>) -> Option<u64> {
        let mut parts = parts.into_iter();
        parts.try_fold(0, |sum, part| Some((sum + self.past(part)?) % 8))
    }

    fn of_union(self, union: &Union) -> Option<u64> {
        let tag = match union.source {
            TagSource::Wire => self.past(&union.tag)?,
            TagSource::Given(_) | TagSource::Choice => 0,
        };
        if union.length.is_some() {
            return (tag == 0).then_some(0);
        }
        let bodies = union.variants.iter().map(|it| self.past(&it.body));
        // What is kept with an unknown tag has whole bytes.
        let other = union.other.iter().map(|_| Some(0));
        let mut all = bodies.chain(other);
        let first = all.next()??;
        all.all(|it| it == Some(first)).then_some((tag + first) % 8)
    }

    /// How many bits it always takes, if it is always the same.
    fn width(self, shape: &Shape) -> Option<u64> {
        match shape {
            Shape::Integer { bits, .. } | Shape::Bool { bits } | Shape::Float { bits } => {
                Some(u64::from(*bits))
            }
            Shape::Enumeration(it) => self.width(&it.tag),
            Shape::Named(reference) => {
                let inside = Self {
                    depth: self.depth.checked_sub(1)?,
                    ..self
                };
                inside.width(&self.schema.definition(*reference).shape)
            }
            Shape::Record(record) => {
                let fields = record.fields.iter().map(|it| &it.shape);
                let mut parts = record.magic.iter().chain(fields);
                parts.try_fold(0, |sum: u64, part| sum.checked_add(self.width(part)?))
            }
            Shape::Tuple(items) => {
                let mut items = items.iter();
                items.try_fold(0, |sum: u64, item| sum.checked_add(self.width(item)?))
            }
            Shape::Optional { item, .. }
            | Shape::Constant { item, .. }
            | Shape::Ordered { item, .. }
            | Shape::OrderedBy { item, .. }
            | Shape::Shown { item, .. }
            | Shape::Satisfying { item, .. }
            | Shape::Means { item, .. } => self.width(item),
            _ => None,
        }
    }
}
