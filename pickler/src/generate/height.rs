//! How deep the shallowest values are, so that recursion comes to an end.

use alloc::vec::Vec;

use crate::schema::{Count, Occurs, Record, Schema, Shape, Union};

/// The height of what has no finite value.
pub(super) const ENDLESS: u32 = u32::MAX;

/// How many boxes and named types lie inside one another, at the least, in a
/// value.
#[derive(Debug)]
pub(super) struct Heights {
    /// Of each definition, in the schema's order.
    types: Vec<u32>,
}

impl Heights {
    pub(super) fn new(schema: &Schema) -> Self {
        let mut heights = Self {
            types: alloc::vec![ENDLESS; schema.types().len()],
        };
        // Each round finds the types that need one more level, at the least.
        loop {
            let types: Vec<u32> = schema
                .types()
                .iter()
                .map(|definition| heights.of(&definition.shape).saturating_add(1))
                .collect();
            if types == heights.types {
                return heights;
            }
            heights.types = types;
        }
    }

    /// The name of a type in a shape of which no value is finite.
    pub(super) fn endless_type<'a>(&self, shape: &'a Shape, schema: &'a Schema) -> Option<&'a str> {
        match shape {
            Shape::Named(reference) => {
                let is_endless = self.of(shape) == ENDLESS;
                is_endless.then(|| &*schema.definition(*reference).name)
            }
            shape => {
                let mut parts = shape.parts().into_iter();
                parts.find_map(|part| self.endless_type(part, schema))
            }
        }
    }

    pub(super) fn of(&self, shape: &Shape) -> u32 {
        match shape {
            Shape::Integer { .. }
            | Shape::Varint(_)
            | Shape::Bool { .. }
            | Shape::Float { .. }
            | Shape::Opaque(_)
            | Shape::Bytes { .. }
            | Shape::Text { .. }
            | Shape::Enumeration(_)
            | Shape::Optional { .. }
            | Shape::Conditional { .. } => 0,
            Shape::List { item, count } => match count {
                Count::Fixed(1..) | Count::Last(_) => self.of(item),
                // An expression may be 0, too.
                Count::Fixed(0)
                | Count::Prefix(_)
                | Count::Expr(_)
                | Count::Until(_)
                | Count::Rest => 0,
            },
            Shape::Tuple(items) => self.greatest(items),
            Shape::Record(record) => self.of_record(record),
            Shape::Keyed(keyed) => {
                let needed = keyed
                    .fields
                    .iter()
                    .filter(|field| field.occurs == Occurs::Required);
                self.greatest(needed.map(|field| &field.shape))
            }
            Shape::Union(union) => self.of_union(union),
            Shape::Elsewhere { place, .. } if place.none.is_some() => 0,
            Shape::Choice { alternatives, .. } => {
                let heights = alternatives.iter().map(|item| self.of(item));
                heights.min().unwrap_or(ENDLESS)
            }
            Shape::Constant { item, .. }
            | Shape::Shared { item, .. }
            | Shape::Unordered { list: item, .. }
            | Shape::Ordered { item, .. }
            | Shape::OrderedBy { item, .. }
            | Shape::Given { item, .. }
            | Shape::Shown { item, .. }
            | Shape::Mapped { item, .. }
            | Shape::Satisfying { item, .. }
            | Shape::Means { item, .. }
            | Shape::Peeked { item, .. }
            | Shape::Sized { item, .. }
            | Shape::Padded { item, .. }
            | Shape::Filtered { item, .. }
            | Shape::Filled { item, .. }
            | Shape::Behind { item, .. }
            | Shape::ProtobufField { item, .. }
            | Shape::Json { item } => self.of(item),
            Shape::Boxed(item) | Shape::Elsewhere { item, .. } => self.of(item).saturating_add(1),
            Shape::Named(reference) => self.types[reference.index()],
        }
    }

    pub(super) fn of_record(&self, record: &Record) -> u32 {
        self.greatest(record.fields.iter().map(|field| &field.shape))
    }

    fn of_union(&self, union: &Union) -> u32 {
        if union.other.is_some() {
            return 0;
        }
        let bodies = union.variants.iter().map(|variant| self.of(&variant.body));
        bodies.min().unwrap_or(ENDLESS)
    }

    fn greatest<'a>(&self, shapes: impl IntoIterator<Item = &'a Shape>) -> u32 {
        let heights = shapes.into_iter().map(|shape| self.of(shape));
        heights.max().unwrap_or(0)
    }
}
