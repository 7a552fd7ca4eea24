//! How much room something always takes.

use super::{Count, Schema, Shape};

impl Schema {
    /// How many bits something takes where it stands, if it is always as many and
    /// that is seen without looking into records.
    ///
    /// ```
    /// use pickler::schema::{Count, Schema, Shape};
    ///
    /// let schema = Schema::of::<u16>();
    /// assert_eq!(schema.fixed_bits(schema.root()), Some(16));
    /// assert_eq!(schema.fixed_bits(&Shape::Bytes { count: Count::Fixed(3) }), Some(24));
    /// assert_eq!(schema.fixed_bits(&Shape::Bytes { count: Count::Rest }), None);
    /// ```
    pub fn fixed_bits(&self, shape: &Shape) -> Option<u64> {
        match shape {
            Shape::Integer { bits, .. } | Shape::Bool { bits } | Shape::Float { bits } => {
                Some((*bits).into())
            }
            Shape::Bytes {
                count: Count::Fixed(bytes),
            }
            | Shape::Text {
                count: Count::Fixed(bytes),
            } => bytes.checked_mul(8),
            Shape::List {
                item,
                count: Count::Fixed(count),
            } => self.fixed_bits(item)?.checked_mul(*count),
            Shape::Enumeration(enumeration) => self.fixed_bits(&enumeration.tag),
            Shape::Ordered { item, .. }
            | Shape::OrderedBy { item, .. }
            | Shape::Shown { item, .. }
            | Shape::Mapped { item, .. }
            | Shape::Means { item, .. }
            | Shape::Satisfying { item, .. }
            | Shape::Optional { item, .. }
            | Shape::Constant { item, .. } => self.fixed_bits(item),
            Shape::Elsewhere { .. } => Some(0),
            Shape::Named(reference) => self.fixed_bits(&self.definition(*reference).shape),
            _ => None,
        }
    }
}
