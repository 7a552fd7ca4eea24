//! What descriptions say in two ways, as types say it.

use std::sync::Arc;

use pickler::dynamic::Value;
use pickler::schema::{
    Count, Doc, Expr, Field, Meaning, Operator, Parameter, Record, Shape, TagSource, Union, Variant,
};

use super::looked_at::LookedAt;
use super::rebuild::{rebuilt, record_of};
use crate::combinators::all_digits;
use crate::types::least;

/// The same format as Rust spells it: a text of always so many bytes has a count
/// that is a number, alternatives with names are variants that are tried, bytes in
/// front are a list, and bounds of a field are a condition on it.
pub fn respelled(shape: &Shape, looked_at: &LookedAt) -> Shape {
    match shape {
        Shape::Record(record) => {
            let mut record = Record::clone(record);
            if record.magic.as_ref().is_some_and(is_bytes) {
                record.magic = record.magic.as_ref().map(as_list);
            }
            let seen = looked_at.of_record(&record);
            for field in &mut record.fields {
                let is_seen = seen.contains(&*field.name);
                respell_range(field, is_seen);
            }
            let record = record_of(&record, &mut |_, part| respelled(part, looked_at));
            Shape::Record(Box::new(record))
        }
        Shape::Behind { magic, item } if is_bytes(magic) => Shape::Behind {
            magic: Box::new(as_list(magic)),
            item: Box::new(respelled(item, looked_at)),
        },
        Shape::Text {
            count: Count::Fixed(count),
        } => Shape::Text {
            count: Count::Expr(Expr::Integer((*count).into())),
        },
        Shape::Means {
            item,
            meaning: meaning @ Meaning::Text(_),
        } => Shape::Means {
            item: Box::new(with_said_count(item)),
            meaning: meaning.clone(),
        },
        Shape::Choice {
            alternatives,
            names,
        } if is_union(names) => {
            let variants = alternatives.iter().zip(names).zip(0..);
            let variants = variants.map(|((body, name), tag)| Variant {
                name: name.clone(),
                doc: Doc::default(),
                tag,
                also: Vec::new(),
                condition: None,
                direction: None,
                body: respelled(body, looked_at),
            });
            Shape::Union(Box::new(Union {
                tag: Shape::Integer {
                    bits: 64,
                    signed: false,
                },
                source: TagSource::Choice,
                length: None,
                variants: variants.collect::<Vec<_>>().into(),
                other: None,
            }))
        }
        // This says nothing.
        Shape::Ordered {
            item,
            bytes: None,
            bits: None,
        } => respelled(item, looked_at),
        shape => rebuilt(shape, &mut |_, part| respelled(part, looked_at)),
    }
}

/// The same parameter: what is given is a number, of which Rust's integers hold all
/// bits.
pub fn respelled_parameter(parameter: &Parameter) -> Parameter {
    let shape = match parameter.shape {
        Shape::Integer { bits, signed } => Shape::Integer {
            bits: least(bits),
            signed,
        },
        Shape::Bool { .. } => Shape::Bool { bits: 8 },
        _ => parameter.shape.clone(),
    };
    Parameter {
        name: parameter.name.clone(),
        shape,
    }
}

/// The units of a text, of which there are always so many, with a count that is a
/// number.
fn with_said_count(units: &Shape) -> Shape {
    let said = |count: u64| Count::Expr(Expr::Integer(count.into()));
    match units {
        Shape::Bytes {
            count: Count::Fixed(count),
        } => Shape::Bytes {
            count: said(*count),
        },
        Shape::List {
            item,
            count: Count::Fixed(count),
        } => Shape::List {
            item: item.clone(),
            count: said(*count),
        },
        units => units.clone(),
    }
}

/// The same number, of which the bounds are a condition: what a pickler of its own
/// checks has no value in expressions.
pub fn with_seen_bounds(shape: &Shape) -> Shape {
    match bounds(shape) {
        Some((item, min, max)) => Shape::Satisfying {
            item: Box::new(item),
            condition: is_within("item", min, max),
        },
        None => shape.clone(),
    }
}

/// The number without the bounds that it has, and the least and the greatest.
fn bounds(shape: &Shape) -> Option<(Shape, i128, i128)> {
    let Shape::Means { item, meaning } = shape else {
        return None;
    };
    match (meaning, &**item) {
        (Meaning::Within { min, max }, item) => Some((item.clone(), *min, *max)),
        (Meaning::Digits { max }, Shape::Integer { bits, .. }) if *max != all_digits(*bits) => {
            let all = Shape::Means {
                item: item.clone(),
                meaning: Meaning::Digits {
                    max: all_digits(*bits),
                },
            };
            Some((all, 0, i128::try_from(*max).ok()?))
        }
        _ => None,
    }
}

/// Makes the bounds of an integer a condition on the field, as `range` says it;
/// `is_seen`: an expression looks at it.
fn respell_range(field: &mut Field, is_seen: bool) {
    if is_seen && let Some((item, min, max)) = bounds(&field.shape) {
        field.shape = item;
        let condition = is_within(&field.name, min, max);
        field.assertions.insert(0, condition);
        return;
    }
    let Shape::Means {
        item,
        meaning: Meaning::Within { min, max },
    } = &field.shape
    else {
        return;
    };
    // What takes the fewest bytes is a pickler's, which no derived field has.
    let is_fewest = *min == 0
        && u64::try_from(*max).is_ok_and(|max| {
            let bits = (u64::BITS - max.leading_zeros()).div_ceil(8) * 8;
            **item
                == Shape::Integer {
                    bits,
                    signed: false,
                }
        });
    if is_fewest && field.derived.is_none() {
        return;
    }
    let condition = is_within(&field.name, *min, *max);
    field.shape = Shape::clone(item);
    field.assertions.insert(0, condition);
}

/// `name >= 1 && name <= 10`
fn is_within(name: &str, min: i128, max: i128) -> Expr {
    let bound = |operator, bound: i128| {
        let name = Expr::Field(name.to_owned());
        Box::new(Expr::Binary(
            Box::new(name),
            operator,
            Box::new(Expr::Integer(bound)),
        ))
    };
    Expr::Binary(
        bound(Operator::GreaterOrEqual, min),
        Operator::And,
        bound(Operator::LessOrEqual, max),
    )
}

/// A constant that is bytes.
fn is_bytes(shape: &Shape) -> bool {
    matches!(shape, Shape::Constant { item, value: Value::Bytes(_) }
        if matches!(**item, Shape::Bytes { count: Count::Fixed(_) }))
}

/// The same as a list.
fn as_list(shape: &Shape) -> Shape {
    let Shape::Constant {
        value: Value::Bytes(bytes),
        ..
    } = shape
    else {
        return shape.clone();
    };
    let byte = Shape::Integer {
        bits: 8,
        signed: false,
    };
    let values = bytes.iter().map(|byte| Value::Unsigned((*byte).into()));
    Shape::Constant {
        item: Box::new(Shape::List {
            item: Box::new(byte),
            count: Count::Fixed(bytes.len() as u64),
        }),
        value: Value::List(values.collect()),
    }
}

/// No pickler of Rust has alternatives of these names.
fn is_union(names: &[Arc<str>]) -> bool {
    let names: Vec<&str> = names.iter().map(|it| &**it).collect();
    !matches!(&names[..], [] | ["Right", "Left"] | ["there", "absent"])
}
