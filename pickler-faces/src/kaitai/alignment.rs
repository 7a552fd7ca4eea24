//! Where bytes begin: Kaitai Struct goes on at the next byte behind bits, unless
//! what comes are bits, too.

use pickler::schema::{Count, Fill, Presence, Shape, Size};

use super::format::Format;

impl Format<'_> {
    /// It is read bit by bit where it does not start on a byte boundary.
    pub fn is_bits(&self, shape: &Shape) -> bool {
        match shape {
            Shape::Integer { .. } | Shape::Bool { .. } => true,
            Shape::Enumeration(enumeration) => self.is_bits(&enumeration.tag),
            Shape::List { item, .. }
            | Shape::Optional { item, .. }
            | Shape::Conditional { item, .. }
            | Shape::Constant { item, .. }
            | Shape::Ordered { item, .. }
            | Shape::Shown { item, .. }
            | Shape::Mapped { item, .. }
            | Shape::Satisfying { item, .. }
            | Shape::Means { item, .. }
            | Shape::Behind { item, .. } => self.is_bits(item),
            Shape::Filled { item, fill, .. } => {
                matches!(fill, Fill::Before(_)) && self.is_bits(item)
            }
            Shape::Named(reference) => {
                !self.is_composite(shape) && self.is_bits(&self.schema.definition(*reference).shape)
            }
            _ => false,
        }
    }

    /// How many bits of the last byte are taken behind an attribute, `bit` being
    /// those in front of it; `None` if that is not known.
    pub fn behind(&self, shape: &Shape, bit: Option<u64>) -> Option<u64> {
        Some((bit? + self.taken(shape, true)?) % 8)
    }

    /// Finds out of all types how many bits they take, modulo 8. They may recur:
    /// none takes any at first, and what follows from that is looked at until
    /// nothing changes.
    pub fn measure_types(&mut self) {
        loop {
            let types = self.schema.types().iter();
            let taken: Vec<Option<u64>> = types
                .map(|definition| self.taken(&definition.shape, false))
                .collect();
            // What is not known once stays so.
            let found: Vec<Option<u64>> = taken
                .iter()
                .zip(&self.bits_of_types)
                .map(|(found, before)| match (found, before) {
                    (Some(found), Some(0)) => Some(*found),
                    (Some(found), Some(before)) if found == before => Some(*found),
                    _ => None,
                })
                .collect();
            if found == self.bits_of_types {
                return;
            }
            self.bits_of_types = found;
        }
    }

    /// How many bits it takes, modulo 8. `alone`: without what stands in front
    /// of it as an attribute of its own.
    fn taken(&self, shape: &Shape, alone: bool) -> Option<u64> {
        let in_type = |item: &Shape| self.taken(item, false);
        let same = |item: &Shape| self.taken(item, alone);
        let in_front = |prefix: &Shape| if alone { Some(0) } else { in_type(prefix) };
        let add = |sum: u64, item: &Shape| Some((sum + in_type(item)?) % 8);
        let count = |count: &Count| match count {
            Count::Prefix(prefix) => in_front(prefix),
            _ => Some(0),
        };
        let whole = |taken: Option<u64>| taken.filter(|taken| taken.is_multiple_of(8));
        let found = match shape {
            Shape::Integer { bits, .. } | Shape::Bool { bits } | Shape::Float { bits } => {
                u64::from(*bits)
            }
            Shape::Bytes { count: number } | Shape::Text { count: number } => count(number)?,
            Shape::Enumeration(enumeration) => same(&enumeration.tag)?,
            Shape::List {
                item,
                count: Count::Fixed(count),
            } => in_type(item)? * (count % 8),
            Shape::List {
                item,
                count: number,
            } => whole(in_type(item))? + count(number)?,
            Shape::Tuple(items) => items.iter().try_fold(0, add)?,
            Shape::Record(record) => {
                let fields = record.fields.iter().map(|field| &field.shape);
                record.magic.iter().chain(fields).try_fold(0, add)?
            }
            Shape::Union(union) if union.length.is_some() || union.other.is_some() => 0,
            Shape::Union(union) => {
                let mut bodies = union.variants.iter().map(|variant| in_type(&variant.body));
                bodies.try_for_each(|taken| whole(taken).map(drop))?;
                in_type(&union.tag)?
            }
            Shape::Conditional { item, presence, .. } => {
                let flag = match presence {
                    Presence::Flag(flag) => in_front(flag)?,
                    Presence::If(_) | Presence::UnlessEnd => 0,
                };
                whole(in_type(item))? + flag
            }
            Shape::Behind { magic, item } => in_front(magic)? + same(item)?,
            Shape::Filled { item, fill, .. } => match fill {
                Fill::Before(bits) => same(item)? + if alone { 0 } else { *bits },
                Fill::After(bits) => in_type(item)? + bits,
                Fill::To(_) | Fill::AlignEnd { .. } => 0,
                Fill::Align { .. } => same(item)?,
            },
            Shape::Sized { size, .. } => match size {
                Size::Prefix { prefix, .. } => in_front(prefix)?,
                _ => 0,
            },
            Shape::Named(reference) => self.bits_of_types[reference.index()]?,
            Shape::Unordered { list: item, .. }
            | Shape::Optional { item, .. }
            | Shape::Constant { item, .. }
            | Shape::Ordered { item, .. }
            | Shape::OrderedBy { item, .. }
            | Shape::Given { item, .. }
            | Shape::Shown { item, .. }
            | Shape::Mapped { item, .. }
            | Shape::Satisfying { item, .. }
            | Shape::Means { item, .. }
            | Shape::Peeked { item, .. }
            | Shape::Json { item }
            | Shape::Boxed(item) => same(item)?,
            Shape::Varint(_)
            | Shape::Keyed(_)
            | Shape::ProtobufField { .. }
            | Shape::Padded { .. }
            | Shape::Filtered { .. }
            | Shape::Elsewhere { .. } => 0,
            Shape::Choice { .. } | Shape::Shared { .. } | Shape::Opaque(_) => return None,
        };
        Some(found % 8)
    }
}
