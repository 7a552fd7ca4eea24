//! Shapes that are about no other, in words.

use pickler::schema::{
    Count, Form, KeyFormat, LengthCounts, Shape, TagSource, VarintEncoding, VarintFormat,
};

use super::wrapped::ending;
use super::{Describe, number, tag_size, units};
use crate::layout::Words;
use crate::layout::literal::{constant, literal, tag};

impl Describe<'_> {
    /// A shape that is about no other.
    pub(super) fn leaf(self, shape: &Shape) -> Words {
        match shape {
            Shape::Integer { bits, signed } => integer(*bits, *signed),
            Shape::Varint(format) => varint(*format),
            Shape::Bool { bits: 8 } => Words::of("bool"),
            Shape::Bool { bits } => Words::of(format!("bool, {}", units((*bits).into(), "bit"))),
            Shape::Float { bits } => Words::of(format!("f{bits}")),
            Shape::Bytes { count } => self.counted(&Words::of("bytes"), count),
            Shape::Text { count: Count::Rest } => Words::of("UTF-8 text to the end"),
            Shape::Text { count } => {
                let counted = matches!(count, Count::Prefix(_) | Count::Fixed(_) | Count::Expr(_));
                let unit = if counted {
                    "bytes of UTF-8 text"
                } else {
                    "UTF-8 text"
                };
                self.counted(&Words::of(unit), count)
            }
            Shape::List { item, count } => self.counted(&self.inline(item), count),
            Shape::Tuple(items) if items.is_empty() => Words::of("nothing"),
            Shape::Tuple(items) => {
                let items = items.iter().map(|item| self.inline(item));
                Words::of("(").and(Words::joined(items, ", ")).text(")")
            }
            Shape::Record(record) => {
                let fields = record.fields.iter().map(|field| {
                    Words::default()
                        .code(&field.name)
                        .text(": ")
                        .and(self.inline(&field.shape))
                });
                Words::of("record {")
                    .and(Words::joined(fields, ", "))
                    .text("}")
            }
            Shape::Keyed(keyed) => {
                let fields = keyed.fields.iter().map(|field| {
                    Words::of(format!("{} ", field.key))
                        .code(&field.name)
                        .text(": ")
                        .and(self.keyed_value(field.form, &field.shape))
                });
                keyed_format(&keyed.format)
                    .text(" {")
                    .and(Words::joined(fields, ", "))
                    .text("}")
            }
            Shape::ProtobufField { number, form, item } => {
                Words::of(format!("protobuf field {number}: ")).and(self.keyed_value(*form, item))
            }
            Shape::Union(union) => {
                let size = tag_size(&union.tag);
                let variants = union.variants.iter().map(|variant| {
                    let name = Words::default().code(&variant.name);
                    let name = match union.source {
                        TagSource::Choice => name,
                        _ => Words::of(tag(variant.tag, size)).text(" ").and(name),
                    };
                    match &variant.body {
                        Shape::Tuple(items) if items.is_empty() => name,
                        body => name.text(": ").and(self.inline(body)),
                    }
                });
                self.union_source(&union.source, &union.tag)
                    .text(": ")
                    .and(Words::joined(variants, ", "))
            }
            Shape::Enumeration(enumeration) => {
                let size = tag_size(&enumeration.tag);
                let names = enumeration
                    .names
                    .iter()
                    .map(|(value, name)| Words::of(tag(*value, size)).text(" ").code(name));
                let words = self.inline(&enumeration.tag).text(": ");
                let words = words.and(Words::joined(names, ", "));
                match &enumeration.other {
                    Some(other) => words.text(", others ").code(&other.name),
                    None => words,
                }
            }
            Shape::Choice {
                alternatives,
                names,
            } => {
                let alternatives = alternatives
                    .iter()
                    .enumerate()
                    .map(|(index, item)| match names.get(index) {
                        Some(name) => Words::default()
                            .code(name)
                            .text(": ")
                            .and(self.inline(item)),
                        None => self.inline(item),
                    });
                Words::of("the first that can be read of ")
                    .and(Words::joined(alternatives, ", or "))
            }
            Shape::Opaque(opaque) => Words::of("as the codec ")
                .code(&opaque.name)
                .text(" reads it"),
            Shape::Named(reference) => Words::default().named(self.schema, *reference),
            // Said by `wrapped`.
            Shape::Optional { item, .. }
            | Shape::Conditional { item, .. }
            | Shape::Constant { item, .. }
            | Shape::Peeked { item, .. }
            | Shape::Ordered { item, .. }
            | Shape::OrderedBy { item, .. }
            | Shape::Given { item, .. }
            | Shape::Shown { item, .. }
            | Shape::Mapped { item, .. }
            | Shape::Satisfying { item, .. }
            | Shape::Padded { item, .. }
            | Shape::Means { item, .. }
            | Shape::Sized { item, .. }
            | Shape::Filtered { item, .. }
            | Shape::Behind { item, .. }
            | Shape::Filled { item, .. }
            | Shape::Elsewhere { item, .. }
            | Shape::Shared { item, .. }
            | Shape::Unordered { list: item, .. }
            | Shape::Json { item }
            | Shape::Boxed(item) => self.inline(item),
        }
    }

    /// What comes behind a tag, as the tag says.
    pub fn union_source(self, source: &TagSource, tag: &Shape) -> Words {
        match source {
            TagSource::Wire => Words::of("as the ")
                .and(self.inline(tag))
                .text(" in front says"),
            TagSource::Given(by) => Words::of("as ").code(by).text(" says"),
            TagSource::Choice => Words::of("the first that can be read"),
        }
    }

    /// The value of a field behind a key.
    pub fn keyed_value(self, form: Form, shape: &Shape) -> Words {
        let words = self.inline(shape);
        match form {
            Form::Plain | Form::Bytes => words,
            Form::Varint => words.text(" as a varint"),
            Form::Zigzag => words.text(" as the varint of its zigzag"),
            Form::Fixed32 => words.text(" in 4 bytes, little-endian"),
            Form::Fixed64 => words.text(" in 8 bytes, little-endian"),
        }
    }

    /// A constant in front of something.
    pub fn magic(self, magic: &Shape) -> Words {
        match magic {
            Shape::Constant { item, value } => {
                let constant = constant(item, value);
                match &**item {
                    Shape::Bytes { .. } | Shape::List { .. } => Words::default().code(constant),
                    item => self.inline(item).text(" ").code(constant),
                }
            }
            other => self.inline(other),
        }
    }

    fn counted(self, unit: &Words, count: &Count) -> Words {
        let all = |words: Words| words.and(unit.clone());
        match count {
            Count::Prefix(prefix) => all(Words::of("as many "))
                .text(" as the ")
                .and(self.inline(prefix))
                .text(" in front says"),
            Count::Fixed(count) => all(Words::of(format!("{count} "))),
            Count::Expr(expr) => all(Words::of("as many "))
                .text(" as ")
                .code(expr)
                .text(" says"),
            Count::Last(expr) => all(Words::default())
                .text(" up to the one for which ")
                .code(expr)
                .text(", which is the last"),
            Count::Rest => all(Words::of("all ")).text(" to the end"),
            Count::Until(until) => {
                let words = all(Words::default())
                    .text(" up to ")
                    .code(literal(&until.end));
                let words = words.text(ending(until.ending.terminator));
                let words = match &until.room {
                    Some(room) => words.text(", or until ").code(room).text(" bytes are full"),
                    None => words,
                };
                words.text(if until.ending.or_end {
                    ", or to the end"
                } else {
                    ""
                })
            }
        }
    }
}

