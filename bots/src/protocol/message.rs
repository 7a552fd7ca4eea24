//! One message of a protocol: its name, its fields.

use std::ops::RangeInclusive;
use std::sync::Arc;

use pickler::Direction;
use pickler::dynamic::{RecordValue, Value};
use pickler::schema::{Count, Doc, Names, Occurs, Other, Presence, Schema, Shape, Variant};

use super::catalogue::did_you_mean;

/// What scripts call the body of a message that has no fields with names.
pub const VALUE: &str = "value";

/// One message.
#[derive(Clone, Debug)]
pub struct Message {
    /// Its name.
    pub name: Arc<str>,
    /// What it says of itself; often empty.
    pub doc: Doc,
    /// Its tag; of several, the first.
    pub tag: u128,
    /// Who sends it, if that is said.
    pub direction: Option<Direction>,
    /// It is any that the protocol does not know, so that its tag is not known.
    pub is_other: bool,
    /// The other tags that it has.
    pub(super) also: Vec<RangeInclusive<u128>>,
    pub(super) fields: Vec<Field>,
    pub(super) form: Form,
}

/// What a message's fields are on the wire.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Form {
    /// Nothing.
    Empty,
    /// A record with these names.
    Record(Names),
    /// Something without names: the one field is [`VALUE`].
    Value,
}

/// One field of a message.
#[derive(Clone, Debug)]
pub struct Field {
    /// Its name.
    pub name: Arc<str>,
    /// What it looks like.
    pub shape: Shape,
    /// It is what a variant holds: what has no names there is its `value`.
    pub is_body: bool,
    /// Its value where none is given.
    pub(super) default: Option<Value>,
}

impl Field {
    /// All that a message holds.
    fn value(shape: Shape) -> Self {
        Self {
            name: VALUE.into(),
            shape,
            is_body: false,
            default: None,
        }
    }
}

impl Message {
    /// A variant of the union of all messages.
    pub(super) fn of_variant(schema: &Schema, variant: &Variant) -> Self {
        let (fields, form) = fields_of(schema, &variant.body);
        Self {
            name: variant.name.clone(),
            doc: variant.doc.clone(),
            tag: variant.tag,
            direction: variant.direction,
            is_other: false,
            also: variant.also.clone(),
            fields,
            form,
        }
    }

    /// The root of a schema, as the only message: it is called as its type is.
    pub(super) fn of_root(schema: &Schema) -> Self {
        let (fields, form) = fields_of(schema, schema.root());
        let root = match schema.root() {
            Shape::Given { item, .. } => item,
            root => root,
        };
        let (name, doc) = match root {
            Shape::Named(reference) => {
                let definition = schema.definition(*reference);
                (definition.name.clone(), definition.doc.clone())
            }
            _ => ("Message".into(), Doc::default()),
        };
        Self {
            name,
            doc,
            tag: 0,
            direction: None,
            is_other: false,
            also: Vec::new(),
            fields,
            form,
        }
    }

    /// What stands for all tags that no other has; it comes behind them.
    pub(super) fn of_other(other: &Other) -> Self {
        let count = Count::Rest;
        Self {
            name: other.name.clone(),
            doc: Doc::default(),
            tag: u128::MAX,
            direction: None,
            is_other: true,
            also: vec![0..=u128::MAX],
            fields: vec![Field::value(Shape::Bytes { count })],
            form: Form::Value,
        }
    }

    /// Its fields in wire order. What has no names is one field, `value`.
    pub fn fields(&self) -> &[Field] {
        &self.fields
    }

    /// The field of that name.
    pub fn field(&self, name: &str) -> Option<&Field> {
        self.fields.iter().find(|field| *field.name == *name)
    }

    /// All of it is one field, `value`.
    pub fn is_value(&self) -> bool {
        self.form == Form::Value
    }

    /// Why it cannot be sent where it stands for others, in words.
    pub fn no_sending(&self) -> String {
        let name = &self.name;
        format!("{name} is any message that the protocol does not know, and cannot be sent")
    }

