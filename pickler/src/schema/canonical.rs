//! Whether a value has only one form on the wire.

use alloc::string::String;
use alloc::vec::Vec;
use core::fmt;

use super::{
    Count, KeyFormat, Keyed, KeyedField, Meaning, Occurs, Padding, Presence, Reference, Schema,
    Shape, Size, Union, Unknown,
};
use crate::dynamic::Value;

/// Why a value may have several forms on the wire, all of which are read as it.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Leniency {
    /// A named mapping, of which nothing is known.
    Mapped {
        /// Where, from the type that holds it: `Table.seats.stack`.
        path: String,
        /// The mapping's name.
        name: String,
    },
    /// Fields with keys may come in another order, or be written where they
    /// need not be, or with what is passed over between them.
    Keys {
        /// Where.
        path: String,
    },
    /// A codec of which nothing is known.
    Opaque {
        /// Where.
        path: String,
        /// The codec's name.
        name: String,
    },
    /// Padding that is not looked at.
    IgnoredPadding {
        /// Where.
        path: String,
    },
    /// A constant that is not looked at.
    IgnoredConstant {
        /// Where.
        path: String,
    },
    /// A varint of which over-long forms are read, too.
    OverlongVarint {
        /// Where.
        path: String,
    },
    /// Padding that may be anything.
    Padding {
        /// Where, from the type that holds it.
        path: String,
    },
    /// The first of several forms that can be read, of which another may be
    /// written.
    Choice {
        /// Where.
        path: String,
    },
    /// A piece of which what is left over is ignored.
    Leftover {
        /// Where, from the type that holds it.
        path: String,
    },
    /// Something that stands at an offset may stand anywhere, and with other
    /// things between.
    Elsewhere {
        /// Where, from the type that holds it.
        path: String,
    },
    /// Items may come in any order.
    Order {
        /// Where, from the type that holds it.
        path: String,
    },
    /// Something seen before may be there again, and not as a reference.
    Shared {
        /// Where, from the type that holds it.
        path: String,
    },
    /// Something that may be left out where it has its default, but also be
    /// there with it.
    Default {
        /// Where, from the type that holds it.
        path: String,
    },
}

impl fmt::Display for Leniency {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Mapped { path, name } => write!(
                f,
                "{path}: the mapping `{name}` may take several wire values for one"
            ),
            Self::Keys { path } => {
                write!(f, "{path}: fields with keys may be written in several ways")
            }
            Self::Opaque { path, name } => {
                write!(
                    f,
                    "{path}: the codec `{name}` may read several forms of one value"
                )
            }
            Self::IgnoredPadding { path } => {
                write!(f, "{path}: what stands in its padding is ignored")
            }
            Self::IgnoredConstant { path } => {
                write!(f, "{path}: a constant that is not looked at")
            }
            Self::OverlongVarint { path } => {
                write!(f, "{path}: an integer may take more bytes than it needs")
            }
            Self::Choice { path } => {
                write!(f, "{path}: a value may be read from several forms")
            }
            Self::Padding { path } => write!(f, "{path}: the padding is ignored"),
            Self::Leftover { path } => {
                write!(f, "{path}: what is left over of its size is ignored")
            }
            Self::Elsewhere { path } => {
                write!(f, "{path}: what stands at an offset may stand anywhere")
            }
            Self::Order { path } => write!(f, "{path}: items may come in any order"),
            Self::Shared { path } => {
                write!(f, "{path}: what was seen before may be there again")
            }
            Self::Default { path } => {
                write!(f, "{path}: the default may be left out, or be there")
            }
        }
    }
}

impl Schema {
    /// Whether each value has only one form on the wire, so that what is read is
    /// written as the same bytes; otherwise all reasons why it may have several.
    ///
    /// ```
    /// use pickler::picklers::{of, try_map};
    /// use pickler::{Pickle, schema::Schema};
    ///
    /// #[derive(Pickle)]
    /// struct Even {
    ///     #[pickle(with = try_map(
    ///         of::<u8>(),
    ///         "halved",
    ///         |wire: u8| Ok::<_, &str>(wire / 2),
    ///         |value: &u8| value.checked_mul(2).ok_or("too large"),
    ///     ))]
    ///     half: u8,
    /// }
    ///
    /// assert_eq!(Schema::of::<u8>().canonical(), Ok(()));
    /// let reasons = Schema::of::<Even>().canonical().unwrap_err();
    /// assert_eq!(
    ///     reasons[0].to_string(),
    ///     "Even.half: the mapping `halved` may take several wire values for one",
    /// );
    /// ```
    ///
    /// # Errors
    /// The reasons.
    pub fn canonical(&self) -> Result<(), Vec<Leniency>> {
        let mut found = Vec::new();
        collect(self.root(), "", &mut found);
        for definition in self.types() {
            collect(&definition.shape, &definition.name, &mut found);
        }
        if found.is_empty() { Ok(()) } else { Err(found) }
    }
}

impl Schema {
    /// Something is a reference where it was seen before.
    pub(crate) fn has_tables(&self) -> bool {
        let mut found = Vec::new();
        collect(self.root(), "", &mut found);
        for definition in self.types() {
            collect(&definition.shape, "", &mut found);
        }
        let is_table = |reason: &Leniency| matches!(reason, Leniency::Shared { .. });
        found.iter().any(is_table)
    }
}

