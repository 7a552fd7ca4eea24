//! Shapes with other parts.

use std::sync::Arc;

use pickler::dynamic::Value;
use pickler::schema::{
    Count, Definition, Doc, Expr, Keyed, Length, Meaning, Parameter, Presence, Record, Reference,
    Schema, SchemaError, Shape, Size, TagSource, Union, Unknown, Variant,
};

use super::Settled;

/// How many shapes there are in a shape, itself included.
pub fn count(shape: &Shape) -> usize {
    1 + shape.parts().into_iter().map(count).sum::<usize>()
}

/// The same shape, with what `part` makes of each of its parts, but for integers
/// in front of something, which stay. Fields and variants are told by name.
pub fn rebuilt(shape: &Shape, part: &mut dyn FnMut(&str, &Shape) -> Shape) -> Shape {
    let mut boxed = |it: &Shape| Box::new(part("", it));
    match shape {
        Shape::Integer { .. }
        | Shape::Varint(_)
        | Shape::Bool { .. }
        | Shape::Float { .. }
        | Shape::Bytes { .. }
        | Shape::Text { .. }
        | Shape::Opaque(_)
        | Shape::Enumeration(_)
        | Shape::Named(_) => shape.clone(),
        Shape::List { item, count } => Shape::List {
            item: boxed(item),
            count: count.clone(),
        },
        Shape::Unordered { list, by_key } => Shape::Unordered {
            list: boxed(list),
            by_key: *by_key,
        },
        Shape::Tuple(items) => Shape::Tuple(items.iter().map(|it| part("", it)).collect()),
        Shape::Choice {
            alternatives,
            names,
        } => Shape::Choice {
            alternatives: alternatives.iter().map(|it| part("", it)).collect(),
            names: names.clone(),
        },
        Shape::Peeked { ahead, item } => Shape::Peeked {
            ahead: boxed(ahead),
            item: boxed(item),
        },
        Shape::Behind { magic, item } => Shape::Behind {
            magic: magic.clone(),
            item: boxed(item),
        },
        Shape::Record(record) => Shape::Record(Box::new(record_of(record, part))),
        Shape::Keyed(keyed) => Shape::Keyed(Box::new(keyed_of(keyed, part))),
        Shape::Union(union) => Shape::Union(Box::new(union_of(union, part))),
        Shape::ProtobufField { number, form, item } => Shape::ProtobufField {
            number: *number,
            form: *form,
            item: boxed(item),
        },
        Shape::Optional { item, none } => Shape::Optional {
            item: boxed(item),
            none: none.clone(),
        },
        Shape::Conditional {
            item,
            presence,
            absent,
        } => Shape::Conditional {
            item: boxed(item),
            presence: presence.clone(),
            absent: absent.clone(),
        },
        Shape::Constant { item, value } => Shape::Constant {
            item: boxed(item),
            value: value.clone(),
        },
        Shape::Ordered { item, bytes, bits } => Shape::Ordered {
            item: boxed(item),
            bytes: *bytes,
            bits: *bits,
        },
        Shape::OrderedBy { item, little } => Shape::OrderedBy {
            item: boxed(item),
            little: little.clone(),
        },
        Shape::Given { item, arguments } => Shape::Given {
            item: boxed(item),
            arguments: arguments.clone(),
        },
        Shape::Shown { item, pairs } => Shape::Shown {
            item: boxed(item),
            pairs: pairs.clone(),
        },
        Shape::Mapped { item, name } => Shape::Mapped {
            item: boxed(item),
            name: name.clone(),
        },
        Shape::Satisfying { item, condition } => Shape::Satisfying {
            item: boxed(item),
            condition: condition.clone(),
        },
        Shape::Padded { item, padding } => Shape::Padded {
            item: boxed(item),
            padding: *padding,
        },
        Shape::Means { item, meaning } => Shape::Means {
            item: boxed(item),
            meaning: meaning.clone(),
        },
        Shape::Sized {
            item,
            size,
            leftover,
        } => Shape::Sized {
            item: boxed(item),
            size: size.clone(),
            leftover: *leftover,
        },
        Shape::Filtered { item, filter } => Shape::Filtered {
            item: boxed(item),
            filter: filter.clone(),
        },
        Shape::Filled {
            item,
            fill,
            padding,
        } => Shape::Filled {
            item: boxed(item),
            fill: *fill,
            padding: *padding,
        },
        Shape::Elsewhere { item, place } => Shape::Elsewhere {
            item: boxed(item),
            place: place.clone(),
        },
        Shape::Shared { item, reference } => Shape::Shared {
            item: boxed(item),
            reference: reference.clone(),
        },
        Shape::Json { item } => Shape::Json { item: boxed(item) },
        Shape::Boxed(item) => Shape::Boxed(boxed(item)),
    }
}

