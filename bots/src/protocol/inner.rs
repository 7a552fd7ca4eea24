//! A union inside the root, whose variants are the messages: `header, body`.

use std::mem;
use std::sync::Arc;

use pickler::dynamic::{RecordValue, Value, VariantValue};
use pickler::schema::{Expr, Parameter, Record, Schema, Shape, TagSource, Union};

use super::message::{Field, Form, Message};

/// The first field of the root that is a union.
#[derive(Clone, Debug)]
pub(super) struct Inner {
    /// The field's name.
    pub(super) name: Arc<str>,
    /// Where it stands among the fields.
    place: usize,
    /// The field that holds the tag, if that is one in front.
    tag: Option<usize>,
}

impl Inner {
    /// That of a record, and the union; `None` if no field is one.
    pub(super) fn of<'a>(schema: &'a Schema, record: &'a Record) -> Option<(Self, &'a Union)> {
        let fields = record.fields.iter().enumerate();
        let mut unions = fields.filter_map(|(place, field)| {
            let found = Found::of(schema, &field.shape)?;
            let tag = found.tag_field();
            let inner = Self {
                name: field.name.clone(),
                place,
                tag: tag.and_then(|tag| record.names.position(tag)),
            };
            Some((inner, found.union))
        });
        unions.next()
    }

    /// The message that a variant, whose body looks so, makes of the record: its
    /// fields are those of the record, of which one is that body.
    pub(super) fn message(&self, record: &Record, variant: Message, body: &Shape) -> Message {
        let mut message = variant;
        // What has no fields need not be written.
        let default = message.fields.is_empty();
        let default = default.then(|| message.body(Vec::new()));
        let fields = record.fields.iter().enumerate().map(|(place, field)| {
            let is_union = place == self.place;
            Field {
                name: field.name.clone(),
                shape: if is_union {
                    body.clone()
                } else {
                    field.shape.clone()
                },
                is_body: is_union,
                default: if is_union {
                    default.clone()
                } else if self.tag == Some(place) {
                    Some(Value::Unsigned(message.tag))
                } else {
                    field.default.clone()
                },
            }
        });
        message.fields = fields.collect();
        message.form = Form::Record(record.names.clone());
        message
    }

    /// The record of a message, with the variant in its place.
    pub(super) fn around(&self, message: &Message, record: Value) -> Value {
        let Value::Record(record) = record else {
            return record;
        };
        let (names, mut values) = (record.names().clone(), record.values().to_vec());
        if let Some(place) = names.position(&self.name) {
            let body = mem::replace(&mut values[place], Value::Null);
            values[place] = Value::Variant(Box::new(VariantValue {
                name: message.name.clone(),
                tag: message.tag,
                body,
            }));
        }
        Value::Record(RecordValue::new(names, values))
    }
}

/// A union, and what its type is given.
struct Found<'a> {
    union: &'a Union,
    arguments: &'a [Expr],
    parameters: &'a [Parameter],
}

impl<'a> Found<'a> {
    fn of(schema: &'a Schema, mut shape: &'a Shape) -> Option<Self> {
        let (mut arguments, mut parameters) = (&[][..], &[][..]);
        loop {
            shape = match shape {
                Shape::Union(union) => {
                    return Some(Self {
                        union,
                        arguments,
                        parameters,
                    });
                }
                Shape::Given {
                    item,
                    arguments: given,
                } => {
                    arguments = given;
                    item
                }
                Shape::Named(reference) => {
                    let definition = schema.definition(*reference);
                    parameters = &definition.parameters;
                    &definition.shape
                }
                Shape::Ordered { item, .. }
                | Shape::OrderedBy { item, .. }
                | Shape::Sized { item, .. }
                | Shape::Conditional { item, .. }
                | Shape::Filled { item, .. }
                | Shape::Behind { item, .. }
                | Shape::Satisfying { item, .. }
                | Shape::Boxed(item) => item,
                _ => return None,
            };
        }
    }

    /// The name of the field that holds the tag, if it is one of the record around.
    fn tag_field(&self) -> Option<&'a str> {
        let TagSource::Given(Expr::Field(name)) = &self.union.source else {
            return None;
        };
        let mut parameters = self.parameters.iter();
        let given = match parameters.position(|parameter| *parameter.name == **name) {
            Some(index) => self.arguments.get(index)?,
            None => return Some(name),
        };
        match given {
            Expr::Field(name) => Some(name),
            _ => None,
        }
    }
}
