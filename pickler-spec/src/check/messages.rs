//! The messages of a protocol.

use pickler::schema::{KeepAlive, Schema, Shape, Variant};

use crate::diagnostic::Diagnostic;
use crate::mistakes;
use crate::parse::source::Span;
use crate::suggestion::did_you_mean;

/// The message that keeps a connection open is one of the messages, without fields.
pub fn keep_alive(
    schema: &Schema,
    alive: &KeepAlive,
    span: Span,
    diagnostics: &mut Vec<Diagnostic>,
) {
    let mut messages = Vec::new();
    match schema.meaning(schema.root()) {
        Shape::Union(union) => messages.extend(union.variants.iter()),
        // Something may stand around the messages.
        root => {
            collect(root, &mut messages);
            for definition in schema.types() {
                collect(&definition.shape, &mut messages);
            }
        }
    }
    let name = alive.message.as_str();
    let Some(message) = messages.iter().find(|message| *message.name == *name) else {
        let names = messages.iter().map(|message| &*message.name);
        let hint = did_you_mean(name, names);
        let message = format!("there is no message `{name}`{hint}");
        diagnostics.push(Diagnostic::new(mistakes::UNKNOWN_MESSAGE, span, message));
        return;
    };
    let is_empty = match schema.meaning(&message.body) {
        Shape::Record(record) => record.fields.is_empty(),
        Shape::Tuple(items) => items.is_empty(),
        _ => false,
    };
    if !is_empty {
        let message = format!("`{name}` has fields, and nothing says what is in them");
        diagnostics.push(Diagnostic::new(mistakes::UNKNOWN_MESSAGE, span, message));
    }
}

fn collect<'a>(shape: &'a Shape, messages: &mut Vec<&'a Variant>) {
    if let Shape::Union(union) = shape {
        messages.extend(union.variants.iter());
    }
    for part in shape.parts() {
        collect(part, messages);
    }
}
