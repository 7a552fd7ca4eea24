//! What types must be because of where they are mentioned.

use std::collections::BTreeSet;

use pickler::schema::{KeyFormat, Schema, Shape};

/// Types that are values of protobuf messages, and say so.
pub fn protobuf(schema: &Schema) -> BTreeSet<usize> {
    let mut found = BTreeSet::new();
    for definition in schema.types() {
        walk(&definition.shape, &mut |shape| match shape {
            Shape::Keyed(keyed) if keyed.format == KeyFormat::Protobuf => {
                for field in &keyed.fields {
                    if field.form != pickler::schema::Form::Bytes {
                        mark(schema, &field.shape, &mut found);
                    }
                }
            }
            Shape::ProtobufField { form, item, .. } if *form != pickler::schema::Form::Bytes => {
                mark(schema, item, &mut found);
            }
            _ => {}
        });
    }
    found
}

/// A value, and what it consists of.
fn mark(schema: &Schema, shape: &Shape, found: &mut BTreeSet<usize>) {
    match shape {
        Shape::Named(reference) => {
            let is_new = found.insert(reference.index());
            if is_new {
                mark(schema, &schema.definition(*reference).shape, found);
            }
        }
        Shape::Boxed(item) | Shape::Shown { item, .. } => mark(schema, item, found),
        _ => {}
    }
}

/// Types whose values are keys of maps and items of sets.
pub fn ordered(schema: &Schema) -> BTreeSet<usize> {
    let mut found = BTreeSet::new();
    let mut keys = Vec::new();
    for shape in all(schema) {
        if let Shape::Unordered { list, by_key } = shape
            && let Shape::List { item, .. } = &**list
        {
            match &**item {
                Shape::Tuple(pair) if *by_key => keys.extend(pair.first()),
                item => keys.push(item),
            }
        }
    }
    while let Some(shape) = keys.pop() {
        match shape {
            Shape::Named(reference) => {
                if found.insert(reference.index()) {
                    keys.push(&schema.definition(*reference).shape);
                }
            }
            shape => keys.extend(shape.parts()),
        }
    }
    found
}

/// All shapes of a schema, each in front of its parts.
pub fn all(schema: &Schema) -> Vec<&Shape> {
    let mut all = Vec::new();
    let root = core::iter::once(schema.root());
    for shape in root.chain(schema.types().iter().map(|it| &it.shape)) {
        walk(shape, &mut |shape| all.push(shape));
    }
    all
}

fn walk<'a>(shape: &'a Shape, visit: &mut impl FnMut(&'a Shape)) {
    visit(shape);
    for part in shape.parts() {
        walk(part, visit);
    }
}
