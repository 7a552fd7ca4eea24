//! One change, and the old format with that change alone.

use pickler::schema::{Schema, Shape, TypeRef};

/// A place at which the descriptions are not the same.
#[derive(Clone, Debug)]
pub struct Change {
    /// Where in the old description.
    pub site: Site,
    /// The message that it is in; without, it is in all.
    pub message: Option<String>,
    /// Where in the message, by the new names.
    pub field: Vec<String>,
    /// What has changed.
    pub says: String,
    /// What makes the old format one that has this change alone; nothing where
    /// the bytes stay the same.
    pub edit: Option<Edit>,
    /// It is about which messages there are, and not about what is in one.
    pub of_messages: bool,
}

/// A place in a description.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Site {
    /// In which type; without, in the root.
    pub definition: Option<usize>,
    /// The way from there, by the numbers of parts.
    pub parts: Vec<usize>,
}

/// What a shape of the old description is replaced by; types of the new
/// description are numbered behind those of the old one.
#[derive(Clone, Debug)]
pub struct Edit(pub Shape);

impl Site {
    /// The part of that number.
    pub fn part(&self, part: usize) -> Self {
        let mut site = self.clone();
        site.parts.push(part);
        site
    }
}

impl Edit {
    /// The old format, changed here alone.
    pub fn apply(&self, site: &Site, old: &Schema, new: &Schema) -> Option<Schema> {
        let mut root = old.root().clone();
        let mut types = old.types().to_vec();
        types.extend(new.types().iter().cloned().map(|mut definition| {
            definition.shape = among_old(definition.shape, old, new);
            for parameter in &mut definition.parameters {
                parameter.shape = among_old(parameter.shape.clone(), old, new);
            }
            definition
        }));
        let mut place = match site.definition {
            Some(index) => &mut types[index].shape,
            None => &mut root,
        };
        for part in &site.parts {
            place = place.parts_mut().into_iter().nth(*part)?;
        }
        *place = self.0.clone();
        Schema::new(root, types).ok()
    }
}

/// A shape of the new description as one that stands in the old one: what
/// mentions all messages mentions those of the old one.
pub fn among_old(mut shape: Shape, old: &Schema, new: &Schema) -> Shape {
    fn renumber(shape: &mut Shape, old: &Schema, new: &Schema) {
        if let Shape::Named(reference) = shape {
            *reference = match (old.root(), new.root()) {
                (Shape::Named(of_old), Shape::Named(of_new)) if reference == of_new => *of_old,
                _ => TypeRef::at(old.types().len() + reference.index()),
            };
        }
        for part in shape.parts_mut() {
            renumber(part, old, new);
        }
    }
    renumber(&mut shape, old, new);
    shape
}