fn record_of(record: &Record, part: &mut dyn FnMut(&str, &Shape) -> Shape) -> Record {
    let fields = record.fields.iter().map(|field| {
        let mut rebuilt = field.clone();
        rebuilt.shape = part(&field.name, &field.shape);
        rebuilt.doc = super::trimmed(&field.doc);
        rebuilt
    });
    let mut rebuilt = Record::new(fields.collect());
    if record.row {
        rebuilt = rebuilt.as_row();
    }
    if let Some(magic) = &record.magic {
        rebuilt = rebuilt.behind(magic.clone());
    }
    for condition in &record.assertions {
        rebuilt = rebuilt.that_satisfies(condition.clone());
    }
    rebuilt
}

fn keyed_of(keyed: &Keyed, part: &mut dyn FnMut(&str, &Shape) -> Shape) -> Keyed {
    let fields = keyed.fields.iter().map(|field| {
        let mut rebuilt = field.clone();
        rebuilt.shape = part(&field.name, &field.shape);
        rebuilt.doc = super::trimmed(&field.doc);
        rebuilt
    });
    let mut rebuilt = Keyed::new(keyed.format, fields.collect());
    if keyed.in_order {
        rebuilt = rebuilt.in_order();
    }
    match &keyed.unknown {
        Unknown::Refused => rebuilt,
        Unknown::Ignored => rebuilt.ignoring_unknown(),
        Unknown::Kept(name) => rebuilt.keeping_unknown(name),
    }
}

fn union_of(union: &Union, part: &mut dyn FnMut(&str, &Shape) -> Shape) -> Union {
    let variants = union.variants.iter().map(|variant| Variant {
        body: part(&variant.name, &variant.body),
        doc: super::trimmed(&variant.doc),
        ..variant.clone()
    });
    Union {
        tag: union.tag.clone(),
        source: union.source.clone(),
        length: union.length.clone(),
        variants: variants.collect::<Vec<_>>().into(),
        other: union.other.clone(),
    }
}

/// The same format as Rust spells it: a text of always so many bytes has a count
/// that is a number, alternatives with names are variants that are tried, and bytes
/// in front are a list.
pub fn respelled(shape: &Shape) -> Shape {
    match shape {
        Shape::Record(record) if record.magic.as_ref().is_some_and(is_bytes) => {
            let mut record = Record::clone(record);
            record.magic = record.magic.as_ref().map(as_list);
            respelled(&Shape::Record(Box::new(record)))
        }
        Shape::Behind { magic, item } if is_bytes(magic) => Shape::Behind {
            magic: Box::new(as_list(magic)),
            item: Box::new(respelled(item)),
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
                body: respelled(body),
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
        } => respelled(item),
        shape => rebuilt(shape, &mut |_, part| respelled(part)),
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

/// The same shape, in which types have other numbers everywhere.
pub fn renumbered(shape: &Shape, number: &dyn Fn(usize) -> usize) -> Shape {
    if let Shape::Named(reference) = shape {
        return super::at(number(reference.index()));
    }
    let mut shape = rebuilt(shape, &mut |_, part| renumbered(part, number));
    // In front of something stand integers, which mention nothing; but what is
    // put together elsewhere may say anything.
    let again = |it: &mut Shape| *it = renumbered(it, number);
    match &mut shape {
        Shape::Bytes { count } | Shape::Text { count } | Shape::List { count, .. } => {
            if let Count::Prefix(prefix) = count {
                again(prefix);
            }
        }
        Shape::Conditional {
            presence: Presence::Flag(flag),
            ..
        } => again(flag),
        Shape::Sized {
            size: Size::Prefix { prefix, .. },
            ..
        }
        | Shape::Shared {
            reference: Reference::Number { prefix, .. },
            ..
        } => again(prefix),
        Shape::Behind { magic, .. } => again(magic),
        Shape::Enumeration(it) => again(&mut it.tag),
        Shape::Union(it) => {
            again(&mut it.tag);
            if let Some(Length { shape, .. }) = &mut it.length {
                again(shape);
            }
        }
        _ => {}
    }
    shape
}

/// The schema with what is described in place there where it is mentioned.
pub fn in_place(settled: &Settled) -> Result<Schema, SchemaError> {
    let Settled { schema, inline } = settled;
    let put = |shape: &Shape| put_in_place(settled, shape);
    let number = |old: usize| old - inline.range(..old).count();
    let types = schema.types().iter().enumerate();
    let types = types.filter(|(index, _)| !inline.contains(index));
    let types = types.map(|(_, definition)| Definition {
        parameters: definition
            .parameters
            .iter()
            .map(|parameter| Parameter {
                name: parameter.name.clone(),
                shape: renumbered(&parameter.shape, &number),
            })
            .collect(),
        shape: renumbered(&put(&definition.shape), &number),
        ..definition.clone()
    });
    Schema::new(renumbered(&put(schema.root()), &number), types.collect())
}

fn put_in_place(settled: &Settled, shape: &Shape) -> Shape {
    let part = &mut |_: &str, part: &Shape| put_in_place(settled, part);
    match shape {
        Shape::Named(reference) if settled.inline.contains(&reference.index()) => {
            let definition = settled.schema.definition(*reference);
            put_in_place(settled, &definition.shape)
        }
        shape => rebuilt(shape, part),
    }
}
