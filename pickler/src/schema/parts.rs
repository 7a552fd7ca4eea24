//! What shapes are made of.

use alloc::borrow::Cow;
use alloc::vec::Vec;

use super::{Count, Presence, Reference, Shape, Size};

/// What something says of itself: compiled declarations borrow their
/// docstrings, what is loaded owns them.
pub type Doc = Cow<'static, str>;

impl Shape {
    /// The shapes that it is made of, in the order in which a description tells
    /// them: those of fields, variants and items, and of the integers in front
    /// of them. Types are not looked into.
    pub fn parts(&self) -> Vec<&Self> {
        let mut parts = Vec::new();
        match self {
            Self::Integer { .. }
            | Self::Varint(_)
            | Self::Bool { .. }
            | Self::Float { .. }
            | Self::Opaque(_)
            | Self::Named(_) => {}
            Self::Bytes { count } | Self::Text { count } => parts.extend(count.prefix()),
            Self::List { item, count } => {
                parts.extend(count.prefix());
                parts.push(item);
            }
            Self::Tuple(items)
            | Self::Choice {
                alternatives: items,
                ..
            } => parts.extend(items),
            Self::Record(record) => {
                parts.extend(&record.magic);
                parts.extend(record.fields.iter().map(|field| &field.shape));
            }
            Self::Keyed(keyed) => parts.extend(keyed.fields.iter().map(|field| &field.shape)),
            Self::Union(union) => {
                parts.push(&union.tag);
                parts.extend(union.length.as_ref().map(|length| &length.shape));
                parts.extend(union.variants.iter().map(|variant| &variant.body));
            }
            Self::Enumeration(enumeration) => parts.push(&enumeration.tag),
            Self::Conditional { item, presence, .. } => {
                if let Presence::Flag(flag) = presence {
                    parts.push(flag);
                }
                parts.push(item);
            }
            Self::Peeked { ahead, item } | Self::Behind { magic: ahead, item } => {
                parts.extend([&**ahead, &**item]);
            }
            Self::Sized { item, size, .. } => {
                if let Size::Prefix { prefix, .. } = size {
                    parts.push(prefix);
                }
                parts.push(item);
            }
            Self::Shared { item, reference } => {
                if let Reference::Number { prefix, .. } = reference {
                    parts.push(prefix);
                }
                parts.push(item);
            }
            Self::Unordered { list: item, .. }
            | Self::ProtobufField { item, .. }
            | Self::Optional { item, .. }
            | Self::Constant { item, .. }
            | Self::Ordered { item, .. }
            | Self::OrderedBy { item, .. }
            | Self::Given { item, .. }
            | Self::Shown { item, .. }
            | Self::Mapped { item, .. }
            | Self::Satisfying { item, .. }
            | Self::Padded { item, .. }
            | Self::Means { item, .. }
            | Self::Filtered { item, .. }
            | Self::Filled { item, .. }
            | Self::Elsewhere { item, .. }
            | Self::Json { item }
            | Self::Boxed(item) => parts.push(item),
        }
        parts
    }

    /// The same, in the same order, to be changed.
    pub fn parts_mut(&mut self) -> Vec<&mut Self> {
        let mut parts = Vec::new();
        match self {
            Self::Integer { .. }
            | Self::Varint(_)
            | Self::Bool { .. }
            | Self::Float { .. }
            | Self::Opaque(_)
            | Self::Named(_) => {}
            Self::Bytes { count } | Self::Text { count } => parts.extend(count.prefix_mut()),
            Self::List { item, count } => {
                parts.extend(count.prefix_mut());
                parts.push(item);
            }
            Self::Tuple(items)
            | Self::Choice {
                alternatives: items,
                ..
            } => parts.extend(items),
            Self::Record(record) => {
                parts.extend(&mut record.magic);
                parts.extend(record.fields.iter_mut().map(|field| &mut field.shape));
            }
            Self::Keyed(keyed) => {
                parts.extend(keyed.fields.iter_mut().map(|field| &mut field.shape));
            }
            Self::Union(union) => {
                parts.push(&mut union.tag);
                parts.extend(union.length.as_mut().map(|length| &mut length.shape));
                parts.extend(union.variants.bodies_mut());
            }
            Self::Enumeration(enumeration) => parts.push(&mut enumeration.tag),
            Self::Conditional { item, presence, .. } => {
                if let Presence::Flag(flag) = presence {
                    parts.push(flag);
                }
                parts.push(item);
            }
            Self::Peeked { ahead, item } | Self::Behind { magic: ahead, item } => {
                parts.extend([&mut **ahead, &mut **item]);
            }
            Self::Sized { item, size, .. } => {
                if let Size::Prefix { prefix, .. } = size {
                    parts.push(prefix);
                }
                parts.push(item);
            }
            Self::Shared { item, reference } => {
                if let Reference::Number { prefix, .. } = reference {
                    parts.push(prefix);
                }
                parts.push(item);
            }
            Self::Unordered { list: item, .. }
            | Self::ProtobufField { item, .. }
            | Self::Optional { item, .. }
            | Self::Constant { item, .. }
            | Self::Ordered { item, .. }
            | Self::OrderedBy { item, .. }
            | Self::Given { item, .. }
            | Self::Shown { item, .. }
            | Self::Mapped { item, .. }
            | Self::Satisfying { item, .. }
            | Self::Padded { item, .. }
            | Self::Means { item, .. }
            | Self::Filtered { item, .. }
            | Self::Filled { item, .. }
            | Self::Elsewhere { item, .. }
            | Self::Json { item }
            | Self::Boxed(item) => parts.push(item),
        }
        parts
    }
}

impl Count {
    /// The integer in front, if there is one.
    fn prefix(&self) -> Option<&Shape> {
        match self {
            Self::Prefix(prefix) => Some(prefix),
            _ => None,
        }
    }

    fn prefix_mut(&mut self) -> Option<&mut Shape> {
        match self {
            Self::Prefix(prefix) => Some(prefix),
            _ => None,
        }
    }
}
