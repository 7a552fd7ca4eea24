//! What is said of types that it means nothing for.

use pickler::schema::{Algorithm, Count, Field, Meaning, Record, Schema, Shape, TextEncoding};

use super::places::is_integer;
use super::{Parts, walk};
use crate::diagnostic::Diagnostic;
use crate::mistakes;
use crate::parse::source::{Source, Span};

/// Says so where something is said of a type that it means nothing for.
pub fn meanings(parts: &Parts<'_>, schema: &Schema, diagnostics: &mut Vec<Diagnostic>) {
    let mut visit = |shape: &Shape, source: &Source| {
        let wanted = match shape {
            Shape::Means { item, meaning } => wanted(schema, meaning, item),
            Shape::Unordered { list, by_key } => unordered(schema, list, *by_key),
            Shape::Padded { item, .. } => {
                let count = match schema.meaning(item) {
                    Shape::Text { count } | Shape::Bytes { count } | Shape::List { count, .. } => {
                        Some(count)
                    }
                    _ => None,
                };
                matches!(count, Some(Count::Fixed(_))).then_some(
                    "`padded to` says how much there is, and `count` leaves nothing to be padded: \
                     `text rest padded to 16 with 0`",
                )
            }
            Shape::Json { item } => {
                let is_bytes = matches!(schema.meaning(item), Shape::Bytes { .. });
                (!is_bytes).then_some("`json` is for bytes, such as `bytes rest`")
            }
            _ => None,
        };
        if let Some(wanted) = wanted {
            diagnostics.push(Diagnostic::new(mistakes::OUT_OF_PLACE, source.span, wanted));
        }
        if let Shape::Record(record) = shape {
            for (field, member) in record.fields.iter().zip(&source.members) {
                if field.derived.is_some() && may_be_absent(schema, field) {
                    let message = format!(
                        "what follows from other fields is always there, and `{}` may be absent; \
                         a variant with it and one without say the same",
                        field.name
                    );
                    let diagnostic = Diagnostic::new(mistakes::NO_INTEGER, member.name, message);
                    diagnostics.push(diagnostic);
                } else if field.checksum.is_some() {
                    checksum(schema, record, field, member.derived, diagnostics);
                } else if field.derived.is_some() && !holds_number(schema, &field.shape) {
                    let message = "what follows from other fields is an integer, such as `u1`";
                    let diagnostic = Diagnostic::new(mistakes::NO_INTEGER, member.name, message);
                    diagnostics.push(diagnostic);
                }
            }
        }
    };
    for (shape, source) in parts.shapes() {
        walk(shape, source, &mut visit);
    }
}

/// A field may be absent, and could not hold what follows from others. What stands
/// for nothing may follow, but is no checksum.
fn may_be_absent(schema: &Schema, field: &Field) -> bool {
    let mut shape = &field.shape;
    loop {
        shape = match schema.resolve(shape) {
            Shape::Conditional { .. } => return true,
            Shape::Optional { .. } => return field.checksum.is_some(),
            Shape::Ordered { item, .. } | Shape::OrderedBy { item, .. } => item,
            _ => return false,
        };
    }
}

/// What an expression gives can be held: it is an integer in all that it means.
fn holds_number(schema: &Schema, shape: &Shape) -> bool {
    match schema.meaning(shape) {
        Shape::Integer { .. } | Shape::Varint(_) | Shape::Opaque(_) => true,
        Shape::Optional { item, .. } | Shape::Shown { item, .. } => holds_number(schema, item),
        Shape::Choice {
            alternatives,
            names,
        } => names.is_empty() && alternatives.iter().all(|it| holds_number(schema, it)),
        Shape::Means { item, meaning } => match meaning {
            Meaning::Character | Meaning::Text(_) | Meaning::IpAddress | Meaning::Uuid => false,
            _ => holds_number(schema, item),
        },
        _ => false,
    }
}

/// What a meaning is for, if that is not what it is said of.
fn wanted(schema: &Schema, meaning: &Meaning, item: &Shape) -> Option<&'static str> {
    let shape = schema.meaning(item);
    let unsigned = match shape {
        Shape::Integer {
            bits,
            signed: false,
        } => Some(*bits),
        _ => None,
    };
    let bytes = match shape {
        Shape::Bytes {
            count: Count::Fixed(count),
        } => Some(*count),
        _ => None,
    };
    let (fits, wanted) = match meaning {
        Meaning::NonZero => (is_integer(schema, shape), "`nonzero` is for integers"),
        Meaning::Within { .. } => (is_integer(schema, shape), "a range is for integers"),
        Meaning::Scaled { .. } => (is_integer(schema, shape), "`scale` is for integers"),
        Meaning::Flags { named, .. } => (
            is_integer(schema, shape) && named.iter().all(|(_, flag)| fits(*flag, shape)),
            "`flags` are bits of an integer, and of no more than it has",
        ),
        Meaning::Digits { .. } => (
            unsigned.is_some_and(|bits| bits.is_multiple_of(4)),
            "`bcd` is for integers from 0 of a multiple of 4 bits",
        ),
        Meaning::ZigZag => (
            unsigned.is_some(),
            "`zigzag` behind a type is for integers from 0 on the wire: `u12 zigzag`",
        ),
        Meaning::Character => (unsigned == Some(32), "`character` is for `u32`"),
        Meaning::Text(TextEncoding::Utf16) => (
            matches!(shape, Shape::List { item, .. } if matches!(
                schema.meaning(item),
                Shape::Integer { bits: 16, signed: false }
            )),
            "UTF-16 is for lists of `u16`: `[u16] count u8 encoding utf16`",
        ),
        Meaning::Text(_) => (
            matches!(shape, Shape::Bytes { .. }),
            "an encoding is for bytes: `bytes count u8 encoding latin1`",
        ),
        Meaning::IpAddress => (
            matches!(bytes, Some(4 | 16)),
            "`ip` is for `bytes count 4` and `bytes count 16`",
        ),
        Meaning::Uuid => (bytes == Some(16), "`uuid` is for `bytes count 16`"),
        // Of what is ignored, nothing is known; and of what this does not know.
        _ => (true, ""),
    };
    (!fits).then_some(wanted)
}

