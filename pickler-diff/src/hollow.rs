//! Schemas without what a message does not need: a schema of thousands of messages
//! is changed for each of them, and what is changed is copied.

use pickler::schema::{Definition, Schema, Shape, Variant};

use crate::messages::messages;

/// The schema in which other messages than these have no fields, and types that
/// nothing mentions then are empty; all stands where it stood.
pub fn with_messages(schema: &Schema, keeps: impl Fn(&Variant) -> bool) -> Option<Schema> {
    let (site, union) = messages(schema)?;
    let (Some(index), []) = (site.definition, site.parts.as_slice()) else {
        return Some(schema.clone());
    };
    let variants = union.variants.iter().map(|variant| {
        if keeps(variant) {
            variant.clone()
        } else {
            Variant {
                name: variant.name.clone(),
                doc: "".into(),
                tag: variant.tag,
                also: variant.also.clone(),
                condition: variant.condition.clone(),
                direction: variant.direction,
                body: Shape::Tuple(Vec::new()),
            }
        }
    });
    let mut hollow = union.clone();
    hollow.variants = variants.collect::<Vec<_>>().into();
    let hollow = Shape::Union(Box::new(hollow));
    let mut reached = reached_from(&hollow, schema, Some(index));
    reached[index] = false;
    let mut types = without(schema, &reached);
    types[index].shape = hollow;
    types[index]
        .parameters
        .clone_from(&schema.types()[index].parameters);
    Schema::new(schema.root().clone(), types).ok()
}

/// A shape of a schema as a schema of its own, in which types that it does not
/// mention are empty.
pub fn alone(shape: &Shape, schema: &Schema) -> Option<Schema> {
    let reached = reached_from(shape, schema, None);
    Schema::new(shape.clone(), without(schema, &reached)).ok()
}

/// Which types a shape mentions; `beside` what is in one of them.
fn reached_from(shape: &Shape, schema: &Schema, beside: Option<usize>) -> Vec<bool> {
    let mut reached = vec![false; schema.types().len()];
    if let Some(index) = beside {
        reached[index] = true;
    }
    let mut open = vec![shape];
    while let Some(shape) = open.pop() {
        if let Shape::Named(reference) = shape
            && !std::mem::replace(&mut reached[reference.index()], true)
        {
            let definition = schema.definition(*reference);
            open.push(&definition.shape);
            open.extend(definition.parameters.iter().map(|it| &it.shape));
        }
        open.extend(shape.parts());
    }
    reached
}

fn without(schema: &Schema, reached: &[bool]) -> Vec<Definition> {
    let types = schema.types().iter().zip(reached);
    let types = types.map(|(definition, is_reached)| {
        if *is_reached {
            return definition.clone();
        }
        Definition {
            name: definition.name.clone(),
            doc: "".into(),
            parameters: Vec::new(),
            shape: Shape::Tuple(Vec::new()),
        }
    });
    types.collect()
}
