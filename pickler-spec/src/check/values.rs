//! Values: made what the codec reads back.

use pickler::ErrorKind;
use pickler::dynamic::{Value, decode_shape, encode_shape};
use pickler::schema::{Count, Meaning, Schema, Shape};

use super::Parts;
use super::coerce::coerce;
use crate::diagnostic::Diagnostic;
use crate::mistakes;
use crate::parse::source::{Source, Span};

/// Makes each value that is told one of its type, and says so where it cannot be.
pub fn values(parts: &mut Parts<'_>, diagnostics: &mut Vec<Diagnostic>) {
    // Values may be of types that tell values, too: what is said of these is made
    // their own first.
    let mut told = |value: &mut Value, shape: &Shape, schema: &Schema, _: Span| {
        let taken = std::mem::replace(value, Value::Null);
        *value = coerce(taken, shape, schema);
    };
    each(parts, &mut told);
    each(parts, &mut |value, shape, schema, span| {
        if let Err(problem) = canonical(value, shape, schema) {
            let diagnostic = Diagnostic::new(mistakes::VALUE, span, problem);
            diagnostics.push(diagnostic);
        }
    });
}

/// What is done with a value of a shape that stands at a place.
type Visit<'v> = dyn FnMut(&mut Value, &Shape, &Schema, Span) + 'v;

fn each(parts: &mut Parts<'_>, visit: &mut Visit<'_>) {
    let Ok(schema) = Schema::new(parts.root.clone(), parts.types.clone()) else {
        return;
    };
    in_shape(&mut parts.root, &parts.root_source, &schema, visit);
    for (definition, source) in parts.types.iter_mut().zip(&parts.sources) {
        in_shape(&mut definition.shape, &source.shape, &schema, visit);
        let parameters = definition.parameters.iter_mut().zip(&source.parameters);
        for (parameter, source) in parameters {
            in_shape(&mut parameter.shape, source, &schema, visit);
        }
    }
}

fn in_shape(shape: &mut Shape, source: &Source, schema: &Schema, visit: &mut Visit<'_>) {
    match shape {
        Shape::Optional { item, none } => visit(none, item, schema, source.own(0)),
        Shape::Conditional { item, absent, .. } if *absent != Value::Null => {
            let span = source.own.last().copied().unwrap_or(source.span);
            visit(absent, item, schema, span);
        }
        Shape::Constant { item, value } => visit(value, item, schema, source.own(0)),
        Shape::Means {
            item,
            meaning: Meaning::Ignored { written },
        } => visit(written, item, schema, source.own(0)),
        Shape::Shown { item, pairs } => {
            for (index, (value, _)) in pairs.iter_mut().enumerate() {
                let span = source.own(2 * index);
                match value {
                    // Bytes may be told as text here, and stay that.
                    Value::Text(_) if matches!(schema.meaning(item), Shape::Bytes { .. }) => {
                        visit(&mut value.clone(), item, schema, span);
                    }
                    value => visit(value, item, schema, span),
                }
            }
        }
        Shape::List {
            item,
            count: Count::Until(until),
        } => visit(&mut until.end, item, schema, source.own(0)),
        Shape::Record(record) => {
            for (field, member) in record.fields.iter_mut().zip(&source.members) {
                if let Some(default) = &mut field.default {
                    visit(default, &field.shape, schema, member.default);
                }
            }
        }
        Shape::Keyed(keyed) => {
            for (field, member) in keyed.fields.iter_mut().zip(&source.members) {
                let is_repeated = field.is_repeated();
                if let Some(default) = field.default.as_mut().filter(|_| !is_repeated) {
                    visit(default, &field.shape, schema, member.default);
                }
            }
        }
        _ => {}
    }
    for (part, source) in shape.parts_mut().into_iter().zip(&source.parts) {
        in_shape(part, source, schema, visit);
    }
}

/// Makes a value what the codec reads of what it writes of it.
fn canonical(value: &mut Value, shape: &Shape, schema: &Schema) -> Result<(), String> {
    let read =
        encode_shape(schema, shape, value).and_then(|bytes| decode_shape(schema, shape, &bytes));
    match read {
        Ok(read) => {
            *value = read;
            Ok(())
        }
        // What depends on what is around cannot be written alone.
        Err(_) if is_empty(value) && shape.expressions().iter().any(|it| looks_around(it)) => {
            Ok(())
        }
        Err(error) if matches!(error.kind(), ErrorKind::NoValue { .. }) => {
            Err("the type follows from other fields, so no value can be told for it".into())
        }
        Err(error) => Err(format!("this is no value of the type: {error}")),
    }
}

fn is_empty(value: &Value) -> bool {
    match value {
        Value::List(items) => items.is_empty(),
        Value::Text(text) => text.is_empty(),
        Value::Bytes(bytes) => bytes.is_empty(),
        _ => false,
    }
}

/// The expression looks at more than an item.
fn looks_around(expr: &pickler::schema::Expr) -> bool {
    use pickler::schema::Expr;
    let mut found = false;
    expr.walk(&mut |it| {
        found |= match it {
            Expr::Field(name) => name != "item",
            Expr::TagOfSelf
            | Expr::Present(_)
            | Expr::SizeOf(_)
            | Expr::SizeOfSelf
            | Expr::OffsetOf(_) => true,
            _ => false,
        };
    });
    found
}
