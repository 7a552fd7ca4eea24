//! What has no end in a stream.

use alloc::vec::Vec;

use crate::schema::{Count, KeyFormat, Keyed, Pairs, Presence, Schema, Shape, Size, TypeRef};

/// The messages of a schema go on to the end of the input.
pub(super) fn takes_the_rest(schema: &Schema) -> bool {
    goes_on(schema, schema.root(), &mut Vec::new())
}

/// It goes on to the end of the input, so that in a stream it has no end.
fn goes_on(schema: &Schema, shape: &Shape, within: &mut Vec<TypeRef>) -> bool {
    let mut rest = |shape: &Shape| goes_on(schema, shape, within);
    match shape {
        Shape::Bytes { count } | Shape::Text { count } => *count == Count::Rest,
        Shape::List { item, count } => *count == Count::Rest || rest(item),
        Shape::Tuple(items)
        | Shape::Choice {
            alternatives: items,
            ..
        } => items.iter().any(rest),
        Shape::Record(record) => record.fields.iter().any(|field| rest(&field.shape)),
        Shape::Keyed(keyed) => !tells_its_end(keyed),
        Shape::Union(union) => {
            let mut bodies = union.variants.iter().map(|variant| &variant.body);
            union.length.is_none() && (union.other.is_some() || bodies.any(rest))
        }
        Shape::Conditional { presence, item, .. } => *presence == Presence::UnlessEnd || rest(item),
        Shape::Sized { size, item, .. } => match size {
            Size::Expr(_) | Size::Prefix { .. } | Size::Until { .. } => false,
            Size::AllBut(_) => true,
            Size::AtMost(_) => rest(item),
        },
        Shape::Filtered { .. } | Shape::Padded { .. } | Shape::ProtobufField { .. } => true,
        Shape::Unordered { list: item, .. }
        | Shape::Optional { item, .. }
        | Shape::Constant { item, .. }
        | Shape::Peeked { item, .. }
        | Shape::Ordered { item, .. }
        | Shape::OrderedBy { item, .. }
        | Shape::Given { item, .. }
        | Shape::Shown { item, .. }
        | Shape::Mapped { item, .. }
        | Shape::Satisfying { item, .. }
        | Shape::Means { item, .. }
        | Shape::Behind { item, .. }
        | Shape::Filled { item, .. }
        | Shape::Elsewhere { item, .. }
        | Shape::Shared { item, .. }
        | Shape::Json { item }
        | Shape::Boxed(item) => rest(item),
        Shape::Named(reference) => {
            if within.contains(reference) {
                return false;
            }
            within.push(*reference);
            goes_on(schema, &schema.definition(*reference).shape, within)
        }
        Shape::Integer { .. }
        | Shape::Varint(_)
        | Shape::Bool { .. }
        | Shape::Float { .. }
        | Shape::Enumeration(_)
        | Shape::Opaque(_) => false,
    }
}

/// Pairs are counted, or there is a key behind the last.
fn tells_its_end(keyed: &Keyed) -> bool {
    match keyed.format {
        KeyFormat::Pairs(Pairs {
            count, terminator, ..
        }) => count.is_some() || terminator.is_some(),
        KeyFormat::Protobuf => false,
    }
}
