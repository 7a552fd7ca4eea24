//! Descriptions as types would give them: what Rust says by a type of its own
//! gets a name, and types come in the order in which they are mentioned.

mod order;
mod rebuild;
mod settle;

use pickler::schema::{Definition, Schema, SchemaError, Shape, TypeRef};

use crate::context::Context;
use order::renumbered;
use rebuild::count;
use settle::Settling;

/// The same format, as the generated types describe it.
///
/// What types say of themselves stays as it is. A description that comes from
/// elsewhere may have records, enums and other things within a field that are
/// types of their own in Rust; they get names here, which are made of those
/// around them.
///
/// ```
/// use pickler::schema::{Definition, Field, Record, Schema, Shape, TypeRef};
///
/// let byte = Shape::Integer { bits: 8, signed: false };
/// let inner = Record::new(vec![Field::new("length", "", byte)]);
/// let field = Field::new("header", "", Shape::Record(Box::new(inner)));
/// let definition = Definition {
///     name: "Packet".into(),
///     doc: "".into(),
///     parameters: Vec::new(),
///     shape: Shape::Record(Box::new(Record::new(vec![field]))),
/// };
/// let schema = Schema::new(Shape::Named(TypeRef::at(0)), vec![definition])?;
/// let declared = pickler_codegen::declared(&schema, "packets");
/// assert_eq!(&*declared.types()[1].name, "PacketHeader");
/// # Ok::<(), pickler::schema::SchemaError>(())
/// ```
///
/// `name` is what the root is called if it has no name.
pub fn declared(schema: &Schema, name: &str) -> Schema {
    let named = with_names(schema, name);
    // All types that are mentioned are there, since they were.
    named.map_or_else(
        |_| schema.clone(),
        |named| renumbered(&named, schema.types().len(), false),
    )
}

/// The same with types that nothing mentions, behind the others.
pub fn with_all(schema: &Schema, name: &str) -> Schema {
    let named = with_names(schema, name);
    named.map_or_else(
        |_| schema.clone(),
        |named| renumbered(&named, schema.types().len(), true),
    )
}

fn with_names(schema: &Schema, name: &str) -> Result<Schema, SchemaError> {
    let shapes = schema.types().iter().map(|it| count(&it.shape));
    // Each shape becomes one type at the most.
    let most = shapes.sum::<usize>() + count(schema.root()) + 1;
    let spare = core::iter::repeat_n(spare(), most);
    let all = schema.types().iter().cloned().chain(spare).collect();
    let working = Schema::new(schema.root().clone(), all)?;
    let cx = Context::new(&working, false);
    let mut settling = Settling::new(&cx, schema.types().len());
    let mut types: Vec<Definition> = Vec::new();
    for definition in schema.types() {
        let shape = rebuild::respelled(&definition.shape);
        let shape = settling.definition(&definition.name, &shape, &definition.parameters);
        types.push(Definition {
            doc: trimmed(&definition.doc),
            shape,
            ..definition.clone()
        });
    }
    let root = settling.root(name, &rebuild::respelled(schema.root()));
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
