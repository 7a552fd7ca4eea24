//! In which order the bytes and bits of each type come.

use pickler::cursor::{BitOrder, ByteOrder};
use pickler::schema::{Schema, Shape, TypeRef};

/// The orders in which something is read, as far as they are always the same.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Orders {
    /// That of bytes.
    pub bytes: Option<ByteOrder>,
    /// That of bits.
    pub bits: Option<BitOrder>,
}

impl Orders {
    /// What is so unless something else is said.
    pub const NETWORK: Self = Self {
        bytes: Some(ByteOrder::Big),
        bits: Some(BitOrder::Msb),
    };

    /// What is inside something, in these orders.
    #[must_use]
    pub fn within(self, shape: &Shape) -> Self {
        match shape {
            Shape::Ordered { bytes, bits, .. } => Self {
                bytes: bytes.or(self.bytes),
                bits: bits.or(self.bits),
            },
            Shape::OrderedBy { .. } => Self {
                bytes: None,
                ..self
            },
            _ => self,
        }
    }

    /// One or the other.
    fn or(self, other: Self) -> Self {
        Self {
            bytes: self.bytes.filter(|bytes| other.bytes == Some(*bytes)),
            bits: self.bits.filter(|bits| other.bits == Some(*bits)),
        }
    }
}

/// The orders of each type of a schema, by its place.
pub fn of_types(schema: &Schema) -> Vec<Orders> {
    let mut seen: Vec<Vec<Orders>> = vec![Vec::new(); schema.types().len()];
    let mut open = vec![(schema.root(), Orders::NETWORK)];
    while let Some((shape, orders)) = open.pop() {
        if let Shape::Named(reference) = shape {
            let seen = &mut seen[reference.index()];
            if !seen.contains(&orders) {
                seen.push(orders);
                open.push((&schema.definition(*reference).shape, orders));
            }
        }
        let inside = orders.within(shape);
        open.extend(shape.parts().into_iter().map(|part| (part, inside)));
    }
    let all = seen.into_iter();
    all.map(|seen| {
        seen.into_iter()
            .reduce(Orders::or)
            .unwrap_or(Orders::NETWORK)
    })
    .collect()
}

/// Where something is mentioned, but for the messages that it is all of.
pub fn mentions(schema: &Schema, inlined: &[TypeRef]) -> Vec<usize> {
    let mut counts = vec![0_usize; schema.types().len()];
    let mut open = vec![schema.root()];
    for definition in schema.types() {
        open.push(&definition.shape);
        open.extend(definition.parameters.iter().map(|it| &it.shape));
    }
    while let Some(shape) = open.pop() {
        if let Shape::Named(reference) = shape {
            counts[reference.index()] += 1;
        }
        open.extend(shape.parts());
    }
    for reference in inlined {
        counts[reference.index()] = counts[reference.index()].saturating_sub(1);
    }
    counts
}