/// The bits of a flag are some of an integer.
fn fits(flag: u128, shape: &Shape) -> bool {
    match shape {
        Shape::Integer { bits, .. } => flag.checked_shr(*bits).unwrap_or(0) == 0,
        _ => true,
    }
}

fn unordered(schema: &Schema, list: &Shape, by_key: bool) -> Option<&'static str> {
    let Shape::List { item, .. } = schema.meaning(list) else {
        return Some("`set` and `map` are for lists");
    };
    let is_pair = match schema.meaning(item) {
        Shape::Tuple(items) => items.len() == 2,
        Shape::Record(record) => record.fields.len() == 2,
        _ => false,
    };
    (by_key && !is_pair).then_some("`map` is for lists of pairs: `[(u8, u16)] count u8 map`")
}

/// A field can hold its checksum.
fn checksum(
    schema: &Schema,
    record: &Record,
    field: &Field,
    span: Span,
    diagnostics: &mut Vec<Diagnostic>,
) {
    let Some(checksum) = field.checksum else {
        return;
    };
    let algorithm = checksum.algorithm;
    if !holds(schema, &field.shape, algorithm) {
        let name = algorithm.name();
        let (much, plain) = if let Some(size) = algorithm.digest_size() {
            (format!("{size} bytes"), format!("bytes count {size}"))
        } else {
            let bits = width(algorithm);
            (format!("{bits} bits"), format!("u{bits}"))
        };
        let message = if holds(schema, bare(schema, &field.shape), algorithm) {
            format!(
                "`{name}` may be any {much}, so that nothing more is said of its value: the \
                 field is `{plain}` alone"
            )
        } else {
            format!("`{name}` has {much}: the field is `{plain}`")
        };
        diagnostics.push(Diagnostic::new(mistakes::CHECKSUM, span, message));
    }
    if let Some(message) = within_a_byte(schema, record, field) {
        diagnostics.push(Diagnostic::new(mistakes::CHECKSUM, span, message));
    }
}

/// Something of that shape is as wide as a checksum, and may be any of it.
fn holds(schema: &Schema, shape: &Shape, algorithm: Algorithm) -> bool {
    let shape = schema.meaning(shape);
    match algorithm.digest_size() {
        Some(size) => match shape {
            Shape::Bytes {
                count: Count::Fixed(count),
            } => *count == size as u64,
            Shape::List {
                item,
                count: Count::Fixed(count),
            } => *count == size as u64 && matches!(**item, Shape::Integer { bits: 8, .. }),
            _ => false,
        },
        None => matches!(shape, Shape::Integer { bits, signed }
            if *bits >= width(algorithm) + u32::from(*signed)),
    }
}

/// A shape without what is said of its value.
fn bare<'a>(schema: &'a Schema, mut shape: &'a Shape) -> &'a Shape {
    loop {
        shape = match schema.meaning(shape) {
            Shape::Means { item, .. }
            | Shape::Shown { item, .. }
            | Shape::Constant { item, .. } => item,
            Shape::Enumeration(enumeration) => &enumeration.tag,
            shape => return shape,
        };
    }
}

/// How many bits a checksum has that is a number.
fn width(algorithm: Algorithm) -> u32 {
    match algorithm.name() {
        "adler32" => 32,
        "xor8" | "sum8" => 8,
        name => {
            // Those of the CRC family say it.
            let behind = name.strip_prefix("crc").unwrap_or("16");
            let end = behind.find(|it: char| !it.is_ascii_digit());
            behind[..end.unwrap_or(behind.len())].parse().unwrap_or(16)
        }
    }
}

/// A checksum that is seen to be over parts of bytes, or to be within one.
fn within_a_byte(schema: &Schema, record: &Record, field: &Field) -> Option<String> {
    let (first, last) = match field.checksum?.fields {
        Some(range) => range,
        None => (0, record.fields.len().checked_sub(1)?),
    };
    let mut taken = Some(0);
    let mut ends = Vec::new();
    for field in &record.fields {
        taken = match (taken, schema.fixed_bits(&field.shape)) {
            (Some(taken), Some(bits)) => Some((taken + bits % 8) % 8),
            _ => None,
        };
        ends.push(taken.is_some_and(|taken| taken > 0));
    }
    let starts_within = |index: usize| index > 0 && ends.get(index - 1) == Some(&true);
    let index = record.fields.iter().position(|it| it.name == field.name)?;
    let names = &record.fields;
    if starts_within(first) {
        let name = &names.get(first)?.name;
        Some(format!(
            "a checksum is over whole bytes, and `{name}` starts within one"
        ))
    } else if ends.get(last) == Some(&true) {
        let name = &names.get(last)?.name;
        Some(format!(
            "a checksum is over whole bytes, and `{name}` ends within one"
        ))
    } else if starts_within(index) || ends.get(index) == Some(&true) {
        Some("a checksum takes up whole bytes: it starts and ends with one".to_owned())
    } else {
        None
    }
}
