//! One change, and the old format with that change alone.

use std::sync::Arc;

use pickler::schema::{Definition, Expr, Field, Schema, Shape, Size, TypeRef, Variant};

/// A place at which the descriptions are not the same.
#[derive(Clone, Debug)]
pub struct Change {
    /// Where in the old description.
    pub site: Site,
    /// Where in the new description.
    pub new_site: Site,
    /// What has changed of what is there.
    pub focus: Focus,
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

impl Change {
    /// It is about what is computed, or about a limit: values that are read all the
    /// same tell nothing of those that were not tried.
    pub fn is_computed(&self, old: &Schema, new: &Schema) -> bool {
        let (Some(old), Some(new)) = (self.site.find(old), self.new_site.find(new)) else {
            return false;
        };
        match (old, new) {
            (Shape::Record(old), Shape::Record(new)) => {
                let rules = |field: &Field| (field.derived.clone(), field.assertions.clone());
                let is_other = |field: &Field| {
                    let mut fields = new.fields.iter();
                    let after = fields.find(|it| it.name == field.name);
                    after.is_some_and(|after| rules(field) != rules(after))
                };
                old.assertions != new.assertions || old.fields.iter().any(is_other)
            }
            _ => rule(old) != rule(new),
        }
    }
}

/// What is computed of a shape, and the most that it may take.
fn rule(shape: &Shape) -> (Vec<&Expr>, Option<u64>) {
    let most = match shape {
        Shape::Sized {
            size: Size::AtMost(most),
            ..
        } => Some(*most),
        _ => None,
    };
    (shape.expressions(), most)
}

/// What has changed of what stands at a place: what must take part in a value for
/// it to show anything of the change.
#[derive(Clone, Debug, Default)]
pub enum Focus {
    /// All of it.
    #[default]
    Here,
    /// Fields of one of these names; where there is none, a record for which they
    /// would be there.
    Fields {
        names: Vec<Arc<str>>,
        /// Where they are there, if not always.
        conditions: Vec<Expr>,
    },
    /// How fields follow each other: two of them.
    Fellows,
    /// A variant of one of these names, or with this tag.
    Variant { names: Vec<Arc<str>>, tag: u128 },
    /// This value of an enumeration.
    Name(u128),
    /// What has no variant, name or key.
    Others,
}

impl Focus {
    /// Fields that are always there.
    pub const fn fields(names: Vec<Arc<str>>) -> Self {
        Self::Fields {
            names,
            conditions: Vec::new(),
        }
    }
}

/// A place in a description.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Site {
    /// In which type; without, in the root.
    pub definition: Option<usize>,
    /// The way from there, by the numbers of parts.
    pub parts: Vec<usize>,
}

/// What makes another shape of one of the old description; types of the new
/// description are numbered behind those of the old one.
#[derive(Clone, Debug)]
pub enum Edit {
    /// It is replaced.
    Shape(Shape),
    /// Variants of a union are others: what has many would be large for each.
    Variants {
        /// The names of those that are gone.
        without: Vec<Arc<str>>,
        /// What is there instead, also of one that had its tag.
        with: Option<Box<Variant>>,
    },
}

impl Site {
    /// The part of that number.
    pub fn part(&self, part: usize) -> Self {
        let mut site = self.clone();
        site.parts.push(part);
        site
    }

    /// What stands there.
    pub fn find<'a>(&self, schema: &'a Schema) -> Option<&'a Shape> {
        let mut place = match self.definition {
            Some(index) => &schema.types().get(index)?.shape,
            None => schema.root(),
        };
        for part in &self.parts {
            place = place.parts().into_iter().nth(*part)?;
        }
        Some(place)
    }

    /// The schema, in which something else stands there.
    pub fn replaced(&self, schema: &Schema, shape: Shape) -> Option<Schema> {
        let mut root = schema.root().clone();
        let mut types = schema.types().to_vec();
        *self.find_mut(&mut root, &mut types)? = shape;
        Schema::new(root, types).ok()
    }

    fn find_mut<'a>(
        &self,
        root: &'a mut Shape,
        types: &'a mut [Definition],
    ) -> Option<&'a mut Shape> {
        let mut place = match self.definition {
            Some(index) => &mut types.get_mut(index)?.shape,
            None => root,
        };
        for part in &self.parts {
            place = place.parts_mut().into_iter().nth(*part)?;
        }
        Some(place)
    }
}

impl Edit {
    /// The old format, changed here alone. `old` and `new` may lack what no value
    /// needs that is tried.
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
        let place = site.find_mut(&mut root, &mut types)?;
        match (self, place) {
            (Self::Shape(shape), place) => *place = shape.clone(),
            (Self::Variants { without, with }, Shape::Union(union)) => {
                let is_other = |it: &Variant| {
                    !without.contains(&it.name)
                        && with.as_ref().is_none_or(|with| with.tag != it.tag)
                };
                let kept = union.variants.iter().filter(|it| is_other(it)).cloned();
                let variants: Vec<_> = kept.chain(with.as_deref().cloned()).collect();
                union.variants = variants.into();
            }
            (Self::Variants { .. }, _) => return None,
        }
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
