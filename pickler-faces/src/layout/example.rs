//! Examples: a value of each message, its bytes, and what each byte is.

use std::ops::Range;

use pickler::cursor::BitOrder;
use pickler::dynamic::{self, RecordValue, Role, Span, Value, trace};
use pickler::generate::{Bounds, Generator, Seeded};
use pickler::schema::{Record, Schema, Shape};
use pickler::{ByteString, Step};

use super::literal::literal;

/// How many values are made to pick one from.
const CANDIDATES: u64 = 10;
/// How many bytes an example should have at the most.
const SHORT: usize = 64;

/// How many bytes of one list are shown one by one.
const FEW: usize = 3;

/// A value, its bytes, and what each byte is.
#[derive(Clone, Debug)]
pub struct Example {
    /// The bytes.
    pub bytes: Vec<u8>,
    /// The value.
    pub value: Value,
    /// What they are, in their order.
    pub parts: Vec<Part>,
}

/// What some bits are.
#[derive(Clone, Debug)]
pub struct Part {
    /// What they are called: `seats[0].name`.
    pub name: String,
    /// The field of the message that they belong to, or what stands in front of
    /// it: `code`, `length`.
    pub row: String,
    /// It is not a field's.
    pub around: bool,
    /// Their value.
    pub value: String,
    /// Where they are, from the start.
    pub bits: Range<u64>,
    /// From which end the bits of a byte are counted.
    pub bit_order: BitOrder,
}

/// What makes the values of examples: small ones.
pub(super) fn generator(schema: &Schema) -> Generator {
    let mut bounds = Bounds::default();
    bounds.depth = 6;
    bounds.units = 12;
    bounds.attempts = 20;
    Generator::with_bounds(schema.clone(), bounds)
}

impl Example {
    /// One of a message; or, without a name, of what the root is. None if no
    /// value can be made.
    pub(super) fn of(generator: &Generator, message: Option<&str>) -> Option<Self> {
        let schema = generator.schema();
        let values = (0..CANDIDATES).filter_map(|seed| {
            let value = match message {
                Some(name) => generator.message(name, &mut Seeded::new(seed)),
                None => generator.value(&mut Seeded::new(seed)),
            };
            let value = value.ok()?;
            let bytes = dynamic::encode(schema, &value).ok()?;
            Some((nulls(&value), bytes.len(), value))
        });
        let (.., value) = values.max_by_key(|(nulls, length, _)| {
            let short = *length <= SHORT;
            let size = if short { *length } else { usize::MAX - *length };
            (short, usize::MAX - *nulls, size)
        })?;
        let value = Plain::new(schema).made(value);
        let bytes = dynamic::encode(schema, &value).ok()?;
        let (spans, read) = trace(schema, &bytes);
        let value = read.ok()?;
        let parts = spans.iter().map(|span| part(span, message.is_some()));
        Some(Self {
            parts: in_runs(parts.collect()),
            bytes,
            value,
        })
    }
}

/// How much of a value is not there.
fn nulls(value: &Value) -> usize {
    match value {
        Value::Null => 1,
        Value::List(items) => {
            items.iter().map(nulls).sum::<usize>() + usize::from(items.is_empty())
        }
        Value::Record(record) => record.values().iter().map(nulls).sum(),
        Value::Variant(variant) => match &variant.body {
            Value::Null => 0,
            body => nulls(body),
        },
        _ => 0,
    }
}

fn part(span: &Span, is_message: bool) -> Part {
    let mut steps: Vec<&Step> = span.path.iter().collect();
    steps.retain(|step| !matches!(step, Step::Type(_)));
    if is_message && matches!(steps.first(), Some(Step::Variant(_))) {
        steps.remove(0);
    }
    let mut name = String::new();
    for step in &steps {
        match step {
            Step::Item(index) => put!(name, "[{index}]"),
            Step::Type(step) | Step::Field(step) | Step::Variant(step) => {
                if !name.is_empty() {
                    name.push('.');
                }
                name.push_str(step);
            }
        }
    }
    let role = match span.role {
        Role::Value => "value",
        Role::Tag(_) => "code",
        Role::Length => "length",
        Role::Count => "count",
        Role::Flag => "flag",
    };
    let (row, around) = match steps.first() {
        Some(Step::Field(field)) => (field.to_string(), false),
        Some(Step::Item(index)) => (index.to_string(), false),
        _ => (role.to_owned(), span.role != Role::Value),
    };
    let value = match &span.role {
        Role::Tag(Some(variant)) => format!("{} ({variant})", literal(&span.value)),
        _ => literal(&span.value),
    };
    Part {
        name: match (&span.role, name.is_empty()) {
            (_, true) => role.to_owned(),
            (Role::Value, false) => name,
            (_, false) => format!("{role} of {name}"),
        },
        row,
        around,
        value,
        bits: span.bits.clone(),
        bit_order: span.bit_order,
    }
}

/// Several bytes that are items of one list become one part.
fn in_runs(parts: Vec<Part>) -> Vec<Part> {
    let is_byte =
        |part: &Part| part.bits.start.is_multiple_of(8) && part.bits.end - part.bits.start == 8;
    let list = |part: &Part| {
        let name = part.name.strip_suffix(']')?;
        Some(name.rsplit_once('[')?.0.to_owned()).filter(|_| is_byte(part))
    };
    let mut joined = Vec::new();
    let mut rest = parts.into_iter().peekable();
    while let Some(first) = rest.next() {
        let Some(name) = list(&first) else {
            joined.push(first);
            continue;
        };
        let mut run = vec![first];
        while let Some(next) = rest.next_if(|next| list(next).as_deref() == Some(&name)) {
            run.push(next);
        }
        if run.len() <= FEW {
            joined.append(&mut run);
            continue;
        }
        let end = run[run.len() - 1].bits.end;
        let shown: Vec<&str> = run.iter().take(8).map(|it| it.value.as_str()).collect();
        let more = if run.len() > 8 { ", \u{2026}" } else { "" };
        joined.push(Part {
            value: format!("[{}{more}]", shown.join(", ")),
            bits: run[0].bits.start..end,
            name,
            ..run.swap_remove(0)
        });
    }
    joined
}

