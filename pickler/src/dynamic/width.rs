//! How much room things take at the least, and counts can say at the most.

use crate::schema::{Count, Fill, Presence, Reference, Schema, Shape, Size, TagSource};

/// The least width of a shape, as the derived codec knows it.
pub(crate) fn least_bits(schema: &Schema, shape: &Shape) -> u64 {
    match shape {
        Shape::Integer { bits, .. } | Shape::Bool { bits } | Shape::Float { bits } => {
            (*bits).into()
        }
        Shape::Varint(_) => 8,
        Shape::Bytes { count } | Shape::Text { count } => least_count_bits(schema, count, 8),
        Shape::List { item, count } => match count {
            Count::Fixed(_) | Count::Until(_) | Count::Last(_) => {
                least_count_bits(schema, count, least_bits(schema, item))
            }
            _ => least_count_bits(schema, count, 0),
        },
        Shape::Tuple(items) => together(items.iter().map(|item| least_bits(schema, item))),
        Shape::Choice { alternatives, .. } => {
            let widths = alternatives.iter().map(|item| least_bits(schema, item));
            widths.min().unwrap_or(0)
        }
        Shape::Record(record) => {
            let fields = record.fields.iter().map(|field| &field.shape);
            let parts = record.magic.iter().chain(fields);
            together(parts.map(|part| least_bits(schema, part)))
        }
        Shape::Keyed(keyed) => keyed.format.least_bits(),
        Shape::Union(union) => {
            let tag = match union.source {
                TagSource::Wire => least_bits(schema, &union.tag),
                TagSource::Given(_) | TagSource::Choice => 0,
            };
            let length = union.length.as_ref();
            let length = length.map_or(0, |length| least_bits(schema, &length.shape));
            together([tag, length])
        }
        Shape::Enumeration(enumeration) => least_bits(schema, &enumeration.tag),
        Shape::Optional { item, .. }
        | Shape::Constant { item, .. }
        | Shape::Ordered { item, .. }
        | Shape::OrderedBy { item, .. }
        | Shape::Given { item, .. }
        | Shape::Shown { item, .. }
        | Shape::Mapped { item, .. }
        | Shape::Satisfying { item, .. }
        | Shape::Means { item, .. }
        | Shape::Peeked { item, .. }
        | Shape::Unordered { list: item, .. }
        | Shape::Json { item } => least_bits(schema, item),
        Shape::Conditional { presence, .. } => match presence {
            Presence::Flag(flag) => least_bits(schema, flag),
            Presence::If(_) | Presence::UnlessEnd => 0,
        },
        Shape::Filled { item, fill, .. } => match fill {
            Fill::Before(bits) | Fill::After(bits) => {
                least_bits(schema, item).saturating_add(*bits)
            }
            Fill::To(bytes) => bytes.saturating_mul(8),
            Fill::Align { .. } | Fill::AlignEnd { .. } => least_bits(schema, item),
        },
        Shape::Sized { item, size, .. } => match size {
            Size::Prefix { prefix, .. } => least_bits(schema, prefix),
            Size::AtMost(_) => least_bits(schema, item),
            Size::Expr(_) | Size::AllBut(_) => 0,
            Size::Until { ending, .. } => ending.least_bits(8),
        },
        Shape::Behind { magic, item } => {
            together([least_bits(schema, magic), least_bits(schema, item)])
        }
        Shape::Shared { item, reference } => match reference {
            Reference::Offset { bits, .. } => least_bits(schema, item).min((*bits).into()),
            Reference::Number { prefix, .. } => least_bits(schema, prefix),
        },
        Shape::Boxed(_)
        | Shape::Elsewhere { .. }
        | Shape::Opaque(_)
        | Shape::Padded { .. }
        | Shape::Filtered { .. } => 0,
        // A key and a value, of a byte each.
        Shape::ProtobufField { .. } => 16,
        Shape::Named(reference) => least_bits(schema, &schema.definition(*reference).shape),
    }
}

/// The width of things one after the other; what is past the greatest is past any
/// input, too.
fn together(widths: impl IntoIterator<Item = u64>) -> u64 {
    widths.into_iter().fold(0, u64::saturating_add)
}

fn least_count_bits(schema: &Schema, count: &Count, unit_bits: u64) -> u64 {
    match count {
        Count::Prefix(prefix) => least_bits(schema, prefix),
        Count::Fixed(count) => count.saturating_mul(unit_bits),
        Count::Until(until) => until.ending.least_bits(unit_bits),
        Count::Last(_) => unit_bits,
        Count::Expr(_) | Count::Rest => 0,
    }
}

/// The greatest count that a prefix can say.
pub(crate) fn greatest_count(prefix: &Shape) -> u64 {
    match prefix {
        Shape::Integer { bits, signed } => {
            let bits = bits - u32::from(*signed);
            if bits >= 64 {
                u64::MAX
            } else {
                (1 << bits) - 1
            }
        }
        Shape::Varint(format) => u64::try_from(format.bounds().1).unwrap_or(u64::MAX),
        Shape::Ordered { item, .. } => greatest_count(item),
        _ => u64::MAX,
    }
}

/// How many bits an integer always takes, if that is so.
pub(super) fn fixed_bits(prefix: &Shape) -> Option<u32> {
    match prefix {
        Shape::Integer { bits, .. } => Some(*bits),
        Shape::Ordered { item, .. } => fixed_bits(item),
        _ => None,
    }
}
