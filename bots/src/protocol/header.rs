//! A length at a fixed place in the header that a record begins with.

use pickler::cursor::ByteOrder;
use pickler::framing::LengthField;
use pickler::schema::{Count, Expr, LengthCounts, Record, Schema, Shape};

/// That of a root that is a record: where it is, and how many bytes behind it are not
/// counted.
pub(super) fn length(schema: &Schema) -> Option<(LengthField, usize)> {
    let (record, order) = record_of(schema, schema.root(), ByteOrder::Big)?;
    if record.magic.is_some() {
        return None;
    }
    let mut offset = 0;
    for field in &record.fields {
        let width = width(schema, &field.shape);
        let of = match &field.derived {
            Some(Expr::SizeOfSelf) => None,
            Some(Expr::SizeOf(of)) => Some(of),
            _ => {
                offset += width?;
                continue;
            }
        };
        let (size, order) = whole_bytes(&field.shape, order)?;
        let counts = match of {
            None => LengthCounts::Message,
            Some(_) => LengthCounts::Body,
        };
        let at = whole(offset)?;
        let more = match of {
            None => 0,
            Some(of) => {
                let others = record.fields.iter().filter(|field| *field.name != **of);
                let bits: Option<usize> = others.map(|it| self::width(schema, &it.shape)).sum();
                whole(bits?)?.checked_sub(at + size)?
            }
        };
        let field = LengthField {
            offset: at,
            size,
            order,
            counts,
            max: LengthField::DEFAULT_MAX,
        };
        return Some((field, more));
    }
    None
}

fn record_of<'a>(
    schema: &'a Schema,
    shape: &'a Shape,
    order: ByteOrder,
) -> Option<(&'a Record, ByteOrder)> {
    match shape {
        Shape::Ordered { item, bytes, .. } => record_of(schema, item, bytes.unwrap_or(order)),
        Shape::Named(reference) => record_of(schema, &schema.definition(*reference).shape, order),
        Shape::Record(record) => Some((record, order)),
        _ => None,
    }
}

/// The size of an integer of whole bytes, and its byte order.
fn whole_bytes(shape: &Shape, order: ByteOrder) -> Option<(usize, ByteOrder)> {
    match shape {
        Shape::Integer {
            bits,
            signed: false,
        } if *bits <= 64 => Some((whole(*bits as usize)?, order)),
        Shape::Ordered { item, bytes, .. } => whole_bytes(item, bytes.unwrap_or(order)),
        Shape::Satisfying { item, .. } => whole_bytes(item, order),
        _ => None,
    }
}

/// So many bits as bytes, if they are some.
fn whole(bits: usize) -> Option<usize> {
    bits.is_multiple_of(8).then_some(bits / 8)
}

/// How many bits something takes, if it is always as many.
fn width(schema: &Schema, shape: &Shape) -> Option<usize> {
    match shape {
        Shape::Integer { bits, .. } | Shape::Bool { bits } | Shape::Float { bits } => {
            usize::try_from(*bits).ok()
        }
        Shape::Bytes {
            count: Count::Fixed(bytes),
        }
        | Shape::Text {
            count: Count::Fixed(bytes),
        } => usize::try_from(*bytes).ok()?.checked_mul(8),
        Shape::Enumeration(enumeration) => width(schema, &enumeration.tag),
        Shape::Ordered { item, .. }
        | Shape::Shown { item, .. }
        | Shape::Mapped { item, .. }
        | Shape::Means { item, .. }
        | Shape::Satisfying { item, .. }
        | Shape::Optional { item, .. }
        | Shape::Constant { item, .. } => width(schema, item),
        Shape::Named(reference) => match &schema.definition(*reference).shape {
            // Others may contain themselves.
            shape @ (Shape::Integer { .. } | Shape::Enumeration(_) | Shape::Bytes { .. }) => {
                width(schema, shape)
            }
            _ => None,
        },
        _ => None,
    }
}
