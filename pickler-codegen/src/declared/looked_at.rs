//! Which numbers expressions look at.

use std::collections::BTreeSet;

use pickler::schema::{Expr, Record, Schema, Shape, TagSource};

/// What the expressions of a schema look at beside the fields of their own record.
pub struct LookedAt {
    /// The names of fields of fields.
    members: BTreeSet<String>,
    /// The types of fields of which the value is looked at.
    types: BTreeSet<usize>,
}

impl LookedAt {
    /// What all expressions of a schema look at.
    pub fn of(schema: &Schema) -> Self {
        let mut it = Self {
            members: BTreeSet::new(),
            types: BTreeSet::new(),
        };
        let all = crate::facts::all(schema);
        for shape in &all {
            for expr in own(shape) {
                expr.walk(&mut |part| {
                    if let Expr::Member(_, name) = part {
                        it.members.insert(name.clone());
                    }
                });
            }
        }
        for shape in &all {
            if let Shape::Record(record) = shape {
                let names = it.of_record(record);
                let fields = record.fields.iter();
                for field in fields.filter(|field| names.contains(&*field.name)) {
                    mark(schema, &field.shape, &mut it.types);
                }
            }
        }
        it
    }

    /// The value of the type at a place is looked at.
    pub fn has_type(&self, index: usize) -> bool {
        self.types.contains(&index)
    }

    /// The fields of a record of which the values are looked at.
    pub fn of_record(&self, record: &Record) -> BTreeSet<String> {
        let mut found = self.members.clone();
        let fields = record.fields.iter();
        let in_shapes = fields.clone().flat_map(|field| field.shape.expressions());
        let behind = fields.flat_map(|field| field.derived.iter().chain(&field.assertions));
        for expr in in_shapes.chain(behind).chain(&record.assertions) {
            expr.walk(&mut |part| {
                if let Expr::Field(name) = part {
                    found.insert(name.clone());
                }
            });
        }
        found
    }
}

/// The expressions of a shape, of whatever they look at.
fn own(shape: &Shape) -> Vec<&Expr> {
    let mut found = shape.expressions();
    match shape {
        Shape::Record(record) => {
            found.extend(&record.assertions);
            for field in &record.fields {
                found.extend(field.derived.iter().chain(&field.assertions));
            }
        }
        Shape::Union(union) => {
            found.extend(union.variants.iter().filter_map(|it| it.condition.as_ref()));
            if let TagSource::Given(expr) = &union.source {
                found.push(expr);
            }
        }
        _ => {}
    }
    found
}

/// The types that are the number in a field.
fn mark(schema: &Schema, shape: &Shape, found: &mut BTreeSet<usize>) {
    match shape {
        Shape::Named(reference) => {
            if found.insert(reference.index()) {
                mark(schema, &schema.definition(*reference).shape, found);
            }
        }
        Shape::Record(_) | Shape::Keyed(_) | Shape::Union(_) | Shape::Enumeration(_) => {}
        shape => {
            for part in shape.parts() {
                mark(schema, part, found);
            }
        }
    }
}
