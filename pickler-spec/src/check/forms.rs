//! How values are held behind keys, and what is shown of values.

use pickler::dynamic::{Value, encode_shape};
use pickler::schema::{Form, KeyFormat, Keyed, Pairs, Schema, Shape, Unknown};

use super::{Parts, walk};
use crate::diagnostic::Diagnostic;
use crate::mistakes;
use crate::parse::source::{Source, Span};

/// Says so where the form of a value is not one for its type, where the end of
/// what stands behind a key is not found, and where values are shown alike.
pub fn forms(parts: &Parts<'_>, schema: &Schema, diagnostics: &mut Vec<Diagnostic>) {
    for (shape, source) in parts.shapes() {
        walk(shape, source, &mut |shape, source| match shape {
            Shape::Keyed(it) => keyed(it, schema, source, diagnostics),
            Shape::ProtobufField { form, item, .. } => {
                held(*form, item, schema, source.span, diagnostics);
            }
            Shape::Shown { item, pairs } => shown(item, pairs, schema, source, diagnostics),
            _ => {}
        });
    }
}

fn keyed(it: &Keyed, schema: &Schema, source: &Source, diagnostics: &mut Vec<Diagnostic>) {
    let without_size = matches!(it.format, KeyFormat::Pairs(Pairs { size: None, .. }));
    if without_size && it.unknown != Unknown::Refused {
        let message = "without `size`, nobody knows where the value of another key ends";
        diagnostics.push(Diagnostic::new(mistakes::NO_COUNT, source.span, message));
    }
    for (field, member) in it.fields.iter().zip(&source.members) {
        held(field.form, &field.shape, schema, member.name, diagnostics);
    }
}

/// A value can be held so.
fn held(form: Form, shape: &Shape, schema: &Schema, span: Span, diagnostics: &mut Vec<Diagnostic>) {
    let bits = match form {
        Form::Plain | Form::Bytes => return,
        Form::Varint | Form::Zigzag => {
            if !is_varint(schema, shape) {
                let message = "in a varint is an integer of up to 64 bits, a boolean or a name";
                diagnostics.push(Diagnostic::new(mistakes::NO_INTEGER, span, message));
            }
            return;
        }
        Form::Fixed32 => 32,
        Form::Fixed64 => 64,
    };
    if width(schema, shape).is_some_and(|width| width != bits) {
        let message = format!("a value in {bits} bits has as many: `u{bits}`, `f{bits}`");
        diagnostics.push(Diagnostic::new(mistakes::NO_WIDTH, span, message));
    }
}

/// The codec reads it of a varint.
fn is_varint(schema: &Schema, shape: &Shape) -> bool {
    match schema.resolve(shape) {
        Shape::Integer { bits, .. } => *bits <= 64,
        Shape::Bool { .. } => true,
        Shape::Enumeration(it) => matches!(it.tag, Shape::Integer { bits, .. } if bits <= 64),
        Shape::Mapped { item, .. } | Shape::Shown { item, .. } => is_varint(schema, item),
        _ => false,
    }
}

/// How many bits a number has.
fn width(schema: &Schema, shape: &Shape) -> Option<u32> {
    match schema.meaning(shape) {
        Shape::Integer { bits, .. } | Shape::Bool { bits } | Shape::Float { bits } => Some(*bits),
        Shape::Enumeration(it) => width(schema, &it.tag),
        Shape::Means { item, .. } | Shape::Optional { item, .. } | Shape::Shown { item, .. } => {
            width(schema, item)
        }
        _ => None,
    }
}

/// What is shown tells which value it is.
fn shown(
    item: &Shape,
    pairs: &[(Value, Value)],
    schema: &Schema,
    source: &Source,
    diagnostics: &mut Vec<Diagnostic>,
) {
    let is_number = matches!(
        schema.meaning(item),
        Shape::Integer { .. } | Shape::Varint(_)
    );
    for (index, (value, shown)) in pairs.iter().enumerate() {
        let before = &pairs[..index];
        let (span, message) = if before.iter().any(|(other, _)| other == value) {
            (source.own(2 * index), "this value is shown as two things")
        } else if before.iter().any(|(_, other)| other == shown) {
            let message = "this is shown for another value, too";
            (source.own(2 * index + 1), message)
        } else if is_number
            && !pairs.iter().any(|(other, _)| other == shown)
            && encode_shape(schema, item, shown).is_ok()
        {
            let message = "this is shown for itself, too";
            (source.own(2 * index + 1), message)
        } else {
            continue;
        };
        let diagnostic = Diagnostic::new(mistakes::GIVEN_TWICE, span, message)
            .help("show each value as another thing, such as -1 or \"none\"");
        diagnostics.push(diagnostic);
    }
}
