//! Shapes in a few words.

use pickler::dynamic::Value;
use pickler::schema::{
    Checksum, Compression, Count, Fill, Filter, KeyedField, Meaning, Padding, Presence, Record,
    Reference, Schema, Shape, Size,
};

/// What a shape is, in a few words: enough to tell before from after.
pub fn words(shape: &Shape, schema: &Schema) -> String {
    let of = |shape: &Shape| words(shape, schema);
    match shape {
        Shape::Integer { bits, signed } => format!("{}{bits}", if *signed { 'i' } else { 'u' }),
        Shape::Varint(format) => {
            let lenient = if format.lenient { " lenient" } else { "" };
            let encoding = format!("{:?}", format.encoding).to_lowercase();
            let sign = if format.signed { 'i' } else { 'u' };
            format!("{encoding} {sign}{}{lenient}", format.bits)
        }
        Shape::Bool { bits: 8 } => "bool".into(),
        Shape::Bool { bits } => format!("bool of {bits} bits"),
        Shape::Float { bits } => format!("f{bits}"),
        Shape::Bytes { count } => format!("bytes {}", counted(count, schema)),
        Shape::Text { count } => format!("text {}", counted(count, schema)),
        Shape::List { item, count } => format!("[{}] {}", of(item), counted(count, schema)),
        Shape::Unordered { list, .. } => format!("{}, all different", of(list)),
        Shape::Tuple(items) => {
            let items: Vec<_> = items.iter().map(of).collect();
            format!("({})", items.join(", "))
        }
        Shape::Record(record) => {
            let fields = record.fields.iter();
            let fields: Vec<_> = fields
                .map(|field| format!("{}: {}", field.name, of(&field.shape)))
                .collect();
            format!("{{ {} }}", fields.join(", "))
        }
        Shape::Keyed(_) => "keyed fields".into(),
        Shape::ProtobufField { number, item, .. } => format!("{}, field {number}", of(item)),
        Shape::Union(union) => format!("union of tag {}", of(&union.tag)),
        Shape::Enumeration(enumeration) => format!("enum {}", of(&enumeration.tag)),
        Shape::Optional { item, none } => format!("{}, {} for none", of(item), value(none)),
        Shape::Conditional {
            item,
            presence,
            absent,
        } => {
            let when = match presence {
                Presence::Flag(flag) => format!("behind a flag {}", of(flag)),
                Presence::If(expr) => format!("if {expr}"),
                Presence::UnlessEnd => "unless at the end".into(),
            };
            match absent {
                Value::Null => format!("{} {when}", of(item)),
                absent => format!("{} {when}, else {}", of(item), value(absent)),
            }
        }
        Shape::Constant { item, value: it } => format!("{} always {}", of(item), value(it)),
        Shape::Choice { alternatives, .. } => {
            let alternatives: Vec<_> = alternatives.iter().map(of).collect();
            format!("first of {}", alternatives.join(" or "))
        }
        Shape::Peeked { ahead, item } => format!("{} seen as {}", of(item), of(ahead)),
        Shape::Ordered { item, bytes, bits } => {
            let bytes = bytes.map(|it| format!(" {it:?}-endian").to_lowercase());
            let bits = bits.map(|it| format!(" {it:?}-first").to_lowercase());
            let (bytes, bits) = (bytes.unwrap_or_default(), bits.unwrap_or_default());
            format!("{}{bytes}{bits}", of(item))
        }
        Shape::OrderedBy { item, little } => format!("{} little-endian if {little}", of(item)),
        Shape::Given { item, arguments } => {
            let arguments: Vec<_> = arguments.iter().map(ToString::to_string).collect();
            format!("{} given {}", of(item), arguments.join(", "))
        }
        Shape::Shown { item, pairs } => {
            let pairs = pairs.iter();
            let pairs: Vec<_> = pairs
                .map(|(wire, shown)| format!("{} = {}", value(wire), value(shown)))
                .collect();
            format!("{} shown {}", of(item), pairs.join(", "))
        }
        Shape::Mapped { item, name } => format!("{} as {name}", of(item)),
        Shape::Satisfying { item, condition } => format!("{} where {condition}", of(item)),
        Shape::Padded { item, padding } => format!("{} padded to {}", of(item), padding.size),
        Shape::Means { item, meaning } => format!("{} {}", of(item), meant(meaning)),
        Shape::Sized {
            item,
            size,
            leftover,
        } => {
            let size = match size {
                Size::Expr(expr) => format!("in {expr} bytes"),
                Size::AtMost(size) => format!("in at most {size} bytes"),
                Size::Prefix {
                    prefix,
                    counts_itself,
                } => {
                    let itself = if *counts_itself {
                        ", counting itself"
                    } else {
                        ""
                    };
                    format!("behind its size {}{itself}", of(prefix))
                }
                Size::AllBut(expr) => format!("in all but {expr} bytes"),
                Size::Until { end, .. } => format!("until {}", end.escape_ascii()),
            };
            let leftover = if *leftover {
                ", ignoring what is left over"
            } else {
                ""
            };
            format!("{} {size}{leftover}", of(item))
        }
        Shape::Filtered { item, filter } => format!("{} {}", of(item), filtered(filter)),
        Shape::Behind { magic, item } => format!("{} behind {}", of(item), of(magic)),
        Shape::Filled {
            item,
            fill,
            padding,
        } => {
            let fill = match fill {
                Fill::Before(bits) => format!("behind {bits} bits"),
                Fill::After(bits) => format!("in front of {bits} bits"),
                Fill::To(bytes) => format!("filled up to {bytes} bytes"),
                Fill::Align { bytes, .. } => format!("aligned to {bytes} bytes"),
                Fill::AlignEnd { bytes, .. } => format!("filled up to a multiple of {bytes} bytes"),
            };
            let padding = match padding {
                Padding::Zero => "",
                Padding::Ignored => ", ignored",
            };
            format!("{} {fill}{padding}", of(item))
        }
        Shape::Elsewhere { item, place } => format!("{} at {}", of(item), place.at),
        Shape::Shared { item, reference } => match reference {
            Reference::Offset { bits, .. } => {
                format!("{} shared by offset of {bits} bits", of(item))
            }
            Reference::Number { prefix, .. } => {
                format!("{} shared by number {}", of(item), of(prefix))
            }
        },
        Shape::Json { item } => format!("JSON in {}", of(item)),
        Shape::Opaque(opaque) => format!("codec {}", opaque.name),
        Shape::Boxed(item) => of(item),
        Shape::Named(reference) => schema.definition(*reference).name.to_string(),
    }
}

