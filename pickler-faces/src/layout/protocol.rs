//! All of a protocol: framing, messages, types.

use std::collections::BTreeSet;

use pickler::cursor::BitOrder;
use pickler::generate::Generator;
use pickler::schema::{LengthCounts, Protocol, Schema, Shape, TagSource, TypeRef, Union, Variant};

use super::describe::{Describe, tag_size};
use super::example::{self, Example};
use super::order::{Orders, mentions, of_types};
use super::prose::blocks;
use super::rows::codes;
use super::{Block, Measure, Message, Rows, Section, Words};

/// All of a protocol, as documents need it.
#[derive(Debug)]
pub struct Layout<'a> {
    /// What it is the layout of.
    pub protocol: &'a Protocol,
    /// How messages begin, if there are messages.
    pub framing: Option<Framing>,
    /// The messages, in the order of their codes; or, if there are none, what
    /// one value is.
    pub messages: Vec<Section>,
    /// The types that they mention.
    pub types: Vec<Section>,
    /// By its place among the schema's types: where a type is described.
    anchors: Vec<Option<String>>,
    /// Makes the examples.
    generator: Generator,
}

/// How messages begin.
#[derive(Clone, Debug)]
pub struct Framing {
    /// What tells messages apart.
    pub tag: Words,
    /// The length, if there is one.
    pub length: Option<Words>,
    /// What it counts.
    pub counts: Option<LengthCounts>,
    /// It is in front of the tag.
    pub length_first: bool,
    /// What becomes of other codes.
    pub other: Option<String>,
}

impl<'a> Layout<'a> {
    /// Of a protocol.
    pub fn new(protocol: &'a Protocol) -> Self {
        let schema = &protocol.schema;
        let measure = Measure::new(schema);
        let describe = Describe { schema };
        let union = root_union(schema);
        let inlined = inlined(union);
        let mentions = mentions(schema, &inlined);
        let mut names = Names::default();
        let root = match schema.root() {
            Shape::Named(reference) => Some(*reference),
            _ => None,
        };
        let mut anchors = vec![None; schema.types().len()];
        let mut sections = Vec::new();
        if let Some(union) = union {
            for variant in &union.variants {
                sections.push(names.claim("message", &variant.name));
            }
        }
        let mut shown = Vec::new();
        for (index, definition) in schema.types().iter().enumerate() {
            let is_root = root.is_some_and(|root| root.index() == index);
            // The root that is mentioned nowhere else is all messages.
            let others = usize::from(is_root);
            if mentions[index] > others || (is_root && union.is_none()) {
                let (name, anchor) = names.claim("type", &definition.name);
                anchors[index] = Some(anchor.clone());
                shown.push((index, definition, name, anchor));
            }
        }
        let orders = of_types(schema);
        let mut messages = Vec::new();
        if let Some(union) = union {
            for (variant, (name, anchor)) in union.variants.iter().zip(sections) {
                let rows = Rows::new(describe, &measure, Orders::NETWORK).of_message(variant);
                messages.push(Section {
                    message: Some(message(union, variant)),
                    doc: message_doc(schema, variant),
                    ..section(name, anchor, rows, Orders::NETWORK)
                });
            }
        } else if root.is_none() {
            let rows = Rows::new(describe, &measure, Orders::NETWORK).of(schema.root(), true);
            let (name, anchor) = names.claim("type", &protocol.name);
            messages.push(section(name, anchor, rows, Orders::NETWORK));
        }
        let mut types = Vec::new();
        for (index, definition, name, anchor) in shown {
            let is_root = union.is_none() && root.is_some_and(|root| root.index() == index);
            let orders = orders[index];
            let rows = Rows::new(describe, &measure, orders).of(&definition.shape, is_root);
            let parameters = definition.parameters.iter().map(|parameter| {
                Words::default()
                    .code(&parameter.name)
                    .text(": ")
                    .and(describe.inline(&parameter.shape))
            });
            let section = Section {
                doc: blocks(&definition.doc),
                parameters: parameters.collect(),
                ..section(name, anchor, rows, orders)
            };
            if is_root {
                messages.push(section);
            } else {
                types.push(section);
            }
        }
        types.sort_by(|one, other| one.name.cmp(&other.name));
        Self {
            protocol,
            framing: union.map(|union| framing(union, describe)),
            messages,
            types,
            anchors,
            generator: example::generator(schema),
        }
    }