fn integer(bits: u32, signed: bool) -> Words {
    Words::of(format!("{}{bits}", if signed { 'i' } else { 'u' }))
}

fn varint(format: VarintFormat) -> Words {
    let sign = if format.signed { 'i' } else { 'u' };
    let lenient = if format.lenient {
        ", over-long forms are read, too"
    } else {
        ""
    };
    let encoding = encoding_words(format.encoding);
    Words::of(format!("{sign}{} as {encoding}{lenient}", format.bits))
}

/// An encoding, as its users call it.
pub fn encoding_words(encoding: VarintEncoding) -> &'static str {
    match encoding {
        VarintEncoding::Leb128 => "LEB128",
        VarintEncoding::Sleb128 => "SLEB128",
        VarintEncoding::ZigZag => "zigzag LEB128",
        VarintEncoding::Quic => "QUIC varint",
        VarintEncoding::Vlq => "VLQ",
        VarintEncoding::Mqtt => "MQTT varint",
        VarintEncoding::Nat => "Kennedy's nat",
    }
}

/// What stands around fields behind keys.
pub fn keyed_format(format: &KeyFormat) -> Words {
    match format {
        KeyFormat::Protobuf => Words::of("protobuf message"),
        KeyFormat::Pairs(pairs) => {
            let mut words = Words::of("fields, each behind its key (")
                .text(number(pairs.key))
                .text(")");
            if let Some(size) = pairs.size {
                let counts = match pairs.size_counts {
                    LengthCounts::Body => "",
                    LengthCounts::Rest => ", which counts itself, too",
                    LengthCounts::Message => ", which counts itself and the key, too",
                };
                words = words.text(format!(" and its size in bytes ({}{counts})", number(size)));
            }
            if let Some(count) = pairs.count {
                words = words.text(format!("; a {} in front counts them", number(count)));
            }
            if let Some(end) = pairs.terminator {
                words = words.text(format!("; the key {end} ends them"));
            }
            if let Some(pad) = pairs.pad {
                words = words.text(format!("; the key {pad} stands for nothing"));
            }
            words
        }
    }
}
