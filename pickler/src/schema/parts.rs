//! What shapes are made of.

use alloc::borrow::Cow;
use alloc::vec::Vec;

use super::{Count, Presence, Reference, Shape, Size};

/// What something says of itself: compiled declarations borrow their
/// docstrings, what is loaded owns them.
pub type Doc = Cow<'static, str>;

/// The same walk over what is borrowed and over what is to be changed.
macro_rules! parts {
    ($(#[$doc:meta])* $parts:ident $prefix:ident $iter:ident $option:ident $bodies:ident $($mut:tt)?) => {
        impl Shape {
            $(#[$doc])*
            pub fn $parts(& $($mut)? self) -> Vec<& $($mut)? Self> {
                let mut parts = Vec::new();
                match self {
                    Self::Integer { .. }
                    | Self::Varint(_)
                    | Self::Bool { .. }
                    | Self::Float { .. }
                    | Self::Opaque(_)
                    | Self::Named(_) => {}
                    Self::Bytes { count } | Self::Text { count } => parts.extend(count.$prefix()),
                    Self::List { item, count } => {
                        parts.extend(count.$prefix());
                        parts.push(item);
                    }
                    Self::Tuple(items)
                    | Self::Choice {
                        alternatives: items,
                        ..
                    } => parts.extend(items),
                    Self::Record(record) => {
                        parts.extend(& $($mut)? record.magic);
                        let fields = record.fields.$iter();
                        parts.extend(fields.map(|field| & $($mut)? field.shape));
                    }
                    Self::Keyed(keyed) => {
                        let fields = keyed.fields.$iter();
                        parts.extend(fields.map(|field| & $($mut)? field.shape));
                    }
                    Self::Union(union) => {
                        parts.push(& $($mut)? union.tag);
                        let length = union.length.$option();
                        parts.extend(length.map(|length| & $($mut)? length.shape));
                        parts.extend(union.variants.$bodies());
                    }
                    Self::Enumeration(enumeration) => parts.push(& $($mut)? enumeration.tag),
                    Self::Conditional { item, presence, .. } => {
                        if let Presence::Flag(flag) = presence {
                            parts.push(flag);
                        }
                        parts.push(item);
                    }
                    Self::Peeked { ahead, item } | Self::Behind { magic: ahead, item } => {
                        parts.push(ahead);
                        parts.push(item);
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
            fn $prefix(& $($mut)? self) -> Option<& $($mut)? Shape> {
                match self {
                    Self::Prefix(prefix) => Some(prefix),
                    _ => None,
                }
            }
        }
    };
}

parts! {
    /// The shapes that it is made of, in the order in which a description tells
    /// them: those of fields, variants and items, and of the integers in front
    /// of them. Types are not looked into.
    parts prefix iter as_ref bodies
}
parts! {
    /// The same, in the same order, to be changed.
    parts_mut prefix_mut iter_mut as_mut bodies_mut mut
}