    /// Where the type at a place among the schema's types is described.
    pub fn anchor(&self, index: usize) -> Option<&str> {
        self.anchors.get(index)?.as_deref()
    }

    /// An example of a message; or, without a name, of what the root is. None if
    /// no value can be made.
    pub fn example(&self, message: Option<&str>) -> Option<Example> {
        Example::of(&self.generator, message)
    }
}

fn section(name: String, anchor: String, rows: Rows<'_>, orders: Orders) -> Section {
    let cases = rows.cases.iter().flat_map(|cases| &cases.cases);
    let all = rows.rows.iter().chain(cases.flat_map(|case| &case.rows));
    let mut found = all.filter_map(|row| row.order.as_ref());
    let order = found
        .next()
        .filter(|first| found.all(|other| other == *first))
        .cloned();
    Section {
        name,
        anchor,
        message: None,
        doc: Vec::new(),
        parameters: Vec::new(),
        notes: rows.notes,
        assertions: rows.assertions,
        order,
        lsb_first: orders.bits == Some(BitOrder::Lsb) || rows.lsb_first,
        rows: rows.rows,
        cases: rows.cases,
    }
}

fn message(union: &Union, variant: &Variant) -> Message {
    let codes = match union.source {
        TagSource::Choice => String::new(),
        _ => codes(variant, tag_size(&union.tag)),
    };
    let condition = variant.condition.as_ref();
    Message {
        codes,
        direction: variant.direction,
        condition: condition.map(|it| Words::of("there if ").code(it)),
    }
}

/// What a message and the type of its fields say of themselves.
fn message_doc(schema: &Schema, variant: &Variant) -> Vec<Block> {
    let mut doc = blocks(&variant.doc);
    if let Some(reference) = body_type(&variant.body) {
        let body = blocks(&schema.definition(reference).doc);
        if doc != body {
            doc.extend(body);
        }
    }
    doc
}

fn framing(union: &Union, describe: Describe<'_>) -> Framing {
    let length = union.length.as_ref();
    Framing {
        tag: match &union.source {
            TagSource::Wire => describe.inline(&union.tag),
            source => describe.union_source(source, &union.tag),
        },
        length: length.map(|it| describe.inline(&it.shape)),
        counts: length.map(|it| it.counts),
        length_first: length.is_some_and(|it| it.first),
        other: union.other.as_ref().map(|it| it.name.to_string()),
    }
}

/// The union that all messages are, if the root is one.
fn root_union(schema: &Schema) -> Option<&Union> {
    let mut shape = schema.root();
    // A type may contain nothing but itself.
    for _ in 0..=schema.types().len() + 64 {
        shape = match shape {
            Shape::Union(union) => return Some(union),
            Shape::Named(reference) => &schema.definition(*reference).shape,
            other => inner(other)?,
        };
    }
    None
}

/// What is inside something that stands around messages.
fn inner(shape: &Shape) -> Option<&Shape> {
    match shape {
        Shape::Behind { item, .. }
        | Shape::Filled { item, .. }
        | Shape::Sized { item, .. }
        | Shape::Ordered { item, .. }
        | Shape::Boxed(item) => Some(item),
        _ => None,
    }
}

/// The types that are all of one message each.
fn inlined(union: Option<&Union>) -> Vec<TypeRef> {
    let variants = union.into_iter().flat_map(|union| union.variants.iter());
    variants
        .filter_map(|variant| body_type(&variant.body))
        .collect()
}

/// The type that all of a message's body is.
fn body_type(mut body: &Shape) -> Option<TypeRef> {
    loop {
        body = match body {
            Shape::Named(reference) => return Some(*reference),
            Shape::Boxed(item) | Shape::Given { item, .. } | Shape::ProtobufField { item, .. } => {
                item
            }
            _ => return None,
        };
    }
}

/// Names and anchors that are not taken yet.
#[derive(Default)]
struct Names(BTreeSet<String>);

impl Names {
    fn claim(&mut self, kind: &str, name: &str) -> (String, String) {
        let slug: String = name
            .chars()
            .map(|it| {
                if it.is_ascii_alphanumeric() || it == '_' {
                    it
                } else {
                    '-'
                }
            })
            .collect();
        let anchor = format!("{kind}-{slug}");
        if self.0.insert(anchor.clone()) {
            return (name.to_owned(), anchor);
        }
        let mut number = 2;
        while !self.0.insert(format!("{anchor}-{number}")) {
            number += 1;
        }
        (format!("{name}#{number}"), format!("{anchor}-{number}"))
    }
}