fn collect(shape: &Shape, path: &str, found: &mut Vec<Leniency>) {
    match shape {
        Shape::Padded { item, padding } if padding.ignored => {
            found.push(Leniency::IgnoredPadding { path: path.into() });
            collect(item, path, found);
        }
        Shape::Means {
            item,
            meaning: Meaning::Ignored { .. },
        } => {
            found.push(Leniency::IgnoredConstant { path: path.into() });
            collect(item, path, found);
        }
        Shape::Mapped { item, name } => {
            found.push(Leniency::Mapped {
                path: path.into(),
                name: name.clone(),
            });
            collect(item, path, found);
        }
        Shape::Opaque(opaque) => found.push(Leniency::Opaque {
            path: path.into(),
            name: String::from(&*opaque.name),
        }),
        Shape::Bytes { count } | Shape::Text { count } => collect_count(count, path, found),
        Shape::List { item, count } => {
            collect_count(count, path, found);
            collect(item, path, found);
        }
        Shape::Choice { alternatives, .. } => {
            found.push(Leniency::Choice { path: path.into() });
            for alternative in alternatives {
                collect(alternative, path, found);
            }
        }
        Shape::Peeked { ahead, item } => {
            collect(ahead, path, found);
            collect(item, path, found);
        }
        Shape::Tuple(items) => {
            for (index, item) in items.iter().enumerate() {
                collect(item, &alloc::format!("{path}.{index}"), found);
            }
        }
        Shape::Record(record) => {
            for field in &record.fields {
                collect(
                    &field.shape,
                    &alloc::format!("{path}.{}", field.name),
                    found,
                );
            }
        }
        Shape::Keyed(keyed) => collect_keyed(keyed, path, found),
        Shape::Union(union) => collect_union(union, path, found),
        Shape::Enumeration(enumeration) => collect(&enumeration.tag, path, found),
        Shape::Sized {
            item,
            size,
            leftover,
        } => {
            if *leftover {
                found.push(Leniency::Leftover { path: path.into() });
            }
            if let Size::Prefix { prefix, .. } = size {
                collect(prefix, path, found);
            }
            collect(item, path, found);
        }
        Shape::Filled { item, padding, .. } => {
            if *padding == Padding::Ignored {
                found.push(Leniency::Padding { path: path.into() });
            }
            collect(item, path, found);
        }
        Shape::Unordered { list, .. } => {
            found.push(Leniency::Order { path: path.into() });
            collect(list, path, found);
        }
        Shape::Shared { item, reference } => {
            found.push(Leniency::Shared { path: path.into() });
            if let Reference::Number { prefix, .. } = reference {
                collect(prefix, path, found);
            }
            collect(item, path, found);
        }
        Shape::Elsewhere { item, .. } => {
            found.push(Leniency::Elsewhere { path: path.into() });
            collect(item, path, found);
        }
        Shape::Conditional {
            item,
            presence,
            absent,
        } => {
            if !matches!((presence, absent), (Presence::If(_), _) | (_, Value::Null)) {
                found.push(Leniency::Default { path: path.into() });
            }
            if let Presence::Flag(flag) = presence {
                collect(flag, path, found);
            }
            collect(item, path, found);
        }
        Shape::Optional { item, .. }
        | Shape::Constant { item, .. }
        | Shape::Ordered { item, .. }
        | Shape::OrderedBy { item, .. }
        | Shape::Given { item, .. }
        | Shape::Shown { item, .. }
        | Shape::Padded { item, .. }
        | Shape::Filtered { item, .. }
        | Shape::Behind { item, .. }
        | Shape::Means { item, .. }
        | Shape::ProtobufField { item, .. }
        | Shape::Json { item }
        | Shape::Boxed(item) => collect(item, path, found),
        Shape::Varint(format) if format.lenient => {
            found.push(Leniency::OverlongVarint { path: path.into() });
        }
        // Padding to the end of a byte must be zero, a boolean 0 or 1.
        // A named type is looked at once.
        Shape::Integer { .. }
        | Shape::Varint(_)
        | Shape::Bool { .. }
        | Shape::Float { .. }
        | Shape::Named(_) => {}
    }
}

fn collect_keyed(keyed: &Keyed, path: &str, found: &mut Vec<Leniency>) {
    // Unknown keys may stand among the others, and are written behind them.
    let in_order = keyed.in_order && keyed.unknown == Unknown::Refused;
    let in_one_form = match &keyed.format {
        KeyFormat::Pairs(pairs) => pairs.pad.is_none(),
        // What is packed may come one by one, and of several the last counts.
        KeyFormat::Protobuf => false,
    };
    let left_out = |field: &KeyedField| field.occurs == Occurs::Implicit;
    if !in_order || !in_one_form || keyed.fields.iter().any(left_out) {
        found.push(Leniency::Keys { path: path.into() });
    }
    for field in &keyed.fields {
        collect(
            &field.shape,
            &alloc::format!("{path}.{}", field.name),
            found,
        );
    }
}

fn collect_count(count: &Count, path: &str, found: &mut Vec<Leniency>) {
    match count {
        Count::Prefix(prefix) => collect(prefix, path, found),
        Count::Fixed(_) | Count::Expr(_) | Count::Until(_) | Count::Last(_) | Count::Rest => {}
    }
}

fn collect_union(union: &Union, path: &str, found: &mut Vec<Leniency>) {
    collect(&union.tag, path, found);
    if let Some(length) = &union.length {
        collect(&length.shape, path, found);
    }
    for variant in &union.variants {
        collect(
            &variant.body,
            &alloc::format!("{path}.{}", variant.name),
            found,
        );
    }
}