    /// A wrong field name, in words.
    pub fn no_field(&self, name: &str) -> String {
        let names = self.fields().iter().map(|field| &*field.name);
        let meant = did_you_mean(name, names.clone());
        if meant.is_empty() && self.fields().is_empty() {
            return format!("{} has no fields, so none is called `{name}`", self.name);
        }
        if self.is_value() {
            return format!(
                "{} has no field `{name}`: all of it is its `{VALUE}`",
                self.name
            );
        }
        if meant.is_empty() {
            let names: Vec<&str> = names.collect();
            return format!(
                "{} has no field `{name}`; its fields are {}",
                self.name,
                names.join(", ")
            );
        }
        format!("{} has no field `{name}`{meant}", self.name)
    }

    /// Its body with these fields, as many as it has; one that is `None` takes its
    /// default.
    pub(super) fn body(&self, fields: Vec<Option<Value>>) -> Value {
        match &self.form {
            Form::Empty => Value::Null,
            Form::Record(names) => complete(&self.fields, names, fields),
            Form::Value => fields.into_iter().flatten().next().unwrap_or_default(),
        }
    }

    /// The fields of a body that was read: a record, or `Null`.
    pub(super) fn fields_of_body(&self, body: Value) -> Value {
        match (&self.form, body) {
            (Form::Value, body) => Value::record([(VALUE, body)]),
            (_, body) => body,
        }
    }
}

/// A record with defaults where no value is given, as far as there are some.
fn complete(fields: &[Field], names: &Names, given: Vec<Option<Value>>) -> Value {
    let filled: Vec<Option<Value>> = fields
        .iter()
        .zip(given)
        .map(|(field, value)| value.or_else(|| field.default.clone()))
        .collect();
    if filled.iter().all(Option::is_some) {
        let values = filled.into_iter().flatten().collect();
        return Value::Record(RecordValue::new(names.clone(), values));
    }
    // What is derived is filled in by the codec, what lacks is its error.
    let known = fields.iter().zip(filled);
    let known = known.filter_map(|(field, value)| Some((field.name.clone(), value?)));
    let (names, values): (Vec<Arc<str>>, Vec<Value>) = known.unzip();
    Value::Record(RecordValue::new(names.into_iter().collect(), values))
}

/// The fields of a message, and what they are on the wire.
pub(super) fn fields_of(schema: &Schema, shape: &Shape) -> (Vec<Field>, Form) {
    match schema.meaning(shape) {
        Shape::Record(record) => {
            let fields = record.fields.iter().map(|field| Field {
                name: field.name.clone(),
                shape: field.shape.clone(),
                is_body: false,
                default: field.default.clone(),
            });
            (fields.collect(), Form::Record(record.names.clone()))
        }
        Shape::Keyed(keyed) => {
            let fields = keyed.fields.iter().map(|field| Field {
                name: field.name.clone(),
                shape: match field.occurs {
                    Occurs::Repeated { .. } => Shape::List {
                        item: Box::new(field.shape.clone()),
                        count: Count::Rest,
                    },
                    Occurs::Optional => Shape::Conditional {
                        item: Box::new(field.shape.clone()),
                        presence: Presence::UnlessEnd,
                        absent: Value::Null,
                    },
                    Occurs::Required | Occurs::Implicit => field.shape.clone(),
                },
                is_body: false,
                default: match field.occurs {
                    Occurs::Repeated { .. } => Some(Value::List(Vec::new())),
                    Occurs::Optional => Some(Value::Null),
                    Occurs::Required | Occurs::Implicit => field.default.clone(),
                },
            });
            let fields: Vec<Field> = fields.collect();
            // What keeps unknown keys is nothing that a script sends.
            let names = fields.iter().map(|field| field.name.clone()).collect();
            (fields, Form::Record(names))
        }
        Shape::ProtobufField { item, .. } => fields_of(schema, item),
        Shape::Tuple(items) if items.is_empty() => (Vec::new(), Form::Empty),
        _ => (vec![Field::value(shape.clone())], Form::Value),
    }
}

/// It has fields with names, or none: scripts write it as a table of them.
pub(crate) fn has_names(schema: &Schema, shape: &Shape) -> bool {
    match schema.meaning(shape) {
        Shape::Record(_) | Shape::Keyed(_) => true,
        Shape::Tuple(items) => items.is_empty(),
        Shape::ProtobufField { item, .. } => has_names(schema, item),
        _ => false,
    }
}
