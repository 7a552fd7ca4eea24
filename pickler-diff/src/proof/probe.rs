//! Whether what has changed takes part in what is written.

use pickler::dynamic;
use pickler::schema::{Count, Expr, Keyed, Schema, Shape, UnaryOperator, Unknown, Variant};

use super::Sample;
use crate::changes::{Focus, Site};

/// More fields of one record are not told apart.
const MOST: usize = 8;

/// Tells which values have the changed part of a schema in them: those that
/// cannot be read any more, or not as the same, by a schema that is the same but
/// for that part, of which nothing can be read.
pub struct Probe {
    without: Vec<Schema>,
    /// With so many of them.
    needed: usize,
    /// A schema of which nothing of the part can be read even if it is not there.
    around: Schema,
}

impl Probe {
    /// Of what stands at a place of a schema.
    pub fn new(schema: &Schema, site: &Site, focus: &Focus) -> Option<Self> {
        let shape = site.find(schema)?;
        let shapes = match (focus, shape) {
            (Focus::Fellows, Shape::Keyed(keyed)) => {
                let all = keyed.fields.iter().take(MOST);
                let one = |name| without(shape, &Focus::fields(vec![name]), unreadable);
                all.map(|field| one(field.name.clone())).collect()
            }
            _ => vec![without(shape, focus, unreadable)],
        };
        let needed = shapes.len().min(2);
        let schemas = shapes.into_iter();
        let schemas: Option<Vec<Schema>> = schemas.map(|it| site.replaced(schema, it)).collect();
        Some(Self {
            without: schemas?,
            needed,
            around: site.replaced(schema, without(shape, focus, |_| nothing()))?,
        })
    }

    /// The same for what is in messages of that kind.
    #[must_use]
    pub fn within(self, part: impl Fn(&Schema) -> Option<Schema>) -> Option<Self> {
        let without: Option<Vec<Schema>> = self.without.iter().map(&part).collect();
        Some(Self {
            without: without?,
            around: part(&self.around)?,
            ..self
        })
    }

    /// What was written has a place for the part, if not the part.
    pub fn is_around(&self, sample: &Sample) -> bool {
        let read = dynamic::decode(&self.around, &sample.bytes);
        read.as_ref() != Ok(&sample.value)
    }

    /// The part is in what was written.
    pub fn is_in(&self, sample: &Sample) -> bool {
        let found = self.without.iter().filter(|schema| {
            let read = dynamic::decode(schema, &sample.bytes);
            read.as_ref() != Ok(&sample.value)
        });
        found.take(self.needed).count() == self.needed
    }
}

/// The shape, of which nothing can be read that has the changed part.
fn without(shape: &Shape, focus: &Focus, unreadable: impl Fn(&Shape) -> Shape) -> Shape {
    let mut changed = shape.clone();
    match (&mut changed, focus) {
        (Shape::Record(record), Focus::Fields { names, conditions }) => {
            let mut found = false;
            for field in &mut record.fields {
                if names.contains(&field.name) {
                    field.shape = unreadable(&field.shape);
                    field.derived = None;
                    field.checksum = None;
                    found = true;
                }
            }
            for condition in conditions.iter().filter(|_| !found) {
                let not = Expr::Unary(UnaryOperator::Not, Box::new(condition.clone()));
                let refusing = record.as_ref().clone().that_satisfies(not);
                **record = refusing;
            }
            if found || !conditions.is_empty() {
                return changed;
            }
        }
        (Shape::Keyed(keyed), Focus::Fields { names, .. }) => {
            let mut found = false;
            for field in &mut keyed.fields {
                if names.contains(&field.name) {
                    field.shape = nothing();
                    found = true;
                }
            }
            if found {
                return changed;
            }
        }
        (Shape::Keyed(keyed), Focus::Others) if matches!(keyed.unknown, Unknown::Kept(_)) => {
            return Shape::Keyed(Box::new(refusing(keyed)));
        }
        (Shape::Union(union), Focus::Variant { names, tag }) => {
            let is_known = union.variants.iter().any(|it| names.contains(&it.name));
            let is_it = |it: &Variant| {
                if is_known {
                    names.contains(&it.name)
                } else {
                    it.tag == *tag || it.also.iter().any(|tags| tags.contains(tag))
                }
            };
            let mut variants = union.variants.to_vec();
            let mut found = false;
            for variant in variants.iter_mut().filter(|it| is_it(it)) {
                variant.body = nothing();
                found = true;
            }
            if !found && union.other.is_some() {
                variants.push(Variant {
                    name: names.first().cloned().unwrap_or_default(),
                    doc: "".into(),
                    tag: *tag,
                    also: Vec::new(),
                    condition: None,
                    direction: None,
                    body: nothing(),
                });
                found = true;
            }
            union.variants = variants.into();
            if found {
                return changed;
            }
        }
        (Shape::Union(union), Focus::Others) if union.other.is_some() => {
            union.other = None;
            return changed;
        }
        (Shape::Enumeration(enumeration), Focus::Name(value)) => {
            let before = enumeration.names.len();
            enumeration.names.retain(|(known, _)| known != value);
            if enumeration.names.len() < before {
                return changed;
            }
            if enumeration.other.is_some() {
                enumeration.names.push((*value, "".into()));
                enumeration.names.sort_by_key(|(value, _)| *value);
                return changed;
            }
        }
        (Shape::Enumeration(enumeration), Focus::Others) if enumeration.other.is_some() => {
            enumeration.other = None;
            return changed;
        }
        _ => {}
    }
    unreadable(shape)
}

/// A shape of which nothing can be read that is there.
fn unreadable(shape: &Shape) -> Shape {
    let mut changed = shape.clone();
    match &mut changed {
        Shape::Conditional { item, .. }
        | Shape::Elsewhere { item, .. }
        | Shape::Sized { item, .. }
        | Shape::Ordered { item, .. } => {
            **item = unreadable(item);
            changed
        }
        Shape::List {
            item,
            count: Count::Fixed(_) | Count::Expr(_) | Count::Rest,
        } => {
            **item = nothing();
            changed
        }
        Shape::Bytes {
            count: count @ (Count::Fixed(_) | Count::Expr(_) | Count::Rest),
        }
        | Shape::Text {
            count: count @ (Count::Fixed(_) | Count::Expr(_) | Count::Rest),
        } => Shape::List {
            item: Box::new(nothing()),
            count: count.clone(),
        },
        _ => nothing(),
    }
}

/// A shape that has no values.
fn nothing() -> Shape {
    Shape::Satisfying {
        item: Box::new(Shape::Tuple(Vec::new())),
        condition: Expr::Bool(false),
    }
}

fn refusing(keyed: &Keyed) -> Keyed {
    let mut refusing = Keyed::new(keyed.format, keyed.fields.clone());
    refusing.in_order = keyed.in_order;
    refusing
}
