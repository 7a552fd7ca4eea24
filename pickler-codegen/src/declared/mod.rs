//! Descriptions as types give them: what Rust says by a type of its own gets a
//! name there, and types come in the order in which they are mentioned.

mod given;
mod looked_at;
mod order;
mod passed;
mod rebuild;
mod respell;
mod settle;

use std::collections::BTreeSet;

use pickler::schema::{Definition, Schema, SchemaError, Shape, TypeRef};

use crate::context::Context;
use looked_at::LookedAt;
use order::renumbered;
use rebuild::count;
use respell::{respelled, respelled_parameter, with_seen_bounds};
use settle::Settling;

/// A description in which all that is a type in Rust has a name.
pub struct Settled {
    pub schema: Schema,
    /// The types that had none, and are described where they are mentioned.
    pub inline: BTreeSet<usize>,
}

/// The same format, as the generated types describe it.
///
/// What types say of themselves stays as it is. Of a description that comes from
/// elsewhere, types that nothing mentions are left out, the others come in the order
/// in which they are mentioned, and what can be said in two ways is said as types
/// say it: alternatives with names are the variants of a `union tag none`, the text of
/// always so many bytes has a count that is an expression, bytes in front are a list,
/// the bounds of an integer are a condition on its field, a parameter of some bits has
/// those of Rust's integer that holds them, and a tag that is given is a number. What
/// is said of a field in an order that no attributes have is a type, which is given what
/// it looks at.
///
/// ```
/// use pickler::schema::{Definition, Schema, Shape, TypeRef};
///
/// let definition = |name: &str| Definition {
///     name: name.into(),
///     doc: "".into(),
///     parameters: Vec::new(),
///     shape: Shape::Integer { bits: 8, signed: false },
/// };
/// let types = vec![definition("Nobody"), definition("Seat")];
/// let schema = Schema::new(Shape::Named(TypeRef::at(1)), types)?;
/// let declared = pickler_codegen::declared(&schema);
/// assert_eq!(declared.types(), [definition("Seat")]);
/// assert_eq!(declared.root(), &Shape::Named(TypeRef::at(0)));
/// # Ok::<(), pickler::schema::SchemaError>(())
/// ```
pub fn declared(schema: &Schema) -> Schema {
    let settled = settled(schema, "", false);
    rebuild::in_place(&settled).unwrap_or(settled.schema)
}

/// The same with names, of which `name` is that of the root if it has none, and with
/// types that nothing mentions behind the others.
pub fn with_all(schema: &Schema, name: &str) -> Settled {
    settled(schema, name, true)
}

fn settled(schema: &Schema, name: &str, all: bool) -> Settled {
    match with_names(schema, name) {
        Ok(named) => renumbered(&named, schema.types().len(), all),
        // All types that are mentioned are there, since they were.
        Err(_) => Settled {
            schema: schema.clone(),
            inline: BTreeSet::new(),
        },
    }
}

fn with_names(schema: &Schema, name: &str) -> Result<Schema, SchemaError> {
    let shapes = schema.types().iter().map(|it| count(&it.shape));
    // Each shape becomes one type at the most.
    let most = shapes.sum::<usize>() + count(schema.root()) + 1;
    let spare = core::iter::repeat_n(spare(), most);
    let all = schema.types().iter().cloned().chain(spare).collect();
    let working = Schema::new(schema.root().clone(), all)?;
    let mut cx = Context::new(&working, false);
    cx.known = schema.types().len();
    let mut settling = Settling::new(&cx, schema.types().len());
    let mut types: Vec<Definition> = Vec::new();
    let looked_at = LookedAt::of(schema);
    for (index, definition) in schema.types().iter().enumerate() {
        let mut shape = respelled(&definition.shape, &looked_at);
        if looked_at.has_type(index) {
            shape = with_seen_bounds(&shape);
        }
        let shape = given::with_given(schema, &shape, &definition.parameters);
        let parameters = definition.parameters.iter().map(respelled_parameter);
        let parameters: Vec<_> = parameters.collect();
        let shape = settling.definition(&definition.name, &shape, &parameters);
        types.push(Definition {
            doc: trimmed(&definition.doc),
            shape,
            parameters,
            ..definition.clone()
        });
    }
    let root = settling.root(name, &respelled(schema.root(), &looked_at));
    types.extend(settling.lifted());
    Schema::new(root, types)
}

/// Stands in for a type that gets a name.
fn spare() -> Definition {
    Definition {
        name: "".into(),
        doc: "".into(),
        parameters: Vec::new(),
        shape: Shape::Tuple(Vec::new()),
    }
}

/// A docstring as it is read from source.
pub fn trimmed(doc: &pickler::schema::Doc) -> pickler::schema::Doc {
    let text = doc.trim();
    if text.len() == doc.len() {
        doc.clone()
    } else {
        text.to_owned().into()
    }
}

/// The type at a place.
fn at(index: usize) -> Shape {
    Shape::Named(TypeRef::at(index))
}

#[cfg(test)]
mod tests {
    use pickler::dynamic::Value;
    use pickler::schema::{Count, Field, Meaning, Protocol, Record};

    use super::*;

    #[test]
    fn bounds_are_ranges() {
        let width = Shape::Means {
            item: Box::new(Shape::Integer {
                bits: 32,
                signed: false,
            }),
            meaning: Meaning::Within { min: 1, max: 9 },
        };
        let record = Record::new(vec![Field::new("width", "", width)]);
        let schema = Schema::new(Shape::Record(Box::new(record)), Vec::new()).unwrap();
        let source = crate::rust(&Protocol::new("image", schema)).unwrap();
        let expected = "    #[pickle(range = 1..=9)]\n    pub width: u32,\n";
        assert!(source.contains(expected), "{source}");
    }

    #[test]
    fn bytes_in_front_are_literals() {
        let magic = Shape::Constant {
            item: Box::new(Shape::Bytes {
                count: Count::Fixed(4),
            }),
            value: Value::Bytes(b"GIF8".as_slice().into()),
        };
        let record = Record::new(Vec::new()).behind(magic);
        let schema = Schema::new(Shape::Record(Box::new(record)), Vec::new()).unwrap();
        let source = crate::rust(&Protocol::new("gif", schema)).unwrap();
        let expected = "#[pickle(inline, magic = b\"GIF8\")]\npub struct Gif;";
        assert!(source.contains(expected), "{source}");
    }
}
