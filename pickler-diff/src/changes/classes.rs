//! Which types of two schemas look the same on the wire.

use std::collections::BTreeMap;

use pickler::schema::{Schema, Shape, TypeRef};

/// The types of two schemas, in classes of those that look the same, with the
/// same names of fields and variants. What they say of themselves, and what
/// they are called, does not count.
pub struct Classes {
    old: Vec<usize>,
    new: Vec<usize>,
}

impl Classes {
    /// All types are taken for the same until they are seen to differ, so that
    /// types may mention themselves.
    ///
    /// Where the roots are `messages`, they are taken for the same wherever they
    /// are mentioned: what has changed in a message is told at that message, and
    /// not at all that may hold it.
    pub fn new(old: &Schema, new: &Schema, messages: bool) -> Self {
        let mut classes = Self {
            old: vec![0; old.types().len()],
            new: vec![0; new.types().len()],
        };
        let mut count = 0;
        loop {
            let mut known = BTreeMap::new();
            let mut class_of = |schema: &Schema, classes: &[usize]| -> Vec<usize> {
                let keys = schema.types().iter().map(|definition| {
                    let parameters = definition.parameters.iter();
                    let parameters: Vec<_> = parameters
                        .map(|it| (it.name.clone(), bare(&it.shape, classes)))
                        .collect();
                    format!("{:?}{:?}", bare(&definition.shape, classes), parameters)
                });
                keys.map(|key| {
                    let next = known.len();
                    *known.entry(key).or_insert(next)
                })
                .collect()
            };
            let (of_old, of_new) = (class_of(old, &classes.old), class_of(new, &classes.new));
            let found = known.len();
            classes = Self {
                old: of_old,
                new: of_new,
            };
            if messages && let (Shape::Named(old), Shape::Named(new)) = (old.root(), new.root()) {
                let class = classes.old[old.index()];
                classes.new[new.index()] = class;
            }
            if found == count {
                return classes;
            }
            count = found;
        }
    }

    /// A shape of the old schema and one of the new look the same.
    pub fn are_same(&self, old: &Shape, new: &Shape) -> bool {
        bare(old, &self.old) == bare(new, &self.new)
    }
}

/// The shape with the classes of types in place of their numbers, and without
/// what it says of itself.
fn bare(shape: &Shape, classes: &[usize]) -> Shape {
    let mut shape = shape.clone();
    strip(&mut shape, classes);
    shape
}

fn strip(shape: &mut Shape, classes: &[usize]) {
    match shape {
        Shape::Named(reference) => *reference = TypeRef::at(classes[reference.index()]),
        Shape::Record(record) => {
            for field in &mut record.fields {
                field.doc = "".into();
            }
        }
        Shape::Keyed(keyed) => {
            for field in &mut keyed.fields {
                field.doc = "".into();
            }
        }
        Shape::Union(union) => {
            let mut variants = union.variants.to_vec();
            for variant in &mut variants {
                variant.doc = "".into();
            }
            union.variants = variants.into();
        }
        _ => {}
    }
    for part in shape.parts_mut() {
        strip(part, classes);
    }
}
