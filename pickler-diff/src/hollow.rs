//! Shapes of a schema as schemas of their own.

use pickler::schema::{Definition, Schema, Shape};

/// A shape of a schema as a schema of its own, in which types that it does not
/// mention are empty.
pub fn alone(shape: &Shape, schema: &Schema) -> Option<Schema> {
    let reached = reached_from(shape, schema);
    Schema::new(shape.clone(), without(schema, &reached)).ok()
}

/// Which types a shape mentions.
fn reached_from(shape: &Shape, schema: &Schema) -> Vec<bool> {
    let mut reached = vec![false; schema.types().len()];
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