/// Makes values plain: defaults, small numbers, texts that tell what they are.
struct Plain<'a> {
    schema: &'a Schema,
    records: Vec<&'a Record>,
}

/// A step to a part of a value.
type Place = Vec<usize>;

impl<'a> Plain<'a> {
    fn new(schema: &'a Schema) -> Self {
        let mut records = Vec::new();
        let mut open = vec![schema.root()];
        open.extend(schema.types().iter().map(|definition| &definition.shape));
        while let Some(shape) = open.pop() {
            if let Shape::Record(record) = shape {
                records.push(&**record);
            }
            open.extend(shape.parts());
        }
        Self { schema, records }
    }

    /// The same value, as plain as it can be written.
    fn made(&self, mut value: Value) -> Value {
        let mut found = Vec::new();
        self.leaves(&value, "value", None, &mut Vec::new(), &mut found);
        for (place, plain) in found {
            for plain in plain {
                let tried = replaced(&value, &place, &plain);
                if self.fits(&tried) {
                    value = tried;
                    break;
                }
            }
        }
        value
    }

    fn fits(&self, value: &Value) -> bool {
        dynamic::encode(self.schema, value)
            .is_ok_and(|bytes| dynamic::decode(self.schema, &bytes).is_ok())
    }

    /// The parts of a value that have none, each with what could be there
    /// instead.
    fn leaves(
        &self,
        value: &Value,
        name: &str,
        default: Option<&Value>,
        at: &mut Place,
        found: &mut Vec<(Place, Vec<Value>)>,
    ) {
        if let Some(default) = default {
            let mut tried = plain(value, name, found.len());
            // A default that says nothing makes no example.
            if tells(default) {
                tried.insert(0, default.clone());
            }
            if !tried.is_empty() {
                found.push((at.clone(), tried));
                return;
            }
        }
        let mut inside = |index, part: &Value, name: &str, default: Option<&Value>| {
            at.push(index);
            self.leaves(part, name, default, at, found);
            at.pop();
        };
        match value {
            Value::List(items) => {
                for (index, item) in items.iter().enumerate() {
                    inside(index, item, name, None);
                }
            }
            Value::Record(record) => {
                let known = self.records.iter().find(|it| it.names == *record.names());
                for (index, (name, part)) in record.iter().enumerate() {
                    let field = known.and_then(|known| known.fields.get(index));
                    inside(
                        index,
                        part,
                        name,
                        field.and_then(|field| field.default.as_ref()),
                    );
                }
            }
            Value::Variant(variant) => inside(0, &variant.body, &variant.name, None),
            leaf => {
                let plain = plain(leaf, name, found.len());
                found.push((at.clone(), plain));
            }
        }
    }
}

/// It is not the value that anything has by default.
fn tells(default: &Value) -> bool {
    match default {
        Value::Null | Value::Unsigned(0) | Value::Bool(false) => false,
        Value::Text(text) => !text.is_empty(),
        Value::Bytes(bytes) => !bytes.is_empty(),
        Value::List(items) => items.iter().any(tells),
        Value::Record(record) => record.values().iter().any(tells),
        Value::Variant(variant) => tells(&variant.body),
        Value::Bool(true) | Value::Unsigned(_) | Value::Negative(_) | Value::Float(_) => true,
    }
}

/// What could be there instead of a value, the best first: of integers, small
/// ones of their own.
fn plain(value: &Value, name: &str, number: usize) -> Vec<Value> {
    let short: String = name.chars().take(8).collect();
    match value {
        Value::Text(_) => vec![Value::Text(short), Value::Text("a".into())],
        Value::Bytes(bytes) => {
            let counted: Vec<u8> = (1..=255).cycle().take(bytes.len()).collect();
            vec![
                Value::Bytes(ByteString::from(short.into_bytes())),
                Value::Bytes(ByteString::from(counted)),
            ]
        }
        Value::Bool(_) => vec![Value::Bool(true)],
        Value::Unsigned(_) | Value::Negative(_) => {
            let own = Value::Unsigned(number as u128 % 9 + 1);
            vec![own, Value::Unsigned(1), Value::Unsigned(0)]
        }
        Value::Float(_) => vec![Value::from(1.5_f64), Value::from(0.0_f64)],
        Value::Null | Value::List(_) | Value::Record(_) | Value::Variant(_) => Vec::new(),
    }
}

/// A value, of which one part is another.
fn replaced(value: &Value, place: &[usize], with: &Value) -> Value {
    let Some((first, rest)) = place.split_first() else {
        return with.clone();
    };
    let inside = |index: usize, part: &Value| {
        if index == *first {
            replaced(part, rest, with)
        } else {
            part.clone()
        }
    };
    match value {
        Value::List(items) => {
            let items = items.iter().enumerate();
            Value::List(items.map(|(index, item)| inside(index, item)).collect())
        }
        Value::Record(record) => {
            let parts = record.values().iter().enumerate();
            let parts = parts.map(|(index, part)| inside(index, part)).collect();
            let names = record.names().clone();
            Value::Record(RecordValue::new(names, parts).with_row(record.is_row()))
        }
        Value::Variant(variant) => {
            let mut variant = variant.clone();
            variant.body = inside(0, &variant.body);
            Value::Variant(variant)
        }
        other => other.clone(),
    }
}
