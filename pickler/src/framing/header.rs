//! A length in the header that a record begins with.

use super::LengthField;
use super::place::{length_bytes, root, whole};
use crate::schema::{Expr, Field, LengthCounts, Schema, Shape};

/// That of a root that is a record: where it is, and how many bytes behind it are not
/// counted.
pub(super) fn length(schema: &Schema) -> Option<(LengthField, usize)> {
    let (Shape::Record(record), order) = root(schema) else {
        return None;
    };
    // What stands elsewhere is behind what a record says of its size.
    if record.magic.is_some() || schema.has_elsewhere() {
        return None;
    }
    let mut in_front = 0_u64;
    for field in &record.fields {
        let counted = match &field.derived {
            Some(Expr::SizeOfSelf) => None,
            Some(Expr::SizeOf(of)) => Some(of),
            _ => {
                in_front = in_front.checked_add(schema.fixed_bits(&field.shape)?)?;
                continue;
            }
        };
        let offset = whole(in_front)?;
        let (size, order) = length_bytes(&field.shape, order)?;
        let (counts, more) = match counted {
            None => (LengthCounts::Message, 0),
            Some(of) => {
                let others = record.fields.iter().filter(|field| *field.name != **of);
                let others = whole(width(schema, others)?)?;
                (LengthCounts::Body, others.checked_sub(offset + size)?)
            }
        };
        let field = LengthField {
            offset,
            size,
            order,
            counts,
            max: LengthField::DEFAULT_MAX,
        };
        return Some((field, more));
    }
    None
}

/// How many bits fields take together, if that is always as many.
fn width<'a>(schema: &Schema, fields: impl Iterator<Item = &'a Field>) -> Option<u64> {
    let mut widths = fields.map(|field| schema.fixed_bits(&field.shape));
    widths.try_fold(0_u64, |sum, width| sum.checked_add(width?))
}
