//! The order in which variants are declared, which tags do not tell: types are
//! described in the order in which they are mentioned.

use std::collections::BTreeSet;

use pickler::schema::{Schema, Shape, TagSource, Union};

use crate::context::Context;

impl Context<'_> {
    /// The places of a union's variants in the order in which they are declared:
    /// that of their tags, but for what the order of the types tells. Those that are
    /// tried in turn stay as they are: their order is the format.
    pub fn declaration_order(&self, index: usize, union: &Union) -> Vec<usize> {
        if union.source == TagSource::Choice {
            return (0..union.variants.len()).collect();
        }
        let mut seen = seen_before(self.schema, index);
        let mut left: Vec<usize> = (0..union.variants.len()).collect();
        let mut order = Vec::new();
        while !left.is_empty() {
            let known = |index: &&usize| **index < self.in_order;
            let next = seen.iter().filter(known).count();
            let fits = left.iter().position(|place| {
                let mut with = seen.clone();
                let mut found = Vec::new();
                see(
                    self.schema,
                    &union.variants[*place].body,
                    &mut with,
                    &mut found,
                );
                let found: Vec<usize> = found.iter().filter(known).copied().collect();
                found.iter().copied().eq(next..next + found.len())
            });
            let place = left.remove(fits.unwrap_or(0));
            let mut found = Vec::new();
            see(
                self.schema,
                &union.variants[place].body,
                &mut seen,
                &mut found,
            );
            order.push(place);
        }
        order
    }
}

/// The types that are described before what is in a type is.
fn seen_before(schema: &Schema, index: usize) -> BTreeSet<usize> {
    // All that come before it, and those of its parameters, which do not mention
    // others.
    let mut seen: BTreeSet<usize> = (0..=index).collect();
    for parameter in &schema.types()[index].parameters {
        see(schema, &parameter.shape, &mut seen, &mut Vec::new());
    }
    seen
}

/// Adds the types that a shape mentions, in the order in which they are found.
fn see(schema: &Schema, shape: &Shape, seen: &mut BTreeSet<usize>, found: &mut Vec<usize>) {
    if let Shape::Named(reference) = shape {
        let index = reference.index();
        if seen.insert(index) {
            found.push(index);
            let definition = &schema.types()[index];
            for parameter in &definition.parameters {
                see(schema, &parameter.shape, seen, found);
            }
            see(schema, &definition.shape, seen, found);
        }
        return;
    }
    for part in shape.parts() {
        see(schema, part, seen, found);
    }
}