fn counted(count: &Count, schema: &Schema) -> String {
    match count {
        Count::Prefix(prefix) => format!("counted by {}", words(prefix, schema)),
        Count::Fixed(count) => format!("of {count}"),
        Count::Expr(expr) => format!("of {expr}"),
        Count::Until(until) => format!("until {}", value(&until.end)),
        Count::Last(expr) => format!("through the one where {expr}"),
        Count::Rest => "to the end".into(),
    }
}

/// What a type stands for, as specs say it.
fn meant(meaning: &Meaning) -> String {
    match meaning {
        Meaning::NonZero => "nonzero".into(),
        Meaning::Within { min, max } => format!("in {min}..={max}"),
        Meaning::Digits { max } => format!("bcd to {max}"),
        Meaning::ZigZag => "zigzag".into(),
        Meaning::Character => "character".into(),
        Meaning::Text(encoding) => format!("encoding {}", encoding.name()),
        Meaning::Scaled { scale, unit } if unit.is_empty() => format!("scale {scale}"),
        Meaning::Scaled { scale, unit } => format!("scale {scale} {unit:?}"),
        Meaning::Flags { named, keeps } => {
            let named = named.iter();
            let mut names: Vec<_> = named
                .map(|(name, bits)| format!("{name} = {bits:#x}"))
                .collect();
            names.extend(keeps.then(|| "..".into()));
            format!("flags ({})", names.join(", "))
        }
        Meaning::Ignored { written } => format!("ignored writing {}", value(written)),
        Meaning::IpAddress => "ip".into(),
        Meaning::Uuid => "uuid".into(),
        // The list grows with the toolkit.
        meaning => format!("{meaning:?}").to_lowercase(),
    }
}

fn filtered(filter: &Filter) -> String {
    match filter {
        Filter::Xor(key) => {
            let key: Vec<_> = key.iter().map(ToString::to_string).collect();
            format!("xor {}", key.join(", "))
        }
        Filter::RotateLeft(by) => format!("rotate left {by}"),
        Filter::RotateRight(by) => format!("rotate right {by}"),
        Filter::Compressed(Compression::Zlib) => "zlib".into(),
        Filter::Compressed(Compression::Deflate) => "deflate".into(),
        Filter::Compressed(Compression::Gzip) => "gzip".into(),
        // The list grows with the toolkit.
        filter => format!("{filter:?}").to_lowercase(),
    }
}

/// What a checksum is of, as specs say it.
pub fn checksum(checksum: &Checksum, record: &Record) -> String {
    let name = |index: usize| {
        let field = record.fields.get(index);
        field.map_or_else(|| "?".to_owned(), |field| field.name.to_string())
    };
    let of = match checksum.fields {
        None => "self".to_owned(),
        Some((first, last)) => format!("{}..={}", name(first), name(last)),
    };
    format!("{}({of})", checksum.algorithm)
}

/// How often a field is there, and how it is held.
pub fn held(field: &KeyedField) -> String {
    let (occurs, form) = (field.occurs.name(), field.form.name());
    format!("`{occurs} {form}`")
}

/// A value in a few words.
pub fn value(value: &Value) -> String {
    match value {
        Value::Null => "null".into(),
        Value::Bool(it) => it.to_string(),
        Value::Unsigned(it) => it.to_string(),
        Value::Negative(it) => it.to_string(),
        Value::Float(it) => format!("{it:?}"),
        Value::Bytes(it) => format!("\"{}\"", it.escape_ascii()),
        Value::Text(it) => format!("{it:?}"),
        Value::List(items) => {
            let items: Vec<_> = items.iter().map(self::value).collect();
            format!("[{}]", items.join(", "))
        }
        Value::Record(record) => {
            let fields = record.iter();
            let fields: Vec<_> = fields
                .map(|(name, it)| format!("{name}: {}", self::value(it)))
                .collect();
            format!("{{{}}}", fields.join(", "))
        }
        Value::Variant(variant) => match &variant.body {
            Value::Null => variant.name.to_string(),
            body => format!("{} {}", variant.name, self::value(body)),
        },
    }
}

/// What becomes of unknown tags.
pub fn others(kept: bool) -> &'static str {
    if kept {
        "unknown ones are kept now"
    } else {
        "unknown ones are refused now"
    }
}
